/** Points. Columns of the table: `engine/src/model/columns.ts`. */
import * as v from "valibot";
import { TableInfo } from "../data-info.ts";
import { finite, ItemColors, ItemText, rgba } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

const positive = v.pipe(finite, v.minValue(0));

const points = {
  /** `border_width` is a fraction of `size`, else data units. */
  border_width_is_relative: v.boolean(),
  shading: v.picklist(["none", "spherical"]),
  /** Canvas pixels. */
  antialiasing: v.pipe(positive, v.maxValue(100)),
  /** Least and greatest diameter in canvas pixels. */
  canvas_size_limits: v.tuple([positive, positive]),
  projection_mode: v.picklist(["none", "all", "rescale_linear", "rescale_spherical"]),
  /** Points near the slice are shown smaller; napari's older way to the spherical projection. */
  out_of_slice_display: v.boolean(),
  face: ItemColors,
  border: ItemColors,
  text: ItemText,
  /** What new points get. */
  current_size: v.pipe(positive, v.maxValue(1e9)),
  current_symbol: v.picklist([
    "arrow",
    "clobber",
    "cross",
    "diamond",
    "disc",
    "hbar",
    "ring",
    "square",
    "star",
    "tailed_arrow",
    "triangle_down",
    "triangle_up",
    "vbar",
    "x",
  ]),
  current_face_color: rgba,
  current_border_color: rgba,
  current_border_width: positive,
};

/** Points of any number of axes. */
export const PointsLayer = v.object({
  type: v.literal("points"),
  id: layerId,
  data: TableInfo,
  ...common,
  ...points,
});
export type PointsLayer = v.InferOutput<typeof PointsLayer>;

/** What a client may change of a points layer. */
export const PointsPatch = v.partial(v.object({ ...commonPatch, ...points }));
export type PointsPatch = v.InferOutput<typeof PointsPatch>;
