/** A channel of an OME-Zarr image (or all of a plain array) as a ChunkSource: bricks are put together from chunks. */
import { brickOf, ELEMENT_BYTES, makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type ChunkSource,
  type Dtype,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox } from "@eyepiece/engine/data/memory-source.ts";
import type * as zarr from "zarrita";
import { copyStrided } from "../strided.ts";
import type { ChunkReader } from "./chunks.ts";

/** Most bytes of one chunk. */
const MAX_CHUNK = 512 * 1024 * 1024;

const DTYPES: Readonly<Record<string, Dtype>> = {
  bool: "uint8",
  uint8: "uint8",
  int8: "int8",
  uint16: "uint16",
  int16: "int16",
  uint32: "uint32",
  int32: "int32",
  uint64: "uint64",
  int64: "int64",
  float16: "float32",
  float32: "float32",
  float64: "float64",
};

/** One level: the array, and the geometry without the channel axis. */
export interface ZarrLevel {
  readonly array: zarr.Array<zarr.DataType>;
  readonly info: LevelInfo;
}

/** What a source is made of. */
export interface ZarrSourceOptions {
  readonly id: string;
  readonly label: string;
  readonly levels: readonly ZarrLevel[];
  readonly chunks: ChunkReader;
  /** The axis that is left out, and the position on it. */
  readonly channel: { readonly axis: number; readonly index: number } | undefined;
  /** Called when the source is no longer used. */
  readonly onDispose: () => void;
}

/** The element type that bricks have. @throws SourceError for texts, objects and chunks that are too large. */
export function dtypeOfArray(array: zarr.Array<zarr.DataType>, label: string): Dtype {
  const dtype = DTYPES[array.dtype];
  if (!dtype) throw new SourceError(`${label} holds values of type ${array.dtype}, which cannot be shown.`);
  const bytes = volumeOf(array.chunks) * ELEMENT_BYTES[dtype];
  const sane = (sizes: readonly number[], least: number) =>
    sizes.every((size) => Number.isSafeInteger(size) && size >= least);
  if (!sane(array.shape, 0) || !sane(array.chunks, 1) || array.chunks.length !== array.shape.length) {
    throw new SourceError(`${label} has a shape of ${array.shape.join(" x ")} that cannot be.`);
  }
  if (!(bytes <= MAX_CHUNK)) {
    throw new SourceError(
      `${label} has chunks of ${(bytes / 2 ** 30).toFixed(1)} GiB, which are too large to read.`,
    );
  }
  return dtype;
}

/** Makes the source. All levels have one element type. */
export function zarrSource(options: ZarrSourceOptions): ChunkSource {
  const { id, label, levels, chunks, channel, onDispose } = options;
  const first = levels[0];
  if (!first) throw new SourceError(`${label} has no levels.`);
  const dtype = dtypeOfArray(first.array, label);
  let disposed = false;
  return {
    id,
    version: 0,
    dtype,
    ndim: first.info.shape.length,
    channels: 0,
    levels: levels.map(({ info }) => info),
    async readBrick(level: number, index: readonly number[], read: ReadOptions = {}): Promise<Brick> {
      const here = levels[level];
      if (!here) throw new SourceError(`${label} has no level ${level}.`);
      if (disposed) throw new SourceError(`${label} was closed.`);
      const { start, shape } = brickBox(here.info, index);
      const data = makeArray(dtype, volumeOf(shape));
      await fill(
        here.array,
        insert(start, channel, channel?.index ?? 0),
        insert(shape, channel, 1),
        async (at, from, size, to) => {
          const chunk = await chunks.read(here.array, at, read.signal);
          const strides = insert(stridesOf(shape), channel, 0);
          copyStrided(
            { data: chunk.data, stride: chunk.stride, offset: dot(from, chunk.stride) },
            { data, stride: strides, offset: dot(to, strides) },
            size,
          );
        },
      );
      if (disposed) throw new SourceError(`${label} was closed.`);
      return brickOf(shape, data);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      onDispose();
    },
  };
}

/** Colours along the last axis, which every brick has whole. */
export function interleaved(source: ChunkSource, channels: 3 | 4): ChunkSource {
  const without = (values: readonly number[]) => values.slice(0, -1);
  return {
    ...source,
    ndim: source.ndim - 1,
    channels,
    levels: source.levels.map(({ shape, chunk, scale, translate }) => ({
      ...{ shape: without(shape), chunk: without(chunk) },
      ...{ scale: without(scale), translate: without(translate) },
    })),
    async readBrick(level, index, options): Promise<Brick> {
      const brick = await source.readBrick(level, [...index, 0], options);
      return { ...brick, shape: without(brick.shape) };
    },
  };
}

/** A list with the channel axis put back. */
function insert(values: readonly number[], channel: { axis: number } | undefined, value: number): number[] {
  return channel ? [...values.slice(0, channel.axis), value, ...values.slice(channel.axis)] : [...values];
}

/** Calls `copy` for each chunk that a box meets: where the common part begins in the chunk, its size, and where in the box. */
async function fill(
  array: zarr.Array<zarr.DataType>,
  start: readonly number[],
  size: readonly number[],
  copy: (at: number[], from: number[], size: number[], to: number[]) => Promise<void>,
): Promise<void> {
  const chunk = array.chunks;
  const first = start.map((value, axis) => Math.floor(value / (chunk[axis] ?? 1)));
  const last = start.map((value, axis) => Math.floor((value + (size[axis] ?? 1) - 1) / (chunk[axis] ?? 1)));
  const all: Promise<void>[] = [];
  const at = [...first];
  for (;;) {
    const origin = at.map((value, axis) => value * (chunk[axis] ?? 1));
    const from = origin.map((value, axis) => Math.max(0, (start[axis] ?? 0) - value));
    const to = origin.map((value, axis) => Math.max(0, value - (start[axis] ?? 0)));
    const common = from.map((value, axis) =>
      Math.min((chunk[axis] ?? 1) - value, (size[axis] ?? 1) - (to[axis] ?? 0)),
    );
    all.push(copy([...at], from, common, to));
    let axis = at.length - 1;
    for (; axis >= 0; axis--) {
      at[axis] = (at[axis] ?? 0) + 1;
      if ((at[axis] ?? 0) <= (last[axis] ?? 0)) break;
      at[axis] = first[axis] ?? 0;
    }
    if (axis < 0) break;
  }
  await Promise.all(all);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
}
