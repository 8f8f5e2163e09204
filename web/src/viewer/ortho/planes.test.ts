import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Dims, View } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crosshair, PLANES, planeDims, planeName, pointAt } from "./planes.ts";

const size = { width: 400, height: 300 };
const base = defaultView(emptyScene(), size);
const dims = (order: number[]): Dims => ({
  ...base.dims,
  ndim: 4,
  order,
  point: [1, 20, 30, 40],
  margin_left: [0, 0, 0, 0],
  margin_right: [0, 0, 0, 0],
  range: [
    [0, 5, 1],
    [0, 60, 1],
    [0, 70, 1],
    [0, 80, 1],
  ],
  axis_labels: ["t", "z", "y", "x"],
});

describe("orthogonal planes", () => {
  it("are the three pairs of the last three axes, whatever the order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        const main = dims(order);
        const flat = PLANES.filter((plane) => plane !== "space").map((plane) => planeDims(main, plane));
        const pairs = [main, ...flat].map((one) => [...one.order.slice(-2)].sort().join());
        expect(new Set(pairs).size).toBe(3);
        for (const one of flat) expect(one.order[0]).toBe(order[0]);
        // Canvases beside each other share the axis that runs along their common edge.
        expect(flat[0]?.order.at(-2)).toBe(main.order.at(-2));
        expect(flat[1]?.order.at(-1)).toBe(main.order.at(-1));
      }),
    );
  });

  it("are named by their axes", () => {
    const main = dims([0, 1, 2, 3]);
    expect(planeName(main, "main")).toBe("y · x");
    expect(PLANES.map((plane) => planeName(main, plane))).toEqual(["y · z", "z · x", "3D"]);
  });
});

describe("the crosshair", () => {
  const view: View = {
    ...base,
    dims: dims([0, 1, 2, 3]),
    camera: { ...base.camera, center: [0, 30, 30], zoom: 4 },
  };

  it("is where the point is", () => {
    expect(crosshair(view, size)).toEqual({ x: 240, y: 150 });
    expect(crosshair({ ...view, dims: { ...view.dims, ndisplay: 3 } }, size)).toBeUndefined();
  });

  it("moves the point to where it is put, and back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 300, noNaN: true }),
        fc.double({ min: 60, max: 240, noNaN: true }),
        (x, y) => {
          const point = pointAt(view, size, { x, y });
          const back = crosshair({ ...view, dims: { ...view.dims, point: [...point] } }, size);
          expect(back?.x).toBeCloseTo(x, 6);
          expect(back?.y).toBeCloseTo(y, 6);
          expect(point.slice(0, 2)).toEqual([1, 20]);
        },
      ),
    );
  });

  it("stays within the data, and on the line that is not moved", () => {
    expect(pointAt(view, size, { x: -1e6 })).toEqual([1, 20, 30, 0]);
    expect(pointAt(view, size, { y: 1e6 })).toEqual([1, 20, 70, 40]);
  });
});
