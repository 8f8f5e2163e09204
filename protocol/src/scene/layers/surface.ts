/** Triangles with a value, a colour or a picture. */
import * as v from "valibot";
import { TableInfo } from "../data-info.ts";
import { Colormap, count, finite, range, rgba } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

const normals = v.object({
  visible: v.boolean(),
  color: rgba,
  /** Canvas pixels. */
  width: v.pipe(finite, v.minValue(0), v.maxValue(100)),
  /** Data units. */
  length: v.pipe(finite, v.minValue(0)),
});

const surface = {
  shading: v.picklist(["none", "flat", "smooth"]),
  contrast_limits: range,
  contrast_limits_range: range,
  gamma: v.pipe(finite, v.minValue(0.001), v.maxValue(100)),
  colormap: Colormap,
  wireframe: v.object({
    visible: v.boolean(),
    color: rgba,
    /** Canvas pixels. */
    width: v.pipe(finite, v.minValue(0), v.maxValue(100)),
  }),
  normals: v.object({ face: normals, vertex: normals }),
};

/** A triangle mesh. */
export const SurfaceLayer = v.object({
  type: v.literal("surface"),
  id: layerId,
  data: TableInfo,
  /** Size of the picture in the column `texture` (RGBA bytes, rows from the top); null without one. */
  texture: v.optional(v.nullable(v.object({ width: count, height: count })), null),
  ...common,
  ...surface,
});
export type SurfaceLayer = v.InferOutput<typeof SurfaceLayer>;

/** What a client may change of a surface layer. */
export const SurfacePatch = v.partial(v.object({ ...commonPatch, ...surface }));
export type SurfacePatch = v.InferOutput<typeof SurfacePatch>;
