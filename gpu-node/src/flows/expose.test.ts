import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";
import { saying } from "./testing/services.ts";

const flows = new TestFlows();
const ada = flows.as("ada");
const bob = flows.as("bob", "user");
const bootstrap = (path = "said:app") =>
  JSON.stringify({ import_path: path, runtime_env: { working_dir: flows.services, env_vars: { A: "1" } } });
const final = async (fid: string) =>
  (await ada.events(`/outputs/main/${fid}`)).find(({ event }) => event === "final")?.data;

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

test("an operator exposes a service, changes it with what was read, and takes it away", async () => {
  writeFileSync(join(flows.services, "said.py"), saying("one"));
  const made = await ada.post("/expose", { name: "Said", bootstrap: bootstrap() });
  expect([made.status, made.body]).toMatchObject([201, { name: "said", state: "DEAD", enabled: true }]);
  expect((await ada.get("/flow?q=says")).body.items[0]).toMatchObject({
    url: "/-/said/",
    summary: "Says one",
  });
  expect(await final(await ada.launch("/-/said/"))).toBe('{"str":"one"}');
  const health = await ada.post("/expose/health");
  expect(health.body.find(({ name }: { name: string }) => name === "said")).toMatchObject({
    state: "RUNNING",
    meta: [{ url: "/-/said/", state: "alive" }],
  });

  writeFileSync(join(flows.services, "said.py"), saying("two"));
  expect((await ada.post("/expose", { name: "said", bootstrap: bootstrap() })).status).toBe(409);
  expect((await ada.post("/expose", { name: "said", bootstrap: bootstrap(), etag: "stale" })).status).toBe(
    409,
  );
  const { etag } = (await ada.get("/expose/said")).body;
  const changed = await ada.post("/expose", { name: "said", bootstrap: bootstrap(), etag });
  expect([changed.status, changed.body.etag === etag]).toEqual([201, false]);
  expect(await final(await ada.launch("/-/said/"))).toBe('{"str":"two"}');

  expect((await ada.delete("/expose/said")).status).toBe(204);
  expect((await ada.delete("/expose/said")).status).toBe(404);
  expect((await ada.get("/-/said/")).status).toBe(404);
});

test("what is wrong with a service is said: its settings at once, its code when it is started", async () => {
  for (const [text, why] of [
    ["import_path: [", /not YAML/],
    ["import_path: said", /import_path/],
    ["import_path: said:app", /working_dir is no folder/],
    ['{import_path: "said:app", runtime_env: {working_dir: /no/such/folder}}', /\/no\/such\/folder/],
  ] as const) {
    const answer = await ada.post("/expose", { name: "wrong", bootstrap: text });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(why);
  }
  expect((await ada.post("/expose", { name: "../x", bootstrap: bootstrap() })).status).toBe(400);
  writeFileSync(join(flows.services, "bad.py"), "raise RuntimeError('it will not start')\n");
  await ada.post("/expose", { name: "bad", bootstrap: bootstrap("bad:app") });
  await ada.post("/expose", { name: "other", bootstrap: bootstrap("said:say") });
  await ada.post("/expose", { name: "draft" });
  await ada.post("/expose/health");
  const all = (await ada.get("/expose")).body as { name: string; state: string; why: string }[];
  expect(all.find(({ name }) => name === "draft")?.state).toBe("DRAFT");
  const bad = all.find(({ name }) => name === "bad");
  expect([bad?.state, bad?.why]).toEqual(["UNHEALTHY", expect.stringContaining("it will not start")]);
  expect(all.find(({ name }) => name === "other")?.why).toMatch(/a service is an eyepiece.flows.ServeAPI/);
  expect((await bob.get("/health")).body).toMatchObject({
    spooler_status: { agent: "running" },
    services: { hymn: { state: "RUNNING" }, bad: { state: "UNHEALTHY" } },
  });
});

test("who is no operator reads and changes no services", async () => {
  for (const [method, path] of [
    ["GET", "/expose"],
    ["POST", "/expose"],
    ["POST", "/expose/health"],
    ["GET", "/expose/hymn"],
    ["DELETE", "/expose/hymn"],
  ] as const)
    expect(
      (await bob.call(method, path, method === "POST" ? {} : undefined)).status,
      `${method} ${path}`,
    ).toBe(403);
});
