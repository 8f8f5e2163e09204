/**
 * Opaque discs of one size without soft edges: a crowd while the view moves. Of two that touch, the one behind may be seen where both are of one
 * chunk and lie in different cells (`near-order.ts`); the picture at rest is exact.
 */
import type { NearOrder } from "./near-order.ts";
import { BLOCK_SHIFT, EMPTY, type FrontPixels } from "./pixels.ts";

/**
 * Pixels of a block's 256 that may be empty when it is done: nearly as many points again would be looked at for the last of them. They take
 * the colour beside them.
 */
const FEW = 8;
/** Added before a number is cut to a whole one, so that negative ones are rounded down too. */
const LIFT = 1 << 20;

/**
 * Fills pixels whose centres lie within a radius of a point; each pixel is done with its first point.
 * @param faces RGBA bytes, a signed word a point
 * @param affine as in `PointsPlace`
 * @param radius in the target's pixels
 * @param few of a block's pixels may be empty when it is done
 */
export function draftDiscs(
  pixels: FrontPixels,
  order: NearOrder,
  faces: Int32Array,
  affine: readonly [number, number, number, number, number, number],
  radius: number,
  few = FEW,
): void {
  const [a, b, c, d, e, f] = affine;
  const { values, open: blocks, width, height, blocksAcross } = pixels;
  const { places, rows, starts } = order;
  // Pixel centres lie at whole numbers.
  const cx = c - pixels.box.x0 - 0.5;
  const cy = f - pixels.box.y0 - 0.5;
  const squared = radius * radius;
  // So small a disc is a square of pixels.
  const block = radius <= 1.5;
  const lift = LIFT + 0.999999;
  const right = width - 1 + radius;
  const bottom = height - 1 + radius;
  let n = 0;
  for (let run = 0; run + 1 < starts.length; run++) {
    const last = starts[run + 1] as number;
    if (isHidden(pixels, order, run, affine, radius)) n = last;
    for (; n < last; n++) {
      const vertical = places[2 * n] as number;
      const horizontal = places[2 * n + 1] as number;
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
      const bare = (faces[rows[n] as number] as number) & 0xff_ff_ff;
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
          const left = (blocks[one] as number) - 1;
          blocks[one] = left > few ? left : 0;
        }
      }
    }
  }
  if (few > 0) fillLast(pixels);
}

/** Gives what is empty in blocks that are done the colour at its left, or above, or of the block's first pixel that has one. */
function fillLast({ values, open: blocks, width, height, blocksAcross }: FrontPixels): void {
  for (let by = 0; by << BLOCK_SHIFT < height; by++) {
    const bottom = Math.min(height, (by + 1) << BLOCK_SHIFT);
    for (let bx = 0; bx < blocksAcross; bx++) {
      if (blocks[by * blocksAcross + bx] !== 0) continue;
      const first = bx << BLOCK_SHIFT;
      const end = Math.min(width, first + (1 << BLOCK_SHIFT));
      for (let py = by << BLOCK_SHIFT; py < bottom; py++) {
        const row = py * width;
        for (let at = row + first; at < row + end; at++) {
          if (values[at] !== EMPTY) continue;
          let near = at > row ? (values[at - 1] as number) : EMPTY;
          if (near === EMPTY && py > 0) near = values[at - width] as number;
          for (let n = 0; near === EMPTY && n < 1 << (2 * BLOCK_SHIFT); n++) {
            const [y, x] = [(by << BLOCK_SHIFT) + (n >> BLOCK_SHIFT), first + (n & ((1 << BLOCK_SHIFT) - 1))];
            if (y < bottom && x < end) near = values[y * width + x] as number;
          }
          values[at] = near;
        }
      }
    }
  }
}

/** Whether no pixel that a run may touch is empty still. */
function isHidden(
  { open: blocks, width, height, blocksAcross, box }: FrontPixels,
  { boxes }: NearOrder,
  run: number,
  [a, b, c, d, e, f]: readonly [number, number, number, number, number, number],
  radius: number,
): boolean {
  const v = 0.5 * ((boxes[4 * run] as number) + (boxes[4 * run + 2] as number));
  const h = 0.5 * ((boxes[4 * run + 1] as number) + (boxes[4 * run + 3] as number));
  const [dv, dh] = [(boxes[4 * run + 2] as number) - v, (boxes[4 * run + 3] as number) - h];
  const [x, y] = [a * v + b * h + c - box.x0, d * v + e * h + f - box.y0];
  const wide = Math.abs(a) * dv + Math.abs(b) * dh + radius + 2;
  const tall = Math.abs(d) * dv + Math.abs(e) * dh + radius + 2;
  const bx0 = Math.max(0, Math.floor(x - wide)) >> BLOCK_SHIFT;
  const bx1 = Math.min(width - 1, Math.ceil(x + wide)) >> BLOCK_SHIFT;
  const by0 = Math.max(0, Math.floor(y - tall)) >> BLOCK_SHIFT;
  const by1 = Math.min(height - 1, Math.ceil(y + tall)) >> BLOCK_SHIFT;
  for (let by = by0; by <= by1; by++)
    for (let bx = bx0; bx <= bx1; bx++) if (blocks[by * blocksAcross + bx] !== 0) return false;
  return true;
}
