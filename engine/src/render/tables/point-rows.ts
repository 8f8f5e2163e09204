/** Which points a view shows, and how large: napari's slicing of points. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Column, Table } from "../../data/table.ts";
import { column } from "../../data/table.ts";
import { nameOf } from "./buffers.ts";
import { Derived } from "./derived.ts";
import type { HiddenAxis, TableSlice } from "./frame.ts";
import { type AxisRange, rowsWithin } from "./visible.ts";

/** Points on the screen. Undefined rows: all of them. Undefined sizes: those of the table. */
export interface PointRows {
  readonly rows: Uint32Array | undefined;
  /** One for each of `rows`. */
  readonly sizes: Float32Array | undefined;
}

const kept = new Derived<object, PointRows>(8);
const largest = new Derived<object, number>(1);

function largestOf({ data }: Column): number {
  return largest.get(data, "", () => {
    let most = 0;
    for (const value of data) if (value > most) most = value;
    return most;
  });
}

/** Half of what a slice without margins is thick: one data unit. */
const THIN = 0.5;

/** A slice's ends on a hidden axis; a slice without thickness is one data unit thick. */
export function sliceEnds({ axis, point, left, right }: HiddenAxis, thick: boolean): AxisRange {
  const low = thick ? point - left : point;
  const high = thick ? point + right : point;
  // NumPy's isclose.
  if (Math.abs(high - low) <= 1e-8 + 1e-5 * Math.abs(low))
    return { axis, low: low - THIN, high: high + THIN };
  return { axis, low, high };
}

/** The points that a slice shows. */
export function pointRows(layer: PointsLayer, table: Table, slice: TableSlice): PointRows {
  const position = column(table, "position");
  const size = column(table, "size");
  const shown = table.columns.get("shown");
  // napari's older way: spheres of any distance.
  const spheres = layer.out_of_slice_display && layer.projection_mode === "all";
  const mode = spheres ? "spheres" : layer.projection_mode;
  const hidden = slice.hidden;
  const depends = `${mode}/${nameOf(size.data)}/${shown ? nameOf(shown.data) : ""}/${JSON.stringify(hidden)}`;
  return kept.get(position.data, depends, () => find(mode, position, size, shown, hidden));
}

function find(
  mode: PointsLayer["projection_mode"] | "spheres",
  position: Column,
  size: Column,
  shown: Column | undefined,
  hidden: readonly HiddenAxis[],
): PointRows {
  const isShown = (row: number): boolean => shown === undefined || shown.data[row] !== 0;
  const count = position.data.length / position.width;
  if (hidden.length === 0) {
    if (shown === undefined || !shown.data.includes(0)) return { rows: undefined, sizes: undefined };
    return { rows: Uint32Array.from({ length: count }, (_, row) => row).filter(isShown), sizes: undefined };
  }
  const ends = hidden.map((one) =>
    mode === "spheres"
      ? { axis: one.axis, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
      : sliceEnds(one, mode !== "none"),
  );
  // The sphere's own test is the tighter one where the slice has no thickness: no point beyond its radius.
  const spherical = mode === "spheres" || mode === "rescale_spherical";
  const reach = spherical ? ends.map((end, i) => within(end, hidden[i], size)) : ends;
  let rows = rowsWithin(position, reach);
  if (shown !== undefined) rows = rows.filter(isShown);
  if (!spherical && mode !== "rescale_linear") return { rows, sizes: undefined };
  const sizes = new Float32Array(rows.length);
  const found = new Uint32Array(rows.length);
  let n = 0;
  for (const row of rows) {
    const diameter = size.data[row] ?? 0;
    let factor = 1;
    for (const [i, { axis, point }] of hidden.entries()) {
      const far = (position.data[row * position.width + axis] ?? 0) - point;
      if (mode === "rescale_linear") {
        const end = (far < 0 ? ends[i]?.low : ends[i]?.high) ?? 0;
        factor *= 1 - far / (end - point);
      } else factor *= Math.max(0, 1 - Math.abs(far) / (diameter / 2));
    }
    const scaled = mode === "rescale_linear" ? diameter * factor : disc(diameter, factor);
    if (!(scaled > 0)) continue;
    found[n] = row;
    sizes[n++] = scaled;
  }
  return { rows: found.subarray(0, n), sizes: sizes.subarray(0, n) };
}

/** The diameter of the disc that is cut from a sphere where a share of its radius is left. */
function disc(diameter: number, share: number): number {
  if (share <= 0) return 0;
  const radius = diameter / 2;
  const far = (1 - share) * radius;
  return 2 * Math.sqrt(Math.max(0, radius * radius - far * far));
}

function within(end: AxisRange, axis: HiddenAxis | undefined, size: Column): AxisRange {
  const radius = largestOf(size) / 2;
  const point = axis?.point ?? 0;
  return {
    axis: end.axis,
    low: Math.max(end.low, point - radius),
    high: Math.min(end.high, point + radius),
  };
}
