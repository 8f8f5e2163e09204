/** What a keeper is told when it starts, in a file that only the node's user can read. */
import { readFileSync } from "node:fs";
import * as v from "valibot";

/** A keeper's orders. */
export const KeeperConfig = v.object({
  /** The kernel's folder: executions, logs, keeper.json. */
  folder: v.string(),
  notebook: v.string(),
  spec: v.object({
    name: v.string(),
    language: v.string(),
    /** With `{connection_file}`. */
    argv: v.array(v.string()),
    env: v.record(v.string(), v.string()),
    interrupt: v.picklist(["signal", "message"]),
  }),
  home: v.string(),
  work: v.string(),
  readOnly: v.array(v.string()),
  hidden: v.array(v.string()),
  /** Where it writes arrays for viewers. */
  arrays: v.string(),
  sandbox: v.boolean(),
  processes: v.number(),
  /** The kernel's processes together; it is ended beyond. 0: no limit. */
  memoryBytes: v.number(),
  /** Ends with its first connection, and after this long: for runs that belong to nobody's notebook. */
  fresh: v.optional(v.object({ limitMs: v.number() })),
});
export type KeeperConfig = v.InferOutput<typeof KeeperConfig>;

/** How a node finds a keeper again. */
export const KeeperEntry = v.object({
  pid: v.number(),
  /** Start of the process in clock ticks since boot: a pid that was given to another process is not taken for it. */
  start: v.string(),
  socket: v.string(),
  runtime: v.string(),
  spec: v.string(),
});
export type KeeperEntry = v.InferOutput<typeof KeeperEntry>;

/** Field 22 of /proc/PID/stat: empty when there is no such process, or only what its parent has not buried yet. */
export function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
  } catch {
    return "";
  }
}
