/** Training on a Ray cluster: two raylets of this machine, and real workers on the CPU (gloo). */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { JobRequest } from "../../jobs/job.ts";
import { reach, statesOf, until } from "../../jobs/testing/jobs.ts";
import { RayCluster } from "../testing/ray-cluster.ts";
import { JOB_MS, keptFile, SETUP_MS, tinyHome, trainerOver } from "../testing/trainer.ts";
import type { Trainer } from "../trainer.ts";

let home = "";
let file = "";
let trainer: Trainer;
const cluster = new RayCluster();

beforeAll(async () => {
  // Those are the GPUs of this machine, which accelerate trains on; the cluster has its own.
  vi.stubEnv("EYEPIECE_FAKE_GPUS", "2");
  home = await tinyHome();
  file = await keptFile(home, "ada");
  trainer = await trainerOver(home);
  await cluster.start();
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  await cluster.end();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const request = (steps: number, ray: boolean): JobRequest => ({
  ...{ person: "ada", kind: "fine-tuning", gpus: ray ? 0 : 2 },
  params: {
    ...{ method: "supervised", model: "tiny", training_file: file, validation_file: null, seed: 5 },
    ...{ grader: null, asked: {}, suffix: null, metadata: null },
    ray: ray ? { address: cluster.address, num_workers: 2, use_gpu: false } : null,
    hyperparameters: {
      ...{ max_steps: steps, per_device_train_batch_size: 2, learning_rate: 0.003, max_length: 64 },
      // A curve as long as the test is slow: it has to be paused on its way.
      ...{ save_steps: 5000, lr_scheduler_type: "constant" },
    },
  },
});
const losses = (id: string) =>
  trainer.jobs.metrics(id).flatMap(({ name, value }) => (name === "loss" ? [value] : []));
const STEPS = 60;

test(
  "two workers learn what two processes of accelerate do, also across a pause",
  async () => {
    const { jobs } = trainer;
    const { id } = jobs.submit(request(STEPS, true));
    await until(jobs, id, ({ kind }) => kind === "metrics");
    expect(cluster.workers()).toHaveLength(2);
    jobs.pause(id);
    const { checkpoint } = await reach(jobs, id, "paused");
    expect(checkpoint?.step).toBeLessThan(STEPS);
    await vi.waitFor(() => expect(cluster.workers()).toEqual([]), { timeout: 30_000, interval: 100 });
    const here = await reach(jobs, jobs.submit(request(STEPS, false)).id, "succeeded");
    jobs.resume(id);
    const there = await reach(jobs, id, "succeeded");
    expect(statesOf(jobs, id).slice(-4)).toEqual(["paused", "pending_resume", "running", "succeeded"]);
    const [alone, together] = [losses(here.id), losses(id)];
    expect(together).toHaveLength(STEPS);
    for (const [step, loss] of together.entries())
      expect(Math.abs(loss - (alone[step] ?? 0)), `${step}`).toBeLessThan(1e-5);
    expect(there.result).toMatchObject({ model: "model" });
    // What the workers print is in the job's log.
    expect(jobs.output(id, 0, 1024 ** 2).bytes.toString()).toContain("train_runtime");
  },
  4 * JOB_MS,
);

test(
  "a worker that is killed and a cluster that cannot be reached are failed jobs, and one that is called off leaves no worker",
  async () => {
    const { jobs } = trainer;
    const wanted = request(1, true);
    const nowhere = { address: "ray://127.0.0.1:9", num_workers: 2, use_gpu: false };
    const lost = jobs.submit({ ...wanted, params: { ...(wanted.params as object), ray: nowhere } }).id;
    const killed = jobs.submit(request(100_000, true)).id;
    await until(jobs, killed, ({ kind }) => kind === "metrics");
    process.kill(Math.max(...cluster.workers()), "SIGKILL");
    const { reason } = await reach(jobs, killed, "failed");
    expect(reason).toMatch(/Worker \d of the cluster/);
    const cancelled = jobs.submit(request(100_000, true)).id;
    await until(jobs, cancelled, ({ kind }) => kind === "metrics");
    jobs.cancel(cancelled);
    await reach(jobs, cancelled, "cancelled");
    await vi.waitFor(() => expect(cluster.workers()).toEqual([]), { timeout: 60_000, interval: 100 });
    expect((await reach(jobs, lost, "failed")).reason).toContain("ray://127.0.0.1:9 cannot be used");
  },
  4 * JOB_MS,
);
