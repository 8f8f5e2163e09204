/** What is to be drawn over the picture, from the settings and the scene. */
import { sampleColormap } from "@eyepiece/engine/model/colormaps.ts";
import { layerExtent } from "@eyepiece/engine/model/view.ts";
import type { Colormap, Dims, Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { Kept } from "../../services/preferences.ts";
import { css } from "../tools/tool.ts";
import type { CanvasWords, ColorBar, ItemWords, LayerBox, OverlayState } from "../worker/api.ts";

/** Colours of a colour bar. */
const STEPS = 64;
/** CSS pixels of a layer's name. */
const NAME_SIZE = 13;

/** Of what the state is made. */
export interface OverlaySources {
  readonly kept: Kept;
  readonly layers: readonly Layer[];
  readonly selected: string | undefined;
  readonly dims: Dims | undefined;
  readonly itemWords: readonly ItemWords[];
}

/** See the file's comment. An empty scene has nothing over it but the person's words. */
export function overlayState({ kept, layers, selected, dims, itemWords }: OverlaySources): OverlayState {
  const some = layers.length > 0;
  const visible = layers.filter((layer) => layer.visible);
  const ndim = dims?.ndim ?? 2;
  return {
    scaleBar:
      kept.scaleBar && some ? { position: kept.scaleBarPosition, unit: kept.scaleBarUnit } : undefined,
    axes: kept.axes && some ? { position: kept.axesPosition, labels: kept.axesLabels } : undefined,
    slice: kept.slice && some ? { position: kept.slicePosition, units: unitsOf(layers, ndim) } : undefined,
    words: words(kept, layers),
    colorBars: kept.colorBar ? colorBars(kept, layers, selected) : [],
    itemWords,
    boundingBox: kept.boundingBox,
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

function words(kept: Kept, layers: readonly Layer[]): CanvasWords[] {
  const own = kept.text && kept.textWords !== "";
  return [
    ...(own ? [{ text: kept.textWords, position: kept.textPosition, size: kept.textSize }] : []),
    ...layers.flatMap((layer, index) =>
      layer.visible && layer.name_overlay
        ? [{ text: layer.name, position: kept.namePosition, size: NAME_SIZE, layer: index }]
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
function colorBars(kept: Kept, layers: readonly Layer[], selected: string | undefined): ColorBar[] {
  const layer = layers.findIndex(({ id }) => id === selected);
  const one = layers[layer];
  if (!one?.visible || (one.type !== "image" && one.type !== "surface")) return [];
  if (one.type === "image" && one.rgb) return [];
  const unit = one.metadata.unit;
  const title = typeof unit === "string" && unit !== "" ? `${one.name}, ${unit}` : one.name;
  const colors = shades(one.colormap, one.gamma);
  return [{ position: kept.colorBarPosition, layer, title, limits: one.contrast_limits, colors }];
}

/** The colours of values from the least limit to the greatest: the same rule as the picture's. */
function shades(map: Colormap, gamma: number): string[] {
  return Array.from({ length: STEPS }, (_, i) => css(sampleColormap(map, (i / (STEPS - 1)) ** gamma)));
}
