/** Any box of a source, put together from its bricks. */
import { makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type BrickArray, type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { copyStrided } from "./strided.ts";

/**
 * The voxels from `start` over `shape`, in C order, colours interleaved. Bricks are read one after the other, so that the
 * box and one brick are all that is held.
 * @throws SourceError; the signal's reason when aborted
 */
export async function readRegion(
  source: ChunkSource,
  level: number,
  start: readonly number[],
  shape: readonly number[],
  signal?: AbortSignal,
): Promise<BrickArray> {
  const info = source.levels[level];
  if (!info) throw new SourceError(`${source.id} has no level ${level}.`);
  const inner = Math.max(1, source.channels);
  const out = makeArray(source.dtype, volumeOf(shape) * inner);
  const strides = stridesOf(shape, inner);
  const step = (axis: number) => info.chunk[axis] ?? 1;
  const first = start.map((value, axis) => Math.floor(value / step(axis)));
  const last = start.map((value, axis) => Math.floor((value + (shape[axis] ?? 1) - 1) / step(axis)));
  if (shape.some((size) => size <= 0)) return out;
  const at = [...first];
  for (;;) {
    signal?.throwIfAborted();
    const brick = await source.readBrick(level, at, signal ? { signal } : {});
    const origin = at.map((value, axis) => value * step(axis));
    const from = origin.map((value, axis) => Math.max(0, (start[axis] ?? 0) - value));
    const to = origin.map((value, axis) => Math.max(0, value - (start[axis] ?? 0)));
    const size = from.map((value, axis) =>
      Math.min((brick.shape[axis] ?? 1) - value, (shape[axis] ?? 1) - (to[axis] ?? 0)),
    );
    const own = stridesOf(brick.shape, inner);
    // Interleaved colours are an axis of their own.
    const colours = inner > 1 ? [1] : [];
    copyStrided(
      { data: brick.data, stride: [...own, ...colours], offset: dot(from, own) },
      { data: out, stride: [...strides, ...colours], offset: dot(to, strides) },
      [...size, ...colours.map(() => inner)],
    );
    let axis = at.length - 1;
    for (; axis >= 0; axis--) {
      at[axis] = (at[axis] ?? 0) + 1;
      if ((at[axis] ?? 0) <= (last[axis] ?? 0)) break;
      at[axis] = first[axis] ?? 0;
    }
    if (axis < 0) return out;
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
}
