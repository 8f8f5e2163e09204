/** Where somebody looks who has not looked before: by what there is to see, and by what code has said. */
import { defaultView, resetView } from "@eyepiece/engine/model/view.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import { KERNEL_ARRAY } from "../readers/zarr/kernel-store.ts";
import type { CodeLook } from "./code-look.ts";

/** Before a tab has told the size of its canvas. */
export const FIRST_CANVAS: Canvas = { width: 1280, height: 720, pixelRatio: 1 };

/** The first view of a scene. */
export function firstView(scene: Scene, code: CodeLook, canvas = FIRST_CANVAS): View {
  return code.over(ownFirstView(scene, canvas), canvas);
}

/** 3D for volumes, as they are what one comes for; 2D for the rest, and for what a kernel computes: 3D would compute all of it. */
function ownFirstView(scene: Scene, canvas: Canvas): View {
  const view = defaultView(scene, canvas);
  const volume = scene.layers.some(
    (layer) =>
      layer.type === "image" &&
      layer.data.shape.length === 3 &&
      !layer.rgb &&
      !KERNEL_ARRAY.test(layer.data.label),
  );
  if (!volume) return view;
  // A scan of a body, as its format tells, stands upright and is seen from the front and a little above.
  const body = scene.layers.every((layer) => /\.nii(\.gz)?$/i.test(layer.data.label));
  const camera: View["camera"] = { ...view.camera, angles: body ? [39, 0, -66] : [0, 0, 0] };
  return resetView({ ...view, camera, dims: { ...view.dims, ndisplay: 3 } }, canvas, { keepAngles: true });
}
