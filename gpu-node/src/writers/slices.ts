/** One slice as PNG: colours as they are, values between the contrast limits as gray. */
import { writeFile } from "node:fs/promises";
import type { BrickArray, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { encode } from "fast-png";
import { readRegion } from "../readers/region.ts";
import { place } from "./place.ts";
import { WriteError, type WriteOptions } from "./types.ts";

/** PNG encoders here hold the picture. */
const MAX_PIXELS = 2 ** 27;

/** Which slice, and how. */
export interface SliceOptions extends WriteOptions {
  readonly level?: number;
  /** Indices of the axes before the last two; zeros by default. */
  readonly at?: readonly number[];
  /** What becomes black and white. Without them 8- and 16-bit unsigned values are written as they are. */
  readonly contrast_limits?: readonly [number, number];
  readonly replace?: boolean;
}

/** Writes one slice. @throws WriteError, SourceError, the signal's reason */
export async function writePngSlice(
  path: string,
  source: ChunkSource,
  options: SliceOptions = {},
): Promise<void> {
  const level = options.level ?? 0;
  const shape = source.levels[level]?.shape ?? [];
  const [height = 1, width = 1] = shape.slice(-2);
  const at = options.at ?? shape.slice(0, -2).map(() => 0);
  if (shape.length < 2 || at.length !== shape.length - 2)
    throw new WriteError(
      `${source.id} has ${shape.length} axes, and ${at.length} of them were given for the slice.`,
    );
  if (height * width > MAX_PIXELS)
    throw new WriteError(
      `${source.id} has slices of ${width} x ${height} pixels, too many for a PNG: save it as OME-TIFF.`,
    );
  const box = [...at.map(() => 1), height, width];
  await place(
    path,
    async (temporary) => {
      const data = await readRegion(source, level, [...at, 0, 0], box, options.signal);
      options.onProgress?.(0.5);
      await writeFile(temporary, encode(picture(data, source, width, height, options.contrast_limits)));
      options.onProgress?.(1);
    },
    options,
  );
}

function picture(
  data: BrickArray,
  source: ChunkSource,
  width: number,
  height: number,
  limits: readonly [number, number] | undefined,
) {
  if (source.channels) {
    if (!(data instanceof Uint8Array))
      throw new WriteError(`${source.id} has colours of ${source.dtype}, which PNG does not hold.`);
    return { width, height, data, channels: source.channels };
  }
  if (!limits && data instanceof Uint8Array) return { width, height, data, channels: 1 as const };
  if (!limits && data instanceof Uint16Array)
    return { width, height, data, channels: 1 as const, depth: 16 as const };
  if (!limits)
    throw new WriteError(
      `${source.id} has values of ${source.dtype}, which become gray only between contrast limits.`,
    );
  const [low, high] = limits;
  const span = high > low ? high - low : 1;
  const gray = new Uint8ClampedArray(data.length);
  // NaN becomes black, as it is drawn.
  for (let i = 0; i < gray.length; i++) gray[i] = ((Number(data[i]) - low) / span) * 255;
  return { width, height, data: new Uint8Array(gray.buffer), channels: 1 as const };
}
