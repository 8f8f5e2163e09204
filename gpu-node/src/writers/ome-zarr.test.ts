import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { afterAll, describe, expect, test } from "vitest";
import { withCoarserLevels } from "../readers/coarser.ts";
import { openSource } from "../readers/open.ts";
import { TestFolder } from "../readers/testing/files.ts";
import { crc32c } from "./crc32c.ts";
import { writeLabelsInto, writeOmeZarr } from "./ome-zarr.ts";
import { readLevel } from "./testing.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());

function ramp<T extends BrickArray>(data: T, step = 7919, modulo = 60_000): T {
  const numbers = data as unknown as Float64Array;
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let i = 0; i < data.length; i++) {
    const value = (i * step) % modulo;
    numbers[i] = big ? (BigInt(value) as unknown as number) : value;
  }
  return data;
}

test("crc32c of the standard's example", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});

describe("OME-Zarr 0.5", () => {
  test.each(
    (["zstd", "gzip", "none"] as const).flatMap((compression) =>
      [true, false].map((sharded) => ({ compression, sharded })),
    ),
  )("$compression, sharded $sharded, is read back with its pyramid", async ({ compression, sharded }) => {
    const shape = [2, 3, 300, 521];
    const data = ramp(new Uint16Array(shape.reduce((a, b) => a * b, 1)));
    const source = memorySource("m", [{ data, shape }]);
    const path = join(folder.path, `${compression}-${sharded}.ome.zarr`);
    const told: number[] = [];
    await writeOmeZarr(
      path,
      {
        source,
        name: "cells",
        scale: [10, 2, 0.5, 0.5],
        translate: [0, 7, 0, -3],
        units: ["second", "micrometer", "micrometer", "micrometer"],
        axis_labels: ["t", "z", "y", "x"],
        contrast_limits: [5, 900],
      },
      { compression, sharded, onProgress: (fraction) => told.push(fraction) },
    );
    const [layer, ...more] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect(more).toEqual([]);
    expect(layer.defaults).toMatchObject({
      name: "cells",
      scale: [10, 2, 0.5, 0.5],
      translate: [0, 7, 0, -3],
      units: ["second", "micrometer", "micrometer", "micrometer"],
      axis_labels: ["t", "z", "y", "x"],
      contrast_limits: [5, 900],
    });
    expect(layer.source.levels.map((level) => level.shape)).toEqual([
      shape,
      [2, 3, 150, 261],
      [2, 3, 75, 131],
    ]);
    const level0 = await readLevel(layer.source);
    // Compared as bytes: an assertion walks each element of an array.
    expect(Buffer.from(Uint16Array.from(level0.values).buffer).equals(Buffer.from(data.buffer))).toBe(true);
    const at = (y: number, x: number) => data[(1 * 3 + 2) * 300 * 521 + y * 521 + x] ?? 0;
    const level1 = (await readLevel(layer.source, 1)).values;
    const mean = Math.round((at(20, 40) + at(20, 41) + at(21, 40) + at(21, 41)) / 4);
    expect(level1[(1 * 3 + 2) * 150 * 261 + 10 * 261 + 20]).toBe(mean);
    expect(told.at(-1)).toBe(1);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test.each([
    Int8Array,
    Uint8Array,
    Int16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ])("%o", async (Maker) => {
    const data = ramp(new Maker(20 * 30), 13, 101);
    const path = join(folder.path, `${Maker.name}.zarr`);
    await writeOmeZarr(path, { source: memorySource("m", [{ data, shape: [20, 30] }]), name: "a" });
    const [layer] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect((await readLevel(layer.source)).values).toEqual(Array.from(data as ArrayLike<number>, Number));
  });

  test("colours become channels after time", async () => {
    const data = ramp(new Uint8Array(2 * 40 * 50 * 3), 7, 251);
    const path = join(folder.path, "rgb.zarr");
    const source = memorySource("m", [{ data, shape: [2, 40, 50] }], { channels: 3 });
    await writeOmeZarr(path, { source, name: "rgb", axis_labels: ["t", "y", "x"] });
    const layers = await openSource(path, folder.options);
    expect(layers.map(({ defaults }) => defaults.name)).toEqual(["red", "green", "blue"]);
    const green = layers[1];
    if (!green) throw new Error("no layer");
    expect((await readLevel(green.source)).values).toEqual(Array.from(data).filter((_, i) => i % 3 === 1));
  });

  test("labels lie beside their image, and keep their values in the pyramid", async () => {
    const path = join(folder.path, "with-labels.zarr");
    const image = memorySource("m", [{ data: new Uint16Array(400 * 400).fill(3), shape: [400, 400] }]);
    await writeOmeZarr(path, { source: image, name: "image" });
    const ids = ramp(new Uint32Array(400 * 400), 1, 160_000);
    const source = memorySource("l", [{ data: ids, shape: [400, 400] }]);
    await writeLabelsInto(path, { source, name: "nuclei" }, { listed: [] });
    const layers = await openSource(path, folder.options);
    expect(layers.map(({ labels, defaults }) => [labels, defaults.name])).toEqual([
      [false, "image"],
      [true, "nuclei"],
    ]);
    const coarse = layers[1] && (await readLevel(layers[1].source, 1)).values;
    expect(coarse?.[200 * 3 + 5]).toBe(400 * 6 + 10);
    const [alone] = await openSource(`${path}/labels`, folder.options);
    expect(alone?.labels).toBe(true);
  });

  test("what exists is kept, an abort leaves nothing, and so does a source that fails", async () => {
    const path = join(folder.path, "kept.zarr");
    const good = memorySource("m", [{ data: new Uint8Array(100), shape: [10, 10] }]);
    mkdirSync(path);
    await expect(writeOmeZarr(path, { source: good, name: "a" })).rejects.toThrow("exists already");
    await writeOmeZarr(path, { source: good, name: "a" }, { replace: true });
    expect((await openSource(path, folder.options))[0]?.defaults.name).toBe("a");
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    const none = join(folder.path, "none.zarr");
    await expect(writeOmeZarr(none, { source: good, name: "a" }, { signal: abort.signal })).rejects.toThrow(
      "enough",
    );
    const bad = { ...good, readBrick: () => Promise.reject(new Error("broken disk")) };
    await expect(writeOmeZarr(none, { source: bad, name: "a" })).rejects.toThrow("broken disk");
    expect(readdirSync(folder.path).filter((name) => /^none\.zarr|\.part/.test(name))).toEqual([]);
  });
});

describe("hierarchies", () => {
  const group = (path: string, attributes: object) => {
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, "zarr.json"),
      JSON.stringify({ zarr_format: 3, node_type: "group", attributes }),
    );
  };
  const field = (path: string, value: number) =>
    writeOmeZarr(path, {
      source: memorySource("f", [{ data: new Uint16Array(300 * 301).fill(value), shape: [300, 301] }]),
      name: "field",
      scale: [0.5, 0.5],
    });

  test("a plate is a grid of wells, and each well one of fields", async () => {
    const path = join(folder.path, "plate.zarr");
    group(path, {
      ome: {
        version: "0.5",
        plate: {
          name: "screen",
          rows: [{ name: "A" }, { name: "B" }],
          columns: [{ name: "1" }, { name: "2" }, { name: "3" }],
          field_count: 3,
          wells: [
            { path: "A/1", rowIndex: 0, columnIndex: 0 },
            { path: "B/3", rowIndex: 1, columnIndex: 2 },
          ],
        },
      },
    });
    for (const [well, base] of [
      ["A/1", 10],
      ["B/3", 20],
    ] as const) {
      group(join(path, well), {
        ome: { version: "0.5", well: { images: [{ path: "0" }, { path: "1" }, { path: "2" }] } },
      });
      for (const i of [0, 1, 2]) await field(join(path, well, `${i}`), base + i);
    }
    const [layer] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect(layer.defaults).toMatchObject({ name: "screen", scale: [0.5, 0.5] });
    // Two rows of wells of two rows of fields; three columns of two.
    expect(layer.source.levels.map(({ shape }) => shape)).toEqual([
      [1200, 1806],
      [600, 906],
    ]);
    const large = withCoarserLevels(layer.source, 300);
    expect(large.levels.slice(2).map(({ shape, scale, translate }) => [shape, scale, translate])).toEqual([
      [[300, 453], [4, (301 / 151) * 2], expect.anything()],
      [[150, 227], expect.anything(), expect.anything()],
    ]);
    const coarse = await readLevel(large, 3);
    // The middle of the first field, and of a well that is not there.
    expect([coarse.values[10 * 227 + 10], coarse.values[10 * 227 + 100]]).toEqual([10, 0]);
    for (const level of [0, 1]) {
      const { shape, values } = await readLevel(layer.source, level);
      const [height = 0, width = 0] = [(shape[0] ?? 0) / 4, (shape[1] ?? 0) / 6];
      const at = (row: number, column: number) =>
        values[(row * height + 7) * (shape[1] ?? 0) + column * width + width - 1];
      expect([at(0, 0), at(0, 1), at(1, 0), at(1, 1), at(2, 4), at(3, 4), at(0, 5)]).toEqual([
        10, 11, 12, 0, 20, 22, 0,
      ]);
    }
    const [well] = await openSource(join(path, "B/3"), folder.options);
    expect(well?.source.levels[0]?.shape).toEqual([600, 602]);
  });

  test("a conversion of several images gives each; the first is shown", async () => {
    const path = join(folder.path, "series.zarr");
    group(path, { ome: { version: "0.5", "bioformats2raw.layout": 3 } });
    await field(join(path, "0"), 1);
    await field(join(path, "1"), 2);
    const layers = await openSource(path, folder.options);
    expect(layers.map(({ defaults }) => defaults.visible)).toEqual([undefined, false]);
    group(join(path, "OME"), { ome: { version: "0.5", series: ["1"] } });
    const listed = await openSource(path, folder.options);
    expect(listed).toHaveLength(1);
    expect((await listed[0]?.source.readBrick(0, [0, 0]))?.max).toBe(2);
  });
});
