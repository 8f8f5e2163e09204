import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import * as fc from "fast-check";
import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeNpy } from "../writers/npy.ts";
import { writeOmeTiff } from "../writers/ome-tiff.ts";
import { writeOmeZarr } from "../writers/ome-zarr.ts";
import { isTable, type Opened, open } from "./open.ts";
import { dicom, slice } from "./testing/dicom.ts";
import { bytesOf, nifti, TestFolder, tiff } from "./testing/files.ts";
import { mrc, nrrd } from "./testing/volumes.ts";

/**
 * Every reader with files that are cut, changed, or that claim what cannot be: the same cases each time. What comes out is a
 * picture or a SourceError, soon, and without memory for what is only claimed.
 */
const RUNS = Number(process.env.EYEPIECE_FUZZ_RUNS ?? 60);
const SEED = Number(process.env.EYEPIECE_FUZZ_SEED ?? 20_261_121);
/** Bytes by which the process may grow over all cases of a reader. */
const MEMORY = 700 * 1024 * 1024;

const folder = new TestFolder();
afterAll(() => folder.remove());
const values = Uint16Array.from({ length: 120 }, (_, i) => i * 31);
const source = memorySource("f", [{ data: values, shape: [2, 6, 10] }]);

const files = new Map<string, Uint8Array>();
beforeAll(async () => {
  const made = async (name: string, write: (path: string) => Promise<void>) => {
    const path = join(folder.path, `good-${name}`);
    await write(path);
    files.set(name, readFileSync(path));
  };
  await made("a.npy", (path) => writeNpy(path, source));
  await made("a.ome.tif", (path) => writeOmeTiff(path, { source, name: "a" }));
  await made("big.ome.tif", (path) => writeOmeTiff(path, { source, name: "a" }, { big: true }));
  const voxels = nifti({ dims: [10, 6, 2], type: 512, bits: 16, body: bytesOf(values) });
  const description = "ImageJ=1.53\nimages=2\nslices=2\n";
  const page = { width: 10, height: 6, bits: 16, format: 1, data: bytesOf(values), description };
  files.set("ij.tif", tiff([page]));
  files.set("a.nii", voxels);
  files.set("a.nii.gz", gzipSync(voxels));
  const fields = {
    type: "ushort",
    dimension: "3",
    sizes: "10 6 2",
    encoding: "raw",
    "space directions": "(1,0,0) (0,1,0) (0,0,2)",
  };
  files.set("a.nrrd", nrrd(fields, bytesOf(values)));
  files.set("z.nrrd", nrrd({ ...fields, encoding: "gzip" }, gzipSync(bytesOf(values))));
  files.set("a.mrc", mrc({ size: [10, 6, 2], mode: 6, data: values }));
  const pixels = { ...slice([10, 12], 0), "7fe00010": ["OW", bytesOf(values)] } as const;
  files.set("a.dcm", dicom(pixels));
  files.set(
    "rle.dcm",
    dicom(slice([10, 12], 0), { syntax: "1.2.840.10008.1.2.5", fragments: [new Uint8Array(80).fill(7)] }),
  );
  files.set("a.png", encodePng({ width: 8, height: 8, data: new Uint8Array(192).fill(9), channels: 3 }));
  files.set("a.jpg", jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256).fill(9) }, 80).data);
  files.set("points.csv", Buffer.from("index,axis-0,axis-1,word\n0,1.5,2,a\n1,3,4,b\n"));
  files.set(
    "shapes.csv",
    Buffer.from("index,shape-type,vertex-index,axis-0,axis-1\n0,path,0,1,1\n0,path,1,2,2\n"),
  );
  files.set("tracks.csv", Buffer.from("track_id,t,y,x\n1,0,5,6\n1,1,5,7\n"));
  files.set("a.obj", Buffer.from("v 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"));
  const triangle = Buffer.alloc(134);
  triangle.writeUInt32LE(1, 80);
  triangle.writeFloatLE(1, 100);
  files.set("a.stl", triangle);
  files.set(
    "text.stl",
    Buffer.from(
      "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid\n",
    ),
  );
  const ply =
    "ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n";
  files.set(
    "a.ply",
    Buffer.concat([
      Buffer.from(ply),
      new Uint8Array(36),
      Buffer.from([3, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]),
    ]),
  );
  files.set(
    "text.ply",
    Buffer.from(`${ply.replace("binary_little_endian", "ascii")}0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n`),
  );
  files.set("a.mp4", tinyMovie());
});

