/** What a layer needs for a view: the level, the box of it, and the axes. Pure. */
import type { ArrayLayer, Dims, ProjectionMode } from "@eyepiece/protocol/scene/schema.ts";
import type { ChunkSource, LevelInfo } from "../data/chunk-source.ts";
import { type GatherRequest, projectedCount, type Range } from "../data/gather.ts";
import { at, inverse, type Matrix, multiply } from "../model/matrix.ts";
import { type LayerSlice, sliceLayer } from "../model/transform.ts";

/** A layer cut by the view. */
export interface LayerPlan {
  readonly layer: ArrayLayer;
  readonly source: ChunkSource;
  readonly slice: LayerSlice;
  /** Levels that may be drawn, the wanted (finest) first, then ever coarser ones. */
  readonly levels: readonly number[];
  /** In 3D: the finest level does not fit as one texture, so bricks of all levels are drawn. */
  readonly bricks: boolean;
}

/** How a thick slice of the layer becomes one value a pixel; labels are never thick. */
export function projectionOf(layer: ArrayLayer): ProjectionMode {
  return layer.type === "image" ? layer.projection_mode : "none";
}

/** World to displayed data coordinates of the finest level, (d+1) x (d+1); undefined when the layer is flat. */
export function worldToData(slice: LayerSlice): number[][] | undefined {
  return inverse(slice.toWorld);
}

/** Data coordinates of the finest level to those of another, on the displayed axes, (d+1) x (d+1). */
export function toLevel(slice: LayerSlice, level: LevelInfo): number[][] {
  const n = slice.displayed.length;
  const rows = slice.displayed.map((axis, i) => {
    const scale = axis < 0 ? 1 : (level.scale[axis] ?? 1);
    const translate = axis < 0 ? 0 : (level.translate[axis] ?? 0);
    return Array.from({ length: n + 1 }, (_, k) => (k === i ? 1 / scale : k === n ? -translate / scale : 0));
  });
  return [...rows, Array.from({ length: n + 1 }, (_, k) => (k === n ? 1 : 0))];
}

/** World to the level's voxel coordinates (voxel i centred on i); undefined when the layer is flat. */
export function worldToLevel(slice: LayerSlice, level: LevelInfo): Matrix | undefined {
  const data = worldToData(slice);
  return data === undefined ? undefined : multiply(toLevel(slice, level), data);
}

/** The level's length along a displayed axis; 1 where the layer lacks it. */
export function levelSize(slice: LayerSlice, level: LevelInfo, i: number): number {
  const axis = slice.displayed[i] ?? -1;
  return axis < 0 ? 1 : (level.shape[axis] ?? 1);
}

/** The box of a level that shows the slice, whole along the displayed axes. */
export function levelRanges(slice: LayerSlice, level: LevelInfo): Range[] {
  return slice.ranges.map(([start, stop], axis): Range => {
    const size = level.shape[axis] ?? 0;
    if (slice.displayed.includes(axis)) return [0, size];
    if (stop <= start) return [0, 0];
    const scale = level.scale[axis] ?? 1;
    const translate = level.translate[axis] ?? 0;
    const index = (fine: number): number =>
      Math.min(size - 1, Math.max(0, Math.floor((fine - translate) / scale + 0.5)));
    return [index(start), index(stop - 1) + 1];
  });
}

/** How the box is gathered. */
export function gatherRequest(plan: LayerPlan, level: number, ranges: readonly Range[]): GatherRequest {
  const info = plan.source.levels[level] ?? plan.source.levels[0];
  if (info === undefined) throw new RangeError("a source without levels");
  return {
    level: info,
    inner: Math.max(1, plan.source.channels),
    ranges,
    axes: plan.slice.displayed,
    projection: projectionOf(plan.layer),
  };
}

/** True when values may leave the data's dtype: more than one voxel falls on one. */
export function isWide(request: GatherRequest): boolean {
  return projectedCount(request) > 1;
}

/** Limits of what can be drawn at once. */
export interface VolumeLimits {
  /** Voxels along one axis of a 3D texture. */
  readonly dimension: number;
  /** Bytes for one layer's volume. */
  readonly bytes: number;
  /** Bytes of a voxel on the GPU. */
  readonly texel: number;
  /** Bytes for one layer's bricks, where its volume does not fit. */
  readonly bricks: number;
  /** Bricks also where the volume fits: for tests. */
  readonly always?: boolean;
}

/**
 * Plans a layer, or undefined when nothing of it is on the screen.
 * @param pixelsPerUnit device pixels for a world unit
 */
export function planLayer(
  layer: ArrayLayer,
  source: ChunkSource,
  dims: Dims,
  pixelsPerUnit: number,
  limits: VolumeLimits,
): LayerPlan | undefined {
  const slice = sliceLayer(layer, dims);
  if (slice.ranges.some(([start, stop]) => stop <= start)) return undefined;
  const count = source.levels.length;
  const locked = layer.locked_data_level;
  const wanted =
    locked !== null
      ? Math.min(locked, count - 1)
      : dims.ndisplay === 2
        ? sharpestUseful(slice, source, pixelsPerUnit)
        : finestThatFits(slice, source, limits);
  const finest = source.levels[0];
  const bricks =
    dims.ndisplay === 3 &&
    locked === null &&
    layer.type === "image" &&
    source.channels === 0 &&
    finest !== undefined &&
    (limits.always === true || !fits(slice, finest, limits));
  return {
    layer,
    source,
    slice,
    levels: Array.from({ length: count - wanted }, (_, i) => wanted + i),
    bricks,
  };
}

/** napari's choice: the coarsest level that still has a voxel for every pixel along each displayed axis. */
function sharpestUseful(slice: LayerSlice, source: ChunkSource, pixelsPerUnit: number): number {
  let chosen = 0;
  for (const [index, level] of source.levels.entries()) {
    const fine = slice.displayed.every((axis, i) => {
      if (axis < 0) return true;
      const column = slice.displayed.map((_, row) => at(slice.toWorld, row, i));
      return Math.hypot(...column) * (level.scale[axis] ?? 1) * pixelsPerUnit <= 1;
    });
    if (fine) chosen = index;
  }
  return chosen;
}

function finestThatFits(slice: LayerSlice, source: ChunkSource, limits: VolumeLimits): number {
  for (const [index, level] of source.levels.entries()) {
    if (fits(slice, level, limits)) return index;
  }
  return source.levels.length - 1;
}

function fits(slice: LayerSlice, level: LevelInfo, limits: VolumeLimits): boolean {
  const sizes = slice.displayed.map((_, i) => levelSize(slice, level, i));
  const bytes = sizes.reduce((product, size) => product * size, limits.texel);
  return sizes.every((size) => size <= limits.dimension) && bytes <= limits.bytes;
}
