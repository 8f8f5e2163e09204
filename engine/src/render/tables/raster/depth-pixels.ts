/** Pixels with a depth each: discs, lines and triangles, of which the nearest is seen. */

/** Where data are on the target: the clip matrix of a parallel projection, column by column, and the target's size. */
export interface DepthPlace {
  readonly toClip: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** The nearest wins; else the last one. */
  readonly tested: boolean;
}

/** Depths that differ by less are one: of what lies in one plane the last is seen. */
export const DEPTH_LEVEL = 1e-5;

/** One object serves pictures of one size again and again. Rows from the top. */
export class DepthPixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, a word a pixel; 0 where nothing is. */
  readonly values: Int32Array<ArrayBuffer>;
  /** 0 is near, 1 is far. */
  readonly depth: Float32Array<ArrayBuffer>;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.values = new Int32Array(width * height);
    this.depth = new Float32Array(width * height);
  }

  clear(): void {
    this.values.fill(0);
    this.depth.fill(1);
  }

  /**
   * Discs without soft edges. What is less than half opaque is left out.
   * @param positions data triples, as the matrix takes them
   * @param faces RGBA bytes, a signed word an item
   * @param radii in the target's pixels: one for all, or one an item
   * @param rows those to draw, rising; all of them by default
   */
  discs(
    place: DepthPlace,
    positions: Float32Array,
    faces: Int32Array,
    radii: number | Float32Array,
    rows?: Uint32Array,
  ): void {
    const { values, depth, width, height } = this;
    const places = put(place, positions);
    const total = rows === undefined ? faces.length : rows.length;
    for (let n = 0; n < total; n++) {
      const i = rows === undefined ? n : (rows[n] as number);
      const face = faces[i] as number;
      // The alpha's greatest bit.
      if (face >= 0) continue;
      const x = places[3 * i] as number;
      const y = places[3 * i + 1] as number;
      const z = places[3 * i + 2] as number;
      const radius = typeof radii === "number" ? radii : (radii[i] as number);
      if (!(z >= 0 && z <= 1 && x > -radius && y > -radius && x < width + radius && y < height + radius))
        continue;
      const furthest = place.tested ? z - DEPTH_LEVEL : Number.NEGATIVE_INFINITY;
      // The pixel of its centre is always its own: what is small stays in the picture.
      const top = Math.max(0, Math.min(Math.floor(y), Math.ceil(y - radius - 0.5)));
      const bottom = Math.min(height - 1, Math.max(Math.floor(y), Math.floor(y + radius - 0.5)));
      for (let py = top; py <= bottom; py++) {
        const rest = radius * radius - (py + 0.5 - y) * (py + 0.5 - y);
        const wide = rest > 0 ? Math.sqrt(rest) : 0;
        const left = Math.max(0, Math.min(Math.floor(x), Math.ceil(x - wide - 0.5)));
        const right = Math.min(width - 1, Math.max(Math.floor(x), Math.floor(x + wide - 0.5)));
        for (let at = py * width + left; at <= py * width + right; at++) {
          if (furthest > (depth[at] as number)) continue;
          depth[at] = z;
          values[at] = face;
        }
      }
    }
  }

  /**
   * Lines of a width in the target's pixels, without soft edges, in the colours of their beginnings.
   * @param ends rows where the lines begin, and where they end
   */
  lines(
    place: DepthPlace,
    positions: Float32Array,
    colors: Int32Array,
    ends: { readonly from: ArrayLike<number>; readonly to: ArrayLike<number> },
    lineWidth: number,
  ): void {
    const { values, depth, width, height } = this;
    const places = put(place, positions);
    const side = Math.max(1, Math.round(lineWidth));
    const before = (side - 1) / 2;
    for (let n = 0; n < ends.from.length; n++) {
      const i = ends.from[n] as number;
      const k = ends.to[n] as number;
      const color = colors[i] as number;
      if (color >= 0) continue;
      let x = places[3 * i] as number;
      let y = places[3 * i + 1] as number;
      let z = places[3 * i + 2] as number;
      const wayX = (places[3 * k] as number) - x;
      const wayY = (places[3 * k + 1] as number) - y;
      const wayZ = (places[3 * k + 2] as number) - z;
      // Only the part over the target: lines may come from far outside.
      const part = over(x, wayX, width, side, over(y, wayY, height, side, [0, 1]));
      if (part === undefined) continue;
      const [begin, end] = part;
      const steps = Math.max(1, Math.ceil((end - begin) * Math.max(Math.abs(wayX), Math.abs(wayY))));
      const share = (end - begin) / steps;
      x += wayX * begin;
      y += wayY * begin;
      z += wayZ * begin;
      for (let step = 0; step <= steps; step++, x += wayX * share, y += wayY * share, z += wayZ * share) {
        if (!(z >= 0 && z <= 1)) continue;
        const furthest = place.tested ? z - DEPTH_LEVEL : Number.NEGATIVE_INFINITY;
        const left = Math.floor(x - before);
        const top = Math.floor(y - before);
        for (let py = Math.max(0, top); py < Math.min(height, top + side); py++)
          for (let px = Math.max(0, left); px < Math.min(width, left + side); px++) {
            const at = py * width + px;
            if (furthest > (depth[at] as number)) continue;
            depth[at] = z;
            values[at] = color;
          }
      }
    }
  }

  /** Triangles, each in the colour of its first corner: the pixels whose centres they hold. */
  triangles(place: DepthPlace, positions: Float32Array, colors: Int32Array, indices: Uint32Array): void {
    const { values, depth, width, height } = this;
    const places = put(place, positions);
    for (let n = 0; n + 2 < indices.length; n += 3) {
      const a = 3 * (indices[n] as number);
      const b = 3 * (indices[n + 1] as number);
      const c = 3 * (indices[n + 2] as number);
      const color = colors[a / 3] as number;
      if (color >= 0) continue;
      const x1 = places[a] as number;
      const y1 = places[a + 1] as number;
      const x2 = places[b] as number;
      const y2 = places[b + 1] as number;
      const x3 = places[c] as number;
      const y3 = places[c + 1] as number;
      const left = Math.max(0, Math.ceil(Math.min(x1, x2, x3) - 0.5));
      const right = Math.min(width - 1, Math.floor(Math.max(x1, x2, x3) - 0.5));
      const top = Math.max(0, Math.ceil(Math.min(y1, y2, y3) - 0.5));
      const bottom = Math.min(height - 1, Math.floor(Math.max(y1, y2, y3) - 0.5));
      // Many are so thin that they hold no pixel's centre.
      if (!(left <= right && top <= bottom)) continue;
      const area = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1);
      if (area === 0) continue;
      const z1 = places[a + 2] as number;
      const toSecond = (places[b + 2] as number) - z1;
      const toThird = (places[c + 2] as number) - z1;
      for (let py = top; py <= bottom; py++)
        for (let px = left; px <= right; px++) {
          const x = px + 0.5 - x1;
          const y = py + 0.5 - y1;
          const u = (x * (y3 - y1) - y * (x3 - x1)) / area;
          const v = ((x2 - x1) * y - (y2 - y1) * x) / area;
          if (u < 0 || v < 0 || u + v > 1) continue;
          const z = z1 + u * toSecond + v * toThird;
          const at = py * width + px;
          if (!(z >= 0 && z <= 1) || (place.tested && z - DEPTH_LEVEL > (depth[at] as number))) continue;
          depth[at] = z;
          values[at] = color;
        }
    }
  }
}

