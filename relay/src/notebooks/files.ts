/** Files of projects: <home>/relay/files/<project>/<id>, under the names that rows give them; uploads in resumable chunks. */
import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { newId } from "../accounts/secrets.ts";
import { HttpError } from "../http/exchange.ts";
import { isStorage } from "./failure.ts";

/** An upload that nobody went on with for this long is forgotten. */
const UPLOAD_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** A file. */
export interface FileRow {
  readonly path: string;
  readonly size: number;
  readonly modified_ms: number;
}

/** A file that is being sent. */
export interface Upload {
  readonly id: string;
  readonly project: string;
  readonly path: string;
  readonly size: number;
}

/** Checks the name of a file: segments between slashes, none of them special. @throws HttpError 400 */
export function filePath(text: string): string {
  const segments = text.normalize("NFC").split("/");
  const bad = segments.some(
    (segment) => segment === "" || segment === "." || segment === ".." || /[\p{Cc}\\]/u.test(segment),
  );
  if (bad || text.length > 512 || segments.length > 32) {
    throw new HttpError(
      400,
      "invalid",
      "This is not a name for a file: use up to 512 characters, with folders between slashes.",
    );
  }
  return segments.join("/");
}

/** The files of one relay. */
export class ProjectFiles {
  readonly #database: DatabaseSync;
  readonly #files: string;
  readonly #uploads: string;
  /** Uploads of which a chunk is being written. */
  readonly #busy = new Set<string>();

  /** @param folder the relay's own */
  constructor(database: DatabaseSync, folder: string) {
    this.#database = database;
    this.#files = join(folder, "files");
    this.#uploads = join(folder, "uploads");
  }

  /** By name. */
  list(project: string): FileRow[] {
    return this.#database
      .prepare("SELECT path, size, modified_ms FROM project_files WHERE project = ? ORDER BY path")
      .all(project)
      .map((row) => ({
        path: String(row.path),
        size: Number(row.size),
        modified_ms: Number(row.modified_ms),
      }));
  }

