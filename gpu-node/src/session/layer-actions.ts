/** What napari's layer menu makes of layers: duplicates, conversions, stacks and their parts, projections. Nothing is read whole. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { newFeaturedInfo } from "@eyepiece/engine/model/label-features.ts";
import { type ImageOptions, imageLayer, labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { tableInfo } from "@eyepiece/engine/model/table-layers.ts";
import { shearMatrix } from "@eyepiece/engine/model/transform.ts";
import {
  DataInfo,
  type ImageLayer,
  isArrayLayer,
  isTableLayer,
  type LabelsLayer,
  type Layer,
  type Scene,
  type SceneOp,
  type ShapesLayer,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { PROJECTIONS, type Recipe } from "./derived.ts";
import { shapesAsLabels } from "./shapes-to-labels.ts";

const layers = v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(64));
const axis = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)), 0);

/** An action, as clients ask for it. */
export const LayerActionAsked = v.variant("action", [
  v.object({ action: v.literal("duplicate"), layers }),
  v.object({ action: v.literal("convert"), layers, to: v.picklist(["labels", "image"]) }),
  v.object({ action: v.literal("astype"), layers, dtype: DataInfo.entries.dtype }),
  v.object({ action: v.literal("split_stack"), layers, axis }),
  v.object({ action: v.literal("merge_stack"), layers }),
  v.object({ action: v.literal("split_rgb"), layers }),
  v.object({ action: v.literal("merge_rgb"), layers }),
  v.object({ action: v.literal("project"), layers, axis, mode: v.picklist(PROJECTIONS) }),
]);
export type LayerActionAsked = v.InferOutput<typeof LayerActionAsked>;

/** What actions need of the session. */
export interface ActionHost {
  readonly scene: Scene;
  newId(): string;
  table(id: string): TableSource | undefined;
  addTable(table: Table): TableSource;
  /** New data that are computed from others of the session. @throws SourceError */
  derive(recipe: Recipe): ChunkSource;
  /** New labels, all of them background. @throws SourceError */
  zeros(shape: readonly number[], dtype: DataInfo["dtype"]): ChunkSource;
  /** Labels as they are now, whatever is painted on them later. */
  frozen(source: string): ChunkSource;
}

/** An action that does not fit its layers; the message is for people. */
export class ActionError extends Error {
  override readonly name = "ActionError";
}

/** A stack falls apart into at most so many layers. */
const MOST_PARTS = 64;

/** The operations of an action; new data are made on the way. @throws ActionError, SourceError */
export async function layerAction(host: ActionHost, asked: LayerActionAsked): Promise<SceneOp[]> {
  const chosen = asked.layers.map((id) => {
    const index = host.scene.layers.findIndex((layer) => layer.id === id);
    const layer = host.scene.layers[index];
    if (!layer) throw new ActionError("One of the layers is not there any more.");
    return { layer, index };
  });
  const sorted = chosen.sort((a, b) => a.index - b.index);
  const ops: SceneOp[] = [];
  switch (asked.action) {
    case "merge_stack":
      return mergeStack(
        host,
        sorted.map(({ layer }) => image(layer)),
      );
    case "merge_rgb":
      return mergeRgb(
        host,
        sorted.map(({ layer }) => image(layer)),
      );
    default:
      // From the top, so that what is put in below does not move the others.
      for (const { layer, index } of sorted.toReversed()) ops.push(...(await one(host, layer, index, asked)));
      return ops;
  }
}

type One = Exclude<LayerActionAsked, { action: "merge_stack" | "merge_rgb" }>;

async function one(host: ActionHost, layer: Layer, index: number, asked: One): Promise<SceneOp[]> {
  switch (asked.action) {
    case "duplicate":
      return [{ op: "layer.add", layer: duplicate(host, layer), index: index + 1 }];
    case "convert":
      if (layer.type === "shapes" && asked.to === "labels") return drawn(host, layer, index);
      return replaced(layer, index, await converted(host, layer, asked.to));
    case "astype": {
      const base = array(layer);
      const labels = base.type === "labels";
      if (labels && asked.dtype.startsWith("float"))
        throw new ActionError(`${layer.name}: labels are whole numbers; convert it to an image first.`);
      const source = host.derive({
        kind: "astype",
        sources: [labels ? host.frozen(base.data.source).id : base.data.source],
        dtype: asked.dtype,
        labels,
      });
      const made = labels
        ? labelsLayer(host.newId(), source, lookOf(base))
        : await imageLayer(host.newId(), source, lookOf(base));
      return replaced(layer, index, made);
    }
    case "split_stack":
      return splitStack(host, array(layer), index, asked.axis);
    case "split_rgb":
      return splitRgb(host, image(layer), index);
    case "project": {
      const base = array(layer);
      const kept = base.type === "labels" ? host.frozen(base.data.source).id : base.data.source;
      const source = host.derive({ kind: "project", sources: [kept], axis: asked.axis, mode: asked.mode });
      const name = `${layer.name} ${asked.mode}-proj`;
      const limits =
        base.type === "image" ? projectedLimits(base, asked.mode, base.data.shape[asked.axis] ?? 1) : {};
      const look = base.type === "image" ? lookOf(base) : placed(base);
      const made = await imageLayer(host.newId(), source, {
        ...without(look, base, asked.axis),
        ...limits,
        name,
        label: name,
      });
      return [{ op: "layer.add", layer: made, index: index + 1 }];
    }
  }
}

