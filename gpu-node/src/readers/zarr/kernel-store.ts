/**
 * An array that a kernel computes when it is asked, as a Zarr store: its description is a file beside the kernel's arrays, and each chunk is
 * asked for at a socket beside that, one connection a chunk: a line with the index there, a byte (0: here it is, 1: why not) and the rest back.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";
import type { AbsolutePath, AsyncReadable, GetOptions, RangeQuery } from "zarrita";
import { labelOf, reasonOf, resolved } from "../resource.ts";
import type { OpenOptions } from "../types.ts";

/** What such an array's file is called. */
export const KERNEL_ARRAY = /\.chunks$/i;

const MAX_DESCRIPTION = 64 * 1024;
/** Connections at a time: the kernel computes with all its cores already for one. */
const AT_ONCE = 2;
/** Of Linux, and not among Node's constants: names a file without opening it. */
const O_PATH = 0x200000;

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const Description = v.pipe(
  v.object({
    shape: v.pipe(v.array(whole), v.minLength(1), v.maxLength(16)),
    chunk: v.array(whole),
    dtype: v.picklist([
      ...(["uint8", "int8", "uint16", "int16", "uint32", "int32"] as const),
      ...(["uint64", "int64", "float32", "float64"] as const),
    ]),
    rgb: v.boolean(),
  }),
  v.check(({ shape, chunk }) => shape.length === chunk.length, "The chunk has other axes than the array."),
);

/** Bytes of an element by the number in its type's name. */
const sizeOf = (dtype: string): number => Number(/\d+$/.exec(dtype)?.[0] ?? 8) / 8;

/** The store; nothing is asked of the kernel before a chunk is wanted. @throws SourceError */
export async function openKernelStore(uri: string, { policy }: OpenOptions): Promise<AsyncReadable> {
  const path = await resolved(uri, policy);
  const label = labelOf(uri);
  try {
    const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const facts = fstatSync(handle);
      if (!facts.isFile() || facts.size > MAX_DESCRIPTION)
        throw new Error("it is no description of an array.");
      const description = v.parse(Description, JSON.parse(readFileSync(handle, "utf8")));
      return new KernelStore(path.replace(KERNEL_ARRAY, ".sock"), description);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw new SourceError(`${label} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

class KernelStore implements AsyncReadable {
  readonly #socket: string;
  readonly #metadata: Uint8Array;
  readonly #bytes: number;
  readonly #waiting: (() => void)[] = [];
  #asking = 0;

  constructor(socket: string, { shape, chunk, dtype, rgb }: v.InferOutput<typeof Description>) {
    this.#socket = socket;
    this.#bytes = chunk.reduce((product, size) => product * size, sizeOf(dtype));
    const metadata = {
      ...{ zarr_format: 3, node_type: "array", shape, data_type: dtype, fill_value: 0 },
      chunk_grid: { name: "regular", configuration: { chunk_shape: chunk } },
      chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
      codecs: [{ name: "bytes", configuration: { endian: "little" } }],
      attributes: rgb ? { "eyepiece:rgb": true } : {},
    };
    this.#metadata = new TextEncoder().encode(JSON.stringify(metadata));
  }

  async get(key: AbsolutePath, options?: GetOptions): Promise<Uint8Array | undefined> {
    if (key === "/zarr.json") return this.#metadata;
    const index = /^\/c\/(\d+(?:\/\d+)*)$/.exec(key)?.[1];
    if (index === undefined) return undefined;
    await this.#turn(options?.signal);
    try {
      return await this.#ask(index.split("/").map(Number), options?.signal);
    } finally {
      this.#asking -= 1;
      this.#waiting.shift()?.();
    }
  }

  async getRange(
    key: AbsolutePath,
    range: RangeQuery,
    options?: GetOptions,
  ): Promise<Uint8Array | undefined> {
    const bytes = await this.get(key, options);
    if ("suffixLength" in range) return bytes?.subarray(-range.suffixLength);
    return bytes?.subarray(range.offset, range.offset + range.length);
  }

  /** Waits for a place; chunks that are not wanted any more by then are never asked for. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    while (this.#asking >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    if (signal?.aborted) {
      this.#waiting.shift()?.();
      throw signal.reason;
    }
    this.#asking += 1;
  }

  #ask(index: readonly number[], signal: AbortSignal | undefined): Promise<Uint8Array> {
    // Held by a handle: code that swaps the socket for a link to another one leads nowhere.
    const handle = socketHandle(this.#socket);
    const connection = connect(`/proc/self/fd/${handle}`);
    const parts: Buffer[] = [];
    let size = 0;
    return new Promise<Uint8Array>((resolve, reject) => {
      const abort = () => connection.destroy(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      connection.once("close", () => signal?.removeEventListener("abort", abort));
      connection.once("connect", () => connection.write(`${JSON.stringify({ index })}\n`));
      connection.on("data", (bytes: Buffer) => {
        parts.push(bytes);
        size += bytes.byteLength;
        if (size > this.#bytes + MAX_DESCRIPTION) connection.destroy(new SourceError(STRANGE));
      });
      connection.once("error", (cause) => {
        if (signal?.aborted) reject(signal.reason);
        else reject(cause instanceof SourceError ? cause : new SourceError(ENDED, { cause }));
      });
      connection.once("end", () => {
        const [kind] = parts[0] ?? [];
        const all = Buffer.concat(parts).subarray(1);
        if (kind === undefined) reject(new SourceError(ENDED));
        else if (kind === 1) reject(new SourceError(all.toString("utf8")));
        else if (kind !== 0 || all.byteLength !== this.#bytes) reject(new SourceError(STRANGE));
        // A copy that begins where elements of eight bytes may.
        else resolve(new Uint8Array(all));
      });
    }).finally(() => {
      connection.destroy();
      closeSync(handle);
    });
  }
}

const ENDED =
  "The kernel that computes this array has ended, was restarted or let go of it: what was loaded is still shown. Run its cell again to see the rest.";
const STRANGE = "The kernel answered with something else than the chunk that was asked for.";

/** @throws SourceError */
function socketHandle(path: string): number {
  let handle: number;
  try {
    handle = openSync(path, O_PATH | constants.O_NOFOLLOW);
  } catch (cause) {
    throw new SourceError(ENDED, { cause });
  }
  if (fstatSync(handle).isSocket()) return handle;
  closeSync(handle);
  throw new SourceError(STRANGE);
}
