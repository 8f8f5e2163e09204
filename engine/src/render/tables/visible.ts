/** Which rows of a table lie within a slice, found without asking each of them. */
import type { Column, ColumnArray } from "../../data/table.ts";
import { Derived } from "./derived.ts";

/** Rows whose value on an axis lies within [low, high], both ends included. */
export interface AxisRange {
  readonly axis: number;
  readonly low: number;
  readonly high: number;
}

/** Rows in buckets of equal width along one axis, rising within each bucket. */
interface AxisIndex {
  readonly low: number;
  readonly perUnit: number;
  /** Where each bucket starts in `rows`; one more than there are buckets. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Few rows are sooner asked than sorted. */
const FEW = 4096;
const indices = new Derived<ColumnArray, AxisIndex>(16);

/**
 * Rows within all ranges, rising. Equal to asking every row.
 * @param column positions: `width` numbers a row
 */
export function rowsWithin(column: Column, ranges: readonly AxisRange[]): Uint32Array {
  const { data, width } = column;
  const count = data.length / width;
  const inside = (row: number): boolean => {
    for (const { axis, low, high } of ranges) {
      const value = data[row * width + axis] ?? Number.NaN;
      if (!(value >= low && value <= high)) return false;
    }
    return true;
  };
  let best: { index: AxisIndex; from: number; to: number } | undefined;
  if (count > FEW) {
    for (const range of ranges) {
      const index = indices.get(data, `${width}/${range.axis}`, () => axisIndex(data, width, range.axis));
      const [from, to] = bucketRange(index, range);
      if (best === undefined || to - from < best.to - best.from) best = { index, from, to };
    }
  }
  const out = new Uint32Array(best === undefined ? count : best.to - best.from);
  let n = 0;
  if (best === undefined || best.to - best.from > count / 4) {
    for (let row = 0; row < count && n < out.length; row++) if (inside(row)) out[n++] = row;
    return out.subarray(0, n);
  }
  for (let i = best.from; i < best.to; i++) {
    const row = best.index.rows[i] ?? 0;
    if (inside(row)) out[n++] = row;
  }
  return out.subarray(0, n).sort();
}

function bucketOf(index: Pick<AxisIndex, "low" | "perUnit">, buckets: number, value: number): number {
  return Math.min(buckets - 1, Math.max(0, Math.floor((value - index.low) * index.perUnit)));
}

/** Where the rows of the buckets begin and end that a range touches. */
function bucketRange(index: AxisIndex, { low, high }: AxisRange): [number, number] {
  const buckets = index.starts.length - 1;
  if (!(low <= high)) return [0, 0];
  const from = index.starts[bucketOf(index, buckets, low)] ?? 0;
  const to = index.starts[bucketOf(index, buckets, high) + 1] ?? 0;
  return [from, to];
}

function axisIndex(data: ColumnArray, width: number, axis: number): AxisIndex {
  const count = data.length / width;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = axis; i < data.length; i += width) {
    const value = data[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const buckets = Math.max(1, Math.min(65_536, Math.ceil(count / 16)));
  const perUnit = high > low ? buckets / (high - low) : 0;
  const place = { low: Number.isFinite(low) ? low : 0, perUnit };
  const starts = new Uint32Array(buckets + 1);
  for (let i = axis; i < data.length; i += width) {
    const bucket = bucketOf(place, buckets, finite(data[i]));
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let b = 0; b < buckets; b++) starts[b + 1] = (starts[b + 1] ?? 0) + (starts[b] ?? 0);
  const next = starts.slice();
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const bucket = bucketOf(place, buckets, finite(data[row * width + axis]));
    const at = next[bucket] ?? 0;
    rows[at] = row;
    next[bucket] = at + 1;
  }
  return { ...place, starts, rows };
}

/** A value that is not a number falls into no range; it needs some bucket all the same. */
function finite(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
