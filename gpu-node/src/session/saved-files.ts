/**
 * What a session saved for somebody elsewhere, who takes it piece by piece: a page's download, a kernel's file. It lies in the
 * session's folder until it is dropped, at the latest until the session's process starts again.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdirSync, rmSync } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Zip, ZipPassThrough } from "fflate";
import type { WriteOptions } from "../writers/types.ts";
import { filesIn, type SavedFile, type SavedLook, type SaveWish, saveInto } from "./saving.ts";
import type { SceneHost } from "./scene-host.ts";

/** What can be taken under a token. */
export interface SavedForTaking {
  readonly token: string;
  readonly files: readonly SavedFile[];
}

/** The most bytes of one piece. */
export const MOST_PIECE = 16 * 1024 * 1024;

/** See the file's comment. */
export class SavedFiles {
  readonly #folder: string;
  readonly #saved = new Map<string, readonly SavedFile[]>();

  constructor(sessionFolder: string) {
    this.#folder = join(sessionFolder, "saved");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Saves.
   * @param zip several files become one: a browser downloads one
   * @throws WriteError, SourceError; the signal's reason
   */
  async save(
    host: SceneHost,
    wish: SaveWish,
    look: SavedLook,
    {
      zip = false,
      ...options
    }: WriteOptions & { readonly zip?: boolean; readonly settled?: (source: string) => boolean } = {},
  ): Promise<SavedForTaking> {
    const name = basename(wish.name);
    return this.make(async (folder) => {
      await saveInto(folder, host, { ...wish, name }, look, options);
      const files = await filesIn(folder);
      return zip && files.length > 1 ? [await zipped(folder, `${name}.zip`, files, options.signal)] : files;
    });
  }

  /** Has files made in a folder of their own; `write` returns those that are to be taken, all by default. */
  async make(write: (folder: string) => Promise<readonly SavedFile[] | undefined>): Promise<SavedForTaking> {
    const token = randomBytes(12).toString("base64url");
    const folder = join(this.#folder, token);
    mkdirSync(folder, { recursive: true });
    try {
      const files = (await write(folder)) ?? (await filesIn(folder));
      this.#saved.set(token, files);
      return { token, files };
    } catch (cause) {
      await rm(folder, { recursive: true, force: true });
      throw cause;
    }
  }

  /** A piece of a file. @throws Error when there is no such file */
  async take(token: string, path: string, offset: number, length: number): Promise<Uint8Array> {
    const known = this.#saved.get(token)?.find((file) => file.path === path);
    if (!known) throw new Error("What was saved is not here any more: save it again.");
    const file = await open(join(this.#folder, token, known.path));
    try {
      const size = Math.max(0, Math.min(length, MOST_PIECE, known.size - offset));
      const bytes = new Uint8Array(size);
      const { bytesRead } = await file.read(bytes, 0, size, offset);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Forgets what was saved. */
  async drop(token: string): Promise<void> {
    if (!this.#saved.delete(token)) return;
    await rm(join(this.#folder, token), { recursive: true, force: true });
  }
}

/** The files as one archive, stored as they are: most are compressed already. */
async function zipped(
  folder: string,
  name: string,
  files: readonly SavedFile[],
  signal: AbortSignal | undefined,
): Promise<SavedFile> {
  const path = join(folder, name);
  const out = createWriteStream(path, { flags: "wx" });
  let failure: Error | undefined;
  out.on("error", (error) => {
    failure = error;
  });
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else out.write(chunk);
  });
  for (const file of files) {
    const entry = new ZipPassThrough(file.path);
    zip.add(entry);
    for await (const chunk of createReadStream(join(folder, file.path))) {
      signal?.throwIfAborted();
      if (failure) throw failure;
      entry.push(chunk as Uint8Array);
      if (out.writableNeedDrain) await once(out, "drain");
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  await new Promise<void>((done, failed) => {
    out.once("error", failed);
    out.end(() => done());
  });
  for (const top of new Set(files.map((file) => file.path.split("/")[0] ?? "")))
    await rm(join(folder, top), { recursive: true, force: true });
  return { path: name, size: (await stat(path)).size };
}
