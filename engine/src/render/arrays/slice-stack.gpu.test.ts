/** Slices that meet voxel by voxel are what they are pixel by pixel. */
import type { ImageLayer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import { memorySource } from "../../data/memory-source.ts";
import type { Size } from "../../model/camera.ts";
import { colormap } from "../../model/colormaps.ts";
import { imageLayer } from "../../model/layer.ts";
import { defaultView } from "../../model/view.ts";
import { testDevice } from "../../testing/device.ts";
import { badShare, noise, worst } from "../../testing/scenes.ts";
import { Readback } from "../readback.ts";
import { Renderer } from "../renderer.ts";

const SHAPE = [3, 20, 30] as const;
const size = { width: 240, height: 180 };
const random = noise(11);
const values = Float32Array.from({ length: SHAPE[0] * SHAPE[1] * SHAPE[2] }, () => random() * 200);

type Change = Partial<ImageLayer>;
const PLAIN: Change = { blending: "translucent_no_depth" };
const ADDED: Change = { blending: "additive", colormap: colormap("magenta") };

const CASES: readonly (readonly [string, readonly Change[], number])[] = [
  ["one", [PLAIN], 1],
  ["one that hides another", [PLAIN, { ...PLAIN, colormap: colormap("viridis") }], 1],
  ["half seen through", [PLAIN, { ...PLAIN, colormap: colormap("green"), opacity: 0.4 }], 1],
  ["channels", [{ ...ADDED, colormap: colormap("cyan") }, ADDED, { ...ADDED, gamma: 0.6, opacity: 0.8 }], 1],
  [
    "limits either way",
    [
      { ...PLAIN, contrast_limits: [150, 20] },
      { ...ADDED, contrast_limits: [50, 60] },
    ],
    1,
  ],
  ["another place between", [PLAIN, { ...ADDED, translate: [0, 2.5, 1] }, ADDED], 3],
  [
    "a blending that is not a sum between",
    [PLAIN, { ...PLAIN, blending: "minimum", colormap: colormap("red") }, ADDED],
    2,
  ],
  ["a filter between", [PLAIN, { ...ADDED, interpolation2d: "linear" }, ADDED], 2],
  [
    "turned",
    [
      { ...PLAIN, rotate: turned(0.4) },
      { ...ADDED, rotate: turned(0.4) },
    ],
    1,
  ],
  ["holes", [PLAIN, { ...PLAIN, name: "holes", colormap: colormap("red") }], 1],
];

function turned(angle: number): number[][] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [1, 0, 0],
    [0, c, -s],
    [0, s, c],
  ];
}

test.each(CASES)("%s", async (_, changes, stacks) => {
  await compare(changes, size, stacks);
});

// The last but one is turned: its pixels lie along no voxels.
test.each(CASES.filter(([name]) => name !== "turned"))(
  "with fewer pixels than voxels: %s",
  async (_, changes, stacks) => {
    for (const small of [
      { width: 33, height: 25 },
      { width: 17, height: 12 },
    ])
      await compare(changes, small, stacks);
  },
);

/** Slices in a draft with and without stacks are one picture. */
async function compare(changes: readonly Change[], size: Size, stacks: number): Promise<void> {
  const device = await testDevice();
  const readback = new Readback(device);
  const pictures: Uint8Array[] = [];
  for (const software of [false, true]) {
    const renderer = await Renderer.create({ device, software });
    const layers: ImageLayer[] = [];
    for (const [i, change] of changes.entries()) {
      const data = values.map((value, k) =>
        change.name === "holes" && k % 3 === 0 ? Number.NaN : (value * (7 + i)) % 200,
      );
      const source = memorySource(`source ${i}`, [{ data, shape: SHAPE }], { chunk: [1, 16, 16] });
      renderer.setSource(source);
      layers.push({ ...(await imageLayer(`layer ${i}`, source)), contrast_limits: [0, 200], ...change });
    }
    const scene: Scene = { revision: 0, title: "", layers };
    const view: View = defaultView(scene, size);
    const asked = {
      scene,
      view: { ...view, dims: { ...view.dims, point: [1, 0, 0] } },
      size,
      quality: { draft: true },
    };
    const outcome = await renderer.renderComplete(asked);
    if (outcome.texture === undefined) throw new Error("no texture");
    pictures.push(await readback.readPixels(outcome.texture));
    const held = renderer.residency.pool.names().filter((name) => name.startsWith("stack/"));
    expect(held.length).toBe(software ? stacks : 0);
    renderer.dispose();
  }
  readback.dispose();
  const [drawn, stacked] = pictures as [Uint8Array, Uint8Array];
  expect(badShare(drawn, new Uint8Array(drawn.length), 8)).toBeGreaterThan(0.2);
  // The table's steps are a quarter of a level apart; what stays of three layers is rounded once more.
  expect(worst(drawn, stacked)).toBeLessThanOrEqual(3);
}
