import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Layer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applied2, handled, handlesOf, moved } from "../items/geometry.ts";
import { newLayer } from "../items/new-layers.ts";
import { spaceOf } from "./space.ts";
import { transformed } from "./transform-tool.ts";

const CANVAS = { width: 640, height: 480 };

function points(ndim: number, changes: Partial<Layer> = {}): Layer {
  const source = { id: "", version: 0, table: emptyTable("points", ndim) };
  return { ...tableLayer("p", source, { type: "points" }), ...changes } as Layer;
}

function viewOf(layer: Layer, order: number[], point: number[], zoom = 2): View {
  const scene: Scene = { revision: 0, title: "", layers: [layer] };
  const view = defaultView(scene, CANVAS);
  return {
    ...view,
    camera: { ...view.camera, zoom, center: [0, 7, -3] },
    dims: { ...view.dims, order, point },
  };
}

test("a place on the canvas is one in the data, and back, whatever the layer's place and the axes' order", () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  const scale = fc.double({ min: 0.2, max: 4, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(scale, scale, scale),
      fc.tuple(number, number, number),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.constantFrom<number[]>([0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0]),
      fc.tuple(fc.double({ min: 0, max: 640, noNaN: true }), fc.double({ min: 0, max: 480, noNaN: true })),
      (scales, translate, angle, order, [x, y]) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const rotate = [
          [1, 0, 0],
          [0, c, -s],
          [0, s, c],
        ];
        // Turned in axes that are both on the screen, as pictures are.
        const turned = order[0] === 0 ? { rotate } : {};
        const layer = points(3, { scale: scales, translate, ...turned } as Partial<Layer>);
        const space = spaceOf(layer, viewOf(layer, order, [1, 2, 3]), CANVAS);
        const data = space.toData(x, y);
        const back = space.toCanvas(data);
        expect(back?.x).toBeCloseTo(x, 5);
        expect(back?.y).toBeCloseTo(y, 5);
        const [hidden = 0] = space.hidden;
        expect(data[hidden]).toBeCloseTo(
          ([1, 2, 3][hidden] ?? 0) / (scales[hidden] ?? 1) - (translate[hidden] ?? 0) / (scales[hidden] ?? 1),
          5,
        );
      },
    ),
  );
});

test("a layer of fewer axes lies in the last ones", () => {
  const layer = points(2);
  const four: View = viewOf(points(4), [0, 1, 2, 3], [5, 6, 7, 8]);
  const space = spaceOf(layer, four, CANVAS);
  expect(space.displayed).toEqual([0, 1]);
  expect(space.hidden).toEqual([]);
  expect(space.toData(320, 240)).toEqual([7, -3]);
});

test("a new layer has the extent and the scale of what is there; alone it is 512 x 512", () => {
  const empty: Scene = { revision: 0, title: "", layers: [] };
  const first = newLayer(empty, "labels");
  expect(first.type === "labels" && first.data.shape).toEqual([512, 512]);
  const image = { ...first, id: "i", scale: [0.5, 2], translate: [10, 20] } as Layer;
  const second = newLayer({ ...empty, layers: [image] }, "labels");
  expect(
    second.type === "labels" && [second.data.shape, second.scale, second.translate, second.name],
  ).toEqual([[512, 512], [0.5, 2], [10, 20], "Labels [1]"]);
  expect(newLayer({ ...empty, layers: [image] }, "points").scale).toEqual([0.5, 2]);
});

test("the affine of a dragged box moves the layer's data on the canvas as the hand did", () => {
  const layer = points(3, { scale: [2, 0.5, 3], translate: [1, 2, 3] } as Partial<Layer>);
  const view = viewOf(layer, [0, 1, 2], [1, 2, 3]);
  const space = spaceOf(layer, view, CANVAS);
  const from = space.toData(100, 100);
  const to = space.toData(180, 60);
  const motion = moved([(to[1] ?? 0) - (from[1] ?? 0), (to[2] ?? 0) - (from[2] ?? 0)]);
  const affine = transformed(layer.affine, space, motion);
  const after = spaceOf({ ...layer, affine: affine ?? [] } as Layer, view, CANVAS);
  const place = after.toCanvas(from);
  expect(place?.x).toBeCloseTo(180, 6);
  expect(place?.y).toBeCloseTo(60, 6);
  // What is not on the screen stays.
  expect(after.toData(0, 0)[0]).toBeCloseTo(space.toData(0, 0)[0] ?? Number.NaN, 9);
});

test("each handle of a box goes where the hand is, and the fixed point stays", () => {
  const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(coordinate, coordinate, (dv, dh) => {
      for (const { name, at, fixed } of handlesOf([0, 0], [10, 20], 4)) {
        const to = [at[0] + dv, at[1] + dh] as const;
        const matrix = handled(name, fixed, at, to, false);
        const stays = applied2(matrix, fixed);
        expect(stays[0]).toBeCloseTo(fixed[0], 6);
        expect(stays[1]).toBeCloseTo(fixed[1], 6);
        const put = applied2(matrix, at);
        if (name === "corner" && Math.abs(to[0] - fixed[0]) > 0.1 && Math.abs(to[1] - fixed[1]) > 0.1) {
          expect(put[0]).toBeCloseTo(to[0], 6);
          expect(put[1]).toBeCloseTo(to[1], 6);
        }
        if (name === "turn")
          expect(Math.hypot(put[0] - fixed[0], put[1] - fixed[1])).toBeCloseTo(
            Math.hypot(at[0] - fixed[0], at[1] - fixed[1]),
            6,
          );
      }
    }),
  );
});

test("a turn is round in the world where steps of the axes differ", () => {
  const units = [3, 0.5] as const;
  const length = (v: number, h: number): number => Math.hypot(v * units[0], h * units[1]);
  const matrix = handled("turn", [0, 0], [-1, 0], [0, 6], false, units);
  const [v, h] = applied2(matrix, [-1, 0]);
  expect(length(v, h)).toBeCloseTo(length(-1, 0), 9);
  expect(v).toBeCloseTo(0, 9);
  expect(h).toBeCloseTo(6, 9);
});
