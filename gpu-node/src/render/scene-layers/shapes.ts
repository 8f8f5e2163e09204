/** Shapes layers of scene.json. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { commonEntries, listEntry, matrix, placed, readNumbers, readRows, rowsEntry } from "./common.ts";

/** Shapes as the file has them. */
export const ShapesEntry = v.object({
  type: v.literal("shapes"),
  ndim: v.optional(v.number(), 2),
  data: v.array(v.union([v.string(), matrix])),
  ...commonEntries,
  shape_type: v.array(v.picklist(SHAPE_TYPES)),
  edge_width: listEntry,
  edge_color: rowsEntry,
  face_color: rowsEntry,
  z_index: listEntry,
});

/** The layer and its shapes. */
export async function readShapes(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof ShapesEntry>,
): Promise<{ layer: TableLayer; table: TableSource }> {
  const width = entry.ndim;
  const shapes = await Promise.all(entry.data.map((one) => readRows(folder, one, width)));
  const offsets = new Uint32Array(shapes.length + 1);
  for (const [i, shape] of shapes.entries()) offsets[i + 1] = (offsets[i] ?? 0) + shape.length / width;
  const data = new Float64Array((offsets.at(-1) ?? 0) * width);
  for (const [i, shape] of shapes.entries()) data.set(shape, (offsets[i] ?? 0) * width);
  const [edgeWidth, edge, face, zIndex] = await Promise.all([
    readNumbers(folder, entry.edge_width),
    readRows(folder, entry.edge_color, 4),
    readRows(folder, entry.face_color, 4),
    readNumbers(folder, entry.z_index),
  ]);
  const table: TableSource = {
    id,
    version: 1,
    table: {
      count: shapes.length,
      columns: new Map([
        ["vertices", { width, data, offsets }],
        [
          "shape_type",
          { width: 1, data: Uint8Array.from(entry.shape_type, (name) => SHAPE_TYPES.indexOf(name)) },
        ],
        ["edge_width", { width: 1, data: Float32Array.from(edgeWidth) }],
        ["edge_color", { width: 4, data: Float32Array.from(edge) }],
        ["face_color", { width: 4, data: Float32Array.from(face) }],
        ["z_index", { width: 1, data: Int32Array.from(zIndex) }],
      ]),
      features: new Map(),
    },
  };
  return { layer: tableLayer(id, table, { type: "shapes", ...placed(entry) }), table };
}
