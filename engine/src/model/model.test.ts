import type { ImageLayer, Scene, SceneOp, View } from "@eyepiece/protocol/scene/schema.ts";
import * as schema from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { memorySource } from "../data/memory-source.ts";
import { cameraAxes, canvasRay, project, rotationMatrix, worldToCanvas } from "./camera.ts";
import { COLORMAP_NAMES, colormap, colormapTable, sampleColormap } from "./colormaps.ts";
import { imageLayer } from "./layer.ts";
import { addScaled, applyAffine, inverse, multiply, subtract } from "./matrix.ts";
import { applyOp, applyOps, emptyScene, OperationError } from "./scene.ts";
import { dataToWorld, roundHalfEven, shearMatrix, sliceLayer } from "./transform.ts";
import { NO_HISTORY, record, redo, undo } from "./undo.ts";
import {
  defaultCamera,
  defaultView,
  followScene,
  pointToStep,
  resetView,
  sceneRanges,
  stepToPoint,
} from "./view.ts";

const source = memorySource("a", [{ data: new Float32Array(2 * 3 * 4).map((_, i) => i), shape: [2, 3, 4] }]);
const layer = await imageLayer("one", source, { label: "one" });
const sceneOf = (...layers: ImageLayer[]): Scene => ({ ...emptyScene("t"), layers });

