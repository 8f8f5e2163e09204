/** The scene as data: what the node's session holds, the browser copies, the journal replays and a scene file saves. See README.md. */
export * from "./data-info.ts";
export * from "./layers/image.ts";
export * from "./layers/index.ts";
export * from "./layers/labels.ts";
export * from "./layers/points.ts";
export * from "./layers/shapes.ts";
export * from "./layers/surface.ts";
export * from "./layers/tracks.ts";
export * from "./layers/vectors.ts";
export * from "./ops.ts";
export * from "./overlays.ts";
export type { Rgba } from "./values.ts";
export {
  Blending,
  ClippingPlane,
  ColorMode,
  Colormap,
  ItemColors,
  ItemText,
  MAX_LAYERS,
  MAX_NDIM,
  Plane,
} from "./values.ts";
export * from "./view.ts";
