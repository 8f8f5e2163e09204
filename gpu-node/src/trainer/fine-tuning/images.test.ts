/** Files with images: a tiny model that sees learns what they show, by SFT, and by what is preferred or rewarded. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reach } from "../../jobs/testing/jobs.ts";
import { JOB_MS, putSeeing, SETUP_MS, TestTrainer } from "../testing/trainer.ts";

const node = new TestTrainer();
beforeAll(async () => {
  await node.start();
  mkdirSync(join(node.home, "models"), { recursive: true });
  await putSeeing(join(node.home, "models"));
}, SETUP_MS);
afterAll(() => node.end());

function picture(...colour: readonly number[]): string {
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => colour[index % 3] ?? 0);
  const png = encode({ width: 32, height: 32, channels: 3, depth: 8, data });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
const COLOURS = { red: picture(255, 0, 0), blue: picture(0, 0, 255) };
const ask = (url: string) => ({
  role: "user",
  content: [
    { type: "image_url", image_url: { url } },
    { type: "text", text: "Which colour?" },
  ],
});
const says = (content: string) => ({ role: "assistant", content });
const jsonl = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const EXAMPLES = Object.entries(COLOURS).map(([name, url]) => ({ messages: [ask(url), says(name)] }));

async function tuned(file: string, method: object): Promise<string> {
  const body = { model: "seeing", training_file: file, seed: 1, method };
  const answer = await node.ask("POST /fine_tuning/jobs", body);
  expect([answer.status, answer.body.error ?? null]).toEqual([200, null]);
  return answer.body.id;
}
const SUPERVISED = {
  type: "supervised",
  supervised: { hyperparameters: { max_steps: 60, batch_size: 4, learning_rate: 0.005, save_steps: 60 } },
};

test(
  "a model that sees learns which colour is shown; lines without an image may be among them",
  async () => {
    const plain = { messages: [{ role: "user", content: "Hello." }, says("Hi.")] };
    const lines = Array.from({ length: 8 }, () => EXAMPLES).flat();
    const id = await tuned(await node.upload(jsonl([plain, ...lines, plain])), SUPERVISED);
    await reach(node.trainer.jobs, id, "succeeded");
    const { body } = await node.ask(`GET /fine_tuning/jobs/${id}`);
    for (const [name, url] of Object.entries(COLOURS)) {
      const asked = { model: body.fine_tuned_model, messages: [ask(url)], max_tokens: 8, temperature: 0 };
      const answer = await node.ask("POST /chat/completions", asked);
      // The tiny model's template has no end, so that it goes on.
      const said = String(answer.body.choices?.[0]?.message.content ?? JSON.stringify(answer.body));
      expect(said.slice(0, name.length)).toBe(name);
    }
  },
  2 * JOB_MS,
);

test(
  "preferences and rewards are about what an image shows, too",
  async () => {
    const other = { red: "blue", blue: "red" };
    const preferences = Object.entries(COLOURS).map(([name, url]) => ({
      input: { messages: [ask(url)] },
      preferred_output: [says(name)],
      non_preferred_output: [says(other[name as keyof typeof other])],
    }));
    const preferring = { max_steps: 30, batch_size: 2, learning_rate: 0.005, beta: 0.5, save_steps: 30 };
    const dpo = await tuned(await node.upload(jsonl(preferences)), {
      ...{ type: "dpo", dpo: { hyperparameters: preferring } },
    });
    await reach(node.trainer.jobs, dpo, "succeeded");
    // Who does not look prefers one of the colours both times.
    const points = node.trainer.jobs.metrics(dpo).filter(({ name }) => name === "rewards/accuracies");
    expect(points.at(-1)?.value).toBe(1);

    const grader = {
      ...{ type: "text_similarity", input: "{{sample.output_text}}", reference: "{{item.colour}}" },
      evaluation_metric: "fuzzy_match",
    };
    const rewarded = Object.entries(COLOURS).map(([colour, url]) => ({ messages: [ask(url)], colour }));
    const hyperparameters = { max_steps: 1, num_generations: 2, batch_size: 4, max_completion_length: 4 };
    const grpo = await tuned(await node.upload(jsonl(rewarded)), {
      ...{ type: "reinforcement", reinforcement: { grader, hyperparameters } },
    });
    await reach(node.trainer.jobs, grpo, "succeeded");
    expect(node.trainer.jobs.metrics(grpo).map(({ name }) => name)).toContain("reward");
  },
  3 * JOB_MS,
);

test(
  "an image that is none is told of, and so is one that an answer has",
  async () => {
    const broken = { messages: [ask("https://example.org/cat.png"), says("cat")] };
    const file = await node.upload(jsonl([...EXAMPLES, broken]));
    const wrong = await reach(node.trainer.jobs, await tuned(file, SUPERVISED), "failed");
    expect(wrong.reason).toMatch(/Line 3 .*no address is fetched here/);
    const answered = {
      input: { messages: [ask(COLOURS.red)] },
      preferred_output: [{ ...ask(COLOURS.red), role: "assistant" }],
      non_preferred_output: [says("no")],
    };
    const id = await tuned(await node.upload(jsonl([answered])), { type: "dpo" });
    expect((await reach(node.trainer.jobs, id, "failed")).reason).toMatch(/Line 1 .*answers have no images/);
  },
  2 * JOB_MS,
);
