import fc from "fast-check";
import { expect, test } from "vitest";
import { symbolDistance } from "../../model/geometry/symbols.ts";
import { tableLayer } from "../../model/table-layers.ts";
import { noise } from "../../testing/scenes.ts";
import { sceneOf, tableOf } from "../../testing/tables.ts";
import { itemsIn, pickItem } from "./pick.ts";

const size = { width: 200, height: 160 };

function points(count: number, seed: number) {
  const random = noise(seed);
  return tableOf(
    {
      position: { width: 2, data: Float64Array.from({ length: count * 2 }, () => random() * 100) },
      size: { width: 1, data: Float32Array.from({ length: count }, () => 1 + random() * 8) },
      symbol: { width: 1, data: Uint8Array.from({ length: count }, () => Math.floor(random() * 14)) },
      border_width: { width: 1, data: new Float32Array(count).fill(0.1) },
    },
    count,
  );
}

test("the point under the cursor is the last one that covers it, as asking every point finds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer(),
      fc.nat(199),
      fc.nat(159),
      (count, seed, x, y) => {
        const source = points(count, seed);
        const layer = tableLayer("points", source, { type: "points" });
        const { view } = sceneOf(layer, size);
        const { zoom, center } = view.camera;
        const position = source.table.columns.get("position")?.data ?? [];
        const sizes = source.table.columns.get("size")?.data ?? [];
        const symbols = source.table.columns.get("symbol")?.data ?? [];
        let expected: number | undefined;
        const inside: number[] = [];
        for (let i = 0; i < count; i++) {
          const px = (Number(position[2 * i + 1]) - center[2]) * zoom + size.width / 2;
          const py = (Number(position[2 * i]) - center[1]) * zoom + size.height / 2;
          const s = Math.max(2, Number(sizes[i]) * zoom);
          if (symbolDistance(Number(symbols[i]), x - px, y - py, s) <= 0.05 * s) expected = i;
          if (px >= x && px <= x + 30 && py >= y && py <= y + 20) inside.push(i);
        }
        expect(pickItem(layer, source, view, size, { x, y })?.index).toBe(expected);
        expect([...itemsIn(layer, source, view, size, { x0: x + 30, y0: y, x1: x, y1: y + 20 })]).toEqual(
          inside,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test("in 3D the nearest point is picked, whatever the order", () => {
  const source = tableOf(
    {
      position: { width: 3, data: Float64Array.of(5, 1, 1, 9, 1, 1, 1, 1, 1) },
      size: { width: 1, data: Float32Array.of(2, 2, 2) },
    },
    3,
  );
  const layer = tableLayer("points", source, { type: "points" });
  const { view } = sceneOf(layer, size);
  const deep = {
    ...view,
    dims: { ...view.dims, ndisplay: 3 as const },
    camera: { ...view.camera, center: [5, 1, 1] as [number, number, number] },
  };
  // At angles 0 a larger first coordinate is nearer.
  expect(pickItem(layer, source, deep, size, { x: 100, y: 80 })?.index).toBe(1);
});

test("shapes: faces and edges, in drawing order; a rectangle finds all that it touches", () => {
  const square = (y: number, x: number) => [y, x, y, x + 10, y + 10, x + 10, y + 10, x];
  const source = tableOf(
    {
      vertices: {
        width: 2,
        data: Float64Array.from([...square(0, 0), ...square(5, 5), ...square(30, 30)]),
        offsets: Uint32Array.of(0, 4, 8, 12),
      },
      shape_type: { width: 1, data: Uint8Array.of(0, 0, 3) },
      edge_width: { width: 1, data: Float32Array.of(1, 1, 1) },
      z_index: { width: 1, data: Int32Array.of(1, 0, 0) },
    },
    3,
  );
  const layer = tableLayer("shapes", source, { type: "shapes" });
  const { view } = sceneOf(layer, { width: 200, height: 200 });
  const canvas = { width: 200, height: 200 };
  const at = (y: number, x: number) => ({
    x: (x - view.camera.center[2]) * view.camera.zoom + 100,
    y: (y - view.camera.center[1]) * view.camera.zoom + 100,
  });
  const picked = (y: number, x: number) => pickItem(layer, source, view, canvas, at(y, x))?.index;
  expect(picked(2, 2)).toBe(0);
  // The first one lies above by its z_index.
  expect(picked(7, 7)).toBe(0);
  expect(picked(13, 13)).toBe(1);
  // A path is its line only.
  expect(picked(35, 35)).toBeUndefined();
  expect(picked(30.2, 33)).toBe(2);
  const [a, b] = [at(12, 12), at(33, 31)];
  expect([...itemsIn(layer, source, view, canvas, { x0: a.x, y0: a.y, x1: b.x, y1: b.y })]).toEqual([1, 2]);
});

test("a surface tells its value between the vertices, also seen in perspective", () => {
  const source = tableOf(
    {
      vertices: { width: 3, data: Float64Array.of(0, 0, 0, 0, 0, 10, 4, 10, 0) },
      faces: { width: 3, data: Uint32Array.of(0, 1, 2) },
      values: { width: 1, data: Float32Array.of(0, 10, 20) },
    },
    1,
  );
  const layer = tableLayer("surface", source, { type: "surface" });
  const { view } = sceneOf(layer, size);
  for (const perspective of [0, 60]) {
    const camera = {
      ...view.camera,
      perspective,
      center: [1.2, 3, 3] as [number, number, number],
      angles: [5, 10, 15] as [number, number, number],
    };
    const deep = { ...view, dims: { ...view.dims, ndisplay: 3 as const }, camera };
    // The centre lies on the triangle: vertical 3 is 0.3 of the third corner, horizontal 3 is 0.3 of the second.
    const item = pickItem(layer, source, deep, size, { x: 100, y: 80 });
    expect(item?.index).toBe(0);
    expect(item?.value).toBeCloseTo(0.3 * 10 + 0.3 * 20, 6);
  }
});

test("vectors and tracks", () => {
  const vectors = tableOf(
    {
      position: { width: 2, data: Float64Array.of(0, 0, 20, 0) },
      direction: { width: 2, data: Float64Array.of(0, 20, 0, 20) },
    },
    2,
  );
  const layer = tableLayer("vectors", vectors, { type: "vectors", vector_style: "line", edge_width: 4 });
  const { view } = sceneOf(layer, size);
  const at = (y: number, x: number) => ({
    x: (x - view.camera.center[2]) * view.camera.zoom + size.width / 2,
    y: (y - view.camera.center[1]) * view.camera.zoom + size.height / 2,
  });
  expect(pickItem(layer, vectors, view, size, at(21, 10))?.index).toBe(1);
  expect(pickItem(layer, vectors, view, size, at(10, 10))).toBeUndefined();
  const tracks = tableOf(
    {
      id: { width: 1, data: Uint32Array.of(3, 3, 8, 8) },
      position: { width: 3, data: Float64Array.of(0, 0, 0, 1, 0, 20, 0, 20, 0, 1, 20, 20) },
    },
    4,
  );
  const tracked = tableLayer("tracks", tracks, { type: "tracks" });
  const moving = sceneOf(tracked, size).view;
  const late = { ...moving, dims: { ...moving.dims, point: [1, 0, 0] } };
  expect(pickItem(tracked, tracks, late, size, at(20, 7))?.index).toBe(2);
  expect(pickItem(tracked, tracks, late, size, at(10, 7))).toBeUndefined();
});
