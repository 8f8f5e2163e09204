import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";
import { afterAll, describe, expect, test } from "vitest";
import { guardedFetch, isPublicAddress } from "./addresses.ts";
import { brickFor } from "./bricks.ts";
import { openSource } from "./open.ts";
import { copyStrided } from "./strided.ts";
import { readLevel, TestFolder } from "./testing/files.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const open = async (name: string, bytes: Uint8Array) => {
  const [layer] = await openSource(folder.write(name, bytes), folder.options);
  if (!layer) throw new Error("nothing was opened");
  return layer;
};

describe("PNG", () => {
  const data = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
  test.each([
    ["gray", 1, 0],
    ["gray with alpha", 2, 0],
    ["RGB", 3, 3],
    ["RGBA", 4, 4],
  ] as const)("%s", async (_name, channels, shown) => {
    const bytes = data(5 * 4 * channels);
    const { source, rgb } = await open("p.png", encodePng({ width: 5, height: 4, data: bytes, channels }));
    expect([rgb, source.channels, source.levels[0]?.shape]).toEqual([shown > 0, shown, [4, 5]]);
    const wanted = channels === 2 ? bytes.filter((_, i) => i % 2 === 0) : bytes;
    expect((await readLevel(source)).values).toEqual([...wanted]);
  });

  test("16 bits", async () => {
    const values = Uint16Array.of(0, 1, 256, 65535, 300, 4);
    const { source } = await open(
      "p.png",
      encodePng({ width: 3, height: 2, data: values, channels: 1, depth: 16 }),
    );
    expect(source.dtype).toBe("uint16");
    expect((await readLevel(source)).values).toEqual([...values]);
  });

  test("that claims an absurd size is refused before it is decoded", async () => {
    const bytes = encodePng({ width: 2, height: 2, data: new Uint8Array(4), channels: 1 });
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 2_000_000_000);
    await expect(open("p.png", bytes)).rejects.toThrow("more than a picture may have");
  });
});

test("JPEG keeps its colours, nearly", async () => {
  const data = new Uint8Array(16 * 16 * 4).map((_, i) => [200, 50, 100, 255][i % 4] ?? 0);
  const { source, rgb } = await open("j.jpg", jpeg.encode({ width: 16, height: 16, data }, 95).data);
  expect([rgb, source.levels[0]?.shape]).toEqual([true, [16, 16]]);
  const [r = 0, g = 0, b = 0] = (await readLevel(source)).values;
  expect(Math.abs(r - 200) + Math.abs(g - 50) + Math.abs(b - 100)).toBeLessThan(12);
});

describe("NPY", () => {
  const npy = (descr: string, shape: string, body: Uint8Array, fortran = "False") => {
    const header = `${`{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`.padEnd(117)}\n`;
    return new Uint8Array(
      Buffer.concat([
        Buffer.from("\x93NUMPY\x01\x00", "latin1"),
        Buffer.from([118, 0]),
        Buffer.from(header),
        body,
      ]),
    );
  };

  test("of any order of bytes", async () => {
    const { source } = await open("a.npy", npy(">i2", "(2, 2)", Uint8Array.of(0, 1, 255, 255, 1, 0, 0, 3)));
    expect(await readLevel(source)).toEqual({ shape: [2, 2], values: [1, -1, 256, 3] });
  });

  test("in Fortran order, and of half floats", async () => {
    const body = new Uint8Array(Uint16Array.of(1, 4, 2, 5, 3, 6).buffer);
    const { source } = await open("f.npy", npy("<u2", "(2, 3)", body, "True"));
    expect(await readLevel(source)).toEqual({ shape: [2, 3], values: [1, 2, 3, 4, 5, 6] });
    const half = await open(
      "h.npy",
      npy("<f2", "(1, 3)", new Uint8Array(Float16Array.of(0.5, -2, 65504).buffer)),
    );
    expect(half.source.dtype).toBe("float32");
    expect((await readLevel(half.source)).values).toEqual([0.5, -2, 65504]);
  });

  test("with colours last, when it is as large as a picture", async () => {
    const { rgb, source } = await open("a.npy", npy("|u1", "(40, 40, 3)", new Uint8Array(4800)));
    expect([rgb, source.levels[0]?.shape]).toEqual([true, [40, 40]]);
    expect((await open("a.npy", npy("|u1", "(4, 4, 3)", new Uint8Array(48)))).rgb).toBe(false);
  });

  test.each([
    ["cut short", npy("<f8", "(9, 9)", new Uint8Array(8))],
    ["objects", npy("|O", "(1,)", new Uint8Array(8))],
    ["a single value", npy("<f8", "()", new Uint8Array(8))],
    ["nothing", new Uint8Array()],
  ])("%s is refused", async (_what, bytes) => {
    await expect(open("bad.npy", bytes)).rejects.toMatchObject({ name: "SourceError" });
  });
});

test.each(["png", "jpg", "npy"])(
  "arbitrary and changed %s files give a picture or a SourceError",
  async (kind) => {
    const good: Readonly<Record<string, Uint8Array>> = {
      png: encodePng({ width: 8, height: 8, data: new Uint8Array(192).fill(9), channels: 3 }),
      jpg: jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256).fill(9) }, 80).data,
      npy: Buffer.from(
        "\x93NUMPY\x01\x00\x36\x00{'descr': '<u2', 'fortran_order': False, 'shape': (3,)}  \n\0\0\0\0\0\0",
        "latin1",
      ),
    };
    const bytes = good[kind] ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 10 }),
        fc.nat(3000),
        async (changes, length) => {
          const copy = new Uint8Array(bytes.subarray(0, length));
          for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
          const error = await open(`fuzz.${kind}`, copy).then(
            () => undefined,
            (cause: unknown) => cause,
          );
          if (error) expect(error).toMatchObject({ name: "SourceError" });
        },
      ),
      { numRuns: 150 },
    );
  },
);

