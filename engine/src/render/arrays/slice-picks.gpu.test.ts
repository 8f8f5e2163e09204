/** Pictures of slices with more voxels than pixels: each pixel shows the voxel under its middle, whatever the bricks. */
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import type { BrickArray } from "../../data/chunk-source.ts";
import { bench, noise } from "../../testing/scenes.ts";

const SHAPE = [3, 301, 407] as const;
const size = { width: 64, height: 48 };
const random = noise(5);
const values = Array.from({ length: SHAPE[0] * SHAPE[1] * SHAPE[2] }, () => Math.floor(random() * 256));

const kinds: readonly [string, () => BrickArray, number[]][] = [
  ["float64", () => Float64Array.from(values), [1, 64, 100]],
  ["uint8, one brick", () => Uint8Array.from(values), [3, 301, 407]],
  ["uint16", () => Uint16Array.from(values), [2, 37, 41]],
  ["int64", () => BigInt64Array.from(values.map(BigInt)), [1, 64, 64]],
];

test.each(kinds)("%s", async (_, data, chunk) => {
  const b = await bench(data(), SHAPE, size, { chunk });
  try {
    for (const { order, zoom, center, z } of [
      { order: [0, 1, 2], zoom: 0.15, center: [0, 150, 203], z: 1 },
      // Turned, and partly beside the canvas.
      { order: [0, 2, 1], zoom: 0.21, center: [0, 90.3, 40.7], z: 2 },
    ]) {
      const view: View = {
        ...b.view,
        camera: { ...b.view.camera, zoom, center: center as [number, number, number] },
        dims: { ...b.view.dims, ndisplay: 2, order, point: [z, 0, 0] },
      };
      const picture = await b.draw({ scene: b.scene({ contrast_limits: [0, 255] }), view });
      const [tall, wide] = [SHAPE[order[1] ?? 1] ?? 1, SHAPE[order[2] ?? 2] ?? 1];
      let wrong = 0;
      let seen = 0;
      for (let y = 0; y < size.height; y++)
        for (let x = 0; x < size.width; x++) {
          const down = Math.floor((center[1] ?? 0) + (y + 0.5 - size.height / 2) / zoom + 0.5);
          const right = Math.floor((center[2] ?? 0) + (x + 0.5 - size.width / 2) / zoom + 0.5);
          const inside = down >= 0 && down < tall && right >= 0 && right < wide;
          const [row, column] = order[1] === 1 ? [down, right] : [right, down];
          const wanted = inside ? (values[(z * SHAPE[1] + row) * SHAPE[2] + column] ?? 0) : 0;
          if (inside) seen++;
          if (Math.abs((picture[4 * (y * size.width + x)] ?? 0) - wanted) > 1) wrong++;
        }
      expect(seen).toBeGreaterThan(500);
      expect(wrong).toBe(0);
      // The texture is as large as the picture, not as the data.
      expect(b.renderer.gpuBytes).toBeLessThan(64 * 48 * 4 * 3 + 8192);
    }
  } finally {
    b.dispose();
  }
});

test("colours", async () => {
  const colours = Uint8Array.from(values.slice(0, 300 * 400 * 3));
  const b = await bench(colours, [300, 400], size, { chunk: [64, 64], channels: 3 });
  try {
    const zoom = 0.13;
    const view: View = { ...b.view, camera: { ...b.view.camera, zoom, center: [0, 150, 200] } };
    const picture = await b.draw({ scene: b.scene(), view });
    const [y, x] = [20, 30];
    const row = Math.floor(150 + (y + 0.5 - 24) / zoom + 0.5);
    const column = Math.floor(200 + (x + 0.5 - 32) / zoom + 0.5);
    const from = 3 * (row * 400 + column);
    expect([...picture.subarray(4 * (y * 64 + x), 4 * (y * 64 + x) + 3)]).toEqual([
      ...colours.subarray(from, from + 3),
    ]);
  } finally {
    b.dispose();
  }
});
