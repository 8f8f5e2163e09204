import type { Plane } from "@eyepiece/protocol/scene/schema.ts";
import { expect, it } from "vitest";
import { movePlane, planeTravel, sameNormal } from "./plane-math.ts";

const plane = (normal: [number, number, number]): Plane => ({ position: [5, 6, 7], normal, thickness: 1 });

it("a plane travels the box along its normal", () => {
  expect(planeTravel(plane([1, 0, 0]), [11, 21, 31])).toEqual({ at: 5, min: 0, max: 10 });
  expect(planeTravel(plane([0, 0, -2]), [11, 21, 31])).toEqual({ at: -7, min: -30, max: 0 });
});

it("moving it changes only its place along the normal", () => {
  const moved = movePlane(plane([0, 3, 0]), 10);
  expect(moved.position).toEqual([5, 10, 7]);
  expect(planeTravel(movePlane(plane([1, 1, 1]), 2.5), [9, 9, 9]).at).toBeCloseTo(2.5, 9);
});

it("normals are compared by where they point", () => {
  expect(sameNormal([0, 0, 2], [0, 0, 1])).toBe(true);
  expect(sameNormal([0, 0, -1], [0, 0, 1])).toBe(false);
});
