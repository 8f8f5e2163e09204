/** A kernel's processes as /proc tells of them. */
import { readdirSync, readFileSync } from "node:fs";

/** Pids of a process' children. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
        .trim()
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    // It ended while it was looked at.
    return [];
  }
}

/** A process and everything that it started. */
export function treeOf(pid: number): number[] {
  const all = [pid];
  for (const one of all) all.push(...childrenOf(one));
  return all;
}

/** What processes use. */
export interface Usage {
  readonly memoryBytes: number;
  /** Clock ticks (hundredths of a second) of all of them, since they began. */
  readonly ticks: number;
}

const PAGE = 4096;

/** Resident bytes and processor time. Shared pages of forked processes count once each: an upper bound. */
export function usageOf(pids: readonly number[]): Usage {
  let memoryBytes = 0;
  let ticks = 0;
  for (const pid of pids) {
    try {
      const [, resident = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
      memoryBytes += Number(resident) * PAGE;
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    } catch {
      // It ended while it was looked at.
    }
  }
  return { memoryBytes, ticks };
}
