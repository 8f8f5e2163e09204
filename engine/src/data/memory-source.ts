/** Arrays in memory as a ChunkSource. */
import { brickOf, copyBox, dtypeOf, makeArray, volumeOf } from "./array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  type Dtype,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "./chunk-source.ts";

/** One level of an array in memory. */
export interface MemoryLevel {
  /** C order; with colours, 3 or 4 interleaved elements a voxel. */
  readonly data: BrickArray;
  /** Without the channel axis. */
  readonly shape: readonly number[];
}

/** Options of {@link memorySource}. */
export interface MemoryOptions {
  readonly channels?: 0 | 3 | 4;
  /** Brick size; by default at most 64 on each of the last three axes, 1 on those before. */
  readonly chunk?: readonly number[];
  readonly version?: number;
}

/** The usual brick: 64 on each of the last three axes (512 on both of an image), 1 on those before. */
export function defaultChunk(shape: readonly number[]): number[] {
  const edge = shape.length <= 2 ? 512 : 64;
  return shape.map((size, axis) => Math.max(1, Math.min(size, axis >= shape.length - 3 ? edge : 1)));
}

/** Level i voxel k is centred on finest voxel k * factor + (factor - 1) / 2: each coarse voxel covers `factor` fine ones. */
export function levelGeometry(
  finest: readonly number[],
  shape: readonly number[],
  chunk: readonly number[],
): LevelInfo {
  const scale = shape.map((size, axis) => (size === 0 ? 1 : (finest[axis] ?? size) / size));
  return { shape, chunk, scale, translate: scale.map((factor) => (factor - 1) / 2) };
}

/**
 * An array, or a pyramid of arrays (finest first), in memory. The arrays are not copied: do not write to them.
 * @throws SourceError when shapes and lengths do not fit
 */
export function memorySource(
  id: string,
  levels: readonly MemoryLevel[],
  options: MemoryOptions = {},
): ChunkSource {
  const finest = levels[0];
  if (finest === undefined) throw new SourceError(`The array ${id} has no levels.`);
  const channels = options.channels ?? 0;
  const inner = Math.max(1, channels);
  const dtype: Dtype = dtypeOf(finest.data);
  for (const level of levels) {
    if (volumeOf(level.shape) * inner !== level.data.length || level.shape.length !== finest.shape.length) {
      throw new SourceError(
        `The array ${id} has ${level.data.length} elements, which do not fill its shape.`,
      );
    }
    if (dtypeOf(level.data) !== dtype)
      throw new SourceError(`The levels of ${id} differ in their element type.`);
  }
  const infos = levels.map((level) =>
    levelGeometry(
      finest.shape,
      level.shape,
      options.chunk?.map((size, axis) => Math.min(size, Math.max(1, level.shape[axis] ?? 1))) ??
        defaultChunk(level.shape),
    ),
  );
  return {
    id,
    version: options.version ?? 0,
    dtype,
    ndim: finest.shape.length,
    channels,
    levels: infos,
    async readBrick(level: number, index: readonly number[], read: ReadOptions = {}): Promise<Brick> {
      read.signal?.throwIfAborted();
      const info = infos[level];
      const data = levels[level]?.data;
      if (info === undefined || data === undefined)
        throw new SourceError(`The array ${id} has no level ${level}.`);
      const { start, shape } = brickBox(info, index);
      const brick = makeArray(dtype, volumeOf(shape) * inner);
      copyBox(data, info.shape, start, shape, brick, inner);
      return brickOf(shape, brick);
    },
    async dispose(): Promise<void> {},
  };
}

/** Where a brick lies in its level, cropped at the array's edge. @throws SourceError outside the array */
export function brickBox(info: LevelInfo, index: readonly number[]): { start: number[]; shape: number[] } {
  const start = info.shape.map((_, axis) => (index[axis] ?? 0) * (info.chunk[axis] ?? 1));
  const shape = info.shape.map((size, axis) => Math.min(info.chunk[axis] ?? 1, size - (start[axis] ?? 0)));
  if (index.length !== info.shape.length || shape.some((size) => size <= 0) || start.some((one) => one < 0)) {
    throw new SourceError(`There is no brick ${index.join(",")} in an array of ${info.shape.join(" x ")}.`);
  }
  return { start, shape };
}

/** A pyramid by repeated averaging over 2 x 2 x 2 (the last three axes) until the level fits in `target` voxels an axis. */
export function meanPyramid(
  finest: MemoryLevel,
  options: { channels?: 0 | 3 | 4; target?: number } = {},
): MemoryLevel[] {
  const levels = [finest];
  const inner = Math.max(1, options.channels ?? 0);
  for (let last = finest; Math.max(...last.shape.slice(-3)) > (options.target ?? 128); ) {
    last = halve(last, inner);
    levels.push(last);
  }
  return levels;
}

function halve(level: MemoryLevel, inner: number): MemoryLevel {
  const n = level.shape.length;
  const shape = level.shape.map((size, axis) => (axis >= n - 3 ? Math.ceil(size / 2) : size));
  const [depth, height, width] = [...new Array<number>(3).fill(1), ...level.shape].slice(-3) as [
    number,
    number,
    number,
  ];
  const [d, h, w] = [...new Array<number>(3).fill(1), ...shape].slice(-3) as [number, number, number];
  const out = makeArray(dtypeOf(level.data), volumeOf(shape) * inner);
  const source = level.data as Float64Array;
  const target = out as Float64Array;
  const big = level.data instanceof BigInt64Array || level.data instanceof BigUint64Array;
  const whole = !(level.data instanceof Float32Array || level.data instanceof Float64Array);
  let write = 0;
  for (let outer = 0; outer < volumeOf(shape.slice(0, -3)); outer++) {
    for (let z = 0; z < d; z++)
      for (let y = 0; y < h; y++)
        for (let x = 0; x < w; x++)
          for (let c = 0; c < inner; c++) {
            let sum = 0;
            let count = 0;
            for (let k = 0; k < 8; k++) {
              const zz = 2 * z + (k >> 2);
              const yy = 2 * y + ((k >> 1) & 1);
              const xx = 2 * x + (k & 1);
              if (zz >= depth || yy >= height || xx >= width) continue;
              sum += Number(source[(((outer * depth + zz) * height + yy) * width + xx) * inner + c] ?? 0);
              count++;
            }
            const mean = sum / count;
            const value = whole ? Math.round(mean) : mean;
            target[write++] = big ? (BigInt(value) as unknown as number) : value;
          }
  }
  return { data: out, shape };
}
