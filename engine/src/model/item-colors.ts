/** Colours of items: their own, or by a feature through a cycle or a colormap. Pure. */
import type { Colormap, ItemColors, Rgba } from "@eyepiece/protocol/scene/schema.ts";
import type { Feature, Table } from "../data/table.ts";
import { colormap, sampleColormap } from "./colormaps.ts";

const made = new WeakMap<object, Map<string, Float32Array>>();

/**
 * RGBA of every item, four numbers each. The same array as long as the table's columns and the rule are the same.
 * @param own the column with the items' own colours, used for `direct` and where the feature is missing; white without it
 */
export function itemColors(table: Table, own: string, rule: ItemColors): Float32Array {
  const column = table.columns.get(own)?.data;
  const feature = rule.mode === "direct" ? undefined : table.features.get(rule.feature);
  if (feature === undefined) {
    if (column instanceof Float32Array) return column;
    const from = column ?? table.columns;
    return remembered(from, `own ${own}`, () => plain(column, table.count));
  }
  return remembered(feature.data, JSON.stringify(rule), () =>
    rule.mode === "cycle"
      ? cycleColors(feature, rule.cycle, table.count)
      : mappedColors(feature, rule.colormap ?? colormap("viridis"), rule.contrast_limits, table.count),
  );
}

function remembered(object: object, key: string, make: () => Float32Array): Float32Array {
  let values = made.get(object);
  if (values === undefined) {
    values = new Map();
    made.set(object, values);
  }
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    // Of a rule that is being dragged only the last few are of use.
    if (values.size >= 4) values.delete(values.keys().next().value ?? "");
    values.set(key, value);
  }
  return value;
}

function plain(column: ArrayLike<number> | undefined, count: number): Float32Array {
  return column === undefined ? new Float32Array(count * 4).fill(1) : Float32Array.from(column);
}

/**
 * A cycle gives its colours to values in the order in which they first appear, and starts again when it is at its end. Values that are not
 * numbers are one value.
 */
export function cycleColors(feature: Feature, cycle: readonly Rgba[], count: number): Float32Array {
  const out = new Float32Array(count * 4);
  const seen = new Map<number, Rgba>();
  for (let i = 0; i < count; i++) {
    const value = feature.data[i] ?? Number.NaN;
    let color = seen.get(value);
    if (color === undefined) {
      color = cycle[seen.size % cycle.length] ?? [1, 1, 1, 1];
      seen.set(value, color);
    }
    out.set(color, i * 4);
  }
  return out;
}

/** The feature's least and greatest finite value; 0 and 1 where there is none. */
export function featureRange(feature: Feature, count: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const value = feature.data[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Colours between limits (the feature's range without them); words count by their place among the words. */
export function mappedColors(
  feature: Feature,
  map: Colormap,
  limits: readonly [number, number] | null,
  count: number,
): Float32Array {
  const [low, high] = limits ?? featureRange(feature, count);
  const out = new Float32Array(count * 4);
  const span = high - low;
  for (let i = 0; i < count; i++) {
    const value = feature.data[i] ?? Number.NaN;
    const t = span > 0 ? Math.min(1, Math.max(0, (value - low) / span)) : 0;
    out.set(sampleColormap(map, t), i * 4);
  }
  return out;
}
