import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, normalize } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import * as zarr from "zarrita";
import { openSource } from "../open.ts";
import { readLevel, TestFolder } from "../testing/files.ts";
import { s3Address } from "./stores.ts";

const folder = new TestFolder();
let server: Server | undefined;
afterAll(() => {
  server?.close();
  folder.remove();
});

/** A store that writes files. */
function storeIn(path: string) {
  return {
    get: () => undefined,
    set(key: string, value: Uint8Array): void {
      const file = join(path, key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, value);
    },
  };
}

const SHAPE = [2, 2, 5, 40, 50];
const valueAt = (level: number, [t = 0, c = 0, z = 0, y = 0, x = 0]: number[]) =>
  1 + level * 20_000 + t * 9000 + c * 5000 + z * 700 + y * 11 + x;

interface Wish {
  readonly dtype?: zarr.DataType;
  readonly codecs?: zarr.CodecMetadata[];
  readonly attributes?: (multiscales: object[]) => Record<string, unknown>;
}

/** A two-level image of version 0.5. */
async function makeImage(name: string, { dtype = "uint16", codecs, attributes }: Wish = {}): Promise<string> {
  const path = join(folder.path, name);
  const root = zarr.root(storeIn(path));
  const axes = ["t", "c", "z", "y", "x"].map((axis) => ({
    name: axis,
    type: axis === "t" ? "time" : axis === "c" ? "channel" : "space",
    ...(axis === "t" ? { unit: "second" } : axis === "c" ? {} : { unit: "micrometer" }),
  }));
  const datasets = [1, 2].map((factor, level) => ({
    path: `s${level}`,
    coordinateTransformations: [
      { type: "scale", scale: [10, 1, 2, 0.5 * factor, 0.5 * factor] },
      { type: "translation", translation: [0, 0, 7, 0.25 * (factor - 1), 0.25 * (factor - 1)] },
    ],
  }));
  const multiscales = [{ name: "cells", axes, datasets }];
  const omero = {
    channels: [
      { label: "DNA", color: "0000FF", active: true, window: { start: 10, end: 900, min: 0, max: 65535 } },
      { label: "actin", color: "#00ff00", active: false, window: { start: 5, end: 5, min: 0, max: 10 } },
    ],
  };
  await zarr.create(root, {
    attributes: attributes?.(multiscales) ?? { ome: { version: "0.5", multiscales, omero } },
  });
  for (const level of [0, 1]) {
    const shape = SHAPE.map((size, axis) => (axis > 2 && level === 1 ? size / 2 : size));
    const array = await zarr.create(root.resolve(`s${level}`), {
      shape,
      // Does not divide the shape, and holds both channels.
      chunkShape: [1, 2, 2, 16, 24],
      dtype,
      fillValue: 0 as never,
      ...(codecs ? { codecs } : {}),
    });
    const total = shape.reduce((product, size) => product * size, 1);
    const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
    const big = dtype === "int64" || dtype === "uint64";
    const numbers = Array.from({ length: total }, (_, flat) =>
      valueAt(
        level,
        shape.map((size, axis) => Math.floor(flat / (stride[axis] ?? 1)) % size),
      ),
    );
    const makers = { uint16: Uint16Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };
    const data = big
      ? (dtype === "int64" ? BigInt64Array : BigUint64Array).from(numbers.map(BigInt))
      : (makers[dtype as keyof typeof makers] ?? Uint16Array).from(numbers);
    await zarr.set(array as never, null as never, { data, shape, stride } as never);
  }
  return path;
}

const expected = (level: number, channel: number) => {
  const [t = 0, , z = 0, y = 0, x = 0] = SHAPE.map((size, axis) =>
    axis > 2 && level === 1 ? size / 2 : size,
  );
  const values: number[] = [];
  for (let a = 0; a < t; a++)
    for (let b = 0; b < z; b++)
      for (let c = 0; c < y; c++)
        for (let d = 0; d < x; d++) values.push(valueAt(level, [a, channel, b, c, d]));
  return { shape: [t, z, y, x], values };
};

