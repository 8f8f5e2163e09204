/** In each state that a job can be in: its node is killed, and it is called off. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { JobManager } from "./manager.ts";
import { markedProcesses } from "./marked.ts";
import type { JobState } from "./states.ts";
import { JobStore } from "./store.ts";
import { reach, signalAll, statesOf } from "./testing/jobs.ts";
import { bring, STAGES, type Stage, stagedManager } from "./testing/stages.ts";

vi.setConfig({ testTimeout: 60_000 });

let folder = "";
let manager: JobManager | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-stages-"));
});
afterEach(async () => {
  for (const { id } of manager?.list() ?? []) signalAll(id, "SIGKILL");
  await manager?.close();
  manager = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** What becomes of it in the next node. */
const AFTER: Readonly<Record<Stage, JobState>> = {
  // These begin for the first time.
  validating_files: "running",
  queued: "running",
  running: "succeeded",
  pending_pause: "paused",
  paused: "paused",
  pending_resume: "succeeded",
  pending_cancel: "cancelled",
};

/** A program that hears nothing is ended by force after the grace; here at once. */
async function ended(jobs: JobManager, id: string): Promise<void> {
  await vi.waitFor(
    () => {
      signalAll(id, "SIGKILL");
      expect(jobs.get(id).state).toBe("cancelled");
    },
    { timeout: 30_000 },
  );
}

it.each(STAGES)("a node that is killed while a job is %s", async (stage) => {
  const script = join(import.meta.dirname, "testing/stages.ts");
  const node = spawn(process.execPath, [script, folder, stage], { stdio: ["ignore", "pipe", "inherit"] });
  const over = new Promise((resolve) => node.once("exit", resolve));
  const line = await new Promise<string>((resolve) => createInterface(node.stdout).once("line", resolve));
  const { id, ...told } = JSON.parse(line) as { id: string };
  expect(told).toEqual({ state: stage, busy: true });
  const before = markedProcesses(id);
  node.kill("SIGKILL");
  await over;
  const next = await stagedManager(folder);
  manager = next.manager;
  const wanted = AFTER[stage];
  const after = wanted === "paused" ? manager.get(id) : await reach(manager, id, wanted);
  expect(after.state).toBe(wanted);
  // Only what ran without being asked to end has lost something by it.
  expect(after.losses).toBe(stage === "running" ? 1 : 0);
  expect(markedProcesses(id).filter((pid) => before.includes(pid))).toEqual([]);
  if (wanted === "running") {
    manager.cancel(id);
    await ended(manager, id);
  }
  await expect.poll(() => next.ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
});

it.each(STAGES)("a job that is called off while it is %s", async (stage) => {
  const { manager: mine, ledger } = await stagedManager(folder);
  manager = mine;
  const id = await bring(manager, ledger, stage);
  expect(manager.get(id).state).toBe(stage);
  manager.cancel(id);
  await ended(manager, id);
  expect(markedProcesses(id)).toEqual([]);
  expect(statesOf(manager, id).at(-1)).toBe("cancelled");
  const mineHeld = () =>
    ledger.report().flatMap(({ reservations }) => reservations.filter(({ use }) => use === "training"));
  await expect.poll(mineHeld).toEqual([]);
  expect(() => mine.cancel(id)).toThrow("cancelled already");
});

it.each(["created", "pending"] as const)(
  "one that was only %s when its node was killed goes on, or is called off",
  async (state) => {
    // As the store has it between two moves.
    const store = new JobStore(join(folder, "jobs.sqlite"));
    const made = ["ada", "bob"].map(
      (person) => store.create({ person, kind: "hangs", params: null, gpus: 0, priority: 0, retries: 0 }).id,
    );
    if (state === "pending") for (const id of made) store.move(id, "pending", "It was taken.");
    store.close();
    const next = await stagedManager(folder);
    manager = next.manager;
    const [first = "", second = ""] = made;
    await reach(manager, first, "running");
    manager.cancel(second);
    manager.cancel(first);
    for (const id of made) await ended(manager, id);
  },
);
