/** Things that move in time. */
import * as v from "valibot";
import { TableInfo } from "../data-info.ts";
import { Colormap, count, finite, name } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";

const frames = v.pipe(finite, v.minValue(0), v.maxValue(100_000));

const tracks = {
  /** Time steps that are shown before and after the present one. */
  tail_length: frames,
  head_length: frames,
  /** Canvas pixels. */
  tail_width: v.pipe(finite, v.minValue(0), v.maxValue(100)),
  hide_completed_tracks: v.boolean(),
  /** A feature's name, or `track_id`. */
  color_by: name,
  colormap: Colormap,
  display_id: v.boolean(),
  display_tail: v.boolean(),
  display_graph: v.boolean(),
  /** A track's id to those that it came from. */
  graph: v.pipe(v.array(v.tuple([count, v.pipe(v.array(count), v.maxLength(1024))])), v.maxLength(100_000)),
};

/** Tracks; the first axis of the data is time. */
export const TracksLayer = v.object({
  type: v.literal("tracks"),
  id: layerId,
  data: TableInfo,
  ...common,
  ...tracks,
});
export type TracksLayer = v.InferOutput<typeof TracksLayer>;

/** What a client may change of a tracks layer. */
export const TracksPatch = v.partial(v.object({ ...commonPatch, ...tracks }));
export type TracksPatch = v.InferOutput<typeof TracksPatch>;
