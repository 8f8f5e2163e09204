import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reach } from "../../jobs/testing/jobs.ts";
import { EXAMPLES, JOB_MS, python, SETUP_MS, TestTrainer } from "../testing/trainer.ts";
import type { Method } from "./hyperparameters.ts";

const node = new TestTrainer();
const files: Record<string, string> = {};
let bob: string;

beforeAll(async () => {
  await node.start();
  for (const [method, text] of Object.entries(EXAMPLES)) files[method] = await node.upload(text);
  bob = await node.world.newcomer("bob");
}, SETUP_MS);
afterAll(() => node.end());

const GRADER = {
  type: "python",
  name: "length",
  source: "def grade(sample, item):\n    return float(len(sample['output_text']) % 3)",
};
const FIELDS = { max_steps: 4, per_device_train_batch_size: 4, learning_rate: 0.003 };
const RUNS = [
  { method: "supervised", lora: false, fields: { ...FIELDS, max_length: 64 } },
  { method: "dpo", lora: true, fields: { ...FIELDS, max_length: 64, beta: 0.2 } },
  {
    method: "reinforcement",
    lora: true,
    fields: { ...FIELDS, num_generations: 4, max_completion_length: 8, beta: 0.04, temperature: 0.9 },
  },
] as const;
const SEED = 11;

/** A request for one of the runs. */
function request({ method, lora, fields }: (typeof RUNS)[number], more: object = {}) {
  const grader = method === "reinforcement" ? { grader: GRADER } : {};
  const body = { hyperparameters: { ...fields, lora, ...more }, ...grader };
  return {
    model: "tiny",
    training_file: files[method],
    seed: SEED,
    method: { type: method, [method]: body },
  };
}

/** TRL prints its own figures before. */
const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";

describe("jobs that train", () => {
  const made = new Map<Method, { id: string; losses: number[] }>();

  test(
    "their losses are those of TRL by itself, to 1e-5",
    async () => {
      const ids = [];
      for (const run of RUNS) {
        const { status, body } = await node.ask("POST /fine_tuning/jobs", request(run));
        expect([status, body.error ?? null]).toEqual([200, null]);
        ids.push(String(body.id));
      }
      const bare = RUNS.map((run) => ({
        ...{ ...run, seed: SEED, model: join(node.home, "models/tiny") },
        file: join(node.home, "trainer/files", `${files[run.method]}.jsonl`),
      }));
      const expected = JSON.parse(lastLine(await python("bare_trl.py", JSON.stringify(bare)))) as number[][];
      for (const [index, id] of ids.entries()) {
        await reach(node.trainer.jobs, id, "succeeded");
        const losses = node.trainer.jobs
          .metrics(id)
          .flatMap(({ name, value }) => (name === "loss" ? [value] : []));
        const { method } = RUNS[index] ?? RUNS[0];
        made.set(method, { id, losses });
        expect(losses, method).toHaveLength(4);
        for (const [step, loss] of losses.entries())
          expect(Math.abs(loss - (expected[index]?.[step] ?? Number.NaN)), `${method} ${step}`).toBeLessThan(
            1e-5,
          );
        // Reinforcement begins at a loss of nothing; something must have moved in each.
        expect(new Set(losses).size, method).toBeGreaterThan(1);
      }
    },
    JOB_MS,
  );

  test("are told as OpenAI's clients read them", async () => {
    const { id } = made.get("supervised") ?? { id: "" };
    const { body } = await node.ask(`GET /fine_tuning/jobs/${id}`);
    const model = join(node.trainer.jobs.folderOf(id), "work/model");
    expect(body).toMatchObject({
      ...{ object: "fine_tuning.job", id, model: "tiny", status: "succeeded", seed: SEED, error: null },
      ...{ fine_tuned_model: model, training_file: files.supervised, validation_file: null },
      method: { type: "supervised", supervised: { hyperparameters: { max_steps: 4, lora: false } } },
    });
    expect(body.trained_tokens).toBeGreaterThan(0);
    expect(body.finished_at).toBeGreaterThanOrEqual(body.started_at);
    expect(JSON.parse(readFileSync(join(model, "config.json"), "utf8")).model_type).toBe("nanochat");

    const events = (await node.ask(`GET /fine_tuning/jobs/${id}/events?limit=3`)).body;
    expect(events.has_more).toBe(true);
    expect(events.data[0]).toMatchObject({ message: expect.stringContaining("succeeded"), level: "info" });
    const older = (await node.ask(`GET /fine_tuning/jobs/${id}/events?after=${events.data[2].id}&limit=1000`))
      .body;
    const all = [...events.data, ...older.data];
    const steps = all.filter(({ type }) => type === "metrics").map(({ data }) => data.step);
    expect(steps).toEqual([4, 3, 2, 1]);
    expect([older.has_more, all.at(-1).message]).toEqual([false, expect.stringContaining("created")]);

    const checkpoints = (await node.ask(`GET /fine_tuning/jobs/${id}/checkpoints`)).body;
    expect(checkpoints.data).toMatchObject([
      { step_number: 4, fine_tuning_job_id: id, metrics: { step: 4 } },
    ]);
    expect(checkpoints.data[0].metrics.train_loss).toBe(made.get("supervised")?.losses[3]);
  });

  test("are listed by pages, each person's own", async () => {
    const first = (await node.ask("GET /fine_tuning/jobs?limit=2")).body;
    const rest = (await node.ask(`GET /fine_tuning/jobs?after=${first.data[1].id}`)).body;
    const ids = [...first.data, ...rest.data].map(({ id }) => id);
    expect([first.has_more, rest.has_more, ids]).toEqual([
      true,
      false,
      [...made.values()].map(({ id }) => id).reverse(),
    ]);
    const { id } = made.get("dpo") ?? { id: "" };
    expect((await node.ask("GET /fine_tuning/jobs", undefined, bob)).body.data).toEqual([]);
    const calls = [
      "GET",
      "DELETE",
      "GET /events",
      "GET /checkpoints",
      "POST /cancel",
      "POST /pause",
      "POST /resume",
    ];
    for (const call of calls) {
      const [method, below = ""] = call.split(" ");
      const other = await node.ask(`${method} /fine_tuning/jobs/${id}${below}`, undefined, bob);
      expect([call, other.status, other.body.error.code]).toEqual([call, 404, "not_found"]);
    }
    expect((await node.ask(`GET /fine_tuning/jobs?after=${id}`, undefined, bob)).status).toBe(400);
    // Neither may another train on the file, nor go on from the model.
    const model = join(node.trainer.jobs.folderOf(id), "work/model");
    const stolen = await node.ask("POST /fine_tuning/jobs", request(RUNS[0]), bob);
    expect(stolen.body.error).toMatchObject({ param: "training_file", code: "not_found" });
    const own = await node.upload(EXAMPLES.supervised, bob);
    const onward = { model, training_file: own };
    expect((await node.ask("POST /fine_tuning/jobs", onward, bob)).body.error).toMatchObject({
      param: "model",
    });
  });

  test(
    "go on from what was trained before, an adapter too, and deleted they are gone",
    async () => {
      const { id } = made.get("dpo") ?? { id: "" };
      const model = (await node.ask(`GET /fine_tuning/jobs/${id}`)).body.fine_tuned_model;
      const onward = await node.ask("POST /fine_tuning/jobs", { ...request(RUNS[0]), model });
      expect(await reach(node.trainer.jobs, onward.body.id, "succeeded")).toMatchObject({
        state: "succeeded",
      });
      expect((await node.ask(`DELETE /fine_tuning/jobs/${id}`)).body).toMatchObject({ id, deleted: true });
      expect((await node.ask(`GET /fine_tuning/jobs/${id}`)).status).toBe(404);
      const gone = await node.ask("POST /fine_tuning/jobs", { ...request(RUNS[0]), model });
      expect(gone.body.error).toMatchObject({ param: "model", code: "model_not_found" });
    },
    JOB_MS,
  );
});

