import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import jpeg from "jpeg-js";
import { afterAll, expect, test } from "vitest";
import { openSource } from "../open.ts";
import { dicom, slice } from "../testing/dicom.ts";
import { bytesOf, readLevel, TestFolder } from "../testing/files.ts";

const folder = new TestFolder();
const opened: ChunkSource[] = [];
afterAll(async () => {
  for (const source of opened) await source.dispose();
  folder.remove();
});
const openAt = async (path: string) => {
  const [layer] = await openSource(path, folder.options);
  if (!layer) throw new Error("nothing was opened");
  opened.push(layer.source);
  return layer;
};

const values = (base: number) => Uint16Array.from({ length: 6 }, (_, i) => base + i);

test("a folder is a volume in the order of its places, in Hounsfield units", async () => {
  const path = join(folder.path, "ct");
  mkdirSync(path);
  const rescaled = {
    "00281052": ["DS", "-1024"],
    "00281053": ["DS", "1"],
    "00281050": ["DS", "40"],
    "00281051": ["DS", "400"],
    "0008103e": ["LO", "Thorax"],
  } as const;
  for (const [number, z] of [7, 1, 5, 3].entries()) {
    const elements = { ...slice([3, 2], z, rescaled), "7fe00010": ["OW", bytesOf(values(z * 100))] } as const;
    writeFileSync(join(path, `IM${number}`), dicom(elements));
  }
  const { source, defaults } = await openAt(path);
  expect(source.dtype).toBe("int16");
  const expected = [1, 3, 5, 7].flatMap((z) => [...values(z * 100)].map((value) => value - 1024));
  expect(await readLevel(source)).toEqual({ shape: [4, 2, 3], values: expected });
  expect(defaults).toEqual({
    name: "Thorax",
    scale: [2, 0.5, 0.25],
    translate: [1, -20, -10],
    units: ["millimeter", "millimeter", "millimeter"],
    axis_labels: ["z", "y", "x"],
    contrast_limits: [-160, 240],
  });
  await source.dispose();
});

test("a sagittal series is turned; several volumes at the same places are a time axis", async () => {
  const path = join(folder.path, "mr");
  mkdirSync(path);
  for (const [number, [time, x]] of [
    [1, 4],
    [2, 4],
    [1, 0],
    [2, 0],
    [1, 8],
    [2, 8],
  ].entries()) {
    const elements = {
      ...slice([3, 2], 0),
      "00200032": ["DS", `${x}\\0\\0`],
      "00200037": ["DS", "0\\1\\0\\0\\0\\-1"],
      "00200100": ["IS", `${time}`],
      "00280030": ["DS", "2\\3"],
      "7fe00010": ["OW", bytesOf(values((time ?? 0) * 1000 + (x ?? 0) * 10))],
    } as const;
    writeFileSync(join(path, `${number}.dcm`), dicom(elements));
  }
  const { source, defaults } = await openAt(path);
  const { shape, values: read } = await readLevel(source);
  expect(shape).toEqual([2, 3, 2, 3]);
  // The normal is row x column = (-1, 0, 0): the slice at x = 8 comes first.
  expect([read[0], read[6], read[12], read[18]]).toEqual([1080, 1040, 1000, 2080]);
  expect(defaults.scale).toEqual([1, 4, 2, 3]);
  // World z, y, x: slices go along -x, rows down along -z, columns along y.
  expect(defaults.affine).toEqual([
    [1, 0, 0, 0, 0],
    [0, 0, -1, 0, 0],
    [0, 0, 0, 1, 0],
    [0, -1, 0, 0, 8],
    [0, 0, 0, 0, 1],
  ]);
});

test.each([
  ["big-endian", { syntax: "1.2.840.10008.1.2.2", big: true }],
  ["little-endian", {}],
])("several frames in one file, %s", async (_name, how) => {
  const data = Uint16Array.from({ length: 18 }, (_, i) => i * 7);
  const elements = {
    ...slice([3, 2], 0),
    "00280008": ["IS", "3"],
    "7fe00010": ["OW", bytesOf(data, "big" in how)],
  } as const;
  const { source } = await openAt(folder.write("multi.dcm", dicom(elements, how)));
  expect(await readLevel(source)).toEqual({ shape: [3, 2, 3], values: [...data] });
});

test("colours in planes, and inverted gray", async () => {
  const colour = {
    ...slice([2, 1], 0),
    "00280002": ["US", [3]],
    "00280004": ["CS", "RGB"],
    "00280006": ["US", [1]],
    "00280100": ["US", [8]],
    "00280101": ["US", [8]],
    "7fe00010": ["OW", Uint8Array.of(1, 2, 3, 4, 5, 6)],
  } as const;
  const { source, rgb } = await openAt(folder.write("rgb.dcm", dicom(colour)));
  expect([rgb, (await readLevel(source)).values]).toEqual([true, [1, 3, 5, 2, 4, 6]]);
  const inverted = {
    ...slice([3, 2], 0),
    "00280004": ["CS", "MONOCHROME1"],
    "7fe00010": ["OW", bytesOf(values(0))],
  } as const;
  expect((await openAt(folder.write("inv.dcm", dicom(inverted)))).defaults.colormap?.name).toBe("gray_r");
});

