/** Projects and notebooks as rows: names, owners, times. */
import type { DatabaseSync } from "node:sqlite";
import { newId } from "../accounts/secrets.ts";

/** Name of the project that is made for a person at their first list. */
export const DEFAULT_PROJECT = "My notebooks";

/** A project. */
export interface ProjectRow {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly created_ms: number;
  readonly updated_ms: number;
  /** Notebooks in it. */
  readonly notebooks: number;
}

/** A notebook, without what is in it. */
export interface NotebookRow {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly created_ms: number;
  readonly updated_ms: number;
}

type Row = Record<string, unknown>;

/** Rows of projects and notebooks. Rights are asked of `access`, never here. */
export class NotebookStore {
  readonly database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  /** Runs `work` in one transaction; what it throws undoes it. */
  transaction<T>(work: () => T): T {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.database.exec("COMMIT");
      return result;
    } catch (cause) {
      // A disk that is full ends the transaction by itself.
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      throw cause;
    }
  }

  /** A person's own projects, the default one first; it is made when it is missing and `make` is not false. */
  projectsOf(owner: string, make = true): ProjectRow[] {
    if (make) this.defaultProject(owner);
    return this.database
      .prepare(`${PROJECTS} WHERE owner = ? ORDER BY is_default DESC, name COLLATE NOCASE, id`)
      .all(owner)
      .map(projectOf);
  }

  /** Id of a person's default project. */
  defaultProject(owner: string): string {
    const now = Date.now();
    this.database
      .prepare(
        `INSERT INTO projects SELECT ?, ?, ?, 1, ?, ?
         WHERE NOT EXISTS (SELECT 1 FROM projects WHERE owner = ?2 AND is_default = 1)`,
      )
      .run(newId(), owner, DEFAULT_PROJECT, now, now);
    const row = this.database
      .prepare("SELECT id FROM projects WHERE owner = ? AND is_default = 1")
      .get(owner);
    return String(row?.id);
  }

  project(id: string): ProjectRow | undefined {
    const row = this.database.prepare(`${PROJECTS} WHERE id = ?`).get(id);
    return row && projectOf(row);
  }

  /** @returns its id */
  createProject(owner: string, name: string): string {
    const [id, now] = [newId(), Date.now()];
    this.database.prepare("INSERT INTO projects VALUES (?, ?, ?, 0, ?, ?)").run(id, owner, name, now, now);
    return id;
  }

  renameProject(id: string, name: string): void {
    this.database
      .prepare("UPDATE projects SET name = ?, updated_ms = ? WHERE id = ?")
      .run(name, Date.now(), id);
  }

  removeProject(id: string): void {
    this.transaction(() => {
      this.database
        .prepare("DELETE FROM notebook_search WHERE notebook IN (SELECT id FROM notebooks WHERE project = ?)")
        .run(id);
      this.database.prepare("DELETE FROM projects WHERE id = ?").run(id);
    });
  }

  /** Notebooks of a project, the newest first. */
  notebooksOf(project: string): NotebookRow[] {
    return this.database
      .prepare("SELECT * FROM notebooks WHERE project = ? ORDER BY updated_ms DESC, id")
      .all(project)
      .map(notebookOf);
  }

  notebook(id: string): NotebookRow | undefined {
    const row = this.database.prepare("SELECT * FROM notebooks WHERE id = ?").get(id);
    return row && notebookOf(row);
  }

  /** A row for a new notebook. Call within a transaction, with the state that belongs to it. */
  addNotebook(id: string, project: string, name: string): void {
    const now = Date.now();
    this.database.prepare("INSERT INTO notebooks VALUES (?, ?, ?, ?, ?)").run(id, project, name, now, now);
  }

  /** Changes name and project. */
  changeNotebook(id: string, to: { readonly name: string; readonly project: string }): void {
    this.database
      .prepare("UPDATE notebooks SET name = ?, project = ?, updated_ms = ? WHERE id = ?")
      .run(to.name, to.project, Date.now(), id);
  }

  /** Notes that a notebook's document changed. */
  touch(id: string, at: number): void {
    this.database.prepare("UPDATE notebooks SET updated_ms = ? WHERE id = ?").run(at, id);
  }

  removeNotebook(id: string): void {
    this.transaction(() => {
      this.database.prepare("DELETE FROM notebook_search WHERE notebook = ?").run(id);
      this.database.prepare("DELETE FROM notebooks WHERE id = ?").run(id);
    });
  }
}

const PROJECTS =
  "SELECT *, (SELECT COUNT(*) FROM notebooks WHERE project = projects.id) AS notebooks FROM projects";

function projectOf(row: Row): ProjectRow {
  return {
    id: String(row.id),
    owner: String(row.owner),
    name: String(row.name),
    isDefault: row.is_default === 1,
    created_ms: Number(row.created_ms),
    updated_ms: Number(row.updated_ms),
    notebooks: Number(row.notebooks),
  };
}

function notebookOf(row: Row): NotebookRow {
  return {
    id: String(row.id),
    project: String(row.project),
    name: String(row.name),
    created_ms: Number(row.created_ms),
    updated_ms: Number(row.updated_ms),
  };
}
