/**
 * Tests that need a WebGPU adapter (`*.gpu.test.ts` of engine and gpu-node). The driver must be named before a process
 * starts, so the variables are set here, in the parent of the test processes.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { gpuEnvironment } from "./src/gpu/environment.ts";

const { env } = await gpuEnvironment();
Object.assign(process.env, env);

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["engine/**/*.gpu.test.ts", "gpu-node/**/*.gpu.test.ts"],
    setupFiles: [
      fileURLToPath(new URL("./src/gpu/test-setup.ts", import.meta.url)),
      fileURLToPath(new URL("../scripts/patience.ts", import.meta.url)),
    ],
    expect: { poll: { timeout: 25_000 } },
    pool: "forks",
    // One software GPU and two cores: side by side they would only wait for each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
