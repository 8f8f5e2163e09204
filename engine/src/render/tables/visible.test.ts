import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tableLayer } from "../../model/table-layers.ts";
import { noise } from "../../testing/scenes.ts";
import { tableOf } from "../../testing/tables.ts";
import { sliceTable } from "./frame.ts";
import { pointRows } from "./point-rows.ts";
import { rowsWithin } from "./visible.ts";

test("rows within ranges are those that asking every row finds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.tuple(
          fc.nat(3),
          fc.double({ min: -2, max: 12, noNaN: true }),
          fc.double({ min: 0, max: 5, noNaN: true }),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      fc.integer(),
      (count, width, wished, seed) => {
        const random = noise(seed);
        const data = Float64Array.from({ length: count * width }, () =>
          random() < 0.01 ? Number.NaN : Math.round(random() * 100) / 10,
        );
        const ranges = wished.map(([axis, low, wide]) => ({ axis: axis % width, low, high: low + wide }));
        const naive = Array.from({ length: count }, (_, row) => row).filter((row) =>
          ranges.every(({ axis, low, high }) => {
            const value = data[row * width + axis] ?? Number.NaN;
            return value >= low && value <= high;
          }),
        );
        expect([...rowsWithin({ data, width }, ranges)]).toEqual(naive);
      },
    ),
    { numRuns: 60 },
  );
});

const points = tableOf(
  {
    position: { width: 3, data: Float64Array.of(0, 1, 1, 1, 2, 2, 2, 3, 3, 3.4, 4, 4) },
    size: { width: 1, data: Float32Array.of(4, 4, 4, 4) },
    shown: { width: 1, data: Uint8Array.of(1, 1, 1, 1) },
  },
  4,
);
const dims = (point: number, left = 0, right = 0) => ({
  ndim: 3,
  ndisplay: 2 as const,
  order: [0, 1, 2],
  point: [point, 0, 0],
  margin_left: [left, 0, 0],
  margin_right: [right, 0, 0],
  range: [],
  axis_labels: [],
});
function shownAt(options: Partial<PointsLayer>, point: number, left = 0, right = 0) {
  const layer = tableLayer("points", points, { type: "points", ...options } as { type: "points" });
  if (layer.type !== "points") throw new Error("not points");
  const { rows, sizes } = pointRows(layer, points.table, sliceTable(layer, dims(point, left, right)));
  return { rows: [...(rows ?? [])], sizes: sizes && [...sizes] };
}

test("a slice without margins is one data unit thick; margins count unless the projection is none", () => {
  expect(shownAt({}, 1).rows).toEqual([1]);
  expect(shownAt({}, 1, 1, 1).rows).toEqual([0, 1, 2]);
  expect(shownAt({ projection_mode: "none" }, 1, 1, 1).rows).toEqual([1]);
  // In the layer's own units: the world's 4 is the data's 2.
  expect(shownAt({ scale: [2, 1, 1] }, 4, 2, 0).rows).toEqual([1, 2]);
});

test("projections make points smaller towards the slice's ends", () => {
  expect(shownAt({ projection_mode: "rescale_linear" }, 1, 2, 2)).toEqual({
    rows: [0, 1, 2],
    sizes: [2, 4, 2],
  });
  const cut = shownAt({ projection_mode: "rescale_spherical" }, 1, 2, 2);
  expect(cut.rows).toEqual([0, 1, 2]);
  expect(cut.sizes?.map((size) => size.toFixed(3))).toEqual(["3.464", "4.000", "3.464"]);
  // Spheres of any distance that reach the slice.
  expect(shownAt({ out_of_slice_display: true }, 2).rows).toEqual([1, 2, 3]);
});
