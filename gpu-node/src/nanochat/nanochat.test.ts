/** The whole pipeline for real, as small as it makes sense: trained on the CPU, killed on the way, evaluated, and chatted with. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markedProcesses } from "../jobs/marked.ts";
import { reach, signalAll, statesOf, until } from "../jobs/testing/jobs.ts";
import { JOB_MS, SETUP_MS, serveAgain, serveTrainer } from "../trainer/testing/trainer.ts";
import { TrainerWorld } from "../trainer/testing/world.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { RunStore } from "./store.ts";

const world = new TrainerWorld();
let home: string;
let trainer: Trainer;
/** What the base stage told whose node was killed. */
let told: readonly { readonly step: number; readonly value: number }[];
/** The base stage's curve, when nothing happened to it. */
let curve: readonly number[];

const BASE = {
  ...{ depth: 2, num_iterations: 40, device_batch_size: 4, max_seq_len: 64, learning_rate: 0.003 },
  ...{ eval_every: 20, sample_every: 40, save_every: 10 },
};
const SETTINGS = {
  dataset: { documents: 300, validation: 20, conversations: 60 },
  tokenizer: { vocab_size: 400 },
  base: BASE,
  sft: { num_iterations: 4, device_batch_size: 4, eval_every: 4, sample_every: 4, save_every: 2 },
  rl: {
    num_iterations: 2,
    device_batch_size: 8,
    num_samples: 4,
    eval_every: 2,
    sample_every: 2,
    save_every: 2,
  },
};

// biome-ignore lint/suspicious/noExplicitAny: bodies of an API, of which each test says what it expects
type Any = any;
const ask = async (request: string, body?: unknown, key?: string): Promise<{ status: number; body: Any }> => {
  const [method = "GET", path = ""] = request.split(" ");
  const answer = await world.ask(world.relay.url, path, {
    ...{ method, headers: key ? { authorization: `Bearer ${key}` } : {} },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : text };
};
const stageOf = (run: Any, name: string): Any => run.stages.find(({ stage }: Any) => stage === name);
const losses = (job: string) =>
  trainer.jobs.metrics(job).flatMap(({ name, value }) => (name === "loss" ? [value] : []));
const near = (loss: number, step: number) =>
  expect(Math.abs(loss - (curve[step - 1] ?? Number.NaN)), `${step}`).toBeLessThan(1e-4);

let id: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "eyepiece-nanochat-"));
  trainer = await serveTrainer(world, home);
}, SETUP_MS);
afterAll(async () => {
  await world.end();
  rmSync(home, { recursive: true, force: true });
});

test(
  "all stages follow one another, also across a node that is killed, and each says what it came to",
  async () => {
    const about = (await ask("GET /v1/nanochat")).body;
    expect(about.engines.map(({ name, available }: Any) => [name, available])).toEqual([
      ["bundled", true],
      ["checkout", false],
    ]);
    const made = await ask("POST /v1/nanochat/runs", { name: "tiny", settings: SETTINGS });
    expect(made.status).toBe(200);
    id = made.body.id;
    await trainer.close();
    const store = new RunStore(join(home, "nanochat/runs.sqlite"));
    store.setGoing(id, true);
    store.close();
    const script = join(import.meta.dirname, "testing/node-process.ts");
    const node = spawn(process.execPath, [script, home], { stdio: ["ignore", "pipe", "inherit"] });
    const over = new Promise((resolve) => node.once("exit", resolve));
    const job = await new Promise<string>((resolve) => createInterface(node.stdout).once("line", resolve));
    node.kill("SIGKILL");
    await over;
    trainer = await serveAgain(world, home);
    let run: Any;
    do {
      run = (await ask(`GET /v1/nanochat/runs/${id}`)).body;
      expect(run.note).toBe("");
      await sleep(100);
    } while (run.going);
    expect(run.stages.map(({ state }: Any) => state)).toEqual(Array(6).fill("succeeded"));
    expect(stageOf(run, "base").job).toBe(job);
    expect(statesOf(trainer.jobs, job).filter((state) => state === "running")).toHaveLength(2);
    const result = (name: string) => stageOf(run, name).result;
    expect(result("dataset")).toMatchObject({ documents: 300, validation_documents: 20 });
    expect(result("tokenizer").round_trips_exact).toBe(result("tokenizer").round_trips);
    expect(result("tokenizer").compression[1].bytes_per_token).toBeGreaterThan(2);
    expect(result("base")).toMatchObject({
      tokens: 40 * 4 * 64,
      flops: 40 * 4 * 64 * result("base").flops_per_token,
    });
    expect(result("base").samples[0].prompt).toBe("Ada had a");
    const points = trainer.jobs.metrics(job);
    const bits = points.filter(({ name }) => name === "bits_per_byte");
    expect(new Set(bits.map(({ step }) => step))).toEqual(new Set([0, 20, 40]));
    expect(bits.at(-1)?.value).toBeLessThan((bits[0]?.value ?? 0) / 1.5);
    const names = new Set(points.map(({ name }) => name));
    for (const name of ["loss", "tokens_per_second", "mfu", "memory_bytes", "flops", "seconds"])
      expect(names).toContain(name);
    for (const stage of ["sft", "rl"]) {
      expect(result(stage).bits_per_byte).toBeGreaterThan(0);
      expect(result(stage).samples).toHaveLength(5);
    }
    expect(Object.keys(result("evaluation").benchmarks)).toHaveLength(5);
    told = points.filter(({ name }) => name === "loss");
    expect(new Set(told.map(({ step }) => step)).size).toBe(40);
  },
  4 * JOB_MS,
);

