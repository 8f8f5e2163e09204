/** Vectors layers of scene.json. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { commonEntries, placed, readArray, readRows, rowsEntry } from "./common.ts";

/** Vectors as the file has them: N pairs of a start and a direction. */
export const VectorsEntry = v.object({
  type: v.literal("vectors"),
  data: v.string(),
  ...commonEntries,
  edge_width: v.number(),
  length: v.number(),
  vector_style: v.picklist(["line", "triangle", "arrow"]),
  edge_color: rowsEntry,
  out_of_slice_display: v.optional(v.boolean(), false),
});

/** The layer and its vectors. */
export async function readVectors(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof VectorsEntry>,
): Promise<{ layer: TableLayer; table: TableSource }> {
  const { shape, data } = await readArray(folder, entry.data);
  const [count = 0, , ndim = 2] = shape;
  const flat = Float64Array.from(data, Number);
  const position = new Float64Array(count * ndim);
  const direction = new Float64Array(count * ndim);
  for (let i = 0; i < count; i++) {
    position.set(flat.subarray(2 * i * ndim, (2 * i + 1) * ndim), i * ndim);
    direction.set(flat.subarray((2 * i + 1) * ndim, (2 * i + 2) * ndim), i * ndim);
  }
  const table: TableSource = {
    id,
    version: 1,
    table: {
      count,
      columns: new Map([
        ["position", { width: ndim, data: position }],
        ["direction", { width: ndim, data: direction }],
        ["edge_color", { width: 4, data: Float32Array.from(await readRows(folder, entry.edge_color, 4)) }],
      ]),
      features: new Map(),
    },
  };
  const { edge_width, length, vector_style, out_of_slice_display } = entry;
  const layer = tableLayer(id, table, {
    type: "vectors",
    ...placed(entry),
    edge_width,
    length,
    vector_style,
    out_of_slice_display,
  });
  return { layer, table };
}