/** The tables of a movie of one picture, box in box. */
function tinyMovie(): Uint8Array {
  const box = (type: string, ...parts: (Uint8Array | number[])[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.byteLength + 8, 0);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, body]);
  };
  const words = (...list: number[]) =>
    list.flatMap((value) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const zeros = (count: number) => Array<number>(count).fill(0);
  const avcC = box("avcC", [1, 66, 0, 10, 255, 225, 0, 4, 0x67, 66, 0, 10, 1, 0, 2, 0x68, 0xce]);
  const entry = box(
    "avc1",
    zeros(6),
    [0, 1],
    zeros(16),
    [0, 16, 0, 16],
    words(0x480000, 0x480000, 0),
    [0, 1],
    zeros(32),
    [0, 24, 255, 255],
    avcC,
  );
  const stbl = box(
    "stbl",
    box("stsd", words(0, 1), entry),
    box("stts", words(0, 1, 1, 100)),
    box("stsc", words(0, 1, 1, 1, 1)),
    box("stsz", words(0, 0, 1, 8)),
    box("stco", words(0, 1, 40)),
  );
  const mdia = box(
    "mdia",
    box("mdhd", words(0, 0, 0, 1000, 100, 0x55c40000)),
    box("hdlr", words(0, 0), Buffer.from("vide"), zeros(12), Buffer.from("v\0")),
    box(
      "minf",
      box("vmhd", words(1, 0, 0)),
      box("dinf", box("dref", words(0, 1), box("url ", words(1)))),
      stbl,
    ),
  );
  const tkhd = box(
    "tkhd",
    words(3, 0, 0, 1, 0, 100, 0, 0, 0, 0, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000, 16 << 16, 16 << 16),
  );
  const mvhd = box(
    "mvhd",
    words(0, 0, 0, 1000, 100, 0x10000, 0x1000000, 0, 0, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000),
    zeros(24),
    words(2),
  );
  const ftyp = box("ftyp", Buffer.from("isom"), words(0), Buffer.from("isom"));
  return Buffer.concat([ftyp, box("mdat", words(4, 0x65888400)), box("moov", mvhd, box("trak", tkhd, mdia))]);
}

/** What is done to a file: cut, bytes set, and numbers where sizes may stand. */
const harm = fc.record({
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
  bytes: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
  words: fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.constantFrom(0, 0x7fffffff, 0xffffffff, 0x80000000, 0x00ffffff, 0xffffff00),
      fc.boolean(),
    ),
    { maxLength: 2 },
  ),
});

function harmed(
  good: Uint8Array,
  {
    cut,
    bytes,
    words,
  }: { cut: number | null; bytes: [number, number][]; words: [number, number, boolean][] },
): Buffer {
  const copy = Buffer.from(
    good.subarray(0, cut === null ? good.byteLength : Math.floor(cut * good.byteLength)),
  );
  for (const [at, value] of bytes) if (copy.length > 0) copy[Math.floor(at * copy.length)] = value;
  for (const [at, value, little] of words) {
    if (copy.length < 4) continue;
    const place = Math.floor(at * (copy.length - 3));
    if (little) copy.writeUInt32LE(value, place);
    else copy.writeUInt32BE(value, place);
  }
  return copy;
}

