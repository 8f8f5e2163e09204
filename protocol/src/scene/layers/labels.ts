/** Whole numbers that name regions. */
import * as v from "valibot";
import { DataInfo, TableInfo } from "../data-info.ts";
import { count, finite, Plane, rgba } from "../values.ts";
import { common, commonPatch, layerId } from "./common.ts";
import { lockedLevel } from "./image.ts";

/** A label: exact up to 2^53. */
const label = v.pipe(v.number(), v.integer());

/** Colours of labels: a cycle through rows, or a colour for each. */
export const LabelColormap = v.variant("kind", [
  v.object({
    kind: v.literal("cyclic"),
    background_value: v.optional(label, 0),
    /** Row 0 is the background's and never shown; label v has row (v - 1) mod (rows - 1) + 1. Empty: napari's 49 colours. */
    colors: v.optional(v.pipe(v.array(rgba), v.maxLength(65_536)), []),
    /** Turns the cycle, for other neighbours: napari's "shuffle colors" in 0..1. */
    seed: v.optional(finite, 0.5),
  }),
  v.object({
    kind: v.literal("direct"),
    background_value: v.optional(label, 0),
    colors: v.pipe(v.array(v.tuple([label, rgba])), v.maxLength(65_536)),
    /** Of every label that is not named; napari's key None. */
    default: v.optional(rgba, [0, 0, 0, 0]),
  }),
]);
export type LabelColormap = v.InferOutput<typeof LabelColormap>;

const labels = {
  colormap: LabelColormap,
  rendering: v.picklist(["iso_categorical", "translucent"]),
  iso_gradient_mode: v.picklist(["fast", "smooth"]),
  /** Pixels of a contour's width in 2D; 0 fills the regions. */
  contour: v.pipe(count, v.maxValue(1000)),
  selected_label: label,
  show_selected_label: v.boolean(),
  /** Diameter in data units. */
  brush_size: v.pipe(finite, v.minValue(1), v.maxValue(10_000)),
  n_edit_dimensions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  /** Fill only what is connected. */
  contiguous: v.boolean(),
  /** Paint on the background only. */
  preserve_labels: v.boolean(),
  depiction: v.picklist(["volume", "plane"]),
  plane: Plane,
  locked_data_level: lockedLevel,
};

/** An n-dimensional label image. Its features are a table whose column `index` (width 1) names each row's label. */
export const LabelsLayer = v.object({
  type: v.literal("labels"),
  id: layerId,
  data: DataInfo,
  features: v.optional(v.nullable(TableInfo), null),
  ...common,
  ...labels,
});
export type LabelsLayer = v.InferOutput<typeof LabelsLayer>;

/** What a client may change of a labels layer. */
export const LabelsPatch = v.partial(v.object({ ...commonPatch, ...labels }));
export type LabelsPatch = v.InferOutput<typeof LabelsPatch>;
