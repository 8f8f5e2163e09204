/** Image layers of scene.json. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import {
  type ImageLayer,
  Interpolation,
  Plane,
  ProjectionMode,
  Rendering,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { ColormapEntry, commonEntries, range, readArray, readColormap } from "./common.ts";

/** An image as the file has it. */
export const ImageEntry = v.object({
  type: v.literal("image"),
  data: v.string(),
  rgb: v.boolean(),
  ...commonEntries,
  projection_mode: ProjectionMode,
  contrast_limits: range,
  contrast_limits_range: range,
  gamma: v.number(),
  interpolation2d: Interpolation,
  interpolation3d: Interpolation,
  rendering: Rendering,
  iso_threshold: v.number(),
  attenuation: v.number(),
  depiction: v.picklist(["volume", "plane"]),
  plane: Plane,
  /** Absent where the picture has colours of its own. */
  colormap: v.optional(ColormapEntry, {
    name: "gray",
    colors: [
      [0, 0, 0, 1],
      [1, 1, 1, 1],
    ],
    controls: [0, 1],
  }),
});

/** The layer and its pixels. */
export async function readImage(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof ImageEntry>,
): Promise<{ layer: ImageLayer; source: ChunkSource }> {
  const array = await readArray(folder, entry.data);
  const channels = entry.rgb ? (array.shape.at(-1) === 4 ? 4 : 3) : 0;
  const shape = entry.rgb ? array.shape.slice(0, -1) : array.shape;
  const source = memorySource(id, [{ data: array.data, shape }], { channels });
  const { data: _, type: __, rgb: ___, colormap, ...rest } = entry;
  const map = await readColormap(folder, colormap);
  return { layer: await imageLayer(id, source, { ...rest, colormap: map, label: entry.name }), source };
}
