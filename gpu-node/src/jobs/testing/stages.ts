/** Brings a job into a state and keeps it there: on a manager of this process, or as a node to be killed: `stages.ts FOLDER STATE`. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxed } from "../../launcher/probe.ts";
import { GpuLedger } from "../../sessions/ledger.ts";
import { fakeDevices } from "../leases.ts";
import { JobManager } from "../manager.ts";
import { markedProcesses } from "../marked.ts";
import type { JobKind } from "../options.ts";
import { hasProcess, type JobState } from "../states.ts";

/** The states that a job can be kept in. The first two last no longer than a function. */
export const STAGES = [
  "validating_files",
  "queued",
  "running",
  "pending_pause",
  "paused",
  "pending_resume",
  "pending_cancel",
] as const satisfies readonly JobState[];
export type Stage = (typeof STAGES)[number];

/** Its program hangs and hears nothing, the first time; a second one ends well. So does its validation where it is asked to. */
export const kinds = (folder: string): Readonly<Record<string, JobKind>> => {
  const program = 'trap "" TERM; [ -e again ] && exit 0; touch again; while :; do sleep 1000; done';
  const hangs: JobKind = { program: () => ({ argv: ["/bin/sh", "-c", program] }) };
  const validate: NonNullable<JobKind["validate"]> = (_job, signal) => {
    const mark = join(folder, "validated");
    if (existsSync(mark)) return Promise.resolve();
    writeFileSync(mark, "");
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  };
  // One that pauses at once, so that it can be resumed.
  const pauses = '[ -e again ] && exit 0; touch again; read line <&3; echo \'{"type":"paused"}\' >&3';
  return {
    hangs,
    validated: { ...hangs, validate },
    pauses: { program: () => ({ argv: ["/bin/sh", "-c", pauses] }) },
  };
};

/** A manager with one GPU, which a viewer can hold. */
export async function stagedManager(folder: string): Promise<{ manager: JobManager; ledger: GpuLedger }> {
  const devices = fakeDevices({ EYEPIECE_FAKE_GPUS: "1" });
  const ledger = new GpuLedger(devices);
  const manager = new JobManager({
    ...{ folder, ledger, devices: devices.map(({ id }) => id), kinds: kinds(folder) },
    sandbox: (await sandboxed()).works,
    // It is ended by force, or by the node's own end.
    graceMs: 600_000,
  });
  await manager.open();
  return { manager, ledger };
}

/** Hands in a job and brings it there. @returns its id */
export async function bring(manager: JobManager, ledger: GpuLedger, stage: Stage): Promise<string> {
  const [device = ""] = ledger.report().map(({ id }) => id);
  const view = () => ledger.reserve({ device, use: "viewer", holder: "v", bytes: 1 });
  const kind =
    stage === "validating_files"
      ? "validated"
      : stage === "paused" || stage === "pending_resume"
        ? "pauses"
        : "hangs";
  if (stage === "queued") await view();
  const { id } = manager.submit({ person: "ada", kind, params: null, gpus: 1, retries: 3 });
  const reached = async (wanted: JobState) => {
    for await (const entry of manager.watch(id)) if (entry.kind === "state" && entry.to === wanted) return;
  };
  if (stage === "validating_files" || stage === "queued") {
    await reached(stage);
    return id;
  }
  await reached("running");
  // A program that is told to end before it has begun to ignore that would do so.
  while (!existsSync(join(manager.folderOf(id), "work", "again")))
    await new Promise((done) => setTimeout(done, 5));
  if (stage === "pending_cancel") manager.cancel(id);
  if (stage === "pending_pause" || kind === "pauses") manager.pause(id);
  if (kind === "pauses") await reached("paused");
  if (stage === "pending_resume") {
    await view();
    manager.resume(id);
  }
  return id;
}

if (import.meta.main) {
  const [, , folder = "", stage = ""] = process.argv;
  const { manager, ledger } = await stagedManager(folder);
  const id = await bring(manager, ledger, stage as Stage);
  const { state } = manager.get(id);
  const busy = hasProcess(state) === markedProcesses(id).length > 0;
  console.log(JSON.stringify({ id, state, busy }));
  setInterval(() => {}, 60_000);
}
