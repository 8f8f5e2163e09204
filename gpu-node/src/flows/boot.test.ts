/** Boot, exchange, health: what operators do with services as a whole. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";
import { saying } from "./testing/services.ts";

// Each boot imports four services.
vi.setConfig({ testTimeout: 120_000 });
const flows = new TestFlows({ said: saying("one"), broken: "raise RuntimeError('it will not start')\n" });
const ada = flows.as("ada");
const bob = flows.as("bob", "user");
const said = async () => (await ada.get(`/outputs/raw/${await ended(await ada.launch("/-/said/"))}`)).text;
const ended = async (fid: string) => {
  await ada.events(`/outputs/stream/${fid}`);
  return fid;
};

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

test("boot tells step by step what starts and what does not, to all who watch", async () => {
  const { text } = await ada.post("/boot");
  const lines = text.trim().split("\n");
  const steps = lines.flatMap((line) => /^▶ \[(\w+)\]/.exec(line)?.[1] ?? []);
  expect(steps).toEqual(["DEPLOY", "HEALTH", "REGISTER", "RETRIEVE", "UPDATE"]);
  expect(text).toMatch(/✗ \[broken\] RuntimeError: it will not start\n/);
  expect(text).toMatch(/\[said\] listed → 1 flow\n/);
  expect(text).toMatch(/\[\/-\/said\/\] opens → 200/);
  expect(lines.at(-1)).toMatch(/^✗ 3 services started, 1 did not: broken\.$/);

  const status = await ada.get("/boot");
  expect([status.body.locked, status.body.messages]).toEqual([false, text.trimEnd().split("\n")]);
  const events = await ada.events("/boot/stream", undefined, { accept: "text/event-stream" });
  expect(events).toHaveLength(status.body.steps.length);
  expect((await ada.get("/expose/said")).body).toMatchObject({ state: "RUNNING" });
  expect((await ada.get("/expose/broken")).body).toMatchObject({ state: "UNHEALTHY" });
});

test("a boot by force, and a refresh, import what is written now; one boot goes on at a time", async () => {
  expect(await said()).toBe("one");
  writeFileSync(join(flows.services, "said.py"), saying("two"));
  await ada.post("/boot");
  expect(await said()).toBe("one");
  const { text } = await ada.post("/boot/refresh/said");
  expect(text).toMatch(/✔ 1 service started\./);
  expect(await said()).toBe("two");
  expect((await ada.get("/flow?q=says")).body.items[0].summary).toBe("Says two");

  writeFileSync(join(flows.services, "said.py"), saying("three"));
  const first = ada.post("/boot?force=true");
  await expect.poll(async () => (await ada.get("/boot")).body.locked).toBe(true);
  expect((await ada.post("/boot")).status).toBe(409);
  expect((await ada.post("/boot/refresh/said")).status).toBe(409);
  expect((await ada.call("DELETE", "/boot")).status).toBe(409);
  expect((await first).text).toMatch(/3 services started/);
  expect(await said()).toBe("three");
  expect((await ada.post("/boot/refresh/none")).status).toBe(404);
});

test("shut down, services are dead, and start again when somebody asks", async () => {
  expect((await ada.call("DELETE", "/boot")).text).toMatch(/services ended/);
  expect((await ada.get("/expose/said")).body.state).toBe("DEAD");
  expect((await ada.get("/-/said/")).status).toBe(200);
});

test("all services go out and come in again; what was there is kept, what is wrong is said one by one", async () => {
  const { body } = await ada.get("/exchange/export");
  expect(body).toMatchObject({ version: "1.0", count: body.exposes.length });
  const one = body.exposes.find(({ name }: { name: string }) => name === "said");
  expect(one.meta[0]).toMatchObject({ url: "/-/said/", data: { summary: "Says three" } });
  await ada.delete("/expose/said");
  const wrong = [{ name: "../x" }, { name: "y", bootstrap: "import_path: [" }, 7, { bootstrap: "" }];
  const answer = await ada.post("/exchange/import", { ...body, exposes: [one, ...wrong] });
  expect([answer.status, answer.body]).toMatchObject([
    200,
    {
      imported: 1,
      errors: [/^..\/x: name/, /^y: .*not YAML/, /^the service at 3/, /^the service at 4: name/].map((why) =>
        expect.stringMatching(why),
      ),
    },
  ]);
  const kept = JSON.parse(readFileSync(answer.body.backup, "utf8"));
  expect(kept.exposes.some(({ name }: { name: string }) => name === "said")).toBe(false);
  await ada.post("/boot");
  expect(await said()).toBe("three");
  for (const bad of [{}, [], { exposes: 1 }, { version: "9", exposes: [] }, "{"])
    expect((await ada.post("/exchange/import", bad)).status).toBe(400);
});

test("how all is, is told to everybody; the processes are an operator's", async () => {
  const { body } = await bob.get("/health");
  expect(body).toMatchObject({
    spooler_status: { agent: "running" },
    ray: { state: "off", leases: 0 },
    ray_version: null,
    services: { said: { state: "RUNNING" }, broken: { state: "UNHEALTHY" } },
  });
  for (const [method, path] of [
    ...[
      ["POST", "/boot"],
      ["GET", "/boot"],
      ["DELETE", "/boot"],
      ["GET", "/boot/stream"],
    ],
    ...[
      ["POST", "/boot/refresh/said"],
      ["GET", "/exchange/export"],
      ["POST", "/exchange/import"],
    ],
    ...[
      ["GET", "/ray"],
      ["POST", "/ray/start"],
      ["POST", "/ray/stop"],
    ],
    ...[
      ["POST", "/spooler/start"],
      ["POST", "/spooler/stop"],
    ],
  ] as [string, string][])
    expect(
      (await bob.call(method, path, method === "POST" ? {} : undefined)).status,
      `${method} ${path}`,
    ).toBe(403);
  expect((await ada.post("/ray/start", { address: "http://x" })).status).toBe(400);
  const before = flows.agent;
  expect((await ada.post("/spooler/stop")).body).toEqual({ agent: "resting", pid: null });
  expect((await ada.post("/spooler/start")).body).toMatchObject({ agent: "running" });
  expect(flows.agent).not.toBe(before);
  expect(await said()).toBe("three");
});
