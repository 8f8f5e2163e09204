/** NumPy's .npy arrays: small ones and those behind addresses read whole, large local ones slab by slab. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { NpyError, type NpyHeader, parseNpy, parseNpyHeader } from "../render/npy.ts";
import { StreamReader } from "./bytes.ts";
import { rawSource } from "./raw-source.ts";
import { openResource } from "./resource.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenedData, type OpenOptions } from "./types.ts";

/** Below this, an axis of three is more likely three slices than a picture's colours. */
const MIN_RGB_EDGE = 30;

/** A local file of this size is not read whole. */
const LARGE_BYTES = 32 << 20;
/** Headers are padded to a few hundred bytes; one of this length describes nothing that is shown here. */
const MAX_HEADER = 64 << 10;

/** Opens a .npy. @throws SourceError */
export async function openNpy(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label, size } = resource;
  if (size !== undefined && size >= LARGE_BYTES && !/^https?:/i.test(uri)) {
    try {
      const header = headerOf(await resource.read(0, MAX_HEADER, options.signal), size, label);
      // Colours that come last and are the slowest in the file do not lie in one piece.
      const apart = header.fortran && rgbChannels(header.shape, header.size === 1) > 0;
      if (header.shape.length > 1 && !apart) {
        const channels = rgbChannels(header.shape, header.elements(new Uint8Array(0)) instanceof Uint8Array);
        const shape = channels ? header.shape.slice(0, -1) : header.shape;
        const source = rawSource(label, resource, { ...header, shape, channels });
        return [
          {
            source,
            rgb: channels > 0,
            labels: false,
            label,
            defaults: { name: label.replace(/\.npy$/i, "") },
          },
        ];
      }
    } catch (cause) {
      await resource.close();
      throw cause;
    }
  }
  try {
    if (size === undefined) throw new SourceError(`${label} has no known size: download it first.`);
    const limit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
    if (size > limit)
      throw new SourceError(
        `${label} is larger than ${(limit / 2 ** 30).toFixed(1)} GiB: convert it to OME-Zarr.`,
      );
    const bytes = new Uint8Array(size);
    const reader = new StreamReader(await resource.stream(options.signal), label);
    try {
      await reader.fill(bytes, (done) => options.onProgress?.(done / size, `Reading ${label}`));
    } finally {
      reader.close();
    }
    const { shape, data } = parsed(bytes, label);
    if (shape.length === 0) throw new SourceError(`${label} is a single value, not an image.`);
    const channels = rgbChannels(shape, data instanceof Uint8Array);
    const pixels = channels ? shape.slice(0, -1) : shape.length === 1 ? [1, ...shape] : shape;
    const source = memorySource(label, [{ data, shape: pixels }], { channels });
    return [
      { source, rgb: channels > 0, labels: false, label, defaults: { name: label.replace(/\.npy$/i, "") } },
    ];
  } finally {
    await resource.close();
  }
}

function headerOf(bytes: Uint8Array, total: number, label: string): NpyHeader {
  try {
    return parseNpyHeader(bytes, total);
  } catch (cause) {
    if (cause instanceof NpyError) throw new SourceError(`${label}: ${cause.message}`, { cause });
    throw cause;
  }
}

function parsed(bytes: Uint8Array, label: string): ReturnType<typeof parseNpy> {
  try {
    return parseNpy(bytes);
  } catch (cause) {
    if (cause instanceof NpyError) throw new SourceError(`${label}: ${cause.message}`, { cause });
    throw cause;
  }
}

/** napari's guess: colours come last, and a picture has some size. */
function rgbChannels(shape: readonly number[], bytes: boolean): 0 | 3 | 4 {
  const [height = 0, width = 0, last = 0] = shape.slice(-3);
  if (!bytes || shape.length < 3 || height <= MIN_RGB_EDGE || width <= MIN_RGB_EDGE) return 0;
  return last === 3 || last === 4 ? last : 0;
}
