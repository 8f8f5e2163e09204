import { gzipSync } from "node:zlib";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openSource } from "../open.ts";
import { bytesOf, nifti, readLevel, TestFolder } from "../testing/files.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());

const open = async (name: string, bytes: Uint8Array) => {
  const [layer] = await openSource(folder.write(name, bytes), folder.options);
  if (!layer) throw new Error("nothing was opened");
  return layer;
};

const KINDS: [code: number, name: string, data: BrickArray][] = [
  [2, "uint8", Uint8Array.of(0, 1, 254, 255, 7, 8)],
  [256, "int8", Int8Array.of(-128, -1, 0, 1, 127, 5)],
  [4, "int16", Int16Array.of(-32768, -2, 0, 3, 32767, 9)],
  [512, "uint16", Uint16Array.of(0, 1, 256, 65535, 4, 5)],
  [8, "int32", Int32Array.of(-(2 ** 31), -1, 0, 1, 2 ** 31 - 1, 6)],
  [768, "uint32", Uint32Array.of(0, 1, 2, 2 ** 32 - 1, 4, 5)],
  [1024, "int64", BigInt64Array.of(-5n, 2n ** 40n, 0n, 1n, 2n, 3n)],
  [1280, "uint64", BigUint64Array.of(5n, 2n ** 40n, 0n, 1n, 2n, 3n)],
  [16, "float32", Float32Array.of(-1.5, 0, 3.25, 1e30, 5, 6)],
  [64, "float64", Float64Array.of(-1.5, 0, 3.25, 1e300, 5, 6)],
];

test.each(
  KINDS.flatMap(([code, name, data]) =>
    [false, true].flatMap((big) => [false, true].map((zip) => ({ code, name, data, big, zip }))),
  ),
)("$name, big-endian $big, gzipped $zip", async ({ code, name, data, big, zip }) => {
  const plain = nifti({
    dims: [3, 2, 1],
    type: code,
    bits: data.BYTES_PER_ELEMENT * 8,
    body: bytesOf(data, big),
    big,
  });
  const { source } = await open(zip ? "a.nii.gz" : "a.nii", zip ? gzipSync(plain) : plain);
  expect(source.dtype).toBe(name);
  // x is fastest in the file and comes last here.
  expect(await readLevel(source)).toEqual({
    shape: [1, 2, 3],
    values: Array.from(data as ArrayLike<number>, Number),
  });
});

test("stored values are scaled", async () => {
  const body = bytesOf(Int16Array.of(0, 10, -10, 100));
  const { source } = await open(
    "s.nii",
    nifti({ dims: [2, 2], type: 4, bits: 16, body, slope: 0.5, inter: 3 }),
  );
  expect(source.dtype).toBe("float32");
  expect((await readLevel(source)).values).toEqual([3, 8, -2, 53]);
});

test("colours stay together", async () => {
  const body = Uint8Array.from({ length: 12 }, (_, i) => i);
  const { source, rgb } = await open("c.nii", nifti({ dims: [2, 2], type: 128, bits: 24, body }));
  expect([rgb, source.channels]).toEqual([true, 3]);
  expect((await readLevel(source)).values).toEqual([...body]);
});

test("NaN and infinities are no limits", async () => {
  const body = bytesOf(Float32Array.of(Number.NaN, 2, Number.POSITIVE_INFINITY, -1));
  const { source } = await open("n.nii", nifti({ dims: [4, 1], type: 16, bits: 32, body }));
  expect(await source.readBrick(0, [0, 0])).toMatchObject({ min: -1, max: 2 });
});

