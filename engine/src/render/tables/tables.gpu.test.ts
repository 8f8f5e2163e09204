import type { TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, test } from "vitest";
import { symbolDistance } from "../../model/geometry/symbols.ts";
import { type TableLayerOptions, tableLayer } from "../../model/table-layers.ts";
import { drawTable, sceneOf, tableOf } from "../../testing/tables.ts";

const size = { width: 80, height: 60 };
const colors = (...rows: number[][]) => ({ width: 4, data: Float32Array.from(rows.flat()) });

/** A view whose world is the canvas: a unit is a pixel, the origin the upper left corner. */
function pixelView(
  layer: TableLayer,
  changes: Partial<View["camera"]> = {},
): { scene: ReturnType<typeof sceneOf>["scene"]; view: View } {
  const { scene, view } = sceneOf(layer, size);
  return { scene, view: { ...view, camera: { ...view.camera, zoom: 1, center: [0, 30, 40], ...changes } } };
}
const pixel = (rgba: Uint8Array, x: number, y: number) => [
  ...rgba.subarray((y * size.width + x) * 4, (y * size.width + x) * 4 + 3),
];

function onePoint(
  symbol: number,
  options: Partial<Extract<TableLayerOptions, { type: "points" }>> = {},
  extra: Parameters<typeof tableOf>[0] = {},
) {
  const source = tableOf(
    {
      position: { width: 2, data: Float64Array.of(30.3, 40.6) },
      size: { width: 1, data: Float32Array.of(33) },
      symbol: { width: 1, data: Uint8Array.of(symbol) },
      face_color: colors([1, 0.5, 0, 1]),
      border_color: colors([0, 0, 1, 1]),
      border_width: { width: 1, data: Float32Array.of(0) },
      ...extra,
    },
    1,
  );
  return { source, layer: tableLayer("layer", source, { type: "points", ...options }) };
}

describe("points", () => {
  test.each(Array.from({ length: 14 }, (_, i) => i))(
    "symbol %i has soft edges by its distance",
    async (symbol) => {
      const { source, layer } = onePoint(symbol);
      const rgba = await drawTable(source, pixelView(layer), size);
      let off = 0;
      for (let y = 0; y < size.height; y++)
        for (let x = 0; x < size.width; x++) {
          const r = symbolDistance(symbol, x + 0.5 - 40.6, y + 0.5 - 30.3, 33);
          const alpha = r > 1 ? 0 : r <= -1 ? 1 : Math.exp(-((1 + r) ** 2));
          if (Math.abs((pixel(rgba, x, y)[0] ?? 0) - 255 * alpha) > 8) off++;
        }
      expect(off).toBeLessThan(6);
    },
  );

  test("later ones lie over earlier ones; hidden ones are not drawn", async () => {
    const source = tableOf(
      {
        position: { width: 2, data: Float64Array.of(30, 40, 30, 44, 30, 48) },
        size: { width: 1, data: Float32Array.of(20, 20, 20) },
        face_color: colors([1, 0, 0, 1], [0, 1, 0, 0.5], [0, 0, 1, 1]),
        border_width: { width: 1, data: new Float32Array(3) },
        shown: { width: 1, data: Uint8Array.of(1, 1, 0) },
      },
      3,
    );
    const layer = tableLayer("layer", source, { type: "points" });
    const rgba = await drawTable(source, pixelView(layer), size);
    expect(pixel(rgba, 42, 30).map((value) => Math.round(value / 8))).toEqual([16, 16, 0]);
    expect(pixel(rgba, 56, 30)).toEqual([0, 0, 0]);
  });

  test("great coordinates keep their small digits", async () => {
    const far = 3e7;
    const { source, layer } = onePoint(
      4,
      {},
      { position: { width: 2, data: Float64Array.of(far + 30.3, far + 40.6) } },
    );
    const near = onePoint(4);
    const rgba = await drawTable(source, pixelView(layer, { center: [0, far + 30, far + 40] }), size);
    const same = await drawTable(near.source, pixelView(near.layer), size);
    expect(rgba.every((value, i) => Math.abs(value - (same[i] ?? 0)) <= 3)).toBe(true);
  });
});

