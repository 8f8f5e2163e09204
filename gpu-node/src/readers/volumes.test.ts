import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { afterAll, describe, expect, test } from "vitest";
import { openSource } from "./open.ts";
import { bytesOf, nifti, readLevel, TestFolder } from "./testing/files.ts";
import { mrc, nrrd } from "./testing/volumes.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const openAt = async (path: string) => {
  const [layer] = await openSource(path, folder.options);
  if (!layer) throw new Error("nothing was opened");
  return layer;
};
const open = (name: string, bytes: Uint8Array | string) => openAt(folder.write(name, bytes));
const SIX = [1, 2, 3, 4, 5, 6];

describe("MRC", () => {
  test.each(
    (
      [
        [0, "int8", Int8Array.from([-1, 2, 3, 4, 5, 127])],
        [1, "int16", Int16Array.from([-300, 2, 3, 4, 5, 6])],
        [2, "float32", Float32Array.from([-1.5, 2, 3, 4, 5, 6])],
        [6, "uint16", Uint16Array.from([65535, 2, 3, 4, 5, 6])],
      ] as [number, string, BrickArray][]
    ).flatMap(([mode, dtype, data]) => [false, true].map((big) => ({ mode, dtype, data, big }))),
  )("mode $mode, big-endian $big", async ({ mode, dtype, data, big }) => {
    const { source } = await open("a.mrc", mrc({ size: [3, 2, 1], mode, data, big, extra: 80 }));
    expect(source.dtype).toBe(dtype);
    expect(await readLevel(source)).toEqual({
      shape: [2, 3],
      values: Array.from(data as ArrayLike<number>, Number),
    });
  });

  test("half floats", async () => {
    const data = new Uint16Array(Float16Array.of(0.5, -2, 3, 4, 5, 6).buffer);
    const { source } = await open("h.mrc", mrc({ size: [3, 2, 1], mode: 12, data }));
    expect((await readLevel(source)).values).toEqual([0.5, -2, 3, 4, 5, 6]);
  });

  test("voxel size, and sections along another axis, in CCP4's way", async () => {
    const data = Float32Array.from({ length: 24 }, (_, i) => i);
    const parts = {
      size: [2, 3, 4] as const,
      mode: 2,
      data,
      cell: [8, 6, 10] as const,
      grid: [8, 2, 2] as const,
    };
    // Columns are z, rows x, sections y.
    const { source, defaults } = await open("m.map", mrc({ ...parts, map: [3, 1, 2], start: [1, 0, 2] }));
    expect(source.levels[0]?.shape).toEqual([4, 3, 2]);
    expect(defaults).toMatchObject({
      axis_labels: ["y", "x", "z"],
      scale: [3, 1, 5],
      translate: [6, 0, 5],
      units: ["angstrom", "angstrom", "angstrom"],
    });
  });

  test("a stack of volumes has an axis of its own", async () => {
    const data = Uint16Array.from({ length: 24 }, (_, i) => i);
    const { source } = await open(
      "v.mrc",
      mrc({ size: [2, 2, 6], mode: 6, data, group: 401, grid: [2, 2, 3] }),
    );
    expect(source.levels[0]?.shape).toEqual([2, 3, 2, 2]);
  });

  test.each([
    ["short", new Uint8Array(100), /not a|shorter/],
    ["cut", mrc({ size: [3, 2, 1], mode: 2, data: Float32Array.from(SIX) }).subarray(0, 1030), /cut short/],
    [
      "absurd",
      mrc({ size: [2_000_000_000, 2_000_000_000, 2_000_000_000], mode: 2, data: Float32Array.of() }),
      /claims a size/,
    ],
    ["complex", mrc({ size: [1, 1, 1], mode: 4, data: Float32Array.of(1, 2) }), /complex/],
    ["strange", new Uint8Array(2000).fill(0x77), /not an MRC/],
  ])("what is %s is refused in words", async (name, bytes, message) => {
    await expect(open(`${name}.mrc`, bytes)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  });
});

describe("NRRD", () => {
  const plain = { type: "uint16", dimension: "2", sizes: "3 2", endian: "little", encoding: "raw" };
  const body = bytesOf(Uint16Array.from(SIX));

  test.each([
    ["raw", plain, body],
    ["big-endian", { ...plain, endian: "big" }, bytesOf(Uint16Array.from(SIX), true)],
    ["gzip", { ...plain, encoding: "gzip" }, gzipSync(body)],
    ["text", { ...plain, encoding: "ascii" }, Buffer.from("1 2 3\n4 5 6\n")],
    [
      "lines and bytes to skip",
      { ...plain, "line skip": "2", "byte skip": "3" },
      Buffer.concat([Buffer.from("a\nb\nxyz"), body]),
    ],
    ["voxels at the end", { ...plain, "byte skip": "-1" }, Buffer.concat([new Uint8Array(77), body])],
    [
      "64-bit integers",
      { ...plain, type: "long long" },
      bytesOf(BigInt64Array.from([1n, 2n, 3n, 4n, 5n, 6n])),
    ],
  ])("%s", async (_name, fields, bytes) => {
    const { source } = await open("a.nrrd", nrrd(fields, bytes));
    expect(await readLevel(source)).toEqual({ shape: [2, 3], values: SIX });
  });

  test("colours, and a place in space", async () => {
    const rgb = {
      type: "uchar",
      dimension: "3",
      sizes: "3 2 1",
      kinds: "RGB-color domain domain",
      encoding: "raw",
    };
    const { source } = await open("c.nrrd", nrrd(rgb, Uint8Array.from(SIX)));
    expect([source.channels, source.levels[0]?.shape]).toEqual([3, [1, 2]]);
    const placed = {
      type: "short",
      dimension: "3",
      sizes: "1 1 2",
      encoding: "raw",
      space: "left-posterior-superior",
      "space directions": "(0.5,0,0) (0,0.6,0) (0,0,2)",
      "space origin": "(1,2,3)",
      "space units": '"mm" "mm" "mm"',
    };
    expect((await open("p.nrrd", nrrd(placed, new Uint8Array(4)))).defaults).toMatchObject({
      scale: [2, 0.6, 0.5],
      translate: [3, 2, 1],
      units: ["millimeter", "millimeter", "millimeter"],
    });
    const turned = { ...placed, "space directions": "(0,2,0) (3,0,0) (0,0,4)" };
    const { defaults } = await open("t.nrrd", nrrd(turned, new Uint8Array(4)));
    expect(defaults.scale).toEqual([4, 3, 2]);
    // Voxel (i, j, k) lies at x = 3 j + 1, y = 2 i + 2, z = 4 k + 3.
    expect(defaults.affine).toEqual([
      [1, 0, 0, 3],
      [0, 0, 1, 2],
      [0, 1, 0, 1],
      [0, 0, 0, 1],
    ]);
  });

  test("detached: one file, a list, a pattern", async () => {
    folder.write("v.raw", body);
    expect(
      (await readLevel((await open("one.nhdr", nrrd({ ...plain, "data file": "v.raw" }))).source)).values,
    ).toEqual(SIX);
    folder.write("s1.raw", body.subarray(0, 6));
    folder.write("s2.raw", body.subarray(6));
    const list = Buffer.from(
      `${nrrd({ ...plain, "data file": "LIST" })
        .toString()
        .trim()}\ns1.raw\ns2.raw\n`,
    );
    expect((await readLevel((await open("list.nhdr", list)).source)).values).toEqual(SIX);
    const pattern = nrrd({ ...plain, "data file": "s%d.raw 1 2 1" });
    expect((await readLevel((await open("pattern.nhdr", pattern)).source)).values).toEqual(SIX);
  });

  test("data files that lie outside are not read", async () => {
    folder.write("secret.raw", body);
    const inner = join(folder.path, "inner");
    mkdirSync(inner);
    symlinkSync(join(folder.path, "secret.raw"), join(inner, "link.raw"));
    for (const name of [
      "../secret.raw",
      join(folder.path, "secret.raw"),
      "link.raw",
      "a/../../secret.raw",
      "file:///etc/passwd",
      "..\\secret.raw",
    ]) {
      const path = join(inner, "evil.nhdr");
      writeFileSync(path, nrrd({ ...plain, "data file": name }));
      await expect(openAt(path)).rejects.toThrow("lies outside of its folder");
    }
  });

  test.each([
    ["cut short", nrrd(plain, body.subarray(0, 5)), /cut short/],
    [
      "cut short when gzipped",
      nrrd({ ...plain, encoding: "gzip" }, gzipSync(body).subarray(0, 15)),
      /cut short/,
    ],
    [
      "text that is no numbers",
      nrrd({ ...plain, encoding: "text" }, Buffer.from("1 2 x 4 5 6")),
      /value 3 of 6/,
    ],
    ["of absurd size", nrrd({ ...plain, sizes: "4000000000 4000000000" }, body), /size/],
    [
      "of absurd size, gzipped",
      nrrd({ ...plain, sizes: "4000000 4000000", encoding: "gzip" }, gzipSync(body)),
      /over the limit/,
    ],
    ["bzip2", nrrd({ ...plain, encoding: "bzip2" }, body), /encoding of bzip2/],
    ["something else", Buffer.from("hello"), /does not begin/],
  ])("what is %s is refused in words", async (_name, bytes, message) => {
    await expect(open("bad.nrrd", bytes)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  });
});

test("a large NIfTI is read slab by slab, and scaled", async () => {
  const [x, y, z] = [512, 512, 80];
  const stored = Int16Array.from({ length: x * y * z }, (_, i) => (i * 31) % 30_011);
  const { source } = await open(
    "big.nii",
    nifti({ dims: [x, y, z], type: 4, bits: 16, body: bytesOf(stored), slope: 2, inter: -1 }),
  );
  expect(source.levels[0]?.shape).toEqual([z, y, x]);
  const depth = source.levels[0]?.chunk[0] ?? 0;
  expect(depth).toBeLessThan(z);
  const brick = await source.readBrick(0, [3, 0, 0]);
  const first = 3 * depth * x * y + 700;
  expect(brick.data[700]).toBe((stored[first] ?? 0) * 2 - 1);
  await source.dispose();
});
