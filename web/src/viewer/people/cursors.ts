/** Pointers of people on canvases that look elsewhere. Pure. */
import { canvasRay, project, type Size, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";

/** The point of the world under a place of the canvas; in 3D on the plane through the camera's centre. */
export function worldAt(view: View, size: Size, x: number, y: number): number[] {
  const { dims, camera } = view;
  const { origin, direction } = canvasRay(camera, size, dims.ndisplay, x, y);
  let t = 0;
  if (dims.ndisplay === 3 && camera.perspective > 0) {
    // From the eye to the plane through the centre that faces it.
    const forward = canvasRay(camera, size, 3, size.width / 2, size.height / 2).direction;
    const along = (v: readonly number[]): number =>
      v.reduce((sum, value, i) => sum + value * (forward[i] ?? 0), 0);
    const toCentre = camera.center.map((value, i) => value - (origin[i] ?? 0));
    t = along(toCentre) / along(direction);
  }
  const world = [...dims.point];
  const shown = dims.order.slice(-dims.ndisplay);
  for (const [i, axis] of shown.entries()) {
    const k = i + 3 - dims.ndisplay;
    world[axis] = (origin[k] ?? 0) + t * (direction[k] ?? 0);
  }
  return world;
}

/** Where a point of the world is on the canvas, and whether it lies in the slice that is shown. */
export function placeOf(
  view: View,
  size: Size,
  world: readonly number[],
): { x: number; y: number; inSlice: boolean } | undefined {
  const { dims, camera } = view;
  if (world.length !== dims.ndim || view.grid.enabled) return undefined;
  const shown = dims.order.slice(-dims.ndisplay).map((axis) => world[axis] ?? 0);
  const [a = 0, b = 0, c = 0] = dims.ndisplay === 2 ? [0, ...shown] : shown;
  const place = project(worldToCanvas(camera, size, dims.ndisplay), [a, b, c]);
  if (!place || place.x < 0 || place.y < 0 || place.x > size.width || place.y > size.height) return undefined;
  const hidden = dims.order.slice(0, -dims.ndisplay);
  const inSlice = hidden.every((axis) => {
    const step = dims.range[axis]?.[2] ?? 1;
    return Math.abs((world[axis] ?? 0) - (dims.point[axis] ?? 0)) <= step / 2;
  });
  return { x: place.x, y: place.y, inSlice };
}

/** Another's view on a canvas of another size: what they have on theirs fits on this one. */
export function followed(theirs: View, theirSize: Size, size: Size): View {
  if (theirSize.width < 1 || theirSize.height < 1) return theirs;
  const factor = Math.min(size.width / theirSize.width, size.height / theirSize.height);
  return { ...theirs, camera: { ...theirs.camera, zoom: theirs.camera.zoom * factor } };
}

/** One or two letters for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [words[0]?.[0]];
  return letters.join("").toUpperCase() || "?";
}

const COLORS = ["#5cc8ff", "#57d39b", "#f2b84b", "#ff8fa3", "#c7a6ff", "#ffb37a", "#7be0d6", "#e6e27a"];

/** The colour of a view's person: the same for everyone who sees them. */
export function colorOf(view: string): string {
  let sum = 0;
  for (const letter of view) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return COLORS[sum % COLORS.length] ?? "#5cc8ff";
}
