/** What a job's program prints: the whole of it in a file, up to a bound, and the end of that file for who looks. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Bytes after which a job's output is no longer kept. */
export const MAX_OUTPUT_BYTES = 1024 ** 3;

/** A file that output is added to. It goes on where an earlier run of the job ended. */
export class OutputFile {
  readonly #file: number;
  readonly #most: number;
  #bytes: number;
  #full = false;

  constructor(path: string, most = MAX_OUTPUT_BYTES) {
    this.#file = openSync(path, "a", 0o600);
    this.#most = most;
    this.#bytes = fstatSync(this.#file).size;
  }

  /** Adds bytes. @returns a sentence when from now on nothing is kept */
  add(chunk: Buffer): string | undefined {
    if (this.#full) return undefined;
    const part = chunk.subarray(0, Math.max(0, this.#most - this.#bytes));
    try {
      for (let at = 0; at < part.length; ) at += writeSync(this.#file, part, at);
    } catch (cause) {
      this.#full = true;
      const why = cause instanceof Error ? cause.message : String(cause);
      return `What the program prints is no longer kept: ${why}.`;
    }
    this.#bytes += part.length;
    if (part.length === chunk.length) return undefined;
    this.#full = true;
    return `What the program prints is no longer kept: it was more than ${this.#most} bytes.`;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Part of an output file. @param from an offset; negative counts from the end. @returns bytes and the offset after them */
export function readOutput(path: string, from: number, most: number): { bytes: Buffer; next: number } {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    // Nothing was printed yet.
    return { bytes: Buffer.alloc(0), next: 0 };
  }
  try {
    const { size } = fstatSync(file);
    const start = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
    const bytes = Buffer.alloc(Math.max(0, Math.min(most, size - start)));
    const read = readSync(file, bytes, 0, bytes.length, start);
    return { bytes: bytes.subarray(0, read), next: start + read };
  } finally {
    closeSync(file);
  }
}
