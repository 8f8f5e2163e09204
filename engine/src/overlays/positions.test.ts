import { CANVAS_POSITIONS } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { placed, type Wanting } from "./positions.ts";

const within = { x: 10, y: 20, width: 400, height: 300 };

it("each of the nine places is where its name says", () => {
  const centre = (position: Wanting["position"]) => {
    const [at] = placed(within, [{ position, width: 20, height: 10 }], { width: 800, height: 600 });
    const third = (value: number, size: number) => Math.floor((value / size) * 3);
    return [third((at?.x ?? 0) - 10 + 10, 400), third((at?.y ?? 0) - 20 + 5, 300)];
  };
  expect(CANVAS_POSITIONS.map(centre)).toEqual([
    ...[0, 1, 2].map((x) => [x, 0]),
    ...[0, 1, 2].map((x) => [x, 1]),
    ...[0, 1, 2].map((x) => [x, 2]),
  ]);
});

it("a corner that is the canvas's own leaves room for what the page has there", () => {
  const thing = [{ position: "top_left", width: 20, height: 10 }] as const;
  const y = (frame: typeof within) =>
    placed(frame, thing, { width: 800, height: 600 }, { top_left: 34 })[0]?.y ?? 0;
  expect(y({ ...within, x: 0, y: 0 })).toBe(y({ ...within, x: 400, y: 0 }) + 34);
});

it("things at one place do not overlap, and lie within the frame while there is room", () => {
  const thing = fc.record({
    position: fc.constantFrom(...CANVAS_POSITIONS),
    width: fc.integer({ min: 1, max: 120 }),
    height: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 4 }), fc.boolean(), (things, whole) => {
      const frame = { ...within, ...(whole && { x: 0, y: 0 }) };
      const places = placed(frame, things, whole ? frame : { width: 800, height: 600 });
      for (const [i, a] of things.entries()) {
        const at = places[i] ?? { x: Number.NaN, y: Number.NaN };
        expect(at.x).toBeGreaterThanOrEqual(frame.x);
        expect(at.x + a.width).toBeLessThanOrEqual(frame.x + frame.width);
        expect(at.y).toBeGreaterThanOrEqual(frame.y);
        expect(at.y + a.height).toBeLessThanOrEqual(frame.y + frame.height);
        for (const [k, b] of things.entries()) {
          const other = places[k];
          if (k <= i || a.position !== b.position || !other) continue;
          expect(at.y + a.height <= other.y || other.y + b.height <= at.y).toBe(true);
        }
      }
    }),
  );
});
