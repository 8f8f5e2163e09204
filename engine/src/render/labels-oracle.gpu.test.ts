/** Labels in 3D against the rules written out: the first label on the ray, lit by differences of labels around it. */
import type { LabelsLayer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memorySource } from "../data/memory-source.ts";
import { labelColor } from "../model/labels.ts";
import { labelsLayer } from "../model/layer.ts";
import { type Bench, badShare, bench, noise } from "../testing/scenes.ts";

// 37 deep: 46 samples, none of which lies between two voxels.
const [D, H, W] = [37, 40, 40];
const N = Math.floor(D / 0.8 + 0.5);
const STEP = D / N;
/** Texel depth of sample i; the viewer looks from the far end of z. */
const depth = (i: number): number => D - STEP * i;
/** Blocks of three labels of three voxels' side, half of them background: flat faces, edges, corners and thin places. */
const random = noise(3);
const blocks = Array.from({ length: 13 * 14 * 14 }, () =>
  random() < 0.6 ? 0 : 1 + Math.floor(random() * 3),
);
const data = Uint8Array.from({ length: D * H * W }, (_, at) => {
  const [z, y, x] = [Math.floor(at / (H * W)), Math.floor(at / W) % H, at % W].map((one) =>
    Math.floor(one / 3),
  );
  return blocks[((z ?? 0) * 14 + (y ?? 0)) * 14 + (x ?? 0)] ?? 0;
});
const label = (z: number, y: number, x: number): number => {
  const within = (one: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(one)));
  return data[(within(z, D) * H + within(y, H)) * W + within(x, W)] ?? 0;
};

let b: Bench;
let layer: LabelsLayer;
let view: View;
beforeAll(async () => {
  b = await bench(data, [D, H, W], { width: W, height: H });
  const source = memorySource("labels", [{ data, shape: [D, H, W] }]);
  b.renderer.setSource(source);
  layer = { ...labelsLayer("labels", source), opacity: 1 };
  view = {
    ...b.view,
    dims: { ...b.view.dims, ndisplay: 3 },
    // A quarter voxel aside, so that neighbours at 1.5 voxels do not fall between voxels.
    camera: { ...b.view.camera, center: [18, 19.75, 19.75], zoom: 1 },
  };
});
afterAll(() => b.dispose());

/** Where the ray of a pixel meets the first label: texel coordinates of the hit. */
function hit(y: number, x: number): readonly [number, number, number] | undefined {
  for (let i = 0; i < N; i++) {
    if (label(depth(i), y, x) === 0) continue;
    for (let k = 0; k < 10; k++) {
      const z = depth(i - 1 + 0.1 * k);
      if (label(z, y, x) !== 0) return [z, y, x];
    }
  }
  return undefined;
}

/** Light by how much a normal faces the viewer, who looks along z. */
const lit = (normal: readonly number[]): number => {
  const length = Math.hypot(...normal);
  return 0.2 + (length > 0 ? Math.abs(normal[0] ?? 0) / length : 0);
};

const AXES = [0, 1, 2] as const;
/** The label at 1.5 voxels' steps from a place. */
const near = (at: readonly number[], step: readonly number[]): number => {
  const [z = 0, y = 0, x = 0] = at.map((one, axis) => one + 1.5 * (step[axis] ?? 0));
  return label(z, y, x);
};

/** Differences of labels along each axis; between two backgrounds there is no telling, and the light is half. */
function fast(at: readonly number[]): number {
  const pairs = AXES.map((axis) =>
    [-1, 1].map((side) =>
      near(
        at,
        AXES.map((one) => (one === axis ? side : 0)),
      ),
    ),
  );
  if (pairs.some(([a, c]) => a === 0 && c === 0)) return 0.7;
  return lit(pairs.map(([a = 0, c = 0]) => a - c));
}

