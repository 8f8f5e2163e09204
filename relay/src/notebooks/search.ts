/** Search over notebooks by SQLite's FTS5: names and sources, not outputs. */
import type { DatabaseSync } from "node:sqlite";
import { orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import * as v from "valibot";
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
  /** The cell of the first of these places, and its line there, from 1; absent where they are in the name. */
  readonly cell?: string;
  readonly line?: number;
}

/** What stands between two cells. */
const BETWEEN = "\n\n";
const Cells = v.array(v.tuple([v.string(), v.number()]));

/** The index of one database. */
export class Search {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes a notebook in, in place of what was known of it. */
  index(notebook: string, name: string, doc: Y.Doc): void {
    const cells = orderedCells(doc).map(({ id, source }) => ({ id, text: source.toString() }));
    const text = cells.map((cell) => cell.text).join(BETWEEN);
    // SQLite counts characters, and not UTF-16's halves of some.
    const lengths = JSON.stringify(cells.map((cell) => [cell.id, [...cell.text].length]));
    const old = this.#database
      .prepare(
        `SELECT notebook_search.rowid AS id, name, text, cells FROM notebook_search
         LEFT JOIN searched_cells ON searched_cells.notebook = notebook_search.notebook
         WHERE notebook_search.notebook = ?`,
      )
      .get(notebook);
    if (old?.cells !== lengths)
      this.#database.prepare("INSERT OR REPLACE INTO searched_cells VALUES (?, ?)").run(notebook, lengths);
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
        `SELECT notebook_search.rowid AS row, cells, notebooks.id, notebooks.project, notebooks.name, notebooks.updated_ms,
           snippet(notebook_search, -1, char(2), char(3), '…', 16) AS snippet
         FROM notebook_search JOIN notebooks ON notebooks.id = notebook_search.notebook
         JOIN projects ON projects.id = notebooks.project
         LEFT JOIN searched_cells ON searched_cells.notebook = notebooks.id
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
        ...this.#place(Number(row.row), row.cells, String(row.snippet)),
      }));
  }

  /** Where the text of a snippet stands. */
  #place(row: number, cells: unknown, snippet: string): { cell: string; line: number } | undefined {
    const [before = ""] = snippet.split("\u0002");
    const around = snippet.replaceAll("\u0002", "").replaceAll("\u0003", "").replaceAll(/^…|…$/gu, "");
    const begun = typeof cells === "string" ? v.safeParse(Cells, JSON.parse(cells)) : undefined;
    if (!begun?.success || around === "") return undefined;
    const found = this.#database
      .prepare("SELECT instr(text, ?) AS at FROM notebook_search WHERE rowid = ?")
      .get(around, row);
    if (!found || Number(found.at) === 0) return undefined;
    const at = Number(found.at) - 1 + [...before.replace(/^…/u, "")].length;
    let start = 0;
    for (const [cell, length] of begun.output) {
      if (at < start + length) {
        const above = this.#database
          .prepare("SELECT substr(text, ?, ?) AS above FROM notebook_search WHERE rowid = ?")
          .get(start + 1, at - start, row);
        return { cell, line: String(above?.above ?? "").split("\n").length };
      }
      start += length + BETWEEN.length;
    }
    return undefined;
  }
}
