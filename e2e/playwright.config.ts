import { defineConfig } from "@playwright/test";
import { browserPath, plainArguments } from "../scripts/chromium.mjs";

/** Journeys of people, in a real Chromium against the real relay, node, renderer and encoder. Two cores: one at a time. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "../node_modules/.cache/eyepiece/tests/e2e.json" }]],
  outputDir: "../node_modules/.cache/eyepiece/e2e",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: await browserPath(), args: plainArguments },
    screenshot: "only-on-failure",
    trace: "off",
  },
});