/** Sobel and Feldman's operator: 1, 2 or 4 times as it is nearer to the axis. */
function smooth(at: readonly number[]): number {
  const normal = [0, 0, 0];
  for (const k of [-1, 0, 1])
    for (const j of [-1, 0, 1])
      for (const i of [-1, 0, 1]) {
        const step = [k, j, i];
        const value = near(at, step);
        for (const axis of AXES) {
          const across = step.filter((one, other) => other !== axis && one === 0).length;
          normal[axis] = (normal[axis] ?? 0) - value * (step[axis] ?? 0) * 2 ** across;
        }
      }
  return lit(normal);
}

test.each([
  ["fast", fast],
  ["smooth", smooth],
] as const)("iso_categorical, gradient %s", async (iso_gradient_mode, shade) => {
  const scene: Scene = { revision: 0, title: "", layers: [{ ...layer, iso_gradient_mode }] };
  const picture = await b.draw({ scene, view });
  const color = labelColor(layer.colormap);
  const expected = new Uint8Array(W * H * 4);
  const shades = new Set<number>();
  for (let y = 0; y < H; y++)
    for (let x = 0; x < W; x++) {
      // The pixel looks at texel (x + 0.75, y + 0.75).
      const found = hit(y + 0.75, x + 0.75);
      if (!found) continue;
      const light = shade(found);
      shades.add(Math.round(light * 100));
      const [r = 0, g = 0, blue = 0] = color(label(...found));
      expected.set(
        [r, g, blue].map((one) => Math.round(255 * Math.min(1, one * light))),
        4 * (y * W + x),
      );
    }
  expect(badShare(picture, expected, 1)).toBeLessThan(0.003);
  // Edges and corners are lit in between: the test sees more than flat faces.
  expect(shades.size).toBeGreaterThan(5);
});

test("the two gradients differ where a face ends", async () => {
  const drawn = (iso_gradient_mode: "fast" | "smooth") =>
    b.draw({ scene: { revision: 0, title: "", layers: [{ ...layer, iso_gradient_mode }] }, view });
  expect(badShare(await drawn("fast"), await drawn("smooth"), 8)).toBeGreaterThan(0.05);
});

/** What is picked at each pixel of every third row and column: a label, or nothing. */
async function pickedWith(changes: Partial<LabelsLayer>): Promise<string[]> {
  const scene: Scene = { revision: 0, title: "", layers: [{ ...layer, ...changes }] };
  const found: string[] = [];
  for (let y = 0; y < H; y += 3)
    for (let x = 0; x < W; x += 3) {
      const at = { x: x + 0.5, y: y + 0.5 };
      found.push((await b.renderer.valueAt(scene, view, { width: W, height: H }, "labels", at))?.value ?? "");
    }
  return found;
}

/** The first label on each ray that a test of voxels lets through. */
function firstOf(kept: (label: number, z: number) => boolean): string[] {
  const found: string[] = [];
  for (let y = 0; y < H; y += 3)
    for (let x = 0; x < W; x += 3) {
      const on = Array.from({ length: D }, (_, i) => D - 1 - i)
        .map((z) => [label(z, y + 0.75, x + 0.75), z] as const)
        .find(([one, z]) => one !== 0 && kept(one, z));
      found.push(on ? String(on[0]) : "");
    }
  return found;
}

test("what is picked is what is seen: the first label, the selected one, behind a clipping plane, in a plane", async () => {
  expect(await pickedWith({})).toEqual(firstOf(() => true));
  expect(await pickedWith({ show_selected_label: true, selected_label: 2 })).toEqual(
    firstOf((one) => one === 2),
  );
  const clip = { position: [19.5, 0, 0] as [number, number, number], enabled: true };
  const behind = await pickedWith({ experimental_clipping_planes: [{ ...clip, normal: [-1, 0, 0] }] });
  expect(behind).toEqual(firstOf((_, z) => z < 20));
  const plane = {
    position: [20, 0, 0] as [number, number, number],
    normal: [1, 0, 0] as [number, number, number],
  };
  expect(await pickedWith({ depiction: "plane", plane: { ...plane, thickness: 5 } })).toEqual(
    firstOf((_, z) => z >= 18 && z <= 22),
  );
  expect(new Set(behind).size).toBe(4);
});
