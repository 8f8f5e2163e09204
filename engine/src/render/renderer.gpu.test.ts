import type { ClippingPlane, View } from "@eyepiece/protocol/scene/schema.ts";
import { Rendering } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, test } from "vitest";
import { meanPyramid, memorySource } from "../data/memory-source.ts";
import { colormap } from "../model/colormaps.ts";
import { imageLayer } from "../model/layer.ts";
import { resetView } from "../model/view.ts";
import { testDevice } from "../testing/device.ts";
import { type Bench, badShare, bench, blobs, noise, worst } from "../testing/scenes.ts";
import { Readback } from "./readback.ts";
import { Renderer } from "./renderer.ts";

const SHAPE: [number, number, number] = [21, 43, 37];
const size = { width: 64, height: 48 };

function deep(b: Bench, angles: [number, number, number], perspective = 0): View {
  const view: View = {
    ...b.view,
    dims: { ...b.view.dims, ndisplay: 3 },
    camera: { ...b.view.camera, angles, perspective },
  };
  return resetView(view, size, { keepAngles: true });
}

const bytes = (scale: number) => Uint8Array.from(blobs(SHAPE), (value) => Math.round(value * scale));

describe("leaping over cells does not change the picture", () => {
  test.each(Rendering.options)("%s", async (rendering) => {
    const floats = blobs(SHAPE);
    for (const data of [floats, bytes(255)]) {
      const b = await bench(data, SHAPE, size, { chunk: [16, 16, 16] });
      const top = data === floats ? 1 : 255;
      const plane: ClippingPlane = { position: [10, 20, 18], normal: [0.6, 0, 0.8], enabled: true };
      for (const [angles, perspective] of [
        [[0, 0, 0], 0],
        [[25, -40, 130], 0],
        [[0, 90, 0], 50],
      ] as const) {
        for (const changes of [
          { contrast_limits: [0, top] as [number, number] },
          { contrast_limits: [0.1 * top, 0.6 * top] as [number, number], blending: "additive" as const },
          { contrast_limits: [0, top] as [number, number], experimental_clipping_planes: [plane] },
          { contrast_limits: [0, top] as [number, number], interpolation3d: "nearest" as const },
        ]) {
          const scene = b.scene({ rendering, iso_threshold: 0.4 * top, ...changes });
          const view = deep(b, [...angles], perspective);
          const leapt = await b.draw({ scene, view });
          const all = await b.draw({ scene, view, quality: { skip: false } });
          expect(
            worst(leapt, all),
            `${rendering} ${angles} ${perspective} ${JSON.stringify(changes)}`,
          ).toBeLessThanOrEqual(rendering === "average" || rendering === "additive" ? 1 : 0);
        }
      }
      b.dispose();
    }
  });
});

describe("every texel format gives the same picture", () => {
  const shorts = Uint16Array.from(blobs(SHAPE), (value) => Math.round(value * 60000));
  const views = (b: Bench): View[] => [b.view, deep(b, [20, 30, 40])];
  test.each(["mip", "iso"] as const)("%s", async (rendering) => {
    const limits: [number, number] = [100, 50000];
    const draw = async (
      data: Uint16Array | Float32Array,
      options: Parameters<typeof bench>[3],
    ): Promise<Uint8Array[]> => {
      const b = await bench(data, SHAPE, size, options);
      const scene = b.scene({
        rendering,
        contrast_limits: limits,
        iso_threshold: 20000,
        interpolation2d: "linear",
      });
      const pictures = [];
      for (const view of views(b)) pictures.push(await b.draw({ scene, view }));
      b.dispose();
      return pictures;
    };
    const reference = await draw(shorts, {});
    const floats = Float32Array.from(shorts);
    const others = [
      await draw(shorts, { formats: { r16unorm: false } }),
      ...(rendering === "mip"
        ? [
            await draw(floats, { formats: { filterFloat: true } }),
            await draw(floats, { formats: { filterFloat: false } }),
          ]
        : []),
    ];
    for (const other of others) {
      for (const [i, picture] of other.entries()) {
        expect(badShare(picture, reference[i] ?? new Uint8Array(), 2)).toBeLessThan(0.004);
      }
    }
  });

  test("filtered and unfiltered floats light a surface alike", async () => {
    const pictures = [];
    for (const filterFloat of [true, false]) {
      const b = await bench(blobs(SHAPE), SHAPE, size, { formats: { filterFloat } });
      pictures.push(await b.draw({ scene: b.scene({ rendering: "iso" }), view: deep(b, [20, 30, 40]) }));
      b.dispose();
    }
    expect(badShare(pictures[0] ?? new Uint8Array(), pictures[1] ?? new Uint8Array(), 3)).toBeLessThan(0.01);
  });

  test("every dtype of whole numbers shows its values", async () => {
    const values = [0, 50, 100, 25];
    const whole = [Int8Array, Int16Array, Uint32Array, Int32Array].map((kind) => new kind(values));
    const big = [new BigInt64Array(values.map(BigInt)), new BigUint64Array(values.map(BigInt))];
    for (const data of [...whole, ...big]) {
      const b = await bench(data, [2, 2], { width: 2, height: 2 });
      const camera = { ...b.view.camera, zoom: 1 };
      const picture = await b.draw({
        scene: b.scene({ contrast_limits: [0, 100] }),
        view: { ...b.view, camera },
      });
      expect([0, 4, 8, 12].map((i) => picture[i])).toEqual([0, 128, 255, 64]);
      b.dispose();
    }
  });
});

