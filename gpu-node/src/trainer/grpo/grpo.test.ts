import { existsSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markedProcesses } from "../../jobs/marked.ts";
import { reach, signalAll } from "../../jobs/testing/jobs.ts";
import { JOB_MS, putSeeing, SETUP_MS, TestTrainer } from "../testing/trainer.ts";

const node = new TestTrainer();
let bob: string;

beforeAll(async () => {
  await node.start();
  bob = await node.world.newcomer("bob");
}, SETUP_MS);
afterAll(() => node.end());

const ASK = [{ role: "user", content: "say it" }];
/** Four answers, of which one is rewarded. */
const group = (good = "ab") =>
  [good, "zz", "qq", "xy"].map((content) => ({
    ...{ messages: ASK, completion: { role: "assistant", content }, reward: content === good ? 1 : 0 },
  }));
const CONFIG = {
  num_generations: 4,
  learning_rate: 0.02,
  lr_scheduler_type: "constant",
  per_device_train_batch_size: 2,
};
const call = (name: string, body: object, key?: string) =>
  node.ask(`POST /fine_tuning/grpo/${name}`, body, key);

/** One colour, as a picture in a message. */
function picture(colour: readonly [number, number, number]): string {
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => colour[index % 3] ?? 0);
  const png = encode({ width: 32, height: 32, channels: 3, depth: 8, data });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
/** A few bytes that say they are so many pixels wide and high. */
function bomb(side: number): string {
  const part = (name: string, data: Buffer): Buffer => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    const named = Buffer.concat([Buffer.from(name), data]);
    length.writeUInt32BE(data.byteLength);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    part("IHDR", head),
    part("IDAT", deflateSync(Buffer.alloc(1000))),
    part("IEND", Buffer.alloc(0)),
  ];
  return `data:image/png;base64,${Buffer.concat([sign, ...parts]).toString("base64")}`;
}
const [RED, BLUE] = [picture([255, 0, 0]), picture([0, 0, 255])];

/** Starts a run. @returns its id */
async function initialize(config: object = {}): Promise<string> {
  const { status, body } = await call("initialize", {
    model: "tiny",
    trainer_config: { ...CONFIG, ...config },
  });
  expect([status, body.error ?? null]).toEqual([200, null]);
  return body.job_id;
}
const WAIT = { timeout: JOB_MS, interval: 20 };
const learnt = (job_id: string, batches: number) =>
  expect.poll(async () => (await call("status", { job_id })).body.batches, WAIT).toBe(batches);
const jobOf = (id: string) => id.replace("grpo:", "");

/** What a model says when it says what is likeliest. */
async function says(model: string): Promise<string> {
  const body = { model, messages: ASK, max_tokens: 3, temperature: 0 };
  const answer = await node.ask("POST /chat/completions", body);
  return answer.body.choices?.[0]?.message.content ?? JSON.stringify(answer.body);
}

