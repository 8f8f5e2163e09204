/**
 * What a kernel's folder keeps of its executions: `runs/<execution>.json` where it stands, `.jsonl` its log, `.full.txt` all of its
 * text when the log was too small, `.copied` how many items the relay has. The keeper writes the first three while it lives, the
 * node the last; a file is replaced whole, so that a kill at any moment leaves the old one or the new one.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { ExecutionState, ExecutionStatus, OutputItem } from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";

/** Names of executions: also names of files. */
export const EXECUTION_ID = /^[A-Za-z0-9-]{1,64}$/;

const Record = v.object({
  execution: v.pipe(v.string(), v.regex(EXECUTION_ID)),
  cell: v.string(),
  code: v.string(),
  /** Order in which they were asked for. */
  seq: v.number(),
  state: v.picklist(["queued", "running", "done", "failed", "cancelled", "lost"]),
  queued_ms: v.number(),
  execution_count: v.optional(v.number()),
  started_ms: v.optional(v.number()),
  ended_ms: v.optional(v.number()),
  items: v.optional(v.number(), 0),
});

/** One execution as it is kept. */
export type ExecutionRecord = v.InferOutput<typeof Record>;

/** States from which an execution does not come back. */
export const OVER: ReadonlySet<ExecutionState> = new Set(["done", "failed", "cancelled", "lost"]);

/** How long a log stays that the relay has. */
const KEPT_MS = 24 * 3600_000;

/** Files of one kernel's executions. */
export class ExecutionStore {
  readonly #folder: string;

  /** @param folder the kernel's folder */
  constructor(folder: string) {
    this.#folder = join(folder, "runs");
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Path of one of an execution's files. */
  file(execution: string, kind: "json" | "jsonl" | "full.txt" | "copied"): string {
    return join(this.#folder, `${execution}.${kind}`);
  }

  /** All executions, in the order in which they were asked for. */
  load(): ExecutionRecord[] {
    const records: ExecutionRecord[] = [];
    for (const name of readdirSync(this.#folder)) {
      if (!name.endsWith(".json")) continue;
      let json: unknown;
      try {
        json = JSON.parse(readFileSync(join(this.#folder, name), "utf8"));
      } catch {
        // Not ours, or a disk that was full: what cannot be read is not an execution.
        continue;
      }
      const read = v.safeParse(Record, json);
      if (read.success) records.push(read.output);
    }
    return records.sort((a, b) => a.seq - b.seq);
  }

  save(record: ExecutionRecord): void {
    const file = this.file(record.execution, "json");
    writeFileSync(`${file}.next`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.next`, file);
  }

  /** Items of the log that the relay has acknowledged; undefined for never. */
  copied(execution: string): number | undefined {
    try {
      return Number(readFileSync(this.file(execution, "copied"), "utf8"));
    } catch {
      return undefined;
    }
  }

  setCopied(execution: string, items: number): void {
    writeFileSync(this.file(execution, "copied"), String(items), { mode: 0o600 });
  }

  /**
   * Forgets what the relay has and nobody will ask for here: over for a day, and acknowledged whole.
   * @returns the executions that are gone
   */
  prune(records: Iterable<ExecutionRecord>, now = Date.now()): string[] {
    const gone: string[] = [];
    for (const { execution, state, ended_ms, items } of records) {
      if (!OVER.has(state) || now - (ended_ms ?? now) < KEPT_MS) continue;
      if (this.copied(execution) !== items) continue;
      this.remove(execution);
      gone.push(execution);
    }
    return gone;
  }

  remove(execution: string): void {
    for (const kind of ["json", "jsonl", "full.txt", "copied"] as const)
      rmSync(this.file(execution, kind), { force: true });
  }
}

/** What pages are told of an execution. */
export function statusOf(record: ExecutionRecord, position?: number): ExecutionStatus {
  const { execution, cell, state, execution_count, started_ms, ended_ms, items } = record;
  return {
    type: "execution",
    execution,
    cell,
    state,
    items,
    ...(position !== undefined && { position }),
    ...(execution_count !== undefined && { execution_count }),
    ...(started_ms !== undefined && { started_ms }),
    ...(ended_ms !== undefined && { ended_ms }),
  };
}

/** Reads a log from its beginning, a piece at a time; a line that is still being written is left for the next time. */
export class LogReader {
  readonly #file: string;
  #offset = 0;
  #item = 0;
  #rest: Buffer = Buffer.alloc(0);

  /** @param file a `.jsonl` file, which may not exist yet */
  constructor(file: string) {
    this.#file = file;
  }

  /** Number of the item that comes next. */
  get next(): number {
    return this.#item;
  }

  /** The next items, about `bytes` of them; none at the end. */
  read(bytes = 256 * 1024): OutputItem[] {
    let handle: number;
    try {
      handle = openSync(this.#file, "r");
    } catch {
      return [];
    }
    const items: OutputItem[] = [];
    try {
      while (items.length === 0) {
        const piece = Buffer.allocUnsafe(bytes);
        const got = readSync(handle, piece, 0, bytes, this.#offset);
        if (got === 0) break;
        this.#offset += got;
        this.#rest = Buffer.concat([this.#rest, piece.subarray(0, got)]);
        const end = this.#rest.lastIndexOf(10) + 1;
        for (const line of this.#rest.subarray(0, end).toString().split("\n")) {
          if (line === "") continue;
          items.push(JSON.parse(line) as OutputItem);
          this.#item += 1;
        }
        this.#rest = Buffer.from(this.#rest.subarray(end));
      }
    } finally {
      closeSync(handle);
    }
    return items;
  }

  /** Goes on behind item `item`, which this reader has not read yet. */
  skipTo(item: number): void {
    while (this.#item < item) {
      // A piece may hold more than is to be skipped: then the reader begins again behind just enough lines.
      if (this.#skipLines(item - this.#item) === 0) return;
    }
  }

  #skipLines(count: number): number {
    let handle: number;
    try {
      handle = openSync(this.#file, "r");
    } catch {
      return 0;
    }
    try {
      const piece = Buffer.allocUnsafe(256 * 1024);
      const got = readSync(handle, piece, 0, piece.byteLength, this.#offset);
      let at = 0;
      let lines = 0;
      while (lines < count) {
        const end = piece.subarray(at, got).indexOf(10);
        if (end < 0) break;
        at += end + 1;
        lines += 1;
      }
      // What was read of the first of them is passed over, too.
      this.#rest = Buffer.alloc(0);
      // A line longer than a piece is passed over piece by piece; only its end counts.
      if (lines < count) at = got;
      this.#offset += at;
      this.#item += lines;
      return at;
    } finally {
      closeSync(handle);
    }
  }
}

/** All items of a log. */
export function readLog(file: string): OutputItem[] {
  const reader = new LogReader(file);
  const all: OutputItem[] = [];
  for (;;) {
    const items = reader.read(1 << 20);
    if (items.length === 0) return all;
    all.push(...items);
  }
}
