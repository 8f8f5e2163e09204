/** Volumes of colours in 3D: every mode shows the colours, not one channel of them. */
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, bench } from "../../testing/scenes.ts";

const N = 24;
const size = { width: 48, height: 48 };
/** In the middle of black a block whose halves are bright green and darker blue. */
const colours = new Uint8Array(N ** 3 * 3);
for (let z = 8; z < 16; z++)
  for (let y = 8; y < 16; y++)
    for (let x = 4; x < 20; x++) colours.set(x < 12 ? [0, 240, 0] : [0, 30, 160], 3 * ((z * N + y) * N + x));

let b: Bench;
let view: View;
beforeAll(async () => {
  b = await bench(colours, [N, N, N], size, { channels: 3, chunk: [16, 16, 16] });
  view = {
    ...b.view,
    dims: { ...b.view.dims, ndisplay: 3 },
    camera: { ...b.view.camera, center: [11.5, 11.5, 11.5], zoom: 2, angles: [0, 0, 0] },
  };
});
afterAll(() => b.dispose());

test.each(["mip", "attenuated_mip", "translucent", "additive", "average", "iso"] as const)(
  "%s",
  async (rendering) => {
    const picture = await b.draw({
      scene: b.scene({ rendering, interpolation3d: "nearest", iso_threshold: 100, attenuation: 0.01 }),
      view,
    });
    const at = (x: number, y: number): number[] => [
      ...picture.subarray(4 * (y * 48 + x), 4 * (y * 48 + x) + 3),
    ];
    // One voxel is two pixels; x = 12 lies in the middle.
    const [green, blue, beside] = [at(14, 24), at(34, 24), at(24, 4)];
    expect(beside).toEqual([0, 0, 0]);
    expect(green[1]).toBeGreaterThan(50);
    expect(green[0]).toBeLessThan(20);
    expect(green[2]).toBeLessThan(20);
    expect(blue[2]).toBeGreaterThan(40);
    // Sums of many samples come near to white.
    expect(blue[2]).toBeGreaterThan((rendering === "additive" ? 1 : 2) * (blue[1] ?? 0));
    if (rendering === "mip") {
      expect(green).toEqual([0, 240, 0]);
      expect(blue).toEqual([0, 30, 160]);
    }
  },
);

test("minip shows the darkest, which is black", async () => {
  const picture = await b.draw({ scene: b.scene({ rendering: "minip" }), view });
  expect(picture[4 * (24 * 48 + 14) + 1]).toBe(0);
});
