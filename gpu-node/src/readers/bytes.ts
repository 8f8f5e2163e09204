/** Raw bytes of files as typed arrays: element types, byte order, streams of known length. */
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { ELEMENT_BYTES } from "@eyepiece/engine/data/array.ts";
import { type BrickArray, type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";

const LITTLE_ENDIAN_MACHINE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes as elements, in native order; the bytes are used and, where the order differs, changed. */
export function asElements(bytes: Uint8Array<ArrayBuffer>, dtype: Dtype, littleEndian: boolean): BrickArray {
  const size = ELEMENT_BYTES[dtype];
  const count = Math.floor(bytes.byteLength / size);
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  if (littleEndian !== LITTLE_ENDIAN_MACHINE) swap(aligned, size);
  const { buffer, byteOffset } = aligned;
  switch (dtype) {
    case "uint8":
      return new Uint8Array(buffer, byteOffset, count);
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, count);
    case "int16":
      return new Int16Array(buffer, byteOffset, count);
    case "uint32":
      return new Uint32Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "uint64":
      return new BigUint64Array(buffer, byteOffset, count);
    case "int64":
      return new BigInt64Array(buffer, byteOffset, count);
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
  }
}

function swap(bytes: Uint8Array<ArrayBuffer>, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % size));
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
}

/** Reads parts of a stream in order. What was not asked for is never kept. End it with `close`. */
export class StreamReader {
  readonly #stream: Readable;
  readonly #parts: AsyncIterator<Uint8Array>;
  readonly #label: string;
  #rest: Uint8Array = new Uint8Array();

  constructor(stream: Readable, label: string) {
    this.#stream = stream;
    this.#parts = stream[Symbol.asyncIterator]();
    this.#label = label;
  }

  /**
   * Fills `target`. `onPart` hears how many bytes are there.
   * @throws SourceError when the stream ends early or fails.
   */
  async fill(target: Uint8Array, onPart?: (done: number) => void): Promise<void> {
    let done = 0;
    while (done < target.byteLength) {
      if (this.#rest.byteLength === 0) {
        const { value, done: ended } = await this.#parts.next().catch((cause: unknown) => {
          throw this.#error(cause);
        });
        if (ended) {
          const missing = target.byteLength - done;
          throw new SourceError(`${this.#label} is cut short: ${missing} bytes of its data are missing.`);
        }
        this.#rest = value;
      }
      const part = this.#rest.subarray(0, target.byteLength - done);
      target.set(part, done);
      this.#rest = this.#rest.subarray(part.byteLength);
      done += part.byteLength;
      onPart?.(done);
    }
  }

  /** Gives what was not asked for yet, and all that follows, to another stream. Its errors are the other stream's. */
  async pour(target: Writable): Promise<void> {
    try {
      for (let part: Uint8Array | undefined = this.#rest; part; ) {
        if (part.byteLength > 0 && !target.write(part)) await once(target, "drain");
        const next = await this.#parts.next();
        part = next.done ? undefined : next.value;
      }
      target.end();
    } catch (cause) {
      target.destroy(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  close(): void {
    this.#stream.destroy();
  }

  #error(cause: unknown): Error {
    if (cause instanceof SourceError) return cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code === "ABORT_ERR") return cause as Error;
    if (code === "Z_BUF_ERROR")
      return new SourceError(`${this.#label} is cut short: its compressed data end early.`, { cause });
    if (code.startsWith("Z_"))
      return new SourceError(`${this.#label} is damaged: its compressed data are not gzip.`, { cause });
    return new SourceError(
      `${this.#label} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}
