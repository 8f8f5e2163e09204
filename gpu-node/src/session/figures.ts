/** Pictures of any size: what they show, and how those are drawn that are larger than a texture of the GPU. */
import { displayedAxes, displayedExtent, resetView } from "@eyepiece/engine/model/view.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import type { PictureWish } from "./ipc.ts";
import type { Painter } from "./painter.ts";
import { canvasPixels } from "./pose.ts";

/** What is drawn into how many pixels. */
export interface Framed {
  readonly view: View;
  readonly canvas: Canvas;
  readonly width: number;
  readonly height: number;
  /** The picture's pixels for each CSS pixel of what lies over it: words stay readable in a small picture. */
  readonly ratio: number;
}

/** The most pixels of one picture: 1 GiB of colours. */
export const MOST_PIXELS = 2 ** 28;

/** The look for a wish. @throws Error where the picture would be too large */
export function framed(
  look: { readonly view: View; readonly canvas: Canvas },
  { width, height, scale = 1, figure = false }: PictureWish,
): Framed {
  const own = canvasPixels(look.canvas);
  const size = sized(own, width, height, scale);
  // A size that was asked for is that of a canvas; else it is the person's, on their screen.
  const ratio = width || height ? scale : size.width / Math.max(1, look.canvas.width);
  const found = figure ? whole(look, scale) : { ...look, ...size, ratio };
  if (found.width * found.height > MOST_PIXELS)
    throw new Error(
      `A picture of ${found.width} x ${found.height} pixels is too large: ${MOST_PIXELS / 2 ** 20} million are the most.`,
    );
  return found;
}

function sized(
  own: { readonly width: number; readonly height: number },
  width: number,
  height: number,
  scale: number,
): { width: number; height: number } {
  const first = width || (height ? Math.round((own.width * height) / own.height) : own.width);
  const second = height || Math.max(2, Math.round((own.height * first) / own.width));
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(first), height: scaled(second) };
}

/** In 2D exactly the layers' extent; in 3D the canvas, with the layers fitted to it. */
function whole({ view, canvas }: { readonly view: View; readonly canvas: Canvas }, scale: number): Framed {
  const { dims } = view;
  if (dims.ndisplay === 3) {
    const fitted = resetView(view, canvas, { keepAngles: true });
    const own = canvasPixels(canvas);
    return { view: fitted, canvas, ...sized(own, 0, 0, scale), ratio: scale };
  }
  const [, rows = [0, 1], columns = [0, 1]] = displayedExtent(dims);
  const step = Math.min(...displayedAxes(dims).map((axis) => dims.range[axis]?.[2] ?? 1));
  const pixels = ([low, high]: readonly [number, number]): number =>
    Math.max(1, Math.round(((high - low) / step) * scale));
  const [width, height] = [pixels(columns), pixels(rows)];
  const camera: View["camera"] = {
    ...view.camera,
    center: [0, (rows[0] + rows[1]) / 2, (columns[0] + columns[1]) / 2],
    zoom: scale / step,
    angles: [0, 0, 0],
  };
  return { view: { ...view, camera }, canvas: { width, height, pixelRatio: 1 }, width, height, ratio: 1 };
}

/** RGBA, rows from the top; in tiles where no texture is large enough. */
export async function drawLarge(
  painter: Painter,
  device: GPUDevice,
  { view, canvas, width, height }: Omit<Framed, "ratio">,
  limit = device.limits.maxTextureDimension2D,
): Promise<Uint8Array> {
  if (width <= limit && height <= limit && width * height <= TILE * TILE * 4) {
    const drawn = await painter.still(view, canvas, width, height);
    return drawn.pixels.bytes;
  }
  const edge = Math.min(limit, TILE);
  const bytes = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += edge)
    for (let x = 0; x < width; x += edge) {
      const [w, h] = [Math.min(edge, width - x), Math.min(edge, height - y)];
      const drawn = await painter.still(view, canvas, w, h, { within: { width, height, x, y } });
      const tile = drawn.pixels.bytes;
      for (let row = 0; row < h; row++)
        bytes.set(tile.subarray(row * w * 4, (row + 1) * w * 4), ((y + row) * width + x) * 4);
    }
  return bytes;
}

/** Pixels of a tile's side: few enough for the memory of a small GPU. */
const TILE = 4096;
