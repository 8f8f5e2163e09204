/** Search over notebooks by SQLite's FTS5: names and sources, not outputs. */
import type { DatabaseSync } from "node:sqlite";
import { orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import type * as Y from "yjs";

const MAX_RESULTS = 50;
const MAX_WORDS = 12;

/** A notebook that was found. */
export interface Found {
  readonly notebook: string;
  readonly project: string;
  readonly name: string;
  readonly updated_ms: number;
  /** Text around the first place; what was found is between U+0002 and U+0003. */
  readonly snippet: string;
}

/** The index of one database. */
export class Search {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes a notebook in, in place of what was known of it. */
  index(notebook: string, name: string, doc: Y.Doc): void {
    const text = orderedCells(doc)
      .map(({ source }) => source.toString())
      .join("\n\n");
    const old = this.#database
      .prepare("SELECT rowid AS id, name, text FROM notebook_search WHERE notebook = ?")
      .get(notebook);
    if (old?.name === name && old.text === text) return;
    if (old) this.#database.prepare("DELETE FROM notebook_search WHERE rowid = ?").run(Number(old.id));
    this.#database.prepare("INSERT INTO notebook_search VALUES (?, ?, ?)").run(notebook, name, text);
  }

  /**
   * Notebooks that have all the words, or words that begin so; the best first.
   * @param owner whose projects are looked through
   * @param shared ids of notebooks and projects of others besides
   */
  find(
    words: string,
    owner: string,
    shared: { readonly notebooks: readonly string[]; readonly projects: readonly string[] },
  ): Found[] {
    const wanted = words.match(/[\p{L}\p{N}_]+/gu)?.slice(0, MAX_WORDS) ?? [];
    if (wanted.length === 0) return [];
    return this.#database
      .prepare(
        `SELECT notebooks.id, notebooks.project, notebooks.name, notebooks.updated_ms,
           snippet(notebook_search, -1, char(2), char(3), '…', 16) AS snippet
         FROM notebook_search JOIN notebooks ON notebooks.id = notebook_search.notebook
         JOIN projects ON projects.id = notebooks.project
         WHERE notebook_search MATCH ?1
           AND (projects.owner = ?2 OR notebooks.id IN (SELECT value FROM json_each(?3))
             OR notebooks.project IN (SELECT value FROM json_each(?4)))
         ORDER BY bm25(notebook_search, 0, 5, 1) LIMIT ?5`,
      )
      .all(
        wanted.map((word) => `"${word}"*`).join(" "),
        owner,
        JSON.stringify(shared.notebooks),
        JSON.stringify(shared.projects),
        MAX_RESULTS,
      )
      .map((row) => ({
        notebook: String(row.id),
        project: String(row.project),
        name: String(row.name),
        updated_ms: Number(row.updated_ms),
        snippet: String(row.snippet),
      }));
  }
}
