/** Volumes from bricks: the picture of the same level as one texture, detail where one looks, budgets kept. */
import type { ImageLayer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, test } from "vitest";
import { generatedSource } from "../../../data/generated-source.ts";
import { imageLayer } from "../../../model/layer.ts";
import { defaultView, resetView } from "../../../model/view.ts";
import { testDevice } from "../../../testing/device.ts";
import { badShare, bench, blobs, noise } from "../../../testing/scenes.ts";
import { Readback } from "../../readback.ts";
import { Renderer } from "../../renderer.ts";

const SHAPE: [number, number, number] = [50, 70, 80];
const MODES = ["mip", "minip", "attenuated_mip", "translucent", "additive", "average", "iso"] as const;

/** A volume with values everywhere. */
function cloudy(): Float32Array<ArrayBuffer> {
  const random = noise(3);
  return blobs(SHAPE).map((value, i) => value + 0.1 * random() + ((i % 80) / 80) * 0.2);
}

describe("bricks of the finest level are the volume as one texture", async () => {
  const b = await bench(cloudy(), SHAPE, { width: 160, height: 120 });
  const view = (camera: Partial<View["camera"]> = {}): View =>
    resetView(
      {
        ...b.view,
        camera: { ...b.view.camera, angles: [12, -28, 35], ...camera },
        dims: { ...b.view.dims, ndisplay: 3 },
      },
      { width: 160, height: 120 },
      { keepAngles: true },
    );
  const both = async (changes: Partial<ImageLayer>, at: View): Promise<[Uint8Array, Uint8Array]> => {
    const request = { scene: b.scene(changes), view: at };
    const dense = await b.draw(request);
    return [dense, await b.draw({ ...request, quality: { bricks: true } })];
  };

  test.each(MODES)("%s", async (rendering) => {
    for (const look of [{}, { contrast_limits: [0.1, 0.7] as [number, number], gamma: 0.6 }]) {
      const [dense, bricks] = await both(
        { rendering, iso_threshold: 0.45, attenuation: 0.1, ...look },
        view(),
      );
      expect(dense.some((value, i) => i % 4 < 3 && value > 40)).toBe(true);
      expect(badShare(dense, bricks, 2)).toBeLessThan(rendering === "iso" ? 0.01 : 0.002);
    }
  });
  test("in perspective, cut by planes, as a plane, nearest", async () => {
    const clip = {
      experimental_clipping_planes: [
        { position: [25, 35, 40], normal: [0.3, 0.5, -1], enabled: true },
      ] as ImageLayer["experimental_clipping_planes"],
    };
    for (const [changes, camera] of [
      [{}, { perspective: 45 }],
      [{ ...clip, rendering: "average" }, {}],
      [clip, {}],
      [{ depiction: "plane", plane: { position: [25, 35, 40], normal: [1, 0.4, 0.2], thickness: 9 } }, {}],
      [{ interpolation3d: "nearest" }, {}],
    ] as [Partial<ImageLayer>, Partial<View["camera"]>][]) {
      const [dense, bricks] = await both(changes, view(camera));
      expect(badShare(dense, bricks, 2), JSON.stringify(changes)).toBeLessThan(0.005);
    }
  });
  test("with another layer's depth", async () => {
    const [dense, bricks] = await both(
      { rendering: "iso", iso_threshold: 0.45, blending: "translucent" },
      view(),
    );
    expect(badShare(dense, bricks, 2)).toBeLessThan(0.01);
  });
});

