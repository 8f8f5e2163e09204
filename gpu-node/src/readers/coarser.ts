/** More levels for an image whose pyramid ends early: made from the level before when they are looked at. */
import { brickOf } from "@eyepiece/engine/data/array.ts";
import { type ChunkSource, type LevelInfo, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox } from "@eyepiece/engine/data/memory-source.ts";
import { halve } from "./halve.ts";
import { readRegion } from "./region.ts";

/** Edge of a made brick. */
const EDGE = 512;
const MAX_LEVELS = 32;

/**
 * Adds levels of half the size along the last two axes until they fit in `target`. Scalar sources only; it owns the source.
 * A brick of a made level reads those beneath it, down to the file: the first look at a whole plate reads its coarsest level.
 */
export function withCoarserLevels(source: ChunkSource, target = 1024): ChunkSource {
  const given = source.levels.length;
  const levels: LevelInfo[] = [...source.levels];
  for (
    let last = levels.at(-1);
    last && source.channels === 0 && levels.length < MAX_LEVELS;
    last = levels.at(-1)
  ) {
    if (Math.max(...last.shape.slice(-2)) <= target) break;
    levels.push(next(last));
  }
  if (levels.length === given) return source;
  const whole: ChunkSource = {
    ...source,
    levels,
    async readBrick(level, index, options = {}) {
      if (level < given) return source.readBrick(level, index, options);
      const info = levels[level];
      const before = levels[level - 1];
      if (!info || !before) throw new SourceError(`${source.id} has no level ${level}.`);
      const { start, shape } = brickBox(info, index);
      const y = shape.length - 2;
      const double = (value: number, axis: number) => (axis >= y ? value * 2 : value);
      const from = start.map(double);
      const size = shape.map((value, axis) =>
        Math.min(double(value, axis), (before.shape[axis] ?? 0) - (from[axis] ?? 0)),
      );
      const data = await readRegion(whole, level - 1, from, size, options.signal);
      return brickOf(shape, halve(data, size, false).data);
    },
    dispose: () => source.dispose(),
  };
  return whole;
}

function next({ shape, chunk, scale, translate }: LevelInfo): LevelInfo {
  const y = shape.length - 2;
  const half = shape.map((size, axis) => (axis >= y ? Math.ceil(size / 2) : size));
  return {
    shape: half,
    chunk: half.map((size, axis) => (axis >= y ? Math.min(EDGE, Math.max(1, size)) : (chunk[axis] ?? 1))),
    scale: scale.map((value, axis) => (axis >= y ? value * 2 : value)),
    // Two voxels become one, whose centre lies between theirs.
    translate: translate.map((value, axis) => (axis >= y ? value + (scale[axis] ?? 1) / 2 : value)),
  };
}
