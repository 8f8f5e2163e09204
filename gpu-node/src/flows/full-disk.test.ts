/** A disk that is really full: a small file system of its own below a node, in a namespace that ends with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { sandboxed } from "../launcher/probe.ts";
import { Caller, SETUP_MS, TestFlows, type Told } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";

const SERVED = fileURLToPath(new URL("./testing/served.ts", import.meta.url));
const { works } = await sandboxed();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);

/** A node that has `bytes` at `place`, below its home. */
async function small(place: string, bytes: number): Promise<Caller> {
  const flows = new TestFlows({ trials: TRIALS });
  const folder = join(flows.home, place);
  mkdirSync(folder, { recursive: true });
  const script = 'mount -t tmpfs -o size="$1" none "$2" && shift 2 && exec "$@"';
  const child = spawn(
    "unshare",
    ["-Urm", "sh", "-c", script, "sh", String(bytes), folder, process.execPath, SERVED, flows.home],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  ends.push(async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await flows[Symbol.asyncDispose]();
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(new URL(line.toString().trim()).port);
  return new Caller(() => connect(port, "127.0.0.1"), {});
}

test.runIf(works)(
  "a run for whose events the disk has no room ends as an error that says so; others are read, and go on when there is room",
  async () => {
    const ada = await small("execution", 4 * 1024 ** 2);
    const run = (mode: string, more = {}) => ada.launch("/-/trials/", { mode, ...more });
    const stream = (fid: string) => ada.events(`/outputs/stream/${fid}`);
    const quiet = await run("lock", { note: "supper", n: 0 });
    await ada.events(`/outputs/stream/${quiet}`, (told) => of(told, "status").includes("awaiting"));
    const done = await run("strange");
    expect(of(await stream(done), "status").at(-1)).toBe("finished");

    const loud = await run("count", { n: 2_000_000 });
    const told = await stream(loud);
    expect(of(told, "error").join()).toMatch(/disk on which runs are stored is full/);
    expect(of(told, "status").at(-1)).toBe("error");
    // What was stored is whole.
    const numbers = of(told, "debug").map(Number);
    expect(numbers.length).toBeGreaterThan(1000);
    expect(numbers).toEqual(numbers.map((_, i) => i));

    // The node answers: what is over is read, lists are told, a new run is refused in words.
    expect((await ada.get(`/outputs/status/${loud}`)).body.status).toBe("error");
    expect((await ada.get(`/outputs/status/${done}`)).body.status).toBe("finished");
    expect((await ada.get("/timeline")).body.total).toBe(3);
    const refusals = await fillUp(() => ada.post("/-/trials/", { mode: "strange" }));
    expect(refusals.body).toMatchObject({ status_code: 507, detail: expect.stringMatching(/disk.*full/) });
    // What was refused left nothing that waits for ever.
    const going = async () => (await ada.get("/health")).body.running;
    await expect.poll(going, { timeout: 30_000 }).toEqual({ awaiting: 1 });

    // Room is made as anybody makes it; the run that waited goes on, and new ones begin.
    expect((await ada.delete(`/outputs/${loud}`)).status).toBe(204);
    const [lock] = (await ada.get(`/outputs/status/${quiet}`)).body.locks;
    expect((await ada.post(`/lock/${quiet}/${lock.lid}`, { why: "hungry" })).status).toBe(200);
    expect(of(await stream(quiet), "status").at(-1)).toBe("finished");
    expect(of(await stream(await run("strange")), "status").at(-1)).toBe("finished");
  },
  SETUP_MS,
);

/** Asks until it is refused: each run that still began takes some of what is left. */
async function fillUp(ask: () => ReturnType<Caller["post"]>): ReturnType<Caller["post"]> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask();
    if (answer.status !== 200) return answer;
  }
  throw new Error("the disk has room for all of them");
}

test.runIf(works)(
  "a run whose agent cannot keep its events ends as an error that says so, and the next one runs",
  async () => {
    const ada = await small("flows/events", 512 * 1024);
    const loud = await ada.launch("/-/trials/", { mode: "count", n: 200_000 });
    const told = await ada.events(`/outputs/stream/${loud}`);
    expect(of(told, "error").join()).toMatch(/cannot be kept.*the disk is full/);
    expect(of(told, "status").at(-1)).toBe("error");
    const next = await ada.launch("/-/trials/", { mode: "strange" });
    expect(of(await ada.events(`/outputs/stream/${next}`), "status").at(-1)).toBe("finished");
  },
  SETUP_MS,
);
