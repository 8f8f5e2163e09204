import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sandboxed } from "../launcher/probe.ts";
import { SETUP_MS, TestFlows, type Told } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";

const flows = new TestFlows({ trials: TRIALS, broken: "import no_such_module" });
const ada = flows.as("ada");
const bob = flows.as("bob", "user");

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

const launch = (mode: string, more: Record<string, unknown> = {}, who = ada) =>
  who.launch("/-/trials/", { mode, ...more });
const stream = (fid: string, who = ada) => who.events(`/outputs/stream/${fid}`);
const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
/** Events without the stream's own. */
const events = (told: readonly Told[]) => told.filter(({ event }) => event !== "alive" && event !== "eof");

describe("the catalogue", () => {
  test("has every form of every service, found by words and by tags, in pages", async () => {
    const { body } = await ada.get("/flow?pp=2");
    expect(body.items.map(({ url }: { url: string }) => url)).toEqual(["/-/trials/", "/-/hymn/"]);
    expect(body.items[1]).toMatchObject({
      ...{ method: "GET", summary: "Hymn", author: "Eyepiece", tags: ["sample", "text"], deprecated: false },
    });
    expect(body.items[1].uid).toMatch(/^[0-9a-f]{32}$/);
    const next = await ada.get(`/flow?pp=2&offset=${body.offset}`);
    expect(next.body.items.map(({ url }: { url: string }) => url)).toEqual([
      "/-/trials/files",
      "/-/review/file",
    ]);
    const last = await ada.get(`/flow?pp=2&offset=${next.body.offset}`);
    expect(last.body).toMatchObject({
      items: [{ url: "/-/review/" }, { url: "/-/trials/typed" }],
      offset: null,
      total: 6,
    });
    expect((await ada.get("/flow?q=VERSE+creature")).body.items).toHaveLength(1);
    expect((await ada.get("/flow/tags")).body).toEqual({ sample: 3, text: 1, lock: 2, files: 1 });
    expect((await ada.get("/flow/register")).body.routes).toEqual(["broken", "hymn", "review", "trials"]);
  });

  test("answers in one shape what is not there, whom it does not know, and guests", async () => {
    const missing = await ada.get("/-/trials/nothing");
    expect([missing.status, missing.body]).toEqual([
      404,
      {
        error: "Not Found",
        path: "/-/trials/nothing",
        detail: expect.stringContaining("does not exist"),
        status_code: 404,
      },
    ]);
    expect((await flows.as("").get("/flow")).status).toBe(401);
    expect((await flows.as("../ada").get("/flow")).status).toBe(401);
    expect((await flows.as("eve", "guest").get("/flow")).status).toBe(403);
    expect((await bob.call("PUT", "/flow/register")).status).toBe(403);
  });
});

