/** Finds and ends all processes of a job by the variable that each of them carries, wherever in the process tree they hide. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The variable in the environment of a job's processes. */
export const MARK = "EYEPIECE_JOB";

/** How long a process that shows no environment is waited for: it may be between two programs. */
const UNSURE_MS = 100;

/** Pids of the job's processes, zombies left out: these have no environment. */
export function markedProcesses(job: string): number[] {
  return look(job).marked;
}

/** Ends them, and answers when none is left. @returns false when some cannot be ended: they hang in the kernel */
export async function endMarked(job: string, withinMs = 10_000): Promise<boolean> {
  const until = Date.now() + withinMs;
  let sure = Date.now() + UNSURE_MS;
  for (;;) {
    const { marked, unsure } = look(job);
    if (marked.length === 0 && (!unsure || Date.now() > sure)) return true;
    if (Date.now() > until) return false;
    for (const pid of marked) {
      sure = Date.now() + UNSURE_MS;
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
    await sleep(10);
  }
}

function look(job: string): { marked: number[]; unsure: boolean } {
  const mark = Buffer.from(`\0${MARK}=${job}\0`);
  const nul = Buffer.from("\0");
  const marked: number[] = [];
  let unsure = false;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`);
      if (Buffer.concat([nul, environment, nul]).includes(mark)) marked.push(Number(name));
      // In the middle of an exec there is a program and no environment yet; zombies and the kernel's threads have neither.
      else if (environment.length === 0 && readlinkSync(`/proc/${name}/exe`)) unsure = true;
    } catch {
      // It ended while it was looked at, or is somebody else's.
    }
  }
  return { marked, unsure };
}
