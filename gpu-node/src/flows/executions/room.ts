/** The disk that executions lie on: room that is kept for last words, and how one tells that there is none left. */
import { randomFillSync } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The last words of a run take two or three pages of SQLite's. */
const KEPT_BYTES = 1024 ** 2;
/** SQLite's codes for what could not be written: SQLITE_IOERR, SQLITE_FULL. */
const NOT_WRITTEN: readonly number[] = [10, 13];

/** Nothing can be stored; the sentence says so. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** What a run ends with. */
export const DISK_FULL = "The disk on which runs are stored is full: remove runs, or have room made.";

/** Whether something was not written because the disk is full, or fails. */
export function notWritten(cause: unknown): boolean {
  const { code, errcode } = (cause ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === "ENOSPC" || code === "EDQUOT") return true;
  // The rest of the number says where it happened.
  return code === "ERR_SQLITE_ERROR" && typeof errcode === "number" && NOT_WRITTEN.includes(errcode & 0xff);
}

/** A file that goes when the disk is full, so that it can be said of each run that this has ended it. */
export class KeptRoom {
  readonly #file: string;

  /** @param folder where executions lie; nobody's name begins with a dot */
  constructor(folder: string) {
    this.#file = join(folder, ".room");
  }

  /** Takes the room; where there is none now, it is taken later. */
  keep(): void {
    if (existsSync(this.#file)) return;
    try {
      mkdirSync(join(this.#file, ".."), { recursive: true, mode: 0o700 });
      // Not zeros, which some file systems do not store.
      writeFileSync(this.#file, randomFillSync(Buffer.alloc(KEPT_BYTES)), { mode: 0o600 });
    } catch (cause) {
      this.release();
      if (!notWritten(cause)) throw cause;
    }
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}
