/** Lines of a width onto pixels, by the formulas of their shader: soft sides, and colours and shares that change along them. */
import type { Segments } from "../../../model/geometry/tracks.ts";
import { EMPTY, type FrontPixels } from "./pixels.ts";

/** Lines between rows of a table. */
export interface RasterLines {
  /** Triples (depth, vertical, horizontal) of rows. */
  readonly places: Float32Array;
  /** RGBA bytes of rows, a signed word each. */
  readonly colors: Int32Array;
  readonly pairs: Segments;
  /** What is seen of a row's end, by its time; undefined: all. Below 0 where the line ends before it. */
  readonly shares?: Float32Array;
}

/** How lines lie on the pixels of a target; see `PointsPlace`. */
export interface LinesPlace {
  readonly affine: readonly [number, number, number, number, number, number];
  /** In the target's pixels. */
  readonly width: number;
  readonly opacity: number;
  /** Added to what is there, instead of laid over it. */
  readonly adds: boolean;
}

/** Fills the pixels, the last line first: earlier ones are seen through later ones. */
export function rasterLines(pixels: FrontPixels, lines: RasterLines, place: LinesPlace): void {
  const { places, colors, pairs, shares } = lines;
  const { from, to } = pairs;
  const [a, b, c, d, e, f] = place.affine;
  const { opacity, adds } = place;
  const { values, width, height, box } = pixels;
  // Pixel centres lie at whole numbers.
  const cx = c - box.x0 - 0.5;
  const cy = f - box.y0 - 0.5;
  const halfWidth = Math.max(place.width, 1) * 0.5;
  const wide = halfWidth + 0.5;
  for (let n = from.length - 1; n >= 0; n--) {
    const i = from[n] as number;
    const j = to[n] as number;
    const share0 = shares === undefined ? 1 : (shares[i] as number);
    const share1 = shares === undefined ? 1 : (shares[j] as number);
    if (share0 <= 0 && share1 <= 0) continue;
    const x0 = a * (places[3 * i + 1] as number) + b * (places[3 * i + 2] as number) + cx;
    const y0 = d * (places[3 * i + 1] as number) + e * (places[3 * i + 2] as number) + cy;
    const x1 = a * (places[3 * j + 1] as number) + b * (places[3 * j + 2] as number) + cx;
    const y1 = d * (places[3 * j + 1] as number) + e * (places[3 * j + 2] as number) + cy;
    const reach = halfWidth + 1;
    const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
    const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach));
    const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
    const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y1) + reach));
    if (!(left <= right && top <= bottom)) continue;
    const size = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    const ux = size > 0 ? (x1 - x0) / size : 1;
    const uy = size > 0 ? (y1 - y0) / size : 0;
    const mx = (x0 + x1) * 0.5;
    const my = (y0 + y1) * 0.5;
    const long = size * 0.5 + 0.5;
    const first = colors[i] as number;
    const last = colors[j] as number;
    const alpha0 = ((first >>> 24) / 255) * share0;
    const alpha1 = ((last >>> 24) / 255) * share1;
    for (let py = top; py <= bottom; py++) {
      for (let px = left; px <= right; px++) {
        const along = (px - mx) * ux + (py - my) * uy;
        const across = (py - my) * ux - (px - mx) * uy;
        let coverX = wide - (across < 0 ? -across : across);
        let coverY = long - (along < 0 ? -along : along);
        if (coverX <= 0 || coverY <= 0) continue;
        if (coverX > 1) coverX = 1;
        if (coverY > 1) coverY = 1;
        const t = (along + long) / (2 * long);
        let alpha = alpha0 + (alpha1 - alpha0) * t;
        if (alpha <= 0) continue;
        if (alpha > 1) alpha = 1;
        alpha *= coverX * coverY * opacity;
        const at = py * width + px;
        const before = values[at] as number;
        const through = before >>> 24;
        if (through === 0) continue;
        const share = adds ? alpha : (through * alpha) / 255;
        const red = (before & 255) + ((first & 255) * (1 - t) + (last & 255) * t) * share;
        const green =
          ((before >>> 8) & 255) + (((first >>> 8) & 255) * (1 - t) + ((last >>> 8) & 255) * t) * share;
        const blue =
          ((before >>> 16) & 255) + (((first >>> 16) & 255) * (1 - t) + ((last >>> 16) & 255) * t) * share;
        values[at] =
          (red < 255 ? red + 0.5 : 255) |
          ((green < 255 ? green + 0.5 : 255) << 8) |
          ((blue < 255 ? blue + 0.5 : 255) << 16) |
          (adds ? EMPTY : ((through * (1 - alpha) + 0.5) & 255) << 24);
      }
    }
  }
}
