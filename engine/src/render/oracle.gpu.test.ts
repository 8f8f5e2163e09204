/** Volumes against the rules written out: a random volume seen from the front, sample by sample. */
import type { ImageLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colormapTable } from "../model/colormaps.ts";
import { type Bench, badShare, bench, noise } from "../testing/scenes.ts";

// 37 deep: 46 samples, none of which lies between two voxels.
const [D, H, W] = [37, 40, 40];
const random = noise(1);
const data = new Float32Array(D * H * W).map(() => random());
const value = (z: number, y: number, x: number): number => {
  const within = (one: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(one)));
  return data[(within(z, D) * H + within(y, H)) * W + within(x, W)] ?? 0;
};
const N = Math.floor(D / 0.8 + 0.5);
const STEP = D / N;
/** Texel depth of sample i; the viewer looks from the far end of z. */
const depth = (i: number): number => D - STEP * i;

let b: Bench;
let view: View;
beforeAll(async () => {
  b = await bench(data, [D, H, W], { width: W, height: H }, { software: true });
  view = {
    ...b.view,
    dims: { ...b.view.dims, ndisplay: 3 },
    // A quarter voxel aside, so that neighbours at 1.5 voxels do not fall between voxels either.
    camera: { ...b.view.camera, center: [18, 19.75, 19.75], zoom: 1 },
  };
});
afterAll(() => b.dispose());

type Ray = (y: number, x: number) => number | readonly [number, number];

/** Compares with gray levels (and alpha over black) that a rule gives for each pixel. */
async function check(changes: Partial<ImageLayer>, rule: Ray): Promise<void> {
  const [low, high] = changes.contrast_limits ?? [0, 1];
  const gamma = changes.gamma ?? 1;
  const picture = await b.draw({
    scene: b.scene({ interpolation3d: "nearest", contrast_limits: [low, high], ...changes }),
    view,
  });
  const expected = new Uint8Array(W * H * 4);
  for (let y = 0; y < H; y++)
    for (let x = 0; x < W; x++) {
      const found = rule(y, x);
      const level =
        typeof found === "number"
          ? Math.min(1, Math.max(0, (found - low) / (high - low))) ** gamma
          : found[0] * found[1];
      expected.fill(Math.round(255 * level), 4 * (y * W + x), 4 * (y * W + x) + 3);
    }
  expect(badShare(picture, expected, 1)).toBeLessThan(0.003);
  // Not a comparison of two black pictures.
  expect(picture.reduce((sum, one) => sum + one, 0) / picture.length).toBeGreaterThan(70);
}

const ray = (y: number, x: number): number[] => Array.from({ length: N }, (_, i) => value(depth(i), y, x));
const through = (y: number, x: number): number[] => Array.from({ length: D }, (_, z) => value(z, y, x));
const colour = (v: number, low = 0, high = 1, gamma = 1): number =>
  Math.min(1, Math.max(0, (v - low) / (high - low))) ** gamma;

describe.each([
  { contrast_limits: [0, 1] as [number, number], gamma: 1 },
  { contrast_limits: [0.3, 0.8] as [number, number], gamma: 1 },
  { contrast_limits: [0, 1] as [number, number], gamma: 2 },
])("limits $contrast_limits, gamma $gamma", (look) => {
  test("mip is the maximum", () =>
    check({ ...look, rendering: "mip" }, (y, x) => Math.max(...through(y, x))));
  test("minip is the minimum", () =>
    check({ ...look, rendering: "minip", contrast_limits: [-1, 1] }, (y, x) => Math.min(...through(y, x))));
  test("average is the mean of the samples", () =>
    check({ ...look, rendering: "average" }, (y, x) => ray(y, x).reduce((a, c) => a + c, 0) / N));
  test("attenuated mip", () => {
    const [low, high] = look.contrast_limits;
    return check({ ...look, rendering: "attenuated_mip", attenuation: 0.1 }, (y, x) => {
      let [best, sum] = [low, 0];
      for (const v of ray(y, x)) {
        sum += 0.8 * colour(v, low, high);
        const scale = Math.exp(-0.1 * (sum - 1));
        if (best > scale * high) break;
        best = Math.max(best, v * scale);
      }
      return best;
    });
  });
  test("additive, with the table's bytes", () => {
    const [low, high] = look.contrast_limits;
    // A faint map, since an opaque one is white after a few samples.
    const colormap = {
      name: "faint",
      colors: [
        [0, 0, 0, 0],
        [0.05, 0.05, 0.05, 1],
      ] as [number, number, number, number][],
      controls: [0, 1],
      interpolation: "linear" as const,
    };
    const table = colormapTable(colormap);
    const look8 = (t: number, channel: number): number => {
      const q = Math.min(1023, Math.max(0, t * 1024 - 0.5));
      const i = Math.floor(q);
      const texel = (k: number): number => (table[4 * Math.min(1023, k) + channel] ?? 0) / 255;
      return texel(i) * (1 - (q - i)) + texel(i + 1) * (q - i);
    };
    return check({ ...look, rendering: "additive", colormap }, (y, x) => {
      let [c, a] = [0, 0];
      for (const v of ray(y, x)) {
        const t = colour(v, low, high, look.gamma);
        c = 1 - (1 - c) * (1 - look8(t, 0));
        a = 1 - (1 - a) * (1 - look8(t, 3));
      }
      return [c, a];
    });
  });
  test("translucent", () => {
    const [low, high] = look.contrast_limits;
    const colormap = {
      name: "ramp",
      colors: [
        [0.9, 0.9, 0.9, 0],
        [0.5, 0.5, 0.5, 0.4],
      ] as [number, number, number, number][],
      controls: [0, 1],
      interpolation: "linear" as const,
    };
    return check({ ...look, rendering: "translucent", colormap }, (y, x) => {
      let [c, a] = [0, 0];
      for (const v of ray(y, x)) {
        const t = colour(v, low, high, look.gamma);
        const added = 0.4 * t * (1 - a);
        const alpha = Math.max(a + added, 0.001);
        c = (c * a) / alpha + ((0.9 - 0.4 * t) * added) / alpha;
        a = alpha;
        if (alpha > 0.99) break;
      }
      return [c, a];
    });
  });
});