function projectedLimits(layer: ImageLayer, mode: string, depth: number): ImageOptions {
  const [low, high] = layer.contrast_limits;
  const [a, b] =
    mode === "sum" ? [low * depth, high * depth] : mode === "std" ? [0, (high - low) / 2] : [low, high];
  return { contrast_limits: [a, b], contrast_limits_range: [Math.min(a, b), Math.max(a, b)] };
}

function array(layer: Layer): ImageLayer | LabelsLayer {
  if (!isArrayLayer(layer)) throw new ActionError(`${layer.name} is made of items, not of an array.`);
  return layer;
}

function image(layer: Layer): ImageLayer {
  if (layer.type !== "image") throw new ActionError(`${layer.name} is no image.`);
  return layer;
}

/** In the place of the old layer; undo brings that back. */
function replaced(old: Layer, index: number, made: Layer): SceneOp[] {
  return [
    { op: "layer.remove", id: old.id },
    { op: "layer.add", layer: { ...made, name: old.name }, index },
  ];
}

type Look = ImageOptions & { readonly label: string };

/** Where a layer lies. */
function placed(layer: Layer): Look {
  const { scale, translate, rotate, shear, affine, units, axis_labels, opacity, visible } = layer;
  return {
    scale,
    translate,
    rotate,
    shear,
    affine,
    units,
    axis_labels,
    opacity,
    visible,
    label: layer.data.label,
  };
}

/** All that another layer of its type can take over. */
function lookOf<L extends ImageLayer | LabelsLayer>(
  layer: L,
): Omit<L, "id" | "type" | "data" | "rgb" | "features"> & { label: string } {
  const { id: _id, type: _type, data, ...look } = layer;
  const {
    rgb: _rgb,
    features: _features,
    ...rest
  } = look as typeof look & { rgb?: unknown; features?: unknown };
  return { ...rest, link: "", locked: false, label: data.label } as unknown as ReturnType<typeof lookOf<L>>;
}

/** A look for data that lack an axis. */
function without(look: Look, { scale, shear }: Layer, axis: number): ImageOptions {
  const drop = <T>(values: readonly T[] = []): T[] => values.filter((_, i) => i !== axis);
  const square = (rows: readonly (readonly number[])[] = []): number[][] =>
    drop(rows).map((row) => drop(row));
  const n = scale.length;
  return {
    ...look,
    scale: drop(look.scale),
    translate: drop(look.translate),
    units: drop(look.units),
    axis_labels: drop(look.axis_labels),
    rotate: square(look.rotate),
    affine: square(look.affine),
    shear: square(shearMatrix(shear, n)),
    plane: { position: [0, 0, 0], normal: [1, 0, 0], thickness: 1 },
    locked_data_level: null,
  };
}

function duplicate(host: ActionHost, layer: Layer): Layer {
  const shared = { id: host.newId(), name: `${layer.name} copy`, link: "", locked: false };
  if (isTableLayer(layer)) {
    const known = host.table(layer.data.source);
    if (!known) throw new ActionError(`The items of ${layer.name} are not here.`);
    const data = tableInfo(layer.type, host.addTable(known.table), layer.data.label);
    return { ...layer, ...shared, data };
  }
  // Images are never edited: two layers may look at one source. Labels are.
  if (layer.type === "image") return { ...layer, ...shared };
  const source = host.frozen(layer.data.source);
  const known = layer.features && host.table(layer.features.source);
  const features = known ? newFeaturedInfo(layer, host.addTable(known.table)) : null;
  return { ...layer, ...shared, features, data: { ...layer.data, source: source.id, version: 0 } };
}

/** Shapes as labels, in their place. */
function drawn(host: ActionHost, layer: ShapesLayer, index: number): SceneOp[] {
  const known = host.table(layer.data.source);
  const made = known ? shapesAsLabels(known.table) : "they are not here";
  if (typeof made === "string") throw new ActionError(`${layer.name} cannot become labels: ${made}.`);
  const { scale, translate, rotate, shear, affine, units, axis_labels, visible } = layer;
  const place = { scale, translate, rotate, shear, affine, units, axis_labels, visible };
  const look = { ...place, label: layer.data.label };
  const labels = labelsLayer(host.newId(), host.zeros(made.shape, "int32"), look);
  return [
    ...replaced(layer, index, labels),
    { op: "labels.shapes", id: labels.id, shapes: [...made.shapes] },
  ];
}

