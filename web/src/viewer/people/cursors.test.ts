import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colorOf, initials, placeOf, worldAt } from "./cursors.ts";

const size = { width: 640, height: 480 };
const base = defaultView(emptyScene(), size);
const view = (ndisplay: 2 | 3, angles: [number, number, number], perspective: number): View => ({
  ...base,
  camera: { ...base.camera, center: [5, 6, 7], zoom: 3, angles, perspective },
  dims: {
    ...base.dims,
    ndim: 4,
    ndisplay,
    order: [0, 1, 2, 3],
    point: [1, 2, 3, 4],
    margin_left: [0, 0, 0, 0],
    margin_right: [0, 0, 0, 0],
    range: [
      [0, 9, 1],
      [0, 9, 1],
      [0, 9, 1],
      [0, 9, 1],
    ],
    axis_labels: ["t", "z", "y", "x"],
  },
});

describe("pointers of people", () => {
  it("come back to where they point, flat, turned and in perspective", () => {
    const angle = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom<2 | 3>(2, 3),
        fc.tuple(angle, angle, angle),
        fc.constantFrom(0, 45),
        fc.double({ min: 1, max: 639, noNaN: true }),
        fc.double({ min: 1, max: 479, noNaN: true }),
        (ndisplay, angles, perspective, x, y) => {
          const one = view(ndisplay, angles, perspective);
          const place = placeOf(one, size, worldAt(one, size, x, y));
          expect(place?.x).toBeCloseTo(x, 4);
          expect(place?.y).toBeCloseTo(y, 4);
          expect(place?.inSlice).toBe(true);
        },
      ),
    );
  });

  it("are known to be elsewhere: in another slice, beside the canvas, of other data", () => {
    const flat = view(2, [0, 0, 0], 0);
    const world = worldAt(flat, size, 100, 100);
    expect(placeOf(flat, size, [1, 8, ...world.slice(2)])?.inSlice).toBe(false);
    expect(placeOf(flat, size, [1, 2, 1e6, 0])).toBeUndefined();
    expect(placeOf(flat, size, [1, 2])).toBeUndefined();
  });
});

it("people have initials, and a colour that stays", () => {
  expect([initials("Ada Lovelace"), initials("ben"), initials("  ")]).toEqual(["AL", "B", "?"]);
  expect(colorOf("abc")).toBe(colorOf("abc"));
});
