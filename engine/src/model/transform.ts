/** Where a layer's data lie in the world: world = affine(translate + rotate @ shear @ scale @ p), about data's origin. */
import type { ArrayLayer, Dims, Layer } from "@eyepiece/protocol/scene/schema.ts";
import { applyAffine, at, identity, inverse, type Matrix, multiply, sliceAffine } from "./matrix.ts";

type Placement = Pick<Layer, "scale" | "translate" | "rotate" | "shear" | "affine">;

/** An n x n shear: napari writes the strictly upper triangle as a vector, row by row. */
export function shearMatrix(shear: Layer["shear"], n: number): number[][] {
  const matrix = identity(n);
  if (shear.length === 0) return matrix;
  if (Array.isArray(shear[0])) return (shear as number[][]).map((row) => [...row]);
  let next = 0;
  for (const [row, entries] of matrix.entries()) {
    for (let column = row + 1; column < n; column++) entries[column] = (shear as number[])[next++] ?? 0;
  }
  return matrix;
}

/** The (n+1) x (n+1) matrix from voxel indices to world coordinates, n the layer's axes. */
export function dataToWorld(layer: Placement): number[][] {
  const n = layer.scale.length;
  const linear = multiply(
    multiply(layer.rotate.length === n ? layer.rotate : identity(n), shearMatrix(layer.shear, n)),
    layer.scale.map((value, i) => layer.scale.map((_, j) => (i === j ? value : 0))),
  );
  const inner = [
    ...linear.map((row, i) => [...row, layer.translate[i] ?? 0]),
    Array.from({ length: n + 1 }, (_, i) => (i === n ? 1 : 0)),
  ];
  return layer.affine.length === n + 1 ? multiply(layer.affine, inner) : inner;
}

/** How a layer meets a view: which of its axes are on the screen, and where the others are cut. */
export interface LayerSlice {
  /** The layer's axes on the screen, in displayed order; -1 where the layer lacks the axis. */
  readonly displayed: readonly number[];
  /** Affine from displayed data coordinates to displayed world coordinates, (d+1) x (d+1). */
  readonly toWorld: Matrix;
  /** For every axis of the layer the kept range [start, stop), the whole of it where displayed; empty outside the data. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** NumPy's rounding: halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Cuts a layer by a view's dims. `thick`: the margins count (the layer's projection mode is not "none"). */
export function sliceLayer(layer: ArrayLayer, dims: Dims): LayerSlice {
  const n = layer.data.shape.length;
  const offset = dims.ndim - n;
  const worldDisplayed = dims.order.slice(-dims.ndisplay);
  const displayed = worldDisplayed.map((axis) => (axis >= offset ? axis - offset : -1));
  const full = dataToWorld(layer);
  const toWorld = displayedAffine(full, displayed);
  const hidden = Array.from({ length: n }, (_, axis) => axis).filter((axis) => !displayed.includes(axis));
  const toData = inverse(sliceAffine(full, hidden)) ?? identity(hidden.length + 1);
  const world = (values: readonly number[]): number[] => hidden.map((axis) => values[axis + offset] ?? 0);
  const point = applyAffine(toData, world(dims.point));
  // Labels have no mean: their slices are one voxel thick.
  const thick = layer.type === "image" && layer.projection_mode !== "none";
  const scales = hidden.map((_, i) => Math.abs(at(toData, i, i)));
  const ranges: [number, number][] = layer.data.shape.map((size) => [0, size]);
  for (const [i, axis] of hidden.entries()) {
    const size = layer.data.shape[axis] ?? 0;
    const centre = point[i] ?? 0;
    const left = (dims.margin_left[axis + offset] ?? 0) * (scales[i] ?? 1);
    const right = (dims.margin_right[axis + offset] ?? 0) * (scales[i] ?? 1);
    if (thick && (left > 0 || right > 0)) {
      const low = roundHalfEven(centre - left);
      const high = roundHalfEven(centre + right);
      // The upper end belongs to the slice; one that lies wholly inside a voxel keeps this voxel.
      ranges[axis] = [Math.max(0, low), Math.min(size, Math.max(high, low) + 1)];
    } else {
      const index = roundHalfEven(centre);
      ranges[axis] = index >= 0 && index < size ? [index, index + 1] : [0, 0];
    }
  }
  return { displayed, toWorld, ranges };
}

/** The affine on the displayed axes only; an axis that the layer lacks keeps world = data. */
function displayedAffine(full: Matrix, displayed: readonly number[]): number[][] {
  const last = full.length - 1;
  const rows = displayed.map((axis, i) => {
    if (axis < 0) return Array.from({ length: displayed.length + 1 }, (_, k) => (k === i ? 1 : 0));
    return [...displayed.map((other) => (other < 0 ? 0 : at(full, axis, other))), at(full, axis, last)];
  });
  return [...rows, Array.from({ length: displayed.length + 1 }, (_, k) => (k === displayed.length ? 1 : 0))];
}