describe("a form", () => {
  test("made of a signature is typed: values arrive as the types say, wrong ones are refused by field", async () => {
    const { body } = await ada.get("/-/trials/typed");
    expect(body.elements.map(({ type, name }: { type: string; name?: string }) => [type, name])).toEqual([
      ...[
        ["errors", undefined],
        ["text", "name"],
        ["number", "count"],
      ],
      ...[
        ["boolean", "loud"],
        ["submit", undefined],
        ["cancel", undefined],
      ],
    ]);
    const wrong = await ada.post("/-/trials/typed", { count: "many", loud: 7 });
    expect(wrong.status).toBe(200);
    expect(Object.keys(wrong.body.errors).sort()).toEqual(["_global_", "count", "loud", "name"]);
    const fid = await ada.launch("/-/trials/typed", { name: "x", count: "3", loud: "on" });
    const told = await stream(fid);
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ dict: { name: "x", count: 3, loud: true } });
  });

  test("takes what a browser's own form sends, too", async () => {
    const answer = await ada.post("/-/trials/typed", "name=a+b&count=2", {
      "content-type": "application/x-www-form-urlencoded",
    });
    const told = await stream(answer.body.result);
    expect(JSON.parse(of(told, "final")[0] ?? "").dict).toEqual({ name: "a b", count: 2, loud: false });
  });

  test("that a handler refuses starts nothing, and leaves nothing in another person's form", async () => {
    const refused = await ada.post("/-/trials/typed", { name: "nobody" });
    expect(refused.body.errors).toEqual({ name: ["Choose another."], _global_: ["Not this one."] });
    const other = await bob.get("/-/trials/typed");
    expect(JSON.stringify(other.body.elements)).not.toContain("nobody");
    await ada.post("/-/trials/", { mode: "raise", n: "-1" });
    const again = await bob.get("/-/trials/");
    expect(again.text).not.toContain('"value":true');
  });

  test("is safe from hostile values", async () => {
    const script = "<script>alert(1)</script>";
    const fid = await ada.launch("/-/trials/typed", { name: script });
    await stream(fid);
    const page = await ada.get(`/outputs/html/${fid}`);
    expect(page.text).not.toContain(script);
    expect(page.headers["content-security-policy"]).toContain("sandbox");
    expect((await ada.post("/-/trials/typed", { name: "x".repeat(5_000_000) })).status).toBe(413);
    expect((await ada.post("/-/trials/typed", "[1,2]")).status).toBe(400);
    expect((await ada.post("/-/trials/typed", "{")).status).toBe(400);
    const strange = await ada.post("/-/trials/", { mode: { a: 1 }, n: [1], __proto__: { x: 1 } });
    expect(Object.keys(strange.body.errors)).toEqual(["mode", "n", "_global_"]);
  });

  test("answers whatever is handed in: with a run, or with what is wrong where", async () => {
    // A mode that would keep the machine busy is no hostile value.
    const strange = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("\u0000", "../../etc/passwd", "1e999", "NaN", -0),
    );
    const fields = fc.dictionary(
      fc.oneof(fc.constantFrom("name", "count", "loud", "_global_", "__proto__"), fc.string()),
      strange,
    );
    await fc.assert(
      fc.asyncProperty(fields, async (given) => {
        const { status, body } = await ada.post("/-/trials/typed", JSON.stringify(given));
        expect(status).toBe(200);
        if (body.errors) expect(Object.keys(body.errors)).toContain("_global_");
        else expect((await ada.delete(`/outputs/${body.result}`)).status).toBe(204);
      }),
      { numRuns: 40 },
    );
  });

  test("of a service that does not start says why", async () => {
    const exposed = await ada.get("/-/broken/");
    expect(exposed.status).toBe(404);
    expect(
      (await ada.get("/flow")).body.items.some(({ url }: { url: string }) => url.includes("broken")),
    ).toBe(false);
  });
});

