/** Between the view as the app holds it, the wire's pose and what reprojection needs. */
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";
import { poseOf } from "@eyepiece/protocol/viewer/pose.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import type { CanvasSize, ViewPose } from "./api.ts";
import type { Shot } from "./reproject.ts";

type Pose = eyepiece.viewer.Pose.$Properties;

/** The wire's pose of a view on a canvas. */
export function toPose(view: ViewPose, size: CanvasSize): Pose {
  return poseOf(view, { width: size.width, height: size.height, pixelRatio: size.ratio });
}

/** Where a view's picture belongs. */
export function shotOf(view: ViewPose, size: CanvasSize): Shot {
  const { ndisplay, order } = view.dims;
  return { camera: view.camera, ndisplay, order, width: size.width, height: size.height };
}

/** Where a received picture belonged when it was drawn; undefined when its head lacks a whole pose. */
export function shotOfPose(pose: Pose | null | undefined): Shot | undefined {
  if (!pose) return undefined;
  const center = three(pose.center);
  const angles = three(pose.angles);
  const { zoom, width, height } = pose;
  if (!center || !angles || !zoom || !width || !height) return undefined;
  const camera: Camera = {
    center,
    zoom,
    angles,
    perspective: pose.perspective ?? 0,
    orientation: [
      pose.orientation?.[0] === "away" ? "away" : "towards",
      pose.orientation?.[1] === "up" ? "up" : "down",
      pose.orientation?.[2] === "left" ? "left" : "right",
    ],
  };
  return { camera, ndisplay: pose.ndisplay === 3 ? 3 : 2, order: pose.order ?? [], width, height };
}

function three(values: readonly number[] | null | undefined): [number, number, number] | undefined {
  const [a, b, c] = values ?? [];
  return a === undefined || b === undefined || c === undefined ? undefined : [a, b, c];
}
