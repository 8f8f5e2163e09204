import fc from "fast-check";
import { expect, test } from "vitest";
import { noise } from "../../../testing/scenes.ts";
import { draftDiscs } from "./draft.ts";
import { EMPTY, FrontPixels } from "./pixels.ts";

test("each pixel has the last disc that holds its centre, whatever is left out as hidden", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.double({ min: 1.6, max: 30, noNaN: true }),
      fc.integer({ min: 1, max: 400 }),
      (seed, radius, count) => {
        const random = noise(seed);
        const box = { x0: 3, y0: 5, x1: 70, y1: 48 };
        const pixels = new FrontPixels(box);
        pixels.clear();
        const positions = Float32Array.from({ length: count * 3 }, () => random() * 90 - 10);
        const faces = Int32Array.from({ length: count }, (_, i) => (0xff_00_00_00 | (i + 1)) as number);
        // y = vertical, x = horizontal
        draftDiscs(pixels, positions, faces, [0, 1, 0, 1, 0, 0], radius, undefined);
        for (let y = box.y0; y < box.y1; y++)
          for (let x = box.x0; x < box.x1; x++) {
            let expected = EMPTY;
            let near = false;
            for (let i = 0; i < count; i++) {
              const far = Math.hypot(
                x + 0.5 - (positions[3 * i + 2] ?? 0),
                y + 0.5 - (positions[3 * i + 1] ?? 0),
              );
              // Roundings may fall either way on the rim itself.
              if (Math.abs(far - radius) < 1e-3) near = true;
              if (far < radius) expected = i + 1;
            }
            if (!near) expect(pixels.values[(y - box.y0) * pixels.width + (x - box.x0)]).toBe(expected);
          }
      },
    ),
    { numRuns: 30 },
  );
});
