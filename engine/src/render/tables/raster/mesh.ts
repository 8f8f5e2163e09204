/** The triangles of a surface onto pixels with a depth each: colours run from corner to corner, and each side has its own. */
import { DEPTH_LEVEL, type DepthPixels, type DepthPlace, put } from "./depth-pixels.ts";

/** RGBA bytes, a signed word each, as a mesh is seen from its front and from its back. */
export interface MeshColors {
  readonly front: Int32Array;
  readonly back: Int32Array;
  /** A word a vertex, or a word a face. */
  readonly per: "vertex" | "face";
}

/**
 * Fills the pixels whose centres lie in a face. What is less than half opaque is left out.
 * @param positions data triples of the vertices, as the matrix takes them
 * @param faces three vertices each; the front is where they turn counterclockwise on the target
 */
export function meshPixels(
  { values, depth, width, height }: DepthPixels,
  place: DepthPlace,
  positions: Float32Array,
  faces: Uint32Array,
  colors: MeshColors,
): void {
  const places = put(place, positions);
  const { tested } = place;
  const smooth = colors.per === "vertex";
  for (let n = 0; n + 2 < faces.length; n += 3) {
    const ia = faces[n] as number;
    const ib = faces[n + 1] as number;
    const ic = faces[n + 2] as number;
    // Pixel centres lie at whole numbers.
    const x1 = (places[3 * ia] as number) - 0.5;
    const y1 = (places[3 * ia + 1] as number) - 0.5;
    const x2 = (places[3 * ib] as number) - 0.5;
    const y2 = (places[3 * ib + 1] as number) - 0.5;
    const x3 = (places[3 * ic] as number) - 0.5;
    const y3 = (places[3 * ic + 1] as number) - 0.5;
    const left = Math.max(0, Math.ceil(Math.min(x1, x2, x3)));
    const right = Math.min(width - 1, Math.floor(Math.max(x1, x2, x3)));
    if (!(left <= right)) continue;
    const top = Math.max(0, Math.ceil(Math.min(y1, y2, y3)));
    const bottom = Math.min(height - 1, Math.floor(Math.max(y1, y2, y3)));
    // Many are so thin that they hold no pixel's centre.
    if (!(top <= bottom)) continue;
    const area = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1);
    if (area === 0) continue;
    // Rows are counted downwards, so that counterclockwise is negative.
    const words = area < 0 ? colors.front : colors.back;
    const first = words[smooth ? ia : n / 3] as number;
    if (first >= 0) continue;
    // What is hardly wider than a pixel is of one colour.
    const runs = smooth && (right - left > 1 || bottom - top > 1);
    const second = runs ? (words[ib] as number) : first;
    const third = runs ? (words[ic] as number) : first;
    const z1 = places[3 * ia + 2] as number;
    const toSecond = (places[3 * ib + 2] as number) - z1;
    const toThird = (places[3 * ic + 2] as number) - z1;
    const [uAcross, uDown] = [(y3 - y1) / area, -(x3 - x1) / area];
    const [vAcross, vDown] = [-(y2 - y1) / area, (x2 - x1) / area];
    for (let py = top; py <= bottom; py++) {
      let u = (left - x1) * uAcross + (py - y1) * uDown;
      let v = (left - x1) * vAcross + (py - y1) * vDown;
      let at = py * width + left;
      for (let px = left; px <= right; px++, at++, u += uAcross, v += vAcross) {
        if (u < 0 || v < 0 || u + v > 1) continue;
        const z = z1 + u * toSecond + v * toThird;
        if (!(z >= 0 && z <= 1) || (tested && z - DEPTH_LEVEL > (depth[at] as number))) continue;
        depth[at] = z;
        values[at] = first === second && first === third ? first : mixed(first, second, third, u, v);
      }
    }
  }
}

/** The colour between three. */
function mixed(a: number, b: number, c: number, u: number, v: number): number {
  const t = 1 - u - v;
  const part = (shift: number): number =>
    (((a >>> shift) & 255) * t + ((b >>> shift) & 255) * u + ((c >>> shift) & 255) * v + 0.5) & 255;
  return part(0) | (part(8) << 8) | (part(16) << 16) | (part(24) << 24);
}
