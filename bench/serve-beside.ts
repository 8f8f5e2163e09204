/** The same chat from the same client of our server and of `transformers serve`, in one run: time to start, first token, tokens a second. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Environments } from "../gpu-node/src/kernels/environment/environments.ts";
import { ensureUv, findPython } from "../gpu-node/src/kernels/environment/python.ts";
import { ENVIRONMENT_CACHE } from "../gpu-node/src/kernels/testing/kernels.ts";
import { TRAIN } from "../gpu-node/src/trainer/python.ts";
import { median } from "./machine.ts";

const run = promisify(execFile);
const RUNS = 5;
const TOKENS = 200;
const START_MS = 120_000;
/** What it wants beside the environment that trains. */
const SERVING = ["fastapi", "uvicorn", "openai", "rich", "typer", "pydantic"];

/** A place to ask, and what its key is. */
export interface Asked {
  readonly base: string;
  readonly model: string;
  readonly key: string;
}

interface Streamed {
  readonly firstMs: number;
  readonly allMs: number;
}

/** One answer of all its tokens: one that ended by itself before is asked for again. */
async function ask(asked: Asked): Promise<Streamed> {
  for (;;) {
    const streamed = await stream(asked);
    if (streamed) return streamed;
  }
}

async function stream({ base, model, key }: Asked): Promise<Streamed | undefined> {
  const begun = performance.now();
  const messages = [{ role: "user", content: "Tell me about the rain in Spain." }];
  const response = await fetch(`${base}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages, max_tokens: TOKENS, stream: true, temperature: 1 }),
  });
  if (!response.ok || !response.body) throw new Error(await response.text());
  let firstMs = Number.NaN;
  let text = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (Number.isNaN(firstMs) && /"content": ?"[^"]/.test(text)) firstMs = performance.now() - begun;
  }
  const whole = /"finish_reason": ?"length"/.test(text);
  return whole ? { firstMs, allMs: performance.now() - begun } : undefined;
}

/** Medians of several runs, after one that warms up. */
export async function chatFigures(asked: Asked) {
  const one: Streamed[] = [];
  const eight: number[] = [];
  for (let round = 0; round <= RUNS; round++) {
    const alone = await ask(asked);
    const begun = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => stream(asked)));
    // Some of the eight may end by themselves; the longest sets the time of both servers alike.
    if (round === 0) continue;
    one.push(alone);
    eight.push((8 * TOKENS * 1000) / (performance.now() - begun));
  }
  return {
    first_token_ms: median(one.map(({ firstMs }) => firstMs)),
    one_tokens_per_s: median(one.map(({ firstMs, allMs }) => ((TOKENS - 1) * 1000) / (allMs - firstMs))),
    eight_tokens_per_s: median(eight),
  };
}

/** Starts `transformers serve` with continuous batching, asks it, and ends it. */
export async function transformersServe(folder: string) {
  const python = await findPython();
  if (!python) throw new Error("transformers serve needs Python.");
  const environment = await new Environments(ENVIRONMENT_CACHE).ensure(TRAIN);
  const uv = await ensureUv(join(ENVIRONMENT_CACHE, "uv"), python, () => {});
  const packages = mkdtempSync(join(tmpdir(), "eyepiece-serving-"));
  const port = await freePort();
  await run(uv, ["pip", "install", "-q", "--target", packages, "--python", environment.python, ...SERVING], {
    env: { ...process.env, UV_CACHE_DIR: join(ENVIRONMENT_CACHE, "cache") },
  });
  const program = join(dirname(environment.python), "transformers");
  if (!existsSync(program)) throw new Error("The environment has no `transformers` command.");
  const begun = performance.now();
  const child = spawn(
    program,
    ["serve", "--host", "127.0.0.1", "--port", String(port), "--continuous-batching"],
    {
      env: { ...process.env, PYTHONPATH: packages, HF_HUB_OFFLINE: "1", CUDA_VISIBLE_DEVICES: "" },
      stdio: "ignore",
    },
  );
  const over = new Promise((resolve) => child.once("exit", resolve));
  try {
    for (;;) {
      const up = await fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (up) break;
      if (child.exitCode !== null || performance.now() - begun > START_MS)
        throw new Error("transformers serve did not start.");
      await sleep(50);
    }
    const start_s = (performance.now() - begun) / 1000;
    return {
      start_s,
      ...(await chatFigures({ base: `http://127.0.0.1:${port}/v1`, model: folder, key: "none" })),
    };
  } finally {
    child.kill("SIGKILL");
    await over;
    rmSync(packages, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
