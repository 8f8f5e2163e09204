/** What tests of jobs share: real programs, a manager over a folder of its own, and a node that can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findPython } from "../../kernels/environment/python.ts";
import { sandboxed } from "../../launcher/probe.ts";
import { GpuLedger } from "../../sessions/ledger.ts";
import type { Entry, Job } from "../job.ts";
import { fakeDevices } from "../leases.ts";
import { JobManager } from "../manager.ts";
import { markedProcesses } from "../marked.ts";
import type { JobKind, JobManagerOptions } from "../options.ts";
import type { JobState } from "../states.ts";

const COUNTER = join(import.meta.dirname, "counter.py");
const PACKAGE = join(import.meta.dirname, "../../../python/src");

/** Jobs that count, in Python. */
export async function counterKind(): Promise<JobKind> {
  const python = await findPython();
  if (!python) throw new Error("These tests need Python 3.11 or later.");
  return {
    program: () => ({
      argv: [python.executable, COUNTER],
      env: { PYTHONPATH: PACKAGE },
      readOnly: [PACKAGE, import.meta.dirname, python.prefix],
    }),
  };
}

/** Jobs that are one line of shell: their params. */
export const SHELL: JobKind = { program: ({ params }) => ({ argv: ["/bin/sh", "-c", String(params)] }) };

/** A manager, with its folder. */
export class TestJobs {
  readonly folder = mkdtempSync(join(tmpdir(), "eyepiece-jobs-"));
  readonly ledger: GpuLedger;
  readonly devices: string[];
  #manager: JobManager | undefined;
  #nodes: ChildProcess[] = [];

  constructor(gpus = 0) {
    const devices = fakeDevices({ EYEPIECE_FAKE_GPUS: String(gpus) });
    this.devices = devices.map(({ id }) => id);
    this.ledger = new GpuLedger(devices);
  }

  /** A manager over the folder; the one before must have ended. */
  async open(options: Partial<JobManagerOptions> = {}): Promise<JobManager> {
    this.#manager = new JobManager({
      ...{ folder: this.folder, ledger: this.ledger, devices: this.devices },
      kinds: { counter: await counterKind(), shell: SHELL },
      sandbox: (await sandboxed()).works,
      graceMs: 300,
      ...options,
    });
    await this.#manager.open();
    return this.#manager;
  }

  /** A process with a manager over the folder, which hands in one counter. Answers once that told its first metrics. */
  async node(request?: object): Promise<{ job: string; kill(): Promise<void> }> {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "node-process.ts"), this.folder, JSON.stringify(request ?? null)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#nodes.push(child);
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const [job = ""] = await new Promise<string[]>((resolve, reject) => {
      createInterface(child.stdout).once("line", (line) => resolve(line.split(" ")));
      void ended.then(() => reject(new Error("The node ended.")));
    });
    return {
      job,
      kill: () => {
        child.kill("SIGKILL");
        return ended;
      },
    };
  }

  async end(): Promise<void> {
    for (const child of this.#nodes) child.kill("SIGKILL");
    await this.#manager?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for an entry. @throws when the job ended without it */
export async function until(
  manager: JobManager,
  job: string,
  wanted: (entry: Entry) => boolean,
  after = 0,
): Promise<Entry> {
  for await (const entry of manager.watch(job, after)) if (wanted(entry)) return entry;
  const { state, reason } = manager.get(job);
  throw new Error(`The job ended ${state} (${reason}) and what was waited for did not come.`);
}

/** Waits for a state. */
export async function reach(manager: JobManager, job: string, state: JobState, after = 0): Promise<Job> {
  await until(manager, job, (entry) => entry.kind === "state" && entry.to === state, after);
  return manager.get(job);
}

/** Sends a signal to all processes of a job. */
export function signalAll(job: string, signal: NodeJS.Signals): void {
  signalEach(markedProcesses(job), signal);
}

/** Sends a signal to processes. Some may be gone when their turn comes: those of a namespace end with its first. */
export function signalEach(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause;
    }
}

/** The states that a job went through. */
export function statesOf(manager: JobManager, job: string): JobState[] {
  return manager.entries(job).flatMap((entry) => (entry.kind === "state" ? [entry.to] : []));
}
