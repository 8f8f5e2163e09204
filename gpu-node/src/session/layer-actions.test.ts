import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { ImageLayer, Layer } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { derivedSource, derivedUri, PROJECTIONS, recipeOf } from "./derived.ts";
import type { Reader } from "./reading.ts";
import { SceneHost, type SceneListener } from "./scene-host.ts";

const SHAPE = [5, 4, 6];
const VALUES = Float32Array.from({ length: 120 }, (_, i) => ((i * 37) % 101) - 20);

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "actions-"));
  folders.push(made);
  return made;
}

const reader: Reader = async () => [
  {
    source: memorySource("m", [{ data: VALUES.slice(), shape: SHAPE }], { chunk: [2, 3, 4] }),
    defaults: {},
  },
];

function host(path: string): SceneHost {
  const nothing = (): void => {};
  const listener: SceneListener = {
    ...{ changed: nothing, sourceAdded: nothing, tableChanged: nothing, bricksChanged: nothing },
    ...{ sourceRemoved: nothing, released: nothing, progress: nothing },
    notice: (_, text) => {
      throw new Error(text);
    },
  };
  return new SceneHost(path, "test", reader, listener);
}

/** All values of a layer's finest level, brick by brick. */
async function valuesOf(session: SceneHost, layer: Layer | undefined): Promise<number[]> {
  const source = session.source(layer?.data.source ?? "");
  const info = source?.levels[0];
  if (!source || !info) throw new Error("The layer has no data.");
  const out = new Array<number>(info.shape.reduce((n, size) => n * size, 1) * Math.max(1, source.channels));
  const counts = info.shape.map((size, axis) => Math.ceil(size / (info.chunk[axis] ?? 1)));
  const inner = Math.max(1, source.channels);
  for (let n = 0; n < counts.reduce((a, b) => a * b, 1); n++) {
    let rest = n;
    const index = counts.map(() => 0);
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      index[axis] = rest % (counts[axis] ?? 1);
      rest = Math.floor(rest / (counts[axis] ?? 1));
    }
    const brick = await source.readBrick(0, index);
    for (let i = 0; i < brick.data.length / inner; i++) {
      let left = i;
      let at = 0;
      let stride = 1;
      for (let axis = brick.shape.length - 1; axis >= 0; axis--) {
        const place = left % (brick.shape[axis] ?? 1);
        left = Math.floor(left / (brick.shape[axis] ?? 1));
        at += (place + (index[axis] ?? 0) * (info.chunk[axis] ?? 1)) * stride;
        stride *= info.shape[axis] ?? 1;
      }
      for (let c = 0; c < inner; c++) out[at * inner + c] = Number(brick.data[i * inner + c]);
    }
  }
  return out;
}

const act = (session: SceneHost, asked: unknown): Promise<string[]> => session.act(JSON.stringify(asked));

test.each(PROJECTIONS)("projects by %s over any axis, as NumPy does", async (mode) => {
  const session = host(folder());
  const [id] = await session.open("memory");
  for (const axis of [0, 1, 2]) {
    const [made] = await act(session, { action: "project", layers: [id], axis, mode });
    const layer = session.scene.layers.find((one) => one.id === made);
    const values = await valuesOf(session, layer);
    const kept = SHAPE.filter((_, one) => one !== axis);
    expect(layer?.type === "image" && layer.data.shape).toEqual(kept);
    const strides = [24, 6, 1];
    const [outer = 0, fast = 0] = strides.filter((_, one) => one !== axis);
    for (let at = 0; at < values.length; at++) {
      const base = Math.floor(at / (kept[1] ?? 1)) * outer + (at % (kept[1] ?? 1)) * fast;
      const line = Array.from(
        { length: SHAPE[axis] ?? 0 },
        (_, i) => VALUES[base + i * (strides[axis] ?? 0)] ?? 0,
      );
      const sorted = [...line].sort((a, b) => a - b);
      const mean = line.reduce((a, b) => a + b, 0) / line.length;
      const half = sorted.length >> 1;
      const wanted = {
        max: Math.max(...line),
        min: Math.min(...line),
        sum: mean * line.length,
        mean,
        std: Math.sqrt(line.reduce((a, b) => a + (b - mean) ** 2, 0) / line.length),
        median: sorted.length % 2 ? sorted[half] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2,
      }[mode];
      expect(values[at]).toBeCloseTo(wanted ?? Number.NaN, 3);
    }
  }
  await session.dispose();
});