test("there is a report card to take away", async () => {
  const { body } = await ask(`GET /v1/nanochat/runs/${id}/report`);
  expect(body).toMatch(/^# tiny\n/);
  expect(body).toContain("6 of 6 stages");
  expect(body).toMatch(/\| Arithmetic \| \d+ % ?.*\| 20 \| 0 % \|/);
  expect(body).toContain("](data:image/svg+xml;base64,");
  expect(body).toContain("**Ada had a**");
});

describe("its models", () => {
  test(
    "are in the list and answer, at OpenAI's address and at the platform's",
    async () => {
      const { body } = await ask("GET /v1/models");
      expect(body.data.map((model: Any) => model.id)).toEqual([
        "nanochat/tiny/base",
        "nanochat/tiny/sft",
        "nanochat/tiny/rl",
      ]);
      const messages = [{ role: "user", content: "What does the cat say?" }];
      const whole = await ask("POST /v1/chat/completions", {
        ...{ model: "nanochat/tiny/sft", messages, max_tokens: 8, temperature: 0 },
      });
      expect(whole.body.usage.completion_tokens).toBeGreaterThan(0);
      const said = whole.body.choices[0].message.content;

      const inferred = await ask("POST /api/inference", {
        ...{ model: "nanochat/tiny/sft", messages, max_tokens: 8, temperature: 0 },
      });
      expect([inferred.status, inferred.body.text]).toEqual([200, said]);
      const goneOn = await ask("POST /api/inference", { prompt: "Ada had a", max_tokens: 4 });
      expect(goneOn.body).toMatchObject({ model: "nanochat/tiny/rl", usage: { completion_tokens: 4 } });
      const stream = await ask("POST /api/chat/completions", {
        ...{ model: "nanochat/tiny/sft", messages, max_tokens: 8, temperature: 0 },
      });
      const deltas = [...String(stream.body).matchAll(/^data: (\{.*\})$/gm)].map(([, one]) =>
        JSON.parse(one ?? ""),
      );
      expect(deltas.map(({ choices }) => choices[0]?.delta?.content ?? "").join("")).toBe(said);
      expect(stream.body).toContain("data: [DONE]");
      expect((await ask("GET /api/chat/models")).body.data).toHaveLength(3);
    },
    JOB_MS,
  );

  test("are nobody else's, and neither is the run", async () => {
    const key = await world.newcomer("ben");
    expect((await ask("GET /v1/nanochat/runs", undefined, key)).body.data).toEqual([]);
    expect((await ask(`GET /v1/nanochat/runs/${id}`, undefined, key)).status).toBe(404);
    expect((await ask(`DELETE /v1/nanochat/runs/${id}`, undefined, key)).status).toBe(404);
    expect((await ask("GET /api/eval/models", undefined, key)).body.data).toEqual([]);
    const asked = await ask("POST /api/eval/run", { models: ["nanochat/tiny/sft"] }, key);
    expect([asked.status, asked.body.error.param]).toEqual([400, "models"]);
    expect((await ask("POST /api/inference", { prompt: "a" }, key)).body.error.message).toContain("no model");
  });

  test(
    "are evaluated beside each other",
    async () => {
      const wrong = await ask("POST /api/eval/run", { models: ["nanochat/tiny/sft"], benchmarks: ["mmlu"] });
      expect(wrong.body.error.message).toContain("There is no benchmark mmlu: there are bits_per_byte");
      const { body } = await ask("POST /api/eval/run", {
        ...{ models: ["nanochat/tiny/base", "nanochat/tiny/sft"], benchmarks: ["bits_per_byte", "facts"] },
      });
      for (const { id: job } of body.data) await reach(trainer.jobs, job, "succeeded");
      const status = await ask(`GET /api/eval/status?id=${body.id}`);
      expect(status.body.data.map((one: Any) => one.status)).toEqual(["succeeded", "succeeded"]);
      const { data } = (await ask(`GET /api/eval/results?id=${body.id}`)).body;
      expect(data.map(({ model, benchmark, items }: Any) => [model, benchmark, items]).sort()).toEqual([
        ["nanochat/tiny/base", "bits_per_byte", 100],
        ["nanochat/tiny/base", "facts", 6],
        ["nanochat/tiny/sft", "bits_per_byte", 100],
        ["nanochat/tiny/sft", "facts", 6],
      ]);
      expect((await ask(`DELETE /v1/nanochat/evaluations/${body.id}`)).body.deleted).toBe(true);
      expect((await ask(`GET /api/eval/results?id=${body.id}`)).body.data).toEqual([]);
    },
    2 * JOB_MS,
  );

  test("which engines there are is said, and why one is not", async () => {
    const { body } = await ask("GET /api/execute/nanochat-status");
    expect(body).toMatchObject({ available: true, checkout: false, models: 3 });
    expect(body.engines[1].message).toContain("EYEPIECE_NANOCHAT names a folder");
  });
});

test(
  "a stage that nothing happens to has the curve of the one whose node was killed",
  async () => {
    const begun = (await ask(`POST /v1/nanochat/runs/${id}/stages/base`, { settings: BASE })).body;
    const { job } = stageOf(begun, "base");
    await reach(trainer.jobs, job, "succeeded");
    curve = losses(job);
    expect(curve).toHaveLength(40);
    for (const { step, value } of told) near(value, step);
    // What was made from the older one is said to be.
    const run = (await ask(`GET /v1/nanochat/runs/${id}`)).body;
    expect(run.stages.map(({ stale }: Any) => stale)).toEqual([false, false, false, true, true, true]);
  },
  JOB_MS,
);

test(
  "a stage whose process is killed says so, is tried again from its checkpoint, and is paused and resumed: to the same curve",
  async () => {
    const base = `/v1/nanochat/runs/${id}/stages/base`;
    const { job } = stageOf((await ask(`POST ${base}`, {})).body, "base");
    await until(trainer.jobs, job, ({ kind }) => kind === "checkpoint");
    signalAll(job, "SIGKILL");
    const killed = await reach(trainer.jobs, job, "failed");
    expect(killed.reason).toContain("was killed (SIGKILL)");
    const again = stageOf((await ask(`POST ${base}`, {})).body, "base").job;
    await until(trainer.jobs, again, ({ kind }) => kind === "metrics");
    // Held while the wish comes to it: there are few steps, and this machine may be slow.
    signalAll(again, "SIGSTOP");
    await ask(`POST ${base}/pause`, {});
    signalAll(again, "SIGCONT");
    const paused = await reach(trainer.jobs, again, "paused");
    expect(paused.checkpoint?.step).toBeLessThan(40);
    expect(markedProcesses(again)).toEqual([]);
    await ask(`POST ${base}/resume`, {});
    await reach(trainer.jobs, again, "succeeded");
    const first = trainer.jobs.metrics(again).find(({ name }) => name === "loss")?.step ?? 0;
    expect(first).toBe((killed.checkpoint?.step ?? 0) + 1);
    const whole = [...losses(job).slice(0, first - 1), ...losses(again)];
    expect(whole).toHaveLength(40);
    for (const [at, loss] of whole.entries()) near(loss, at + 1);
  },
  3 * JOB_MS,
);

test("a run goes with all that it made", async () => {
  expect((await ask(`DELETE /v1/nanochat/runs/${id}`)).body.deleted).toBe(true);
  expect((await ask("GET /v1/models")).body.data).toEqual([]);
  expect((await ask("GET /v1/nanochat/runs")).body.data).toEqual([]);
});

describe("text of one's own", () => {
  const upload = async (name: string, lines: readonly unknown[], key?: string): Promise<string> => {
    const form = new FormData();
    form.set("file", new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join("")]), name);
    const headers = key ? { authorization: `Bearer ${key}` } : {};
    const answer = await world.ask(world.relay.url, "/v1/files", { method: "POST", body: form, headers });
    return ((await answer.json()) as { id: string }).id;
  };
  const talk = (n: number) => ({
    messages: [
      { role: "user", content: `Count to ${n}.` },
      { role: "assistant", content: `${n}` },
    ],
  });

  test(
    "is what the dataset is made of, and held to what it has to be",
    async () => {
      const documents = await upload(
        "mine.jsonl",
        Array.from({ length: 50 }, (_, n) => ({ text: `My own document number ${n}.` })),
      );
      const conversations = await upload(
        "talk.jsonl",
        Array.from({ length: 7 }, (_, n) => talk(n)),
      );
      const files = { documents_file: documents, conversations_file: conversations };
      const dataset = { documents: 100, validation: 10, conversations: 10, ...files };
      const made = await ask("POST /v1/nanochat/runs", { name: "own-text", settings: { dataset } });
      expect(made.status, JSON.stringify(made.body)).toBe(200);
      const run = made.body.id;
      const begun = await ask(`POST /v1/nanochat/runs/${run}/stages/dataset`, {});
      const job = stageOf(begun.body, "dataset").job;
      const { result } = await reach(trainer.jobs, job, "succeeded");
      // A tenth is held back at most, and nothing of the bundled text is in it.
      expect(result).toMatchObject({
        ...{ documents: 45, validation_documents: 5, conversations: 7 },
        source: "documents of one's own, and conversations of one's own",
      });
      for (const { text } of (result as Any).samples) expect(text).toMatch(/^My own document number \d+\.$/);
      const wrong = { ...dataset, documents_file: conversations };
      const refused = await ask(`POST /v1/nanochat/runs/${run}/stages/dataset`, { settings: wrong });
      expect([refused.status, refused.body.error.param]).toEqual([400, "documents_file"]);
      expect(refused.body.error.message).toMatch(/must be a file of format text, and talk\.jsonl is sft/);
      // Others' files are none of one's own, and a file that is gone is told of.
      const bob = await world.newcomer("bob-with-text");
      const hers = await ask("POST /v1/nanochat/runs", { name: "hers", settings: { dataset } }, bob);
      expect([hers.status, hers.body.error.message]).toEqual([
        400,
        expect.stringMatching(/There is no file/),
      ]);
      await ask(`DELETE /v1/files/${documents}`);
      const gone = await ask(`POST /v1/nanochat/runs/${run}/stages/dataset`, {});
      const lost = stageOf(gone.body, "dataset").job;
      expect((await reach(trainer.jobs, lost, "failed")).reason).toMatch(/was deleted before the stage/);
      // It trains nothing else.
      const tune = {
        model: "nanochat/own-text/base",
        training_file: await upload("t.jsonl", [{ text: "x" }]),
      };
      const other = await ask("POST /v1/fine_tuning/jobs", tune);
      expect([other.status, other.body.error.message]).toEqual([400, expect.stringMatching(/for nanochat/)]);
    },
    JOB_MS,
  );
});