test("while the view moves on a CPU, samples are as far apart as pixels; sums keep theirs", async () => {
  const draw = (rendering: ImageLayer["rendering"], draft: boolean) =>
    b.draw({
      scene: b.scene({ interpolation3d: "nearest", contrast_limits: [0, 1], rendering }),
      view,
      pixelRatio: 0.5,
      quality: { draft },
    });
  // Pixels of two voxels, of which one is met.
  const n = Math.floor(D / 2 + 0.5);
  const expected = new Uint8Array(W * H);
  for (let y = 0; y < H / 2; y++)
    for (let x = 0; x < W / 2; x++) {
      const met = Array.from({ length: n }, (_, i) => value(D - (D / n) * i, 2 * y + 1, 2 * x + 1));
      const at = 4 * (y * (W / 2) + x);
      expected.fill(Math.round((255 * met.reduce((a, c) => a + c, 0)) / n), at, at + 3);
    }
  expect(badShare(await draw("average", true), expected, 1)).toBeLessThan(0.003);
  expect(badShare(await draw("average", false), expected, 1)).toBeGreaterThan(0.5);
  for (const rendering of ["additive", "attenuated_mip", "translucent"] as const)
    expect(badShare(await draw(rendering, true), await draw(rendering, false), 0)).toBe(0);
});

test("iso: trigger, refinement, light on the raw value", () =>
  check({ rendering: "iso", iso_threshold: 0.9 }, (y, x) => {
    for (let i = 0; i < N; i++) {
      if (value(depth(i), y, x) <= 0.9 - 0.2) continue;
      for (let k = 0; k < 10; k++) {
        const z = depth(i - 1 + 0.1 * k);
        const found = value(z, y, x);
        if (found <= 0.9) continue;
        // The pixel looks at texel (x + 0.75, y + 0.75).
        const pairs = [
          [value(z, y, x + 0.75 - 1.5), value(z, y, x + 0.75 + 1.5)],
          [value(z, y + 0.75 - 1.5, x), value(z, y + 0.75 + 1.5, x)],
          [value(z - 1.5, y, x), value(z + 1.5, y, x)],
        ] as const;
        const [gx, gy, gz] = pairs.map(([a, c]) => a - c) as [number, number, number];
        const facing = Math.abs(gz) / Math.hypot(gx, gy, gz);
        return Math.max(found, ...pairs.flat()) * (0.2 + facing) + facing ** 40;
      }
    }
    return 0;
  }));

describe("filters in three axes", () => {
  const kernels: Record<string, { radius: number; weight: (x: number) => number }> = {
    cubic: {
      radius: 2,
      weight: (x) => (x >= 2 ? 0 : ((x + 2) ** 3 - 4 * (x + 1) ** 3 + 6 * x ** 3 - 4 * (x - 1) ** 3) / 6),
    },
    spline36: {
      radius: 3,
      weight: (x) => {
        if (x < 1) return (((13 / 11) * x - 453 / 209) * x - 3 / 209) * x + 1;
        if (x < 2) return (((-6 / 11) * (x - 1) + 270 / 209) * (x - 1) - 156 / 209) * (x - 1);
        return x < 3 ? (((1 / 11) * (x - 2) - 45 / 209) * (x - 2) + 26 / 209) * (x - 2) : 0;
      },
    },
  };
  /** Weights of the taps around a texel coordinate, as vispy's table gives them back. */
  const taps = (at: number, { radius, weight }: { radius: number; weight: (x: number) => number }) => {
    const base = Math.floor(at - 0.5);
    const f = at - 0.5 - base;
    const raw = Array.from({ length: 2 * radius }, (_, k) => weight(Math.abs(k + 1 - radius - f)));
    const total = raw.reduce((sum, one) => sum + one, 0);
    return raw.map((one, k) => ({
      index: base + k + 1 - radius,
      weight: (one / total + 0.23437733) * (256 / 255) - 0.23437733,
    }));
  };
  test.each(["cubic", "spline36"] as const)("%s", async (interpolation3d) => {
    const kernel = kernels[interpolation3d];
    if (!kernel) throw new Error("no such kernel");
    const along = Array.from({ length: N }, (_, i) => taps(depth(i), kernel));
    await check({ interpolation3d, rendering: "average", gamma: 1 }, (y, x) => {
      // The camera looks a quarter voxel aside.
      const rows = taps(y + 0.75, kernel);
      const columns = taps(x + 0.75, kernel);
      let sum = 0;
      for (const slices of along)
        for (const z of slices)
          for (const row of rows)
            for (const column of columns)
              sum += z.weight * row.weight * column.weight * value(z.index, row.index, column.index);
      return sum / N;
    });
  });
});