describe("camera", () => {
  const angles: [number, number, number] = [12, -28, 35];

  test("napari's rotation for angles (12, -28, 35)", () => {
    const expected = [
      [0.723268, 0.506438, 0.469472],
      [-0.640999, 0.745266, 0.183575],
      [-0.256912, -0.433705, 0.863653],
    ];
    for (const [i, row] of rotationMatrix(angles).entries()) {
      for (const [k, entry] of row.entries()) expect(entry).toBeCloseTo(expected[i]?.[k] ?? Number.NaN, 5);
    }
    const { view, up, right } = cameraAxes({ ...defaultCamera(), angles }, 3);
    expect(view[0]).toBeCloseTo(-0.723268, 5);
    expect(up[1]).toBeCloseTo(-0.745266, 5);
    expect(right[2]).toBeCloseTo(0.863653, 5);
  });

  test("perspective keeps the scale at the centre's plane", () => {
    const camera = { ...defaultCamera(), perspective: 45, zoom: 6 };
    const matrix = worldToCanvas(camera, { width: 320, height: 240 }, 3);
    const x = (depth: number): number => (project(matrix, [depth, 0, 10])?.x ?? 0) - 160;
    expect(x(0)).toBeCloseTo(60, 6);
    expect(x(10)).toBeCloseTo(75.67, 2);
    expect(x(-10)).toBeCloseTo(49.71, 2);
  });

  test("a canvas ray passes through the points that project to it", () => {
    const angle = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(angle, angle, angle),
        fc.constantFrom(0, 30, 80),
        fc.tuple(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true })),
        (turned, perspective, [a, b]) => {
          const camera = {
            ...defaultCamera(),
            angles: turned,
            perspective,
            zoom: 7,
            center: [1, 2, 3] as [number, number, number],
          };
          const size = { width: 300, height: 200 };
          const point: [number, number, number] = [1 + a, 2 + b, 3 - a];
          const onCanvas = project(worldToCanvas(camera, size, 3), point);
          if (onCanvas === undefined) return;
          const { origin, direction } = canvasRay(camera, size, 3, onCanvas.x, onCanvas.y);
          const off = subtract(point, origin);
          const along = off[0] * direction[0] + off[1] * direction[1] + off[2] * direction[2];
          const rest = subtract(off, addScaled([0, 0, 0], direction, along));
          expect(Math.hypot(...rest)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe("views", () => {
  test("a 2D view frames whole pixels with a margin of 5%", () => {
    const view = defaultView(sceneOf(layer), { width: 400, height: 300 });
    expect(view.camera.zoom).toBeCloseTo(0.95 * Math.min(400 / 4, 300 / 3), 9);
    expect(view.camera.center).toEqual([0, 1, 1.5]);
    expect(view.dims.range).toEqual([
      [0, 1, 1],
      [0, 2, 1],
      [0, 3, 1],
    ]);
  });

  test("a 3D view fits the box as it is seen", () => {
    const flat = defaultView(sceneOf(layer), { width: 400, height: 300 });
    const deep: View = { ...flat, dims: { ...flat.dims, ndisplay: 3 } };
    const turned = { ...deep, camera: { ...deep.camera, angles: [0, 90, 0] as [number, number, number] } };
    const reset = resetView(turned, { width: 400, height: 300 }, { keepAngles: true });
    // Seen along x the canvas holds z across (2 voxels) and y down (3 voxels).
    expect(reset.camera.zoom).toBeCloseTo(0.95 * Math.min(400 / 2, 300 / 3), 9);
    expect(resetView(turned, { width: 400, height: 300 }).camera.angles).toEqual([0, 0, 0]);
  });

  test("steps and points answer each other", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        fc.nat(250),
        (start, count, step, wanted) => {
          const range: [number, number, number] = [start, start + (count - 1) * step, step];
          const chosen = Math.min(wanted, count - 1);
          expect(pointToStep(range, stepToPoint(range, chosen))).toBe(chosen);
        },
      ),
    );
  });

  test("an added axis comes in front and keeps what was chosen", async () => {
    const view = defaultView(sceneOf(layer), { width: 100, height: 100 });
    const four = memorySource("b", [{ data: new Uint8Array(5 * 2 * 3 * 4), shape: [5, 2, 3, 4] }]);
    const dims = followScene(
      { ...view.dims, order: [2, 1, 0] },
      sceneOf(layer, await imageLayer("two", four)),
    );
    expect(dims.ndim).toBe(4);
    expect(dims.order).toEqual([0, 3, 2, 1]);
    expect(dims.point.slice(1)).toEqual(view.dims.point);
  });

  test("ranges follow scale and translation", () => {
    const placed = { ...layer, scale: [2, 1, 0.5], translate: [10, 0, 0] };
    expect(sceneRanges(sceneOf(placed))).toEqual([
      [10, 12, 2],
      [0, 2, 1],
      [0, 1.5, 0.5],
    ]);
  });
});

describe("transforms", () => {
  test("world = affine(translate + rotate @ shear @ scale @ p)", () => {
    const turned: ImageLayer = {
      ...layer,
      scale: [2, 3, 4],
      translate: [1, 1, 1],
      shear: [0.5, 0, 0],
      rotate: [
        [0, -1, 0],
        [1, 0, 0],
        [0, 0, 1],
      ],
    };
    // scale: (2, 3, 4); shear: (2 + 0.5 * 3, 3, 4); rotate: (-3, 3.5, 4); translate: (-2, 4.5, 5).
    expect(applyAffine(dataToWorld(turned), [1, 1, 1])).toEqual([-2, 4.5, 5]);
  });

  test("a shear vector fills the upper triangle row by row", () => {
    expect(shearMatrix([1, 2, 3], 3)).toEqual([
      [1, 1, 2],
      [0, 1, 3],
      [0, 0, 1],
    ]);
  });

  test("an inverse times its matrix is the identity", () => {
    const entry = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
        (rows) => {
          // Diagonal dominance keeps the matrix far from singular.
          const matrix = rows.map((row, i) => row.map((one, k) => (i === k ? one + 12 : one)));
          const back = inverse(matrix);
          expect(back).toBeDefined();
          for (const [i, row] of multiply(matrix, back ?? []).entries()) {
            for (const [k, one] of row.entries()) expect(one).toBeCloseTo(i === k ? 1 : 0, 9);
          }
        },
      ),
    );
    expect(
      inverse([
        [1, 1],
        [1, 1],
      ]),
    ).toBeUndefined();
  });

  test("slices: rounding, thickness, and outside the data", () => {
    const { dims } = defaultView(sceneOf(layer), { width: 10, height: 10 });
    const at = (point: number, margin = 0) =>
      sliceLayer(layer, {
        ...dims,
        point: [point, 0, 0],
        margin_left: [margin, 0, 0],
        margin_right: [margin, 0, 0],
      }).ranges[0];
    expect(at(0.5)).toEqual([0, 1]);
    expect(at(1.5)).toEqual([0, 0]);
    expect(at(1)).toEqual([1, 2]);
    expect(at(1, 1)).toEqual([0, 2]);
    expect([0.5, 1.5, 2.5, -0.5].map(roundHalfEven)).toEqual([0, 2, 2, 0]);
  });
});

describe("colormaps", () => {
  test("all names make valid maps whose ends are their controls' colours", () => {
    expect(COLORMAP_NAMES).toContain("viridis");
    expect(COLORMAP_NAMES).toContain("I Bordeaux");
    for (const name of COLORMAP_NAMES) {
      const map = colormap(name);
      expect(v.is(schema.Colormap, map)).toBe(true);
      expect(sampleColormap(map, 0)).toEqual(map.colors[0]);
      expect(sampleColormap(map, 1)).toEqual(map.colors.at(-1));
    }
    expect(() => colormap("mauve")).toThrow(RangeError);
  });

  test("known colours", () => {
    expect(sampleColormap(colormap("gray"), 0.25)).toEqual([0.25, 0.25, 0.25, 1]);
    expect([...colormapTable(colormap("viridis")).subarray(0, 4)]).toEqual([68, 1, 84, 255]);
  });
});

