/** Bytes that came although they were not asked for, kept on disk until they can go on, in order. */
import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A queue of bytes in a file that has no name: however this process ends, nothing stays. */
export class Spool {
  readonly #folder: string;
  #file: number | undefined;
  #written = 0;
  #read = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#written - this.#read;
  }

  /** Adds bytes, at once: the caller's memory is its own again afterwards. @throws as files do when the disk is full */
  add(bytes: Uint8Array): void {
    this.#file ??= this.#open();
    for (let at = 0; at < bytes.byteLength; ) {
      at += writeSync(this.#file, bytes, at, bytes.byteLength - at, this.#written + at);
    }
    this.#written += bytes.byteLength;
  }

  /** Takes the oldest bytes, at most so many; none when none wait. */
  take(most: number): Uint8Array {
    if (this.#file === undefined || this.bytes === 0) return new Uint8Array(0);
    const bytes = Buffer.allocUnsafe(Math.min(most, this.bytes));
    const count = readSync(this.#file, bytes, 0, bytes.byteLength, this.#read);
    this.#read += count;
    // What has gone on takes no room any more.
    if (this.bytes === 0) this.close();
    return bytes.subarray(0, count);
  }

  /** Forgets everything. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#written = 0;
    this.#read = 0;
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, `spool-${randomUUID()}`);
    const file = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return file;
  }
}
