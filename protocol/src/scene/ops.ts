/** Operations: the only way in which a scene changes, the same from the browser, the Python client and the journal. */
import * as v from "valibot";
import { DataInfo, TableInfo } from "./data-info.ts";
import { layerId } from "./layers/common.ts";
import { Layer, type LayerPatch } from "./layers/index.ts";
import { count, finite, MAX_LAYERS, name, vector } from "./values.ts";

/** Layers bottom to top. `revision` counts applied operations and never falls. */
export const Scene = v.object({
  revision: count,
  title: name,
  layers: v.pipe(v.array(Layer), v.maxLength(MAX_LAYERS)),
});
export type Scene = v.InferOutput<typeof Scene>;

/** The most items that one operation may bring. More come as a table of their own. */
export const MAX_ITEMS_AN_OP = 100_000;

const numbers = v.pipe(v.array(v.nullable(v.number())), v.maxLength(16 * MAX_ITEMS_AN_OP));
/**
 * Some rows of a layer's table, as JSON. null is not a number. Columns are named in `engine/src/model/columns.ts`; those that
 * are left out get the layer's current values.
 */
export const Rows = v.object({
  count: v.pipe(count, v.maxValue(MAX_ITEMS_AN_OP)),
  columns: v.record(name, numbers),
  /** Of rows of unequal length: entries in each row. */
  lengths: v.optional(v.pipe(v.array(count), v.maxLength(MAX_ITEMS_AN_OP))),
  features: v.optional(
    v.record(
      name,
      v.pipe(v.array(v.nullable(v.union([v.number(), v.string()]))), v.maxLength(MAX_ITEMS_AN_OP)),
    ),
    {},
  ),
});
export type Rows = v.InferOutput<typeof Rows>;

/** Rows of a table, rising. */
const indices = v.pipe(v.array(count), v.maxLength(MAX_ITEMS_AN_OP));

/**
 * Operations on items, and on the rows of labels' features. They change no layer's settings; the node tells of the new table by
 * `layer.data`, of labels' by `layer.features`.
 */
const itemOps = [
  v.object({
    op: v.literal("items.insert"),
    id: layerId,
    rows: Rows,
    /** Where the rows are afterwards, rising; at the end when left out. */
    indices: v.optional(indices),
  }),
  v.object({ op: v.literal("items.remove"), id: layerId, indices }),
  v.object({
    op: v.literal("items.set"),
    id: layerId,
    indices,
    /** As many rows as indices, or one for all; only the columns that change. */
    rows: Rows,
  }),
] as const;

/** Where a brush goes: data coordinates of all axes. */
const path = v.pipe(v.array(vector), v.minLength(1), v.maxLength(10_000));
/** The axes of the data in which an edit spreads, as the editor sees them. */
const axes = v.pipe(v.array(v.pipe(count, v.maxValue(15))), v.minLength(1), v.maxLength(16));
const label = v.pipe(v.number(), v.integer());

/** Given by the session, which knows the edit by it. Never sent by a client. */
const edit = v.optional(count);

/** Edits of label images. */
const labelOps = [
  v.object({
    op: v.literal("labels.paint"),
    id: layerId,
    edit,
    points: path,
    value: label,
    /** Diameter in voxels of the last of `axes`. */
    brush_size: v.pipe(finite, v.minValue(1), v.maxValue(10_000)),
    axes,
    /** Only voxels with this label change; null: all. */
    only: v.nullable(label),
  }),
  v.object({
    op: v.literal("labels.fill"),
    id: layerId,
    edit,
    point: vector,
    value: label,
    axes,
    contiguous: v.boolean(),
    only: v.nullable(label),
  }),
  v.object({
    op: v.literal("labels.polygon"),
    id: layerId,
    edit,
    /** Corners; the last one is joined to the first. */
    points: path,
    value: label,
    axes,
    only: v.nullable(label),
  }),
  v.object({
    op: v.literal("labels.shapes"),
    id: layerId,
    edit,
    /** Drawn one after the other, each in the plane of its two axes: filled, or the line through its points. */
    shapes: v.pipe(
      v.array(
        v.object({
          points: path,
          value: label,
          axes: v.tuple([v.pipe(count, v.maxValue(15)), v.pipe(count, v.maxValue(15))]),
          filled: v.boolean(),
        }),
      ),
      v.minLength(1),
      v.maxLength(10_000),
    ),
  }),
  /** Takes an edit back or does it again: the session knows it by its number. Never sent by a client. */
  v.object({ op: v.literal("labels.swap"), id: layerId, edit: count }),
] as const;

/** Any operation. */
export const SceneOp = v.variant("op", [
  v.object({
    op: v.literal("layer.set"),
    id: layerId,
    /** Checked with the layer, whose type decides what fits. */
    set: v.custom<LayerPatch>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    ),
    /** Linked layers do not follow. */
    alone: v.optional(v.boolean()),
  }),
  v.object({
    op: v.literal("layer.add"),
    layer: Layer,
    /** Position from the bottom; the top when left out. */
    index: v.optional(count),
  }),
  v.object({ op: v.literal("layer.remove"), id: layerId }),
  v.object({ op: v.literal("layer.move"), id: layerId, index: count }),
  /** The node tells of data that were edited. Never sent by a client. */
  v.object({ op: v.literal("layer.data"), id: layerId, data: v.union([DataInfo, TableInfo]) }),
  /** The node tells of the features of labels, which are a table. Never sent by a client. */
  v.object({ op: v.literal("layer.features"), id: layerId, features: v.nullable(TableInfo) }),
  v.object({ op: v.literal("scene.set"), set: v.object({ title: name }) }),
  ...itemOps,
  ...labelOps,
]);
export type SceneOp = v.InferOutput<typeof SceneOp>;
/** An operation on the rows of a layer's table. */
export type ItemOp = Extract<SceneOp, { op: `items.${string}` }>;
/** An edit of a label image. */
export type LabelOp = Extract<SceneOp, { op: `labels.${string}` }>;
/** An operation on data, which only their owner can carry out: the scene as JSON does not change by it. */
export type DataOp = ItemOp | LabelOp;

/** See {@link LabelOp}. */
export function isLabelOp(op: SceneOp): op is LabelOp {
  return op.op.startsWith("labels.");
}
/** See {@link DataOp}. */
export function isDataOp(op: SceneOp): op is DataOp {
  return op.op.startsWith("items.") || op.op.startsWith("labels.");
}
/** Operations that only the node itself makes. */
export function isNodeOp(op: SceneOp): boolean {
  if (op.op === "layer.data" || op.op === "layer.features") return true;
  return op.op === "labels.swap" || ("edit" in op && op.edit !== undefined);
}
