/**
 * The scene as data: what the node's session holds, the browser copies, the journal replays and a scene file saves.
 *
 * Property names and values are napari's (0.9.2), snake_case included, so that a scene written by napari's users, by the
 * Python client or by hand means the same here. The valibot schemas are the source of the types and check everything that
 * crosses a wire or comes from a file.
 */
import * as v from "valibot";

/** The most axes that a dataset may have. */
export const MAX_NDIM = 16;
/** The most layers that a scene may have. */
export const MAX_LAYERS = 1024;

const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.maxLength(1024));
const vector = v.pipe(v.array(finite), v.maxLength(MAX_NDIM));
const matrix = v.pipe(v.array(vector), v.maxLength(MAX_NDIM + 1));
const unit = v.pipe(finite, v.minValue(0), v.maxValue(1));
const range = v.tuple([finite, finite]);
/** RGBA, each 0..1. */
const rgba = v.tuple([unit, unit, unit, unit]);
const vector3 = v.tuple([finite, finite, finite]);

/** How a layer's colours meet those below it. */
export const Blending = v.picklist([
  "translucent",
  "translucent_no_depth",
  "additive",
  "minimum",
  "opaque",
  "multiplicative",
]);
/** How a volume becomes a picture. */
export const Rendering = v.picklist([
  "mip",
  "minip",
  "attenuated_mip",
  "translucent",
  "additive",
  "iso",
  "average",
]);
/** How values between voxels are found. */
export const Interpolation = v.picklist(["nearest", "linear", "cubic", "kaiser", "spline36"]);
/** How a thick slice becomes one value a pixel. */
export const ProjectionMode = v.picklist(["none", "sum", "mean", "max", "min"]);

/** `colors[i]` is the colour at `controls[i]`; controls rise from 0 to 1. */
export const Colormap = v.object({
  name,
  colors: v.pipe(v.array(rgba), v.minLength(1), v.maxLength(4096)),
  controls: v.pipe(v.array(unit), v.minLength(1), v.maxLength(4097)),
  interpolation: v.optional(v.picklist(["linear", "zero"]), "linear"),
});

/** A half space that is kept: world units of the displayed axes, on the side that `normal` points to. */
export const ClippingPlane = v.object({ position: vector3, normal: vector3, enabled: v.boolean() });

/** The slab that `depiction: "plane"` samples: data (voxel) units of the displayed axes. */
export const Plane = v.object({
  position: vector3,
  normal: vector3,
  thickness: v.pipe(finite, v.minValue(1)),
});

/** What is known of a layer's data without reading it; told by the node, never set by a client. */
export const DataInfo = v.object({
  /** Names the source on the node; opaque to clients. */
  source: name,
  /** Rises with each edit of the data. */
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Full-resolution shape, without the trailing channel axis of an rgb image. */
  shape: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(MAX_NDIM)),
  dtype: v.picklist([
    "uint8",
    "int8",
    "uint16",
    "int16",
    "uint32",
    "int32",
    "uint64",
    "int64",
    "float32",
    "float64",
  ]),
  /** Shapes of the pyramid's levels, finest first; one entry when there is no pyramid. */
  levels: v.pipe(v.array(v.array(v.number())), v.maxLength(64)),
  /** Bytes at full resolution. */
  nbytes: v.number(),
  /** What the person opened, for people to read: a file's name or an address without its credentials. */
  label: name,
});

/** Where data live in the world: world = affine(translate + rotate @ shear @ scale @ p). */
const placement = {
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

const appearance = {
  name,
  visible: v.boolean(),
  opacity: unit,
  blending: Blending,
  experimental_clipping_planes: v.pipe(v.array(ClippingPlane), v.maxLength(16)),
};

const image = {
  contrast_limits: range,
  contrast_limits_range: range,
  gamma: v.pipe(finite, v.minValue(0.001), v.maxValue(100)),
  colormap: Colormap,
  interpolation2d: Interpolation,
  interpolation3d: Interpolation,
  rendering: Rendering,
  iso_threshold: finite,
  attenuation: v.pipe(finite, v.minValue(0), v.maxValue(100)),
  depiction: v.picklist(["volume", "plane"]),
  plane: Plane,
  projection_mode: ProjectionMode,
  /** A pyramid level to use whatever the zoom; null lets the viewer choose. */
  locked_data_level: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(63))),
};

const layerIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** An n-dimensional image, or an RGB(A) picture when `rgb`. */
export const ImageLayer = v.object({
  type: v.literal("image"),
  id: layerIdSchema,
  rgb: v.boolean(),
  data: DataInfo,
  ...appearance,
  ...placement,
  ...image,
});

/** What a client may change of an image layer. */
export const ImagePatch = v.partial(v.object({ ...appearance, ...placement, ...image }));

export type Blending = v.InferOutput<typeof Blending>;
export type Rendering = v.InferOutput<typeof Rendering>;
export type Interpolation = v.InferOutput<typeof Interpolation>;
export type ProjectionMode = v.InferOutput<typeof ProjectionMode>;
export type Colormap = v.InferOutput<typeof Colormap>;
export type ClippingPlane = v.InferOutput<typeof ClippingPlane>;
export type Plane = v.InferOutput<typeof Plane>;
export type DataInfo = v.InferOutput<typeof DataInfo>;
export type ImageLayer = v.InferOutput<typeof ImageLayer>;
export type ImagePatch = v.InferOutput<typeof ImagePatch>;
export type Rgba = v.InferOutput<typeof rgba>;

/** Any layer; further kinds join this union. */
export const Layer = v.variant("type", [ImageLayer]);
export type Layer = v.InferOutput<typeof Layer>;

/** Layers bottom to top. `revision` counts applied operations and never falls. */
export const Scene = v.object({
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  title: name,
  layers: v.pipe(v.array(Layer), v.maxLength(MAX_LAYERS)),
});
export type Scene = v.InferOutput<typeof Scene>;

/** Camera, as napari's: zoom in canvas pixels per world unit, angles in degrees, perspective = vertical field of view. */
export const Camera = v.object({
  center: vector3,
  zoom: v.pipe(finite, v.minValue(1e-9), v.maxValue(1e9)),
  angles: vector3,
  perspective: v.pipe(finite, v.minValue(0), v.maxValue(179)),
  orientation: v.tuple([
    v.picklist(["towards", "away"]),
    v.picklist(["down", "up"]),
    v.picklist(["right", "left"]),
  ]),
});
export type Camera = v.InferOutput<typeof Camera>;

/** Dims of one view. All arrays have `ndim` entries; `range` (world start, stop, step) follows from the layers. */
export const Dims = v.object({
  ndim: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MAX_NDIM)),
  ndisplay: v.picklist([2, 3]),
  order: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_NDIM - 1))),
    v.maxLength(MAX_NDIM),
  ),
  /** World coordinates of the slice. */
  point: vector,
  margin_left: vector,
  margin_right: vector,
  range: v.pipe(v.array(v.tuple([finite, finite, finite])), v.maxLength(MAX_NDIM)),
  axis_labels: v.pipe(v.array(name), v.maxLength(MAX_NDIM)),
});
export type Dims = v.InferOutput<typeof Dims>;

/** napari's grid mode: layers in cells, `stride` layers a cell (negative from the other end), -1 in shape = automatic. */
export const Grid = v.object({
  enabled: v.boolean(),
  shape: v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]),
  stride: v.pipe(v.number(), v.integer(), v.minValue(-64), v.maxValue(64)),
  spacing: v.pipe(finite, v.minValue(0), v.maxValue(4096)),
});
export type Grid = v.InferOutput<typeof Grid>;

/** One pair of eyes on a scene. */
export const View = v.object({ camera: Camera, dims: Dims, grid: Grid });
export type View = v.InferOutput<typeof View>;

const layerPatch = v.object({
  op: v.literal("layer.set"),
  id: layerIdSchema,
  set: ImagePatch,
});
/** An operation on the scene: the same from the browser, the Python client and the journal. */
export const SceneOp = v.variant("op", [
  layerPatch,
  v.object({
    op: v.literal("layer.add"),
    layer: Layer,
    /** Position from the bottom; the top when left out. */
    index: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  v.object({ op: v.literal("layer.remove"), id: layerIdSchema }),
  v.object({
    op: v.literal("layer.move"),
    id: layerIdSchema,
    index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.object({ op: v.literal("scene.set"), set: v.object({ title: name }) }),
]);
export type SceneOp = v.InferOutput<typeof SceneOp>;
