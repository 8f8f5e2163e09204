/** Arrows and their kin. */
import * as v from "valibot";
import { TableInfo } from "../data-info.ts";
import { finite, ItemColors } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

const vectors = {
  vector_style: v.picklist(["line", "triangle", "arrow"]),
  /** Data units. */
  edge_width: v.pipe(finite, v.minValue(0), v.maxValue(1e9)),
  /** Multiplies all directions. */
  length: finite,
  edge: ItemColors,
  /** Vectors near the slice are shown too. */
  out_of_slice_display: v.boolean(),
};

/** Vectors: a start and a direction each. */
export const VectorsLayer = v.object({
  type: v.literal("vectors"),
  id: layerId,
  data: TableInfo,
  ...common,
  ...vectors,
});
export type VectorsLayer = v.InferOutput<typeof VectorsLayer>;

/** What a client may change of a vectors layer. */
export const VectorsPatch = v.partial(v.object({ ...commonPatch, ...vectors }));
export type VectorsPatch = v.InferOutput<typeof VectorsPatch>;
