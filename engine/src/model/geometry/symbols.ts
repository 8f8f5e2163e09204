/** Distances of the points' symbols: what `shaders/points.ts` computes, for the CPU. */

const HALF_ROOT = Math.SQRT1_2;
const { abs, hypot, max, min } = Math;
const STAR_TURNS = [0, 1, 2, 3, 4].map((i): readonly [number, number] => {
  const angle = (i * 2 * Math.PI) / 5;
  return [Math.cos(angle), Math.sin(angle)];
});

type Distance = (x: number, y: number, s: number) => number;

const triangle: Distance = (x, y, s) => {
  const height = (s * Math.sqrt(3)) / 2;
  const slanted = (Math.sqrt(3) / 2) * abs(x) - 0.5 * (y - height / 6) + height / 6 - height / 2;
  return max(slanted, y - height / 2);
};
const bar: Distance = (x, y, s) => max(abs(x) - s / 6, abs(y) - s / 2);
const cross: Distance = (x, y, s) => min(bar(x, y, s), bar(y, x, s));
const arrowHead: Distance = (x, y, s) => {
  const a = abs(y);
  return max(abs(x) + a - s / 2, -(x + a + 0.25 * s - s / 2));
};

const DISTANCES: readonly Distance[] = [
  (x, y, s) => arrowHead(x, y, s) * HALF_ROOT,
  (x, y, s) => {
    const k = (0.36 / Math.sqrt(3)) * s;
    const down = y - 0.25 * k;
    const up = hypot(x, down + k);
    const side = hypot(abs(x) - (k * Math.sqrt(3)) / 2, down - k / 2);
    return min(up, side) - 0.32 * s;
  },
  cross,
  (x, y, s) => (abs(x) + abs(y) - s / 2) * HALF_ROOT,
  (x, y, s) => hypot(x, y) - s / 2,
  (x, y, s) => bar(y, x, s),
  (x, y, s) => max(hypot(x, y) - s / 2, s / 4 - hypot(x, y)),
  (x, y, s) => max(abs(x), abs(y)) - s / 2,
  (x, y, s) => {
    let best = Number.POSITIVE_INFINITY;
    const down = y - 0.05 * s;
    for (const [c, n] of STAR_TURNS) {
      const [u, v] = [c * x - n * down, n * x + c * down];
      const wedge = Math.cos(Math.PI / 10) * abs(u) - Math.sin(Math.PI / 10) * (v + s / 2);
      best = min(best, max(v - s / 10, wedge));
    }
    return best;
  },
  (x, y, s) => {
    const a = abs(y);
    const head = arrowHead(x, y, s);
    const shaft = max(a - (s / 8) * HALF_ROOT, -x - s / 2);
    const end = x + a - s / 2;
    const tail = max(shaft, end);
    if (head <= tail) return head * HALF_ROOT;
    return end >= shaft ? tail * HALF_ROOT : tail;
  },
  (x, y, s) => triangle(x, -y, s),
  triangle,
  bar,
  (x, y, s) => cross((x + y) * HALF_ROOT, (y - x) * HALF_ROOT, s),
];

/** The symbol that stands in for an unknown one. */
export const DISC = 4;

/**
 * How far a point lies outside a symbol (below 0: inside). Not a true distance at corners.
 * @param symbol index into `SYMBOLS`
 * @param x right of the centre, `y` below it, in the units of `s`, the diameter
 */
export function symbolDistance(symbol: number, x: number, y: number, s: number): number {
  return (DISTANCES[symbol] ?? DISTANCES[DISC])?.(x, y, s) ?? 0;
}
