import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signalEach } from "../jobs/testing/jobs.ts";
import { SETUP_MS, serverOf, TinyModels, workerPids } from "./testing/models.ts";
import type { GenerateRequest } from "./workers/backend.ts";

const models = new TinyModels();
beforeAll(() => models.make(), SETUP_MS);
afterAll(() => models.remove());

const WAIT = { timeout: 60_000, interval: 50 };
// Python is started several times, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 });

test("a worker that is killed while it waits or loads is replaced", async () => {
  const mine = serverOf(models.folder);
  const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
  const other = models.find(ada, "other");
  if (!other) throw new Error("other is gone");
  await mine.warm();
  await vi.waitFor(() => expect(workerPids().length).toBe(1), WAIT);
  // Held still, it loads for as long as it takes to kill it. Another one loads the model then.
  signalEach(workerPids(), "SIGSTOP");
  const launched = mine.launch(ada, other);
  await vi.waitFor(() => expect(mine.stateOf(other)).toBe("loading"), WAIT);
  signalEach(workerPids(), "SIGKILL");
  await launched;
  expect(mine.stateOf(other)).toBe("running");
  // The model's and the one that waits are killed.
  await vi.waitFor(() => expect(workerPids().length).toBe(2), WAIT);
  signalEach(workerPids(), "SIGKILL");
  await vi.waitFor(() => expect(mine.stateOf(other)).toBe("stopped"), WAIT);
  await mine.launch(ada, other);
  expect(mine.stateOf(other)).toBe("running");
  // One that is killed each time it loads is given up in words.
  mine.kill(ada, other);
  await vi.waitFor(() => expect(mine.stateOf(other)).toBe("stopped"), WAIT);
  let over = false;
  const refused = expect(mine.launch(ada, other)).rejects.toThrow(/process is gone.*Ask again/);
  const killer = (async () => {
    while (!over) {
      signalEach(workerPids(), "SIGKILL");
      await new Promise((done) => setTimeout(done, 20));
    }
  })();
  await refused;
  over = true;
  await killer;
  mine.close();
});

test("a chat template that never ends is ended, and says so", async () => {
  const folder = models.at("endless");
  cpSync(models.at("tiny"), folder, { recursive: true });
  const loop = `${"{% for i in range(99999) %}".repeat(3)}x${"{% endfor %}".repeat(3)}`;
  for (const name of ["chat_template.jinja", "tokenizer_config.json"]) {
    const file = join(folder, name);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      name.endsWith("jinja") ? loop : JSON.stringify({ ...JSON.parse(text), chat_template: loop }),
    );
  }
  const server = serverOf(models.folder, { promptMs: 6000 });
  const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
  const endless = { id: "endless", folder, base: undefined, ownedBy: "everybody", createdMs: 0 };
  await server.launch(ada, endless);
  const listener = { onAccepted: () => {}, onPiece: () => {} };
  const ask = (request: GenerateRequest) =>
    server.generate(ada, endless, request, listener, new AbortController().signal);
  await expect(ask({ messages: [{ role: "user", content: "hello" }] })).rejects.toThrow(
    /chat template did not end within 6 s/,
  );
  // Without its template the model answers.
  expect(await ask({ prompt: "hello", max_tokens: 2, ignore_eos: true })).toMatchObject({
    completion_tokens: 2,
  });
  server.close();
});

test("workers die with a node that is killed", async () => {
  const program = fileURLToPath(new URL("testing/node-process.ts", import.meta.url));
  const node = spawn(process.execPath, [program, models.folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(node.stdout, "data");
  const workers = workerPids(node.pid);
  expect(workers.length).toBeGreaterThan(0);
  node.kill("SIGKILL");
  await vi.waitFor(() => expect(workers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), WAIT);
});