describe("slices", () => {
  test("bricks of any size and axes in any order give the same picture", async () => {
    const random = noise(3);
    const data = new Float32Array(9 * 17 * 23).map(() => random());
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      for (const interpolation2d of ["nearest", "cubic", "spline36", "kaiser"] as const) {
        const pictures = [];
        for (const chunk of [
          [9, 17, 23],
          [2, 5, 4],
        ]) {
          const b = await bench(data, [9, 17, 23], size, { chunk });
          const view = { ...b.view, dims: { ...b.view.dims, order, point: [4, 8, 11] } };
          pictures.push(
            await b.draw({
              scene: b.scene({ interpolation2d, contrast_limits: [0, 1] }),
              view: resetView(view, size),
            }),
          );
          b.dispose();
        }
        expect(worst(pictures[0] ?? new Uint8Array(), pictures[1] ?? new Uint8Array())).toBe(0);
        expect(Math.max(...(pictures[0] ?? [])) > 200).toBe(true);
      }
    }
  });

  test("not a number is transparent", async () => {
    const b = await bench(new Float32Array([Number.NaN, 1, 1, 1]), [2, 2], { width: 2, height: 2 });
    const view = { ...b.view, camera: { ...b.view.camera, zoom: 1 } };
    const picture = await b.draw({
      scene: b.scene({ contrast_limits: [0, 1] }),
      view,
      background: [1, 0, 0],
    });
    expect([...picture.subarray(0, 8)]).toEqual([255, 0, 0, 255, 255, 255, 255, 255]);
    b.dispose();
  });

  test("a picture drawn in regions is the picture, and a region leaves the rest alone", async () => {
    const b = await bench(bytes(255), SHAPE, size);
    const scene = b.scene();
    for (const view of [b.view, deep(b, [10, 20, 30])]) {
      const whole = await b.draw({ scene, view, background: [0.2, 0, 0] });
      // What was there before must not shine through.
      await b.draw({ scene: { ...scene, layers: [] }, view, background: [1, 1, 1] });
      let parts = whole;
      for (let y = 0; y < 48; y += 16) {
        parts = await b.draw({
          scene,
          view,
          background: [0.2, 0, 0],
          region: { x: 0, y, width: 64, height: 16 },
        });
        if (y === 0) expect(parts.at(-1 - 4 * 10)).toBe(255);
      }
      expect(worst(parts, whole)).toBe(0);
    }
    b.dispose();
  });
});

describe("pyramids", () => {
  test("the coarse level is shown until the fine one is here, then the fine one", async () => {
    const device = await testDevice();
    const renderer = await Renderer.create({ device });
    const levels = meanPyramid({ data: bytes(255), shape: SHAPE }, { target: 12 });
    const inner = memorySource("p", levels, { chunk: [16, 16, 16] });
    const gate = Promise.withResolvers<void>();
    const source = {
      ...inner,
      readBrick: async (...[level, index, options]: Parameters<typeof inner.readBrick>) => {
        if (level === 0) await gate.promise;
        return inner.readBrick(level, index, options);
      },
    };
    renderer.setSource(source);
    const layer = await imageLayer("l", source);
    const scene = { revision: 0, title: "", layers: [layer] };
    const b = await bench(bytes(255), SHAPE, size);
    const view = deep(b, [0, 0, 0]);
    const first = await renderer.render({ scene, view, size });
    expect(first.complete).toBe(false);
    await new Promise((done) => setTimeout(done, 50));
    const coarse = await renderer.render({ scene, view, size });
    expect(coarse.complete).toBe(false);
    expect(coarse.levels.get("l")).toBe(1);
    gate.resolve();
    const fine = await renderer.renderComplete({ scene, view, size });
    expect(fine.levels.get("l")).toBe(0);
    expect(fine.progress).toBe(1);
    const readback = new Readback(device);
    const picture = fine.texture && (await readback.readPixels(fine.texture));
    expect(worst(picture ?? new Uint8Array(), await b.draw({ scene: b.scene(), view }))).toBe(0);
    readback.dispose();
    renderer.dispose();
    b.dispose();
  });
});

