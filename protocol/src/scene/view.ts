/** One pair of eyes on a scene: camera, dims, grid, and what lies over the picture. */
import * as v from "valibot";
import { Overlays } from "./overlays.ts";
import { finite, MAX_NDIM, name, vector, vector3 } from "./values.ts";

/** Camera, as napari's: zoom in canvas pixels per world unit, angles in degrees, perspective = vertical field of view. */
export const Camera = v.object({
  center: vector3,
  zoom: v.pipe(finite, v.minValue(1e-9), v.maxValue(1e9)),
  angles: vector3,
  perspective: v.pipe(finite, v.minValue(0), v.maxValue(179)),
  orientation: v.tuple([
    v.picklist(["towards", "away"]),
    v.picklist(["down", "up"]),
    v.picklist(["right", "left"]),
  ]),
});
export type Camera = v.InferOutput<typeof Camera>;

/** Dims of one view. All arrays have `ndim` entries; `range` (world start, stop, step) follows from the layers. */
export const Dims = v.object({
  ndim: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MAX_NDIM)),
  ndisplay: v.picklist([2, 3]),
  order: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_NDIM - 1))),
    v.maxLength(MAX_NDIM),
  ),
  /** World coordinates of the slice. */
  point: vector,
  margin_left: vector,
  margin_right: vector,
  range: v.pipe(v.array(v.tuple([finite, finite, finite])), v.maxLength(MAX_NDIM)),
  axis_labels: v.pipe(v.array(name), v.maxLength(MAX_NDIM)),
});
export type Dims = v.InferOutput<typeof Dims>;

/** napari's grid mode: layers in cells, `stride` layers a cell (negative from the other end), -1 in shape = automatic. */
export const Grid = v.object({
  enabled: v.boolean(),
  shape: v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]),
  stride: v.pipe(v.number(), v.integer(), v.minValue(-64), v.maxValue(64)),
  spacing: v.pipe(finite, v.minValue(0), v.maxValue(4096)),
});
export type Grid = v.InferOutput<typeof Grid>;

/** One pair of eyes on a scene. Without `overlays` nobody has said yet what is to lie over the picture. */
export const View = v.object({ camera: Camera, dims: Dims, grid: Grid, overlays: v.optional(Overlays) });
export type View = v.InferOutput<typeof View>;
