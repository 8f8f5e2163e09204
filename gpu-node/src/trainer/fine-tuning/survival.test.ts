/** Training that is paused, called off, killed, or goes wrong. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Job, JobRequest } from "../../jobs/job.ts";
import { markedProcesses } from "../../jobs/marked.ts";
import { reach, signalAll, statesOf, until } from "../../jobs/testing/jobs.ts";
import { JOB_MS, keptFile, python, SETUP_MS, tinyHome, trainerOver } from "../testing/trainer.ts";
import type { Trainer } from "../trainer.ts";

const PERSON = "ada";
let home: string;
let file: string;
let trainer: Trainer;
/** What a job of these params comes to when nothing happens to it. */
let curve: number[];

beforeAll(async () => {
  home = await tinyHome();
  file = await keptFile(home, PERSON);
  trainer = await trainerOver(home);
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  rmSync(home, { recursive: true, force: true });
});

const FIELDS = {
  max_steps: 60,
  per_device_train_batch_size: 2,
  learning_rate: 0.003,
  max_length: 64,
  save_steps: 5,
};
const request = (more: object = {}, model = "tiny"): JobRequest => ({
  ...{ person: PERSON, kind: "fine-tuning" },
  params: {
    ...{ method: "supervised", model, training_file: file, validation_file: null, seed: 5, grader: null },
    ...{ asked: {}, hyperparameters: { ...FIELDS, ...more }, suffix: null, metadata: null },
  },
});
const losses = ({ id }: Job) =>
  trainer.jobs.metrics(id).flatMap(({ name, value }) => (name === "loss" ? [value] : []));
const close = (found: readonly number[]) => {
  expect(found).toHaveLength(curve.length);
  for (const [step, loss] of found.entries())
    expect(Math.abs(loss - (curve[step] ?? 0)), `${step}`).toBeLessThan(1e-5);
};

test(
  "undisturbed: the curve that the others are held to",
  async () => {
    const job = await reach(trainer.jobs, trainer.jobs.submit(request()).id, "succeeded");
    curve = losses(job);
    expect(curve).toHaveLength(60);
    // It learnt something, so that a curve of another state differs.
    expect(Math.min(...curve.slice(-5))).toBeLessThan((curve[0] ?? 0) / 2);
  },
  JOB_MS,
);

test(
  "paused and resumed: the same curve",
  async () => {
    const { jobs } = trainer;
    const { id } = jobs.submit(request());
    await until(jobs, id, ({ kind }) => kind === "metrics");
    jobs.pause(id);
    const paused = await reach(jobs, id, "paused");
    expect(paused.checkpoint?.step).toBeLessThan(60);
    expect(markedProcesses(id)).toEqual([]);
    jobs.resume(id);
    close(losses(await reach(jobs, id, "succeeded")));
    expect(statesOf(jobs, id).slice(4)).toEqual([
      "running",
      "pending_pause",
      "paused",
      "pending_resume",
      "running",
      "succeeded",
    ]);
  },
  JOB_MS,
);

test(
  "its process killed: an honest end",
  async () => {
    const { jobs } = trainer;
    const { id } = jobs.submit(request());
    await until(jobs, id, ({ kind }) => kind === "metrics");
    signalAll(id, "SIGKILL");
    const { reason, devices } = await reach(jobs, id, "failed");
    expect([reason, devices, markedProcesses(id)]).toEqual([
      expect.stringContaining("was killed (SIGKILL)"),
      [],
      [],
    ]);
  },
  JOB_MS,
);

