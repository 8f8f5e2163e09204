/** Raw voxels of a file, opened slab by slab where it is large and its bytes are as they are, else read whole. */
import { volumeOf } from "@eyepiece/engine/data/array.ts";
import { type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { type RawLayout, rawSource } from "./raw-source.ts";
import type { Resource } from "./resource.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenOptions } from "./types.ts";

/** An array of this many bytes is not read whole. */
export const LARGE_BYTES = 32 << 20;

/**
 * The source of an uncompressed array; the resource is the source's, or closed when nothing is opened.
 * @throws SourceError
 */
export async function openRaw(
  label: string,
  resource: Resource,
  layout: RawLayout,
  options: OpenOptions,
): Promise<ChunkSource> {
  try {
    const bytes = volumeOf(layout.shape) * Math.max(1, layout.channels) * layout.size;
    if (!Number.isSafeInteger(bytes))
      throw new SourceError(`${label} claims a size of ${layout.shape.join(" x ")}.`);
    if (resource.size !== undefined && layout.start + bytes > resource.size) {
      const missing = layout.start + bytes - resource.size;
      throw new SourceError(`${label} is cut short: ${missing} bytes of its data are missing.`);
    }
    if (bytes >= LARGE_BYTES && layout.shape.length > 1) return rawSource(label, resource, layout);
    checkMemory(label, bytes, options);
    const body = await resource.read(layout.start, bytes, options.signal);
    if (body.byteLength < bytes)
      throw new SourceError(
        `${label} is cut short: ${bytes - body.byteLength} bytes of its data are missing.`,
      );
    const source = memorySource(
      label,
      [{ data: layout.elements(new Uint8Array(body)), shape: layout.shape }],
      {
        channels: layout.channels,
      },
    );
    await resource.close();
    return source;
  } catch (cause) {
    await resource.close();
    throw cause;
  }
}

/** @throws SourceError where an array that must be read whole is too large for that */
export function checkMemory(label: string, bytes: number, options: OpenOptions): void {
  const limit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  if (bytes <= limit) return;
  const gib = (value: number) => (value / 2 ** 30).toFixed(1);
  throw new SourceError(
    `${label} has ${gib(bytes)} GiB of voxels, over the limit of ${gib(limit)} GiB: convert it to OME-Zarr, which is read in parts.`,
  );
}
