import type { Plane } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  alongNormal,
  inPolygon,
  movePlane,
  planeCorners,
  planeTravel,
  sameNormal,
  travelWithin,
} from "./plane-math.ts";

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

it("a clipping plane travels a box that begins anywhere", () => {
  const box = [
    [-4, 6],
    [10, 20],
    [0, 1],
  ] as const;
  expect(travelWithin({ position: [1, 12, 0], normal: [0, -1, 0] }, box)).toEqual({
    at: -12,
    min: -20,
    max: -10,
  });
});

it("what a plane cuts out of a box is a polygon in the plane and in the box", () => {
  const box = [
    [-1, 4],
    [0, 3],
    [2, 9],
  ] as const;
  expect(planeCorners({ position: [1, 0, 0], normal: [1, 0, 0] }, box)).toHaveLength(4);
  expect(planeCorners({ position: [40, 0, 0], normal: [1, 0, 0] }, box)).toEqual([]);
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  const place = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(part, part, part), fc.tuple(place, place, place), (normal, share) => {
      fc.pre(Math.hypot(...normal) > 0.1);
      const position = box.map(([low, high], k) => low + (share[k] ?? 0) * (high - low)) as [
        number,
        number,
        number,
      ];
      const corners = planeCorners({ position, normal }, box);
      expect(corners.length).toBeGreaterThanOrEqual(3);
      expect(corners.length).toBeLessThanOrEqual(6);
      const length = Math.hypot(...normal);
      for (const corner of corners) {
        const off = corner.reduce(
          (sum, value, k) => sum + (value - (position[k] ?? 0)) * (normal[k] ?? 0),
          0,
        );
        expect(Math.abs(off / length)).toBeLessThan(1e-6);
        for (const [k, [low, high]] of box.entries()) {
          expect(corner[k]).toBeGreaterThanOrEqual(low - 1e-9);
          expect(corner[k]).toBeLessThanOrEqual(high + 1e-9);
        }
      }
    }),
  );
});

it("a drag along the normal on the canvas moves the plane with the pointer", () => {
  const from = { x: 100, y: 100 };
  expect(alongNormal(from, { x: 110, y: 100 }, 10, 30, 99)).toBeCloseTo(3, 9);
  expect(alongNormal(from, { x: 100, y: 95 }, 10, 7, -10)).toBeCloseTo(2, 9);
  expect(alongNormal(from, from, 10, 30, 30)).toBe(0);
  expect(Math.abs(alongNormal(from, { x: 100.01, y: 100 }, 10, 30, 0))).toBeLessThan(1);
});

it("a place is inside or outside of a polygon", () => {
  const square = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 4 },
    { x: 0, y: 4 },
  ];
  expect(inPolygon(square, { x: 1, y: 3 })).toBe(true);
  expect(inPolygon(square, { x: 5, y: 3 })).toBe(false);
  expect(inPolygon([], { x: 0, y: 0 })).toBe(false);
});