test(
  "the node killed: it goes on from its checkpoint, to the same curve",
  async () => {
    await trainer.close();
    const script = join(import.meta.dirname, "../testing/trainer-process.ts");
    const node = spawn(process.execPath, [script, home, JSON.stringify(request())], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const id = await new Promise<string>((resolve) => createInterface(node.stdout).once("line", resolve));
    const over = new Promise((resolve) => node.once("exit", resolve));
    node.kill("SIGKILL");
    await over;
    trainer = await trainerOver(home);
    const job = await reach(trainer.jobs, id, "succeeded");
    expect([job.losses, statesOf(trainer.jobs, id).filter((state) => state === "running").length]).toEqual([
      1, 2,
    ]);
    close(losses(job));
  },
  JOB_MS,
);

describe("called off", () => {
  test(
    "in each state that it can be in, it ends cancelled and leaves no process",
    async () => {
      const { jobs } = trainer;
      const [first, second, waiting] = [0, 1, 2].map(() => jobs.submit(request()).id) as [
        string,
        string,
        string,
      ];
      // Two run at once without a GPU; the third waits.
      await until(jobs, waiting, (entry) => entry.kind === "state" && entry.to === "queued");
      jobs.cancel(waiting);
      expect(jobs.get(waiting).state).toBe("cancelled");
      await until(jobs, first, ({ kind }) => kind === "metrics");
      jobs.cancel(first);
      jobs.cancel(first);
      await until(jobs, second, ({ kind }) => kind === "metrics");
      jobs.pause(second);
      await reach(jobs, second, "paused");
      jobs.cancel(second);
      await reach(jobs, first, "cancelled");
      const early = jobs.submit(request()).id;
      jobs.cancel(early);
      await reach(jobs, early, "cancelled");
      for (const id of [first, second, waiting, early]) {
        expect([jobs.get(id).state, markedProcesses(id)]).toEqual(["cancelled", []]);
        expect(() => jobs.cancel(id)).toThrow("cancelled already");
        expect(() => jobs.resume(id)).toThrow("cannot become");
      }
    },
    JOB_MS,
  );

  test(
    "while its base model is fetched",
    async () => {
      // A hub that takes calls and says nothing.
      const hub = createServer().listen(0, "127.0.0.1");
      await once(hub, "listening");
      const { port } = hub.address() as AddressInfo;
      vi.stubEnv("HF_ENDPOINT", `http://127.0.0.1:${port}`);
      const called = once(hub, "connection");
      const { jobs } = trainer;
      const { id } = jobs.submit(request({}, "nobody/slow"));
      const [socket] = (await called) as [Socket];
      expect(jobs.get(id).state).toBe("validating_files");
      jobs.cancel(id);
      await reach(jobs, id, "cancelled");
      vi.unstubAllEnvs();
      socket.destroy();
      hub.close();
    },
    JOB_MS,
  );
});

describe("gone wrong", () => {
  test(
    "a loss that is no number ends the job with a sentence, and is in its curve",
    async () => {
      // Weights that are no numbers are what a run that went wrong leaves behind.
      await python("break_model.py", join(home, "models/tiny"), join(home, "models/broken"));
      const job = await reach(trainer.jobs, trainer.jobs.submit(request({}, "broken")).id, "failed");
      expect(job.reason).toMatch(/The loss is nan at step 1, .*lower learning_rate/);
      expect(losses(job)).toEqual([Number.NaN]);
    },
    JOB_MS,
  );

  test(
    "memory that is not there: a sentence that says what to lower",
    async () => {
      expect(await python("out_of_memory.py")).toContain("The machine has no memory left. Lower batch_size");
    },
    JOB_MS,
  );

  test(
    "a base model that is neither here nor to be had",
    async () => {
      // A hub that does not answer: nothing listens on this port.
      vi.stubEnv("HF_ENDPOINT", "http://127.0.0.1:1");
      const { id } = trainer.jobs.submit(request({}, "nobody/nothing"));
      const { reason } = await reach(trainer.jobs, id, "failed");
      vi.unstubAllEnvs();
      expect(reason).toContain(
        "nobody/nothing is not on this node and could not be fetched from Hugging Face: ",
      );
      expect(readdirSync(join(home, "models/nobody"))).toEqual([]);
    },
    JOB_MS,
  );

  test(
    "a base model that is cut off in the middle",
    async () => {
      const cut = join(home, "models/cut");
      cpSync(join(home, "models/tiny"), cut, { recursive: true });
      const weights = join(cut, "model.safetensors");
      await writeFile(weights, (await readFile(weights)).subarray(0, 1000));
      const { reason } = await reach(trainer.jobs, trainer.jobs.submit(request({}, "cut")).id, "failed");
      expect(reason).toContain("The base model cannot be loaded");
    },
    JOB_MS,
  );
});
