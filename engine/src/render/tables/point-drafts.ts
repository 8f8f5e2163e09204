/** Points as discs of one colour each: what is drawn of a crowd while the view moves, where the adapter computes on the CPU. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type Table } from "../../data/table.ts";
import { DISC } from "../../model/geometry/symbols.ts";
import type { LayerContext } from "../layer-context.ts";
import { Derived } from "./derived.ts";
import { floats, type PointsLook, packed, pixelsPerSize, spread, symbolSet } from "./point-columns.ts";
import type { PointRows } from "./point-rows.ts";
import { borderShare, mixedColors } from "./raster/draft-colors.ts";

/** So large a symbol, in the target's pixels, shows its form, its border and its shading. */
const PLAIN = 6;

/** Radii in the target's pixels, by row; undefined where points are so large that discs are not what they look like. */
export function crowdRadii(
  layer: PointsLayer,
  table: Table,
  { rows, sizes }: PointRows,
  { cell }: LayerContext,
): number | Float32Array | undefined {
  const own = column(table, "size");
  const perSize = pixelsPerSize(layer) * cell.camera.zoom;
  const [least, greatest] = layer.canvas_size_limits;
  const radius = (size: number): number =>
    0.5 * cell.ratio * Math.min(greatest, Math.max(least, size * perSize));
  const discs = symbolSet(table) === 1 << DISC && layer.shading !== "spherical";
  const fits = (radii: number): boolean => discs || radii <= PLAIN;
  const one = sizes === undefined ? onlyValue(own.data) : undefined;
  if (one !== undefined) return fits(radius(one)) ? radius(one) : undefined;
  const all = sizes === undefined || rows === undefined ? floats(own) : spread(sizes, rows, table.count);
  const radii = all.map(radius);
  return radii.every(fits) ? radii : undefined;
}

const uniform = new Derived<object, number | undefined>(2);

/** The value that all rows have; undefined when they differ. */
function onlyValue(values: ArrayLike<number> & object): number | undefined {
  return uniform.get(values, "", () => {
    const first = values[0];
    for (let i = 1; i < values.length; i++) if (values[i] !== first) return undefined;
    return first;
  });
}

/** The radius in the target's pixels of discs that are all of one size, opaque and with thin borders. */
export function draftRadius(
  layer: PointsLayer,
  table: Table,
  faces: Uint32Array,
  { cell }: LayerContext,
): number | undefined {
  const size = onlyValue(column(table, "size").data);
  const border = onlyValue(table.columns.get("border_width")?.data ?? [0]);
  const opaque = uniform.get(faces, "opaque", () =>
    faces.every((word) => word >>> 24 === 255) ? 1 : undefined,
  );
  if (size === undefined || border === undefined || opaque === undefined || layer.opacity < 1)
    return undefined;
  const shown = shownSize(layer, size, border, cell.camera.zoom);
  const thick = border * (layer.border_width_is_relative ? shown.diameter : shown.diameter / size);
  return thick < 1 && size > 0 ? 0.5 * shown.diameter * cell.ratio : undefined;
}

/** What one size and border come to in canvas pixels, as in the shader. */
function shownSize(
  layer: PointsLayer,
  size: number,
  width: number,
  zoom: number,
): { diameter: number; border: number } {
  const wished = size * pixelsPerSize(layer) * zoom;
  const [least, greatest] = layer.canvas_size_limits;
  const diameter = Math.min(Math.max(wished, least), greatest);
  const border = layer.border_width_is_relative
    ? width * wished
    : Math.min(width, size) * pixelsPerSize(layer) * zoom;
  if (diameter === wished) return { diameter, border };
  return { diameter, border: Math.min(Math.max(border * (diameter / wished), 0.5 * least), 0.5 * diameter) };
}

/** A colour for each point of a draft; where sizes or borders differ, those of the first stand for all. */
export function draftColors(
  layer: PointsLayer,
  table: Table,
  look: PointsLook,
  { cell }: LayerContext,
): Uint32Array {
  const size = column(table, "size").data[0] ?? 1;
  const width = table.columns.get("border_width")?.data[0] ?? 0;
  const { diameter, border } = shownSize(layer, size, width, cell.camera.zoom);
  const share = borderShare(diameter, border, layer.antialiasing);
  return mixedColors(packed(look.face, table.count), packed(look.border, table.count), share);
}
