/** What lies over the picture: napari's overlays, as one person has them. */
import * as v from "valibot";
import { finite } from "./values.ts";

/** Places on the canvas, row by row, as napari names them. */
export const CANVAS_POSITIONS = [
  "top_left",
  "top_center",
  "top_right",
  "middle_left",
  "middle_center",
  "middle_right",
  "bottom_left",
  "bottom_center",
  "bottom_right",
] as const;

/** See {@link CANVAS_POSITIONS}. */
export const CanvasPosition = v.picklist(CANVAS_POSITIONS);
export type CanvasPosition = v.InferOutput<typeof CanvasPosition>;

/** CSS pixels of words. */
const fontSize = v.pipe(finite, v.minValue(6), v.maxValue(96));
const UNIT = v.pipe(v.string(), v.maxLength(32));
const WORDS = v.pipe(v.string(), v.maxLength(500));
const visible = v.optional(v.boolean(), false);
const at = (position: CanvasPosition) => v.optional(CanvasPosition, position);

/** A bar of a round length. */
export const ScaleBarOverlay = v.object({
  visible,
  position: at("bottom_right"),
  /** Of the length; empty: the one that suits the layers. */
  unit: v.optional(UNIT, ""),
  font_size: v.optional(fontSize, 12),
});
/** Arrows that turn with the camera. */
export const AxesOverlay = v.object({
  visible,
  position: at("bottom_left"),
  labels: v.optional(v.boolean(), true),
});
/** Words of one's own. */
export const TextOverlay = v.object({
  visible,
  position: at("top_center"),
  text: v.optional(WORDS, ""),
  font_size: v.optional(fontSize, 14),
});
/** Where the slice is, in words. */
export const CurrentSliceOverlay = v.object({ visible, position: at("bottom_center") });
/** The colours of the selected layer and what they mean. */
export const ColorBarOverlay = v.object({ visible, position: at("middle_right") });

/** All of them. Whether a layer shows its name and its own box is the layer's. */
export const Overlays = v.object({
  scale_bar: v.optional(ScaleBarOverlay, {}),
  axes: v.optional(AxesOverlay, {}),
  text: v.optional(TextOverlay, {}),
  current_slice: v.optional(CurrentSliceOverlay, {}),
  color_bar: v.optional(ColorBarOverlay, {}),
  /** The boxes of all layers. */
  bounding_box: v.optional(v.object({ visible }), {}),
  /** Of the layers that show theirs. */
  layer_names: v.optional(v.object({ position: at("top_left") }), {}),
});
export type Overlays = v.InferOutput<typeof Overlays>;

/** Changes of some of them; what is not named stays. */
export const OverlaysPatch = v.partial(
  v.object({
    scale_bar: v.partial(
      v.object({ visible: v.boolean(), position: CanvasPosition, unit: UNIT, font_size: fontSize }),
    ),
    axes: v.partial(v.object({ visible: v.boolean(), position: CanvasPosition, labels: v.boolean() })),
    text: v.partial(
      v.object({ visible: v.boolean(), position: CanvasPosition, text: WORDS, font_size: fontSize }),
    ),
    current_slice: v.partial(v.object({ visible: v.boolean(), position: CanvasPosition })),
    color_bar: v.partial(v.object({ visible: v.boolean(), position: CanvasPosition })),
    bounding_box: v.partial(v.object({ visible: v.boolean() })),
    layer_names: v.partial(v.object({ position: CanvasPosition })),
  }),
);
export type OverlaysPatch = v.InferOutput<typeof OverlaysPatch>;

/** The overlays with some changed. */
export function withOverlays(overlays: Overlays, patch: OverlaysPatch): Overlays {
  const merged = Object.entries(patch).map(([name, changes]) => {
    const known = overlays[name as keyof Overlays];
    const told = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
    return [name, { ...known, ...Object.fromEntries(told) }];
  });
  return { ...overlays, ...Object.fromEntries(merged) } as Overlays;
}

/** napari's own: none is shown. */
export function noOverlays(): Overlays {
  return v.parse(Overlays, {});
}
