import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openSource } from "../readers/open.ts";
import { TestFolder } from "../readers/testing/files.ts";
import { slabs } from "./boxes.ts";
import { writeNpy } from "./npy.ts";
import { writeOmeTiff } from "./ome-tiff.ts";
import { writeOmeZarr } from "./ome-zarr.ts";
import { writePngSlice } from "./slices.ts";
import { readLevel } from "./testing.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const fill = <T extends BrickArray>(data: T, modulo = 120): T => {
  for (let i = 0; i < data.length; i++)
    data[i] = data instanceof BigInt64Array ? (BigInt(i % modulo) as never) : (i * 7) % modulo;
  return data;
};
const volume = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const KINDS = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const;

describe("OME-TIFF", () => {
  test.each(KINDS)("%o", async (Maker) => {
    const shape = [2, 300, 270];
    const data = fill(new Maker(volume(shape)));
    const path = at(`${Maker.name}.ome.tif`);
    await writeOmeTiff(path, { source: memorySource("m", [{ data, shape }]), name: "a" });
    const [layer] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect(await readLevel(layer.source)).toEqual({
      shape,
      values: Array.from(data as ArrayLike<number>, Number),
    });
    await layer.source.dispose();
  });

  test.each([false, true])("of four axes, with sizes and units, BigTIFF %s", async (big) => {
    const shape = [2, 3, 20, 30];
    const data = fill(new Uint16Array(volume(shape)), 60_000);
    const path = at(`${big}.ome.tiff`);
    const told: number[] = [];
    await writeOmeTiff(
      path,
      {
        source: memorySource("m", [{ data, shape }]),
        name: 'cells & "more"',
        scale: [10, 2, 0.5, 0.25],
        units: ["second", "micrometer", "micrometer", "micrometer"],
        axis_labels: ["t", "z", "y", "x"],
      },
      { big, onProgress: (fraction) => told.push(fraction) },
    );
    expect(readFileSync(path).readUInt16LE(2)).toBe(big ? 43 : 42);
    const [layer] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect(layer.defaults).toMatchObject({
      name: 'cells & "more"',
      scale: [10, 2, 0.5, 0.25],
      units: ["second", "micrometer", "micrometer", "micrometer"],
      axis_labels: ["t", "z", "y", "x"],
    });
    expect((await readLevel(layer.source)).values).toEqual([...data]);
    expect(told.at(-1)).toBe(1);
    await layer.source.dispose();
  });

  test("channels in any place, and colours", async () => {
    const shape = [3, 2, 20, 30];
    const data = fill(new Uint16Array(volume(shape)), 50_000);
    const path = at("c.ome.tif");
    await writeOmeTiff(path, {
      source: memorySource("m", [{ data, shape }]),
      name: "c",
      axis_labels: ["z", "c", "y", "x"],
    });
    const layers = await openSource(path, folder.options);
    expect(layers).toHaveLength(2);
    const second = layers[1] && (await readLevel(layers[1].source));
    expect(second?.shape).toEqual([3, 20, 30]);
    expect(second?.values[600]).toBe(data[600 * 3]);
    for (const { source } of layers) await source.dispose();
    const colours = fill(new Uint8Array(40 * 50 * 4), 251);
    const source = memorySource("m", [{ data: colours, shape: [40, 50] }], { channels: 4 });
    await writeOmeTiff(at("rgb.ome.tif"), { source, name: "rgb" });
    const [rgb] = await openSource(at("rgb.ome.tif"), folder.options);
    expect([rgb?.rgb, rgb && (await readLevel(rgb.source)).values]).toEqual([true, [...colours]]);
    await rgb?.source.dispose();
  });

  test("64-bit integers are refused before anything is written", async () => {
    const source = memorySource("m", [{ data: new BigInt64Array(4), shape: [2, 2] }]);
    await expect(writeOmeTiff(at("no.tif"), { source, name: "a" })).rejects.toMatchObject({
      name: "WriteError",
    });
    expect(readdirSync(folder.path)).not.toContain("no.tif");
  });
});