describe("a run", () => {
  test("tells its events in order, each once, wherever a client begins", async () => {
    const fid = await launch("count", { n: 2500 });
    const told = events(await stream(fid));
    expect(of(told, "debug")).toEqual(Array.from({ length: 2500 }, (_, i) => String(i)));
    expect(told.map(({ id }) => Number(id))).toEqual(told.map((_, i) => i + 1));
    expect(of(told, "status")).toEqual(["starting", "running", "finished"]);
    const rest = await ada.events(`/outputs/stream/${fid}`, undefined, { "last-event-id": "2500" });
    expect(events(rest)).toEqual(told.slice(2500));
    const main = await ada.events(`/outputs/main/${fid}`);
    expect(new Set(main.map(({ event }) => event))).toEqual(
      new Set(["status", "meta", "inputs", "final", "eof"]),
    );
    const stdio = await ada.events(`/outputs/stdio/${fid}`);
    expect(stdio).toHaveLength(2501);
    const status = (await ada.get(`/outputs/status/${fid}`)).body;
    expect(status).toMatchObject({
      status: "finished",
      fid,
      username: "ada",
      final: { int: 2500 },
      locks: [],
    });
    expect(status.entry_point).toBe("trials:run");
    // The file is as anybody may read it.
    const db = new DatabaseSync(join(flows.home, "execution", "ada", fid, "sqlite3.db"), { readOnly: true });
    expect(db.prepare("SELECT count(*) AS n, max(id) AS last FROM monitor").get()).toEqual({
      n: 2506,
      last: 2506,
    });
    db.close();
  });

  test("is its person's alone", async () => {
    const fid = await launch("slow");
    for (const path of ["status", "stream", "main", "stdio", "html", "raw"]) {
      expect((await bob.get(`/outputs/${path}/${fid}`)).status, path).toBe(404);
    }
    expect((await bob.post(`/outputs/cancel/${fid}`)).status).toBe(404);
    expect((await bob.delete(`/outputs/${fid}`)).status).toBe(404);
    expect((await bob.get(`/lock/${fid}/x`)).status).toBe(404);
    expect((await bob.get("/timeline")).text).not.toContain(fid);
    expect((await ada.get("/timeline")).body.items.append[0]).toMatchObject({ fid, finish: null });
    expect((await ada.delete(`/outputs/${fid}`)).status).toBe(204);
    expect((await ada.get(`/outputs/status/${fid}`)).status).toBe(404);
    expect((await ada.delete(`/outputs/${fid}`)).status).toBe(404);
    expect(existsSync(join(flows.home, "execution", "ada", fid))).toBe(false);
  });

  test("that is called off ends as the error `cancelled`, with all that it has started", async () => {
    const fid = await launch("slow");
    await ada.events(`/outputs/stream/${fid}`, (told) => of(told, "debug").length > 2);
    expect((await ada.post(`/outputs/cancel/${fid}`)).body).toEqual({ fid, cancelled: true });
    const told = await stream(fid);
    expect(of(told, "error")).toEqual(["cancelled"]);
    expect(of(told, "status").at(-1)).toBe("error");
    expect((await ada.post(`/outputs/cancel/${fid}`)).status).toBe(409);
  });

  test.each([
    ["raise", /this went wrong/],
    ["exit", /SystemExit: 3/],
    ["die", /ended by SIGKILL/],
    ["segfault", /ended by SIGSEGV/],
    ["forever", /longer than 1.5 s/],
    ["huge", /3000010 characters|3000000|are the most/],
    ["memory", /MemoryError/],
  ])("that does this ends as an error that says so: %s", async (mode, why) => {
    const told = await stream(await launch(mode));
    expect(of(told, "error").join()).toMatch(why);
    expect(of(told, "status").at(-1)).toBe("error");
    expect(events(told).at(-1)?.event).toBe("status");
  });

  test("tells a traceback that begins in the flow", async () => {
    const told = await stream(await launch("raise"));
    const [error = ""] = of(told, "error");
    expect(error).toContain('trials.py", line');
    expect(error).not.toContain("eyepiece_flows");
  });

  test("may return what JSON has no words for", async () => {
    const told = await stream(await launch("strange"));
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({
      dict: { strange: "<strange>", set: [1], nan: "nan" },
    });
  });

  test("that prints without end is cut, and goes on", async () => {
    const told = await stream(await launch("print", { n: 10_000 }));
    const bytes = of(told, "stdout").join("").length;
    expect(bytes).toBeGreaterThan(10_000_000);
    expect(bytes).toBeLessThan(17_000_000);
    expect(of(told, "stderr").join()).toContain("stdout is cut here");
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ str: "printed" });
  });

  test("hears what programs print that it starts", async () => {
    const told = await stream(await launch("shell"));
    expect([of(told, "stdout"), of(told, "stderr")]).toEqual([["from the shell"], ["to stderr"]]);
  });

  test("takes with it the processes that it leaves behind", async () => {
    const told = await stream(await launch("daemon", { n: 61_234 }));
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ str: "left one behind" });
    await expect
      .poll(() => commands().filter((command) => command.includes("sleep\u000061234")), { timeout: 10_000 })
      .toEqual([]);
  });

  test("reads and leaves files, and reaches nothing else", async () => {
    const files = JSON.parse(of(await stream(await launch("files")), "final")[0] ?? "");
    expect(files).toEqual({
      dict: { where: "out/made", same: true, ls: "out/made/deep/a.bin", left: [] },
    });
    const told = await stream(await launch("escape"));
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ __list__: [] });
  });
});

test.runIf((await sandboxed()).works)(
  "a run sees nothing of the node, of its agent, of its keys",
  async () => {
    const told = await stream(await launch("look", { note: flows.home }));
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({
      dict: { home: false, keys: false, agent: false, environment: ["EYEPIECE_FLOWS_FID"] },
    });
  },
);

