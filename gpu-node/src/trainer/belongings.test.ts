/** All of one person goes, what runs included, and nothing of another's. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reach, TestJobs } from "../jobs/testing/jobs.ts";
import { RunStore } from "../nanochat/store.ts";
import { belongingRoutes } from "./belongings.ts";
import { fileRoutes } from "./files/routes.ts";
import { FileStore } from "./files/store.ts";
import { trainerApp } from "./http/router.ts";
import { KeptModels } from "./kept-models.ts";

let folder: string;
let jobs: TestJobs;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-belongings-"));
  jobs = new TestJobs();
});
afterEach(async () => {
  await jobs.end();
  rmSync(folder, { recursive: true, force: true });
});

it("ends and removes a person's jobs, files and models, and leaves others theirs", async () => {
  const manager = await jobs.open();
  const files = new FileStore(join(folder, "files"));
  const kept = new KeptModels(join(folder, "kept"));
  const store = new RunStore(join(folder, "runs.sqlite"));
  const runs = {
    count: ({ id }: { readonly id: string }) => store.list(id).length,
    forget: ({ id }: { readonly id: string }) => {
      for (const run of store.list(id)) store.remove(run.id);
    },
  };
  const app = trainerApp(
    { v1: [fileRoutes(files), belongingRoutes(manager, files, kept, runs)], monitor: [] },
    () => {},
  );
  const ask = async (person: string, method: string, path: string, body?: FormData) => {
    const caller = { id: person, name: person, role: "user", rights: ["view", "run"] };
    const request = new Request(`http://node${path}`, { method, ...(body && { body }) });
    const answer = await app.fetch(request, { person: caller });
    expect(answer.status).toBe(200);
    return answer.json();
  };
  for (const name of ["config.json", "model.safetensors"]) writeFileSync(join(folder, name), "{}");
  const model = ["config.json", "model.safetensors"].map((name) => ({ name, path: join(folder, name) }));
  for (const person of ["ada", "ben"]) {
    const form = new FormData();
    const line = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}';
    form.append("file", new Blob([line]), "a.jsonl");
    await ask(person, "POST", "/v1/files", form);
    await kept.keep(person, "mine", model);
    store.create(person, "mine", "bundled");
    const done = manager.submit({ person, kind: "shell", params: "true" });
    await reach(manager, done.id, "succeeded");
    const long = manager.submit({ person, kind: "shell", params: "sleep 600" });
    await reach(manager, long.id, "running");
  }
  const all = { training_jobs: 2, training_files: 1, kept_models: 1, nanochat_runs: 1 };
  expect(await ask("ada", "GET", "/v1/belongings")).toEqual(all);
  expect(await ask("ada", "DELETE", "/v1/belongings")).toEqual(all);
  expect(await ask("ada", "GET", "/v1/belongings")).toEqual({
    training_jobs: 0,
    training_files: 0,
    kept_models: 0,
    nanochat_runs: 0,
  });
  expect(await ask("ben", "GET", "/v1/belongings")).toEqual(all);
  const left = manager.list({ person: "ben" });
  expect(left.map(({ state }) => state).sort()).toEqual(["running", "succeeded"]);
  expect(readdirSync(join(folder, "files")).filter((name) => name.endsWith(".jsonl"))).toHaveLength(1);
  files.close();
  store.close();
});
