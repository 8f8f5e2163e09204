/** Finds and ends all processes of a job by the variable that each of them carries, wherever in the process tree they hide. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The variable in the environment of a job's processes. */
export const MARK = "EYEPIECE_JOB";

/** Pids of the job's processes, zombies left out: these have no environment. */
export function markedProcesses(job: string): number[] {
  const mark = Buffer.from(`\0${MARK}=${job}\0`);
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = Buffer.concat([
        Buffer.from("\0"),
        readFileSync(`/proc/${name}/environ`),
        Buffer.from("\0"),
      ]);
      return environment.includes(mark) ? [Number(name)] : [];
    } catch {
      // It ended while it was looked at, or is somebody else's.
      return [];
    }
  });
}

/** Ends them, and answers when none is left. @returns false when some cannot be ended: they hang in the kernel */
export async function endMarked(job: string, withinMs = 10_000): Promise<boolean> {
  const until = Date.now() + withinMs;
  for (let left = markedProcesses(job); left.length > 0; left = markedProcesses(job)) {
    if (Date.now() > until) return false;
    for (const pid of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
    await sleep(10);
  }
  return true;
}
