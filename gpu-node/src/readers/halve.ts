/** Half the size along two axes: what the levels of a pyramid are. */
import { dtypeOf, makeArray, volumeOf } from "@eyepiece/engine/data/array.ts";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";

/**
 * Halves the last two axes: means of 2 x 2, or, for labels, the first of the four. An odd
 * edge's last voxel stands for itself.
 */
export function halve(
  data: BrickArray,
  shape: readonly number[],
  labels: boolean,
): { data: BrickArray; shape: number[] } {
  const [height = 1, width = 1] = shape.slice(-2);
  const outer = shape.slice(0, -2);
  const [tall, wide] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const out = makeArray(dtypeOf(data), volumeOf(outer) * tall * wide);
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const whole = !(data instanceof Float32Array || data instanceof Float64Array);
  const source = data as Float64Array;
  const target = out as Float64Array;
  let write = 0;
  for (let plane = 0; plane < volumeOf(outer); plane++) {
    const base = plane * height * width;
    for (let y = 0; y < tall; y++) {
      const top = base + 2 * y * width;
      const bottom = 2 * y + 1 < height ? top + width : top;
      for (let x = 0; x < wide; x++) {
        const left = 2 * x;
        const right = left + 1 < width ? left + 1 : left;
        if (labels) {
          target[write++] = source[top + left] ?? 0;
          continue;
        }
        const a = top + left;
        const b = top + right;
        const c = bottom + left;
        const d = bottom + right;
        if (big) {
          const sum =
            BigInt(source[a] ?? 0) + BigInt(source[b] ?? 0) + BigInt(source[c] ?? 0) + BigInt(source[d] ?? 0);
          target[write++] = (sum / 4n) as unknown as number;
        } else {
          const mean = ((source[a] ?? 0) + (source[b] ?? 0) + (source[c] ?? 0) + (source[d] ?? 0)) / 4;
          target[write++] = whole ? Math.round(mean) : mean;
        }
      }
    }
  }
  return { data: out, shape: [...outer, tall, wide] };
}