test("many runs leave nothing behind: no process, no file of the agent, no open file", async () => {
  const descriptors = () => readdirSync(`/proc/${flows.agent}/fd`).length;
  await stream(await launch("strange"));
  await expect.poll(() => readdirSync(join(flows.home, "flows", "events")), { timeout: 10_000 }).toEqual([]);
  const before = descriptors();
  for (let round = 0; round < 5; round++) {
    const fids = await Promise.all(Array.from({ length: 20 }, () => launch("strange")));
    for (const told of await Promise.all(fids.map((fid) => stream(fid))))
      expect(of(told, "final")).toHaveLength(1);
  }
  await expect.poll(() => readdirSync(join(flows.home, "flows", "events")), { timeout: 10_000 }).toEqual([]);
  await expect.poll(descriptors, { timeout: 10_000 }).toBeLessThanOrEqual(before);
  const works = join(flows.home, "flows", "hosts");
  const left = () => readdirSync(works).flatMap((host) => readdirSync(join(works, host, "work")));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
});

describe("a lock", () => {
  const waiting = async (note: string, n = 0) => {
    const fid = await launch("lock", { note, n });
    await ada.events(`/outputs/stream/${fid}`, (told) => of(told, "status").includes("awaiting"));
    const [lock] = (await ada.get(`/outputs/status/${fid}`)).body.locks;
    return { fid, lid: lock.lid as string };
  };

  test("shows its form, takes a good answer once, and the run goes on with it", async () => {
    const { fid, lid } = await waiting("lunch");
    const form = await ada.get(`/lock/${fid}/${lid}`);
    expect(form.body[0]).toEqual({ type: "markdown", text: "Are you sure about lunch?" });
    expect((await bob.post(`/lock/${fid}/${lid}`, { why: "x" })).status).toBe(404);
    expect((await ada.post(`/lock/${fid}/${lid}`, {})).body.errors.why).toEqual(["This field is required."]);
    expect((await ada.post(`/lock/${fid}/${lid}`, { why: "no" })).body.errors.why).toEqual(["Say more."]);
    const answers = await Promise.all(
      ["one", "two", "three"].map((why) => ada.post(`/lock/${fid}/${lid}`, { why })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const told = await stream(fid);
    const good = answers.find(({ status }) => status === 200)?.body.result;
    expect(JSON.parse(of(told, "final")[0] ?? "").dict).toEqual(good);
    expect(of(told, "status")).toEqual(["starting", "running", "awaiting", "running", "finished"]);
    expect((await ada.get(`/lock/${fid}/${lid}`)).status).toBe(409);
    expect((await ada.get(`/lock/${fid}/no-such-lock`)).status).toBe(404);
  });

  test("of a run that was called off takes no answer", async () => {
    const { fid, lid } = await waiting("dinner");
    await ada.post(`/outputs/cancel/${fid}`);
    await stream(fid);
    const late = await ada.post(`/lock/${fid}/${lid}`, { why: "late" });
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining(lid)]);
    expect((await ada.get(`/outputs/status/${fid}`)).body.locks).toEqual([]);
  });

  test("that nobody answers in time raises in the run", async () => {
    const { fid, lid } = await waiting("supper", 0.3);
    const told = await stream(fid);
    expect(of(told, "error").join()).toContain("TimeoutError: Nobody answered the lock sure within 0.3 s.");
    expect((await ada.post(`/lock/${fid}/${lid}`, { why: "late" })).status).toBe(409);
  });
});

/** Command lines of all processes of this machine. */
function commands(): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, "utf8")] : [];
    } catch {
      // It has just ended.
      return [];
    }
  });
}

test("all that somebody has started goes when their account goes, also what runs; nobody else's", async () => {
  const eve = flows.as("eve", "user");
  const others = (await ada.get("/belongings")).body.flow_runs;
  const runs = await Promise.all(["forever", "forever", "count"].map((mode) => launch(mode, {}, eve)));
  const folder = join(flows.home, "execution", "eve");
  expect((await eve.get("/belongings")).body).toEqual({ flow_runs: 3 });
  expect(readdirSync(folder).sort()).toEqual([...runs].sort());
  expect((await eve.call("DELETE", "/belongings")).body).toEqual({ flow_runs: 3 });
  expect((await eve.get("/belongings")).body).toEqual({ flow_runs: 0 });
  expect(readdirSync(folder)).toEqual([]);
  expect((await ada.get("/belongings")).body.flow_runs).toBe(others);
});
