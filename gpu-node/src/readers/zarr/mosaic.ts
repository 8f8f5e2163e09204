/** Images of one size side by side as one source. */
import { brickOf, makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type ChunkSource,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox } from "@eyepiece/engine/data/memory-source.ts";
import { readRegion } from "../region.ts";
import { copyStrided } from "../strided.ts";

/** Which image is where. */
export interface MosaicGrid {
  readonly rows: number;
  readonly columns: number;
  /** The image at a place; undefined where there is none, which is shown as zeros. @throws SourceError */
  field(row: number, column: number): Promise<ChunkSource | undefined>;
}

/** Edge up to which an image is one brick. */
const WHOLE_EDGE = 512;
/** Most voxels along an axis. */
const MAX_EDGE = 2 ** 31;

/** Tiles images like `model` along its last two axes. @throws SourceError */
export function mosaicSource(
  id: string,
  label: string,
  model: ChunkSource,
  grid: MosaicGrid,
  onDispose: () => void,
): ChunkSource {
  if (model.ndim < 2)
    throw new SourceError(`${label} has images of ${model.ndim} axis, which cannot be laid out.`);
  const levels = model.levels.map((level) => tiled(level, model.levels[0] ?? level, grid));
  if (levels.some(({ shape }) => shape.some((size) => size >= MAX_EDGE)))
    throw new SourceError(`${label} would be larger than ${MAX_EDGE} pixels.`);
  const inner = Math.max(1, model.channels);
  let disposed = false;
  return {
    id,
    version: 0,
    dtype: model.dtype,
    ndim: model.ndim,
    channels: model.channels,
    levels,
    async readBrick(level: number, index: readonly number[], { signal }: ReadOptions = {}): Promise<Brick> {
      const info = levels[level];
      const own = model.levels[level];
      if (disposed) throw new SourceError(`${label} was closed.`);
      if (!info || !own) throw new SourceError(`${label} has no level ${level}.`);
      const { start, shape } = brickBox(info, index);
      const data = makeArray(model.dtype, volumeOf(shape) * inner);
      const strides = stridesOf(shape, inner);
      const [height = 1, width = 1] = own.shape.slice(-2);
      const [y = 0, x = 0] = start.slice(-2);
      const [tall = 1, wide = 1] = shape.slice(-2);
      for (let row = Math.floor(y / height); row * height < y + tall; row++) {
        for (let column = Math.floor(x / width); column * width < x + wide; column++) {
          signal?.throwIfAborted();
          const field = await grid.field(row, column);
          if (!field) continue;
          if (!alike(field, model)) throw new SourceError(`${label} has fields of different sizes or types.`);
          const top = Math.max(y, row * height);
          const left = Math.max(x, column * width);
          const size = [
            ...shape.slice(0, -2),
            Math.min(y + tall, (row + 1) * height) - top,
            Math.min(x + wide, (column + 1) * width) - left,
          ];
          const from = [...start.slice(0, -2), top - row * height, left - column * width];
          const part = await readRegion(field, level, from, size, signal);
          const offset = (top - y) * (strides.at(-2) ?? 0) + (left - x) * (strides.at(-1) ?? 0);
          const colours = inner > 1 ? [1] : [];
          copyStrided(
            { data: part, stride: [...stridesOf(size, inner), ...colours], offset: 0 },
            { data, stride: [...strides, ...colours], offset },
            [...size, ...colours.map(() => inner)],
          );
        }
      }
      return brickOf(shape, data);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      onDispose();
    },
  };
}

/** A level of the mosaic: images begin where those of the finest level do, whatever a level's size was rounded to. */
function tiled(level: LevelInfo, finest: LevelInfo, { rows, columns }: MosaicGrid): LevelInfo {
  const y = level.shape.length - 2;
  const counts = level.shape.map((_, axis) => (axis === y ? rows : axis === y + 1 ? columns : 1));
  const scale = level.scale.map((value, axis) =>
    axis < y ? value : (finest.shape[axis] ?? 1) / Math.max(1, level.shape[axis] ?? 1),
  );
  const flat = volumeOf(level.chunk.slice(0, y)) === 1;
  const edge = (axis: number) => (axis === y || axis === y + 1 ? (level.shape[axis] ?? 1) : 0);
  const whole = flat && edge(y) <= WHOLE_EDGE && edge(y + 1) <= WHOLE_EDGE;
  return {
    shape: level.shape.map((size, axis) => size * (counts[axis] ?? 1)),
    chunk: level.chunk.map((size, axis) => (whole && axis >= y ? Math.max(1, edge(axis)) : size)),
    scale,
    translate: level.translate.map((value, axis) => (axis < y ? value : ((scale[axis] ?? 1) - 1) / 2)),
  };
}

function alike(a: ChunkSource, b: ChunkSource): boolean {
  return (
    a.dtype === b.dtype &&
    a.levels.length === b.levels.length &&
    a.levels.every(({ shape }, level) => shape.join() === b.levels[level]?.shape.join())
  );
}
