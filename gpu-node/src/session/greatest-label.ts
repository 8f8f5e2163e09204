/** The greatest label of an image, so that a new one can be above it. */
import { volumeOf } from "@eyepiece/engine/data/array.ts";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";

/** Voxels that are looked through at most; of larger images a coarser level. */
const MOST_VOXELS = 256 * 1024 * 1024;

/** See the file's comment. Brick by brick; 0 where there is none. @throws SourceError */
export async function greatestLabel(source: ChunkSource): Promise<number> {
  const fits = source.levels.findIndex(({ shape }) => volumeOf(shape) <= MOST_VOXELS);
  const level = fits < 0 ? source.levels.length - 1 : fits;
  const info = source.levels[level];
  if (!info) return 0;
  const counts = info.shape.map((size, axis) => Math.max(1, Math.ceil(size / (info.chunk[axis] ?? 1))));
  const total = Math.min(
    counts.reduce((product, count) => product * count, 1),
    MOST_BRICKS,
  );
  let greatest = 0;
  for (let n = 0; n < total; n++) {
    let rest = n;
    const index = counts.map(() => 0);
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      index[axis] = rest % (counts[axis] ?? 1);
      rest = Math.floor(rest / (counts[axis] ?? 1));
    }
    const { max } = await source.readBrick(level, index);
    if (max > greatest) greatest = max;
  }
  return greatest;
}

/** Even a level of many small bricks ends. */
const MOST_BRICKS = 100_000;
