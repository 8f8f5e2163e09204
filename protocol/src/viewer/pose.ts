/** A view on a canvas as the wire says it: the same for the tab that asks and the session that answers. */
import type { View } from "../scene/schema.ts";
import type { eyepiece } from "../wire/messages.ts";

/** A tab's canvas: CSS pixels, and device pixels for each of them. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** The pose of a view on a canvas; the arrays are copies. */
export function poseOf(
  view: Pick<View, "camera" | "dims">,
  canvas: Canvas,
): eyepiece.viewer.Pose.$Properties {
  const { camera, dims } = view;
  return {
    center: [...camera.center],
    zoom: camera.zoom,
    angles: [...camera.angles],
    perspective: camera.perspective,
    orientation: [...camera.orientation],
    ndisplay: dims.ndisplay,
    order: [...dims.order],
    point: [...dims.point],
    marginLeft: [...dims.margin_left],
    marginRight: [...dims.margin_right],
    ...canvas,
  };
}
