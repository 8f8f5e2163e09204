/** Runs of cells: a row each, and their outputs as a blob. */
import type { DatabaseSync } from "node:sqlite";
import { type NotebookOutput, toOutputs } from "@eyepiece/protocol/notebook/nbformat.ts";
import { type Blobs, blobName } from "./blobs.ts";

const WRITES_AT_ONCE = 16;

/** One run. */
export interface ExecutionRow {
  readonly id: string;
  readonly cell: string;
  readonly state: string;
  readonly execution_count: number | null;
  readonly started_ms: number | null;
  readonly ended_ms: number | null;
  /** Null: it left no outputs, or they are not here yet. */
  readonly blob: string | null;
  readonly bytes: number;
}

/** A run and whose it is. */
export interface ExecutionRecord extends ExecutionRow {
  readonly notebook: string;
  readonly node: string;
}

/** The runs of one database. */
export class Executions {
  readonly #database: DatabaseSync;
  readonly #blobs: Blobs;
  /** Blobs that are soon in a row: a deletion of the last row that had them must not take them. */
  readonly #pinned = new Map<string, number>();

  constructor(database: DatabaseSync, blobs: Blobs) {
    this.#database = database;
    this.#blobs = blobs;
  }

  /** All runs of a notebook, the oldest first. */
  list(notebook: string): ExecutionRow[] {
    return this.#database
      .prepare("SELECT * FROM executions WHERE notebook = ? ORDER BY COALESCE(started_ms, updated_ms), id")
      .all(notebook)
      .map(rowOf);
  }

  find(id: string): ExecutionRecord | undefined {
    const row = this.#database.prepare("SELECT * FROM executions WHERE id = ?").get(id);
    return row && { ...rowOf(row), notebook: String(row.notebook), node: String(row.node) };
  }

  /** Adds or replaces a row. Call once its blob is on disk. */
  put(record: ExecutionRecord): void {
    const { id, notebook, cell, node, state, execution_count, started_ms, ended_ms, blob, bytes } = record;
    this.#database
      .prepare(
        `INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET cell = excluded.cell, state = excluded.state,
           execution_count = excluded.execution_count, started_ms = excluded.started_ms, ended_ms = excluded.ended_ms,
           blob = excluded.blob, bytes = excluded.bytes, updated_ms = excluded.updated_ms`,
      )
      .run(id, notebook, cell, node, state, execution_count, started_ms, ended_ms, blob, bytes, Date.now());
  }

  /** Keeps outputs while `use` puts them in rows. @returns what `use` does */
  async withOutputs<T>(
    outputs: readonly (readonly NotebookOutput[])[],
    use: (blobs: readonly { readonly blob: string | null; readonly bytes: number }[]) => T,
  ): Promise<T> {
    const kept: { readonly blob: string | null; readonly bytes: number }[] = [];
    const writes: (() => Promise<unknown>)[] = [];
    for (const one of outputs) {
      if (one.length === 0) {
        kept.push({ blob: null, bytes: 0 });
        continue;
      }
      const bytes = Buffer.from(JSON.stringify(one));
      const blob = blobName(bytes);
      this.#pinned.set(blob, (this.#pinned.get(blob) ?? 0) + 1);
      kept.push({ blob, bytes: bytes.byteLength });
      writes.push(() => this.#blobs.put(bytes));
    }
    try {
      // Each waits for the disk, so that several go at once.
      for (let at = 0; at < writes.length; at += WRITES_AT_ONCE) {
        const done = await Promise.allSettled(writes.slice(at, at + WRITES_AT_ONCE).map((write) => write()));
        for (const result of done) if (result.status === "rejected") throw result.reason;
      }
      return use(kept);
    } finally {
      for (const { blob } of kept) if (blob !== null) this.#unpin(blob);
    }
  }

  #unpin(blob: string): void {
    const left = (this.#pinned.get(blob) ?? 1) - 1;
    if (left > 0) this.#pinned.set(blob, left);
    else this.#pinned.delete(blob);
  }

  /** The outputs of a run; undefined where they are not here. */
  async outputsOf({ blob, state }: ExecutionRow): Promise<NotebookOutput[] | undefined> {
    if (blob === null) return state === "queued" || state === "running" ? undefined : [];
    const bytes = await this.#blobs.get(blob);
    return bytes && toOutputs(JSON.parse(bytes.toString("utf8")));
  }

  /** Whether a run of this notebook has this blob. */
  has(notebook: string, blob: string): boolean {
    const row = this.#database
      .prepare("SELECT 1 FROM executions WHERE notebook = ? AND blob = ?")
      .get(notebook, blob);
    return row !== undefined;
  }

  /**
   * Forgets runs of a notebook from before `before` that are shown neither in it nor in a version. Undoing a clearing of outputs,
   * and pages that were offline, find newer ones.
   * @param shown ids as a JSON list
   * @returns their blobs, to be swept
   */
  prune(notebook: string, shown: string, before: number): string[] {
    const gone = this.#database
      .prepare(
        `DELETE FROM executions WHERE notebook = ?1 AND updated_ms < ?2
           AND id NOT IN (SELECT value FROM json_each(?3))
           AND id NOT IN (SELECT runs.value FROM notebook_versions AS versions, json_each(versions.runs) AS runs
             WHERE versions.notebook = ?1)
         RETURNING blob`,
      )
      .all(notebook, before, shown);
    return [...new Set(gone.flatMap(({ blob }) => (typeof blob === "string" ? [blob] : [])))];
  }

  /** Blobs of a notebook's runs. */
  blobsOf(notebook: string): string[] {
    const rows = this.#database
      .prepare("SELECT DISTINCT blob FROM executions WHERE notebook = ? AND blob IS NOT NULL")
      .all(notebook);
    return rows.map((row) => String(row.blob));
  }

  /** Removes those of these blobs that no row has any more. */
  async sweep(blobs: readonly string[]): Promise<void> {
    const used = this.#database.prepare("SELECT 1 FROM executions WHERE blob = ? LIMIT 1");
    for (const blob of blobs) {
      if (!this.#pinned.has(blob) && used.get(blob) === undefined) await this.#blobs.remove(blob);
    }
  }
}

function rowOf(row: Record<string, unknown>): ExecutionRow {
  const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return {
    id: String(row.id),
    cell: String(row.cell),
    state: String(row.state),
    execution_count: number(row.execution_count),
    started_ms: number(row.started_ms),
    ended_ms: number(row.ended_ms),
    blob: typeof row.blob === "string" ? row.blob : null,
    bytes: Number(row.bytes),
  };
}