describe("a run", () => {
  test(
    "is the one that is meant where a client names none, as DSPy 2.6 does not",
    async () => {
      const none = await call("step", { batch: group() });
      expect([none.status, none.body.error.message]).toEqual([
        400,
        expect.stringMatching(/'job_id' \(no run/),
      ]);
      const flat = { model: "tiny", suffix: "dspy", ...CONFIG, num_iterations: 1, update_interval: 10 };
      const { job_id } = (await call("initialize", flat)).body;
      const stepped = await call("step", { model: "tiny", update_inference_model: true, batch: group() });
      expect([stepped.status, stepped.body.job_id]).toEqual([200, job_id]);
      const second = (await call("initialize", flat)).body.job_id;
      const both = await call("step", { batch: group() });
      expect([both.status, both.body.error.message]).toEqual([
        400,
        expect.stringMatching(/more than one run/),
      ]);
      await call("cancel", { job_id: second });
      await reach(node.trainer.jobs, jobOf(second), "cancelled");
      expect(markedProcesses(jobOf(second))).toEqual([]);
      await learnt(job_id, 1);
      // Its calls at the end have no body at all.
      for (const name of ["update_model", "terminate"]) {
        const answer = await node.ask(`POST /fine_tuning/grpo/${name}`);
        expect([answer.status, answer.body.job_id], name).toEqual([200, job_id]);
      }
      expect(node.trainer.jobs.get(jobOf(job_id)).state).toBe("succeeded");
    },
    JOB_MS,
  );

  test(
    "learns what is rewarded; its name answers with what it has learnt, and it ends as a model",
    async () => {
      const first = await call("initialize", { model: "tiny", trainer_config: { ...CONFIG, beta: 0.01 } });
      const job_id = first.body.job_id;
      expect(first.body).toMatchObject({
        ...{
          job_id: expect.stringMatching(/^grpo:job-/),
          current_model: "tiny",
          checkpoints: {},
          last_checkpoint: null,
        },
        ...{ pending_batch_ids: [0] },
      });
      expect(["pending", "validating_files", "queued", "running"]).toContain(first.body.status);
      expect(await says("tiny")).not.toBe("ab");
      for (let batch = 0; batch < 20; batch++) {
        const { pending_batch_ids } = (await call("status", { job_id })).body;
        expect(pending_batch_ids).toEqual([batch]);
        const answer = await call("step", { job_id, model: "tiny", batch_id: batch, batch: group() });
        expect([answer.status, answer.body.job_id]).toEqual([200, job_id]);
      }
      await learnt(job_id, 20);
      await expect.poll(async () => (await call("status", { job_id })).body.current_model, WAIT).toBe(job_id);
      await expect.poll(() => says(job_id), WAIT).toBe("ab");
      const kept = (await call("checkpoint", { job_id, checkpoint_name: "../best ever" })).body;
      expect(kept.last_checkpoint).toBe("../best ever");
      const path = kept.checkpoints["../best ever"];
      expect(path.startsWith(`${node.trainer.jobs.folderOf(jobOf(job_id))}/work/saved/`)).toBe(true);
      expect(existsSync(`${path}/config.json`)).toBe(true);
      const last = (await call("terminate", { job_id })).body;
      expect([last.status, last.pending_batch_ids]).toEqual(["succeeded", []]);
      expect(await says(last.current_model)).toBe("ab");
      expect(await says(path)).toBe("ab");
      expect((await call("terminate", { job_id })).body).toEqual(last);
      const late = await call("step", { job_id, batch: group() });
      expect([late.status, late.body.error.code]).toEqual([400, "invalid_state"]);
      // Clients ask for it where they ask for other jobs, too.
      expect((await node.ask(`GET /fine_tuning/jobs/${job_id}`)).body.fine_tuned_model).toBe(
        last.current_model,
      );
      const points = node.trainer.jobs.metrics(jobOf(job_id)).filter(({ name }) => name === "reward");
      expect(points.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, () => 0.25));
    },
    JOB_MS,
  );

  test(
    "takes a batch once however often it is sent, groups in each shape, and adapters",
    async () => {
      const job_id = await initialize({ lora: true, gradient_accumulation_steps: 2, beta: 0.1 });
      expect((await call("status", { job_id })).body.pending_batch_ids).toEqual([0, 1]);
      await call("step", { job_id, batch_id: 1, batch: [group(), group("cd")] });
      expect((await call("status", { job_id })).body.pending_batch_ids).toEqual([0, 2]);
      await Promise.all(
        [0, 0, 1, 0].map((batch_id) => call("step", { job_id, batch_id, batch: [...group(), ...group()] })),
      );
      const below = await node.ask(`POST /fine_tuning/grpo/${job_id}/step`, { batch: group() });
      expect(below.body.pending_batch_ids).toEqual([3, 4]);
      await learnt(job_id, 3);
      const { body } = await call("terminate", { job_id });
      expect([body.status, body.batches]).toEqual(["succeeded", 3]);
      expect(existsSync(`${body.current_model}/adapter_config.json`)).toBe(true);
      expect(node.trainer.jobs.get(jobOf(job_id)).result).toMatchObject({ batches: 3, steps: 2 });
    },
    JOB_MS,
  );

  test(
    "learns from images, with a model that sees",
    async () => {
      await putSeeing(join(node.home, "models"));
      const config = { num_generations: 2, learning_rate: 0.01, lr_scheduler_type: "constant", beta: 0.01 };
      const { body } = await call("initialize", { model: "seeing", trainer_config: config });
      const { job_id } = body;
      // Two colours, and for each another word is rewarded: who does not look cannot learn it.
      const ask = (image: string) => [
        {
          role: "user",
          content: [
            { type: "image_url", image_url: { url: image } },
            { type: "text", text: "colour?" },
          ],
        },
      ];
      const words = ["ab", "cd"];
      const groups = [RED, BLUE].map((image, right) =>
        words.map((completion, index) => ({
          messages: ask(image),
          completion,
          reward: index === right ? 1 : 0,
        })),
      );
      // What is no image, and what would fill the memory, is left out, and said.
      for (const image of ["data:image/png;base64,AAAA", bomb(60_000), bomb(8000)]) {
        const broken = words.map((completion) => ({ messages: ask(image), completion, reward: 1 }));
        await call("step", { job_id, batch: broken });
      }
      for (let batch = 0; batch < 40; batch++) await call("step", { job_id, batch: groups });
      const { body: last } = await call("terminate", { job_id });
      expect([last.status, last.batches]).toEqual(["succeeded", 43]);
      const events = node.trainer.jobs.latest(jobOf(job_id), { kinds: ["event"], limit: 1000 });
      const errors = events.filter((entry) => entry.kind === "event" && entry.level === "error");
      expect(errors.reverse()).toMatchObject([
        { message: expect.stringMatching(/^Batch 0 cannot be learnt from, and is left out: .*no format/) },
        { message: expect.stringMatching(/^Batch 1 .*more than 32000000 pixels/) },
        { message: expect.stringMatching(/^Batch 2 .*8000x8000 pixels is more than/) },
      ]);
      for (const [index, image] of [RED, BLUE].entries()) {
        const asked = { model: last.current_model, messages: ask(image), max_tokens: 3, temperature: 0 };
        const answer = await node.ask("POST /chat/completions", asked);
        expect(answer.body.choices?.[0].message.content).toBe(words[index]);
      }
    },
    JOB_MS,
  );

  test(
    "takes no batch that is none, is another's business only as what is not there, and says when its program is killed",
    async () => {
      const job_id = await initialize();
      const bad = [
        [],
        [[]],
        [{ messages: [], completion: "a", reward: 1 }],
        [{ ...group()[0], reward: "much" }],
        group().concat(group()[0] ?? []),
      ];
      for (const batch of bad) {
        const { status, body } = await call("step", { job_id, batch });
        expect([status, body.error.param], JSON.stringify(batch)).toEqual([
          400,
          expect.stringMatching(/^batch/),
        ]);
      }
      for (const name of ["status", "step", "checkpoint", "cancel", "terminate"]) {
        const { status, body } = await call(name, { job_id, batch: group(), checkpoint_name: "a" }, bob);
        expect([name, status, body.error.code]).toEqual([name, 404, "not_found"]);
      }
      const others = await node.ask("POST /chat/completions", { model: job_id, messages: ASK }, bob);
      expect(others.status).toBe(404);
      await call("step", { job_id, batch: group() });
      await learnt(job_id, 1);
      signalAll(jobOf(job_id), "SIGSTOP");
      const waiting = call("checkpoint", { job_id, checkpoint_name: "never" });
      signalAll(jobOf(job_id), "SIGKILL");
      const { status, body } = await waiting;
      expect([status, body.error.message]).toEqual([400, expect.stringContaining("killed (SIGKILL)")]);
    },
    JOB_MS,
  );
});

describe("a request that is refused names what is wrong", () => {
  test.each([
    [{ model: "nope" }, "model", "is not on this node"],
    [{ trainer_config: { surprise: 1 } }, "trainer_config.surprise", "Unknown parameter"],
    [{ trainer_config: { num_iterations: 3 } }, "trainer_config.num_iterations", "learnt from once"],
    [{ trainer_config: { report_to: "wandb" } }, "trainer_config.report_to", "no other services"],
    [{ beta: 1, trainer_config: { beta: 1 } }, "beta", "given twice"],
    [{ learning_rate: -1 }, "learning_rate", "at least 0"],
  ])("%j", async (wrong, param, message) => {
    const { status, body } = await call("initialize", { model: "tiny", ...wrong });
    expect([status, body.error]).toEqual([
      400,
      expect.objectContaining({ param, message: expect.stringContaining(message) }),
    ]);
  });
});
