/** The order in which an image is walked through. */
import { volumeOf } from "@eyepiece/engine/data/array.ts";

/** A part of an array. */
export interface Box {
  readonly start: number[];
  readonly size: number[];
}

/** Boxes of at most `most` voxels (one row at least) that follow each other in C order without gaps. */
export function* slabs(shape: readonly number[], most: number): Generator<Box> {
  const chunk = shape.map(() => 1);
  let voxels = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    chunk[axis] =
      axis === shape.length - 1 ? size : Math.max(1, Math.min(size, Math.floor(most / Math.max(1, voxels))));
    voxels *= chunk[axis] ?? 1;
    if ((chunk[axis] ?? 1) < size) break;
  }
  yield* boxes(shape, chunk);
}

/** Boxes of one size, cropped at the edges, the last axis fastest. */
export function* boxes(shape: readonly number[], chunk: readonly number[]): Generator<Box> {
  const counts = shape.map((size, axis) => Math.ceil(size / (chunk[axis] ?? 1)));
  const total = volumeOf(counts);
  for (let number = 0; number < total; number++) {
    const index = unravel(number, counts);
    const start = index.map((value, axis) => value * (chunk[axis] ?? 1));
    yield { start, size: start.map((value, axis) => Math.min(chunk[axis] ?? 1, (shape[axis] ?? 0) - value)) };
  }
}

/** The index of a place counted in C order. */
export function unravel(flat: number, counts: readonly number[]): number[] {
  const index = counts.map(() => 0);
  let rest = flat;
  for (let axis = counts.length - 1; axis >= 0; axis--) {
    const count = counts[axis] ?? 1;
    index[axis] = rest % count;
    rest = Math.floor(rest / count);
  }
  return index;
}
