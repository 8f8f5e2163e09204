/** What pictures that are expected soon will need, so that it is there when they come. */
import type { ArrayLayer, Dims, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Wanted } from "../data/brick-cache.ts";
import type { ChunkSource } from "../data/chunk-source.ts";
import { bricksOf, type Range } from "../data/gather.ts";
import { sliceBox } from "./arrays/slice-draw.ts";
import type { LayerContext } from "./layer-context.ts";
import { levelRanges, planLayer } from "./plan.ts";

/** What is shown has priorities below this. */
const AFTER_ALL = 1000;
/** Bricks of one layer at one place: what would be more is read when it is shown. */
const MOST_BRICKS = 512;

/** Bricks of the level that is wanted now, for places (`View.dims.point`) that come next, soonest first. */
export function wantedAhead(
  layer: ArrayLayer,
  source: ChunkSource,
  context: LayerContext,
  places: readonly View["dims"]["point"][],
): Wanted[] {
  const { view, cell, residency } = context;
  const found: Wanted[] = [];
  for (const [i, point] of places.entries()) {
    const dims: Dims = { ...view.dims, point };
    const plan = planLayer(layer, source, dims, cell.camera.zoom * cell.ratio, context.limits(source));
    // Of bricks the coarsest: it is what stands in for the others.
    const level = plan?.bricks ? source.levels.length - 1 : plan?.levels[0];
    const info = level === undefined ? undefined : source.levels[level];
    if (plan === undefined || level === undefined || info === undefined) continue;
    const ranges: readonly Range[] | undefined =
      cell.ndisplay === 3
        ? levelRanges(plan.slice, info)
        : sliceBox(plan, level, context.worldToPixels, context.whole)?.ranges;
    if (ranges === undefined) continue;
    const bricks = bricksOf(info, ranges);
    if (bricks.length > MOST_BRICKS) continue;
    for (const wanted of residency.wanted(plan, level, ranges, AFTER_ALL + i, bricks))
      found.push({ ...wanted, ahead: true });
  }
  return found;
}
