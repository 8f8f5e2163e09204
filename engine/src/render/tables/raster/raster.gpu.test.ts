import type { TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import { SHAPE_TYPES } from "../../../model/columns.ts";
import { type TableLayerOptions, tableLayer } from "../../../model/table-layers.ts";
import { resetView } from "../../../model/view.ts";
import { badShare, noise } from "../../../testing/scenes.ts";
import { drawTable, sceneOf, tableOf } from "../../../testing/tables.ts";

const size = { width: 200, height: 150 };
const background = [0.2, 0.4, 0.6] as const;

/** Enough points that an adapter on the CPU gets pixels instead of triangles. */
function crowd(symbols: readonly number[], alpha: () => number, border: number) {
  const random = noise(5);
  const count = 2500;
  const column = (width: number, value: (i: number) => number) =>
    Float32Array.from({ length: count * width }, (_, i) => value(i));
  return tableOf(
    {
      position: { width: 2, data: Float64Array.from({ length: count * 2 }, () => random() * 500) },
      size: { width: 1, data: column(1, () => 2 + random() * 30) },
      symbol: {
        width: 1,
        data: Uint8Array.from({ length: count }, (_, i) => symbols[i % symbols.length] ?? 4),
      },
      face_color: { width: 4, data: column(4, (i) => (i % 4 === 3 ? alpha() : random())) },
      border_color: { width: 4, data: column(4, (i) => (i % 4 === 3 ? 1 : random())) },
      border_width: { width: 1, data: column(1, () => border) },
    },
    count,
  );
}

async function compare(
  source: ReturnType<typeof crowd>,
  layer: ReturnType<typeof tableLayer>,
): Promise<number> {
  const asked = sceneOf(layer, size);
  const drawn = await drawTable(source, asked, size, { background });
  const rastered = await drawTable(source, asked, size, { background, software: true });
  expect(drawn.some((value, i) => i % 4 === 0 && value !== 51)).toBe(true);
  return badShare(drawn, rastered, 16);
}

test.each([
  ["discs", [4], 1, 0.05],
  ["discs without borders", [4], 1, 0],
  ["translucent discs", [4], 0.3, 0.2],
  ["all symbols", Array.from({ length: 14 }, (_, i) => i), 0.8, 0.1],
])("%s: the pixels of the CPU are those of the triangles", async (_, symbols, alpha, border) => {
  const source = crowd(symbols, () => alpha, border);
  expect(await compare(source, tableLayer("layer", source, { type: "points" }))).toBeLessThan(0.002);
});

test("drafts of small points have the tone of what they are at rest: that of their borders", async () => {
  const random = noise(12);
  // So many that they cover the canvas, in one as in the other.
  const count = 30_000;
  for (const diameter of [0.5, 2.5, 4, 9]) {
    const one = (value: number) => ({ width: 1, data: new Float32Array(count).fill(value) });
    const color = (rgb: readonly number[]) => ({
      width: 4,
      data: Float32Array.from({ length: count * 4 }, (_, i) => [...rgb, 1][i % 4] ?? 1),
    });
    const source = tableOf(
      {
        position: { width: 2, data: Float64Array.from({ length: count * 2 }, () => random() * 140) },
        size: one(diameter),
        face_color: color([1, 0.2, 0]),
        border_color: color([0, 0.2, 1]),
        border_width: one(0.05),
      },
      count,
    );
    const asked = sceneOf(tableLayer("layer", source, { type: "points" }), size);
    const drawn = await drawTable(source, asked, size, { background });
    const draft = await drawTable(source, asked, size, { background, software: true, draft: true });
    for (const channel of [0, 1, 2]) {
      const mean = (picture: Uint8Array): number =>
        picture.reduce((sum, value, i) => (i % 4 === channel ? sum + value : sum), 0) /
        (size.width * size.height);
      expect(Math.abs(mean(drawn) - mean(draft)), `${diameter} ${channel}`).toBeLessThan(16);
    }
  }
});

test("points: opacity, opaque blending, no antialiasing, scale", async () => {
  const source = crowd([4], () => 0.7, 0.1);
  for (const [options, share] of [
    [{ opacity: 0.5 }, 0.004],
    [{ blending: "opaque" as const }, 0.008],
    // Triangles' corners are rounded to a sixteenth of a pixel; without soft edges that flips pixels.
    [{ antialiasing: 0 }, 0.03],
    [
      {
        scale: [2, 0.5],
        rotate: [
          [0.8, 0.6],
          [-0.6, 0.8],
        ],
      },
      0.004,
    ],
  ] as const) {
    const layer = tableLayer("layer", source, {
      type: "points",
      ...structuredClone(options),
    } as TableLayerOptions);
    expect(await compare(source, layer), JSON.stringify(options)).toBeLessThan(share);
  }
});

test("shapes: the pixels of the CPU are those of the triangles", async () => {
  const random = noise(6);
  const count = 400;
  const lengths = [4, 4, 2, 5, 7];
  const offsets = new Uint32Array(count + 1);
  const vertices: number[] = [];
  for (let i = 0; i < count; i++) {
    const [y, x] = [random() * 400, random() * 400];
    for (let k = 0; k < (lengths[i % 5] ?? 2); k++) vertices.push(y + random() * 60, x + random() * 60);
    offsets[i + 1] = vertices.length / 2;
  }
  const colors = Float32Array.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? 0.6 : random()));
  const source = tableOf(
    {
      vertices: { width: 2, data: Float64Array.from(vertices), offsets },
      shape_type: { width: 1, data: Uint8Array.from({ length: count }, (_, i) => i % SHAPE_TYPES.length) },
      edge_width: { width: 1, data: new Float32Array(count).fill(3) },
      edge_color: { width: 4, data: colors },
      face_color: { width: 4, data: colors.slice().reverse().fill(0.5, 0, 4) },
      z_index: { width: 1, data: Int32Array.from({ length: count }, () => Math.floor(random() * 3)) },
    },
    count,
  );
  expect(await compare(source, tableLayer("layer", source, { type: "shapes" }))).toBeLessThan(0.02);
});

