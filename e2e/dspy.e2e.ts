/** DSPy's own client of Arbor, in an environment of its own: what it trains, by SFT and by GRPO, on a whole Eyepiece. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { ensureUv, findPython } from "../gpu-node/src/kernels/environment/python.ts";
import { putTiny } from "../gpu-node/src/trainer/testing/trainer.ts";
import { eyepiece, freePort, ROOT, startStack } from "./stack.ts";

const ENVIRONMENTS = join(ROOT, "node_modules/.cache/eyepiece/environments");
/** Some 40 s on two cores. */
const ALL_MS = 400_000;

/** Runs the client with DSPy at a version that still has it. @returns what it printed */
async function dspy(version: string, home: string, ...args: string[]): Promise<string> {
  const found = await findPython();
  if (!found) throw new Error("This test needs Python 3.11 or later.");
  const uv = await ensureUv(join(ENVIRONMENTS, "uv"), found, () => {});
  const client = join(import.meta.dirname, "dspy_client.py");
  const command = ["run", "--no-project", "--python", found.executable, "--with", `dspy==${version}`, client];
  const child = spawn(uv, [...command, ...args], {
    cwd: home,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...{ UV_CACHE_DIR: join(ENVIRONMENTS, "cache"), UV_PYTHON_DOWNLOADS: "never" },
      ...{ DSPY_CACHEDIR: join(home, "dspy"), LITELLM_LOCAL_MODEL_COST_MAP: "True" },
      VIRTUAL_ENV: undefined,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const code = await new Promise((done) => child.once("close", done));
  expect(code, said.slice(-4000)).toBe(0);
  return said;
}

/** A node over a home, what DSPy came to on it, and what its trainer says of the run that rewards taught. */
async function learn(version: string, home: string, model: string, gpus: string) {
  const port = await freePort();
  const env = { EYEPIECE_TRAINER_PORT: String(port), OMP_NUM_THREADS: "1", ARBOR_MOCK_GPU: gpus };
  const stack = await startStack({ home, env });
  try {
    const { stdout } = await eyepiece(["trainer", "key", "--home", home]);
    const { api_key: key, base_url } = JSON.parse(stdout) as { api_key: string; base_url: string };
    // It sends no key when it reinforces, launches and kills.
    const said = await dspy(version, home, `http://127.0.0.1:${port}/t/${key}/v1/`, model);
    const ask = async (path: string, body?: object) => {
      const init = body && { method: "POST", body: JSON.stringify(body) };
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${base_url}${path}`, { ...init, headers })).json();
    };
    const told = JSON.parse(said.trim().split("\n").at(-1) ?? "") as { tuned: string; learnt: string };
    const [, job] = /\/(job-[^/]+)\/work\/model$/.exec(told.learnt) ?? [];
    const run = (await ask("/fine_tuning/grpo/status", { job_id: `grpo:${job}` })) as { batches: number };
    expect(stack.log()).not.toContain(key);
    return { told, run };
  } finally {
    await stack.stop();
  }
}

for (const version of ["3.0.4", "2.6.27"])
  test(`a tiny model learns the format of DSPy ${version} by SFT, and from rewards by GRPO, without a GPU and with one`, async () => {
    // The older one takes as long as the other, and shows little that it does not.
    test.skip(version.startsWith("2.") && !process.env.EYEPIECE_DSPY_2, "EYEPIECE_DSPY_2=1 runs it");
    test.setTimeout(SETUP_MS + 2 * ALL_MS);
    const home = mkdtempSync(join(tmpdir(), "eyepiece-dspy-"));
    try {
      await putTiny(join(home, "node", "models"), 2048);
      const none = await learn(version, home, "tiny", "");
      expect(none.told).toEqual({
        ...{ status: "succeeded", said: 1 },
        tuned: expect.stringMatching(/\/work\/model$/),
        learnt: expect.stringMatching(/^openai\/arbor:\/.*\/work\/model$/),
      });
      // On one GPU, which serves and trains by turns, it goes on from what has the format already.
      const one = await learn(version, home, none.told.tuned, "1");
      expect(one.told).toMatchObject({ said: 1, learnt: expect.stringMatching(/\/work\/model$/) });
      for (const { run } of [none, one]) {
        // Three steps of two groups, less those that had no answer of the format.
        expect(run).toMatchObject({ status: "succeeded", batches: expect.any(Number) });
        expect(run.batches).toBeGreaterThan(0);
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