test("a place in space becomes scale and translate, slowest axis first", async () => {
  const sform = [
    [2, 0, 0, -90],
    [0, 3, 0, -126],
    [0, 0, 4, -72],
  ];
  const { defaults } = await open(
    "p.nii",
    nifti({
      dims: [2, 1, 1, 2],
      type: 2,
      bits: 8,
      body: new Uint8Array(4),
      pixdim: [2, 3, 4, 1.5],
      sform,
      units: 2 + 8,
    }),
  );
  expect(defaults).toEqual({
    name: "p",
    scale: [1.5, 4, 3, 2],
    translate: [0, -72, -126, -90],
    units: ["second", "millimeter", "millimeter", "millimeter"],
    axis_labels: ["t", "z", "y", "x"],
  });
});

test("a turned or mirrored volume keeps its turn as an affine", async () => {
  const sform = [
    [0, 0, 4, 10],
    [-2, 0, 0, 20],
    [0, 3, 0, 30],
  ];
  const { defaults } = await open(
    "r.nii",
    nifti({ dims: [2, 2, 2], type: 2, bits: 8, body: new Uint8Array(8), sform }),
  );
  expect(defaults.scale).toEqual([4, 3, 2]);
  // Voxel (i, j, k) lies at x = 4k + 10, y = 20 - 2i, z = 3j + 30; rows and columns here are z, y, x.
  expect(defaults.affine).toEqual([
    [0, 1, 0, 30],
    [0, 0, -1, 20],
    [1, 0, 0, 10],
    [0, 0, 0, 1],
  ]);
});

test("voxels after extensions are found", async () => {
  const body = Uint8Array.of(1, 2, 3, 4);
  const { source } = await open("e.nii", nifti({ dims: [2, 2], type: 2, bits: 8, body, offset: 3000 }));
  expect((await readLevel(source)).values).toEqual([1, 2, 3, 4]);
});

const good = nifti({ dims: [4, 4, 4], type: 4, bits: 16, body: new Uint8Array(128) });
test.each([
  ["cut short", "cut.nii", good.subarray(0, 400), /cut short/],
  ["cut short when gzipped", "cut.nii.gz", gzipSync(good).subarray(0, 30), /cut short/],
  ["not NIfTI", "not.nii", new Uint8Array(1000).fill(7), /not a/],
  ["empty", "empty.nii", new Uint8Array(), /cut short/],
  [
    "complex numbers",
    "complex.nii",
    nifti({ dims: [1, 1], type: 32, bits: 64, body: new Uint8Array(8) }),
    /complex/,
  ],
  [
    "of absurd size",
    "absurd.nii",
    nifti({ dims: [30000, 30000, 30000], type: 64, bits: 64, body: new Uint8Array(8) }),
    /over the limit/,
  ],
  [
    "of negative size",
    "negative.nii",
    nifti({ dims: [-5, 2], type: 2, bits: 8, body: new Uint8Array(8) }),
    /size/,
  ],
])("what is %s is refused in words", async (_what, name, bytes, message) => {
  await expect(open(name, bytes)).rejects.toMatchObject({
    name: "SourceError",
    message: expect.stringMatching(message),
  });
});

test("a small file that claims much, gzipped, stops at what it claims", async () => {
  const bomb = gzipSync(
    Buffer.concat([
      nifti({ dims: [2, 2], type: 2, bits: 8, body: new Uint8Array(4) }),
      Buffer.alloc(50_000_000),
    ]),
  );
  const { source } = await open("bomb.nii.gz", bomb);
  expect((await readLevel(source)).values).toHaveLength(4);
});

test("changed bytes give a picture or a SourceError, never another error", async () => {
  const change = fc.tuple(fc.nat(379), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = good.slice(0, 480);
      for (const [at, value] of changes) bytes[at] = value;
      const options = { ...folder.options, memoryLimit: 1_000_000 };
      const error = await openSource(folder.write("fuzz.nii", bytes), options).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      if (error) expect(error).toMatchObject({ name: "SourceError" });
    }),
    { numRuns: 300 },
  );
});

test("opening can be aborted", async () => {
  const abort = new AbortController();
  abort.abort(new Error("enough"));
  await expect(
    openSource(folder.write("a.nii", good), { ...folder.options, signal: abort.signal }),
  ).rejects.toThrow("enough");
});
