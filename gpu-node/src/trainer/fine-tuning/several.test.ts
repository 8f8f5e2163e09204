/** Training with several processes: real ones on the CPU (gloo), as many as GPUs that exist for scheduling only. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { JobRequest } from "../../jobs/job.ts";
import { markedProcesses } from "../../jobs/marked.ts";
import { reach, statesOf, until } from "../../jobs/testing/jobs.ts";
import { JOB_MS, keptFile, SETUP_MS, tinyHome, trainerOver } from "../testing/trainer.ts";
import type { Trainer } from "../trainer.ts";

let home = "";
let file = "";
let trainer: Trainer;

beforeAll(async () => {
  vi.stubEnv("EYEPIECE_FAKE_GPUS", "2");
  home = await tinyHome();
  file = await keptFile(home, "ada");
  trainer = await trainerOver(home);
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const request = (gpus: number, each: number, more: object = {}): JobRequest => ({
  ...{ person: "ada", kind: "fine-tuning", gpus },
  params: {
    ...{
      method: "supervised",
      model: "tiny",
      training_file: file,
      validation_file: null,
      seed: 5,
      grader: null,
    },
    ...{ asked: {}, suffix: null, metadata: null },
    hyperparameters: {
      ...{ max_steps: 12, per_device_train_batch_size: each, learning_rate: 0.003, max_length: 64 },
      ...{ save_steps: 12, ...more },
    },
  },
});
const losses = (id: string) =>
  trainer.jobs.metrics(id).flatMap(({ name, value }) => (name === "loss" ? [value] : []));

test(
  "two processes of two lines each learn what one of four does",
  async () => {
    const { jobs } = trainer;
    const one = await reach(jobs, jobs.submit(request(1, 4)).id, "succeeded");
    const { id } = jobs.submit(request(2, 2));
    await until(jobs, id, ({ kind }) => kind === "metrics");
    // The launcher and its two, at least.
    expect(markedProcesses(id).length).toBeGreaterThanOrEqual(3);
    const two = await reach(jobs, id, "succeeded");
    const [alone, together] = [losses(one.id), losses(two.id)];
    // Each step is told once, by one of them.
    expect(together).toHaveLength(12);
    for (const [step, loss] of together.entries())
      expect(Math.abs(loss - (alone[step] ?? 0)), `${step}`).toBeLessThan(1e-3);
    expect(two.result).toMatchObject({ model: "model" });
    expect(markedProcesses(id)).toEqual([]);
  },
  2 * JOB_MS,
);

test(
  "all of them stop at one step for a pause, and go on from it",
  async () => {
    const { jobs } = trainer;
    const { id } = jobs.submit(request(2, 2, { max_steps: 40, save_steps: 40 }));
    await until(jobs, id, ({ kind }) => kind === "metrics");
    jobs.pause(id);
    const { checkpoint } = await reach(jobs, id, "paused");
    expect(checkpoint?.step).toBeLessThan(40);
    expect(markedProcesses(id)).toEqual([]);
    jobs.resume(id);
    await reach(jobs, id, "succeeded");
    expect(losses(id)).toHaveLength(40);
    expect(statesOf(jobs, id).slice(-4)).toEqual(["paused", "pending_resume", "running", "succeeded"]);
  },
  2 * JOB_MS,
);

test(
  "one of them killed, or the job called off: none is left",
  async () => {
    const { jobs } = trainer;
    const killed = jobs.submit(request(2, 2, { max_steps: 5000, save_steps: 5000 })).id;
    await until(jobs, killed, ({ kind }) => kind === "metrics");
    process.kill(Math.max(...markedProcesses(killed)), "SIGKILL");
    expect((await reach(jobs, killed, "failed")).reason).toMatch(/ended with code|killed/);
    expect(markedProcesses(killed)).toEqual([]);
    const cancelled = jobs.submit(request(2, 2, { max_steps: 5000, save_steps: 5000 })).id;
    await until(jobs, cancelled, ({ kind }) => kind === "metrics");
    jobs.cancel(cancelled);
    await reach(jobs, cancelled, "cancelled");
    expect(markedProcesses(cancelled)).toEqual([]);
  },
  2 * JOB_MS,
);

test(
  "the file of accelerate that the settings name is used",
  async () => {
    await trainer.close();
    const accelerateConfig = join(home, "accelerate.yaml");
    // What accelerate does not know, it says: so it has read the file.
    writeFileSync(accelerateConfig, "distributed_type: MULTI_GPU\nno_such_setting: 1\n");
    trainer = await trainerOver(home, undefined, undefined, { accelerateConfig });
    const { reason } = await reach(trainer.jobs, trainer.jobs.submit(request(2, 2)).id, "failed");
    expect(reason).toContain("no_such_setting");
  },
  JOB_MS,
);