test.each([...KINDS, BigInt64Array])("NPY of %o is read again", async (Maker) => {
  const shape = [3, 5, 7];
  const data = fill(new Maker(volume(shape)));
  const path = at(`${Maker.name}.npy`);
  await writeNpy(path, memorySource("m", [{ data, shape }], { chunk: [2, 2, 2] }));
  const [layer] = await openSource(path, folder.options);
  expect(layer && (await readLevel(layer.source))).toEqual({
    shape,
    values: Array.from(data as ArrayLike<number>, Number),
  });
});

test("slabs follow each other without gaps", () => {
  void fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
      (shape, most) => {
        let next = 0;
        for (const { start, size } of slabs(shape, most)) {
          expect(start.reduce((flat, value, axis) => flat * (shape[axis] ?? 1) + value, 0)).toBe(next);
          expect(volume(size)).toBeLessThanOrEqual(Math.max(most, shape.at(-1) ?? 1));
          next += volume(size);
        }
        expect(next).toBe(volume(shape));
      },
    ),
    { seed: 5 },
  );
});

describe("PNG of a slice", () => {
  test("as it is, between limits, and of colours", async () => {
    const data = Uint16Array.from({ length: 24 }, (_, i) => i * 100);
    const source = memorySource("m", [{ data, shape: [2, 3, 4] }]);
    await writePngSlice(at("raw.png"), source, { at: [1] });
    const [raw] = await openSource(at("raw.png"), folder.options);
    expect(raw && (await readLevel(raw.source)).values).toEqual([...data.subarray(12)]);
    await writePngSlice(at("gray.png"), source, { at: [1], contrast_limits: [1200, 2200] });
    const [gray] = await openSource(at("gray.png"), folder.options);
    const values = gray ? (await readLevel(gray.source)).values : [];
    expect([values[0], values[5], values[10], values[11]]).toEqual([0, 128, 255, 255]);
    const floats = memorySource("f", [{ data: new Float32Array(4), shape: [2, 2] }]);
    await expect(writePngSlice(at("f.png"), floats)).rejects.toThrow("contrast limits");
  });
});

const PYTHON = process.env.EYEPIECE_TEST_PYTHON ?? "python3";
const lacks = (module: string): boolean => {
  try {
    execFileSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" });
    return false;
  } catch {
    return true;
  }
};

/** Sum and shape by Python; the test is skipped where it lacks the package: set EYEPIECE_TEST_PYTHON to one that has it. */
const ask = (code: string, path: string): unknown =>
  JSON.parse(execFileSync(PYTHON, ["-c", `import json, sys\n${code}`, path], { encoding: "utf8" }));

test.skipIf(lacks("tifffile"))("tifffile reads what is written", async () => {
  const shape = [2, 3, 300, 270];
  const data = fill(new Uint16Array(volume(shape)), 60_000);
  await writeOmeTiff(at("py.ome.tif"), {
    source: memorySource("m", [{ data, shape }]),
    name: "a",
    axis_labels: ["t", "z", "y", "x"],
  });
  const code =
    "import tifffile\nt = tifffile.TiffFile(sys.argv[1])\na = t.series[0].asarray()\nprint(json.dumps([t.is_ome, t.series[0].axes, list(a.shape), int(a.astype('u8').sum()), int(a[1, 2, 299, 269])]))";
  expect(ask(code, at("py.ome.tif"))).toEqual([
    true,
    "TZYX",
    shape,
    data.reduce((a, b) => a + b, 0),
    data.at(-1),
  ]);
});

test.skipIf(lacks("zarr"))("zarr reads what is written, in shards and without", async () => {
  const shape = [3, 300, 521];
  const data = fill(new Uint16Array(volume(shape)), 60_000);
  for (const sharded of [true, false]) {
    const path = at(`py-${sharded}.zarr`);
    await writeOmeZarr(path, { source: memorySource("m", [{ data, shape }]), name: "a" }, { sharded });
    const code =
      "import zarr\ng = zarr.open_group(sys.argv[1], mode='r')\na = g['0'][:]\nb = g['1'][:]\nprint(json.dumps([list(a.shape), int(a.astype('u8').sum()), list(b.shape), g.attrs['ome']['version']]))";
    expect(ask(code, path)).toEqual([shape, data.reduce((a, b) => a + b, 0), [3, 150, 261], "0.5"]);
  }
});
