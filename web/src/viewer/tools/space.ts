/** Between the canvas and the data of one layer, for one pose; by the same rules as the engine draws. */
import { canvasRay, project, type Size, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import {
  applyAffine,
  at,
  identity,
  inverse,
  type Matrix,
  sliceAffine,
  type Vector3,
} from "@eyepiece/engine/model/matrix.ts";
import { dataToWorld } from "@eyepiece/engine/model/transform.ts";
import { gridCells } from "@eyepiece/engine/render/grid.ts";
import { type Layer, layerNdim, type View } from "@eyepiece/protocol/scene/schema.ts";

/** See the file's comment. */
export interface Space {
  readonly ndim: number;
  readonly ndisplay: 2 | 3;
  /** The layer's axes on the screen, in displayed order; those that the layer lacks are left out. */
  readonly displayed: readonly number[];
  /** The layer's axes that are cut. */
  readonly hidden: readonly number[];
  /** Data coordinates of the slice on the hidden axes, in their order. */
  readonly cut: readonly number[];
  /** Data coordinates of a canvas point; in 3D on the plane through the camera's centre. */
  toData(x: number, y: number): number[];
  /** The displayed world triple of a data point. */
  toScene(point: readonly number[]): Vector3;
  /** Where a data point is on the canvas; undefined behind the eye. */
  toCanvas(point: readonly number[]): { x: number; y: number; depth: number } | undefined;
  /** Canvas pixels of one data unit, about. */
  readonly pixels: number;
}

/** The space of a layer; `index` is its place in the scene, which with the grid decides on its cell. */
export function spaceOf(layer: Layer, view: View, canvas: Size, index = 0, layers = 1): Space {
  const n = layerNdim(layer);
  const { dims, camera } = view;
  const offset = dims.ndim - n;
  const world = dims.order.slice(-dims.ndisplay);
  const displayed = world.map((axis) => axis - offset).filter((axis) => axis >= 0);
  const hidden = Array.from({ length: n }, (_, axis) => axis).filter((axis) => !displayed.includes(axis));
  const full = dataToWorld(layer);
  const shown: Matrix = sliceAffine(full, displayed);
  const back = inverse(shown) ?? identity(displayed.length + 1);
  const cutBack = inverse(sliceAffine(full, hidden)) ?? identity(hidden.length + 1);
  const cut = applyAffine(
    cutBack,
    hidden.map((axis) => dims.point[axis + offset] ?? 0),
  );
  const cell = gridCells(view.grid, canvas, layers).find((one) => one.layers.includes(index))?.cell;
  const size: Size = cell ?? canvas;
  const [left, top] = [cell?.x ?? 0, cell?.y ?? 0];
  const matrix = worldToCanvas(camera, size, dims.ndisplay);
  // Places of the layer's displayed axes in the triple.
  const slots = world.map((axis, i) => (axis >= offset ? i + 3 - world.length : -1)).filter((i) => i >= 0);

  const toScene = (point: readonly number[]): Vector3 => {
    const placed = applyAffine(
      shown,
      displayed.map((axis) => point[axis] ?? 0),
    );
    const triple: [number, number, number] = [0, 0, 0];
    for (const [i, slot] of slots.entries()) triple[slot] = placed[i] ?? 0;
    return triple;
  };
  const scale =
    displayed.length > 0 ? Math.hypot(...displayed.map((_, row) => at(shown, row, displayed.length - 1))) : 1;
  return {
    ndim: n,
    ndisplay: dims.ndisplay,
    displayed,
    hidden,
    cut,
    pixels: camera.zoom * (scale || 1),
    toData(x, y) {
      const { origin } = canvasRay(camera, size, dims.ndisplay, x - left, y - top);
      // A perspective ray starts at the eye: what is wanted is where it meets the centre's plane.
      const onPlane =
        dims.ndisplay === 3 && camera.perspective > 0 ? flatRay(camera, size, x - left, y - top) : origin;
      const placed = applyAffine(
        back,
        slots.map((slot) => onPlane[slot] ?? 0),
      );
      const point = new Array<number>(n).fill(0);
      for (const [i, axis] of displayed.entries()) point[axis] = placed[i] ?? 0;
      for (const [i, axis] of hidden.entries()) point[axis] = cut[i] ?? 0;
      return point;
    },
    toScene,
    toCanvas(point) {
      const place = project(matrix, toScene(point));
      return place && { ...place, x: place.x + left, y: place.y + top };
    },
  };
}

function flatRay(camera: View["camera"], size: Size, x: number, y: number): Vector3 {
  return canvasRay({ ...camera, perspective: 0 }, size, 3, x, y).origin;
}
