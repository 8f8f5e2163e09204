/**
 * Flows through the node's own door, with real agents, hosts and runs: POST to final, many events, emit to client, many runs at
 * once, watchers that wait. `node bench/flows.ts [--json]`. The Python environment is made at the first run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, TestFlows, type Told } from "../gpu-node/src/flows/testing/flows.ts";
import { machine, median, quantile } from "./machine.ts";

/** Runs of each measurement; medians are reported and all runs kept. */
const RUNS = 7;
const EVENTS = 10_000;
const AT_ONCE = 50;
const WATCHERS = 200;
const WATCHED_MS = 10_000;

const SERVICE = `
import asyncio, time
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, Tracer

app = ServeAPI()

@app.enter("/")
async def enter(request: Request, mode: str, n: int = 0):
    return Launch(request, run, inputs={"mode": mode, "n": n})

async def run(inputs, tracer: Tracer):
    mode, n = inputs["mode"], inputs["n"]
    if mode == "three":
        for i in range(3):
            await tracer.markdown(f"event {i}")
    elif mode == "many":
        for i in range(n):
            await tracer.debug(f"event {i}")
    elif mode == "steady":
        for i in range(n):
            await tracer.debug(repr(time.time()))
            await asyncio.sleep(0.005)
    elif mode == "wait":
        await asyncio.sleep(n)
    return n
`;

async function main(): Promise<void> {
  await using flows = new TestFlows({ bench: SERVICE });
  flows.start();
  const ada = flows.as();
  const whole = async (mode: string, n = 0): Promise<{ ms: number; told: Told[] }> => {
    const begun = performance.now();
    const fid = await ada.launch("/-/bench/", { mode, n });
    const told = await ada.events(`/outputs/stream/${fid}`);
    if (!told.some(({ event }) => event === "final")) throw new Error(JSON.stringify(told.at(-2)));
    return { ms: performance.now() - begun, told };
  };
  const cold = (await whole("three")).ms;
  const [three, many]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    three.push((await whole("three")).ms);
    many.push((await whole("many", EVENTS)).ms);
  }
  const delays = await steady(ada, 400);
  const crowd = await atOnce(ada);
  const watchers = await watching(flows, ada, (fid) => `/outputs/stream/${fid}`);
  const timelines = await watching(flows, ada, () => "/timeline/stream");
  const result = {
    what: "flows",
    machine: machine(),
    postToFinalMs: { cold, warm: median(three), runs: three },
    tenThousandEventsMs: { median: median(many), runs: many, perSecond: (EVENTS / median(many)) * 1000 },
    emitToClientMs: { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), events: delays.length },
    fiftyAtOnce: crowd,
    twoHundredWatchers: watchers,
    twoHundredTimelines: timelines,
    // Gateway and clients together.
    processMiB: process.memoryUsage.rss() / 1024 ** 2,
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(result));
  else console.dir(result, { depth: 4 });
}

/** From the run's own clock to the client, in milliseconds, at 200 events a second. */
async function steady(ada: Caller, n: number): Promise<number[]> {
  const fid = await ada.launch("/-/bench/", { mode: "steady", n });
  const delays: number[] = [];
  let seen = 0;
  await ada.events(`/outputs/stream/${fid}`, (told) => {
    const now = Date.now();
    for (; seen < told.length; seen++) {
      const one = told[seen];
      if (one?.event === "debug") delays.push(now - Number(one.data) * 1000);
    }
    return false;
  });
  return delays;
}

/** Milliseconds until all run, from the first POST. */
async function atOnce(ada: Caller): Promise<{ allRunningMs: number }> {
  const begun = performance.now();
  const fids = await Promise.all(
    Array.from({ length: AT_ONCE }, () => ada.launch("/-/bench/", { mode: "wait", n: 30 })),
  );
  await Promise.all(
    fids.map((fid) =>
      ada.events(`/outputs/main/${fid}`, (told) =>
        told.some(({ event, data }) => event === "status" && data === "running"),
      ),
    ),
  );
  const allRunningMs = performance.now() - begun;
  await Promise.all(fids.map((fid) => ada.delete(`/outputs/${fid}`)));
  return { allRunningMs };
}

/** What watchers of a silent run, or of a timeline, cost this process, which is their client as well: an upper bound. */
async function watching(
  flows: TestFlows,
  ada: Caller,
  pathOf: (fid: string) => string,
): Promise<{ cores: number; without: number }> {
  const fid = await ada.launch("/-/bench/", { mode: "wait", n: 600 });
  await ada.events(`/outputs/main/${fid}`, (told) => told.some(({ data }) => data === "running"));
  const measured = async (): Promise<number> => {
    const before = process.cpuUsage();
    const begun = performance.now();
    await sleep(WATCHED_MS);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / (performance.now() - begun);
  };
  const without = await measured();
  let over = false;
  const streams = Array.from({ length: WATCHERS }, () => flows.as().events(pathOf(fid), () => over));
  await sleep(1000);
  const cores = await measured();
  over = true;
  await ada.post(`/outputs/cancel/${fid}`);
  await Promise.all(streams);
  return { cores, without };
}

await main();
