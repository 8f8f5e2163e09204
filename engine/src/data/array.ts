/** Typed arrays by dtype, and boxes of voxels copied between arrays in C order. */
import type { Brick, BrickArray, Dtype } from "./chunk-source.ts";

const MAKERS: Record<Dtype, new (length: number) => BrickArray> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint64: BigUint64Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<Dtype, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float32: 4,
  float64: 8,
};

/** An array of zeros. */
export function makeArray(dtype: Dtype, length: number): BrickArray {
  return new MAKERS[dtype](length);
}

/** The dtype of an array's class. */
export function dtypeOf(data: BrickArray): Dtype {
  const entry = Object.entries(MAKERS).find(([, maker]) => data instanceof maker);
  if (entry === undefined) throw new TypeError("not a typed array of a known class");
  return entry[0] as Dtype;
}

/** The product of the entries; 1 for none. */
export function volumeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** C-order strides in elements, with `inner` elements a voxel. */
export function stridesOf(shape: readonly number[], inner = 1): number[] {
  const strides = shape.map(() => inner);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return strides;
}

/** The least and greatest finite value; min > max when no value is finite. */
export function minMax(data: BrickArray): { min: number; max: number } {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    let low = data[0] ?? 0n;
    let high = low;
    for (const value of data) {
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    return data.length === 0 ? EMPTY_RANGE : { min: Number(low), max: Number(high) };
  }
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    // NaN fails both comparisons; infinities are excluded so that limits stay usable.
    if (value < min && value !== Number.NEGATIVE_INFINITY) min = value;
    if (value > max && value !== Number.POSITIVE_INFINITY) max = value;
  }
  return min === Number.POSITIVE_INFINITY || max === Number.NEGATIVE_INFINITY ? EMPTY_RANGE : { min, max };
}

/** A brick whose range is only looked for when somebody asks: most are only drawn. */
export function brickOf(shape: readonly number[], data: BrickArray): Brick {
  let range: { min: number; max: number } | undefined;
  const found = (): { min: number; max: number } => {
    range ??= minMax(data);
    return range;
  };
  return {
    shape,
    data,
    get min() {
      return found().min;
    },
    get max() {
      return found().max;
    },
  };
}

/** The range of an array without a finite value. */
export const EMPTY_RANGE = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY } as const;

/** A box cut out of a C-order array: `start` and `size` in voxels, `inner` elements a voxel. */
export function copyBox(
  source: BrickArray,
  shape: readonly number[],
  start: readonly number[],
  size: readonly number[],
  target: BrickArray,
  inner = 1,
): void {
  const strides = stridesOf(shape, inner);
  const rowLength = (size.at(-1) ?? 1) * inner;
  if (rowLength === 0 || size.includes(0)) return;
  const axes = size.length - 1;
  let put = 0;
  const walk = (axis: number, from: number): void => {
    if (axis >= axes) {
      setRange(target, source, from, rowLength, put);
      put += rowLength;
      return;
    }
    const stride = strides[axis] ?? 0;
    const count = size[axis] ?? 0;
    let at = from + (start[axis] ?? 0) * stride;
    for (let i = 0; i < count; i++, at += stride) walk(axis + 1, at);
  };
  walk(0, (start.at(-1) ?? 0) * inner);
}

function setRange(target: BrickArray, source: BrickArray, from: number, length: number, to: number): void {
  // Both arrays are of one class by construction; the union type cannot say so.
  (target as Uint8Array).set((source as Uint8Array).subarray(from, from + length), to);
}
