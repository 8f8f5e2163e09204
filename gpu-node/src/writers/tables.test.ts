import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SYMBOLS } from "@eyepiece/engine/model/columns.ts";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { open, openTable } from "../readers/open.ts";
import { TestFolder } from "../readers/testing/files.ts";
import { writeCsv } from "./csv.ts";
import { writeSurface } from "./surfaces.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const read = (name: string, text: string | Uint8Array) => openTable(folder.write(name, text), folder.options);
const numbers = (data: ArrayLike<number> | undefined) => Array.from(data ?? []);

describe("CSV", () => {
  test("points as napari writes them, with features of numbers and words, and napari's defaults", async () => {
    const { kind, table, defaults } = await read(
      "spots.csv",
      'index,axis-0,axis-1,axis-2,area,class\r\n0,1.5,2.0,3.0,7,"a, ""b"""\r\n1,-4.0,5e2,6.0,,c\r\n',
    );
    expect([kind, table.count, defaults.name]).toEqual(["points", 2, "spots"]);
    expect(numbers(table.columns.get("position")?.data)).toEqual([1.5, 2, 3, -4, 500, 6]);
    expect(numbers(table.features.get("area")?.data)).toEqual([7, Number.NaN]);
    const words = table.features.get("class");
    expect(numbers(words?.data).map((i) => words?.categories?.[i])).toEqual(['a, "b"', "c"]);
    expect(table.columns.get("size")?.data).toEqual(Float32Array.of(10, 10));
    expect(SYMBOLS[table.columns.get("symbol")?.data[1] ?? 0]).toBe("disc");
    expect(table.columns.get("border_color")?.data[4]).toBeCloseTo(105 / 255);
    expect(table.columns.get("border_width")?.data[1]).toBeCloseTo(0.05);
    expect(table.columns.get("shown")?.data[1]).toBe(1);
  });

  test("shapes as napari writes them", async () => {
    const { kind, table } = await read(
      "s.csv",
      "index,shape-type,vertex-index,axis-0,axis-1\n0,rectangle,0,1,1\n0,rectangle,1,1,5\n0,rectangle,2,4,5\n0,rectangle,3,4,1\n1,path,0,9,9\n1,path,1,10,12\n",
    );
    expect([kind, table.count]).toEqual(["shapes", 2]);
    expect(numbers(table.columns.get("shape_type")?.data)).toEqual([0, 3]);
    expect(numbers(table.columns.get("vertices")?.offsets)).toEqual([0, 4, 6]);
    expect(table.columns.get("edge_color")?.data[0]).toBeCloseTo(0x77 / 255);
  });

  test.each([
    ["track_id,t,z,y,x,score", "2,1,0,5,5,30\n1,3,0,2,2,20\n1,0,0,1,1,10\n"],
    ["ID,t,z,y,x,score", "2,1,0,5,5,30\n1,3,0,2,2,20\n1,0,0,1,1,10\n"],
    ["track_id,axis-0,axis-1,axis-2,axis-3,score", "2,1,0,5,5,30\n1,3,0,2,2,20\n1,0,0,1,1,10\n"],
  ])("tracks by %s, in the order of track and time", async (header, rows) => {
    const { kind, table } = await read("t.csv", `${header}\n${rows}`);
    expect(kind).toBe("tracks");
    expect(numbers(table.columns.get("id")?.data)).toEqual([1, 1, 2]);
    expect(numbers(table.columns.get("position")?.data)).toEqual([0, 0, 1, 1, 3, 0, 2, 2, 1, 0, 5, 5]);
    expect(numbers(table.features.get("score")?.data)).toEqual([10, 20, 30]);
  });

  test("points of plain names", async () => {
    const { kind, table, defaults } = await read("p.csv", "x,y,z\n1,2,3\n");
    expect([kind, defaults.axis_labels]).toEqual(["points", ["z", "y", "x"]]);
    expect(numbers(table.columns.get("position")?.data)).toEqual([3, 2, 1]);
  });

  test.each([
    ["nothing", "", /is empty/],
    ["other columns", "name,weight\na,1\n", /name no layer/],
    ["words for numbers", "axis-0,axis-1\n1,abc\n", /abc in row 1/],
    ["rows of unequal length", "axis-0,axis-1\n1,2\n1\n", /not a readable CSV/],
    ["an open quote", 'axis-0,axis-1\n1,"2\n', /not a readable CSV/],
    ["a shape that is none", "index,shape-type,vertex-index,axis-0,axis-1\n0,blob,0,1,1\n", /type blob/],
    ["a row without an end", `axis-0,axis-1\n"${"1".repeat(3 << 20)}`, /not a readable CSV/],
  ])("%s is refused in words", async (_name, text, message) => {
    await expect(read("bad.csv", text)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  });

  test("what is written is read again", async () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const word = fc.string({ maxLength: 8 }).map((text) => `w${text.trim()}`);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(finite, finite, finite, finite, word), { minLength: 1, maxLength: 12 }),
        async (items) => {
          const position = Float64Array.from(items.flatMap((item) => item.slice(0, 3) as number[]));
          const words = [...new Set(items.map((item) => item[4]))];
          const features = new Map([
            ["score", { data: Float64Array.from(items, (item) => item[3]) }],
            ["word", { data: Uint32Array.from(items, (item) => words.indexOf(item[4])), categories: words }],
          ]);
          const columns = new Map([["position", { width: 3, data: position }]]);
          const path = join(folder.path, `r${round++}.csv`);
          await writeCsv(path, "points", { count: items.length, columns, features });
          const back = await openTable(path, folder.options);
          expect(back.kind).toBe("points");
          expect(back.table.columns.get("position")?.data).toEqual(position);
          const read_ = back.table.features.get("word");
          expect(numbers(read_?.data).map((i) => read_?.categories?.[i])).toEqual(
            items.map((item) => item[4]),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test("shapes and tracks are written in napari's forms", async () => {
    const shapes = await read(
      "s.csv",
      "index,shape-type,vertex-index,axis-0,axis-1,k\n0,polygon,0,1,1,5\n0,polygon,1,1,5,5\n0,polygon,2,4,5,5\n",
    );
    const path = join(folder.path, "shapes.csv");
    await writeCsv(path, "shapes", shapes.table);
    expect(readFileSync(path, "utf8")).toBe(
      "index,shape-type,vertex-index,axis-0,axis-1,k\r\n0,polygon,0,1.0,1.0,5\r\n0,polygon,1,1.0,5.0,5\r\n0,polygon,2,4.0,5.0,5\r\n",
    );
    const tracks = await read("t.csv", "track_id,t,y,x\n1,0,5,6\n");
    await writeCsv(join(folder.path, "tracks.csv"), "tracks", tracks.table);
    const again = await openTable(join(folder.path, "tracks.csv"), folder.options);
    expect([again.kind, numbers(again.table.columns.get("position")?.data)]).toEqual(["tracks", [0, 5, 6]]);
  });
});

const CUBE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";
const stl = (triangles: readonly number[][]) => {
  const bytes = Buffer.alloc(84 + 50 * triangles.length);
  bytes.write("solid but binary");
  bytes.writeUInt32LE(triangles.length, 80);
  triangles.forEach((corners, i) => {
    corners.forEach((value, k) => {
      bytes.writeFloatLE(value, 84 + 50 * i + 12 + 4 * k);
    });
  });
  return bytes;
};
const TWO = [
  [0, 0, 0, 1, 0, 0, 1, 1, 0],
  [0, 0, 0, 1, 1, 0, 0, 1, 0],
];

describe("surfaces", () => {
  test("OBJ: polygons, indices from the end, colours, textures", async () => {
    const square = await read("q.obj", `# a\no x\n${CUBE}f 1 2 3 4\n`);
    expect(square.kind).toBe("surface");
    expect(numbers(square.table.columns.get("faces")?.data)).toEqual([0, 1, 2, 0, 2, 3]);
    expect(numbers(square.table.columns.get("values")?.data)).toEqual([1, 1, 1, 1]);
    const back = await read("n.obj", `${CUBE}vt 0 0\nvt 1 0.5\nf -4/1 -3/2 -2/1\n`);
    expect(numbers(back.table.columns.get("faces")?.data)).toEqual([0, 1, 2]);
    expect(back.table.columns.get("texcoords")).toBeUndefined();
    const colour = await read("c.obj", "v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nf 1//1 2//2 3//3\n");
    expect(numbers(colour.table.columns.get("vertex_colors")?.data)).toEqual([
      1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1,
    ]);
  });

  test.each([
    ["binary", stl(TWO)],
    [
      "ASCII",
      `solid x\n${TWO.map((c) => `facet normal 0 0 1\nouter loop\n${[0, 3, 6].map((k) => `vertex ${c[k]} ${c[k + 1]} ${c[k + 2]}`).join("\n")}\nendloop\nendfacet`).join("\n")}\nendsolid x\n`,
    ],
  ])("STL, %s: corners at one place are one vertex", async (_name, bytes) => {
    const { table } = await read("a.stl", bytes);
    expect(numbers(table.columns.get("vertices")?.data)).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);
    expect(numbers(table.columns.get("faces")?.data)).toEqual([0, 1, 2, 0, 2, 3]);
  });

  test("STL of many triangles", async () => {
    const n = 60;
    const triangles: number[][] = [];
    for (let y = 0; y < n; y++)
      for (let x = 0; x < n; x++)
        triangles.push([x, y, 0, x + 1, y, 0, x, y + 1, 0], [x + 1, y, 0, x + 1, y + 1, 0, x, y + 1, 0]);
    const { table } = await read("grid.stl", stl(triangles));
    expect([table.count, (table.columns.get("vertices")?.data.length ?? 0) / 3]).toEqual([
      2 * n * n,
      (n + 1) ** 2,
    ]);
  });

  const plyHead = (format: string) =>
    `ply\nformat ${format} 1.0\ncomment x\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nproperty float quality\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n`;
  const plyBinary = (little: boolean) => {
    const body = Buffer.alloc(4 * 19 + 17);
    let at = 0;
    const float = (value: number) => {
      at = little ? body.writeFloatLE(value, at) : body.writeFloatBE(value, at);
    };
    for (let i = 0; i < 4; i++) {
      [i, i * 2, i * 3].forEach(float);
      for (const value of [255, 0, 51]) at = body.writeUInt8(value, at);
      float(i / 4);
    }
    at = body.writeUInt8(4, at);
    for (let i = 0; i < 4; i++) at = little ? body.writeInt32LE(i, at) : body.writeInt32BE(i, at);
    return Buffer.concat([Buffer.from(plyHead(`binary_${little ? "little" : "big"}_endian`)), body]);
  };
  test.each([
    [
      "text",
      `${plyHead("ascii")}0 0 0 255 0 51 0\n1 2 3 255 0 51 0.25\n2 4 6 255 0 51 0.5\n3 6 9 255 0 51 0.75\n4 0 1 2 3\n`,
    ],
    ["little-endian", plyBinary(true)],
    ["big-endian", plyBinary(false)],
  ])("PLY, %s", async (_name, bytes) => {
    const { table } = await read("a.ply", bytes);
    expect(numbers(table.columns.get("vertices")?.data)).toEqual([0, 0, 0, 1, 2, 3, 2, 4, 6, 3, 6, 9]);
    expect(numbers(table.columns.get("faces")?.data)).toEqual([0, 1, 2, 0, 2, 3]);
    expect(numbers(table.columns.get("values")?.data)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(table.columns.get("vertex_colors")?.data.subarray(4, 8)).toEqual(Float32Array.of(1, 0, 0.2, 1));
  });

  test.each([
    ["a.obj", `${CUBE}f 1 2 9\n`, /vertex 8 of 4/],
    ["a.obj", `${CUBE}f 1 2\n`, /2 corners/],
    ["a.obj", "v 1 2\n", /line 1/],
    ["a.obj", CUBE, /no faces/],
    ["a.stl", stl(TWO).subarray(0, 120), /cut short/],
    ["a.stl", "", /cut short|no vertices/],
    ["a.stl", "solid\nvertex 1 2 3\n", /cut short/],
    ["a.ply", plyBinary(true).subarray(0, 300), /cut short/],
    ["a.ply", plyHead("ascii").replace("vertex 4", "vertex 4000000000000"), /cut short/],
    ["a.ply", "hello", /not a readable PLY/],
  ])("%s that is damaged is refused in words", async (name, bytes, message) => {
    await expect(read(name, bytes)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  });

  test.each(["obj", "ply"] as const)("%s is written and read again", async (format) => {
    const { table } = await read("a.ply", plyBinary(true));
    const path = join(folder.path, `w.${format}`);
    await writeSurface(path, table, { format, replace: true });
    const back = await openTable(path, folder.options);
    for (const name of ["vertices", "faces", "vertex_colors", ...(format === "ply" ? ["values"] : [])])
      expect(back.table.columns.get(name)).toEqual(table.columns.get(name));
  });
});

test("open tells images from tables", async () => {
  const [points] = await open(folder.write("o.csv", "axis-0,axis-1\n1,2\n"), folder.options);
  expect(points?.kind).toBe("points");
  await expect(open(folder.write("o.xyz", "a"), folder.options)).rejects.toThrow(
    "no kind that can be opened",
  );
});
