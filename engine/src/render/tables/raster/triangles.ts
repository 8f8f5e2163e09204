/** Triangles onto pixels, the last one first: a pixel whose centre is in a triangle is filled. */
import { type FrontPixels, TILE_SHIFT } from "./pixels.ts";
import { signed } from "./points.ts";

/** Triangles with a colour for each vertex, all three alike. */
export interface RasterTriangles {
  /** Triples (depth, vertical, horizontal). */
  readonly positions: Float32Array;
  /** RGBA bytes, one word a vertex. */
  readonly colors: Uint32Array;
  readonly indices: Uint32Array;
}

/** How triangles lie on the pixels of a target; see `PointsPlace`. */
export interface TrianglesPlace {
  readonly affine: readonly [number, number, number, number, number, number];
  readonly opacity: number;
  readonly opaque: boolean;
  readonly enough: number;
}

/** Fills the pixels. */
export function rasterTriangles(
  pixels: FrontPixels,
  { positions, colors: words, indices }: RasterTriangles,
  place: TrianglesPlace,
): void {
  const colors = signed(words);
  const [a, b, c, d, e, f] = place.affine;
  const { opacity, opaque, enough } = place;
  const { values, left, width, height, tilesAcross } = pixels;
  const { x0: originX, y0: originY } = pixels.box;
  // Half a pixel is taken off, so that centres lie at whole numbers.
  const cx = c - originX - 0.5;
  const cy = f - originY - 0.5;
  for (let n = indices.length - 3; n >= 0; n -= 3) {
    const ia = indices[n] as number;
    const ib = indices[n + 1] as number;
    const ic = indices[n + 2] as number;
    const av = positions[3 * ia + 1] as number;
    const ah = positions[3 * ia + 2] as number;
    const bv = positions[3 * ib + 1] as number;
    const bh = positions[3 * ib + 2] as number;
    const cv = positions[3 * ic + 1] as number;
    const ch = positions[3 * ic + 2] as number;
    const ax = a * av + b * ah + cx;
    const bx = a * bv + b * bh + cx;
    const ccx = a * cv + b * ch + cx;
    let px0 = Math.ceil(ax < bx ? Math.min(ax, ccx) : Math.min(bx, ccx));
    let px1 = Math.floor(ax > bx ? Math.max(ax, ccx) : Math.max(bx, ccx));
    if (px0 < 0) px0 = 0;
    if (px1 >= width) px1 = width - 1;
    if (!(px0 <= px1)) continue;
    const ay = d * av + e * ah + cy;
    const by = d * bv + e * bh + cy;
    const ccy = d * cv + e * ch + cy;
    let py0 = Math.ceil(ay < by ? Math.min(ay, ccy) : Math.min(by, ccy));
    let py1 = Math.floor(ay > by ? Math.max(ay, ccy) : Math.max(by, ccy));
    if (py0 < 0) py0 = 0;
    if (py1 >= height) py1 = height - 1;
    if (!(py0 <= py1)) continue;
    const area = (bx - ax) * (ccy - ay) - (by - ay) * (ccx - ax);
    if (area === 0) continue;
    let open = false;
    const tx1 = px1 >> TILE_SHIFT;
    const ty1 = py1 >> TILE_SHIFT;
    for (let ty = py0 >> TILE_SHIFT; ty <= ty1 && !open; ty++)
      for (let tx = px0 >> TILE_SHIFT; tx <= tx1; tx++)
        if ((left[ty * tilesAcross + tx] as number) > 0) {
          open = true;
          break;
        }
    if (!open) continue;
    const word = colors[ia] as number;
    const alpha = opaque ? 1 : ((word >>> 24) / 255) * opacity;
    if (alpha === 0) continue;
    const red = word & 255;
    const green = (word >>> 8) & 255;
    const blue = (word >>> 16) & 255;
    // Rising inside, whichever way the triangle turns.
    const turn = area > 0 ? 1 : -1;
    const [ux, uy] = [-(by - ay) * turn, (bx - ax) * turn];
    const [vx, vy] = [-(ccy - by) * turn, (ccx - bx) * turn];
    const [wx, wy] = [-(ay - ccy) * turn, (ax - ccx) * turn];
    // A centre on a side belongs to the triangle of which that side is the top or the left one.
    const onU = ux > 0 || (ux === 0 && uy > 0);
    const onV = vx > 0 || (vx === 0 && vy > 0);
    const onW = wx > 0 || (wx === 0 && wy > 0);
    for (let py = py0; py <= py1; py++) {
      let u = ux * (px0 - ax) + uy * (py - ay);
      let v = vx * (px0 - bx) + vy * (py - by);
      let w = wx * (px0 - ccx) + wy * (py - ccy);
      const row = py * width;
      const tileRow = (py >> TILE_SHIFT) * tilesAcross;
      for (let px = px0; px <= px1; px++, u += ux, v += vx, w += wx) {
        if (u < 0 || v < 0 || w < 0) continue;
        if ((u === 0 && !onU) || (v === 0 && !onV) || (w === 0 && !onW)) continue;
        const at = row + px;
        const before = values[at] as number;
        if ((before & 0xff_00_00_00) === 0) continue;
        const through = before >>> 24;
        const share = (through * alpha) / 255;
        let rest = (through * (1 - alpha) + 0.5) | 0;
        if (rest <= enough) {
          rest = 0;
          const tile = tileRow + (px >> TILE_SHIFT);
          left[tile] = (left[tile] as number) - 1;
        }
        values[at] =
          (((before & 255) + red * share + 0.5) & 255) |
          (((((before >>> 8) & 255) + green * share + 0.5) << 8) & 0xff_00) |
          (((((before >>> 16) & 255) + blue * share + 0.5) << 16) & 0xff_00_00) |
          (rest << 24);
      }
    }
  }
}
