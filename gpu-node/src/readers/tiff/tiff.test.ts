import { rmSync } from "node:fs";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import * as fc from "fast-check";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type OpenedData, openSource } from "../open.ts";
import { bytesOf, readLevel, TestFolder, type TiffPage, tiff } from "../testing/files.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const opened: OpenedData[] = [];
afterEach(async () => {
  for (const { source } of opened.splice(0)) await source.dispose();
});
const open = async (name: string, bytes: Uint8Array): Promise<OpenedData[]> => {
  const layers = await openSource(folder.write(name, bytes), folder.options);
  opened.push(...layers);
  return layers;
};
const one = async (bytes: Uint8Array, name = "a.tif") => {
  const layers = await open(name, bytes);
  if (!layers[0] || layers.length !== 1) throw new Error(`${layers.length} layers`);
  return layers[0];
};

const [W, H] = [70, 20];
const ramp = (make: (length: number) => BrickArray, plane = 0): BrickArray => {
  const data = make(W * H) as Float64Array;
  for (let i = 0; i < data.length; i++) data[i] = (i * 3 + plane * 17) % 120;
  return data as BrickArray;
};
const KINDS: [name: string, bits: number, format: number, make: (length: number) => BrickArray][] = [
  ["uint8", 8, 1, (n) => new Uint8Array(n)],
  ["int8", 8, 2, (n) => new Int8Array(n)],
  ["uint16", 16, 1, (n) => new Uint16Array(n)],
  ["int16", 16, 2, (n) => new Int16Array(n)],
  ["uint32", 32, 1, (n) => new Uint32Array(n)],
  ["int32", 32, 2, (n) => new Int32Array(n)],
  ["float32", 32, 3, (n) => new Float32Array(n)],
  ["float64", 64, 3, (n) => new Float64Array(n)],
];

test.each(
  KINDS.flatMap(([name, bits, format, make]) =>
    [
      { little: true, big: false },
      { little: false, big: false },
      { little: true, big: true },
    ].flatMap((kind) => [undefined, 32].map((tile) => ({ name, bits, format, make, tile, ...kind }))),
  ),
)(
  "$name, little-endian $little, BigTIFF $big, tiles $tile",
  async ({ name, bits, format, make, tile, little, big }) => {
    const data = ramp(make);
    const page: TiffPage = {
      width: W,
      height: H,
      bits,
      format,
      data: bytesOf(data, !little),
      ...(tile ? { tile } : {}),
    };
    const { source } = await one(tiff([page], { little, big }));
    expect(source.dtype).toBe(name);
    const { shape, values } = await readLevel(source);
    expect(shape).toEqual([1, H, W].slice(-source.ndim));
    expect(values).toEqual(Array.from(data as ArrayLike<number>));
    await source.dispose();
  },
);

const plane = (index: number, extra: Partial<TiffPage> = {}): TiffPage => ({
  width: W,
  height: H,
  bits: 16,
  format: 1,
  data: bytesOf(ramp((n) => new Uint16Array(n), index)),
  ...extra,
});
const ome = (attributes: string, inner = "") =>
  `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image Name="cells"><Pixels Type="uint16" SizeX="${W}" SizeY="${H}" ${attributes}>${inner}</Pixels></Image></OME>`;

describe("planes", () => {
  test("are a stack without further words", async () => {
    const { source, defaults } = await one(tiff([plane(0), plane(1), plane(2)]));
    expect(source.levels[0]?.shape).toEqual([3, H, W]);
    expect((await source.readBrick(0, [2, 0, 0])).data).toEqual(ramp((n) => new Uint16Array(n), 2));
    expect(defaults.axis_labels).toEqual(["z", "y", "x"]);
  });

  test("follow OME-XML: order, sizes, names, colours", async () => {
    const channels =
      '<Channel ID="0" Name="DAPI" Color="65535"/><Channel ID="1" Name="GFP" Color="16711935"/><TiffData/>';
    const xml = ome(
      'SizeC="2" SizeZ="3" SizeT="2" DimensionOrder="XYZCT" PhysicalSizeX="0.5" PhysicalSizeY="0.5" PhysicalSizeZ="2" TimeIncrement="10"',
      channels,
    );
    const pages = Array.from({ length: 12 }, (_, i) => plane(i, i === 0 ? { description: xml } : {}));
    const layers = await open("b.ome.tif", tiff(pages));
    expect(
      layers.map(({ defaults }) => [defaults.name, defaults.colormap?.colors[1], defaults.blending]),
    ).toEqual([
      ["DAPI", [0, 0, 1, 1], "additive"],
      ["GFP", [0, 1, 0, 1], "additive"],
    ]);
    expect(layers[1]?.defaults).toMatchObject({
      scale: [10, 2, 0.5, 0.5],
      units: ["second", "micrometer", "micrometer", "micrometer"],
      axis_labels: ["t", "z", "y", "x"],
    });
    // t = 1, c = 1, z = 2 is page 2 + 3 * (1 + 2 * 1).
    expect((await layers[1]?.source.readBrick(0, [1, 2, 0, 0]))?.data).toEqual(
      ramp((n) => new Uint16Array(n), 11),
    );
    await layers[0]?.source.dispose();
    expect((await layers[1]?.source.readBrick(0, [0, 0, 0, 0]))?.max).toBe(117);
    await layers[1]?.source.dispose();
    await expect(layers[1]?.source.readBrick(0, [0, 0, 0, 0])).rejects.toThrow("closed");
  });

  test("follow TiffData where it names pages", async () => {
    const data = '<TiffData IFD="1" FirstZ="0" PlaneCount="1"/><TiffData IFD="0" FirstZ="1" PlaneCount="1"/>';
    const xml = ome('SizeC="1" SizeZ="2" SizeT="1" DimensionOrder="XYCZT"', data);
    const { source } = await one(tiff([plane(0, { description: xml }), plane(1)]), "c.ome.tif");
    expect((await source.readBrick(0, [0, 0, 0])).data).toEqual(ramp((n) => new Uint16Array(n), 1));
  });

  test("follow ImageJ's description", async () => {
    const description =
      "ImageJ=1.53\nimages=6\nchannels=2\nslices=3\nspacing=2.5\nunit=micron\nhyperstack=true\n";
    const layers = await open(
      "ij.tif",
      tiff(Array.from({ length: 6 }, (_, i) => plane(i, i === 0 ? { description } : {}))),
    );
    expect(layers).toHaveLength(2);
    expect(layers[1]?.defaults).toMatchObject({ scale: [2.5, 1, 1], axis_labels: ["z", "y", "x"] });
    expect((await layers[1]?.source.readBrick(0, [2, 0, 0]))?.data).toEqual(
      ramp((n) => new Uint16Array(n), 5),
    );
  });

  test("of colours are one layer", async () => {
    const data = Uint8Array.from({ length: W * H * 3 }, (_, i) => i % 256);
    const { source, rgb } = await one(
      tiff([{ width: W, height: H, bits: 8, format: 1, samples: 3, photometric: 2, data }]),
    );
    expect([rgb, source.channels]).toEqual([true, 3]);
    expect((await readLevel(source)).values).toEqual([...data]);
  });
});

