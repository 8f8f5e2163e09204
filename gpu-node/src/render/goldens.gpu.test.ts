import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { trackColors } from "@eyepiece/engine/model/geometry/tracks.ts";
import { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { testDevice } from "@eyepiece/engine/testing/device.ts";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { drawSceneFile } from "./render-scene.ts";
import { loadScene } from "./scene-file.ts";

const goldens = fileURLToPath(new URL("../../../engine/testdata/goldens", import.meta.url));

/** PSNR that pictures of each kind reach; well above what they need, so that a change for the worse is seen. */
const REACHED: readonly [RegExp, number][] = [
  [/^points-no-antialias|^shapes-thin|^volume|^plane|^mixed/, 33],
  [/^surface-wireframe|^shapes/, 36],
  [/^surface-none|^vectors/, 40],
  [/./, 45],
];

test("all seven layer types are drawn as napari draws them", async () => {
  const renderer = await Renderer.create({ device: await testDevice() });
  const readback = new Readback(await testDevice());
  const names = (await readdir(goldens)).filter((name) => name !== "arrays" && !name.endsWith(".json"));
  expect(names.length).toBeGreaterThan(95);
  for (const name of names) {
    const picture = await drawSceneFile(join(goldens, name), renderer, readback);
    const golden = decode(await readFile(join(goldens, name, "golden.png")));
    let squares = 0;
    for (let i = 0; i < picture.width * picture.height; i++)
      for (let c = 0; c < 3; c++)
        squares += ((picture.rgba[i * 4 + c] ?? 0) - (golden.data[i * golden.channels + c] ?? 0)) ** 2;
    const psnr = 10 * Math.log10((255 * 255 * picture.width * picture.height * 3) / squares);
    expect(psnr, name).toBeGreaterThan(REACHED.find(([kind]) => kind.test(name))?.[1] ?? 28);
  }
  readback.dispose();
  renderer.dispose();
});

test("tracks have the colours that napari gives them", async () => {
  const { tables } = await loadScene(join(goldens, "tracks-tail"));
  const table = tables[0]?.table;
  if (table === undefined) throw new Error("no table");
  const given = table.columns.get("color")?.data ?? [];
  const columns = new Map([...table.columns].filter(([name]) => name !== "color"));
  const made = trackColors({ ...table, columns }, { color_by: "track_id", colormap: colormap("turbo") });
  expect(made.length).toBe(given.length);
  for (const [i, value] of made.entries()) expect(Math.abs(value - Number(given[i]))).toBeLessThan(0.01);
});