test("what was computed from other layers comes back with the session, also when those are gone from the list", async () => {
  const path = folder();
  const session = host(path);
  const [id = ""] = await session.open("memory");
  const [sum] = await act(session, { action: "project", layers: [id], axis: 0, mode: "sum" });
  const [again] = await act(session, { action: "project", layers: [sum], axis: 0, mode: "max" }).catch(() => [
    "",
  ]);
  expect(again).toBe("");
  const before = await valuesOf(
    session,
    session.scene.layers.find((one) => one.id === sum),
  );
  session.removeForGood(id);
  await session.dispose();

  const back = host(path);
  back.restore();
  const layer = back.scene.layers.find((one) => one.id === sum);
  await expect.poll(() => back.source(layer?.data.source ?? "") !== undefined).toBe(true);
  expect(await valuesOf(back, layer)).toEqual(before);
  await back.dispose();
});

test("labels that are duplicated have what was painted, and are painted on their own, also after a restart", async () => {
  const path = folder();
  const session = host(path);
  const [id = ""] = await session.open("memory");
  const [labels = ""] = await act(session, { action: "convert", layers: [id], to: "labels" });
  expect(session.scene.layers.map((layer) => layer.type)).toEqual(["labels"]);
  const paint = (layer: string, point: number[], value: number) =>
    session.operate(
      JSON.stringify([
        { op: "labels.paint", id: layer, points: [point], value, brush_size: 1, axes: [1, 2], only: null },
      ]),
      "",
    );
  await paint(labels, [0, 0, 0], 77);
  const [copy = ""] = await act(session, { action: "duplicate", layers: [labels] });
  await paint(labels, [0, 0, 1], 88);
  await paint(copy, [0, 0, 2], 99);
  const find = (one: SceneHost, wanted: string) => one.scene.layers.find((layer) => layer.id === wanted);
  const check = async (one: SceneHost) => {
    expect((await valuesOf(one, find(one, labels))).slice(0, 3)).toEqual([
      77,
      88,
      Math.trunc(VALUES[2] ?? 0),
    ]);
    expect((await valuesOf(one, find(one, copy))).slice(0, 3)).toEqual([77, Math.trunc(VALUES[1] ?? 0), 99]);
  };
  await check(session);
  await session.dispose();
  const back = host(path);
  back.restore();
  await expect.poll(() => back.source(find(back, copy)?.data.source ?? "") !== undefined).toBe(true);
  await check(back);
  await back.dispose();
});

test("a stack is split and merged to what it was; undo brings the first layer back", async () => {
  const session = host(folder());
  const [id = ""] = await session.open("memory");
  const parts = await act(session, { action: "split_stack", layers: [id], axis: 0 });
  expect(parts).toHaveLength(5);
  expect(session.scene.layers.every((layer) => (layer as ImageLayer).data.shape.join() === "4,6")).toBe(true);
  const [merged] = await act(session, { action: "merge_stack", layers: parts });
  expect(session.scene.layers).toHaveLength(1);
  expect(
    await valuesOf(
      session,
      session.scene.layers.find((one) => one.id === merged),
    ),
  ).toEqual([...VALUES]);
  await session.undo(false);
  await session.undo(false);
  expect(session.scene.layers.map((layer) => layer.id)).toEqual([id]);
  await session.dispose();
});

test("three images become colours, and colours three images", async () => {
  const session = host(folder());
  const ids = [
    ...(await session.open("memory")),
    ...(await session.open("memory")),
    ...(await session.open("memory")),
  ];
  const [rgb = ""] = await act(session, { action: "merge_rgb", layers: ids });
  const layer = session.scene.layers[0] as ImageLayer;
  expect([layer.id, layer.rgb, layer.data.dtype]).toEqual([rgb, true, "uint8"]);
  const parts = await act(session, { action: "split_rgb", layers: [rgb] });
  expect(session.scene.layers.map((one) => (one as ImageLayer).colormap.name)).toEqual([
    "red",
    "green",
    "blue",
  ]);
  const [low, high] = [Math.min(...VALUES), Math.max(...VALUES)];
  const values = await valuesOf(
    session,
    session.scene.layers.find((one) => one.id === parts[1]),
  );
  expect(Math.abs((values[7] ?? 0) - (((VALUES[7] ?? 0) - low) / (high - low)) * 255)).toBeLessThan(1);
  await session.dispose();
});

test("what does not fit is refused with a sentence, and nothing has changed", async () => {
  const session = host(folder());
  const [id] = await session.open("memory");
  await expect(act(session, { action: "split_rgb", layers: [id] })).rejects.toThrow("is not in colours");
  await expect(act(session, { action: "merge_rgb", layers: [id] })).rejects.toThrow("three images");
  await expect(act(session, { action: "project", layers: ["none"], mode: "max" })).rejects.toThrow(
    "not there",
  );
  await expect(act(session, { action: "convert", layers: [id], to: "image" })).rejects.toThrow("already");
  expect(session.scene.layers).toHaveLength(1);
  await session.dispose();
});

