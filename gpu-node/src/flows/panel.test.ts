/** What people wish for their runs, with real runs: attempts, word of the end, schedules, presets. */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";
import { verified } from "./webhooks/deliver.ts";

const FLAKY = `
import os
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F

app = ServeAPI()

@app.enter("/", model=F.Model(F.InputText("name", value="x"), F.InputPassword("secret"), F.InputNumber("good", value=2), F.Submit("Go")))
async def enter(inputs: dict, request: Request):
    return Launch(request, run, inputs=inputs)

@app.enter("/files", model=F.Model(F.InputFiles("papers", required=True), F.Submit("Read")))
async def papers(inputs: dict, request: Request):
    return Launch(request, read, inputs=inputs)

@app.enter("/stubborn", summary="Stubborn", retries=1)
async def stubborn(request: Request, hook: str):
    return Launch(request, run, webhook=hook)

async def run(tracer):
    raise RuntimeError("not yet")

async def read(inputs, tracer):
    fs = await tracer.fs()
    names = [entry["path"] for entry in await fs.ls("in")]
    raise RuntimeError(" ".join(names))
`;

interface Heard {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const flows = new TestFlows({ trials: TRIALS, flaky: FLAKY });
const ada = flows.as("ada");
const eve = flows.as("eve", "user");
const heard: Heard[] = [];
let answers: number[] = [];
let hook: Server;
let address = "";
const until = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 60_000, interval: 50 });
const launch = async (fid: string, who = ada) => (await who.get(`/launch/${fid}`)).body;

beforeAll(async () => {
  hook = createServer((asked, answer) => {
    let body = "";
    asked.setEncoding("utf8").on("data", (part) => {
      body += part;
    });
    asked.on("end", () => {
      heard.push({ headers: asked.headers, body });
      answer.writeHead(answers.shift() ?? 204, { location: "http://127.0.0.1:1/elsewhere" });
      answer.end();
    });
  });
  await new Promise<void>((done) => hook.listen(0, "127.0.0.1", done));
  const at = hook.address();
  address = `http://127.0.0.1:${at && typeof at === "object" ? at.port : 0}/told?x=1`;
  vi.stubEnv("EYEPIECE_FLOWS_WEBHOOK_ALLOW", "127.0.0.1");
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(async () => {
  await flows[Symbol.asyncDispose]();
  hook.close();
});

describe("a run with further attempts", () => {
  test("is so by its author's wish, too, where the person says nothing", async () => {
    heard.length = 0;
    const refused = await ada.post("/-/flaky/stubborn", { hook: "http://10.0.0.1/" });
    expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining("10.0.0.1")]);
    const fid = await ada.launch("/-/flaky/stubborn", { hook: address });
    await until(async () => expect((await launch(fid)).after).toMatch(/^[0-9a-f]{24}$/));
    const { after } = await launch(fid);
    await until(async () => expect(await launch(after)).toMatchObject({ state: "done", attempt: 2 }));
    expect(heard).toHaveLength(1);
  });

  test("is started again when it fails, as often as was wished, and its end is told once, signed", async () => {
    heard.length = 0;
    const { body } = await ada.post(`/-/flaky/?retries=1&webhook=${encodeURIComponent(address)}`, {});
    await until(async () => expect((await launch(body.result)).after).toMatch(/^[0-9a-f]{24}$/));
    const first = await launch(body.result);
    await until(async () => expect((await launch(first.after)).state).toBe("done"));
    expect(await launch(first.after)).toMatchObject({
      attempt: 2,
      retries: 0,
      before: body.result,
      after: null,
    });
    expect(heard).toHaveLength(1);
    const told = JSON.parse(heard[0]?.body ?? "{}");
    expect(told).toMatchObject({
      type: "run.failed",
      data: { fid: first.after, status: "error", error: "RuntimeError: not yet", attempt: 2 },
    });
    const { key } = (await ada.get("/webhook/key")).body;
    const {
      "webhook-id": id,
      "webhook-timestamp": time,
      "webhook-signature": signature,
    } = heard[0]?.headers ?? {};
    const check = (secret: string, text: string) =>
      verified(secret, String(id), Number(time), text, String(signature));
    expect(check(key, heard[0]?.body ?? "")).toBe(true);
    expect(check(key, `${heard[0]?.body} `)).toBe(false);
    expect(check((await eve.get("/webhook/key")).body.key, heard[0]?.body ?? "")).toBe(false);
    // The order, in which inputs are, is kept no longer than it is needed.
    const wishes = new DatabaseSync(join(flows.home, "flows/wishes.db"), { readOnly: true });
    const kept = wishes.prepare("SELECT count(*) AS n FROM launches WHERE launch_order IS NOT NULL").get();
    wishes.close();
    expect(kept?.n).toBe(0);
  });

  test("finds the files of the first attempt", async () => {
    const { upload_id } = (await ada.post("/files/init", { filename: "a.txt", total_chunks: 0 })).body;
    const papers = JSON.stringify({
      batchId: "",
      items: { [upload_id]: { filename: "a.txt", totalChunks: 0 } },
    });
    const { body } = await ada.post("/-/flaky/files?retries=1", { papers });
    await until(async () => expect((await launch(body.result)).after).toBeTruthy());
    const { after } = await launch(body.result);
    const events = await ada.events(`/outputs/main/${after}`);
    expect(events.find(({ event }) => event === "error")?.data).toContain("in/a.txt");
  });

  test("is not started again by a node whose person is gone, or when it was called off", async () => {
    flows.personOf = (id) => (id === "gone" ? undefined : { id, name: id, role: "user", rights: [] });
    const gone = flows.as("gone");
    const left = (await gone.post("/-/flaky/?retries=3")).body.result;
    await until(async () => expect(await launch(left, gone)).toMatchObject({ state: "done", after: null }));
    expect((await launch(left, gone)).why).toContain("gone, or it is disabled");
    const stopped = (await ada.post("/-/trials/?retries=3", { mode: "slow" })).body.result;
    await ada.events(`/outputs/main/${stopped}`, (told) => told.some(({ data }) => data === "running"));
    await ada.post(`/outputs/cancel/${stopped}`);
    await until(async () => expect(await launch(stopped)).toMatchObject({ state: "done", after: null }));
  });

  test("goes on where the node was away when it ended", async () => {
    heard.length = 0;
    const path = `/-/trials/?webhook=${encodeURIComponent(address)}`;
    const fid = (await ada.post(path, { mode: "lock", note: "x", n: 0 })).body.result;
    await ada.events(`/outputs/main/${fid}`, (told) => told.some(({ data }) => data === "awaiting"));
    await flows.stop();
    const list = new DatabaseSync(join(flows.home, "flows/executions.db"));
    list
      .prepare("UPDATE executions SET state = 'error', error = 'lost', finish = startup WHERE fid = ?")
      .run(fid);
    list.close();
    flows.start();
    await until(() => expect(heard.map(({ body }) => JSON.parse(body).data.fid)).toEqual([fid]));
    await ada.delete(`/outputs/${fid}`);
  });
});

