/** An n-dimensional image, or an RGB(A) picture. */
import * as v from "valibot";
import { DataInfo } from "../data-info.ts";
import { Colormap, finite, Plane, range } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

/** How a volume becomes a picture. */
export const Rendering = v.picklist([
  "mip",
  "minip",
  "attenuated_mip",
  "translucent",
  "additive",
  "iso",
  "average",
]);
export type Rendering = v.InferOutput<typeof Rendering>;
/** How values between voxels are found. */
export const Interpolation = v.picklist(["nearest", "linear", "cubic", "kaiser", "spline36"]);
export type Interpolation = v.InferOutput<typeof Interpolation>;
/** How a thick slice becomes one value a pixel. */
export const ProjectionMode = v.picklist(["none", "sum", "mean", "max", "min"]);
export type ProjectionMode = v.InferOutput<typeof ProjectionMode>;

/** A pyramid level to use whatever the zoom; null lets the viewer choose. */
export const lockedLevel = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(63)));

const image = {
  contrast_limits: range,
  contrast_limits_range: range,
  gamma: v.pipe(finite, v.minValue(0.001), v.maxValue(100)),
  colormap: Colormap,
  interpolation2d: Interpolation,
  interpolation3d: Interpolation,
  rendering: Rendering,
  iso_threshold: finite,
  attenuation: v.pipe(finite, v.minValue(0), v.maxValue(100)),
  depiction: v.picklist(["volume", "plane"]),
  plane: Plane,
  projection_mode: ProjectionMode,
  locked_data_level: lockedLevel,
};

/** An n-dimensional image, or an RGB(A) picture when `rgb`. */
export const ImageLayer = v.object({
  type: v.literal("image"),
  id: layerId,
  rgb: v.boolean(),
  data: DataInfo,
  ...common,
  ...image,
});
export type ImageLayer = v.InferOutput<typeof ImageLayer>;

/** What a client may change of an image layer. */
export const ImagePatch = v.partial(v.object({ ...commonPatch, ...image }));
export type ImagePatch = v.InferOutput<typeof ImagePatch>;