describe("pyramids", () => {
  const small = (factor: number): TiffPage => ({
    width: W / factor,
    height: H / factor,
    bits: 16,
    format: 1,
    reduced: true,
    data: bytesOf(new Uint16Array((W / factor) * (H / factor)).fill(factor)),
  });

  test("in SubIFDs", async () => {
    const { source } = await one(
      tiff([plane(0, { sub: [small(2)] }), plane(1, { sub: [small(2)] })], { big: true }),
    );
    expect(source.levels.map(({ shape }) => shape)).toEqual([
      [2, H, W],
      [2, H / 2, W / 2],
    ]);
    expect(source.levels[1]).toMatchObject({ scale: [1, 2, 2], translate: [0, 0.5, 0.5] });
    expect(await source.readBrick(1, [1, 0, 0])).toMatchObject({ min: 2, max: 2 });
  });

  test("in pages of their own", async () => {
    const { source } = await one(tiff([plane(0), small(2), small(10)]));
    expect(source.levels.map(({ shape }) => shape.slice(-2))).toEqual([
      [H, W],
      [H / 2, W / 2],
      [H / 10, W / 10],
    ]);
  });
});

describe("what is broken or hostile", () => {
  test.each([
    ["a circle of pages", tiff([plane(0), plane(1)], { loop: true }), /circle/],
    ["not TIFF", new Uint8Array(2000).fill(1), /not a readable TIFF/],
    ["empty", new Uint8Array(), /not a readable TIFF/],
    [
      "OME-XML with entities",
      tiff([
        plane(0, { description: `<!DOCTYPE x [<!ENTITY a "b">]>${ome('SizeC="1" SizeZ="1" SizeT="1"')}` }),
      ]),
      /document type/,
    ],
    [
      "OME-XML of absurd size",
      tiff([plane(0, { description: ome('SizeC="1" SizeZ="999999" SizeT="999999"') })]),
      /more planes/,
    ],
    [
      "OME-XML of broken size",
      tiff([plane(0, { description: ome('SizeC="x" SizeZ="1" SizeT="1"') })]),
      /SizeC/,
    ],
    ["complex numbers", tiff([plane(0, { format: 5 })]), /cannot be shown/],
  ])("%s is refused in words", async (_what, bytes, message) => {
    await expect(open("bad.tif", bytes)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  });

  test("a page of absurd size is refused when it is read, not filled", async () => {
    const bytes = tiff([plane(0)]);
    // The width's value lies in its entry: tag 256, type 4, count 1.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0, 1, 4, 0, 1, 0, 0, 0]));
    new DataView(bytes.buffer).setUint32(at + 8, 2 ** 30, true);
    const [layer] = await open("wide.tif", bytes);
    await expect(layer?.source.readBrick(0, [0, 0])).rejects.toMatchObject({ name: "SourceError" });
  });

  test("a file cut short gives an error on the brick that is missing", async () => {
    const whole = tiff([plane(0)]);
    const { source } = await one(whole);
    expect((await source.readBrick(0, [0, 0])).max).toBe(117);
    const error = await open("cut.tif", whole.subarray(0, 1000)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "SourceError" });
  });

  test("a deleted file stays readable while it is open", async () => {
    const path = folder.write("gone.tif", tiff([plane(0)]));
    const [layer] = await openSource(path, folder.options);
    if (layer) opened.push(layer);
    rmSync(path);
    expect((await layer?.source.readBrick(0, [0, 0]))?.max).toBe(117);
  });

  test("changed bytes give a picture or a SourceError, never another error", async () => {
    const good = tiff([
      plane(0, { sub: [] }),
      plane(1, { description: ome('SizeC="1" SizeZ="2" SizeT="1"') }),
    ]);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        // Directories lie behind the pixels: half of the changes go there.
        for (const [at, value] of changes) bytes[good.length - 1 - (at % 700)] = value;
        const error = await open("fuzz.tif", bytes)
          .then(async (layers) => {
            for (const { source } of layers.slice(0, 2)) {
              await source.readBrick(0, source.levels[0]?.shape.map(() => 0) ?? []);
              await source.dispose();
            }
          })
          .catch((cause: unknown) => cause);
        if (error) expect(error).toMatchObject({ name: "SourceError" });
      }),
      { numRuns: 200 },
    );
  });
});