describe("an address that is told", () => {
  test("is asked again when it does not take it, is not followed elsewhere, and says how it went", async () => {
    heard.length = 0;
    answers = [302];
    const { result } = (
      await ada.post(`/-/trials/typed?webhook=${encodeURIComponent(address)}`, { name: "x" })
    ).body;
    await until(async () => expect(await launch(result)).toMatchObject({ state: "delivering", tries: 1 }));
    expect((await launch(result)).why).toBe("The address answered 302.");
    expect(heard).toHaveLength(1);
  });

  test("is none within the node's network, and none that is no address", async () => {
    for (const webhook of ["http://10.0.0.1/", "http://[::1]:80/", "ftp://example.org", "x"]) {
      const refused = await ada.post(`/-/trials/typed?webhook=${encodeURIComponent(webhook)}`, { name: "x" });
      expect([refused.status, refused.body.detail]).toEqual([400, expect.stringMatching(/^webhook: /)]);
    }
    for (const retries of ["-1", "1.5", "11", "x"])
      expect((await ada.post(`/-/trials/typed?retries=${retries}`, { name: "x" })).status).toBe(400);
  });
});

describe("a schedule", () => {
  const wish = {
    flow: "/-/trials/typed",
    fields: { name: "by the clock" },
    // In half an hour: a minute that ends during the test is none of its times.
    cron: `${(new Date().getUTCMinutes() + 30) % 60} * * * *`,
    timezone: "UTC",
  };
  /** As if its time had come. */
  const due = async (id: string) => {
    await flows.stop();
    const wishes = new DatabaseSync(join(flows.home, "flows/wishes.db"));
    wishes.prepare("UPDATE schedules SET next_at = 1 WHERE id = ?").run(id);
    wishes.close();
    flows.start();
  };

  test("hands in its form when its time has come, once for all that was missed, and is its person's alone", async () => {
    flows.personOf = (id) => ({ id, name: id, role: "owner", rights: ["run"] });
    const { status, body } = await ada.post("/schedule", wish);
    expect([status, body.name, body.enabled]).toEqual([201, "Typed", true]);
    expect(Date.parse(body.next)).toBeGreaterThan(Date.now());
    expect((await eve.get("/schedule")).body).toEqual([]);
    for (const call of [eve.get, eve.delete]) expect((await call(`/schedule/${body.id}`)).status).toBe(404);
    expect((await eve.call("PUT", `/schedule/${body.id}`, wish)).status).toBe(404);
    await due(body.id);
    await until(async () => expect((await ada.get(`/schedule/${body.id}`)).body.last_run).toBeTruthy());
    const { last_run, next, why } = (await ada.get(`/schedule/${body.id}`)).body;
    expect([why, Date.parse(next) > Date.now()]).toEqual(["", true]);
    await ada.events(`/outputs/main/${last_run}`);
    const { body: run } = await ada.get(`/outputs/status/${last_run}`);
    expect(run).toMatchObject({ status: "finished", final: { dict: { name: "by the clock" } } });
    expect((await ada.delete(`/schedule/${body.id}`)).status).toBe(204);
    expect((await ada.get("/schedule")).body).toEqual([]);
  });

  test("whose form is refused says why; whose person is disabled is switched off", async () => {
    const refused = (await ada.post("/schedule", { ...wish, fields: { name: "nobody" } })).body;
    await due(refused.id);
    await until(async () =>
      expect((await ada.get(`/schedule/${refused.id}`)).body.why).toContain("Choose another."),
    );
    flows.personOf = () => undefined;
    await due(refused.id);
    await until(async () =>
      expect((await ada.get(`/schedule/${refused.id}`)).body).toMatchObject({ enabled: false, next: null }),
    );
    await ada.delete(`/schedule/${refused.id}`);
  });

  test("that cannot be kept is refused in words", async () => {
    const of = async (more: object) => {
      const { status, body } = await ada.post("/schedule", { ...wish, ...more });
      return `${status} ${body.detail}`;
    };
    expect(await of({ cron: "every day" })).toContain("400 The times are five words");
    expect(await of({ cron: "0 0 31 2 *" })).toContain("never come");
    expect(await of({ timezone: "Nowhere" })).toContain("time zone");
    expect(await of({ flow: "/-/none/" })).toContain("404");
    expect(await of({ flow: "/-/flaky/", fields: { secret: "s" } })).toContain("password");
    expect(await of({ flow: "/-/flaky/files", fields: {} })).toContain("a file");
    expect(await of({ webhook: "http://10.0.0.1/" })).toContain("400 webhook:");
    expect(await of({ fields: { name: "x".repeat(70_000) } })).toContain("400 fields:");
  });
});

