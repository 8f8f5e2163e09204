/** Values under the cursor, and histograms, from the bricks that the picture is drawn from. */
import {
  type ArrayLayer,
  isArrayLayer,
  isTableLayer,
  type Scene,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import { EMPTY_RANGE, minMax } from "../data/array.ts";
import type { BrickCache } from "../data/brick-cache.ts";
import type { Brick, BrickArray, ChunkSource } from "../data/chunk-source.ts";
import { bricksOf, gather, gatheredShape } from "../data/gather.ts";
import type { TableSource } from "../data/table.ts";
import { canvasRay, type Size } from "../model/camera.ts";
import { apply, applyAffine } from "../model/matrix.ts";
import { dataToWorld } from "../model/transform.ts";
import { gridCells } from "./grid.ts";
import { marchRay } from "./picking/ray.ts";
import { pickedItem } from "./picking/told.ts";
import {
  gatherRequest,
  type LayerPlan,
  levelRanges,
  planLayer,
  type VolumeLimits,
  worldToLevel,
} from "./plan.ts";

/** What lies under a point of the canvas. */
export interface PickedValue {
  /** For people: "12", "0.25", "[255, 0, 0]"; empty outside the data, or where nothing was hit. */
  readonly value: string;
  /** The same as numbers: one, or the colours of an rgb layer. */
  readonly numbers: readonly number[];
  /** Data coordinates at full resolution, on every axis of the layer. */
  readonly coordinates: readonly number[];
  /** World coordinates, on every axis of the layer. */
  readonly world: readonly number[];
  /** The pyramid level that the value was read from; 0 for layers over tables. */
  readonly level: number;
  /** Of layers over tables: the item's row. */
  readonly item?: number;
}

/** Counts in equal bins between the least and the greatest value. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
  /** Values counted; fewer than the data's where bricks are missing or the data are large. */
  readonly count: number;
}

/** What the probe needs of a renderer. */
export interface ProbeContext {
  readonly cache: BrickCache;
  readonly source: (id: string) => ChunkSource | undefined;
  readonly table: (id: string) => TableSource | undefined;
  readonly limits: (layer: ArrayLayer, source: ChunkSource) => VolumeLimits;
}

/** A canvas point's place in the cell of the layer's grid: the cell's size and the point within it. */
function cellPoint(
  scene: Scene,
  view: View,
  layerId: string,
  size: Size,
  at: { readonly x: number; readonly y: number },
) {
  const index = scene.layers.findIndex((layer) => layer.id === layerId);
  const found = gridCells(view.grid, size, scene.layers.length).find((one) => one.layers.includes(index));
  if (found === undefined) return undefined;
  const { cell } = found;
  return { size: { width: cell.width, height: cell.height }, x: at.x - cell.x, y: at.y - cell.y };
}

/**
 * The value of a layer under a canvas point: in 2D the voxel there, in 3D the voxel that the rendering shows (see
 * `marchRay`).
 * @throws SourceError when a brick that is needed cannot be read
 */
export async function pickValue(
  context: ProbeContext,
  scene: Scene,
  view: View,
  size: Size,
  layerId: string,
  at: { readonly x: number; readonly y: number },
): Promise<PickedValue | undefined> {
  const layer = scene.layers.find((one) => one.id === layerId);
  if (layer === undefined) return undefined;
  const cell = cellPoint(scene, view, layerId, size, at);
  if (isTableLayer(layer)) {
    const table = context.table(layer.data.source);
    return table && cell && pickedItem(layer, table, view, cell.size, cell);
  }
  const source = context.source(layer.data.source);
  if (source === undefined || cell === undefined) return undefined;
  const plan = planLayer(layer, source, view.dims, view.camera.zoom, context.limits(layer, source));
  if (plan === undefined) return undefined;
  const [level = 0] = plan.levels;
  const info = source.levels[level];
  const toVoxels = info && worldToLevel(plan.slice, info);
  if (info === undefined || toVoxels === undefined) return undefined;
  const ray = canvasRay(view.camera, cell.size, view.dims.ndisplay, cell.x, cell.y);
  const read = reader(context.cache, source, level);
  if (view.dims.ndisplay === 2) {
    const shown = apply(toVoxels, [ray.origin[1], ray.origin[2], 1]).slice(0, 2);
    return picked(plan, level, shown, await read(voxelIndex(plan, level, shown)));
  }
  const { origin, direction } = ray;
  const hit = await marchRay(
    plan,
    level,
    toVoxels,
    { origin, direction, eye: view.camera.perspective > 0 },
    (shown) => read(voxelIndex(plan, level, shown)),
  );
  return hit && picked(plan, level, hit.shown, hit.value);
}

type Read = (index: readonly number[]) => Promise<number | readonly number[] | undefined>;