const setOp = fc.record({
  op: fc.constant("layer.set" as const),
  id: fc.constantFrom("one", "two"),
  set: fc.record(
    {
      opacity: fc.double({ min: 0, max: 1, noNaN: true }),
      gamma: fc.double({ min: 0.1, max: 5, noNaN: true }),
      visible: fc.boolean(),
      rendering: fc.constantFrom("mip" as const, "iso" as const),
      name: fc.string(),
    },
    { requiredKeys: [] },
  ),
});
const anyOp: fc.Arbitrary<SceneOp> = fc.oneof(
  setOp as unknown as fc.Arbitrary<SceneOp>,
  fc.record({ op: fc.constant("layer.remove" as const), id: fc.constantFrom("one", "two", "three") }),
  fc.record({ op: fc.constant("layer.move" as const), id: fc.constantFrom("one", "two"), index: fc.nat(4) }),
  fc.record({ op: fc.constant("scene.set" as const), set: fc.record({ title: fc.string() }) }),
  fc.constantFrom<SceneOp>({ op: "layer.add", layer: { ...layer, id: "three" }, index: 1 }),
);

describe("operations", () => {
  const start = sceneOf(layer, { ...layer, id: "two", name: "two" });
  const content = ({ revision: _, ...rest }: Scene): unknown => rest;

  test("an operation and its inverse leave the scene as it was", () => {
    fc.assert(
      fc.property(anyOp, (op) => {
        const frozen = JSON.stringify(start);
        let applied: ReturnType<typeof applyOp>;
        try {
          applied = applyOp(start, op);
        } catch (error) {
          expect(error).toBeInstanceOf(OperationError);
          return;
        }
        expect(JSON.stringify(start)).toBe(frozen);
        expect(applied.scene.revision).toBe(start.revision + 1);
        expect(content(applyOps(applied.scene, applied.inverse).scene)).toEqual(content(start));
      }),
    );
  });

  test("undo and redo walk the same scenes back and forth", () => {
    fc.assert(
      fc.property(fc.array(setOp as unknown as fc.Arbitrary<SceneOp>, { maxLength: 12 }), (ops) => {
        let scene = start;
        let history = NO_HISTORY;
        const seen = [content(scene)];
        for (const op of ops) {
          const applied = applyOp(scene, op);
          history = record(history, [op], applied.inverse);
          scene = applied.scene;
          seen.push(content(scene));
        }
        const end = scene;
        for (let i = ops.length - 1; i >= 0; i--) {
          const back = undo(scene, history);
          if (back === undefined) throw new Error("nothing to undo");
          ({ scene, history } = back);
          expect(content(scene)).toEqual(seen[i]);
        }
        for (let again = redo(scene, history); again !== undefined; again = redo(scene, history))
          ({ scene, history } = again);
        expect(content(scene)).toEqual(content(end));
      }),
    );
  });

  test("a drag is undone at once", () => {
    let scene = start;
    let history = NO_HISTORY;
    for (const opacity of [0.9, 0.8, 0.7]) {
      const op: SceneOp = { op: "layer.set", id: "one", set: { opacity } };
      const applied = applyOp(scene, op);
      history = record(history, [op], applied.inverse, "opacity of one");
      scene = applied.scene;
    }
    expect(history.done).toHaveLength(1);
    const back = undo(scene, history);
    expect(content(back?.scene ?? scene)).toEqual(content(start));
    const again = back && redo(back.scene, back.history);
    expect(again?.scene.layers[0]?.opacity).toBe(0.7);
  });

  test("values that do not fit are refused", () => {
    const set = (patch: Partial<ImageLayer>) => () =>
      applyOp(start, { op: "layer.set", id: "one", set: patch });
    expect(set({ scale: [1, 1] })).toThrow(/3 entries/);
    expect(set({ scale: [1, 0, 1] })).toThrow(/flatten/);
    expect(set({ contrast_limits: [2, 2] })).toThrow(/rise/);
    expect(set({ affine: [[1]] })).toThrow(/4 x 4/);
    expect(() => applyOp(start, { op: "layer.add", layer })).toThrow(/already/);
    expect(() => applyOp(start, { op: "layer.remove", id: "nine" })).toThrow(/no layer/);
  });

  test("a new layer is valid and has napari's defaults", () => {
    expect(v.is(schema.ImageLayer, layer)).toBe(true);
    expect(layer.contrast_limits).toEqual([0, 23]);
    expect(layer.iso_threshold).toBe(11.5);
    expect(layer.blending).toBe("translucent_no_depth");
  });
});
