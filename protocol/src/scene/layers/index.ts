/** Any layer, and what may be changed of each. */
import * as v from "valibot";
import { ImageLayer, ImagePatch } from "./image.ts";
import { LabelsLayer, LabelsPatch } from "./labels.ts";
import { PointsLayer, PointsPatch } from "./points.ts";
import { ShapesLayer, ShapesPatch } from "./shapes.ts";
import { SurfaceLayer, SurfacePatch } from "./surface.ts";
import { TracksLayer, TracksPatch } from "./tracks.ts";
import { VectorsLayer, VectorsPatch } from "./vectors.ts";

/** Any of napari's seven. */
export const Layer = v.variant("type", [
  ImageLayer,
  LabelsLayer,
  PointsLayer,
  ShapesLayer,
  SurfaceLayer,
  TracksLayer,
  VectorsLayer,
]);
export type Layer = v.InferOutput<typeof Layer>;
export type LayerType = Layer["type"];

/** Layers whose data are arrays. */
export type ArrayLayer = ImageLayer | LabelsLayer;
/** Layers whose data are tables. */
export type TableLayer = Exclude<Layer, ArrayLayer>;

/** Its data come in bricks. */
export function isArrayLayer(layer: Layer): layer is ArrayLayer {
  return layer.type === "image" || layer.type === "labels";
}
/** Its data are a table. */
export function isTableLayer(layer: Layer): layer is TableLayer {
  return !isArrayLayer(layer);
}
/** Axes of a layer's data. */
export function layerNdim(layer: Layer): number {
  return isArrayLayer(layer) ? layer.data.shape.length : layer.data.ndim;
}

/** What a client may change, by the layer's type. Unknown properties are refused by {@link readPatch}. */
export const LAYER_PATCHES = {
  image: ImagePatch,
  labels: LabelsPatch,
  points: PointsPatch,
  shapes: ShapesPatch,
  surface: SurfacePatch,
  tracks: TracksPatch,
  vectors: VectorsPatch,
} as const;

/** Properties of some layer, to be changed. Which of them fit is known with the layer: see {@link readPatch}. */
export type LayerPatch =
  | ImagePatch
  | LabelsPatch
  | PointsPatch
  | ShapesPatch
  | SurfacePatch
  | TracksPatch
  | VectorsPatch;

/** A patch that does not fit its layer; the message is for people. */
export class PatchError extends Error {
  override readonly name = "PatchError";
}

/** Checks a patch for a layer of a type. @throws PatchError naming the property and what is wrong with it */
export function readPatch(type: LayerType, set: LayerPatch): LayerPatch {
  const schema = LAYER_PATCHES[type];
  const foreign = Object.keys(set).find((key) => !(key in schema.entries));
  if (foreign !== undefined)
    throw new PatchError(`A layer of type ${type} has no property ${foreign} that can be set.`);
  const read = v.safeParse(schema, set);
  if (read.success) return read.output;
  const issue = read.issues[0];
  throw new PatchError(`${v.getDotPath(issue) ?? "The property"} does not fit: ${issue.message}`);
}
