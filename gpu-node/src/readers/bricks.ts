/** Which bricks to cut data into that come in chunks of their own. */

/** Voxels of a brick that are worth a request and a texture upload, and the most that is kept in one. */
const LEAST = 32 ** 3;
const MOST = 64 ** 3;

/**
 * A brick size for an array in chunks: the chunk itself where it is of a useful size, a part of it where it is larger,
 * several where it is small. Only the axes in `spatial` grow.
 */
export function brickFor(
  shape: readonly number[],
  chunk: readonly number[],
  spatial: readonly number[],
): number[] {
  const brick = chunk.map((size, axis) => Math.max(1, Math.min(size, shape[axis] ?? 1)));
  const volume = (): number => brick.reduce((product, size) => product * size, 1);
  while (volume() > MOST) {
    const largest = brick.indexOf(Math.max(...brick));
    brick[largest] = Math.ceil((brick[largest] ?? 1) / 2);
  }
  while (volume() < LEAST) {
    const growing = spatial
      .filter((axis) => (brick[axis] ?? 1) < (shape[axis] ?? 1))
      .sort((a, b) => (brick[a] ?? 1) - (brick[b] ?? 1))[0];
    if (growing === undefined) break;
    brick[growing] = Math.min((brick[growing] ?? 1) * 2, shape[growing] ?? 1);
  }
  return brick;
}
