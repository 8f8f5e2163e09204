import { defineConfig } from "@playwright/test";
import { browserPath, plainArguments } from "../scripts/chromium.mjs";

/** Journeys of people, in a real Chromium against the real relay, node, renderer and encoder. Two cores: one at a time. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  // In a fresh stack. What passes only then is named at the end of the run: docs/decisions/0095.
  retries: process.env.CI ? 1 : 0,
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
