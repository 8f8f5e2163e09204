/** An online run whose node is killed, and one that is paused. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reach } from "../../jobs/testing/jobs.ts";
import { JOB_MS, SETUP_MS, tinyHome, trainerOver } from "../testing/trainer.ts";
import type { Trainer } from "../trainer.ts";
import { OnlineRuns } from "./runs.ts";

let home: string;
let trainer: Trainer | undefined;

beforeAll(async () => {
  home = await tinyHome();
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  rmSync(home, { recursive: true, force: true });
});

const batch = [
  [
    { messages: [{ role: "user", content: "hello" }], completion: "a", reward: 1 },
    { messages: [{ role: "user", content: "hello" }], completion: "b", reward: 0 },
  ],
];

test(
  "the node killed, then the run paused: every batch that was taken is learnt from, once",
  async () => {
    const script = join(import.meta.dirname, "../testing/online-process.ts");
    const node = spawn(process.execPath, [script, home], { stdio: ["ignore", "pipe", "inherit"] });
    const id = await new Promise<string>((resolve) => createInterface(node.stdout).once("line", resolve));
    const over = new Promise((resolve) => node.once("exit", resolve));
    node.kill("SIGKILL");
    await over;

    trainer = await trainerOver(home);
    const { jobs } = trainer;
    const run = new OnlineRuns(jobs).of(jobs.get(id));
    // The same batch again, as a client sends it that was not answered.
    await run.step(4, batch);
    await run.step(5, batch);
    const learnt = (count: number) =>
      expect.poll(() => run.status().batches, { timeout: JOB_MS, interval: 20 }).toBe(count);
    await learnt(6);
    jobs.pause(id);
    await reach(jobs, id, "paused");
    // Taken while nobody learns.
    await run.step(6, batch);
    expect(run.status()).toMatchObject({ status: "paused", batches: 6, pending_batch_ids: [7] });
    jobs.resume(id);
    await learnt(7);
    await run.end();
    expect(jobs.get(id)).toMatchObject({ state: "succeeded", losses: 1, result: { batches: 7, steps: 7 } });
    const steps = new Set(jobs.metrics(id).map(({ step }) => step));
    expect([...steps]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  },
  2 * JOB_MS,
);
