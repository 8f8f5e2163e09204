/** Numbers, colours and names that several layer types share. */
import * as v from "valibot";

/** The most axes that a dataset may have. */
export const MAX_NDIM = 16;
/** The most layers that a scene may have. */
export const MAX_LAYERS = 1024;

export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const name = v.pipe(v.string(), v.maxLength(1024));
export const vector = v.pipe(v.array(finite), v.maxLength(MAX_NDIM));
export const matrix = v.pipe(v.array(vector), v.maxLength(MAX_NDIM + 1));
export const unit = v.pipe(finite, v.minValue(0), v.maxValue(1));
export const range = v.tuple([finite, finite]);
export const vector3 = v.tuple([finite, finite, finite]);
/** RGBA, each 0..1. */
export const rgba = v.tuple([unit, unit, unit, unit]);
export type Rgba = v.InferOutput<typeof rgba>;

/** How a layer's colours meet those below it. */
export const Blending = v.picklist([
  "translucent",
  "translucent_no_depth",
  "additive",
  "minimum",
  "opaque",
  "multiplicative",
]);
export type Blending = v.InferOutput<typeof Blending>;

/** `colors[i]` is the colour at `controls[i]`; controls rise from 0 to 1. */
export const Colormap = v.object({
  name,
  colors: v.pipe(v.array(rgba), v.minLength(1), v.maxLength(4096)),
  controls: v.pipe(v.array(unit), v.minLength(1), v.maxLength(4097)),
  interpolation: v.optional(v.picklist(["linear", "zero"]), "linear"),
});
export type Colormap = v.InferOutput<typeof Colormap>;

/** A half space that is kept: world units of the displayed axes, on the side that `normal` points to. */
export const ClippingPlane = v.object({ position: vector3, normal: vector3, enabled: v.boolean() });
export type ClippingPlane = v.InferOutput<typeof ClippingPlane>;

/** The slab that `depiction: "plane"` samples: data (voxel) units of the displayed axes. */
export const Plane = v.object({
  position: vector3,
  normal: vector3,
  thickness: v.pipe(finite, v.minValue(1)),
});
export type Plane = v.InferOutput<typeof Plane>;

/**
 * Where an item's colour comes from: its own (`direct`), or a feature's value, by a cycle of colours for words and whole
 * numbers, or by a colormap between limits.
 */
export const ColorMode = v.picklist(["direct", "cycle", "colormap"]);
export type ColorMode = v.InferOutput<typeof ColorMode>;

/** Colours of items by a feature; napari's `face_color_mode`, `face_color_cycle`, `face_colormap` and their kin. */
export const ItemColors = v.object({
  mode: v.optional(ColorMode, "direct"),
  /** The feature's name, for cycle and colormap. */
  feature: v.optional(name, ""),
  cycle: v.optional(v.pipe(v.array(rgba), v.minLength(1), v.maxLength(4096)), [
    [1, 0, 1, 1],
    [0, 1, 0, 1],
  ]),
  colormap: v.optional(v.nullable(Colormap), null),
  /** null: the feature's least and greatest value. */
  contrast_limits: v.optional(v.nullable(range), null),
});
export type ItemColors = v.InferOutput<typeof ItemColors>;

/** Words at items; `string` is a feature's name, or words with features in braces: "{id}: {score:.2f}". */
export const ItemText = v.object({
  string: v.optional(v.pipe(v.string(), v.maxLength(4096)), ""),
  visible: v.optional(v.boolean(), true),
  color: v.optional(rgba, [0, 1, 1, 1]),
  /** Canvas pixels, or data units with `scaling`. */
  size: v.optional(v.pipe(finite, v.minValue(1), v.maxValue(1000)), 12),
  scaling: v.optional(v.boolean(), false),
  anchor: v.optional(
    v.picklist(["center", "upper_left", "upper_right", "lower_left", "lower_right"]),
    "center",
  ),
  /** Data units of the displayed axes. */
  translation: v.optional(vector, []),
  /** Degrees. */
  rotation: v.optional(finite, 0),
});
export type ItemText = v.InferOutput<typeof ItemText>;
