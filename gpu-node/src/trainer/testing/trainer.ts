/** A whole trainer for tests: the tiny model, training files, and jobs that really train. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { putMade } from "../../inference/testing/made.ts";
import { Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { GpuLedger } from "../../sessions/ledger.ts";
import type { TrainerConfig } from "../config.ts";
import { jobDevices } from "../devices.ts";
import { FileStore } from "../files/store.ts";
import { KeptModels } from "../kept-models.ts";
import { TRAIN } from "../python.ts";
import { startTrainer, type Trainer } from "../trainer.ts";
import { TrainerWorld } from "./world.ts";

const run = promisify(execFile);
const at = (name: string) => join(import.meta.dirname, name);

/** For a first run, which makes the environment. */
export const SETUP_MS = 900_000;
/** What one wait for a job may take on a slow machine. */
export const JOB_MS = 180_000;

const pairs = Array.from({ length: 36 }, (_, index) => [Math.floor(index / 6), index % 6] as const);
const asks = (a: number, b: number) => [{ role: "user", content: `${a}+${b}?` }];
const says = (text: string) => [{ role: "assistant", content: text }];
const jsonl = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** Sums in each format. */
export const EXAMPLES = {
  supervised: jsonl(pairs.map(([a, b]) => ({ messages: [...asks(a, b), ...says(`${a + b}`)] }))),
  dpo: jsonl(
    pairs.map(([a, b]) => ({
      input: { messages: asks(a, b) },
      preferred_output: says(`${a + b}`),
      non_preferred_output: says(`${a + b + 1}`),
    })),
  ),
  reinforcement: jsonl(pairs.map(([a, b]) => ({ messages: asks(a, b), answer: `${a + b}` }))),
} as const;

/** Threads of PyTorch would fight for the cores of a small machine. */
process.env.OMP_NUM_THREADS ??= "1";

/** Runs a script of this folder in the environment that trains. */
export async function python(script: string, ...args: string[]): Promise<string> {
  const { python: executable } = await new Environments(ENVIRONMENT_CACHE).ensure(TRAIN);
  const { stdout } = await run(executable, [at(script), ...args], { maxBuffer: 64 * 1024 ** 2 });
  return stdout;
}

/** A home with the tiny model in it. */
export async function tinyHome(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-trainer-"));
  await putTiny(join(home, "models"));
  return home;
}

/** Puts the model `tiny` among those of a folder. @param positions that it knows; 512 */
export async function putTiny(models: string, positions?: number): Promise<void> {
  await putMade(at("tiny_model.py"), join(models, "tiny"), ...(positions ? [`${positions}`] : []));
}

/** Puts the model `seeing` among those of a folder. */
export async function putSeeing(models: string): Promise<void> {
  await putMade(at("seeing_model.py"), join(models, "seeing"));
}

/** Puts a file to train on by SFT among those of a person, before there is a trainer over the home. @returns its id */
export async function keptFile(
  home: string,
  person: string,
  text: string = EXAMPLES.supervised,
): Promise<string> {
  const files = new FileStore(join(home, "trainer/files"));
  const incoming = await files.receive();
  await incoming.handle.write(text);
  const about = { filename: "a", purpose: "fine-tune", format: "sft", bytes: 1, lines: 36 } as const;
  const { id } = await incoming.keep({ person, ...about });
  files.close();
  return id;
}

/** A trainer over a home. */
export async function trainerOver(
  home: string,
  relay: { readonly url: string } = { url: "http://127.0.0.1:1" },
  log: (line: string) => void = () => {},
  config: TrainerConfig = {},
): Promise<Trainer> {
  const cpu = { id: "cpu", name: "CPU", bytes: 8 * 1024 ** 3, encoders: 0 };
  const devices = await jobDevices(process.env, false);
  return startTrainer({
    kept: new KeptModels(join(home, "kept-models")),
    config,
    ...{ home, relay, log, devices, cpu: "cpu", port: 0, environments: ENVIRONMENT_CACHE },
    ledger: new GpuLedger([cpu, ...devices]),
  });
}

/** Starts a world with a trainer over a home behind its doors. */
export async function serveTrainer(
  world: TrainerWorld,
  home: string,
  config: TrainerConfig = {},
): Promise<Trainer> {
  const { promise, resolve } = Promise.withResolvers<Trainer>();
  await world.serve(async (relay) => {
    const trainer = await trainerOver(home, relay, world.log, config);
    resolve(trainer);
    return trainer;
  });
  return promise;
}

/** Where the one before has ended: another trainer over the same home, behind the same doors. */
export async function serveAgain(world: TrainerWorld, home: string): Promise<Trainer> {
  const trainer = await trainerOver(home, world.relay, world.log);
  world.server = trainer;
  return trainer;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of an API, of which each test says what it expects
  readonly body: any;
}

/** A trainer behind a relay, with files. */
export class TestTrainer {
  readonly world = new TrainerWorld();
  home = "";
  trainer!: Trainer;

  async start(): Promise<void> {
    this.home = await tinyHome();
    this.trainer = await serveTrainer(this.world, this.home);
  }

  /** After `trainer.close()`: another over the same home, behind the same relay. */
  async restart(): Promise<void> {
    this.trainer = await serveAgain(this.world, this.home);
  }

  async end(): Promise<void> {
    await this.world.end();
    if (this.home) rmSync(this.home, { recursive: true, force: true });
  }

  /** Asks through the relay, as JSON. */
  async ask(request: string, body?: unknown, key?: string): Promise<Answer> {
    const [method = "GET", path = ""] = request.split(" ");
    const answer = await this.world.ask(this.world.relay.url, `/v1${path}`, {
      ...{ method, headers: key ? { authorization: `Bearer ${key}` } : {} },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Uploads. @returns the file's id */
  async upload(text: string, key?: string): Promise<string> {
    const form = new FormData();
    form.set("file", new Blob([text]), "train.jsonl");
    const headers = key ? { authorization: `Bearer ${key}` } : {};
    const answer = await this.world.ask(this.world.relay.url, "/v1/files", {
      method: "POST",
      body: form,
      headers,
    });
    return ((await answer.json()) as { id: string }).id;
  }
}
