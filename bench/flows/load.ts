/** Many light runs, as quick as the machine can, and what they leave: processes, open files, connections, files, memory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { agentEntry } from "../../gpu-node/src/flows/agent/agent-process.ts";
import { Caller } from "../../gpu-node/src/flows/testing/flows.ts";
import { nodeProcess } from "../../scripts/node-process.mjs";
import { cpuSeconds, residentBytes } from "../machine.ts";

const GATEWAY = fileURLToPath(new URL("./gateway.ts", import.meta.url));
/** Runs at a time; a person may have 64. */
const AT_ONCE = 24;
/** Before the first count: hosts are started, pools and caches are full. */
const WARM_RUNS = 500;
/** How long what is on its way may take to go. */
const SETTLE_MS = 15_000;
const MIB = 1024 ** 2;

/** What is there at a moment. */
export interface Left {
  /** The agent and all below it. */
  readonly processes: number;
  /** Open files, and sockets among them, of gateway and agent. */
  readonly gatewayFiles: number;
  readonly gatewaySockets: number;
  readonly agentFiles: number;
  readonly agentSockets: number;
  /** Below the node's folder, without the executions themselves. */
  readonly files: number;
  /** Runs that are not over, by service. */
  readonly running: Readonly<Record<string, number>>;
  readonly gatewayMiB: number;
  readonly agentMiB: number;
}

/** What the load came to. */
export interface Load {
  readonly runs: number;
  readonly perSecond: number;
  /** Of one core, that the gateway's process takes for a run. */
  readonly gatewayMsPerRun: number;
  /** Of the gateway's process before the first flow was asked for. */
  readonly gatewayAtRestMiB: number;
  readonly before: Left;
  readonly after: Left;
}

/** A gateway in a process of its own, started as the node is. */
async function startGateway() {
  const { flags, env } = nodeProcess(process.env);
  const child = spawn(process.execPath, [...flags, GATEWAY], { stdio: ["pipe", "pipe", "inherit"], env });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { url, home } = JSON.parse(line.toString()) as { url: string; home: string };
  return {
    ...{ pid: child.pid ?? 0, url, home },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

/** Does `runs` runs in a gateway of its own. @throws Error for a run that does not finish */
export async function load(runs: number): Promise<Load> {
  {
    // What Node makes of the sources is kept by a first process' end: measured is one as they are from then on.
    await using _first = await startGateway();
  }
  await using gateway = await startGateway();
  const { pid, url, home } = gateway;
  const ada = new Caller(() => connect(Number(new URL(url).port), "127.0.0.1"), {});
  await sleep(1000);
  const gatewayAtRestMiB = residentBytes(pid) / MIB;
  await many(ada, WARM_RUNS);
  const count = async (): Promise<Left> => {
    await sleep(SETTLE_MS);
    const { running } = (await ada.get("/health")).body as { running: Left["running"] };
    return left(pid, home, running);
  };
  const before = await count();
  const [begun, used] = [performance.now(), cpuSeconds(pid)];
  await many(ada, runs);
  const perSecond = (runs / (performance.now() - begun)) * 1000;
  const gatewayMsPerRun = ((cpuSeconds(pid) - used) / runs) * 1000;
  return { runs, perSecond, gatewayMsPerRun, gatewayAtRestMiB, before, after: await count() };
}

async function many(ada: Caller, runs: number): Promise<void> {
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun++ < runs) {
      const fid = await ada.launch("/-/bench/", { mode: "three" });
      const told = await ada.events(`/outputs/main/${fid}`);
      if (!told.some(({ event }) => event === "final")) throw new Error(JSON.stringify(told.at(-2)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function left(pid: number, home: string, running: Left["running"]): Left {
  const agent = agentEntry(join(home, "flows"))?.pid ?? 0;
  const [gatewayFiles, gatewaySockets] = descriptors(pid);
  const [agentFiles, agentSockets] = descriptors(agent);
  return {
    ...{ processes: below(agent), gatewayFiles, gatewaySockets, agentFiles, agentSockets },
    ...{ files: filesBelow(home, "execution"), running },
    ...{ gatewayMiB: residentBytes(pid) / MIB, agentMiB: residentBytes(agent) / MIB },
  };
}

function descriptors(pid: number): readonly [number, number] {
  const folder = `/proc/${pid}/fd`;
  const targets = readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
  return [targets.length, targets.filter((target) => target.startsWith("socket:")).length];
}

function below(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  return children.reduce((sum, child) => sum + below(Number(child)), 1);
}

function filesBelow(folder: string, without: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, without)),
  ).length;
}