describe("an image", () => {
  test("becomes a layer for each channel, with what was saved for its display", async () => {
    const layers = await openSource(await makeImage("a.ome.zarr"), folder.options);
    expect(layers.map(({ defaults }) => defaults)).toMatchObject([
      {
        name: "DNA",
        scale: [10, 2, 0.5, 0.5],
        translate: [0, 7, 0, 0],
        units: ["second", "micrometer", "micrometer", "micrometer"],
        axis_labels: ["t", "z", "y", "x"],
        contrast_limits: [10, 900],
        contrast_limits_range: [0, 65535],
        blending: "additive",
      },
      { name: "actin", visible: false },
    ]);
    expect(layers[0]?.defaults.colormap?.colors[1]).toEqual([0, 0, 1, 1]);
    expect(layers[1]?.defaults.colormap?.colors[1]).toEqual([0, 1, 0, 1]);
    // Limits that are no span are not limits.
    expect(layers[1]?.defaults.contrast_limits).toBeUndefined();
    expect(layers[0]?.source.levels[1]).toMatchObject({ scale: [1, 1, 2, 2], translate: [0, 0, 0.5, 0.5] });
  });

  test.each([0, 1].flatMap((level) => [0, 1].map((channel) => [level, channel] as const)))(
    "level %i channel %i is put together from its chunks",
    async (level, channel) => {
      const layers = await openSource(await makeImage(`p${level}${channel}.ome.zarr`), folder.options);
      const source = layers[channel]?.source;
      if (!source) throw new Error("no layer");
      expect(await readLevel(source, level)).toEqual(expected(level, channel));
    },
  );

  test.each(["int32", "float32", "float64", "int64", "uint64"] as const)("of %s", async (dtype) => {
    const [layer] = await openSource(await makeImage(`${dtype}.zarr`, { dtype }), folder.options);
    expect(layer?.source.dtype).toBe(dtype);
    if (layer) expect(await readLevel(layer.source)).toEqual(expected(0, 0));
  });

  test.each([
    ["gzip", { name: "gzip", configuration: { level: 5 } }],
    [
      "blosc",
      {
        name: "blosc",
        configuration: { cname: "lz4", clevel: 5, shuffle: "shuffle", typesize: 2, blocksize: 0 },
      },
    ],
    ["zstd", { name: "zstd", configuration: { level: 3 } }],
  ])("compressed by %s, big-endian", async (name, codec) => {
    const codecs = [{ name: "bytes", configuration: { endian: "big" } }, codec];
    const [layer] = await openSource(await makeImage(`c-${name}.zarr`, { codecs }), folder.options);
    if (layer) expect(await readLevel(layer.source)).toEqual(expected(0, 0));
  });

  test("of version 0.4 (Zarr 2) with nested keys, in Fortran order", async () => {
    const path = join(folder.path, "v4.zarr");
    const store = storeIn(path);
    const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    store.set("/.zgroup", text({ zarr_format: 2 }));
    const axes = [
      { name: "y", type: "space" },
      { name: "x", type: "space" },
    ];
    const datasets = [{ path: "0", coordinateTransformations: [{ type: "scale", scale: [3, 4] }] }];
    store.set("/.zattrs", text({ multiscales: [{ version: "0.4", axes, datasets }] }));
    const array = {
      zarr_format: 2,
      shape: [2, 3],
      chunks: [2, 2],
      dtype: ">i2",
      order: "F",
      fill_value: -7,
      compressor: null,
      filters: null,
      dimension_separator: "/",
    };
    store.set("/0/.zarray", text(array));
    // Columns first, big-endian; the second chunk is missing and so holds the fill value.
    store.set("/0/0/0", Uint8Array.of(0, 1, 0, 3, 0, 2, 0, 4));
    const [layer] = await openSource(path, folder.options);
    expect(layer?.defaults).toMatchObject({ name: "v4", scale: [3, 4] });
    if (layer) expect(await readLevel(layer.source)).toEqual({ shape: [2, 3], values: [1, 2, -7, 3, 4, -7] });
  });

  test("reads only what is asked for, and a chunk once for all channels", async () => {
    const path = await makeImage("lazy.ome.zarr");
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const file = join(folder.path, normalize(decodeURIComponent(request.url ?? "")));
      try {
        response.end(readFileSync(file));
      } catch {
        // What is not there is not there: the status says it.
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const uri = `http://127.0.0.1:${port}/lazy.ome.zarr`;
    await expect(openSource(uri, folder.options)).rejects.toThrow("own network");
    expect(asked).toEqual([]);
    const options = { policy: { ...folder.options.policy, privateHosts: [`127.0.0.1:${port}`] } };
    const layers = await openSource(uri, options);
    expect(asked.filter((url) => url.includes("/c/"))).toEqual([]);
    await Promise.all(layers.map(({ source }) => source.readBrick(1, [0, 0, 0, 0])));
    const chunks = asked.filter((url) => url.includes("/c/"));
    expect(new Set(chunks).size).toBe(chunks.length);
    expect(chunks.every((url) => url.startsWith("/lazy.ome.zarr/s1/c/0/0/"))).toBe(true);
    expect(path).toContain("lazy");
  });
});

describe("what is broken or hostile", () => {
  const refused = async (name: string, wish: Wish, message: RegExp) => {
    await expect(openSource(await makeImage(name, wish), folder.options)).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
  };

  test("metadata that are not OME-Zarr's", async () => {
    await refused("m1.zarr", { attributes: () => ({}) }, /without an image/);
    await refused(
      "m2.zarr",
      { attributes: () => ({ ome: { multiscales: [{ datasets: "x" }] } }) },
      /broken at multiscales/,
    );
    await refused("m3.zarr", { attributes: () => ({ ome: { plate: {} } }) }, /broken at plate/);
    await refused(
      "m4.zarr",
      { attributes: ([image]) => ({ ome: { multiscales: [{ ...image, axes: ["y", "x"] }] } }) },
      /does not fit|axes/,
    );
    const bad = folder.write("notzarr.zarr", "file");
    await expect(openSource(bad, folder.options)).rejects.toThrow("not a folder");
    mkdirSync(join(folder.path, "empty.zarr"));
    await expect(openSource(join(folder.path, "empty.zarr"), folder.options)).rejects.toThrow(
      "no Zarr metadata",
    );
  });

  test("paths and links that lead out of the folder", async () => {
    const secret = await makeImage("secret.zarr");
    const leading = (path: string) => ({
      attributes: ([image]: object[]) => ({ ome: { multiscales: [{ ...image, datasets: [{ path }] }] } }),
    });
    await expect(
      openSource(await makeImage("out.zarr", leading("../secret.zarr/s0")), folder.options),
    ).rejects.toMatchObject({ name: "SourceError" });
    const linked = await makeImage("linked.zarr", leading("away"));
    symlinkSync(join(secret, "s0"), join(linked, "away"));
    await expect(openSource(linked, folder.options)).rejects.toThrow(/outside/);
  });

  test("chunks of absurd size, of the wrong size, and none", async () => {
    const path = await makeImage("chunky.zarr");
    const meta = join(path, "s0/zarr.json");
    const told = JSON.parse(readFileSync(meta, "utf8"));
    told.chunk_grid.configuration.chunk_shape = [1, 1, 1, 1e6, 1e6];
    writeFileSync(meta, JSON.stringify(told));
    await expect(openSource(path, folder.options)).rejects.toThrow("too large");
    const cut = await makeImage("cut.zarr");
    writeFileSync(join(cut, "s0/c/0/0/0/0/0"), new Uint8Array(10));
    const [layer] = await openSource(cut, folder.options);
    await expect(layer?.source.readBrick(0, [0, 0, 0, 0])).rejects.toMatchObject({ name: "SourceError" });
  });

  test("a gzipped chunk that swells", async () => {
    const codecs = [
      { name: "bytes", configuration: { endian: "little" } },
      { name: "gzip", configuration: { level: 1 } },
    ];
    const path = await makeImage("bomb.zarr", { codecs });
    const { gzipSync } = await import("node:zlib");
    writeFileSync(join(path, "s0/c/0/0/0/0/0"), gzipSync(Buffer.alloc(700 * 1024 * 1024)));
    const [layer] = await openSource(path, folder.options);
    await expect(layer?.source.readBrick(0, [0, 0, 0, 0])).rejects.toThrow("cannot be decoded");
  });

  test("a dataset that is deleted while it is open", async () => {
    const path = await makeImage("gone.zarr");
    const [layer] = await openSource(path, folder.options);
    rmSync(path, { recursive: true });
    await expect(layer?.source.readBrick(0, [0, 0, 0, 0])).rejects.toThrow("deleted or moved");
  });

  test("changed metadata give a picture or a SourceError, never another error", async () => {
    const path = await makeImage("fuzz.zarr");
    const files = ["zarr.json", "s0/zarr.json"].map((name) => ({
      name: join(path, name),
      bytes: readFileSync(join(path, name)),
    }));
    const change = fc.tuple(fc.nat(1), fc.nat(2000), fc.nat(127));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const copies = files.map(({ bytes }) => Buffer.from(bytes));
        for (const [which, at, value] of changes) {
          const copy = copies[which];
          if (copy) copy[at % copy.length] = value;
        }
        files.forEach(({ name }, i) => {
          writeFileSync(name, copies[i] ?? "");
        });
        const error = await openSource(path, folder.options)
          .then(([layer]) => layer?.source.readBrick(0, layer.source.levels[0]?.shape.map(() => 0) ?? []))
          .then(() => undefined)
          .catch((cause: unknown) => cause);
        if (error) expect(error).toMatchObject({ name: "SourceError" });
      }),
      { numRuns: 150 },
    );
  });

  test("an aborted read", async () => {
    const [layer] = await openSource(await makeImage("abort.zarr"), folder.options);
    const abort = new AbortController();
    const read = layer?.source.readBrick(0, [0, 0, 0, 0], { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(read).rejects.toThrow("enough");
    // Who asks again is not hurt by the one who left.
    expect((await layer?.source.readBrick(0, [0, 0, 0, 0]))?.min).toBe(1);
  });
});

test("S3 addresses", () => {
  expect(s3Address("s3://bucket/a/b c.zarr")).toBe("https://bucket.s3.amazonaws.com/a/b%20c.zarr");
  expect(s3Address("s3://a.b/c.zarr")).toBe("https://s3.amazonaws.com/a.b/c.zarr");
  expect(() => s3Address("s3://-/x")).toThrow("not an S3 address");
});