describe("values and errors", () => {
  test("the value under the cursor, in 2D and on a ray", async () => {
    const data = new Uint8Array(3 * 4 * 5).map((_, i) => i);
    const b = await bench(data, [3, 4, 5], { width: 50, height: 40 });
    const view = { ...b.view, camera: { ...b.view.camera, zoom: 10 } };
    const at = { x: 25 + 10, y: 20 - 15 };
    // World (0.5 - 1, ...) around the centre (1.5, 2): row 0, column 3, in slice 1.
    const found = await b.renderer.valueAt(b.scene(), view, { width: 50, height: 40 }, "layer", at);
    expect(found?.value).toBe(String(1 * 20 + 0 * 5 + 3));
    expect(found?.coordinates).toEqual([1, 0, 3]);
    const outside = await b.renderer.valueAt(b.scene(), view, { width: 50, height: 40 }, "layer", {
      x: 900,
      y: 0,
    });
    expect(outside?.value).toBe("");
    const turned: View = {
      ...view,
      dims: { ...view.dims, ndisplay: 3 },
      camera: { ...view.camera, center: [1, 1.5, 2] },
    };
    const hit = await b.renderer.valueAt(b.scene(), turned, { width: 50, height: 40 }, "layer", at);
    expect(hit?.value).toBe(String(2 * 20 + 3));
    const counted = await b
      .draw({ scene: b.scene(), view })
      .then(() => b.renderer.histogram(b.scene(), view, "layer", 4));
    expect(counted).toEqual({ counts: [5, 5, 5, 5], min: 20, max: 39, count: 20 });
    b.dispose();
  });

  test("a source that fails is told", async () => {
    const b = await bench(new Uint8Array(4), [2, 2], size);
    b.renderer.setSource({
      ...b.source,
      version: 1,
      readBrick: async () => Promise.reject(new Error("The disk is gone.")),
    });
    await expect(b.renderer.renderComplete({ scene: b.scene(), view: b.view, size })).rejects.toThrow(
      "The disk is gone.",
    );
    b.dispose();
  });

  test("a renderer that goes ends its reads and lets go of its bricks", async () => {
    const renderer = await Renderer.create({ device: await testDevice() });
    const source = memorySource("held", [{ data: bytes(255), shape: SHAPE }], { chunk: [16, 16, 16] });
    const aborted = Promise.withResolvers<void>();
    renderer.setSource({
      ...source,
      readBrick: async (level, index, options) => {
        if (index.some((place) => place > 0)) return source.readBrick(level, index, options);
        options?.signal?.addEventListener("abort", () => aborted.resolve());
        return new Promise(() => undefined);
      },
    });
    const b = await bench(bytes(255), SHAPE, size);
    const layer = await imageLayer("l", source, { contrast_limits: [0, 255] });
    await renderer.render({
      scene: { revision: 0, title: "", layers: [layer] },
      view: deep(b, [0, 0, 0]),
      size,
    });
    await expect.poll(() => renderer.cache.bytes).toBeGreaterThan(0);
    renderer.dispose();
    await aborted.promise;
    expect(renderer.cache.bytes).toBe(0);
    b.dispose();
  });

  test("data that go while a picture waits for its pipelines do not spoil it", async () => {
    const b = await bench(bytes(255), SHAPE, size, { software: true });
    const scene = b.scene({ rendering: "attenuated_mip", contrast_limits: [0, 255] });
    await b.renderer.renderComplete({ scene: b.scene(), view: b.view, size });
    const before = b.renderer.gpuBytes;
    const picture = b.renderer.render({ scene, view: deep(b, [0, 0, 0]), size });
    // The textures are made, the shader is not.
    while (b.renderer.gpuBytes === before) await Promise.resolve();
    b.renderer.removeSource(b.source.id);
    await picture;
    b.renderer.setSource({ ...b.source, version: 1 });
    await b.draw({ scene, view: deep(b, [0, 0, 0]) });
    b.dispose();
  });

  test("textures stay within the budget over many slices", async () => {
    const b = await bench(new Float32Array(64 * 64 * 64), [64, 64, 64], size, { gpuBudget: 100_000 });
    for (let z = 0; z < 64; z += 4) {
      const point = [z, 0, 0];
      await b.draw({
        scene: b.scene({ colormap: colormap("gray") }),
        view: { ...b.view, dims: { ...b.view.dims, point } },
      });
      expect(b.renderer.gpuBytes).toBeLessThanOrEqual(100_000);
    }
    b.dispose();
  });
});