describe("a request that is refused names what is wrong", () => {
  const sft = (hyperparameters: object) => ({
    method: { type: "supervised", supervised: { hyperparameters } },
  });
  const P = "method.supervised.hyperparameters";
  test.each([
    ["an unknown field", { surprise: 1 }, "surprise", "Unknown parameter: 'surprise'."],
    ["an unknown hyperparameter", sft({ learning_rat: 1 }), `${P}.learning_rat`, "Unknown parameter"],
    ["another method's", sft({ beta: 0.1 }), `${P}.beta`, "Unknown parameter"],
    ["a wrong type", sft({ learning_rate: "high" }), `${P}.learning_rate`, "it must be a number"],
    ["out of range", sft({ max_steps: 0 }), `${P}.max_steps`, "it must be at least 1"],
    ["said twice", sft({ n_epochs: 1, num_train_epochs: 2 }), `${P}.n_epochs`, "say the same thing"],
    ["half a LoRA", sft({ lora_config: { rank: 4 } }), `${P}.lora_config.rank`, "Unknown parameter"],
    ["no model", { model: "nope" }, "model", "is not on this node"],
    ["a path", { model: "../../etc" }, "model", "is not on this node"],
    ["no file", { training_file: "file-x" }, "training_file", "upload it first"],
    ["the wrong format", { method: { type: "dpo" } }, "training_file", "has the format sft"],
    ["an unknown method", { method: { type: "magic" } }, "method.type", "supervised, dpo, reinforcement"],
    [
      "no grader",
      { method: { type: "reinforcement", reinforcement: {} } },
      "method.reinforcement.grader",
      "Missing",
    ],
    ["somebody else's service", { integrations: [{ type: "wandb" }] }, "integrations", "no other services"],
  ])("%s", async (_name, wrong, param, message) => {
    const good = { model: "tiny", training_file: files.supervised };
    const { status, body } = await node.ask("POST /fine_tuning/jobs", { ...good, ...wrong });
    expect([status, body.error]).toEqual([
      400,
      expect.objectContaining({
        param,
        message: expect.stringContaining(message),
        type: "invalid_request_error",
      }),
    ]);
  });
});