/** A view of a volume's items, turned. */
function turned(layer: TableLayer, angles: readonly [number, number, number] = [25, 35, 10]) {
  const { scene, view } = sceneOf(layer, size);
  const camera: View["camera"] = { ...view.camera, angles: [...angles] };
  return {
    scene,
    view: resetView({ ...view, camera, dims: { ...view.dims, ndisplay: 3 } }, size, { keepAngles: true }),
  };
}

test("drafts in 3D: points and shapes are where the triangles are, the nearest in front", async () => {
  const random = noise(8);
  const count = 600;
  const places = (rows: number) => Float64Array.from({ length: rows * 3 }, () => random() * 300);
  const colors = (rows: number) =>
    Float32Array.from({ length: rows * 4 }, (_, i) => (i % 4 === 3 ? 1 : random()));
  const one = (value: number) => ({ width: 1, data: new Float32Array(count).fill(value) });
  const points = tableOf(
    {
      position: { width: 3, data: places(count) },
      size: one(24),
      symbol: { width: 1, data: new Uint8Array(count).fill(4) },
      face_color: { width: 4, data: colors(count) },
      border_color: { width: 4, data: colors(count) },
      border_width: one(0),
    },
    count,
  );
  const corners = places(count * 4);
  const shapes = tableOf(
    {
      vertices: {
        width: 3,
        // Rectangles in slices of their own.
        data: corners.map((_, i) => {
          const [shape, k] = [Math.floor(i / 12), Math.floor(i / 3) % 4];
          const at = corners[shape * 12 + (i % 3)] ?? 0;
          if (i % 3 === 1) return at + (k === 1 || k === 2 ? 40 : 0);
          return i % 3 === 2 ? at + (k > 1 ? 40 : 0) : at;
        }),
        offsets: Uint32Array.from({ length: count + 1 }, (_, i) => 4 * i),
      },
      shape_type: { width: 1, data: new Uint8Array(count).fill(SHAPE_TYPES.indexOf("polygon")) },
      edge_width: one(2),
      edge_color: { width: 4, data: colors(count) },
      face_color: { width: 4, data: colors(count) },
      z_index: { width: 1, data: new Int32Array(count) },
    },
    count,
  );
  for (const [source, layer, share] of [
    [points, tableLayer("layer", points, { type: "points", antialiasing: 0 }), 0.1],
    [
      points,
      tableLayer("layer", points, { type: "points", antialiasing: 0, blending: "translucent_no_depth" }),
      0.1,
    ],
    [shapes, tableLayer("layer", shapes, { type: "shapes", opacity: 1 }), 0.12],
  ] as const) {
    const asked = turned(layer);
    const drawn = await drawTable(source, asked, size, { background });
    const draft = await drawTable(source, asked, size, { background, software: true, draft: true });
    // Rims are soft in one and hard in the other; what is inside of them is the same item.
    expect(badShare(drawn, draft, 40)).toBeLessThan(share);
    expect(badShare(drawn, draft, 0)).toBeGreaterThan(0);
    const empty = drawn.map((_, i) => [51, 102, 153, 255][i % 4] ?? 0);
    expect(badShare(drawn, empty, 40)).toBeGreaterThan(0.3);
  }
});

