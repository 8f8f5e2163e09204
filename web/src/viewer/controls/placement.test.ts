import fc from "fast-check";
import { expect, it } from "vitest";
import { angleOf, identityMatrix, isIdentity, rotationBy } from "./placement.ts";

it("an angle turns the last two axes, from the last towards the one before as in napari", () => {
  expect(rotationBy(90, 3)).toEqual([
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ]);
  expect(rotationBy(-270, 2)).toEqual(rotationBy(90, 2));
  expect(isIdentity(rotationBy(720, 4))).toBe(true);
});

it("the angle of a rotation is the one that was typed", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -179.9, max: 180, noNaN: true }),
      fc.integer({ min: 2, max: 6 }),
      (degrees, n) => {
        expect(angleOf(rotationBy(degrees, n), n)).toBeCloseTo(degrees, 6);
      },
    ),
  );
  expect(angleOf([], 3)).toBe(0);
});

it("a rotation of other axes has no such angle", () => {
  const turned = identityMatrix(3);
  [turned[0], turned[1]] = [
    [0, -1, 0],
    [1, 0, 0],
  ];
  expect(angleOf(turned, 3)).toBeUndefined();
});