  /** Where a file's bytes are, and how many. */
  find(project: string, path: string): { readonly at: string; readonly size: number } | undefined {
    const row = this.#database
      .prepare("SELECT id, size FROM project_files WHERE project = ? AND path = ?")
      .get(project, path);
    return row && { at: this.#at(project, String(row.id)), size: Number(row.size) };
  }

  /** Begins an upload. The same file by the same person goes on where it was. */
  async begin(
    project: string,
    path: string,
    size: number,
    author: string,
  ): Promise<{ upload: string; received: number }> {
    await this.#forgetOld();
    const row = this.#database
      .prepare("SELECT id FROM project_uploads WHERE project = ? AND path = ? AND size = ? AND author = ?")
      .get(project, path, size, author);
    const upload = row ? String(row.id) : newId();
    if (!row) {
      this.#database
        .prepare("INSERT INTO project_uploads VALUES (?, ?, ?, ?, ?, ?)")
        .run(upload, project, path, size, author, Date.now());
    }
    return { upload, received: await this.received(upload) };
  }

  upload(project: string, id: string): Upload | undefined {
    const row = this.#database
      .prepare("SELECT * FROM project_uploads WHERE project = ? AND id = ?")
      .get(project, id);
    return row && { id, project, path: String(row.path), size: Number(row.size) };
  }

  /** Bytes of an upload that are here. */
  async received(id: string): Promise<number> {
    return (await stat(join(this.#uploads, id)).catch(() => undefined))?.size ?? 0;
  }

  /**
   * Writes a chunk. What came before a break stays, so that the next chunk begins there.
   * @param length of the chunk, where it is known
   * @returns bytes that are here by then
   */
  async write(
    upload: Upload,
    offset: number,
    length: number,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    if (this.#busy.has(upload.id))
      throw new HttpError(409, "busy", "Another chunk of this file is on its way.");
    this.#busy.add(upload.id);
    let file: FileHandle | undefined;
    try {
      await mkdir(this.#uploads, { recursive: true, mode: 0o700 });
      const received = await this.received(upload.id);
      if (offset !== received) {
        throw new HttpError(409, "offset", `The next chunk of this file begins at ${received}.`);
      }
      const tooLarge = new HttpError(413, "too_large", `The file was to have ${upload.size} bytes.`);
      if (offset + length > upload.size) throw tooLarge;
      file = await open(join(this.#uploads, upload.id), "a", 0o600);
      let at = offset;
      for await (const chunk of chunks) {
        at += chunk.byteLength;
        if (at > upload.size) throw tooLarge;
        await file.appendFile(chunk);
      }
      return at;
    } finally {
      await file?.close();
      this.#busy.delete(upload.id);
    }
  }

  /** The upload is whole: it becomes a file, in place of one that has its name. @throws HttpError 409 while bytes are missing */
  async complete(upload: Upload): Promise<FileRow> {
    const { id, project, path, size } = upload;
    const draft = join(this.#uploads, id);
    if (size === 0) {
      // No chunk came before that made the folder.
      await mkdir(this.#uploads, { recursive: true, mode: 0o700 });
      await (await open(draft, "a", 0o600)).close();
    }
    const received = await this.received(id);
    if (received !== size || this.#busy.has(id)) {
      throw new HttpError(409, "incomplete", `${received} of ${size} bytes of this file are here.`);
    }
    const file = await open(draft, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    const fresh = newId();
    await mkdir(join(this.#files, project), { recursive: true, mode: 0o700 });
    await rename(draft, this.#at(project, fresh));
    const old = this.#database
      .prepare("SELECT id FROM project_files WHERE project = ? AND path = ?")
      .get(project, path);
    const now = Date.now();
    this.#database
      .prepare(
        `INSERT INTO project_files VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (project, path) DO UPDATE SET id = excluded.id, size = excluded.size, modified_ms = excluded.modified_ms`,
      )
      .run(fresh, project, path, size, now);
    this.#database.prepare("DELETE FROM project_uploads WHERE id = ?").run(id);
    if (old) await rm(this.#at(project, String(old.id)), { force: true });
    return { path, size, modified_ms: now };
  }

  /** @returns whether there was such a file. @throws HttpError 409 when the new name is taken */
  rename(project: string, from: string, to: string): boolean {
    if (from !== to && this.find(project, to)) {
      throw new HttpError(409, "taken", `There is a file called ${to} already.`);
    }
    const { changes } = this.#database
      .prepare("UPDATE project_files SET path = ? WHERE project = ? AND path = ?")
      .run(to, project, from);
    return Number(changes) > 0;
  }

  /** @returns whether there was such a file */
  async remove(project: string, path: string): Promise<boolean> {
    const file = this.find(project, path);
    if (!file) return false;
    const row = this.#database.prepare("DELETE FROM project_files WHERE project = ? AND path = ?");
    try {
      row.run(project, path);
    } catch (cause) {
      if (!isStorage(cause)) throw cause;
      // Even forgetting a row needs room on the disk, which the file's bytes make.
      await rm(file.at, { force: true });
      row.run(project, path);
    }
    await rm(file.at, { force: true });
    return true;
  }

  /** Where all that a project keeps on disk is; to be asked before its rows go. */
  pathsOf(project: string): string[] {
    const uploads = this.#database.prepare("SELECT id FROM project_uploads WHERE project = ?").all(project);
    return [join(this.#files, project), ...uploads.map(({ id }) => join(this.#uploads, String(id)))];
  }

  /** Removes what `pathsOf` told. */
  async discard(paths: readonly string[]): Promise<void> {
    for (const path of paths) await rm(path, { recursive: true, force: true });
  }

  async #forgetOld(): Promise<void> {
    const before = Date.now() - UPLOAD_DAYS * DAY_MS;
    for (const { id } of this.#database
      .prepare("SELECT id FROM project_uploads WHERE created_ms < ?")
      .all(before)) {
      const draft = join(this.#uploads, String(id));
      const touched = (await stat(draft).catch(() => undefined))?.mtimeMs ?? 0;
      if (touched > before) continue;
      this.#database.prepare("DELETE FROM project_uploads WHERE id = ?").run(String(id));
      await rm(draft, { force: true });
    }
  }

  #at(project: string, id: string): string {
    return join(this.#files, project, id);
  }
}
