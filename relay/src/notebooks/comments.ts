/** What people say about cells: one thread a cell, beside the document, so that who may comment need not be one who may edit. */

import type { DatabaseSync } from "node:sqlite";
import type { Comment } from "@eyepiece/protocol/notebook/comment.ts";
import { newId } from "../accounts/secrets.ts";

/** Most comments of one notebook. */
export const MOST_COMMENTS = 5000;

/** Comments of all notebooks. */
export class Comments {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Of one notebook, the oldest first. */
  list(notebook: string): Comment[] {
    return this.#database
      .prepare(
        `SELECT id, cell, author, author_name, text, created_ms, edited_ms, resolved_ms FROM comments
         WHERE notebook = ? ORDER BY created_ms, rowid`,
      )
      .all(notebook) as unknown as Comment[];
  }

  find(notebook: string, id: string): Comment | undefined {
    return this.list(notebook).find((comment) => comment.id === id);
  }

  /** Adds one; its thread is open again. */
  add(
    notebook: string,
    cell: string,
    author: { readonly id: string; readonly name: string },
    text: string,
  ): Comment {
    const id = newId();
    const now = Date.now();
    this.#database
      .prepare("UPDATE comments SET resolved_ms = NULL WHERE notebook = ? AND cell = ?")
      .run(notebook, cell);
    this.#database
      .prepare(
        "INSERT INTO comments (id, notebook, cell, author, author_name, text, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(id, notebook, cell, author.id, author.name, text, now);
    const { id: authorId, name } = author;
    return {
      id,
      cell,
      author: authorId,
      author_name: name,
      text,
      created_ms: now,
      edited_ms: null,
      resolved_ms: null,
    };
  }

  change(id: string, text: string): void {
    this.#database
      .prepare("UPDATE comments SET text = ?, edited_ms = ? WHERE id = ?")
      .run(text, Date.now(), id);
  }

  remove(id: string): void {
    this.#database.prepare("DELETE FROM comments WHERE id = ?").run(id);
  }

  /** Settles a cell's thread, or opens it again. */
  resolve(notebook: string, cell: string, resolved: boolean): void {
    this.#database
      .prepare("UPDATE comments SET resolved_ms = ? WHERE notebook = ? AND cell = ?")
      .run(resolved ? Date.now() : null, notebook, cell);
  }
}
