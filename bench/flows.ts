/**
 * Flows through the node's own door, with real agents, hosts and runs: POST to final, many events, emit to client and to a page, many
 * runs at once, watchers that wait, boot; then 10,000 runs, and what they leave. `node bench/flows.ts [--json] [--runs N]`. The Python
 * environment is made at the first run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Caller, TestFlows, type Told } from "../gpu-node/src/flows/testing/flows.ts";
import { load } from "./flows/load.ts";
import { inPage } from "./flows/page.ts";
import { SERVICE } from "./flows/service.ts";
import { machine, median, quantile } from "./machine.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, runs: { type: "string", default: "10000" } },
});

/** Runs of each measurement; medians are reported and all runs kept. */
const RUNS = 7;
const EVENTS = 10_000;
const AT_ONCE = 50;
const WATCHERS = 200;
const WATCHED_MS = 10_000;

/** What each figure may be. */
const LIMITS = {
  postToFinalMs: 300,
  tenThousandEventsMs: 1500,
  eventsPerSecond: 20_000,
  emitToPageMs: 100,
  fiftyAtOnceMs: 3000,
  watchersCores: 0.01,
  bootMs: 10_000,
  flowsOfNodeMiB: 150,
  /** Of a process that does nothing else, after all runs. */
  gatewayMiB: 150,
};

async function main(): Promise<void> {
  const measured = { ...(await atTheDoor()), ...(await inPage()), load: await load(Number(values.runs)) };
  const { postToFinalMs, tenThousandEventsMs, emitToPageMs, fiftyAtOnce, nodeMiB, bootMs } = measured;
  const figures: Record<keyof typeof LIMITS, number> = {
    postToFinalMs: postToFinalMs.warm,
    tenThousandEventsMs: tenThousandEventsMs.median,
    eventsPerSecond: tenThousandEventsMs.perSecond,
    emitToPageMs: emitToPageMs.p95,
    fiftyAtOnceMs: fiftyAtOnce.allRunningMs,
    watchersCores: measured.twoHundredWatchers.cores,
    bootMs,
    flowsOfNodeMiB: nodeMiB.flows,
    gatewayMiB: measured.load.after.gatewayMiB,
  };
  const within = Object.entries(LIMITS).map(([name, limit]) => {
    const value = figures[name as keyof typeof LIMITS];
    return { name, value, limit, good: name === "eventsPerSecond" ? value >= limit : value <= limit };
  });
  const result = { what: "flows", machine: machine(), within, ...measured };
  if (values.json) console.log(JSON.stringify(result));
  else console.dir(result, { depth: 4 });
}

async function atTheDoor() {
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
  const fiftyAtOnce = await atOnce(ada);
  const twoHundredWatchers = await watching(flows, ada, (fid) => `/outputs/stream/${fid}`);
  const twoHundredTimelines = await watching(flows, ada, () => "/timeline/stream");
  return {
    postToFinalMs: { cold, warm: median(three), runs: three },
    tenThousandEventsMs: { median: median(many), runs: many, perSecond: (EVENTS / median(many)) * 1000 },
    emitToClientMs: { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), events: delays.length },
    ...{ fiftyAtOnce, twoHundredWatchers, twoHundredTimelines, bootMs: await boot(ada) },
  };
}

/** Milliseconds until a service that is imported anew is there for people. */
async function boot(ada: Caller): Promise<number> {
  const begun = performance.now();
  const answer = await ada.post("/boot/refresh/bench");
  if (answer.status >= 300 || !/complete|✔/i.test(answer.text)) throw new Error(answer.text);
  return performance.now() - begun;
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
