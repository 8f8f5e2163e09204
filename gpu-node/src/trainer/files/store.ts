/** Training files on disk: bytes in a folder, and what is told of them in one SQLite file. */
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { FileFormat } from "./formats.ts";

/** A file that is whole and was checked. */
export interface TrainingFile {
  readonly id: string;
  readonly person: string;
  /** As it was sent, for people to read: never a path on this machine. */
  readonly filename: string;
  readonly purpose: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly lines: number;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** A file that arrives. */
export interface Incoming {
  readonly handle: FileHandle;
  /** Makes it a file, all at once: after this it outlives a crash. */
  keep(about: Omit<TrainingFile, "id" | "createdMs">): Promise<TrainingFile>;
  /** Forgets it. Once it was kept this does nothing. */
  drop(): Promise<void>;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS files (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, filename TEXT NOT NULL,
  purpose TEXT NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, created_ms INTEGER NOT NULL
) STRICT; CREATE INDEX IF NOT EXISTS files_person ON files(person, seq);`;

/** The files of one node. */
export class FileStore {
  readonly #folder: string;
  readonly #db: DatabaseSync;

  /** Opens a folder, and removes from it what a crash left half done. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(join(folder, "files.sqlite"));
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; ${SCHEMA}`);
    for (const name of readdirSync(folder)) {
      const id = /^(.+)\.jsonl(\.part)?$/.exec(name);
      if (id && (id[2] || !this.#row(id[1] ?? ""))) rmSync(join(folder, name), { force: true });
    }
  }

  close(): void {
    this.#db.close();
  }

  /** Begins to take a file. */
  async receive(): Promise<Incoming> {
    const id = `file-${randomUUID()}`;
    const part = `${this.#path(id)}.part`;
    const handle = await open(part, "wx", 0o600);
    let done = false;
    const drop = async () => {
      if (done) return;
      done = true;
      await handle.close().catch(() => {});
      rmSync(part, { force: true });
    };
    const keep: Incoming["keep"] = async (about) => {
      try {
        await handle.sync();
        await handle.close();
        // First the bytes, then the row: a row never names what is not there.
        await rename(part, this.#path(id));
        done = true;
        const file: TrainingFile = { id, ...about, createdMs: Date.now() };
        const { person, filename, purpose, format, bytes, lines, createdMs } = file;
        this.#db
          .prepare(
            "INSERT INTO files (id, person, filename, purpose, format, bytes, lines, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          )
          .run(id, person, filename, purpose, format, bytes, lines, createdMs);
        return file;
      } catch (cause) {
        rmSync(this.#path(id), { force: true });
        throw cause;
      }
    };
    return { handle, keep, drop };
  }

  /** A person's file; undefined where there is none of theirs. */
  find(person: string, id: string): TrainingFile | undefined {
    const file = this.#row(id);
    return file?.person === person ? file : undefined;
  }

  /** A person's files. @param after only those that follow this one in the order asked for */
  list(
    person: string,
    options: { limit: number; after?: string; purpose?: string; order: "asc" | "desc" },
  ): TrainingFile[] {
    const [compare, order] = options.order === "asc" ? [">", "ASC"] : ["<", "DESC"];
    return this.#db
      .prepare(
        `SELECT * FROM files WHERE person = ?1 AND (?2 IS NULL OR purpose = ?2)
           AND (?3 IS NULL OR seq ${compare} (SELECT seq FROM files WHERE id = ?3)) ORDER BY seq ${order} LIMIT ?4`,
      )
      .all(person, options.purpose ?? null, options.after ?? null, options.limit)
      .map(toFile);
  }

  /** How much a person keeps. */
  usage(person: string): { readonly files: number; readonly bytes: number } {
    const row = this.#db
      .prepare("SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM files WHERE person = ?")
      .get(person);
    return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
  }

  /** A text that differs whenever a person's files do. */
  marker(person: string): string {
    const row = this.#db
      .prepare("SELECT count(*) AS files, coalesce(max(seq), 0) AS last FROM files WHERE person = ?")
      .get(person);
    return `${row?.files}/${row?.last}`;
  }

  /** Where its bytes are. */
  pathOf(file: TrainingFile): string {
    return this.#path(file.id);
  }

  /** Forgets a file. Who reads it at this moment reads it to its end. */
  remove(file: TrainingFile): void {
    this.#db.prepare("DELETE FROM files WHERE id = ?").run(file.id);
    rmSync(this.#path(file.id), { force: true });
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.jsonl`);
  }

  #row(id: string): TrainingFile | undefined {
    const row = this.#db.prepare("SELECT * FROM files WHERE id = ?").get(id);
    return row && toFile(row);
  }
}

function toFile(row: Record<string, SQLOutputValue>): TrainingFile {
  return {
    ...{ id: String(row.id), person: String(row.person), filename: String(row.filename) },
    ...{ purpose: String(row.purpose), format: String(row.format) as FileFormat },
    ...{ bytes: Number(row.bytes), lines: Number(row.lines), createdMs: Number(row.created_ms) },
  };
}
