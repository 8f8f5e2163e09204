/** Copies boxes between arrays whose axes lie in any order. */
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";

/** An array and where in it a box begins. */
export interface Place {
  readonly data: BrickArray;
  /** Elements from one voxel to the next along each axis. */
  readonly stride: readonly number[];
  /** Element of the box's first voxel. */
  readonly offset: number;
}

/** Copies a box of `size` voxels; both arrays are of one class. The last axis is the inner loop. */
export function copyStrided(from: Place, to: Place, size: readonly number[]): void {
  if (size.some((extent) => extent <= 0)) return;
  const last = size.length - 1;
  const inner = size[last] ?? 1;
  const [step, write] = [from.stride[last] ?? 1, to.stride[last] ?? 1];
  const source = from.data as Float64Array;
  const target = to.data as Float64Array;
  const index = Array<number>(last).fill(0);
  for (;;) {
    let [a, b] = [from.offset, to.offset];
    for (let axis = 0; axis < last; axis++) {
      a += (index[axis] ?? 0) * (from.stride[axis] ?? 0);
      b += (index[axis] ?? 0) * (to.stride[axis] ?? 0);
    }
    if (step === 1 && write === 1) target.set(source.subarray(a, a + inner), b);
    else for (let i = 0; i < inner; i++) target[b + i * write] = source[a + i * step] ?? 0;
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (size[axis] ?? 0)) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
