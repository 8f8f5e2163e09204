/** Points onto pixels, the last one first. */
import { DISC, symbolDistance } from "../../../model/geometry/symbols.ts";
import { BLOCK_SHIFT, EMPTY, type FrontPixels, TILE, TILE_SHIFT } from "./pixels.ts";

/** Points with all that their pixels follow from. */
export interface RasterPoints {
  readonly count: number;
  /** Triples (depth, vertical, horizontal). */
  readonly positions: Float32Array;
  readonly sizes: Float32Array;
  readonly borders: Float32Array | undefined;
  /** RGBA bytes, one word a point. */
  readonly faces: Uint32Array;
  readonly borderColors: Uint32Array;
  /** Indices of symbols; undefined: discs. */
  readonly symbols: ArrayLike<number> | undefined;
}

/** How points lie on the pixels of a target. */
export interface PointsPlace {
  /** x = a vertical + b horizontal + c in the target's pixels, y = d vertical + e horizontal + f. */
  readonly affine: readonly [number, number, number, number, number, number];
  /** Canvas pixels for a unit of size, and the target's pixels for a canvas pixel. */
  readonly perSize: number;
  readonly ratio: number;
  readonly antialiasing: number;
  /** Least and greatest diameter in canvas pixels. */
  readonly limits: readonly [number, number];
  readonly relativeBorder: boolean;
  readonly opacity: number;
  /** Alpha does not count: what is not left out covers. */
  readonly opaque: boolean;
  /** What may shine through a pixel that is done, of 255. */
  readonly enough: number;
  /** Small points may become blocks of pixels. */
  readonly draft: boolean;
}

/** exp(-t t) for t in steps of 1/256, up to where it is nothing. */
const FALL = Float32Array.from({ length: 1026 }, (_, i) => Math.exp(-((i / 256) ** 2)));

/** Added before a number is cut to a whole one, so that negative ones are rounded down too; half a pixel up or down with it. */
const LIFT = 1 << 20;
const UP = LIFT + 0.5;
const DOWN = LIFT - 0.5;

