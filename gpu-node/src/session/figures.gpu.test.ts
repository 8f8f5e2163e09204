/** A picture in tiles is the picture. */

import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import type { Column } from "@eyepiece/engine/data/table.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { defaultView, resetView } from "@eyepiece/engine/model/view.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenGpu, openGpu } from "../gpu/open.ts";
import { drawLarge, framed, MOST_PIXELS } from "./figures.ts";
import { Painter } from "./painter.ts";

let gpu: OpenGpu;
let renderer: Renderer;
let scene: Scene;
beforeAll(async () => {
  gpu = await openGpu();
  renderer = await Renderer.create({ device: gpu.device, software: gpu.info.kind !== "gpu" });
  const shape = [20, 60, 80];
  const data = new Uint8Array(20 * 60 * 80).map((_, at) => (at * 37 + (at >> 7)) % 251);
  const image = memorySource("image", [{ data, shape }]);
  renderer.setSource(image);
  const count = 40;
  const position = new Float64Array(count * 3).map((_, at) => ((at * 7919) % 60) / (at % 3 === 0 ? 3 : 1));
  const filled = (width: number, value: number) => ({
    width,
    data: new Float32Array(count * width).fill(value),
  });
  const items = {
    id: "points",
    version: 0,
    table: {
      count,
      columns: new Map<string, Column>([
        ["position", { width: 3, data: position }],
        ["size", filled(1, 5)],
        ["symbol", { width: 1, data: new Uint8Array(count).fill(4) }],
        ["face_color", filled(4, 1)],
        ["border_color", filled(4, 0.5)],
        ["border_width", filled(1, 0.1)],
        ["shown", { width: 1, data: new Uint8Array(count).fill(1) }],
      ]),
      features: new Map(),
    },
  };
  renderer.setTable(items);
  scene = {
    revision: 0,
    title: "",
    layers: [await imageLayer("l0", image), tableLayer("l1", items, { type: "points" })],
  };
});
afterAll(() => {
  renderer.dispose();
  gpu.dispose();
});

const canvas = { width: 150, height: 110, pixelRatio: 1 };
const flat = (): View => defaultView(scene, canvas);
const deep = (perspective: number): View => {
  const view = flat();
  const camera: View["camera"] = { ...view.camera, angles: [20, 40, 10], perspective };
  return resetView({ ...view, camera, dims: { ...view.dims, ndisplay: 3 } }, canvas, { keepAngles: true });
};

for (const [name, view] of [
  ["a slice", () => flat()],
  ["a volume", () => deep(0)],
  ["a volume in perspective", () => deep(40)],
  ["a grid", () => ({ ...flat(), grid: { enabled: true, shape: [1, 2], stride: 1, spacing: 4 } }) as View],
] as const)
  test(`${name} in tiles is the whole picture, but for rounding`, async () => {
    const painter = new Painter(renderer, gpu, () => scene);
    const frame = { view: view(), canvas, width: 300, height: 220 };
    const whole = await drawLarge(painter, gpu.device, frame);
    const tiles = await drawLarge(painter, gpu.device, frame, 128);
    expect(tiles.length).toBe(300 * 220 * 4);
    expect(whole.some((value, at) => at % 4 < 3 && value > 100)).toBe(true);
    let different = 0;
    for (let at = 0; at < whole.length; at++)
      if (Math.abs((whole[at] ?? 0) - (tiles[at] ?? 0)) > 2) different++;
    // A pixel's centre that lies on the edge of two voxels may fall to either.
    expect(different / whole.length).toBeLessThan(0.006);
  });

test("a figure is the layers and nothing else; one that is too large is refused", () => {
  const look = { view: flat(), canvas };
  const wish = { width: 0, height: 0, format: "png" as const };
  const { width, height, view } = framed(look, { ...wish, figure: true, scale: 3 });
  expect([width, height, view.camera.zoom]).toEqual([240, 180, 3]);
  expect(framed(look, { ...wish, scale: 2 })).toMatchObject({ width: 300, height: 220 });
  expect(framed(look, { ...wish, height: 55 })).toMatchObject({ width: 75, height: 55 });
  const side = Math.ceil(Math.sqrt(MOST_PIXELS)) + 1;
  expect(() => framed(look, { ...wish, width: side, height: side })).toThrow("256 million are the most");
});
