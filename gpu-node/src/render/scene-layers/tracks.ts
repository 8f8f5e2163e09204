/** Tracks layers of scene.json. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { commonEntries, placed, readArray, readRows, rowsEntry, SceneFileError } from "./common.ts";

/** Tracks as the file has them: rows of id, time and place. */
export const TracksEntry = v.object({
  type: v.literal("tracks"),
  data: v.string(),
  ...commonEntries,
  tail_length: v.number(),
  head_length: v.number(),
  tail_width: v.number(),
  color_by: v.optional(v.string(), "track_id"),
  hide_completed_tracks: v.boolean(),
  display_tail: v.boolean(),
  display_id: v.boolean(),
  display_graph: v.boolean(),
  colormap_name: v.optional(v.string(), "turbo"),
  track_colors: v.optional(v.nullable(rowsEntry), null),
  graph: v.optional(v.record(v.string(), v.union([v.number(), v.array(v.number())])), {}),
});

/** The layer and its tracks. */
export async function readTracks(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof TracksEntry>,
): Promise<{ layer: TableLayer; table: TableSource }> {
  const { shape, data } = await readArray(folder, entry.data);
  const [count = 0, width = 4] = shape;
  const flat = Float64Array.from(data, Number);
  const position = new Float64Array(count * (width - 1));
  const ids = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    ids[i] = flat[i * width] ?? 0;
    position.set(flat.subarray(i * width + 1, (i + 1) * width), i * (width - 1));
  }
  const table: TableSource = {
    id,
    version: 1,
    table: {
      count,
      columns: new Map([
        ["id", { width: 1, data: ids }],
        ["position", { width: width - 1, data: position }],
        ...(entry.track_colors === null
          ? []
          : [
              [
                "color",
                { width: 4, data: Float32Array.from(await readRows(folder, entry.track_colors, 4)) },
              ] as const,
            ]),
      ]),
      features: new Map(),
    },
  };
  const { tail_length, head_length, tail_width, color_by, hide_completed_tracks } = entry;
  const { display_tail, display_id, display_graph } = entry;
  const layer = tableLayer(id, table, {
    type: "tracks",
    ...placed(entry),
    tail_length,
    head_length,
    tail_width,
    color_by,
    hide_completed_tracks,
    display_tail,
    display_id,
    display_graph,
    colormap: named(entry.colormap_name),
    graph: Object.entries(entry.graph).map(([track, parents]): [number, number[]] => [
      Number(track),
      [parents].flat(),
    ]),
  });
  return { layer, table };
}

function named(name: string) {
  try {
    return colormap(name);
  } catch (cause) {
    throw new SceneFileError(`There is no colormap named ${name}.`, { cause });
  }
}
