/** The wire's pose and the engine's view: two spellings of where somebody looks. */
import { Camera, type Dims, Grid, Overlays, type View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import * as v from "valibot";

/** A pose as it came over the wire. */
type Pose = eyepiece.viewer.Pose.$Properties;

/** Most device pixels of one side. */
const MAX_SIDE = 4096;

/** The canvas in device pixels, within what can be drawn. */
export function canvasPixels(canvas: Canvas): { width: number; height: number } {
  const ratio = Math.min(Math.max(canvas.pixelRatio, 0.25), 4);
  const side = (css: number) => Math.max(2, Math.min(MAX_SIDE, Math.round(css * ratio)));
  return { width: side(canvas.width), height: side(canvas.height) };
}

/**
 * The view that a pose asks for; what a pose does not carry (ranges, labels, a grid and overlays that did not change) comes from the session's own.
 * @throws ValiError for numbers that are none, and Error for dims that are not the scene's.
 */
export function viewOf(pose: Pose, own: View, gridJson: string, overlaysJson: string): View {
  const camera = v.parse(Camera, {
    center: pose.center,
    zoom: pose.zoom,
    angles: pose.angles,
    perspective: pose.perspective,
    orientation: pose.orientation?.length === 3 ? pose.orientation : own.camera.orientation,
  });
  const order = pose.order ?? [];
  const point = pose.point ?? [];
  const { ndim } = own.dims;
  // A pose from before an axis came or went says nothing of the axes now; its camera still counts.
  const same = order.length === ndim && point.length === ndim && new Set(order).size === ndim;
  const inRange = same && order.every((axis) => axis < ndim) && point.every(Number.isFinite);
  const ndisplay = pose.ndisplay === 3 ? 3 : 2;
  const margin = (values: readonly number[], kept: readonly number[]) =>
    values.length === ndim && values.every((value) => Number.isFinite(value) && value >= 0)
      ? [...values]
      : [...kept];
  const dims: Dims = inRange
    ? {
        ...own.dims,
        ndisplay,
        order: [...order],
        point: [...point],
        margin_left: margin(pose.marginLeft ?? [], own.dims.margin_left),
        margin_right: margin(pose.marginRight ?? [], own.dims.margin_right),
      }
    : { ...own.dims, ndisplay };
  const grid = gridJson === "" ? own.grid : v.parse(Grid, JSON.parse(gridJson));
  const overlays = overlaysJson === "" ? own.overlays : v.parse(Overlays, JSON.parse(overlaysJson));
  return { camera, dims, grid, overlays };
}