/** Reads one voxel of a level, from the cache if it can. The last brick is kept, since rays stay in one for a while. */
function reader(cache: BrickCache, source: ChunkSource, level: number): Read {
  const info = source.levels[level];
  let last: { key: string; brick: Brick } | undefined;
  return async (index) => {
    if (info === undefined || index.some((one, axis) => one < 0 || one >= (info.shape[axis] ?? 0)))
      return undefined;
    const place = index.map((one, axis) => Math.floor(one / (info.chunk[axis] ?? 1)));
    const key = place.join();
    if (last?.key !== key) {
      last = { key, brick: cache.get(source, level, place) ?? (await source.readBrick(level, place)) };
    }
    const { brick } = last;
    let at = 0;
    for (const [axis, one] of index.entries()) {
      at = at * (brick.shape[axis] ?? 1) + (one - (place[axis] ?? 0) * (info.chunk[axis] ?? 1));
    }
    if (source.channels === 0) return Number(brick.data[at]);
    return Array.from({ length: source.channels }, (_, c) => Number(brick.data[at * source.channels + c]));
  };
}

/** The voxel's index on all axes of the level: displayed ones from `shown`, the middle of the slice on the others. */
function voxelIndex(plan: LayerPlan, level: number, shown: readonly number[]): number[] {
  const info = plan.source.levels[level];
  const ranges = info === undefined ? [] : levelRanges(plan.slice, info);
  const index = ranges.map(([start, stop]) => Math.floor((start + stop - 1) / 2));
  for (const [i, axis] of plan.slice.displayed.entries())
    if (axis >= 0) index[axis] = Math.floor((shown[i] ?? 0) + 0.5);
  return index;
}

function picked(
  plan: LayerPlan,
  level: number,
  shown: readonly number[],
  value: number | readonly number[] | undefined,
): PickedValue {
  const info = plan.source.levels[level];
  const coordinates = plan.slice.ranges.map(([start, stop]) => (start + stop - 1) / 2);
  for (const [i, axis] of plan.slice.displayed.entries()) {
    if (axis >= 0) {
      coordinates[axis] = (shown[i] ?? 0) * (info?.scale[axis] ?? 1) + (info?.translate[axis] ?? 0);
    }
  }
  const world = applyAffine(dataToWorld(plan.layer), coordinates);
  const numbers = value === undefined ? [] : typeof value === "number" ? [value] : value;
  const words = numbers.map((one) => String(Number.isInteger(one) ? one : Number(one.toPrecision(6))));
  const text = numbers.length > 1 ? `[${words.join(", ")}]` : (words[0] ?? "");
  return { value: text, numbers, coordinates, world, level };
}

/** Values that a histogram looks at, at most. */
const MOST_VALUES = 1 << 20;

/**
 * Counts the values of what the view shows of a layer, from the finest level that is resident: in 2D of the slice as it is projected, in
 * 3D of the bricks at hand.
 */
export function histogram(
  context: ProbeContext,
  scene: Scene,
  view: View,
  layerId: string,
  bins = 256,
): Histogram {
  const none: Histogram = { counts: new Array<number>(bins).fill(0), ...EMPTY_RANGE, count: 0 };
  const layer = scene.layers.find((one) => one.id === layerId);
  if (layer === undefined || !isArrayLayer(layer)) return none;
  const source = context.source(layer.data.source);
  if (source === undefined) return none;
  const plan = planLayer(layer, source, view.dims, view.camera.zoom, context.limits(layer, source));
  for (const level of plan?.levels ?? []) {
    const info = source.levels[level];
    if (info === undefined || plan === undefined) continue;
    const ranges = levelRanges(plan.slice, info);
    const brickAt = (index: readonly number[]): Brick | undefined => context.cache.get(source, level, index);
    const indices = bricksOf(info, ranges);
    const bricks = indices.flatMap((index) => brickAt(index)?.data ?? []);
    if (bricks.length === 0) continue;
    if (view.dims.ndisplay === 3 || bricks.length < indices.length) return count(bricks, bins);
    const request = gatherRequest(plan, level, ranges);
    const values = new Float32Array(gatheredShape(request).reduce((n, size) => n * size, request.inner));
    gather(request, brickAt, values);
    return count([values], bins);
  }
  return none;
}

function count(arrays: readonly BrickArray[], bins: number): Histogram {
  const ranges = arrays.map(minMax);
  const min = Math.min(...ranges.map((range) => range.min));
  const max = Math.max(...ranges.map((range) => range.max));
  const counts = new Array<number>(bins).fill(0);
  const total = arrays.reduce((sum, array) => sum + array.length, 0);
  const stride = Math.max(1, Math.ceil(total / MOST_VALUES));
  const scale = max > min ? bins / (max - min) : 0;
  let counted = 0;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i += stride) {
      const value = Number(array[i]);
      if (!Number.isFinite(value)) continue;
      const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
      counts[bin] = (counts[bin] ?? 0) + 1;
      counted++;
    }
  }
  return { counts, min, max, count: counted };
}
