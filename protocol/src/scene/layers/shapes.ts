/** Rectangles, ellipses, lines, paths and polygons. */
import * as v from "valibot";
import { TableInfo } from "../data-info.ts";
import { finite, ItemColors, ItemText, rgba } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

const shapes = {
  face: ItemColors,
  edge: ItemColors,
  text: ItemText,
  /** What new shapes get; the width in data units. */
  current_edge_width: v.pipe(finite, v.minValue(0), v.maxValue(1e9)),
  current_edge_color: rgba,
  current_face_color: rgba,
};

/** Shapes: flat things in the last two axes, or in any plane. */
export const ShapesLayer = v.object({
  type: v.literal("shapes"),
  id: layerId,
  data: TableInfo,
  ...common,
  ...shapes,
});
export type ShapesLayer = v.InferOutput<typeof ShapesLayer>;

/** What a client may change of a shapes layer. */
export const ShapesPatch = v.partial(v.object({ ...commonPatch, ...shapes }));
export type ShapesPatch = v.InferOutput<typeof ShapesPatch>;