async function tryOpening(path: string): Promise<void> {
  const options = { ...folder.options, memoryLimit: 64 << 20 };
  let opened: Opened[];
  try {
    opened = await open(path, options);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "SourceError" });
    return;
  }
  for (const layer of opened.slice(0, 3)) {
    if (!("source" in layer)) continue;
    const info = layer.source.levels[0];
    const size = (info?.chunk ?? []).reduce((product, one) => product * one, 1);
    expect(size).toBeLessThanOrEqual(512 * 1024 * 1024);
    const error = await layer.source
      .readBrick(
        0,
        (info?.shape ?? []).map(() => 0),
      )
      .then(
        () => undefined,
        (cause: unknown) => cause,
      );
    if (error) expect(error).toMatchObject({ name: "SourceError" });
  }
  for (const layer of opened) if ("source" in layer) await layer.source.dispose();
}

test.each([
  ...[
    "a.npy",
    "a.ome.tif",
    "big.ome.tif",
    "ij.tif",
    "a.nii",
    "a.nii.gz",
    "a.nrrd",
    "z.nrrd",
    "a.mrc",
    "a.dcm",
    "rle.dcm",
    "a.png",
    "a.jpg",
  ],
  ...["points.csv", "shapes.csv", "tracks.csv", "a.obj", "a.stl", "text.stl", "a.ply", "text.ply", "a.mp4"],
])("%s, harmed", async (name) => {
  const good = files.get(name);
  if (!good) throw new Error(`no file ${name}`);
  const before = process.memoryUsage().rss;
  const whole = join(folder.path, name);
  writeFileSync(whole, good);
  const opened = await open(whole, folder.options);
  expect(opened.length).toBeGreaterThan(0);
  expect(isTable(name)).toBe("table" in (opened[0] ?? {}));
  for (const layer of opened) if ("source" in layer) await layer.source.dispose();
  await fc.assert(
    fc.asyncProperty(harm, async (how) => {
      writeFileSync(whole, harmed(good, how));
      await tryOpening(whole);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY);
});

/** Strings and numbers of OME-Zarr's metadata that are replaced by others. */
const hostile = fc.constantFrom<unknown>(
  ...["../../etc", "/etc/passwd", "..", "", "\0", "a/../../b", "file:///etc"],
  ...[
    -1,
    0,
    1.5,
    1e308,
    2 ** 53,
    4e9,
    null,
    true,
    [],
    {},
    [[[]]],
    "x".repeat(5000),
    Array<number>(1000).fill(1),
  ],
);

test("OME-Zarr whose metadata are replaced in any place", async () => {
  const path = join(folder.path, "meta.ome.zarr");
  await writeOmeZarr(path, { source, name: "a", scale: [1, 2, 3] }, { sharded: true });
  const group = (where: string, attributes: object) => {
    mkdirSync(where, { recursive: true });
    writeFileSync(
      join(where, "zarr.json"),
      JSON.stringify({ zarr_format: 3, node_type: "group", attributes }),
    );
  };
  const plate = join(folder.path, "plate.zarr");
  group(plate, {
    ome: {
      plate: {
        rows: [{ name: "A" }],
        columns: [{ name: "1" }],
        wells: [{ path: "A/1", rowIndex: 0, columnIndex: 0 }],
        field_count: 1,
      },
    },
  });
  group(join(plate, "A/1"), { ome: { well: { images: [{ path: "0" }] } } });
  await writeOmeZarr(join(plate, "A/1/0"), { source, name: "a" });
  const documents = [path, plate].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("zarr.json"))
      .map((name) => ({ root, file: join(root, name), text: readFileSync(join(root, name), "utf8") })),
  );
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(fc.nat(documents.length - 1), fc.nat(400), hostile, async (which, place, value) => {
      const document = documents[which];
      if (!document) return;
      const json: unknown = JSON.parse(document.text);
      const spots: [Record<string, unknown>, string][] = [];
      const walk = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        for (const key of Object.keys(node)) {
          spots.push([node as Record<string, unknown>, key]);
          walk((node as Record<string, unknown>)[key]);
        }
      };
      walk(json);
      const [node, key] = spots[place % spots.length] ?? [{}, "none"];
      node[key] = value;
      writeFileSync(document.file, JSON.stringify(json));
      await tryOpening(document.root);
      writeFileSync(document.file, document.text);
    }),
    { numRuns: RUNS * 3, seed: SEED },
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY);
});
