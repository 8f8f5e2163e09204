import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import LongestFirst from "./scripts/longest-first.ts";

const exclude = ["**/node_modules/**", "**/dist/**", "**/*.gpu.test.ts", "**/*.browser.test.ts"];
/** Rooms whose tests start Python, which is busy on one core for seconds before it does anything. */
const TRAINING = "gpu-node/src/{trainer,nanochat,inference}/**/*.test.ts";

/** What is waited for takes as long as a loaded machine needs, not vitest's second; `vi.waitFor`'s is told by the set-up. */
const patience = { expect: { poll: { timeout: 25_000 } }, setupFiles: ["./scripts/patience.ts"] };

/** Pure logic and processes of their own, in Node. GPU tests (`*.gpu.test.ts`) and browser tests have other runners. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "node",
          include: ["{protocol,engine,gpu-node,relay,web,bin,bench}/**/*.test.ts"],
          exclude: [...exclude, TRAINING],
          // Two at a time also where there are two cores, of which Vitest alone would use one: many files wait for processes.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          ...patience,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "training",
          include: [TRAINING],
          exclude,
          // Each starts several programs of a gigabyte.
          maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
          sequence: { groupOrder: 1 },
          ...patience,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
