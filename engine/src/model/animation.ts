/** Key frames, and what lies between them. Pure. */
import type { Layer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import type { KeyFrame } from "@eyepiece/protocol/viewer/film.ts";
import { cameraAxes, rotationMatrix } from "./camera.ts";
import { multiply } from "./matrix.ts";
import { anglesOf, mixAngles } from "./rotation.ts";

/** Properties of layers that a key frame keeps; numbers and lists of numbers change steadily, the rest at the key frame. */
const KEPT = [
  ...[
    "visible",
    "opacity",
    "blending",
    "experimental_clipping_planes",
    "contrast_limits",
    "gamma",
    "colormap",
  ],
  ...[
    "rendering",
    "iso_threshold",
    "attenuation",
    "depiction",
    "plane",
    "interpolation2d",
    "interpolation3d",
  ],
  ...["selected_label", "show_selected_label", "contour", "shading", "wireframe", "length", "edge_width"],
  ...["tail_length", "head_length", "tail_width", "scale", "translate", "rotate", "shear", "affine"],
];

/** A key frame of what is shown now. */
export function keyFrame(scene: Scene, view: View, seconds = 2): KeyFrame {
  const layers = Object.fromEntries(
    scene.layers.map((layer) => [
      layer.id,
      Object.fromEntries(Object.entries(layer).filter(([name]) => KEPT.includes(name))),
    ]),
  );
  return { view, layers, seconds, ease: "ease" };
}

/** Seconds from the first key frame to the last. */
export function duration(keys: readonly KeyFrame[]): number {
  return keys.slice(0, -1).reduce((sum, key) => sum + key.seconds, 0);
}

/** What is shown at a time; the last key frame after the end. */
export function frameAt(keys: readonly KeyFrame[], seconds: number): Pick<KeyFrame, "view" | "layers"> {
  let rest = Math.max(0, seconds);
  for (const [i, key] of keys.entries()) {
    const next = keys[i + 1];
    if (next === undefined) return key;
    if (rest < key.seconds) return between(key, next, eased(rest / key.seconds, key.ease));
    rest -= key.seconds;
  }
  throw new RangeError("An animation has key frames.");
}

/** A scene whose layers have a frame's properties; layers that the frame does not know are as they are. */
export function sceneOf(scene: Scene, layers: KeyFrame["layers"]): Scene {
  return { ...scene, layers: scene.layers.map((layer) => ({ ...layer, ...layers[layer.id] }) as Layer) };
}

/** Four key frames of a whole turn about the canvas's vertical axis. */
export function turntable(scene: Scene, view: View, seconds: number): KeyFrame[] {
  const { camera } = view;
  const { up } = cameraAxes(camera, 3);
  return [0, 1, 2, 3].map((third) => {
    const turned = multiply(aboutAxis(up, (third * 2 * Math.PI) / 3), rotationMatrix(camera.angles));
    const angles = third % 3 === 0 ? camera.angles : anglesOf(turned);
    return {
      ...keyFrame(scene, { ...view, camera: { ...camera, angles } }, seconds / 3),
      ease: "linear" as const,
    };
  });
}

/** The matrix that turns by an angle about a unit vector. */
function aboutAxis([x, y, z]: readonly [number, number, number], angle: number): number[][] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const k = 1 - c;
  return [
    [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
    [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
    [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
  ];
}

function eased(t: number, ease: KeyFrame["ease"]): number {
  if (ease === "hold") return 0;
  return ease === "linear" ? t : t * t * (3 - 2 * t);
}

function between(a: KeyFrame, b: KeyFrame, t: number): Pick<KeyFrame, "view" | "layers"> {
  const [from, to] = [a.view, b.view];
  // Other axes cannot be reached on a way: they come with the key frame.
  const same =
    from.dims.ndim === to.dims.ndim &&
    from.dims.ndisplay === to.dims.ndisplay &&
    from.dims.order.join() === to.dims.order.join();
  if (!same) return a;
  const list = (p: readonly number[], q: readonly number[]): number[] =>
    p.map((value, i) => value + t * ((q[i] ?? value) - value));
  const view: View = {
    camera: {
      ...from.camera,
      center: list(from.camera.center, to.camera.center) as View["camera"]["center"],
      // Twice as near takes as long from anywhere.
      zoom: from.camera.zoom * (to.camera.zoom / from.camera.zoom) ** t,
      angles: mixAngles(from.camera.angles, to.camera.angles, t),
      perspective: from.camera.perspective + t * (to.camera.perspective - from.camera.perspective),
    },
    dims: {
      ...from.dims,
      point: list(from.dims.point, to.dims.point),
      margin_left: list(from.dims.margin_left, to.dims.margin_left),
      margin_right: list(from.dims.margin_right, to.dims.margin_right),
    },
    grid: from.grid,
  };
  const layers = Object.fromEntries(
    Object.entries(a.layers).map(([id, look]) => [
      id,
      mixed(look, b.layers[id] ?? look, t) as Record<string, unknown>,
    ]),
  );
  return { view, layers };
}

/** Numbers, and numbers within lists and objects of the same form, between two; everything else as in the first. */
function mixed(a: unknown, b: unknown, t: number): unknown {
  if (typeof a === "number" && typeof b === "number") return a + t * (b - a);
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.map((value, i) => mixed(value, b[i], t));
  if (isObject(a) && isObject(b)) {
    return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, mixed(value, b[key], t)]));
  }
  return a;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