test("presets are kept by person and flow, without passwords, and go with the account", async () => {
  const put = (name: string, values: object) =>
    eve.call("PUT", "/preset", { flow: "/-/flaky/", name, values });
  const list = async (who = eve) => (await who.get("/preset?flow=/-/flaky/")).body;
  expect((await put("mine", { name: "y", secret: "geheim", stranger: 1 })).body).toEqual({
    name: "mine",
    values: { name: "y" },
  });
  await put("mine", { name: "z" });
  expect(await list()).toEqual([{ name: "mine", values: { name: "z" } }]);
  expect(await list(ada)).toEqual([]);
  expect((await put("", {})).status).toBe(400);
  expect((await put("long", { name: "x".repeat(70_000) })).status).toBe(400);
  expect((await ada.delete("/preset?flow=/-/flaky/&name=mine")).status).toBe(404);
  await eve.post("/schedule", { flow: "/-/trials/typed", fields: { name: "x" }, cron: "0 0 1 1 *" });
  await eve.delete("/belongings");
  expect([await list(), (await eve.get("/schedule")).body]).toEqual([[], []]);
});

test("statistics are one's own; everybody's numbers are for owners", async () => {
  const { status, body } = await ada.get("/statistics?hours=1");
  expect(status).toBe(200);
  expect(body.flows.find(({ url }: { url: string }) => url === "/-/flaky/")).toMatchObject({
    finished: 0,
    failed: 2,
  });
  expect(body.throughput.started).toHaveLength(60);
  expect((await eve.get("/statistics?scope=all")).status).toBe(403);
  expect((await ada.get("/statistics?hours=0")).status).toBe(400);
});