describe("addresses inside", () => {
  test.each([
    ...[
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "0.0.0.0",
      "100.64.0.1",
    ],
    ...[
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::a00:1",
      "ff02::1",
      "nonsense",
    ],
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(["1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])("but not %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test("are refused by number, by name, and after a redirect", async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      if (request.url === "/away") response.writeHead(302, { location: "http://127.0.0.1:9/" }).end();
      else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
      else response.end("here");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const none = guardedFetch([]);
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
    ]) {
      await expect(none(url)).rejects.toThrow("own network");
    }
    await expect(none("ftp://example.org/")).rejects.toThrow("not a web address");
    expect(asked).toBe(0);
    const listed = guardedFetch([`127.0.0.1:${port}`]);
    expect(await (await listed(`http://127.0.0.1:${port}/`)).text()).toBe("here");
    await expect(listed(`http://127.0.0.1:${port}/away`)).rejects.toThrow("own network");
    await expect(listed(`http://127.0.0.1:${port}/round`)).rejects.toThrow("redirects more than");
    server.close();
    server.closeAllConnections();
  });
});

test("bricks are of a useful size, whatever the chunks", () => {
  const axis = fc.integer({ min: 1, max: 5000 });
  void fc.assert(
    fc.property(fc.array(fc.tuple(axis, axis), { minLength: 1, maxLength: 5 }), (pairs) => {
      const [shape, chunk] = [pairs.map(([size]) => size), pairs.map(([, part]) => part)];
      const brick = brickFor(
        shape,
        chunk,
        shape.map((_, i) => i),
      );
      const volume = brick.reduce((product, size) => product * size, 1);
      expect(brick.every((size, i) => size >= 1 && size <= (shape[i] ?? 0))).toBe(true);
      expect(volume).toBeLessThanOrEqual(64 ** 3);
      const whole = shape.reduce((product, size) => product * size, 1);
      expect(volume).toBeGreaterThanOrEqual(Math.min(whole, 32 ** 3) / 2);
    }),
  );
});

test("boxes are copied between any orders of axes", () => {
  const from = Uint8Array.from({ length: 24 }, (_, i) => i);
  const to = new Uint8Array(24);
  // From C order (2, 3, 4) to Fortran order, and back.
  copyStrided(
    { data: from, stride: [12, 4, 1], offset: 0 },
    { data: to, stride: [1, 2, 6], offset: 0 },
    [2, 3, 4],
  );
  expect([to[0], to[1], to[2], to[6]]).toEqual([0, 12, 4, 1]);
  const back = new Uint8Array(24);
  copyStrided(
    { data: to, stride: [1, 2, 6], offset: 0 },
    { data: back, stride: [12, 4, 1], offset: 0 },
    [2, 3, 4],
  );
  expect(back).toEqual(from);
});
