/** Which axes each of the orthogonal canvases shows, and where the others' slices cross it. */
import { canvasRay, project, type Size, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import type { Dims, View } from "@eyepiece/protocol/scene/schema.ts";

/** One of the canvases besides the main one. */
export type Plane = "side" | "top" | "space";

/** All of them, in the order in which they stand: right of the main one, below it, and in the corner. */
export const PLANES: readonly Plane[] = ["side", "top", "space"];

/** The last three axes of the main view's order: the one that it slices, and the two that it shows. */
export function threeAxes(dims: Dims): readonly [number, number, number] | undefined {
  const [a, b, c] = dims.order.slice(-3);
  return a === undefined || b === undefined || c === undefined ? undefined : [a, b, c];
}

/** The main view's dims as another canvas shows them: `side` has the sliced axis across, `top` has it down. */
export function planeDims(dims: Dims, plane: Plane): Dims {
  const axes = threeAxes(dims);
  if (axes === undefined) return dims;
  const [a, b, c] = axes;
  const before = dims.order.slice(0, -3);
  if (plane === "space") return { ...dims, ndisplay: 3, order: [...before, a, b, c] };
  const last = plane === "side" ? [c, b, a] : [b, a, c];
  return { ...dims, ndisplay: 2, order: [...before, ...last] };
}

/** What a canvas shows, for people: the names of its axes. */
export function planeName(dims: Dims, plane: Plane | "main"): string {
  const shown = plane === "main" ? dims : planeDims(dims, plane);
  if (shown.ndisplay === 3) return "3D";
  return shown.order
    .slice(-2)
    .map((axis) => dims.axis_labels[axis] ?? String(axis))
    .join(" · ");
}

/** Where `dims.point` lies on a flat canvas, in its pixels. */
export function crosshair(view: View, size: Size): { x: number; y: number } | undefined {
  if (view.dims.ndisplay !== 2 || view.grid.enabled) return undefined;
  const [down = 0, across = 0] = view.dims.order.slice(-2).map((axis) => view.dims.point[axis] ?? 0);
  const place = project(worldToCanvas(view.camera, size, 2), [0, down, across]);
  return place && { x: place.x, y: place.y };
}

/** The point that a place on a flat canvas names: the two axes on the screen get its coordinates, within their ranges. */
export function pointAt(
  view: View,
  size: Size,
  place: { readonly x?: number; readonly y?: number },
): readonly number[] {
  const { dims, camera } = view;
  const now = crosshair(view, size) ?? { x: 0, y: 0 };
  const { origin } = canvasRay(camera, size, 2, place.x ?? now.x, place.y ?? now.y);
  const point = [...dims.point];
  for (const [i, axis] of dims.order.slice(-2).entries()) {
    if ((i === 0 ? place.y : place.x) === undefined) continue;
    const [start = 0, stop = 0] = dims.range[axis] ?? [];
    point[axis] = Math.min(stop, Math.max(start, origin[i + 1] ?? 0));
  }
  return point;
}
