/** Outputs on disk, by their content: <home>/relay/blobs/ab/<sha256>. Written once, never changed. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Names of blobs: SHA-256 in hexadecimal. */
export const BLOB_NAME = /^[0-9a-f]{64}$/;

/** The name of bytes. */
export function blobName(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The blobs of one relay. */
export class Blobs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps bytes: their name, once they are on the disk. @throws as the file system does */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = blobName(bytes);
    const path = this.#path(hash);
    const there = await stat(path).catch(() => undefined);
    if (there?.size === bytes.byteLength) return hash;
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Beside its place, then renamed: a kill leaves a draft and never half a blob.
    const draft = join(folder, `.${randomUUID()}`);
    try {
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (cause) {
      await rm(draft, { force: true });
      throw cause;
    }
    return hash;
  }

  /** The bytes of a name; undefined when there are none. */
  async get(hash: string): Promise<Buffer | undefined> {
    if (!BLOB_NAME.test(hash)) return undefined;
    return readFile(this.#path(hash)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw cause;
    });
  }

  async remove(hash: string): Promise<void> {
    if (BLOB_NAME.test(hash)) await rm(this.#path(hash), { force: true });
  }

  /** Names of blobs that were there before `before`; drafts that a kill left behind from then are removed. */
  async olderThan(before: number): Promise<string[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const names: string[] = [];
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const found = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
      if (!found || found.mtimeMs >= before) continue;
      if (BLOB_NAME.test(entry.name)) names.push(entry.name);
      else if (entry.name.startsWith(".")) await rm(path, { force: true });
    }
    return names;
  }

  #path(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}
