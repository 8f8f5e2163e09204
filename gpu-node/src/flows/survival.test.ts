import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { agentEntry, lives } from "./agent/agent-process.ts";
import { SETUP_MS, TestFlows, type Told } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";

const VICTIM = fileURLToPath(new URL("./testing/victim.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const numbers = (told: readonly Told[]) => told.filter(({ id }) => id !== "").map(({ id }) => Number(id));
/** Every event once, in order; the last one's number is told twice, by `eof`. */
const whole = (told: readonly Told[]) => {
  const all = numbers(told.filter(({ event }) => event !== "eof"));
  expect(all).toEqual(all.map((_, i) => i + 1));
};

/** Processes below the agent whose command line or parent fits; each with its depth. */
function below(pid: number, depth = 0): { pid: number; depth: number; args: string }[] {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    return [{ pid, depth, args }, ...own.flatMap((child) => below(Number(child), depth + 1))];
  } catch {
    return [];
  }
}
/** The hosts for runs that have forked, with the processes of a run below each: reaper, then run. */
function runProcesses(agent: number): { host: number; reaper: number; run: number } {
  for (const { pid, args } of below(agent)) {
    // The launcher's own processes have these words among their arguments.
    if (!/^\S+python -m eyepiece_flows\.host/.test(args)) continue;
    const [host, reaper, run] = below(pid);
    if (host && reaper && run?.depth === 2) return { host: host.pid, reaper: reaper.pid, run: run.pid };
  }
  throw new Error("no run");
}

async function running(flows: TestFlows, mode = "slow", more = {}): Promise<string> {
  const ada = flows.as();
  const fid = await ada.launch("/-/trials/", { mode, ...more });
  await ada.events(`/outputs/stream/${fid}`, (told) => of(told, "debug").length > 3);
  return fid;
}

test.each(["run", "reaper", "host"] as const)(
  "a run whose %s is killed ends as an error that says so, and nothing of it stays",
  async (who) => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    const fid = await running(flows);
    const pids = runProcesses(flows.agent);
    process.kill(pids[who], "SIGKILL");
    const told = await flows.as().events(`/outputs/stream/${fid}`);
    whole(told);
    expect(of(told, "error").join()).toMatch(/ended by SIGKILL/);
    expect(of(told, "status").at(-1)).toBe("error");
    await expect
      .poll(() => [pids.reaper, pids.run].filter((pid) => below(pid).length > 0), { timeout: 10_000 })
      .toEqual([]);
    // The next run finds what it needs, or has it made again.
    expect(of(await flows.as().events(`/outputs/stream/${await again(flows)}`), "final")).toHaveLength(1);
  },
  SETUP_MS,
);

test(
  "a lock whose run was killed takes no answer, and waits for none",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    const ada = flows.as();
    const fid = await ada.launch("/-/trials/", { mode: "lock", note: "this", n: 0 });
    await ada.events(`/outputs/stream/${fid}`, (told) => of(told, "status").includes("awaiting"));
    const [lock] = (await ada.get(`/outputs/status/${fid}`)).body.locks;
    process.kill(runProcesses(flows.agent).run, "SIGKILL");
    const told = await ada.events(`/outputs/stream/${fid}`);
    expect(of(told, "status").at(-1)).toBe("error");
    expect((await ada.post(`/lock/${fid}/${lock.lid}`, { why: "late" })).status).toBe(409);
    expect((await ada.get(`/lock/${fid}/${lock.lid}`)).status).toBe(409);
    expect((await ada.get(`/outputs/status/${fid}`)).body.locks).toEqual([]);
  },
  SETUP_MS,
);

/** Starts a run that ends; where the host was killed just now, it is not known to be gone at once. */
async function again(flows: TestFlows): Promise<string> {
  for (let tries = 0; ; tries++) {
    const fid = await flows.as().launch("/-/trials/", { mode: "strange" });
    const told = await flows.as().events(`/outputs/stream/${fid}`);
    if (of(told, "final").length > 0 || tries === 5) return fid;
  }
}

test(
  "a run whose agent is killed ends as an error, with every event that the agent had; the next run has a new agent",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    const fid = await running(flows);
    const { agent } = flows;
    const pids = runProcesses(agent);
    process.kill(agent, "SIGKILL");
    const told = await flows.as().events(`/outputs/stream/${fid}`);
    whole(told);
    expect(of(told, "error")).toEqual(["The run's machine lost its agent."]);
    await expect.poll(() => below(pids.run), { timeout: 10_000 }).toEqual([]);
    expect(of(await flows.as().events(`/outputs/stream/${await again(flows)}`), "final")).toHaveLength(1);
    expect(flows.agent).not.toBe(agent);
  },
  SETUP_MS,
);

test(
  "a node that finds the agent of the one before just going has another",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    expect(of(await flows.as().events(`/outputs/stream/${await again(flows)}`), "final")).toHaveLength(1);
    const { agent } = flows;
    // It does not come to ending itself before the next node has found it.
    process.kill(agent, "SIGSTOP");
    await flows.stop();
    flows.start();
    const launched = again(flows);
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.kill(agent, "SIGKILL");
    expect(of(await flows.as().events(`/outputs/stream/${await launched}`), "final")).toHaveLength(1);
    expect(flows.agent).not.toBe(agent);
  },
  SETUP_MS,
);

