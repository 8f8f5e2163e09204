/** Labels layers of scene.json. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { commonDefaults, placementDefaults } from "@eyepiece/engine/model/defaults.ts";
import { dataInfo } from "@eyepiece/engine/model/layer.ts";
import { type LabelsLayer, Plane, type Rgba } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { commonEntries, placed, readArray, readRows, rowsEntry } from "./common.ts";

const color = v.tuple([v.number(), v.number(), v.number(), v.number()]);

/** A labels layer as the file has it. */
export const LabelsEntry = v.object({
  type: v.literal("labels"),
  data: v.string(),
  ...commonEntries,
  rendering: v.picklist(["iso_categorical", "translucent"]),
  iso_gradient_mode: v.optional(v.picklist(["fast", "smooth"]), "fast"),
  contour: v.number(),
  selected_label: v.number(),
  show_selected_label: v.boolean(),
  depiction: v.optional(v.picklist(["volume", "plane"]), "volume"),
  plane: v.optional(Plane, { position: [0, 0, 0], normal: [1, 0, 0], thickness: 1 }),
  colormap: v.variant("kind", [
    v.object({
      kind: v.literal("cyclic"),
      background_value: v.optional(v.number(), 0),
      colors: rowsEntry,
    }),
    v.object({
      kind: v.literal("direct"),
      background_value: v.optional(v.number(), 0),
      /** The key "null" is every other label. */
      color_dict: v.record(v.string(), color),
    }),
  ]),
});

/** The layer and its labels. */
export async function readLabels(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof LabelsEntry>,
): Promise<{ layer: LabelsLayer; source: ChunkSource }> {
  const array = await readArray(folder, entry.data);
  const source = memorySource(id, [{ data: array.data, shape: array.shape }], { channels: 0 });
  const layer: LabelsLayer = {
    type: "labels",
    id,
    data: dataInfo(source, entry.name),
    features: null,
    ...commonDefaults(entry.name),
    ...placementDefaults(array.shape.length),
    ...placed(entry),
    rendering: entry.rendering,
    iso_gradient_mode: entry.iso_gradient_mode,
    contour: entry.contour,
    selected_label: entry.selected_label,
    show_selected_label: entry.show_selected_label,
    depiction: entry.depiction,
    plane: entry.plane,
    colormap: await readLabelColors(folder, entry.colormap),
    brush_size: 10,
    n_edit_dimensions: 2,
    contiguous: true,
    preserve_labels: false,
    locked_data_level: null,
  };
  return { layer, source };
}

async function readLabelColors(
  folder: string,
  map: v.InferOutput<typeof LabelsEntry>["colormap"],
): Promise<LabelsLayer["colormap"]> {
  if (map.kind === "direct") {
    const { null: other, ...named } = map.color_dict;
    return {
      kind: "direct",
      background_value: map.background_value,
      colors: Object.entries(named).map(([label, one]): [number, Rgba] => [Number(label), one]),
      default: other ?? [0, 0, 0, 0],
    };
  }
  const rows = await readRows(folder, map.colors, 4);
  return {
    kind: "cyclic",
    background_value: map.background_value,
    seed: 0.5,
    colors: Array.from(
      { length: rows.length / 4 },
      (_, i): Rgba => [rows[i * 4] ?? 0, rows[i * 4 + 1] ?? 0, rows[i * 4 + 2] ?? 0, rows[i * 4 + 3] ?? 0],
    ),
  };
}
