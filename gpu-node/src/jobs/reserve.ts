/** Room on the disk that is kept for the worst case: on a full one the end of a job must still be stored. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";

const BYTES = 1024 * 1024;

/** A file of bytes that nobody needs. */
export class Reserve {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Has the room, if the disk has any. */
  keep(): void {
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === BYTES) return;
    try {
      const file = openSync(this.#file, "w", 0o600);
      try {
        // Random: zeros take no room on every disk.
        writeSync(file, randomBytes(BYTES));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch {
      // What does not fit now is no reserve; half of one would take room and give little.
      this.use();
    }
  }

  /** Gives the room to whoever writes next. @returns whether there was any */
  use(): boolean {
    const there = statSync(this.#file, { throwIfNoEntry: false }) !== undefined;
    rmSync(this.#file, { force: true });
    return there;
  }
}