test(
  "runs go on while no node is there: what they told meanwhile comes in order, each event once",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    const long = await running(flows);
    const short = await flows.as().launch("/-/trials/", { mode: "count", n: 20_000 });
    await flows.stop();
    const { agent } = flows;
    expect(lives({ pid: agent, start: startOf(agent), runtime: "" })).toBe(true);
    flows.start();
    const told = await flows.as().events(`/outputs/stream/${short}`);
    whole(told);
    expect(of(told, "debug")).toEqual(Array.from({ length: 20_000 }, (_, i) => String(i)));
    expect(of(told, "status").at(-1)).toBe("finished");
    // The other one still runs, in the same agent, and is ended from here.
    expect((await flows.as().post(`/outputs/cancel/${long}`)).status).toBe(200);
    const rest = await flows.as().events(`/outputs/stream/${long}`);
    whole(rest);
    expect(of(rest, "error")).toEqual(["cancelled"]);
    expect(flows.agent).toBe(agent);
  },
  SETUP_MS,
);

test(
  "an agent that ends takes its folder of sockets with it",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    expect(of(await flows.as().events(`/outputs/stream/${await again(flows)}`), "final")).toHaveLength(1);
    const runtime = agentEntry(join(flows.home, "flows"))?.runtime ?? "";
    expect(existsSync(runtime)).toBe(true);
    expect((await flows.as().post("/spooler/stop")).body.agent).toBe("resting");
    await expect.poll(() => existsSync(runtime)).toBe(false);
    // The next one has its own, and it goes with the node that had nothing left to run.
    expect(of(await flows.as().events(`/outputs/stream/${await again(flows)}`), "final")).toHaveLength(1);
    const next = agentEntry(join(flows.home, "flows"))?.runtime ?? "";
    expect(next).not.toBe(runtime);
    await flows.stop();
    await expect.poll(() => existsSync(next), { timeout: 20_000 }).toBe(false);
  },
  SETUP_MS,
);

/** A node that is a process of its own, with a run that was just started. */
async function victim(flows: TestFlows, body: Record<string, unknown>) {
  const child = spawn(process.execPath, [VICTIM, flows.home, JSON.stringify(body)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const fid = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", () => reject(new Error("the node ended")));
  });
  expect(fid).toMatch(/^[0-9a-f]{24}$/);
  return { child, fid };
}
const count = (flows: TestFlows, fid: string): number => {
  const db = new DatabaseSync(join(flows.home, "execution", "ada", fid, "sqlite3.db"), { readOnly: true });
  const row = db.prepare("SELECT count(*) AS n FROM monitor").get();
  db.close();
  return Number(row?.n);
};

test(
  "a node that is killed in the middle of a run's events loses none and has none twice",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    const n = 200_000;
    const { child, fid } = await victim(flows, { mode: "count", n });
    await expect.poll(() => count(flows, fid), { interval: 10, timeout: 60_000 }).toBeGreaterThan(1000);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(count(flows, fid)).toBeLessThan(n);
    flows.start();
    const told = await flows.as().events(`/outputs/stream/${fid}`);
    whole(told);
    const debug = of(told, "debug");
    expect(debug).toHaveLength(n);
    expect(debug.findIndex((word, i) => word !== String(i))).toBe(-1);
    expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ int: n });
  },
  SETUP_MS,
);

test(
  "a run that its node did not live to start ends as an error when there is a node again",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    const { child, fid } = await victim(flows, { mode: "slow" });
    // Its host is started for the first time now, which takes longer than this.
    child.kill("SIGKILL");
    flows.start();
    const told = await flows.as().events(`/outputs/stream/${fid}`, (all) => of(all, "debug").length > 2);
    if (of(told, "error").length > 0) expect(of(told, "error").join()).toMatch(/lost/);
    else expect((await flows.as().post(`/outputs/cancel/${fid}`)).status).toBe(200);
  },
  SETUP_MS,
);

test(
  "an answer to a lock reaches a run that has outlived its node",
  async () => {
    await using flows = new TestFlows({ trials: TRIALS });
    flows.start();
    const fid = await flows.as().launch("/-/trials/", { mode: "lock", note: "this", n: 0 });
    await flows.as().events(`/outputs/stream/${fid}`, (told) => of(told, "status").includes("awaiting"));
    await flows.stop();
    flows.start();
    const [lock] = (await flows.as().get(`/outputs/status/${fid}`)).body.locks;
    await expect
      .poll(async () => (await flows.as().post(`/lock/${fid}/${lock.lid}`, { why: "because" })).status, {
        timeout: 20_000,
      })
      .toBe(200);
    const told = await flows.as().events(`/outputs/stream/${fid}`);
    expect(JSON.parse(of(told, "final")[0] ?? "").dict).toEqual({ why: "because", what: "this" });
  },
  SETUP_MS,
);

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
