/** The history of notebooks: states of the document, named by people or made by themselves while somebody works. */
import type { DatabaseSync } from "node:sqlite";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  applyCells,
  type CellInput,
  notebookOf,
  orderedCells,
} from "@eyepiece/protocol/notebook/document.ts";
import { isObject, type JsonObject, plainObject } from "@eyepiece/protocol/notebook/json.ts";
import { setEntries } from "@eyepiece/protocol/notebook/operations.ts";
import * as Y from "yjs";
import { newId } from "../accounts/secrets.ts";

/** While somebody works a version is made this often. */
const EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Those without a name are kept all for a day, then one a day, and go after this many days. */
const KEEP_DAYS = 90;

/** One version. */
export interface VersionRow {
  readonly id: string;
  /** Empty where nobody named it. */
  readonly name: string;
  /** Name of the person who made it; empty where it was made by itself. */
  readonly author: string;
  readonly created_ms: number;
}

/** Versions in the database. */
export class Versions {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Keeps the document as it is; for good, unless its name is null. @returns the version's id */
  add(notebook: string, doc: Y.Doc, name: string | null, author: string | null, now = Date.now()): string {
    const id = newId();
    this.#database
      .prepare("INSERT INTO notebook_versions VALUES (?, ?, ?, ?, ?, ?, ?)")
      .run(id, notebook, name, author, now, deflateRawSync(Y.encodeStateAsUpdate(doc)), runsOf(doc));
    return id;
  }

  /** The newest first. */
  list(notebook: string): VersionRow[] {
    return this.#database
      .prepare(
        "SELECT id, name, author, created_ms FROM notebook_versions WHERE notebook = ? ORDER BY created_ms DESC, rowid DESC",
      )
      .all(notebook)
      .map((row) => ({
        id: String(row.id),
        name: typeof row.name === "string" ? row.name : "",
        author: typeof row.author === "string" ? row.author : "",
        created_ms: Number(row.created_ms),
      }));
  }

  /** The document of a version; undefined when this notebook has none of that id. */
  open(notebook: string, id: string): Y.Doc | undefined {
    const row = this.#database
      .prepare("SELECT state FROM notebook_versions WHERE notebook = ? AND id = ?")
      .get(notebook, id);
    if (!(row?.state instanceof Uint8Array)) return undefined;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, inflateRawSync(row.state));
    return doc;
  }

  /** Somebody worked on it: makes a version where the last is some time ago. @returns whether it did */
  settled(notebook: string, doc: Y.Doc, now = Date.now()): boolean {
    const row = this.#database
      .prepare("SELECT MAX(created_ms) AS at FROM notebook_versions WHERE notebook = ?")
      .get(notebook);
    if (typeof row?.at === "number" && now - row.at < EVERY_MS) return false;
    this.add(notebook, doc, null, null, now);
    this.#thin(notebook, now);
    return true;
  }

  #thin(notebook: string, now: number): void {
    const rows = this.#database
      .prepare(
        "SELECT id, created_ms FROM notebook_versions WHERE notebook = ? AND name IS NULL AND created_ms < ? ORDER BY created_ms DESC",
      )
      .all(notebook, now - DAY_MS);
    const days = new Set<number>();
    const remove = this.#database.prepare("DELETE FROM notebook_versions WHERE id = ?");
    for (const { id, created_ms } of rows) {
      const age = Math.floor((now - Number(created_ms)) / DAY_MS);
      if (age > KEEP_DAYS || days.has(age)) remove.run(String(id));
      days.add(age);
    }
  }
}

/** Ids of the runs that a document's cells show, as a JSON list. */
export function runsOf(doc: Y.Doc): string {
  return JSON.stringify(orderedCells(doc).flatMap(({ execution }) => (execution ? [execution.id] : [])));
}

/** Makes a document what another is, by the least change. Call within a transaction. */
export function restore(doc: Y.Doc, from: Y.Doc): void {
  applyCells(doc, orderedCells(from).map(inputOf));
  const [own, wanted] = [notebookOf(doc), notebookOf(from)];
  const entries = (map: Y.Map<unknown>): JsonObject => {
    const metadata = map.get("metadata");
    return plainObject(metadata instanceof Y.Map ? metadata.toJSON() : metadata);
  };
  const gone = Object.keys(entries(own)).map((key) => [key, undefined]);
  setEntries(own, "metadata", { ...Object.fromEntries(gone), ...entries(wanted) });
}

function inputOf({
  id,
  type,
  source,
  metadata,
  execution,
  map,
}: ReturnType<typeof orderedCells>[number]): CellInput {
  const object = (key: string): JsonObject | null => {
    const value = map.get(key);
    return isObject(value) ? plainObject(value) : null;
  };
  return {
    id,
    cell_type: type,
    source: source.toString(),
    metadata,
    execution: execution ?? null,
    attachments: object("attachments"),
    extra: object("extra") ?? {},
  };
}