test.each(["none", "flat", "smooth"] as const)(
  "drafts in 3D: a surface in the light of its triangles, %s",
  async (shading) => {
    const rings = 24;
    const across = 2 * rings;
    const vertices = Float64Array.from({ length: (rings + 1) * across * 3 }, (_, i) => {
      const vertex = Math.floor(i / 3);
      const [u, v] = [(Math.floor(vertex / across) / rings) * Math.PI, ((vertex % across) / rings) * Math.PI];
      return 100 + 80 * ([Math.cos(u), Math.sin(u) * Math.cos(v), Math.sin(u) * Math.sin(v)][i % 3] ?? 0);
    });
    const faces: number[] = [];
    const at = (ring: number, k: number): number => ring * across + (k % across);
    // Half of a ball: its inside is seen too.
    for (let a = 0; a < rings; a++)
      for (let b = 0; b < rings; b++)
        faces.push(at(a, b), at(a + 1, b), at(a, b + 1), at(a, b + 1), at(a + 1, b), at(a + 1, b + 1));
    const values = Float32Array.from({ length: vertices.length / 3 }, (_, i) => vertices[3 * i] ?? 0);
    const colors = Float32Array.from({ length: values.length * 4 }, (_, i) =>
      i % 4 === 3 ? 1 : (i % 97) / 97,
    );
    for (const given of [false, true]) {
      const source = tableOf(
        {
          vertices: { width: 3, data: vertices },
          faces: { width: 3, data: Uint32Array.from(faces) },
          ...(given ? { vertex_colors: { width: 4, data: colors } } : { values: { width: 1, data: values } }),
        },
        faces.length / 3,
      );
      const layer = tableLayer("layer", source, { type: "surface", shading });
      for (const angles of [
        [25, 35, 10],
        [-60, 140, 40],
        [5, 200, 80],
      ] as const) {
        const asked = turned(layer, angles);
        const drawn = await drawTable(source, asked, size, { background });
        const draft = await drawTable(source, asked, size, { background, software: true, draft: true });
        // Rims may lie a pixel beside, and a face of one colour differs from one whose corners differ.
        expect(badShare(drawn, draft, given ? 60 : 24)).toBeLessThan(0.02);
        expect(badShare(drawn, draft, 0)).toBeGreaterThan(0);
      }
    }
  },
);