/** Data triples on the target: x, y in its pixels, and the depth. */
export function put({ toClip: m, width, height }: DepthPlace, positions: Float32Array): Float32Array {
  const places = new Float32Array(positions.length);
  const [halfWidth, halfHeight] = [0.5 * width, 0.5 * height];
  const [m0, m1, m2, m4, m5, m6] = [m[0], m[1], m[2], m[4], m[5], m[6]].map(Number) as Six;
  const [m8, m9, m10, m12, m13, m14] = [m[8], m[9], m[10], m[12], m[13], m[14]].map(Number) as Six;
  for (let i = 0; i + 2 < positions.length; i += 3) {
    const p = positions[i] as number;
    const q = positions[i + 1] as number;
    const r = positions[i + 2] as number;
    places[i] = (m0 * p + m4 * q + m8 * r + m12 + 1) * halfWidth;
    places[i + 1] = (1 - (m1 * p + m5 * q + m9 * r + m13)) * halfHeight;
    places[i + 2] = m2 * p + m6 * q + m10 * r + m14;
  }
  return places;
}
type Six = [number, number, number, number, number, number];

/** The share of a way along one axis that lies over the target, with a margin, within a share that is known. */
function over(
  from: number,
  way: number,
  size: number,
  margin: number,
  known: readonly [number, number] | undefined,
): readonly [number, number] | undefined {
  if (known === undefined || !Number.isFinite(way)) return undefined;
  if (way === 0) return from < -margin || from > size + margin ? undefined : known;
  const low = (-margin - from) / way;
  const high = (size + margin - from) / way;
  const begin = Math.max(known[0], Math.min(low, high));
  const end = Math.min(known[1], Math.max(low, high));
  return end >= begin ? [begin, end] : undefined;
}
