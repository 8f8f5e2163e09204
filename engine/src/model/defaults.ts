/** napari's defaults for what layers share. */
import type { ImageLayer, ItemColors, ItemText, Rgba } from "@eyepiece/protocol/scene/schema.ts";
import { identity } from "./matrix.ts";

/** Data coordinates are world coordinates. */
export function placementDefaults(
  n: number,
): Pick<ImageLayer, "scale" | "translate" | "rotate" | "shear" | "affine" | "units" | "axis_labels"> {
  return {
    scale: new Array<number>(n).fill(1),
    translate: new Array<number>(n).fill(0),
    rotate: identity(n),
    shear: new Array<number>((n * (n - 1)) / 2).fill(0),
    affine: identity(n + 1),
    units: new Array<string>(n).fill("pixel"),
    axis_labels: Array.from({ length: n }, (_, axis) => `axis ${axis - n}`),
  };
}

/** Visible, alone and editable. */
export function commonDefaults(name: string) {
  return {
    name,
    visible: true,
    opacity: 1,
    experimental_clipping_planes: [],
    metadata: {},
    editable: true,
    locked: false,
    link: "",
    bounding_box: false,
    name_overlay: false,
  };
}

/** Every item has its own colour. */
export const DIRECT: ItemColors = {
  mode: "direct",
  feature: "",
  cycle: [
    [1, 0, 1, 1],
    [0, 1, 0, 1],
  ],
  colormap: null,
  contrast_limits: null,
};

/** No words. */
export const NO_TEXT: ItemText = {
  string: "",
  visible: true,
  color: [0, 1, 1, 1],
  size: 12,
  scaling: false,
  anchor: "center",
  translation: [],
  rotation: 0,
};

export const WHITE: Rgba = [1, 1, 1, 1];
/** CSS dimgray, the border of points. */
export const DIM_GRAY: Rgba = [105 / 255, 105 / 255, 105 / 255, 1];
/** #777777, the edge of shapes. */
export const GRAY: Rgba = [119 / 255, 119 / 255, 119 / 255, 1];
export const RED: Rgba = [1, 0, 0, 1];
export const BLACK: Rgba = [0, 0, 0, 1];
