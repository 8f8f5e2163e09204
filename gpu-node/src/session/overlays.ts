/** What lies over a picture, drawn on the node into screenshots, figures and films: the same drawing as in the page. */
import { readFileSync } from "node:fs";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { drawOverlays } from "@eyepiece/engine/overlays/draw.ts";
import { hasWords, itemWords } from "@eyepiece/engine/overlays/item-words.ts";
import { overlayState } from "@eyepiece/engine/overlays/state.ts";
import { noOverlays, type Scene, type View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";

/** What a picture shows, and what of it is not in its view. */
export interface Overlaid {
  readonly view: View;
  readonly scene: Scene;
  readonly table: (source: string) => TableSource | undefined;
  /** The layer whose colours a colour bar shows; without one the uppermost that has any. */
  readonly selected: string | undefined;
}

/** Rows of the picture that are drawn at once: a band of 8,192 pixels' width takes 16 MB. */
const BAND = 512;
/** Servers have few faces or none; this one has the letters of units. */
const FACE = "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2";

let registered = false;

/** Registers the face that comes with Eyepiece. @throws Error when it is not there */
function registerFace(): void {
  if (registered) return;
  const file = new URL(import.meta.resolve(FACE));
  if (!GlobalFonts.register(readFileSync(file), "DejaVu Sans"))
    throw new Error("The face for words over pictures could not be read. Install Eyepiece anew.");
  registered = true;
}

/** Whether anything lies over a view's picture. */
export function hasOverlays({ view: { overlays }, scene }: Pick<Overlaid, "view" | "scene">): boolean {
  const own = scene.layers.some((layer) => layer.visible && (layer.name_overlay || layer.bounding_box));
  if (own || scene.layers.some(hasWords)) return true;
  return Object.values(overlays ?? {}).some((one) => "visible" in one && one.visible);
}

/**
 * Draws over opaque RGBA rows, in place. `canvas` is what the view's zoom counts in, and as wide as the picture; words and marks
 * are as large as on a canvas with `ratio` pixels of the picture for each of its own.
 */
export function layOver(
  rgba: Uint8Array,
  width: number,
  height: number,
  canvas: Canvas,
  overlaid: Overlaid,
  ratio = width / Math.max(1, canvas.width),
): void {
  if (!hasOverlays(overlaid)) return;
  registerFace();
  const { scene } = overlaid;
  const zoom = (overlaid.view.camera.zoom * width) / Math.max(1, canvas.width) / ratio;
  const view: View = { ...overlaid.view, camera: { ...overlaid.view.camera, zoom } };
  const state = overlayState({
    overlays: view.overlays ?? noOverlays(),
    layers: scene.layers,
    selected: overlaid.selected ?? uppermost(scene),
    dims: view.dims,
    itemWords: scene.layers.flatMap((layer, index) => {
      const source = hasWords(layer) ? overlaid.table(layer.data.source) : undefined;
      const words = source && hasWords(layer) ? itemWords(layer, index, source, view.dims) : undefined;
      return words ? [words] : [];
    }),
  });
  const size = { width: width / ratio, height: height / ratio };
  for (let top = 0; top < height; top += BAND) {
    const rows = Math.min(BAND, height - top);
    const band = createCanvas(width, rows);
    const context = band.getContext("2d");
    context.translate(0, -top);
    context.scale(ratio, ratio);
    drawOverlays(context, { ...view, ...size }, state);
    const { data } = context.getImageData(0, 0, width, rows);
    blend(rgba.subarray(top * width * 4, (top + rows) * width * 4), data);
  }
}

/** Lays unpremultiplied colours over opaque ones. */
function blend(under: Uint8Array, over: Uint8ClampedArray): void {
  for (let i = 0; i < over.length; i += 4) {
    const alpha = over[i + 3] ?? 0;
    if (alpha === 0) continue;
    for (let channel = i; channel < i + 3; channel++) {
      const below = under[channel] ?? 0;
      under[channel] = Math.round(below + (((over[channel] ?? 0) - below) * alpha) / 255);
    }
  }
}

function uppermost({ layers }: Scene): string | undefined {
  return layers.findLast(({ visible, type }) => visible && (type === "image" || type === "surface"))?.id;
}
