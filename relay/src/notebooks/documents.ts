/** Documents on disk: one merged state for each notebook and a log of updates after it, each there before anyone is told of it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import * as Y from "yjs";

/** A log this long is merged: loading applies its updates one by one. */
const MAX_UPDATES = 1000;
/** Bytes of log that are merged at the latest; more for large states, so that merging stays rare. */
const MAX_LOG_BYTES = 256 * 1024;

/** How long a notebook's log is. */
export interface LogSize {
  updates: number;
  bytes: number;
  /** Of the merged state. */
  state: number;
}

/** States and logs in the database. */
export class DocumentStore {
  readonly #database: DatabaseSync;
  readonly #append: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#append = database.prepare("INSERT INTO notebook_updates (notebook, data) VALUES (?, ?)");
  }

  /** Fills a document. @returns undefined where there is no such notebook */
  load(notebook: string, doc: Y.Doc): LogSize | undefined {
    const row = this.#database.prepare("SELECT state FROM notebook_states WHERE notebook = ?").get(notebook);
    if (!(row?.state instanceof Uint8Array)) return undefined;
    const state = row.state;
    const size: LogSize = { updates: 0, bytes: 0, state: state.byteLength };
    const updates = this.#database
      .prepare("SELECT data FROM notebook_updates WHERE notebook = ? ORDER BY seq")
      .all(notebook);
    doc.transact(() => {
      Y.applyUpdate(doc, state);
      for (const { data } of updates) {
        if (!(data instanceof Uint8Array)) continue;
        Y.applyUpdate(doc, data);
        size.updates++;
        size.bytes += data.byteLength;
      }
    });
    return size;
  }

  /** The first state of a notebook. Call in the transaction that makes its row. */
  create(notebook: string, doc: Y.Doc): void {
    this.#database
      .prepare("INSERT INTO notebook_states VALUES (?, ?)")
      .run(notebook, Y.encodeStateAsUpdate(doc));
  }

  /** Keeps one update. It is on disk, as far as a kill of the process goes, when this returns. @throws as the database does */
  append(notebook: string, update: Uint8Array, size: LogSize): void {
    this.#append.run(notebook, update);
    size.updates++;
    size.bytes += update.byteLength;
  }

  /** Whether the log should be merged. */
  isLong({ updates, bytes, state }: LogSize): boolean {
    return updates >= MAX_UPDATES || bytes > Math.max(MAX_LOG_BYTES, state / 2);
  }

  /** Merges the log into the state: both as before, or both as after. @throws as the database does */
  compact(notebook: string, doc: Y.Doc, size: LogSize): void {
    const state = Y.encodeStateAsUpdate(doc);
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      this.#database.prepare("UPDATE notebook_states SET state = ? WHERE notebook = ?").run(state, notebook);
      this.#database.prepare("DELETE FROM notebook_updates WHERE notebook = ?").run(notebook);
      this.#database.exec("COMMIT");
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw cause;
    }
    size.updates = 0;
    size.bytes = 0;
    size.state = state.byteLength;
  }
}