async function converted(host: ActionHost, layer: Layer, to: "labels" | "image"): Promise<Layer> {
  const base = array(layer);
  if (base.type === to) throw new ActionError(`${layer.name} is of type ${to} already.`);
  const { label, ...place } = placed(base);
  if (base.type === "labels") {
    const source = host.frozen(base.data.source);
    const recipe: Recipe = { kind: "astype", sources: [source.id], dtype: base.data.dtype, labels: false };
    return imageLayer(host.newId(), host.derive(recipe), { ...place, opacity: 1, label });
  }
  if (base.rgb) throw new ActionError(`${layer.name} is in colours, which name no regions. Split it first.`);
  const dtype = base.data.dtype.startsWith("float") ? "int32" : base.data.dtype;
  const recipe: Recipe = { kind: "astype", sources: [base.data.source], dtype, labels: true };
  const { scale, translate, rotate, shear, affine, units, axis_labels, visible } = base;
  const look = { scale, translate, rotate, shear, affine, units, axis_labels, visible, label };
  return labelsLayer(host.newId(), host.derive(recipe), look);
}

async function splitStack(
  host: ActionHost,
  layer: ImageLayer | LabelsLayer,
  index: number,
  axis: number,
): Promise<SceneOp[]> {
  const size = layer.data.shape[axis] ?? 1;
  if (size > MOST_PARTS)
    throw new ActionError(
      `${layer.name} has ${size} places on its axis ${axis}; at most ${MOST_PARTS} become layers.`,
    );
  const labels = layer.type === "labels";
  const kept = labels ? host.frozen(layer.data.source).id : layer.data.source;
  const ops: SceneOp[] = [{ op: "layer.remove", id: layer.id }];
  for (let at = 0; at < size; at++) {
    const name = `${layer.name} layer ${at}`;
    const part = host.derive({ kind: "part", sources: [kept], axis, index: at });
    const look = { ...without(lookOf(layer as ImageLayer), layer, axis), name };
    if (!labels) {
      ops.push({ op: "layer.add", layer: await imageLayer(host.newId(), part, look), index: index + at });
      continue;
    }
    const recipe: Recipe = { kind: "astype", sources: [part.id], dtype: layer.data.dtype, labels: true };
    const { scale, translate, rotate, affine, units, axis_labels } = look;
    const place = Object.fromEntries(
      Object.entries({ scale, translate, rotate, affine, units, axis_labels }).filter(([, value]) => value),
    );
    const made = labelsLayer(host.newId(), host.derive(recipe), { ...place, name, colormap: layer.colormap });
    ops.push({ op: "layer.add", layer: made, index: index + at });
  }
  return ops;
}

async function splitRgb(host: ActionHost, layer: ImageLayer, index: number): Promise<SceneOp[]> {
  if (!layer.rgb) throw new ActionError(`${layer.name} is not in colours.`);
  const ops: SceneOp[] = [{ op: "layer.remove", id: layer.id }];
  for (const [channel, colour] of ["red", "green", "blue"].entries()) {
    const source = host.derive({ kind: "channel", sources: [layer.data.source], channel });
    const { contrast_limits: _limits, contrast_limits_range: _range, ...look } = lookOf(layer);
    const options = { ...look, colormap: colormap(colour), blending: "additive" as const };
    const made = await imageLayer(host.newId(), source, { ...options, name: `${layer.name} ${colour}` });
    ops.push({ op: "layer.add", layer: made, index: index + channel });
  }
  return ops;
}

async function mergeStack(host: ActionHost, layers: readonly ImageLayer[]): Promise<SceneOp[]> {
  const [first] = layers;
  if (!first || layers.length < 2) throw new ActionError("A stack is made of at least two images.");
  const source = host.derive({ kind: "stack", sources: layers.map(({ data }) => data.source) });
  const { scale, translate, units, axis_labels, contrast_limits, contrast_limits_range, gamma } = first;
  const made = await imageLayer(host.newId(), source, {
    ...{ contrast_limits, contrast_limits_range, gamma, colormap: colormap("gray") },
    scale: [1, ...scale],
    translate: [0, ...translate],
    units: ["pixel", ...units],
    axis_labels: ["stack", ...axis_labels],
    name: first.name,
    label: first.data.label,
  });
  return [...layers.map(({ id }): SceneOp => ({ op: "layer.remove", id })), { op: "layer.add", layer: made }];
}

async function mergeRgb(host: ActionHost, layers: readonly ImageLayer[]): Promise<SceneOp[]> {
  const [a, b, c] = layers;
  if (!a || !b || !c || layers.length > 3) throw new ActionError("RGB is made of three images.");
  // napari takes red, green and blue by the layers' colormaps where they have these, else by their order.
  const named = ["red", "green", "blue"].map((name) => layers.find((one) => one.colormap.name === name));
  const [red = a, green = b, blue = c] = named.every((one) => one) ? named : [a, b, c];
  const source = host.derive({
    kind: "rgb",
    sources: [red.data.source, green.data.source, blue.data.source],
    limits: [red.contrast_limits, green.contrast_limits, blue.contrast_limits],
  });
  const { label, ...place } = placed(a);
  const made = await imageLayer(host.newId(), source, { ...place, name: a.name, label });
  return [...layers.map(({ id }): SceneOp => ({ op: "layer.remove", id })), { op: "layer.add", layer: made }];
}