describe("all tables", () => {
  const source = tableOf(
    {
      vertices: {
        width: 2,
        data: Float64Array.of(10, 10, 10, 70, 50, 70, 50, 10),
        offsets: Uint32Array.of(0, 4),
      },
      shape_type: { width: 1, data: Uint8Array.of(0) },
      edge_width: { width: 1, data: Float32Array.of(0) },
      face_color: colors([0, 1, 0, 1]),
      edge_color: colors([1, 0, 0, 1]),
    },
    1,
  );

  test("a triangle covers the pixels whose centres it holds", async () => {
    const layer = tableLayer("layer", source, { type: "shapes", opacity: 1 });
    const rgba = await drawTable(source, pixelView(layer), size);
    for (let y = 0; y < size.height; y++)
      for (let x = 0; x < size.width; x++)
        expect(pixel(rgba, x, y)[1], `${x}, ${y}`).toBe(x >= 10 && x < 70 && y >= 10 && y < 50 ? 255 : 0);
  });

  test("clipping planes cut in world units, several of them together", async () => {
    // Displayed triples: (depth, vertical, horizontal). The layer is half as large as its data.
    const plane = (axis: number, at: number, sign: number) => ({
      position: [0, 1, 2].map((k) => (k === axis ? at : 0)) as [number, number, number],
      normal: [0, 1, 2].map((k) => (k === axis ? sign : 0)) as [number, number, number],
      enabled: true,
    });
    const layer = tableLayer("layer", source, {
      type: "shapes",
      opacity: 1,
      scale: [0.5, 0.5],
      experimental_clipping_planes: [
        plane(2, 12, 1),
        plane(1, 20, -1),
        { ...plane(2, 100, 1), enabled: false },
      ],
    });
    const rgba = await drawTable(source, pixelView(layer), size);
    for (let y = 0; y < 60; y++)
      for (let x = 0; x < 80; x++)
        expect(pixel(rgba, x, y)[1], `${x}, ${y}`).toBe(x >= 12 && x < 35 && y >= 5 && y < 20 ? 255 : 0);
    const cut = onePoint(7, { experimental_clipping_planes: [plane(2, 40, 1)], antialiasing: 0 });
    const half = await drawTable(cut.source, pixelView(cut.layer), size);
    expect([pixel(half, 39, 30)[0], pixel(half, 40, 30)[0]]).toEqual([0, 255]);
  });

  test("shapes meet what is below by their own blending, also as the first layer", async () => {
    for (const [blending, expected] of [
      ["translucent", [51, 153, 51]],
      ["additive", [102, 204, 102]],
      ["multiplicative", [0, 102, 0]],
      ["minimum", [0, 102, 0]],
      ["opaque", [0, 255, 0]],
    ] as const) {
      const layer = tableLayer("layer", source, {
        type: "shapes",
        opacity: blending === "additive" ? 0.4 : 0.5,
        blending,
      });
      const rgba = await drawTable(source, pixelView(layer), size, { background: [0.4, 0.4, 0.4] });
      const found = pixel(rgba, 40, 30);
      const wanted = blending === "translucent" ? [51, 179, 51] : expected;
      for (const [c, value] of found.entries())
        expect(Math.abs(value - (wanted[c] ?? 0)), blending).toBeLessThanOrEqual(2);
    }
  });

  test("surfaces follow their values through limits and colormap, and through time", async () => {
    const mesh = tableOf(
      {
        vertices: { width: 2, data: Float64Array.of(0, 0, 0, 80, 60, 0, 60, 80) },
        faces: { width: 3, data: Uint32Array.of(0, 1, 2, 1, 3, 2) },
        values: { width: 2, data: Float32Array.of(0, 5, 0, 5, 0, 5, 0, 5) },
      },
      2,
    );
    const layer = tableLayer("layer", mesh, { type: "surface", contrast_limits: [0, 10] });
    expect([layer.data.ndim, layer.data.extent[0]]).toEqual([3, [0, 1]]);
    const asked = pixelView(layer);
    const at = (time: number) =>
      drawTable(
        mesh,
        { ...asked, view: { ...asked.view, dims: { ...asked.view.dims, point: [time, 0, 0] } } },
        size,
      );
    expect(pixel(await at(0), 40, 30)).toEqual([0, 0, 0]);
    const gray = pixel(await at(1), 40, 30)[0] ?? 0;
    expect(Math.abs(gray - 127.5)).toBeLessThanOrEqual(1);
  });

  test("a surface wears its picture, the first row on top; wires and normals lie over it", async () => {
    const square = tableOf(
      {
        vertices: { width: 3, data: Float64Array.of(0, 0, 0, 0, 0, 80, 0, 60, 0, 0, 60, 80) },
        faces: { width: 3, data: Uint32Array.of(0, 2, 1, 1, 2, 3) },
        texture: { width: 4, data: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255) },
        texcoords: { width: 2, data: Float32Array.of(0, 1, 1, 1, 0, 0, 1, 0) },
      },
      2,
    );
    const texture = { width: 1, height: 2 };
    const layer = (options: object): TableLayer =>
      tableLayer("layer", square, {
        type: "surface",
        texture,
        shading: "none",
        ...options,
      } as TableLayerOptions);
    const draw = (one: TableLayer, angles: [number, number, number] = [0, 0, 0]) => {
      const { scene, view } = pixelView(one, { center: [0, 30, 40], angles });
      return drawTable(square, { scene, view: { ...view, dims: { ...view.dims, ndisplay: 3 } } }, size);
    };
    const plain = await draw(layer({}));
    expect([pixel(plain, 20, 10), pixel(plain, 20, 50)]).toEqual([
      [255, 0, 0],
      [0, 255, 0],
    ]);
    const wired = await draw(layer({ wireframe: { visible: true, color: [0, 0, 0, 1], width: 3 } }));
    // On the diagonal between the two faces, and far from any side. The picture dyes wires too, as napari's does.
    expect(Math.max(...pixel(wired, 40, 30))).toBeLessThan(60);
    expect(pixel(wired, 15, 15)).toEqual([255, 0, 0]);
    const line = { visible: true, color: [1, 1, 1, 1], width: 3, length: 20 };
    const off = { ...line, visible: false };
    // Seen from the side the surface is a line, and its normals stand on it.
    const side = await draw(layer({ normals: { face: line, vertex: off } }), [0, 90, 0]);
    const white = (rgba: Uint8Array) => rgba.filter((value, i) => i % 4 === 2 && value > 200).length;
    expect(white(side)).toBeGreaterThan(2 * 2 * 15);
    expect(white(await draw(layer({}), [0, 90, 0]))).toBe(0);
  });
});