describe("two gigavoxels", async () => {
  const device = await testDevice();
  const size = { width: 96, height: 72 };
  const source = generatedSource("volume", { shape: [2048, 2048, 2048] });
  const layer = await imageLayer("v", source, { contrast_limits: [2000, 32_000] });
  const readback = new Readback(device);
  const scene = (changes: Partial<ImageLayer> = {}): Scene => ({
    revision: 0,
    title: "",
    layers: [{ ...layer, ...changes }],
  });
  const flat = defaultView(scene(), size);
  const view = resetView(
    { ...flat, camera: { ...flat.camera, angles: [12, -28, 35] }, dims: { ...flat.dims, ndisplay: 3 } },
    size,
    { keepAngles: true },
  );
  const near: View = { ...view, camera: { ...view.camera, zoom: 2 } };
  const budgets = { memoryBudget: 48 * 1024 * 1024, gpuBudget: 64 * 1024 * 1024 };

  test("zooming in shows what the coarse level lacks, within the budgets at every moment", async () => {
    const renderer = await Renderer.create({ device, ...budgets });
    renderer.setSource(source);
    let pictures = 0;
    renderer.onChange = () => {
      pictures++;
      expect(renderer.cache.bytes).toBeLessThanOrEqual(budgets.memoryBudget);
    };
    const draw = async (at: View, changes: Partial<ImageLayer> = {}): Promise<Uint8Array> => {
      const { texture, levels } = await renderer.renderComplete({ scene: scene(changes), view: at, size });
      expect(renderer.gpuBytes).toBeLessThanOrEqual(budgets.gpuBudget);
      if (texture === undefined) throw new Error("no texture");
      drawn = levels.get("v") ?? -1;
      return readback.readPixels(texture);
    };
    let drawn = -1;
    const plane = {
      depiction: "plane" as const,
      plane: {
        position: [1024, 1024, 1024] as [number, number, number],
        normal: [1, 0, 0] as [number, number, number],
        thickness: 1,
      },
    };
    await draw(view);
    expect(drawn).toBe(3);
    const fine = await draw(near, plane);
    expect(drawn).toBe(0);
    // The coarse level alone, as it was drawn before there were bricks.
    const coarse = await draw(near, { ...plane, locked_data_level: 3 });
    const change = (picture: Uint8Array): number => {
      let sum = 0;
      // Half a period of the finest grains.
      for (let i = 28; i < picture.length; i += 4)
        sum += Math.abs((picture[i] ?? 0) - (picture[i - 28] ?? 0));
      return sum / (picture.length / 4);
    };
    expect(change(fine)).toBeGreaterThan(1.4 * change(coarse));
    expect(pictures).toBeGreaterThan(2);
    renderer.dispose();
  });

  test("sums look the same at every level", async () => {
    const small = generatedSource("small", { shape: [128, 128, 128], coarsest: 32 });
    const own = await imageLayer("s", small, { contrast_limits: [0, 20_000] });
    const faint = {
      name: "faint",
      colors: [
        [0, 0, 0, 0],
        [1, 0.8, 0.6, 0.2],
      ] as [number, number, number, number][],
      controls: [0, 1],
      interpolation: "linear" as const,
    };
    for (const rendering of ["translucent", "additive", "average", "attenuated_mip"] as const) {
      const renderer = await Renderer.create({ device });
      renderer.setSource(small);
      const colormap = rendering === "translucent" || rendering === "additive" ? { colormap: faint } : {};
      const one: Scene = {
        revision: 0,
        title: "",
        layers: [{ ...own, rendering, attenuation: 0.005, ...colormap }],
      };
      const looks = resetView({ ...view, dims: { ...defaultView(one, size).dims, ndisplay: 3 } }, size, {
        keepAngles: true,
      });
      const mean = async (pixelRatio: number): Promise<[number, number]> => {
        const outcome = await renderer.renderComplete({
          scene: one,
          view: looks,
          size,
          pixelRatio,
          quality: { bricks: true },
        });
        if (outcome.texture === undefined) throw new Error("no texture");
        const picture = await readback.readPixels(outcome.texture);
        return [
          picture.reduce((sum, value, i) => sum + (i % 4 < 3 ? value : 0), 0) / picture.length,
          outcome.levels.get("s") ?? -1,
        ];
      };
      const [coarse, coarseLevel] = await mean(0.2);
      const [fine, fineLevel] = await mean(2);
      expect(coarseLevel).toBeGreaterThan(fineLevel + 1);
      expect(fine).toBeGreaterThan(3);
      // Without the correction a level that is four times as coarse has a quarter of the sum.
      expect(Math.abs(coarse - fine) / fine, `${rendering}: ${coarse} and ${fine}`).toBeLessThan(
        // The coarse level has lower peaks, too.
        rendering === "attenuated_mip" ? 0.2 : 0.12,
      );
      renderer.dispose();
    }
  });
});
