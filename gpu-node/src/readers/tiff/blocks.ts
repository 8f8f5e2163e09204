/** A resource as geotiff reads it: small reads are served from blocks that are kept, large ones go through. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { Resource } from "../resource.ts";

const BLOCK = 64 * 1024;
const MAX_BLOCKS = 128;
/** Most bytes of one read: a strip, a tile or a tag's value. */
const MAX_READ = 1024 ** 3;

interface Slice {
  readonly offset: number;
  readonly length: number;
}

/** What geotiff calls a source. */
export class BlockedResource {
  readonly #resource: Resource;
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  get fileSize(): number | null {
    return this.#resource.size ?? null;
  }

  fetch(slices: Slice[], signal?: AbortSignal): Promise<ArrayBuffer[]> {
    return Promise.all(slices.map((slice) => this.#read(slice, signal)));
  }

  async fetchSlice(slice: Slice, signal?: AbortSignal): Promise<Slice & { data: ArrayBuffer }> {
    return { ...slice, data: await this.#read(slice, signal) };
  }

  close(): Promise<void> {
    this.#blocks.clear();
    return this.#resource.close();
  }

  async #read({ offset, length }: Slice, signal?: AbortSignal): Promise<ArrayBuffer> {
    const { label, size } = this.#resource;
    const sane = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!sane || length > MAX_READ || (size !== undefined && offset > size)) {
      throw new SourceError(`${label} is damaged: it points to byte ${offset}, which is not in it.`);
    }
    if (length > BLOCK) return exact(await this.#resource.read(offset, length, signal));
    const out = new Uint8Array(length);
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((offset + Math.max(length, 1) - 1) / BLOCK);
    let end = 0;
    for (let index = first; index <= last; index++) {
      const block = await this.#block(index);
      const from = Math.max(0, offset - index * BLOCK);
      const part = block.subarray(from, from + length - end);
      out.set(part, end);
      end += part.byteLength;
    }
    return exact(out.subarray(0, end));
  }

  #block(index: number): Promise<Uint8Array> {
    const kept = this.#blocks.get(index);
    if (kept) return kept;
    // Shared by all who read, so that no one's abort may end it.
    const block = this.#resource.read(index * BLOCK, BLOCK).catch((cause: unknown) => {
      this.#blocks.delete(index);
      throw cause;
    });
    this.#blocks.set(index, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MAX_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }
}

function exact(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
