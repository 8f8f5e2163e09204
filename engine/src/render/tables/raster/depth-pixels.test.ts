/** The nearest item is seen, where its form is. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { noise } from "../../../testing/scenes.ts";
import { DepthPixels, type DepthPlace } from "./depth-pixels.ts";

const [WIDTH, HEIGHT] = [40, 30];
/** Data (depth 0..1, y, x in pixels) straight onto the target. */
const place = (tested: boolean): DepthPlace => ({
  // Columns: what a unit of depth, y, x and the origin adds to clip x, y, z.
  toClip: [0, 0, 1, 0, 0, -2 / HEIGHT, 0, 0, 2 / WIDTH, 0, 0, 0, -1, 1, 0, 1],
  ...{ width: WIDTH, height: HEIGHT, tested },
});
const color = (i: number): number => (0xff_00_00_00 | (i + 1)) as number;

/** Draws, and asks each pixel for the item that a rule finds there: of those that hold it the nearest, or the last. */
function check(
  pixels: DepthPixels,
  tested: boolean,
  count: number,
  holds: (item: number, x: number, y: number) => { z: number; sure: boolean } | undefined,
): void {
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      let best: { item: number; z: number } | undefined;
      let sure = true;
      for (let item = 0; item < count; item++) {
        const found = holds(item, x + 0.5, y + 0.5);
        if (found === undefined) continue;
        sure &&= found.sure;
        if (found.z < 0 || found.z > 1) continue;
        // Depths that are nearly one may be seen either way.
        if (best && tested && Math.abs(found.z - best.z) < 1e-4) sure = false;
        if (found.sure && (!best || !tested || found.z <= best.z)) best = { item, z: found.z };
      }
      if (sure) expect(pixels.values[y * WIDTH + x]).toBe(best ? color(best.item) : 0);
    }
}

test("discs: each pixel has the nearest that holds its centre, or the last", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.boolean(), (seed, count, tested) => {
      const random = noise(seed);
      const positions = Float32Array.from({ length: count * 3 }, (_, i) =>
        i % 3 === 0 ? random() * 1.2 - 0.1 : random() * 50 - 5,
      );
      const radii = Float32Array.from({ length: count }, () => 1 + random() * 8);
      const pixels = new DepthPixels(WIDTH, HEIGHT);
      pixels.clear();
      pixels.discs(
        place(tested),
        positions,
        Int32Array.from({ length: count }, (_, i) => color(i)),
        radii,
      );
      check(pixels, tested, count, (item, x, y) => {
        const [z = 0, cy = 0, cx = 0] = positions.subarray(3 * item, 3 * item + 3);
        const radius = radii[item] ?? 0;
        const far = Math.hypot(x - cx, y - cy);
        if (far > radius + 0.71) return undefined;
        // Roundings fall either way on the rim, and a centre's own pixel is filled whatever is held.
        return { z, sure: far < radius - 1e-3 };
      });
    }),
    { numRuns: 60 },
  );
});

test("triangles: each pixel has the nearest whose inside holds its centre, or the last", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), fc.boolean(), (seed, count, tested) => {
      const random = noise(seed);
      const positions = Float32Array.from({ length: count * 9 }, (_, i) =>
        i % 3 === 0 ? random() * 1.2 - 0.1 : random() * 50 - 5,
      );
      const colors = Int32Array.from({ length: count * 3 }, (_, i) => color(Math.floor(i / 3)));
      const pixels = new DepthPixels(WIDTH, HEIGHT);
      pixels.clear();
      pixels.triangles(
        place(tested),
        positions,
        colors,
        Uint32Array.from({ length: count * 3 }, (_, i) => i),
      );
      check(pixels, tested, count, (item, x, y) => {
        const corners = [0, 1, 2].map((k) => [...positions.subarray(9 * item + 3 * k, 9 * item + 3 * k + 3)]);
        const [[az = 0, ay = 0, ax = 0] = [], [bz = 0, by = 0, bx = 0] = [], [cz = 0, cy = 0, cx = 0] = []] =
          corners;
        const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        const u = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area;
        const v = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area;
        const inside = Math.min(u, v, 1 - u - v);
        if (inside < -1e-3) return undefined;
        const z = az + u * (bz - az) + v * (cz - az);
        return { z, sure: inside > 1e-3 && Math.abs(z) > 1e-4 && Math.abs(z - 1) > 1e-4 };
      });
    }),
    { numRuns: 60 },
  );
});

test("lines have no gaps, keep to their width, and hide what is behind them", () => {
  const pixels = new DepthPixels(WIDTH, HEIGHT);
  pixels.clear();
  // Two that cross, the first one nearer in the middle; one from far outside.
  const positions = Float32Array.of(
    0.2,
    2,
    2,
    0.2,
    27,
    37,
    0.5,
    27,
    2,
    0.5,
    2,
    37,
    0.9,
    15,
    -5000,
    0.9,
    15,
    5000,
  );
  const colors = Int32Array.from({ length: 6 }, (_, i) => color(i >> 1));
  pixels.lines(place(true), positions, colors, { from: [0, 2, 4], to: [1, 3, 5] }, 1);
  const at = (x: number, y: number): number => pixels.values[y * WIDTH + x] ?? 0;
  for (let x = 3; x < 37; x++) {
    const column = Array.from({ length: HEIGHT }, (_, y) => at(x, y));
    expect(column.filter((value) => value === color(0)).length).toBeGreaterThan(0);
    expect(column.filter((value) => value === color(0)).length).toBeLessThanOrEqual(2);
  }
  expect(at(19, 14)).toBe(color(0));
  expect(at(5, 15)).toBe(color(2));
  pixels.clear();
  pixels.lines(place(true), positions.subarray(0, 6), colors, { from: [0], to: [1] }, 3);
  const thick = Array.from({ length: HEIGHT }, (_, y) => at(20, y)).filter((value) => value !== 0);
  expect(thick.length).toBeGreaterThanOrEqual(3);
  expect(thick.length).toBeLessThanOrEqual(5);
});
