/** Opaque discs of one size without soft edges, the last one first: a crowd while the view moves. */
import { BLOCK_SHIFT, EMPTY, type FrontPixels } from "./pixels.ts";

/** Added before a number is cut to a whole one, so that negative ones are rounded down too. */
const LIFT = 1 << 20;

/**
 * Fills pixels whose centres lie within a radius of a point; each pixel is done with its first point.
 * @param positions triples (depth, vertical, horizontal)
 * @param faces RGBA bytes, a signed word a point
 * @param affine as in `PointsPlace`
 * @param radius in the target's pixels
 */
export function draftDiscs(
  pixels: FrontPixels,
  positions: Float32Array,
  faces: Int32Array,
  affine: readonly [number, number, number, number, number, number],
  radius: number,
  rows: Uint32Array | undefined,
): void {
  const [a, b, c, d, e, f] = affine;
  const { values, open: blocks, width, height, blocksAcross } = pixels;
  // Pixel centres lie at whole numbers.
  const cx = c - pixels.box.x0 - 0.5;
  const cy = f - pixels.box.y0 - 0.5;
  const squared = radius * radius;
  // So small a disc is a square of pixels.
  const block = radius <= 1.5;
  const lift = LIFT + 0.999999;
  const right = width - 1 + radius;
  const bottom = height - 1 + radius;
  for (let n = rows === undefined ? faces.length - 1 : rows.length - 1; n >= 0; n--) {
    const i = rows === undefined ? n : (rows[n] as number);
    const vertical = positions[3 * i + 1] as number;
    const horizontal = positions[3 * i + 2] as number;
    const x = a * vertical + b * horizontal + cx;
    const y = d * vertical + e * horizontal + cy;
    if (!(x > -radius && y > -radius && x < right && y < bottom)) continue;
    let px0 = ((x - radius + lift) | 0) - LIFT;
    let px1 = ((x + radius + LIFT) | 0) - LIFT;
    let py0 = ((y - radius + lift) | 0) - LIFT;
    let py1 = ((y + radius + LIFT) | 0) - LIFT;
    if (px0 < 0) px0 = 0;
    if (py0 < 0) py0 = 0;
    if (px1 >= width) px1 = width - 1;
    if (py1 >= height) py1 = height - 1;
    const bx0 = px0 >> BLOCK_SHIFT;
    const bx1 = px1 >> BLOCK_SHIFT;
    const by0 = py0 >> BLOCK_SHIFT;
    const by1 = py1 >> BLOCK_SHIFT;
    const top = by0 * blocksAcross;
    const low = by1 * blocksAcross;
    let seen =
      (blocks[top + bx0] as number) |
      (blocks[top + bx1] as number) |
      (blocks[low + bx0] as number) |
      (blocks[low + bx1] as number);
    if (seen === 0) {
      // Only great discs have more blocks than those of their corners.
      if (bx1 - bx0 < 2 && by1 - by0 < 2) continue;
      for (let by = by0; by <= by1; by++)
        for (let bx = bx0; bx <= bx1; bx++) seen |= blocks[by * blocksAcross + bx] as number;
      if (seen === 0) continue;
    }
    const bare = (faces[i] as number) & 0xff_ff_ff;
    for (let py = py0; py <= py1; py++) {
      let at = px0;
      let end = px1;
      if (!block) {
        const rest = squared - (py - y) * (py - y);
        if (rest <= 0) continue;
        const wide = Math.sqrt(rest);
        at = ((x - wide + lift) | 0) - LIFT;
        end = ((x + wide + LIFT) | 0) - LIFT;
        if (at < 0) at = 0;
        if (end >= width) end = width - 1;
      }
      const row = py * width;
      const blockRow = (py >> BLOCK_SHIFT) * blocksAcross;
      for (; at <= end; at++) {
        if (values[row + at] !== EMPTY) continue;
        values[row + at] = bare;
        const one = blockRow + (at >> BLOCK_SHIFT);
        blocks[one] = (blocks[one] as number) - 1;
      }
    }
  }
}
