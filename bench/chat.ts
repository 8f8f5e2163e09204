/**
 * Chat with the tiny two-layer model on the CPU, through relay and node as a client has it: the first token, tokens a second of
 * one request and of eight, the first answer of a model with and without a worker that waits, and new weights under way.
 * `node bench/chat.ts [--json]`. The Python environment is made at the first run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { inferenceRoutes } from "../gpu-node/src/inference/routes.ts";
import { serverOf, TinyModels } from "../gpu-node/src/inference/testing/models.ts";
import { TrainerWorld } from "../gpu-node/src/trainer/testing/world.ts";
import { machine, median } from "./machine.ts";

/** Runs of each measurement; medians are reported and all runs kept. */
const RUNS = 5;
const TOKENS = 400;

interface Streamed {
  /** Milliseconds from asking to the first text, and to the end. */
  readonly firstMs: number;
  readonly allMs: number;
}

async function main(): Promise<void> {
  const models = new TinyModels();
  await models.make();
  const world = new TrainerWorld();
  const server = serverOf(models.folder);
  await world.start({ v1: [inferenceRoutes(server, models)], monitor: [] });
  const ask = async (model = "tiny", tokens = TOKENS): Promise<Streamed> => {
    const begun = performance.now();
    const response = await world.ask(world.relay.url, "/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...{ model, max_tokens: tokens, ignore_eos: true, stream: true },
        messages: [{ role: "user", content: "Tell me about the rain in Spain." }],
      }),
    });
    if (!response.ok || !response.body) throw new Error(await response.text());
    let firstMs = Number.NaN;
    let said = "";
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      said += part;
      if (Number.isNaN(firstMs) && /"content":"[^"]/.test(said)) firstMs = performance.now() - begun;
    }
    if (!said.trimEnd().endsWith("data: [DONE]")) throw new Error(said.slice(-500));
    return { firstMs, allMs: performance.now() - begun };
  };
  try {
    const cold = await ask("tiny", 1);
    // The worker that waits is started after the first answer, and imports for some seconds.
    await sleep(15_000);
    const spare = await ask("other", 1);
    await sleep(15_000);
    const one: Streamed[] = [];
    const eight: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const alone = await ask();
      const begun = performance.now();
      await Promise.all(Array.from({ length: 8 }, () => ask()));
      // The first round warms up.
      if (run === 0) continue;
      one.push(alone);
      eight.push((8 * TOKENS * 1000) / (performance.now() - begun));
    }
    const first = one.map(({ firstMs }) => firstMs);
    const rate = one.map(({ firstMs, allMs }) => ((TOKENS - 1) * 1000) / (allMs - firstMs));
    const reload: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const folder = models.at(run % 2 === 0 ? "tiny" : "other");
      models.put({ id: "live", folder, live: true });
      if (run === 0) await ask("live", 1);
      const model = models.models.get("live");
      const begun = performance.now();
      if (model) await server.reload(model);
      if (run > 0) reload.push(performance.now() - begun);
    }
    const result = {
      machine: machine(),
      tokens: TOKENS,
      first_token_ms: { median: median(first), runs: first },
      one_tokens_per_s: { median: median(rate), runs: rate },
      eight_tokens_per_s: { median: median(eight), runs: eight },
      first_answer_ms: { without_a_worker: cold.firstMs, with_one_that_waits: spare.firstMs },
      new_weights_ms: { median: median(reload), runs: reload },
    };
    if (process.argv.includes("--json")) console.log(JSON.stringify(result, null, 2));
    else {
      console.log(`first token            ${result.first_token_ms.median.toFixed(1)} ms (wanted: 50)`);
      console.log(
        `one request            ${result.one_tokens_per_s.median.toFixed(0)} tokens/s (wanted: 150)`,
      );
      console.log(
        `eight at once          ${result.eight_tokens_per_s.median.toFixed(0)} tokens/s (wanted: 600)`,
      );
      console.log(`first answer, cold     ${(cold.firstMs / 1000).toFixed(2)} s`);
      console.log(`  with a worker waiting ${(spare.firstMs / 1000).toFixed(2)} s (wanted: 2)`);
      console.log(`new weights            ${result.new_weights_ms.median.toFixed(0)} ms`);
    }
  } finally {
    server.close();
    await world.end();
    models.remove();
  }
}

await main();
