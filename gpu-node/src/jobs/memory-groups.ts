/**
 * Memory bounds of programs, by cgroup v2: where a program takes more, the kernel ends all of it and nothing else. It takes a group that
 * the node may divide: systemd's `Delegate=yes`, or a container with a writable one. Where there is none, programs are not bounded.
 * Facts: the kernel's Documentation/admin-guide/cgroup-v2.rst, "No Internal Process Constraint" and "Memory".
 */
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";

/** The group that the node itself moves to: one with processes of its own cannot be divided. */
const OWN = "eyepiece-node";
const JOB = "eyepiece-job-";
const FOR_THE_NODE = 2 * 1024 ** 3;

/** Where the kernel shows groups, and how it tells of processes; other folders in tests. */
export interface CgroupFiles {
  readonly root: string;
  readonly self: string;
  /** The parent of a process; undefined for one that is gone. */
  readonly parentOf: (pid: number) => number | undefined;
}

const KERNEL: CgroupFiles = {
  root: "/sys/fs/cgroup",
  self: "/proc/self/cgroup",
  parentOf: (pid) => {
    try {
      // The name before it may hold anything, parentheses too.
      const after = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "";
      return Number(after.split(" ")[1]);
    } catch {
      return undefined;
    }
  },
};

/** A program's group. */
export class MemoryGroup {
  readonly #folder: string;
  readonly bytes: number;

  constructor(folder: string, bytes: number) {
    this.#folder = folder;
    this.bytes = bytes;
  }

  /** A command that enters the group before it becomes the given one: nothing that it starts is outside. */
  entering(command: string, args: readonly string[]): { readonly command: string; readonly args: string[] } {
    const enter = 'echo $$ > "$0" && exec "$@"';
    return { command: "/bin/sh", args: ["-c", enter, join(this.#folder, "cgroup.procs"), command, ...args] };
  }

  /** Whether the kernel has ended something in it for its memory. */
  get overrun(): boolean {
    try {
      const events = readFileSync(join(this.#folder, "memory.events"), "utf8");
      return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0) > 0;
    } catch {
      return false;
    }
  }

  /** Removes it. Its processes must be gone. */
  remove(): void {
    try {
      rmdirSync(this.#folder);
    } catch {
      // One that is left is empty, and taken again when the job goes on.
    }
  }
}

/** The groups below the node's own. */
export class MemoryGroups {
  readonly #folder: string;
  readonly #bytes: number;

  private constructor(folder: string, bytes: number) {
    this.#folder = folder;
    this.#bytes = bytes;
  }

  /**
   * Divides this process's group.
   * @param bytes that each program may take
   * @returns undefined where there is no cgroup v2, where it cannot be written, or where others' processes are in it
   */
  static open(bytes: number, files: CgroupFiles = KERNEL): MemoryGroups | undefined {
    try {
      const path = /^0::(\/.*)$/m.exec(readFileSync(files.self, "utf8"))?.[1];
      if (path === undefined) return undefined;
      let folder = join(files.root, path);
      // A node that is opened a second time in one process has moved already.
      if (folder.endsWith(`/${OWN}`)) folder = join(folder, "..");
      if (!words(join(folder, "cgroup.controllers")).includes("memory")) return undefined;
      for (const file of [folder, join(folder, "cgroup.procs"), join(folder, "cgroup.subtree_control")])
        accessSync(file, constants.W_OK);
      const inside = words(join(folder, "cgroup.procs")).map(Number);
      if (!inside.every((pid) => isOurs(pid, files))) return undefined;
      mkdirSync(join(folder, OWN), { recursive: true });
      for (const pid of inside) writeFileSync(join(folder, OWN, "cgroup.procs"), String(pid));
      if (!words(join(folder, "cgroup.subtree_control")).includes("memory"))
        writeFileSync(join(folder, "cgroup.subtree_control"), "+memory");
      return new MemoryGroups(folder, bytes);
    } catch {
      return undefined;
    }
  }

  /** A group for a job's program; undefined where the kernel gives none any more: a job is worth more than its bound. */
  make(job: string): MemoryGroup | undefined {
    const folder = join(this.#folder, `${JOB}${job}`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "memory.max"), String(this.#bytes));
      // Half of a program is of no use to anybody.
      writeFileSync(join(folder, "memory.oom.group"), "1");
    } catch {
      return undefined;
    }
    return new MemoryGroup(folder, this.#bytes);
  }
}

/** Bytes that one program may take: all that this machine or container has, but some for the node; at least half. */
export function memoryOfOne(): number {
  const bound = process.constrainedMemory();
  const all = bound > 0 ? Math.min(bound, totalmem()) : totalmem();
  return Math.max(Math.floor(all / 2), all - FOR_THE_NODE);
}

function words(file: string): string[] {
  return readFileSync(file, "utf8").split(/\s+/).filter(Boolean);
}

/** Whether a process is this one or comes from it. */
function isOurs(pid: number, { parentOf }: CgroupFiles): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parentOf(at))
    if (at === process.pid) return true;
  // One that has just ended is nobody's.
  return parentOf(pid) === undefined;
}
