/** Settings that are obeyed: where things lie, which GPUs, and when a model that nobody asks gives its memory back. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ConfigError } from "./config.ts";
import { JOB_MS, SETUP_MS, serveTrainer, tinyHome, trainerOver } from "./testing/trainer.ts";
import { TrainerWorld } from "./testing/world.ts";
import type { Trainer } from "./trainer.ts";

const world = new TrainerWorld();
let home = "";
let trainer: Trainer;

beforeAll(async () => {
  vi.stubEnv("EYEPIECE_FAKE_GPUS", "3");
  home = await tinyHome();
  const config = { storagePath: join(home, "big"), trainingGpus: [2, 1], inactivitySeconds: 1 };
  trainer = await serveTrainer(world, home, config);
}, SETUP_MS);
afterAll(async () => {
  await world.end();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const ask = async (path: string, body?: object) => {
  const init = body && { method: "POST", body: JSON.stringify(body) };
  return (await world.ask(world.loopback, `/v1${path}`, init)).json() as Promise<Record<string, never>>;
};

test("jobs have the GPUs that are named, in that order, and lie where they are to", async () => {
  expect(trainer.jobs.devices).toEqual(["fake-2", "fake-1"]);
  expect(trainer.jobs.gpus).toBe(2);
  expect((await ask("/monitor/queue")).gpus).toMatchObject([{ id: "fake-1" }, { id: "fake-2" }]);
  expect(existsSync(join(home, "big", "jobs", "jobs.sqlite"))).toBe(true);
  expect(existsSync(join(home, "big", "files"))).toBe(true);
  expect(existsSync(join(home, "jobs"))).toBe(false);
});

test(
  "a model is ended when nobody has asked it for so long",
  async () => {
    const state = async () => (await ask("/models/tiny")).state;
    // The environment may be made first.
    await expect
      .poll(async () => (await ask("/chat/launch", { model: "tiny" })).message, {
        timeout: SETUP_MS,
        interval: 1000,
      })
      .toBe("Inference server launched");
    await expect.poll(state, { timeout: JOB_MS }).toBe("stopped");
  },
  SETUP_MS + JOB_MS,
);

test("a GPU that is not here keeps the trainer from starting", async () => {
  await expect(trainerOver(`${home}-other`, undefined, undefined, { inferenceGpus: [3] })).rejects.toThrow(
    ConfigError,
  );
  expect(existsSync(join(`${home}-other`, "jobs"))).toBe(false);
  rmSync(`${home}-other`, { recursive: true, force: true });
});