test("an address says all of a recipe", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(15), fc.constantFrom(...PROJECTIONS), (source, axis, mode) => {
      const recipe = { kind: "project" as const, sources: [source] as [string], axis, mode };
      expect(recipeOf(derivedUri(recipe))).toEqual(recipe);
    }),
  );
  expect(recipeOf("https://example.org/derived:")).toBeUndefined();
});

test("a median of a deep stack holds few numbers at once", () => {
  const deep = {
    ...{ id: "deep", version: 0, dtype: "uint8" as const, ndim: 3, channels: 0 as const },
    levels: [{ shape: [1_000_000, 64, 64], chunk: [1, 64, 64], scale: [1, 1, 1], translate: [0, 0, 0] }],
    readBrick: () => Promise.reject(new Error("not read")),
    dispose: async () => {},
  };
  const source = derivedSource("m", { kind: "project", sources: ["deep"], axis: 0, mode: "median" }, [deep]);
  const [down = 0, across = 0] = source.levels[0]?.chunk ?? [];
  expect(down * across * 1_000_000).toBeLessThanOrEqual(8 * 1024 * 1024);
});

test("shapes become labels: each its number, the higher over the lower, lines one voxel wide; one step to undo", async () => {
  const path = folder();
  const session = host(path);
  session.restore();
  const empty = { id: "", version: 0, table: emptyTable("shapes", 3) };
  const layer = tableLayer("shapes", empty, { type: "shapes", name: "drawn", scale: [1, 2, 2] });
  const square = (z: number, y0: number, x0: number, y1: number, x1: number): number[] =>
    [y0, x0, y0, x1, y1, x1, y1, x0].flatMap((_, i, all) => (i % 2 ? [] : [z, all[i] ?? 0, all[i + 1] ?? 0]));
  const vertices = [
    ...square(1, 1, 1, 5, 5),
    ...square(1, 4, 4, 8, 8),
    ...square(2, 0, 0, 8, 4),
    ...[2, 6, 0, 2, 6, 9],
  ];
  const rows = {
    count: 4,
    lengths: [4, 4, 4, 2],
    columns: { vertices, shape_type: [0, 0, 1, 2], z_index: [1, 0, 0, 0] },
  };
  await session.operate(
    JSON.stringify([
      { op: "layer.add", layer },
      { op: "items.insert", id: "shapes", rows },
    ]),
    "",
  );
  const [id] = await act(session, { action: "convert", layers: ["shapes"], to: "labels" });
  const [labels] = session.scene.layers;
  expect(session.scene.layers).toHaveLength(1);
  expect(labels).toMatchObject({ id, name: "drawn", type: "labels", scale: [1, 2, 2] });
  expect(labels?.type === "labels" && labels.data.shape).toEqual([3, 9, 10]);
  const values = await valuesOf(session, labels);
  const at = (z: number, y: number, x: number): number | undefined => values[(z * 9 + y) * 10 + x];
  expect([at(0, 3, 3), at(1, 3, 3), at(1, 4, 4), at(1, 6, 6), at(1, 7, 7)]).toEqual([0, 1, 1, 2, 2]);
  // The ellipse has its middle and not its corners; the line goes over it.
  expect([at(2, 4, 2), at(2, 0, 0), at(2, 6, 2), at(2, 6, 9), at(2, 7, 9)]).toEqual([3, 0, 4, 4, 0]);
  const again = host(path);
  again.restore();
  await expect.poll(() => again.source(labels?.data.source ?? "")).toBeDefined();
  expect(await valuesOf(again, again.scene.layers[0])).toEqual(values);
  await again.undo(false);
  expect(again.scene.layers.map(({ type }) => type)).toEqual(["shapes"]);
  await again.undo(true);
  expect(await valuesOf(again, again.scene.layers[0])).toEqual(values);
});

test("a duplicate of labels has features of its own", async () => {
  const session = host(folder());
  session.restore();
  const [image = ""] = await session.open("m.tif");
  const [id = ""] = await act(session, { action: "convert", layers: [image], to: "labels" });
  const rows = { count: 1, columns: { index: [3] } };
  await session.operate(JSON.stringify([{ op: "items.insert", id, rows }]), "");
  const [copy = ""] = await act(session, { action: "duplicate", layers: [id] });
  await session.operate(JSON.stringify([{ op: "items.remove", id: copy, indices: [0] }]), "");
  const counts = session.scene.layers.map((one) => (one.type === "labels" ? one.features?.count : -1));
  expect(counts).toEqual([1, 0]);
});