const codec = createRequire(import.meta.url)("@cornerstonejs/dicom-codec") as {
  encode(
    frame: Uint8Array,
    info: object,
    syntax: string,
    options?: object,
  ): Promise<{ imageFrame: Uint8Array }>;
};

test.each([
  ["JPEG-LS", "1.2.840.10008.1.2.4.80"],
  ["JPEG 2000", "1.2.840.10008.1.2.4.90"],
])("%s is decompressed, each frame by itself", async (_name, syntax) => {
  const [columns, rows] = [160, 120];
  const frame = (base: number) =>
    Uint16Array.from({ length: columns * rows }, (_, i) => (base + i * 3) % 4000);
  const info = { rows, columns, bitsAllocated: 16, bitsStored: 16, samplesPerPixel: 1, signed: false };
  const fragments: Uint8Array[] = [];
  for (const base of [0, 900]) {
    const encoded = await codec.encode(bytesOf(frame(base)), info, syntax, { lossless: true });
    fragments.push(new Uint8Array(encoded.imageFrame));
  }
  const elements = { ...slice([columns, rows], 0), "00280008": ["IS", "2"] } as const;
  const { source } = await openAt(folder.write("packed.dcm", dicom(elements, { syntax, fragments })));
  expect((await readLevel(source)).values).toEqual([...frame(0), ...frame(900)]);
});

test("baseline JPEG gives colours", async () => {
  const data = new Uint8Array(16 * 16 * 4).map((_, i) => [200, 50, 100, 255][i % 4] ?? 0);
  const fragment = jpeg.encode({ width: 16, height: 16, data }, 95).data;
  const elements = {
    ...slice([16, 16], 0),
    "00280002": ["US", [3]],
    "00280004": ["CS", "YBR_FULL_422"],
    "00280006": ["US", [0]],
    "00280100": ["US", [8]],
    "00280101": ["US", [8]],
  } as const;
  const bytes = dicom(elements, { syntax: "1.2.840.10008.1.2.4.50", fragments: [fragment] });
  const { source, rgb } = await openAt(folder.write("jpeg.dcm", bytes));
  const [r = 0, g = 0, b = 0] = (await readLevel(source)).values;
  expect([rgb, Math.abs(r - 200) + Math.abs(g - 50) + Math.abs(b - 100) < 12]).toEqual([true, true]);
});

test("RLE is decompressed", async () => {
  // Two segments: high bytes 1 1 1 1 1 1 as a run, low bytes as they are.
  const head = new Uint8Array(64);
  const view = new DataView(head.buffer);
  view.setUint32(0, 2, true);
  view.setUint32(4, 64, true);
  view.setUint32(8, 66, true);
  const fragment = Buffer.concat([head, Buffer.from([256 - 5, 1]), Buffer.from([5, 10, 11, 12, 13, 14, 15])]);
  const { source } = await openAt(
    folder.write(
      "rle.dcm",
      dicom(slice([3, 2], 0), { syntax: "1.2.840.10008.1.2.5", fragments: [fragment] }),
    ),
  );
  expect((await readLevel(source)).values).toEqual([266, 267, 268, 269, 270, 271]);
});

test.each([
  ["no DICOM", new Uint8Array(500), /not a DICOM/],
  ["cut", dicom({ ...slice([300, 200], 0), "7fe00010": ["OW", new Uint8Array(10)] }), /cut short/],
  ["without pixels", dicom(slice([3, 2], 0)), /no pixels/],
  ["of no size", dicom({ ...slice([0, 2], 0), "7fe00010": ["OW", new Uint8Array(10)] }), /size is 0/],
  [
    "a film",
    dicom(slice([3, 2], 0), { syntax: "1.2.840.10008.1.2.4.100", fragments: [new Uint8Array(8)] }),
    /MPEG-2/,
  ],
  [
    "damaged when compressed",
    dicom(slice([3, 2], 0), { syntax: "1.2.840.10008.1.2.4.90", fragments: [new Uint8Array(8)] }),
    /has a frame/,
  ],
])("what is %s is refused in words", async (_name, bytes, message) => {
  const read = openAt(folder.write("bad.dcm", bytes)).then(({ source }) =>
    source.readBrick(0, source.levels[0]?.shape.map(() => 0) ?? []),
  );
  await expect(read).rejects.toMatchObject({ name: "SourceError", message: expect.stringMatching(message) });
});

test("a part of a series that is missing is told", async () => {
  const path = join(folder.path, "gap");
  mkdirSync(path);
  for (const [number, z] of [0, 0, 1].entries())
    writeFileSync(
      join(path, `${number}.dcm`),
      dicom({ ...slice([3, 2], z), "7fe00010": ["OW", bytesOf(values(0))] }),
    );
  await expect(openAt(path)).rejects.toThrow("missing or doubled");
});
