/** Items under a canvas point, and in a rectangle. */
import type { TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import type { TableSource } from "../../data/table.ts";
import { type Size, worldToCanvas } from "../../model/camera.ts";
import { type Matrix, multiply } from "../../model/matrix.ts";
import { sliceTable, type TableSlice } from "../tables/frame.ts";
import { pointCandidates } from "./points.ts";
import { shapeCandidates } from "./shapes.ts";
import { surfaceCandidates } from "./surface.ts";
import { trackCandidates } from "./tracks.ts";
import { vectorCandidates } from "./vectors.ts";

/** An item under a point. */
export interface PickedItem {
  /** The item's row: a point, a shape, a vector, a track's vertex, a face. */
  readonly index: number;
  /** Depth along the view, rising away from the eye; 0 in 2D. */
  readonly depth: number;
  /** What the item shows there, where it has a value: a surface's, between its vertices. */
  readonly value?: number;
}

/** Where a question is asked: in canvas pixels of the layer's grid cell. */
export interface PickQuestion {
  readonly view: View;
  readonly slice: TableSlice;
  /** 4 x 4: data triples to (x w, y w, depth w, w) in canvas pixels. */
  readonly toCanvas: Matrix;
  readonly low: readonly [x: number, y: number];
  readonly high: readonly [x: number, y: number];
}

/** Items that a question meets, in any order; of a rectangle those whose place lies in it. */
export type Candidates = Iterable<PickedItem>;

/**
 * The item under a point of the cell's canvas (logical pixels): the last one drawn, in 3D the nearest.
 * @param size of the layer's grid cell
 */
export function pickItem(
  layer: TableLayer,
  source: TableSource,
  view: View,
  size: Size,
  at: { readonly x: number; readonly y: number },
): PickedItem | undefined {
  const question = ask(layer, source, view, size, [at.x, at.y], [at.x, at.y]);
  let best: PickedItem | undefined;
  // Candidates come last drawn first, so that among equals the first one stays.
  for (const one of candidates(layer, source, question)) {
    if (view.dims.ndisplay === 2) return one;
    if (best === undefined || one.depth < best.depth) best = one;
  }
  return best;
}

/** Items in a rectangle of the cell's canvas, rising: points and vectors by their place, others by any part of them. */
export function itemsIn(
  layer: TableLayer,
  source: TableSource,
  view: View,
  size: Size,
  box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
): Uint32Array {
  const low = [Math.min(box.x0, box.x1), Math.min(box.y0, box.y1)] as const;
  const high = [Math.max(box.x0, box.x1), Math.max(box.y0, box.y1)] as const;
  const question = ask(layer, source, view, size, low, high);
  const found = new Set<number>();
  for (const { index } of candidates(layer, source, question)) found.add(index);
  return Uint32Array.from(found).sort();
}

function ask(
  layer: TableLayer,
  _source: TableSource,
  view: View,
  size: Size,
  low: readonly [number, number],
  high: readonly [number, number],
): PickQuestion {
  const slice = sliceTable(layer, view.dims, layer.data.ndim);
  const toCanvas = multiply(worldToCanvas(view.camera, size, view.dims.ndisplay), slice.toWorld);
  return { view, slice, toCanvas, low, high };
}

function candidates(layer: TableLayer, source: TableSource, question: PickQuestion): Candidates {
  if (source.table.count === 0) return [];
  switch (layer.type) {
    case "points":
      return pointCandidates(layer, source, question);
    case "shapes":
      return shapeCandidates(source, question);
    case "vectors":
      return vectorCandidates(layer, source, question);
    case "surface":
      return surfaceCandidates(layer, source, question);
    case "tracks":
      return trackCandidates(layer, source, question);
  }
}
