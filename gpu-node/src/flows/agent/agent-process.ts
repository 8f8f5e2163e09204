/** The agent's process: started by a node, found again by the node after it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type Environment, PYTHON_PROJECT } from "../../kernels/environment/environments.ts";
import { startTicks } from "../../kernels/keeper/config.ts";

/** The programs in Python. */
export const SOURCES = join(PYTHON_PROJECT, "src");
const OWN_RUNTIME = /\/eyepiece-f-[A-Za-z0-9]+$/;

const Entry = v.object({ pid: v.number(), start: v.string(), runtime: v.string() });
/** Who it is. `runtime`: folder of the sockets, short enough for their addresses. */
export type AgentEntry = v.InferOutput<typeof Entry>;

/** The gateway's socket in a runtime folder. */
export function gatewaySocket(runtime: string): string {
  return join(runtime, "gateway.sock");
}

/** Whether its process lives; a pid that another process has got since is not it. */
export function lives({ pid, start }: AgentEntry): boolean {
  return start !== "" && startTicks(pid) === start;
}

/** The agent of a folder, as it was written down; it may have died. */
export function agentEntry(folder: string): AgentEntry | undefined {
  try {
    const read = v.safeParse(Entry, JSON.parse(readFileSync(join(folder, "agent.json"), "utf8")));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** A runtime folder for a new agent. What a dead one left goes. */
export function newRuntime(folder: string): string {
  const old = agentEntry(folder);
  if (old && !lives(old) && OWN_RUNTIME.test(old.runtime))
    rmSync(old.runtime, { recursive: true, force: true });
  return mkdtempSync(join(tmpdir(), "eyepiece-f-"));
}

/** Starts an agent that dials the socket in `runtime`. It outlives this process. @throws Error with a sentence */
export async function startAgent(
  folder: string,
  runtime: string,
  environment: Environment,
): Promise<AgentEntry> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = join(folder, "agent.log");
  const out = openSync(log, "w", 0o600);
  const env: NodeJS.ProcessEnv = { ...process.env, PYTHONPATH: SOURCES, PYTHONDONTWRITEBYTECODE: "1" };
  // People's code is this process' child: the node's own key stays out of it.
  delete env.EYEPIECE_NODE_TOKEN;
  const child = spawn(
    environment.python,
    ["-m", "eyepiece_flows.agent", gatewaySocket(runtime), join(folder, "events")],
    { detached: true, stdio: ["ignore", out, out], cwd: "/", env },
  );
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.unref();
  const pid = child.pid ?? 0;
  const entry = { pid, start: startTicks(pid), runtime };
  writeFileSync(join(folder, "agent.json"), JSON.stringify(entry), { mode: 0o600 });
  return entry;
}

/** What an agent that failed has said last. */
export function agentSays(folder: string): string {
  const log = join(folder, "agent.log");
  return existsSync(log) ? readFileSync(log, "utf8").trim().slice(-2000) : "";
}

/** Waits until it is gone. */
export async function agentGone(entry: AgentEntry, deadlineMs: number): Promise<boolean> {
  while (lives(entry) && Date.now() < deadlineMs) await sleep(20);
  return !lives(entry);
}
