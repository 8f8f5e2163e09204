/** From the world to the target's pixels and depths. */
import type { Camera, View } from "@eyepiece/protocol/scene/schema.ts";
import { cameraAxes, eyeDistance, type Size, worldToCanvas } from "../model/camera.ts";
import { addScaled, at, dot, type Matrix, vector3 } from "../model/matrix.ts";
import { displayedExtent } from "../model/view.ts";

/** The camera in one cell of the target. */
export interface CellCamera {
  readonly camera: Camera;
  readonly ndisplay: 2 | 3;
  /** The cell's size in canvas pixels. */
  readonly size: Size;
  /** The cell's corner in the target's pixels. */
  readonly offset: readonly [number, number];
  /** The target's pixels for a canvas pixel. */
  readonly ratio: number;
  /** Distances along the view from the centre's plane, in world units, that map to depth 0 and 1. */
  readonly depthRange: readonly [number, number];
}

/**
 * How a distance d along the view becomes a depth: `(d / (1 + perspective d) - near) * scale`. This is what interpolates
 * linearly on the screen, so that triangles and marched rays agree at every pixel.
 */
export interface DepthRule {
  /** 1 / distance of the eye; 0 when orthographic. */
  readonly perspective: number;
  readonly near: number;
  readonly scale: number;
}

/** The depth rule of a cell. */
export function depthRule(cell: CellCamera): DepthRule {
  const distance = eyeDistance(cell.camera, cell.size, cell.ndisplay);
  const perspective = Number.isFinite(distance) ? 1 / distance : 0;
  // What is nearer than a hundredth of the way to the eye is cut off.
  const shorten = (d: number): number => {
    const kept = perspective === 0 ? d : Math.max(d, -0.99 / perspective);
    return kept / (1 + perspective * kept);
  };
  const [near, far] = [shorten(cell.depthRange[0]), shorten(cell.depthRange[1])];
  return { perspective, near, scale: 1 / Math.max(far - near, 1e-12) };
}

/**
 * The 4 x 4 matrix from displayed world triples (in 2D the first entry is 0) to clip space of the whole target.
 * @param target in its own pixels
 */
export function worldToClip(cell: CellCamera, target: Size): number[][] {
  const canvas = worldToCanvas(cell.camera, cell.size, cell.ndisplay);
  const { near, scale } = depthRule(cell);
  const rows = [0, 1, 2, 3].map((k): [number, number, number, number] => {
    const w = at(canvas, 3, k);
    const x = at(canvas, 0, k) * cell.ratio + cell.offset[0] * w;
    const y = at(canvas, 1, k) * cell.ratio + cell.offset[1] * w;
    const z = cell.ndisplay === 2 ? 0.5 * w : (at(canvas, 2, k) - near * w) * scale;
    return [(2 * x) / target.width - w, w - (2 * y) / target.height, z, w];
  });
  return [0, 1, 2, 3].map((row) => rows.map((column) => column[row] ?? 0));
}

/** 3 x 3 from displayed world (vertical, horizontal, 1) to the target's pixels. */
export function worldToPixels2D(view: View, cell: Pick<CellCamera, "size" | "offset" | "ratio">): Matrix {
  const matrix = worldToCanvas(view.camera, cell.size, 2);
  const row = (i: number): number[] => [
    at(matrix, i, 1) * cell.ratio,
    at(matrix, i, 2) * cell.ratio,
    at(matrix, i, 3) * cell.ratio + (cell.offset[i] ?? 0),
  ];
  return [row(0), row(1), [0, 0, 1]];
}

/** The depths of the scene's box along the view, a little widened. */
export function depthRange(view: View): [number, number] {
  if (view.dims.ndisplay === 2) return [0, 1];
  const extent = displayedExtent(view.dims);
  const { view: direction } = cameraAxes(view.camera, 3);
  let [near, far] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let corner = 0; corner < 8; corner++) {
    const point = vector3(extent.map(([low, high], axis) => ((corner >> axis) & 1 ? high : low)));
    const depth = dot(direction, addScaled(point, vector3(view.camera.center), -1));
    near = Math.min(near, depth);
    far = Math.max(far, depth);
  }
  const margin = 0.05 * (far - near) + 1;
  return [near - margin, far + margin];
}
