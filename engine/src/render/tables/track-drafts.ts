/** Tracks in 2D while the view moves, where the adapter computes on the CPU: their lines are pixels, and one draw. At rest they are triangles. */
import type { TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Column } from "../../data/table.ts";
import type { Segments } from "../../model/geometry/tracks.ts";
import type { Draw } from "../draw.ts";
import { GATHERED } from "../gathered.ts";
import type { LayerContext } from "../layer-context.ts";
import { nameOf } from "./buffers.ts";
import { isClipped, type Origin, type TableSlice } from "./frame.ts";
import { rasterDraw, rasterPlace } from "./raster/draw.ts";
import { rasterLines } from "./raster/lines.ts";
import { signed } from "./raster/points.ts";

/** Fewer lines than these are as quick as triangles. */
const LEAST = 200;

/** Lines of tracks with the colours of all rows. */
export interface TrackLines {
  readonly pairs: Segments;
  /** RGBA bytes, one word a row. */
  readonly words: Uint32Array<ArrayBuffer>;
}

/** Whether a layer's lines are pixels of the CPU. */
export function isDrafted(layer: TracksLayer, lines: readonly TrackLines[], context: LayerContext): boolean {
  if (!context.draft || context.cell.ndisplay !== 2 || isClipped(layer)) return false;
  const { blend } = context.pipeline(GATHERED);
  const meets = blend === "additive" || blend === "translucent" || blend === "translucent_no_depth";
  return meets && lines.reduce((sum, { pairs }) => sum + pairs.from.length, 0) >= LEAST;
}

/**
 * Draws lines, the first ones lowest.
 * @param places triples (depth, vertical, horizontal) of rows, relative to `origin`
 * @param time the present, where lines fade
 */
export function trackDraft(
  layer: TracksLayer,
  lines: readonly TrackLines[],
  { position, places, slice, origin }: TrackPlaces,
  time: number | undefined,
  context: LayerContext,
): Draw | undefined {
  const { affine, opacity } = rasterPlace(layer, slice, origin, context);
  const { tail_length: tail, head_length: head } = layer;
  const width = layer.tail_width * context.cell.ratio;
  const adds = layer.blending === "additive";
  const of = lines.flatMap(({ pairs, words }) => [nameOf(pairs), nameOf(words)]);
  const state = JSON.stringify([nameOf(places), affine, opacity, width, adds, time, tail, head, of]);
  return rasterDraw(layer, context, state, (pixels) => {
    const shares = time === undefined ? undefined : sharesAt(position, time, tail, head);
    for (const { pairs, words } of lines.toReversed())
      rasterLines(
        pixels,
        { places, colors: signed(words), pairs, ...(shares && { shares }) },
        { affine, width, opacity, adds },
      );
  });
}

/** Where rows are. */
export interface TrackPlaces {
  readonly position: Column;
  readonly places: Float32Array;
  readonly slice: TableSlice;
  readonly origin: Origin;
}

/** What is seen of each row at a time, by the rule of the lines' shader. */
function sharesAt({ data, width }: Column, now: number, tail: number, head: number): Float32Array {
  const shares = new Float32Array(data.length / width);
  // Without a head a line ends sharply at the present, not on its way to the next point.
  const later = head === 0 ? -1000 : 0;
  const per = 1 / (tail + head);
  for (let row = 0; row < shares.length; row++) {
    const time = data[row * width] as number;
    const share = 1 - (head + now - time) * per;
    shares[row] = time > now + head ? later : Math.min(1, Math.max(0, share));
  }
  return shares;
}
