import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noise } from "../../../testing/scenes.ts";
import { draftDiscs } from "./draft.ts";
import { nearOrder } from "./near-order.ts";
import { EMPTY, FrontPixels } from "./pixels.ts";

const CROWD = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 1, max: 400 }),
  chunk: fc.integer({ min: 1, max: 500 }),
  cells: fc.integer({ min: 1, max: 6 }),
});

const placesOf = ({ seed, count }: { seed: number; count: number }) => {
  const random = noise(seed);
  return Float32Array.from({ length: count * 3 }, () => random() * 90 - 10);
};

describe("discs of a moving crowd", () => {
  test("each pixel has a disc that holds its centre, of the last chunk that has one; in one cell the last of all", () => {
    const radii = fc.double({ min: 1.6, max: 30, noNaN: true });
    fc.assert(
      fc.property(CROWD, radii, (crowd, radius) => {
        const { count, chunk, cells } = crowd;
        const box = { x0: 3, y0: 5, x1: 70, y1: 48 };
        const pixels = new FrontPixels(box);
        pixels.clear();
        const positions = placesOf(crowd);
        const faces = Int32Array.from({ length: count }, (_, i) => (0xff_00_00_00 | (i + 1)) as number);
        // y = vertical, x = horizontal
        const order = nearOrder(positions, undefined, { chunk, cells });
        draftDiscs(pixels, order, faces, [0, 1, 0, 1, 0, 0], radius, 0);
        // Chunks are counted from the last row.
        const chunkOf = (i: number): number => Math.floor((count - 1 - i) / chunk);
        for (let y = box.y0; y < box.y1; y++)
          for (let x = box.x0; x < box.x1; x++) {
            const holding: number[] = [];
            let near = false;
            for (let i = 0; i < count; i++) {
              const far = Math.hypot(
                x + 0.5 - (positions[3 * i + 2] ?? 0),
                y + 0.5 - (positions[3 * i + 1] ?? 0),
              );
              // Roundings may fall either way on the rim itself.
              if (Math.abs(far - radius) < 1e-3) near = true;
              if (far < radius) holding.push(i);
            }
            if (near) continue;
            const shown = pixels.values[(y - box.y0) * pixels.width + (x - box.x0)] as number;
            const last = holding.at(-1);
            if (last === undefined) expect(shown).toBe(EMPTY);
            else if (cells === 1 || chunk === 1) expect(shown).toBe(last + 1);
            else {
              expect(holding).toContain(shown - 1);
              expect(chunkOf(shown - 1)).toBe(chunkOf(last));
            }
          }
      }),
      { numRuns: 40 },
    );
  });

  test("blocks that are done with a few pixels empty differ in no more than those", () => {
    const few = 8;
    fc.assert(
      fc.property(CROWD, fc.double({ min: 1, max: 12, noNaN: true }), (crowd, radius) => {
        const box = { x0: 0, y0: 0, x1: 64, y1: 48 };
        const positions = placesOf(crowd);
        const faces = Int32Array.from({ length: crowd.count }, (_, i) => (0xff_00_00_00 | (i + 1)) as number);
        const [exact, quick] = [0, few].map((left) => {
          const pixels = new FrontPixels(box);
          pixels.clear();
          draftDiscs(pixels, nearOrder(positions, undefined, crowd), faces, [0, 1, 0, 1, 0, 0], radius, left);
          return pixels.values;
        }) as [Int32Array, Int32Array];
        const other = new Map<number, number>();
        for (const [at, value] of exact.entries()) {
          const block = ((at / 64) >> 4) * 4 + ((at % 64) >> 4);
          if (value !== quick[at]) other.set(block, (other.get(block) ?? 0) + 1);
        }
        expect(Math.max(0, ...other.values())).toBeLessThanOrEqual(few);
        const empty = (values: Int32Array): number => values.filter((value) => value === EMPTY).length;
        expect(empty(quick)).toBeLessThanOrEqual(empty(exact));
      }),
      { numRuns: 200 },
    );
  });

  test("the order has every point that is somewhere, once, in runs that their boxes hold", () => {
    fc.assert(
      fc.property(CROWD, fc.boolean(), (crowd, some) => {
        const positions = placesOf(crowd);
        positions[1] = Number.NaN;
        const all = Uint32Array.from({ length: crowd.count }, (_, i) => i);
        const rows = some ? all.filter((i) => i % 3 !== 1) : undefined;
        const order = nearOrder(positions, rows, crowd);
        expect([...order.rows.subarray(0, order.starts.at(-1))].sort((a, b) => a - b)).toEqual(
          [...(rows ?? all)].filter((i) => i !== 0),
        );
        for (let run = 0; run + 1 < order.starts.length; run++)
          for (let n = order.starts[run] as number; n < (order.starts[run + 1] as number); n++) {
            const i = order.rows[n] as number;
            const [v = 0, h = 0] = [positions[3 * i + 1], positions[3 * i + 2]];
            expect([...order.places.subarray(2 * n, 2 * n + 2)]).toEqual([v, h]);
            const [v0 = 0, h0 = 0, v1 = 0, h1 = 0] = order.boxes.subarray(4 * run);
            expect(v >= v0 && v <= v1 && h >= h0 && h <= h1).toBe(true);
          }
      }),
      { numRuns: 60 },
    );
  });
});
