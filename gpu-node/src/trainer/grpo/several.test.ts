/** Online GRPO with several processes: real ones on the CPU (gloo), as many as GPUs that exist for scheduling only. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { markedProcesses } from "../../jobs/marked.ts";
import { reach, until } from "../../jobs/testing/jobs.ts";
import { ONLINE } from "../fine-tuning/fine-tuned.ts";
import { JOB_MS, SETUP_MS, tinyHome, trainerOver } from "../testing/trainer.ts";
import type { Trainer } from "../trainer.ts";
import { OnlineRun } from "./run.ts";

let home = "";
let trainer: Trainer;

beforeAll(async () => {
  vi.stubEnv("EYEPIECE_FAKE_GPUS", "2");
  home = await tinyHome();
  trainer = await trainerOver(home);
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** Answers to one question, the first of them rewarded; as many as asked, so that parts are of different sizes. */
const group = (...says: string[]) =>
  says.map((content, n) => ({
    ...{ messages: [{ role: "user", content: "say it" }], completion: { role: "assistant", content } },
    reward: n === 0 ? 1 : 0,
  }));
const BATCHES = [
  group("ab", "zz", "qq"),
  group("ab", "x", "yy", "q", "abab"),
  group("ab", "b"),
  group("ab", "c"),
];

async function begun(gpus: number, hyperparameters: object) {
  const { id } = trainer.jobs.submit({
    ...{ person: "ada", kind: ONLINE, gpus },
    params: {
      ...{ method: "online", model: "tiny", training_file: "", validation_file: null, seed: 3, asked: {} },
      ...{ grader: null, metadata: null, suffix: null, ray: null, inactivity: 600 },
      hyperparameters: {
        ...{ num_generations: 4, max_steps: 100, learning_rate: 0.01, lr_scheduler_type: "constant" },
        ...{ per_device_train_batch_size: 2, bf16: false, ...hyperparameters },
      },
    },
  });
  return new OnlineRun(trainer.jobs, trainer.jobs.get(id));
}
const idOf = (run: OnlineRun) => String(run.status().job_id).replace("grpo:", "");
const curve = (run: OnlineRun, of: string) =>
  trainer.jobs.metrics(idOf(run)).flatMap(({ name, value }) => (name === of ? [value] : []));

/** Holds what two told to what one did. */
function same(one: OnlineRun, two: OnlineRun): void {
  for (const name of ["loss", "grad_norm", "reward"]) {
    const [alone, together] = [curve(one, name), curve(two, name)];
    expect(together.length, name).toBe(alone.length);
    for (const [n, value] of together.entries())
      expect(Math.abs(value - (alone[n] ?? 0)), `${name} ${n}`).toBeLessThan(1e-4);
  }
}

test(
  "two processes learn what one does, by rows, with a reference and two batches a step, also across a pause",
  async () => {
    const { jobs } = trainer;
    const how = { loss_type: "grpo", beta: 0.1, gradient_accumulation_steps: 2 };
    const [one, two] = [await begun(1, how), await begun(2, how)];
    for (const [n, batch] of BATCHES.entries()) await one.step(n, [batch]);
    await one.end();
    for (const [n, batch] of BATCHES.slice(0, 2).entries()) await two.step(n, [batch]);
    await vi.waitFor(() => expect(two.status().batches).toBe(2), { timeout: JOB_MS, interval: 50 });
    expect(markedProcesses(idOf(two)).length).toBeGreaterThanOrEqual(3);
    jobs.pause(idOf(two));
    await reach(jobs, idOf(two), "paused");
    expect(markedProcesses(idOf(two))).toEqual([]);
    jobs.resume(idOf(two));
    for (const [n, batch] of BATCHES.entries()) await two.step(n, [batch]);
    await two.end();
    same(one, two);
    expect((await reach(jobs, idOf(two), "succeeded")).result).toMatchObject({ model: "model", batches: 4 });
  },
  2 * JOB_MS,
);

test(
  "by tokens of the whole batch, too; one of them killed is a failed run, and none is left",
  async () => {
    const { jobs } = trainer;
    const [one, two] = [await begun(1, {}), await begun(2, {})];
    for (const run of [one, two]) await run.step(0, [BATCHES[1] ?? []]);
    await one.end();
    await until(jobs, idOf(two), ({ kind }) => kind === "metrics");
    same(one, two);
    process.kill(Math.max(...markedProcesses(idOf(two))), "SIGKILL");
    expect((await reach(jobs, idOf(two), "failed")).reason).toMatch(/ended/);
    expect(markedProcesses(idOf(two))).toEqual([]);
  },
  2 * JOB_MS,
);
