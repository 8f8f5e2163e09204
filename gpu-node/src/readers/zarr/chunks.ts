/** Decoded Zarr chunks, shared by the channels of an image and kept for a while. */
import { type BrickArray, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type * as zarr from "zarrita";

/** Bytes of decoded chunks that are kept for each image. */
const CACHE_BYTES = 128 * 1024 * 1024;

/** A decoded chunk: elements with a stride for each axis. */
export interface DecodedChunk {
  readonly data: BrickArray;
  readonly stride: readonly number[];
}

/** Reads chunks of several arrays; one that is being read is not read twice. */
export class ChunkReader {
  readonly #label: string;
  readonly #kept = new Map<string, DecodedChunk>();
  readonly #reading = new Map<
    string,
    { chunk: Promise<DecodedChunk>; abort: AbortController; waiting: number }
  >();
  #bytes = 0;

  constructor(label: string) {
    this.#label = label;
  }

  /** One chunk. @throws SourceError; the signal's reason when aborted. */
  async read(array: zarr.Array<zarr.DataType>, at: number[], signal?: AbortSignal): Promise<DecodedChunk> {
    signal?.throwIfAborted();
    const key = `${array.path} ${at.join()}`;
    const kept = this.#kept.get(key);
    if (kept) {
      // Moved to the end: the first is the one that was not used for the longest.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    let reading = this.#reading.get(key);
    if (!reading) {
      const abort = new AbortController();
      const chunk = this.#decode(array, at, abort.signal)
        .then((decoded) => {
          this.#keep(key, decoded);
          return decoded;
        })
        .finally(() => this.#forget(key, abort));
      reading = { chunk, abort, waiting: 0 };
      this.#reading.set(key, reading);
    }
    const { abort } = reading;
    return await waitFor(reading, signal, () => {
      this.#forget(key, abort);
      abort.abort(signal?.reason);
    });
  }

  /** Who comes next reads anew. */
  #forget(key: string, abort: AbortController): void {
    if (this.#reading.get(key)?.abort === abort) this.#reading.delete(key);
  }

  async #decode(array: zarr.Array<zarr.DataType>, at: number[], signal: AbortSignal): Promise<DecodedChunk> {
    const chunk = await array.getChunk(at, { signal }).catch((cause: unknown) => {
      signal.throwIfAborted();
      if (cause instanceof SourceError) throw cause;
      const inner = cause instanceof Error && cause.cause instanceof SourceError ? cause.cause : undefined;
      if (inner) throw inner;
      throw new SourceError(`${this.#label} has a chunk (${at.join(", ")}) that cannot be decoded.`, {
        cause,
      });
    });
    const data = elementsOf(chunk.data);
    const expected = array.chunks.reduce((product, size) => product * size, 1);
    if (!data || data.length < expected)
      throw new SourceError(`${this.#label} has a chunk (${at.join(", ")}) that is too small.`);
    return { data, stride: chunk.stride };
  }

  #keep(key: string, chunk: DecodedChunk): void {
    this.#kept.set(key, chunk);
    this.#bytes += chunk.data.byteLength;
    for (const [oldest, { data }] of this.#kept) {
      if (this.#bytes <= CACHE_BYTES || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= data.byteLength;
    }
  }

  clear(): void {
    for (const { abort } of this.#reading.values())
      abort.abort(new SourceError(`${this.#label} was closed.`));
    this.#kept.clear();
    this.#bytes = 0;
  }
}

/** The read goes on while anyone waits for it. */
async function waitFor(
  reading: { chunk: Promise<DecodedChunk>; waiting: number },
  signal: AbortSignal | undefined,
  abandon: () => void,
): Promise<DecodedChunk> {
  reading.waiting += 1;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([reading.chunk, aborted]);
  } finally {
    if (stop) signal?.removeEventListener("abort", stop);
    reading.waiting -= 1;
    if (reading.waiting === 0 && signal?.aborted) abandon();
  }
}

/** What zarrita decodes as an array that bricks know; undefined for texts. */
function elementsOf(data: unknown): BrickArray | undefined {
  if (
    data instanceof Uint8Array ||
    data instanceof Int8Array ||
    data instanceof Uint16Array ||
    data instanceof Int16Array ||
    data instanceof Uint32Array ||
    data instanceof Int32Array ||
    data instanceof BigUint64Array ||
    data instanceof BigInt64Array ||
    data instanceof Float32Array ||
    data instanceof Float64Array
  ) {
    return data;
  }
  if (data instanceof Float16Array) return Float32Array.from(data);
  if (typeof data === "object" && data !== null && Symbol.iterator in data && "length" in data) {
    const values = [...(data as Iterable<unknown>)];
    if (values.every((value) => typeof value === "boolean")) return Uint8Array.from(values, Number);
  }
  return undefined;
}
