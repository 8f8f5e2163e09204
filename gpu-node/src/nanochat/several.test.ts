/** Stages that learn with several processes: real ones on the CPU (gloo), as many as GPUs that exist for scheduling only. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { markedProcesses } from "../jobs/marked.ts";
import { reach, signalAll, until } from "../jobs/testing/jobs.ts";
import { JOB_MS, SETUP_MS, serveTrainer } from "../trainer/testing/trainer.ts";
import { TrainerWorld } from "../trainer/testing/world.ts";
import type { Trainer } from "../trainer/trainer.ts";

const world = new TrainerWorld();
let home: string;
let trainer: Trainer;
let run: string;

// biome-ignore lint/suspicious/noExplicitAny: bodies of an API, of which each test says what it expects
type Any = any;
const ask = async (method: string, path: string, body?: unknown): Promise<Any> => {
  const answer = await world.ask(world.relay.url, path, {
    ...{ method, ...(body !== undefined && { body: JSON.stringify(body) }) },
  });
  return answer.json();
};
/** Begins a stage. @returns its job's id */
async function begin(stage: string, settings: object = {}): Promise<string> {
  const made = await ask("POST", `/v1/nanochat/runs/${run}/stages/${stage}`, { settings });
  expect(made.error ?? null).toBeNull();
  return made.stages.find((one: Any) => one.stage === stage).job;
}
const done = async (id: string) => reach(trainer.jobs, id, "succeeded");
const metric = (id: string, wanted: string) =>
  trainer.jobs.metrics(id).flatMap(({ name, value }) => (name === wanted ? [value] : []));
function near(found: readonly number[], wanted: readonly number[], count: number): void {
  // Each step is told once, by one of them.
  expect([found.length, wanted.length]).toEqual([count, count]);
  for (const [at, value] of found.entries())
    expect(Math.abs(value - (wanted[at] ?? Number.NaN)), `${at}`).toBeLessThan(1e-4);
}

beforeAll(async () => {
  vi.stubEnv("EYEPIECE_FAKE_GPUS", "2");
  home = await mkdtemp(join(tmpdir(), "eyepiece-nanochat-"));
  trainer = await serveTrainer(world, home);
  run = (await ask("POST", "/v1/nanochat/runs", { name: "several" })).id;
  await done(await begin("dataset", { documents: 300, validation: 20, conversations: 60 }));
  await done(await begin("tokenizer", { vocab_size: 400 }));
}, SETUP_MS);
afterAll(async () => {
  await world.end();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const STEPS = 8;
const COMMON = { num_iterations: STEPS, eval_every: STEPS, sample_every: STEPS, save_every: STEPS };
const base = (num_gpus: number, rows: number) => ({
  ...{ ...COMMON, depth: 2, max_seq_len: 64, learning_rate: 0.003, num_gpus, device_batch_size: rows },
});
const sft = (num_gpus: number, rows: number) => ({ ...COMMON, num_gpus, device_batch_size: rows });

test("the form offers as many as there are, and no more are taken than a node can have", async () => {
  const { stages } = await ask("GET", "/v1/nanochat");
  const offered = stages.map(({ stage, settings }: Any) => [
    stage,
    settings.bundled.find(({ name }: Any) => name === "num_gpus")?.most,
  ]);
  expect(Object.fromEntries(offered)).toEqual({ base: 2, sft: 2, rl: 2 });
  const refused = await ask("POST", `/v1/nanochat/runs/${run}/stages/base`, { settings: { num_gpus: 0 } });
  expect(refused.error.param).toBe("num_gpus");
});

test(
  "two processes of two rows each learn what one of four does, also across a pause; each stage ends as one model",
  async () => {
    const one = await begin("base", base(1, 4));
    await done(one);
    const oneSft = await begin("sft", sft(1, 4));
    await done(oneSft);

    const two = await begin("base", base(2, 2));
    await until(trainer.jobs, two, ({ kind }) => kind === "metrics");
    // The launcher and its two, at least. Held while the wish to pause comes to them: there are few steps.
    expect(markedProcesses(two).length).toBeGreaterThanOrEqual(3);
    signalAll(two, "SIGSTOP");
    trainer.jobs.pause(two);
    signalAll(two, "SIGCONT");
    const { checkpoint } = await reach(trainer.jobs, two, "paused");
    expect(checkpoint?.step).toBeLessThan(STEPS);
    expect(markedProcesses(two)).toEqual([]);
    trainer.jobs.resume(two);
    const { result } = await done(two);
    near(metric(two, "loss"), metric(one, "loss"), STEPS);
    near(metric(two, "bits_per_byte"), metric(one, "bits_per_byte"), 2);
    expect(result).toMatchObject({ tokens: STEPS * 4 * 64, tokens_per_step: 4 * 64 });

    const twoSft = await begin("sft", sft(2, 2));
    await done(twoSft);
    near(metric(twoSft, "loss"), metric(oneSft, "loss"), STEPS);
    near(metric(twoSft, "bits_per_byte"), metric(oneSft, "bits_per_byte"), 1);

    const rl = await begin("rl", {
      ...{ num_iterations: 1, device_batch_size: 4, num_samples: 4, num_gpus: 2 },
    });
    const ended = await done(rl);
    expect(ended.result).toMatchObject({ model: "model", samples: expect.any(Array) });
    expect(metric(rl, "loss")).toHaveLength(1);
    expect(markedProcesses(rl)).toEqual([]);
  },
  6 * JOB_MS,
);
