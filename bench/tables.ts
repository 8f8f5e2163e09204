/** Times points and shapes: pictures of a view that pans and zooms, and items under the cursor. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Readback } from "@eyepiece/engine/render/readback.ts";
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene, TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";

/** A deterministic pseudo-random sequence in 0..1 (mulberry32). */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function colors(count: number, random: () => number, alpha: number): Float32Array {
  return Float32Array.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? alpha : random()));
}

/** Points spread evenly over a square of `extent` data units. */
export function manyPoints(count: number, extent: number, size: number): TableSource {
  const random = noise(1);
  return {
    id: `points-${extent}`,
    version: 1,
    table: {
      count,
      columns: new Map([
        ["position", { width: 2, data: Float64Array.from({ length: count * 2 }, () => random() * extent) }],
        ["size", { width: 1, data: new Float32Array(count).fill(size) }],
        ["face_color", { width: 4, data: colors(count, random, 1) }],
        [
          "border_color",
          { width: 4, data: new Float32Array(count * 4).fill(0.41).map((v, i) => (i % 4 === 3 ? 1 : v)) },
        ],
        ["border_width", { width: 1, data: new Float32Array(count).fill(0.05) }],
      ]),
      features: new Map(),
    },
  };
}

/** A fifth each of rectangles, ellipses, lines, paths and polygons. */
export function manyShapes(count: number, extent: number): TableSource {
  const random = noise(2);
  const lengths = [4, 4, 2, 6, 8];
  const offsets = new Uint32Array(count + 1);
  const vertices: number[] = [];
  for (let i = 0; i < count; i++) {
    const [y, x] = [random() * extent, random() * extent];
    const [h, w] = [5 + random() * 20, 5 + random() * 20];
    if (i % 5 < 2) vertices.push(y, x, y, x + w, y + h, x + w, y + h, x);
    else for (let k = 0; k < (lengths[i % 5] ?? 2); k++) vertices.push(y + random() * h, x + random() * w);
    offsets[i + 1] = vertices.length / 2;
  }
  return {
    id: "shapes",
    version: 1,
    table: {
      count,
      columns: new Map([
        ["vertices", { width: 2, data: Float64Array.from(vertices), offsets }],
        ["shape_type", { width: 1, data: Uint8Array.from({ length: count }, (_, i) => i % 5) }],
        ["edge_width", { width: 1, data: new Float32Array(count).fill(1) }],
        ["edge_color", { width: 4, data: colors(count, random, 1) }],
        ["face_color", { width: 4, data: colors(count, random, 1) }],
        ["z_index", { width: 1, data: new Int32Array(count) }],
      ]),
      features: new Map(),
    },
  };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

/** Twenty pictures of a hand that drags and turns the wheel. */
function* journey(view: View): Generator<View> {
  const { camera } = view;
  for (let i = 0; i < 20; i++) {
    const [z, y, x] = camera.center;
    const share = (i - 10) / 200;
    const span = 700 / camera.zoom;
    yield {
      ...view,
      camera: {
        ...camera,
        center: [z, y + share * span, x + 2 * share * span],
        zoom: camera.zoom * 1.01 ** i,
      },
    };
  }
}

/** Median milliseconds by name. */
export async function timeTables(
  renderer: Renderer,
  readback: Readback,
  size: { readonly width: number; readonly height: number },
  counts: { readonly points: number; readonly shapes: number },
  wanted: (name: string) => boolean,
): Promise<Record<string, number>> {
  const passes: Record<string, number> = {};
  const time = async (name: string, source: TableSource, layer: TableLayer, zoom = 1): Promise<void> => {
    if (!wanted(name)) return;
    renderer.setTable(source);
    const scene: Scene = { revision: 0, title: "", layers: [layer] };
    const fitted = defaultView(scene, size);
    const view = { ...fitted, camera: { ...fitted.camera, zoom: fitted.camera.zoom * zoom } };
    const picture = async (one: View, draft: boolean): Promise<number> => {
      const start = performance.now();
      const { texture } = await renderer.render({ scene, view: one, size, quality: { draft } });
      if (texture !== undefined) await readback.readPixels(texture);
      return performance.now() - start;
    };
    passes[`${name}_first`] = await picture(view, false);
    const moving: number[] = [];
    for (const one of journey(view)) moving.push(await picture(one, true));
    passes[name] = median(moving);
    const rest: number[] = [];
    for (let i = 0; i < 3; i++)
      rest.push(
        await picture({ ...view, camera: { ...view.camera, zoom: view.camera.zoom * (1 + i / 100) } }, false),
      );
    passes[`${name}_at_rest`] = median(rest);
    const picks: number[] = [];
    for (let i = 0; i < 50; i++) {
      const start = performance.now();
      await renderer.valueAt(scene, view, size, layer.id, {
        x: (i * 37) % size.width,
        y: (i * 53) % size.height,
      });
      picks.push(performance.now() - start);
    }
    passes[`${name}_pick`] = median(picks);
    passes[`${name}_pick_first`] = picks[0] ?? 0;
    renderer.removeSource(source.id);
  };
  if (counts.points > 0) {
    const cases = [
      ["points_dense", 1000, 10, 1],
      ["points_pixel", 1000, 3, 1],
      ["points_small", 4000, 10, 1],
      ["points_small_zoomed", 4000, 10, 8],
    ] as const;
    for (const [name, extent, diameter, zoom] of cases) {
      const source = manyPoints(counts.points, extent, diameter);
      await time(name, source, tableLayer("points", source, { type: "points" }), zoom);
    }
  }
  if (counts.shapes > 0) {
    const source = manyShapes(counts.shapes, 2000);
    await time("shapes", source, tableLayer("shapes", source, { type: "shapes" }));
    await time("shapes_zoomed", source, tableLayer("shapes", source, { type: "shapes" }), 4);
  }
  return Object.fromEntries(Object.entries(passes).map(([name, ms]) => [name, Math.round(ms * 100) / 100]));
}