/** Fills the pixels. `rows` are the points to draw, rising; all of them by default. */
export function rasterPoints(
  pixels: FrontPixels,
  points: RasterPoints,
  place: PointsPlace,
  rows?: Uint32Array,
): void {
  const { positions, sizes, borders, symbols } = points;
  const faces = signed(points.faces);
  const borderColors = signed(points.borderColors);
  const [a, b, c, d, e, f] = place.affine;
  const { perSize, ratio, antialiasing: aa, relativeBorder, opacity, opaque, enough, draft } = place;
  const { values, left, open: blocks, width, height, tilesAcross, blocksAcross } = pixels;
  const cx = c - pixels.box.x0;
  const cy = f - pixels.box.y0;
  const [least, greatest] = place.limits;
  const perPixel = 1 / ratio;
  const perAa = aa > 0 ? 256 / aa : 0;
  const total = rows === undefined ? points.count : rows.length;
  const solid = opacity / 255;
  for (let n = total - 1; n >= 0; n--) {
    const i = rows === undefined ? n : (rows[n] as number);
    const vertical = positions[3 * i + 1] as number;
    const horizontal = positions[3 * i + 2] as number;
    const x = a * vertical + b * horizontal + cx;
    const y = d * vertical + e * horizontal + cy;
    const size = sizes[i] as number;
    const wished = size * perSize;
    const s = wished < least ? least : Math.min(wished, greatest);
    // No symbol with its border is farther than this from its centre.
    const most = (3 * s + 3 * aa + 2) * ratio;
    if (!(x > -most && y > -most && x < width + most && y < height + most && size > 0)) continue;
    const face = faces[i] as number;
    if (draft && s * ratio <= 3) {
      // A block of pixels in the face's colour.
      const side = s * ratio > 1.5 ? (s * ratio > 2.5 ? 3 : 2) : 1;
      const bx0 = ((x - 0.5 * side + UP) | 0) - LIFT;
      const by0 = ((y - 0.5 * side + UP) | 0) - LIFT;
      if (bx0 < 0 || by0 < 0 || bx0 + side > width || by0 + side > height || face >>> 24 === 0) continue;
      if (
        blocks[(by0 >> BLOCK_SHIFT) * blocksAcross + (bx0 >> BLOCK_SHIFT)] === 0 &&
        blocks[((by0 + side - 1) >> BLOCK_SHIFT) * blocksAcross + ((bx0 + side - 1) >> BLOCK_SHIFT)] === 0 &&
        blocks[((by0 + side - 1) >> BLOCK_SHIFT) * blocksAcross + (bx0 >> BLOCK_SHIFT)] === 0 &&
        blocks[(by0 >> BLOCK_SHIFT) * blocksAcross + ((bx0 + side - 1) >> BLOCK_SHIFT)] === 0
      )
        continue;
      for (let py = by0; py < by0 + side; py++) {
        for (let px = bx0; px < bx0 + side; px++) {
          const at = py * width + px;
          const before = values[at] as number;
          if ((before & 0xff_00_00_00) === 0) continue;
          values[at] = before === EMPTY ? face & 0xff_ff_ff : behind(before, face);
          const block = (py >> BLOCK_SHIFT) * blocksAcross + (px >> BLOCK_SHIFT);
          blocks[block] = (blocks[block] as number) - 1;
        }
      }
      continue;
    }
    let border = 0;
    if (borders !== undefined) {
      const given = borders[i] as number;
      border = relativeBorder ? given * wished : Math.min(given, size) * perSize;
    }
    if (s !== wished) {
      border *= s / wished;
      if (border < 0.5 * least) border = 0.5 * least;
      if (border > 0.5 * s) border = 0.5 * s;
    }
    const symbol = symbols === undefined ? DISC : (symbols[i] as number);
    const radius = 0.5 * s;
    const reach = 0.5 * border + aa;
    const tight = symbol === DISC || symbol === 6 || symbol === 7;
    // While the view moves, a disc with a thin border is what its face covers, without soft edges.
    const hard = draft && symbol === DISC && border < 1 && (opaque || face >>> 24 === 255) && opacity === 1;
    const half = (0.5 * s + (hard ? 0 : tight ? reach : 2 * (border + 1.5 * aa))) * ratio;
    // Pixel centres within the quad.
    let px0 = ((x - half + UP) | 0) - LIFT;
    let px1 = ((x + half + DOWN) | 0) - LIFT;
    let py0 = ((y - half + UP) | 0) - LIFT;
    let py1 = ((y + half + DOWN) | 0) - LIFT;
    if (px0 < 0) px0 = 0;
    if (py0 < 0) py0 = 0;
    if (px1 >= width) px1 = width - 1;
    if (py1 >= height) py1 = height - 1;
    if (px0 > px1 || py0 > py1) continue;
    let seen = false;
    const lastBlock = px1 >> BLOCK_SHIFT;
    for (let by = py0 >> BLOCK_SHIFT; by <= py1 >> BLOCK_SHIFT && !seen; by++)
      for (let bx = px0 >> BLOCK_SHIFT; bx <= lastBlock; bx++)
        if (blocks[by * blocksAcross + bx] !== 0) {
          seen = true;
          break;
        }
    if (!seen) continue;
    if (hard) {
      const bare = face & 0xff_ff_ff;
      for (let py = py0; py <= py1; py++) {
        const dy = py + 0.5 - y;
        const rest = radius * radius * ratio * ratio - dy * dy;
        if (rest <= 0) continue;
        const wide = Math.sqrt(rest);
        let from = ((x - wide + UP) | 0) - LIFT;
        let to = ((x + wide + DOWN) | 0) - LIFT;
        if (from < 0) from = 0;
        if (to >= width) to = width - 1;
        const blockRow = (py >> BLOCK_SHIFT) * blocksAcross;
        for (let at = py * width + from, px = from; px <= to; at++, px++) {
          const before = values[at] as number;
          if ((before & 0xff_00_00_00) === 0) continue;
          values[at] = before === EMPTY ? bare : behind(before, bare);
          const block = blockRow + (px >> BLOCK_SHIFT);
          blocks[block] = (blocks[block] as number) - 1;
        }
      }
      continue;
    }
    const core = Math.max(0.5 * border - aa, 0);
    // Within this distance of a disc's centre there is nothing but its face.
    const inner = radius - (border === 0 ? aa : core + 4 * aa);
    const far = (radius + reach) * (radius + reach);
    const edge = borderColors[i] as number;
    const faceAlpha = opaque ? 1 : (face >>> 24) * solid;
    const edgeAlpha = opaque ? 1 : (edge >>> 24) * solid * Math.min(border, 1);
    const plain = symbol === DISC && inner > 0 ? inner * inner : -1;
    const bare = face & 0xff_ff_ff;
    const tx1 = px1 >> TILE_SHIFT;
    const ty1 = py1 >> TILE_SHIFT;
    for (let ty = py0 >> TILE_SHIFT; ty <= ty1; ty++) {
      for (let tx = px0 >> TILE_SHIFT; tx <= tx1; tx++) {
        const tile = ty * tilesAcross + tx;
        let open = left[tile] as number;
        if (open === 0) continue;
        const qx0 = Math.max(tx << TILE_SHIFT, px0);
        const qx1 = Math.min((tx << TILE_SHIFT) + TILE - 1, px1);
        const qy0 = Math.max(ty << TILE_SHIFT, py0);
        const qy1 = Math.min((ty << TILE_SHIFT) + TILE - 1, py1);
        for (let py = qy0; py <= qy1; py++) {
          const dy = (py + 0.5 - y) * perPixel;
          for (let px = qx0; px <= qx1; px++) {
            const at = py * width + px;
            const before = values[at] as number;
            if ((before & 0xff_00_00_00) === 0) continue;
            const dx = (px + 0.5 - x) * perPixel;
            const squared = dx * dx + dy * dy;
            const within = squared < plain;
            if (within && faceAlpha === 1 && before === EMPTY) {
              values[at] = bare;
              open--;
              continue;
            }
            let word = face;
            let alpha = faceAlpha;
            let mixed = 0;
            if (!within) {
              if (symbol === DISC && squared > far) continue;
              const r = symbol === DISC ? Math.sqrt(squared) - radius : symbolDistance(symbol, dx, dy, s);
              if (r > reach) continue;
              const away = (r < 0 ? -r : r) - core;
              if (away < 0) {
                word = edge;
                alpha = edgeAlpha;
              } else if (border === 0) {
                if (r > -aa && !opaque) alpha *= FALL[(256 + r * perAa + 0.5) | 0] as number;
              } else {
                const t = away * perAa;
                const fall = aa === 0 ? (away === 0 ? 1 : 0) : t < 1024 ? (FALL[(t + 0.5) | 0] as number) : 0;
                if (r > 0) {
                  word = edge;
                  alpha = opaque ? 1 : edgeAlpha * fall;
                } else mixed = fall;
              }
            }
            let red = word & 255;
            let green = (word >>> 8) & 255;
            let blue = (word >>> 16) & 255;
            if (mixed > 0) {
              red += ((edge & 255) - red) * mixed;
              green += (((edge >>> 8) & 255) - green) * mixed;
              blue += (((edge >>> 16) & 255) - blue) * mixed;
              alpha += (edgeAlpha - alpha) * mixed;
            }
            const through = before >>> 24;
            const share = (through * alpha) / 255;
            let rest = (through * (1 - alpha) + 0.5) | 0;
            if (rest <= enough) {
              rest = 0;
              open--;
            }
            values[at] =
              (((before & 255) + red * share + 0.5) & 255) |
              (((((before >>> 8) & 255) + green * share + 0.5) << 8) & 0xff_00) |
              (((((before >>> 16) & 255) + blue * share + 0.5) << 16) & 0xff_00_00) |
              (rest << 24);
          }
        }
        const block = (ty >> 2) * blocksAcross + (tx >> 2);
        blocks[block] = (blocks[block] as number) - (left[tile] as number) + open;
        left[tile] = open;
      }
    }
  }
}

/** A pixel that is done: an opaque colour behind what was in front of it. */
function behind(front: number, color: number): number {
  const through = (front >>> 24) / 255;
  return (
    ((front & 255) + (color & 255) * through) |
    ((((front >>> 8) & 255) + ((color >>> 8) & 255) * through) << 8) |
    ((((front >>> 16) & 255) + ((color >>> 16) & 255) * through) << 16)
  );
}

/** The same words as signed numbers. */
export function signed(words: Uint32Array): Int32Array {
  return new Int32Array(words.buffer, words.byteOffset, words.length);
}
