/** What every layer has. */
import * as v from "valibot";
import { Blending, ClippingPlane, finite, MAX_NDIM, matrix, name, unit, vector } from "../values.ts";

/** A layer's name among all layers of a scene. */
export const layerId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Where data live in the world: world = affine(translate + rotate @ shear @ scale @ p). */
export const placement = {
  scale: vector,
  translate: vector,
  /** ndim x ndim */
  rotate: matrix,
  /** napari's shear: the upper triangle as a vector of n(n-1)/2 values, or an n x n matrix. */
  shear: v.union([v.pipe(v.array(finite), v.maxLength((MAX_NDIM * (MAX_NDIM - 1)) / 2)), matrix]),
  /** (ndim+1) x (ndim+1) */
  affine: matrix,
  units: v.pipe(v.array(name), v.maxLength(MAX_NDIM)),
  axis_labels: v.pipe(v.array(name), v.maxLength(MAX_NDIM)),
};

/** How a layer is shown, whatever its type. */
export const appearance = {
  name,
  visible: v.boolean(),
  opacity: unit,
  blending: Blending,
  experimental_clipping_planes: v.pipe(v.array(ClippingPlane), v.maxLength(16)),
};

/**
 * What later versions gave every layer; in patches these have no default, or a change of one property would reset the
 * others.
 */
const bookkeeping = {
  /** Notes of the person or of the file, as JSON. */
  metadata: v.record(v.string(), v.unknown()),
  /** False: its items and labels cannot be edited. */
  editable: v.boolean(),
  /** Kept from being removed, moved or renamed. */
  locked: v.boolean(),
  /** Layers with the same word are linked: what is set of one is set of all. Empty: alone. */
  link: name,
  bounding_box: v.boolean(),
  name_overlay: v.boolean(),
};

/** Of a whole layer. */
export const kept = {
  metadata: v.optional(bookkeeping.metadata, {}),
  editable: v.optional(bookkeeping.editable, true),
  locked: v.optional(bookkeeping.locked, false),
  link: v.optional(bookkeeping.link, ""),
  bounding_box: v.optional(bookkeeping.bounding_box, false),
  name_overlay: v.optional(bookkeeping.name_overlay, false),
};

/** Of a patch of any layer. */
export const commonPatch = { ...appearance, ...placement, ...bookkeeping };
/** Of any whole layer. */
export const common = { ...appearance, ...placement, ...kept };
