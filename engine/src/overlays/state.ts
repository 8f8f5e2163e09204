/** What is to be drawn over the picture, from the view's overlays and the scene. */

import type { Colormap, Dims, Layer, Overlays } from "@eyepiece/protocol/scene/schema.ts";
import { sampleColormap } from "../model/colormaps.ts";
import { layerExtent } from "../model/view.ts";
import { css } from "./css.ts";
import type { CanvasWords, ColorBar, ItemWords, LayerBox, OverlayState } from "./overlay.ts";

/** Colours of a colour bar. */
const STEPS = 64;
/** CSS pixels of a layer's name. */
const NAME_SIZE = 13;

/** Of what the state is made. */
export interface OverlaySources {
  readonly overlays: Overlays;
  readonly layers: readonly Layer[];
  readonly selected: string | undefined;
  readonly dims: Dims | undefined;
  readonly itemWords: readonly ItemWords[];
}

/** See the file's comment. An empty scene has nothing over it but the person's words. */
export function overlayState({ overlays, layers, selected, dims, itemWords }: OverlaySources): OverlayState {
  const { scale_bar, axes, current_slice, color_bar } = overlays;
  const some = layers.length > 0;
  const visible = layers.filter((layer) => layer.visible);
  const ndim = dims?.ndim ?? 2;
  return {
    scaleBar:
      scale_bar.visible && some
        ? { position: scale_bar.position, unit: scale_bar.unit, size: scale_bar.font_size }
        : undefined,
    axes: axes.visible && some ? { position: axes.position, labels: axes.labels } : undefined,
    slice:
      current_slice.visible && some
        ? { position: current_slice.position, units: unitsOf(layers, ndim) }
        : undefined,
    words: words(overlays, layers),
    colorBars: color_bar.visible ? colorBars(overlays, layers, selected) : [],
    itemWords,
    boundingBox: overlays.bounding_box.visible,
    layers: layers.length,
    unit: visible[0]?.units.at(-1) ?? "pixel",
    boxes: visible.map((layer) => boxOf(layer, layers.indexOf(layer), ndim)),
  };
}

function boxOf(layer: Layer, index: number, ndim: number): LayerBox {
  const { extent, step } = layerExtent(layer);
  const missing = new Array<number>(Math.max(0, ndim - extent.length)).fill(0);
  return {
    layer: index,
    own: layer.bounding_box,
    low: [...missing, ...extent.map(([low], axis) => low - (step[axis] ?? 1) / 2)],
    high: [...missing, ...extent.map(([, high], axis) => high + (step[axis] ?? 1) / 2)],
  };
}

function words({ text, layer_names }: Overlays, layers: readonly Layer[]): CanvasWords[] {
  const own = text.visible && text.text !== "";
  return [
    ...(own ? [{ text: text.text, position: text.position, size: text.font_size }] : []),
    ...layers.flatMap((layer, index) =>
      layer.visible && layer.name_overlay
        ? [{ text: layer.name, position: layer_names.position, size: NAME_SIZE, layer: index }]
        : [],
    ),
  ];
}

/** Units of all axes, as the layer of most axes has them. */
function unitsOf(layers: readonly Layer[], ndim: number): string[] {
  const most = layers.find((layer) => layer.units.length === ndim) ?? layers[0];
  const missing = ndim - (most?.units.length ?? 0);
  return Array.from({ length: ndim }, (_, axis) => most?.units[axis - missing] ?? "pixel");
}

/** The colour bar of the selected layer, if it has one: where a colour means a value. */
function colorBars(
  { color_bar }: Overlays,
  layers: readonly Layer[],
  selected: string | undefined,
): ColorBar[] {
  const layer = layers.findIndex(({ id }) => id === selected);
  const one = layers[layer];
  if (!one?.visible || (one.type !== "image" && one.type !== "surface")) return [];
  if (one.type === "image" && one.rgb) return [];
  const unit = one.metadata.unit;
  const title = typeof unit === "string" && unit !== "" ? `${one.name}, ${unit}` : one.name;
  const colors = shades(one.colormap, one.gamma);
  return [{ position: color_bar.position, layer, title, limits: one.contrast_limits, colors }];
}

/** The colours of values from the least limit to the greatest: the same rule as the picture's. */
function shades(map: Colormap, gamma: number): string[] {
  return Array.from({ length: STEPS }, (_, i) => css(sampleColormap(map, (i / (STEPS - 1)) ** gamma)));
}
