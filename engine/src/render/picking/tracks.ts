/** Tracks under a canvas point: the vertex where the line under it begins. */
import type { TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type TableSource } from "../../data/table.ts";
import { tailSegments, trackTime } from "../tables/tracks.ts";
import type { PickedItem, PickQuestion } from "./pick.ts";
import { meetsBox, onCanvas } from "./project.ts";

/** Pixels that a hand may miss a thin line by. */
const SLACK = 2;

/** Vertices of tracks that the question meets, the last drawn first. */
export function* trackCandidates(
  layer: TracksLayer,
  { table }: TableSource,
  { slice, toCanvas, low, high }: PickQuestion,
): Generator<PickedItem> {
  const { data, width } = column(table, "position");
  const { now, fade } = trackTime(table, slice);
  const { from, to } = tailSegments(layer, table, now);
  const entry = (row: number, k: 0 | 1 | 2): number => {
    const axis = slice.displayed[k];
    return axis < 0 ? 0 : (data[row * width + axis] ?? Number.NaN);
  };
  const place = (row: number) => onCanvas(toCanvas, entry(row, 0), entry(row, 1), entry(row, 2));
  const reach = layer.tail_width / 2 + (low[0] === high[0] && low[1] === high[1] ? SLACK : 0);
  const least = [low[0] - reach, low[1] - reach] as const;
  const most = [high[0] + reach, high[1] + reach] as const;
  for (let i = from.length - 1; i >= 0; i--) {
    const [start, end] = [from[i] ?? 0, to[i] ?? 0];
    const [t0, t1] = [data[start * width] ?? 0, data[end * width] ?? 0];
    // What has faded away, or is yet to come, is not there.
    if (fade && (Math.min(t0, t1) > now + layer.head_length || Math.max(t0, t1) < now - layer.tail_length))
      continue;
    const [a, b] = [place(start), place(end)];
    if (a === undefined || b === undefined || !meetsBox(a, b, least, most)) continue;
    yield { index: start, depth: Math.min(a.depth, b.depth) };
  }
}
