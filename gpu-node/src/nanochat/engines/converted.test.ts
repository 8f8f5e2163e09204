/** What a checkout has trained is talked to. The checkout is made here, of programs that leave files as nanochat's do. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { reach } from "../../jobs/testing/jobs.ts";
import { Environments, PYTHON_PROJECT } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { TRAIN } from "../../trainer/python.ts";
import { JOB_MS, SETUP_MS, serveTrainer } from "../../trainer/testing/trainer.ts";
import { TrainerWorld } from "../../trainer/testing/world.ts";
import type { Trainer } from "../../trainer/trainer.ts";

const world = new TrainerWorld();
const home = mkdtempSync(join(tmpdir(), "eyepiece-converted-"));
const checkout = join(home, "checkout");
let trainer: Trainer;

const WRITES = `import os
from pathlib import Path
from checkpoint import checkpoint
base = Path(os.environ["NANOCHAT_BASE_DIR"])
`;
const PROGRAMS = {
  tok_train: `${WRITES}checkpoint(base, True)
(base / "tokenizer").mkdir()
(base / "tokenizer.pkl").rename(base / "tokenizer" / "tokenizer.pkl")
print("Vocab size: 271")
`,
  tok_eval: "",
  base_train: `${WRITES}folder = base / "base_checkpoints" / "d4"
folder.mkdir(parents=True)
checkpoint(folder, True)
print("Step 00040 | Validation bpb: 1.5")
`,
  // Of a week whose model is none that there is here.
  chat_sft: `${WRITES}folder = base / "chatsft_checkpoints" / "d4"
folder.mkdir(parents=True)
checkpoint(folder, False, window_pattern="SL")
`,
};

// biome-ignore lint/suspicious/noExplicitAny: bodies of an API, of which each test says what it expects
type Any = any;
const ask = async (method: string, path: string, body?: unknown): Promise<Any> => {
  const answer = await world.ask(world.relay.url, path, {
    ...{ method, ...(body !== undefined && { body: JSON.stringify(body) }) },
  });
  return answer.json();
};

beforeAll(async () => {
  const { python } = await new Environments(ENVIRONMENT_CACHE).ensure(TRAIN);
  mkdirSync(join(checkout, "scripts"), { recursive: true });
  for (const [name, text] of Object.entries(PROGRAMS))
    writeFileSync(join(checkout, "scripts", `${name}.py`), text);
  copyFileSync(join(PYTHON_PROJECT, "tests", "nanochat", "checkpoint.py"), join(checkout, "checkpoint.py"));
  vi.stubEnv("EYEPIECE_NANOCHAT", checkout);
  vi.stubEnv("EYEPIECE_NANOCHAT_PYTHON", python);
  trainer = await serveTrainer(world, home);
}, SETUP_MS);
afterAll(async () => {
  await world.end();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test(
  "its base model is one of the node's, and answers; what cannot be converted is said, and the stage is done",
  async () => {
    const made = await ask("POST", "/v1/nanochat/runs", { name: "own", engine: "checkout" });
    const stage = async (name: string) => {
      const run = await ask("POST", `/v1/nanochat/runs/${made.id}/stages/${name}`, {});
      expect(run.error ?? null).toBeNull();
      const { job } = run.stages.find((one: Any) => one.stage === name);
      return reach(trainer.jobs, job, "succeeded");
    };
    for (const name of ["dataset", "tokenizer"]) await stage(name);
    expect((await stage("base")).result).toMatchObject({ model: "model", bits_per_byte: 1.5 });
    expect((await ask("GET", "/v1/models")).data.map(({ id }: Any) => id)).toEqual(["nanochat/own/base"]);
    const question = { model: "nanochat/own/base", messages: [{ role: "user", content: "the cat" }] };
    const sampling = { max_tokens: 5, temperature: 0, logprobs: true, seed: 1 };
    const answer = await ask("POST", "/v1/chat/completions", { ...question, ...sampling });
    expect(answer.error ?? null).toBeNull();
    // <|bos|>, who speaks, "the", " cat", and whose turn it is.
    expect(answer.usage).toMatchObject({ prompt_tokens: 6, completion_tokens: expect.any(Number) });

    const sft = await stage("sft");
    expect(sft.result).not.toHaveProperty("model");
    const events = trainer.jobs.latest(sft.id, { kinds: ["event"], limit: 100 });
    expect(JSON.stringify(events)).toContain(
      "Its model cannot be talked to here: The checkpoint's weights are",
    );
    expect((await ask("GET", "/v1/models")).data).toHaveLength(1);
  },
  3 * JOB_MS,
);
