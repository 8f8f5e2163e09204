/**
 * The session's memory beyond its process: a snapshot and, after it, one JSON line for each thing that happened. A line
 * is written whole before its effect is announced; a torn last line (kill -9 while writing) is dropped on reading.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Scene, SceneOp, View } from "@eyepiece/protocol/scene/schema.ts";
import type { PaintedState } from "./label-store.ts";
import type { TableVersions } from "./table-store.ts";

/** Data that were opened: enough to open them again under the same source names. */
export interface OpenedRecord {
  readonly uri: string;
  /** Names of the sources, in the order in which the reader delivers them. */
  readonly sources: readonly string[];
}

/** One line. */
export type JournalEntry =
  | { readonly t: "open"; readonly opened: OpenedRecord }
  | {
      readonly t: "ops";
      readonly ops: readonly SceneOp[];
      readonly merge: string;
      /** A layer that undo never brings back. */
      readonly forGood?: string;
    }
  | { readonly t: "undo"; readonly redo: boolean }
  /** A table came; its file has version 0. */
  | { readonly t: "table"; readonly id: string }
  | { readonly t: "view"; readonly id: string; readonly view: View };

/** Everything up to the snapshot. */
export interface Snapshot {
  readonly scene: Scene;
  readonly opened: readonly OpenedRecord[];
  readonly views: Readonly<Record<string, View>>;
  /** The version of each table that goes with the scene. */
  readonly tables?: TableVersions;
  /** What is painted, by source. */
  readonly labels?: Readonly<Record<string, PaintedState>>;
}

/** Lines after which a new snapshot is worth its time. */
export const COMPACT_LINES = 5000;

/** A session's folder on disk. Writes are synchronous: an entry that was announced is never lost with the process. */
export class Journal {
  readonly #lines: string;
  readonly #snapshot: string;
  #count = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#lines = join(folder, "journal.jsonl");
    this.#snapshot = join(folder, "snapshot.json");
  }

  /** Lines since the snapshot. */
  get length(): number {
    return this.#count;
  }

  /** Reads what was written, and mends a torn end so that the next line starts on its own. */
  read(): { snapshot: Snapshot | undefined; entries: JournalEntry[] } {
    const snapshot = existsSync(this.#snapshot)
      ? (JSON.parse(readFileSync(this.#snapshot, "utf8")) as Snapshot & { lines: number })
      : undefined;
    if (!existsSync(this.#lines)) return { snapshot, entries: [] };
    const text = readFileSync(this.#lines, "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) truncateSync(this.#lines, Buffer.byteLength(whole));
    const entries = whole
      .split("\n")
      .filter((line) => line !== "")
      // A snapshot names the generation of lines that follow it; older lines are already in it.
      .map((line) => JSON.parse(line) as JournalEntry & { g?: number })
      .filter((entry) => (entry.g ?? 0) >= (snapshot?.lines ?? 0));
    this.#generation = snapshot?.lines ?? 0;
    this.#count = entries.length;
    return { snapshot, entries };
  }

  #generation = 0;

  /** Adds one line. */
  write(entry: JournalEntry): void {
    appendFileSync(this.#lines, `${JSON.stringify({ ...entry, g: this.#generation })}\n`);
    this.#count += 1;
  }

  /** Replaces all lines by a snapshot; a kill between the two steps leaves lines that the snapshot outdates. */
  compact(snapshot: Snapshot): void {
    this.#generation += 1;
    const next = `${this.#snapshot}.next`;
    writeFileSync(next, JSON.stringify({ ...snapshot, lines: this.#generation }));
    renameSync(next, this.#snapshot);
    truncateSync(this.#lines, 0);
    this.#count = 0;
  }
}
