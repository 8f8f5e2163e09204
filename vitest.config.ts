import { defineConfig } from "vitest/config";

/** Pure logic and processes of their own, in Node. GPU tests (`*.gpu.test.ts`) and browser tests have other runners. */
export default defineConfig({
  test: {
    include: ["{protocol,engine,gpu-node,relay,web,bin,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.gpu.test.ts", "**/*.browser.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
