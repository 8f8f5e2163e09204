/** Points layers of scene.json. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { SYMBOLS } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { commonEntries, listEntry, placed, readArray, readNumbers, readRows, rowsEntry } from "./common.ts";

/** Points as the file has them. */
export const PointsEntry = v.object({
  type: v.literal("points"),
  data: v.string(),
  ...commonEntries,
  projection_mode: v.picklist(["none", "all", "rescale_linear", "rescale_spherical"]),
  out_of_slice_display: v.optional(v.boolean(), false),
  size: listEntry,
  symbol: v.array(v.picklist(SYMBOLS)),
  face_color: rowsEntry,
  border_color: rowsEntry,
  border_width: listEntry,
  border_width_is_relative: v.boolean(),
  shown: v.array(v.boolean()),
  shading: v.picklist(["none", "spherical"]),
  antialiasing: v.number(),
  canvas_size_limits: v.tuple([v.number(), v.number()]),
});

/** The layer and its points. */
export async function readPoints(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof PointsEntry>,
): Promise<{ layer: TableLayer; table: TableSource }> {
  const { shape, data } = await readArray(folder, entry.data);
  const [size, face, border, width] = await Promise.all([
    readNumbers(folder, entry.size),
    readRows(folder, entry.face_color, 4),
    readRows(folder, entry.border_color, 4),
    readNumbers(folder, entry.border_width),
  ]);
  const table: TableSource = {
    id,
    version: 1,
    table: {
      count: shape[0] ?? 0,
      columns: new Map([
        ["position", { width: shape[1] ?? 2, data: Float64Array.from(data, Number) }],
        ["size", { width: 1, data: Float32Array.from(size) }],
        ["symbol", { width: 1, data: Uint8Array.from(entry.symbol, (name) => SYMBOLS.indexOf(name)) }],
        ["face_color", { width: 4, data: Float32Array.from(face) }],
        ["border_color", { width: 4, data: Float32Array.from(border) }],
        ["border_width", { width: 1, data: Float32Array.from(width) }],
        ["shown", { width: 1, data: Uint8Array.from(entry.shown, Number) }],
      ]),
      features: new Map(),
    },
  };
  const { projection_mode, out_of_slice_display, border_width_is_relative, shading, antialiasing } = entry;
  const layer = tableLayer(id, table, {
    type: "points",
    ...placed(entry),
    projection_mode,
    out_of_slice_display,
    border_width_is_relative,
    shading,
    antialiasing,
    canvas_size_limits: entry.canvas_size_limits,
  });
  return { layer, table };
}
