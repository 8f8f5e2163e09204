/**
 * What the trainer adds to TRL: time of a job beside that of the bare script, status calls with 1,000 jobs in the store, the round
 * trip of an online step; and chat beside `transformers serve`. `node bench/trainer.ts [--json]`. Runs in turn, the order reversed each round; a tiny model on the CPU.
 */
import { loadavg } from "node:os";
import { join } from "node:path";
import { JobStore } from "../gpu-node/src/jobs/store.ts";
import { reach } from "../gpu-node/src/jobs/testing/jobs.ts";
import { EXAMPLES, python, TestTrainer } from "../gpu-node/src/trainer/testing/trainer.ts";
import { machine, median, quantile } from "./machine.ts";
import { chatFigures, transformersServe } from "./serve-beside.ts";

const ROUNDS = 3;
const STEPS = 200;
const JOBS = 1000;
const METRICS_EACH = 100;
const CALLS = 2000;
const ONLINE_STEPS = 50;

const node = new TestTrainer();
const fields = { max_steps: STEPS, per_device_train_batch_size: 4, learning_rate: 0.003, max_length: 64 };

/** Seconds of some work. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function overhead() {
  const training_file = await node.upload(EXAMPLES.supervised);
  const bare = {
    ...{ method: "supervised", lora: false, seed: 1, fields, model: join(node.home, "models/tiny") },
    file: join(node.home, "trainer/files", `${training_file}.jsonl`),
  };
  const runs: { bare: number[]; job: number[] } = { bare: [], job: [] };
  const work = {
    bare: () => python("bare_trl.py", JSON.stringify([bare])),
    job: async () => {
      // As the bare script, which keeps no checkpoints.
      const hyperparameters = { ...fields, save_steps: STEPS };
      const method = { type: "supervised", supervised: { hyperparameters } };
      const { body } = await node.ask("POST /fine_tuning/jobs", {
        model: "tiny",
        training_file,
        seed: 1,
        method,
      });
      await reach(node.trainer.jobs, body.id, "succeeded");
    },
  };
  // Files that the system has not read yet are nobody's overhead.
  await work.bare();
  for (let round = 0; round < ROUNDS; round++)
    for (const name of round % 2 ? (["job", "bare"] as const) : (["bare", "job"] as const))
      runs[name].push(await seconds(work[name]));
  return {
    steps: STEPS,
    runs,
    bare_s: median(runs.bare),
    job_s: median(runs.job),
    added_s: median(runs.job) - median(runs.bare),
  };
}

/** Milliseconds of status calls, on the loopback and through the relay. */
async function statusCalls(ids: readonly string[]) {
  const time = async (base: string) => {
    const taken: number[] = [];
    for (let call = 0; call < CALLS; call++) {
      const path = `/v1/fine_tuning/jobs/${ids[(call * 7919) % ids.length]}`;
      const started = performance.now();
      await (await node.world.ask(base, path)).json();
      if (call >= 100) taken.push(performance.now() - started);
    }
    return { median_ms: median(taken), p99_ms: quantile(taken, 0.99) };
  };
  return { jobs: JOBS, loopback: await time(node.world.loopback), relay: await time(node.world.relay.url) };
}

async function onlineSteps() {
  const group = ["ab", "zz", "qq", "xy"].map((completion, index) => ({
    ...{ messages: [{ role: "user", content: "say it" }], completion, reward: index },
  }));
  const config = { num_generations: 4, learning_rate: 1e-3 };
  const { body } = await node.ask("POST /fine_tuning/grpo/initialize", {
    model: "tiny",
    trainer_config: config,
  });
  const { job_id } = body;
  const status = async () => (await node.ask("POST /fine_tuning/grpo/status", { job_id })).body;
  const taken: number[] = [];
  const learnt: number[] = [];
  for (let step = 0; step < ONLINE_STEPS; step++) {
    const started = performance.now();
    await node.ask("POST /fine_tuning/grpo/step", { job_id, batch: group });
    const answered = performance.now() - started;
    while ((await status()).batches <= step) await new Promise((resolve) => setTimeout(resolve, 1));
    // The first ones wait for the model to be loaded.
    if (step < 5) continue;
    taken.push(answered);
    learnt.push(performance.now() - started);
  }
  await node.ask("POST /fine_tuning/grpo/terminate", { job_id });
  return {
    answered: { median_ms: median(taken), p99_ms: quantile(taken, 0.99) },
    learnt_median_ms: median(learnt),
  };
}

/** Chat with the tiny model: ours on the loopback, then `transformers serve`. */
async function chat() {
  const asked = { base: `${node.world.loopback}/v1`, model: "tiny", key: node.world.relay.apiToken };
  await node.ask("POST /chat/launch", { model: "tiny" });
  // The worker that waits for the next model imports for some seconds.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  const ours = await chatFigures(asked);
  const theirs = await transformersServe(join(node.home, "models/tiny")).catch(String);
  return { ours, transformers_serve: theirs, ours_again: await chatFigures(asked) };
}

/** Jobs that have ended, as they lie in the store. */
function fill(home: string, person: string): string[] {
  const store = new JobStore(join(home, "jobs", "jobs.sqlite"));
  const params = {
    ...{
      method: "supervised",
      model: "tiny",
      training_file: "file-none",
      validation_file: null,
      seed: 1,
      asked: {},
    },
    ...{ hyperparameters: {}, grader: null, suffix: null, metadata: null },
  };
  const ids = Array.from({ length: JOBS }, () => {
    const { id } = store.create({ person, kind: "fine-tuning", params, gpus: 0, priority: 0, retries: 1 });
    for (const state of ["pending", "queued", "running"] as const) store.move(id, state, "");
    const entries = Array.from({ length: METRICS_EACH }, (_, step) => ({
      ...({ kind: "metrics", step, values: { loss: 1 / (step + 1), learning_rate: 0.001 } } as const),
    }));
    store.add(id, entries, { model: "model", trained_tokens: 1 });
    store.move(id, "succeeded", "Its program ended well.");
    return id;
  });
  store.close();
  return ids;
}

await node.start();
const me = await node.world.ask(node.world.relay.url, "/api/auth/me");
const { id: person } = (await me.json()) as { id: string };
await node.trainer.close();
const ids = fill(node.home, person);
await node.restart();
const load = loadavg()[0];
const result = {
  ...{ machine: machine(), load_before: load },
  ...{ overhead: await overhead(), status: await statusCalls(ids), online: await onlineSteps() },
  chat: await chat(),
};
await node.end();
if (process.argv.includes("--json")) console.log(JSON.stringify(result, null, 2));
else {
  const { overhead: cost, status, online, chat: said } = result;
  console.log(
    `${cost.steps} SFT steps: bare TRL ${cost.bare_s.toFixed(2)} s, as a job ${cost.job_s.toFixed(2)} s`,
  );
  console.log(
    `status with ${status.jobs} jobs, p99: loopback ${status.loopback.p99_ms.toFixed(2)} ms, relay ${status.relay.p99_ms.toFixed(2)} ms`,
  );
  console.log(
    `online step: answered in ${online.answered.median_ms.toFixed(1)} ms, learnt in ${online.learnt_median_ms.toFixed(1)} ms`,
  );
  console.log("chat, ours and transformers serve:", said);
}
