import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { brickOf, dtypeOf } from "./array.ts";
import { BrickDecodeError, type Deflate, decodeBrick, encodeBrick } from "./brick-wire.ts";
import type { BrickArray } from "./chunk-source.ts";
import { inflate } from "./inflate.ts";

const deflate: Deflate = async (bytes) => deflateRawSync(bytes, { level: 1 });

const arrays: fc.Arbitrary<BrickArray> = fc.oneof(
  fc.uint8Array({ maxLength: 24 }),
  fc.int16Array({ maxLength: 24 }),
  fc.float32Array({ maxLength: 24, noNaN: true }),
  fc.bigInt64Array({ maxLength: 24 }),
  // Long enough that packing pays.
  fc.nat(60_000).map((value) => new Uint16Array(2000).fill(value)),
);

test("what is encoded is decoded, packed or not", async () => {
  await fc.assert(
    fc.asyncProperty(arrays, async (data) => {
      const wire = { brick: brickOf([1, data.length], data), dtype: dtypeOf(data), channels: 0 as const };
      const decoded = await decodeBrick(await encodeBrick(wire, deflate), 1 << 20, inflate);
      expect(decoded.brick.shape).toEqual(wire.brick.shape);
      expect(decoded.brick.data).toEqual(data);
      expect([decoded.dtype, decoded.channels]).toEqual([wire.dtype, 0]);
    }),
  );
});

test("neighbours that differ little in 16 bits become much shorter", async () => {
  const data = new Uint16Array(64 ** 3).map((_, i) => 40_000 + (i % 64));
  const bytes = await encodeBrick(
    { brick: brickOf([64, 64, 64], data), dtype: "uint16", channels: 0 },
    deflate,
  );
  expect(bytes.byteLength).toBeLessThan(data.byteLength / 20);
});

test("any bytes give a brick or the decoder's own error", async () => {
  const plain = await encodeBrick(
    { brick: brickOf([2, 3], new Uint8Array(6)), dtype: "uint8", channels: 0 },
    deflate,
  );
  const packed = await encodeBrick(
    { brick: brickOf([512], new Int16Array(512)), dtype: "int16", channels: 0 },
    deflate,
  );
  const damaged = fc
    .tuple(fc.constantFrom(plain, packed), fc.nat(200), fc.nat(255), fc.nat(200))
    .map(([valid, at, value, length]) => {
      const copy = valid.slice(0, length);
      if (at < copy.length) copy[at] = value;
      return copy;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), async (bytes) => {
      try {
        const { brick } = await decodeBrick(bytes, 4096, inflate);
        expect(brick.data.byteLength).toBeLessThanOrEqual(4096);
      } catch (error) {
        expect(error).toBeInstanceOf(BrickDecodeError);
      }
    }),
    { numRuns: 500 },
  );
});

test("a brick larger than allowed is refused before it is made, and one that unpacks to more is given up", async () => {
  const bytes = await encodeBrick(
    { brick: brickOf([4096], new Uint8Array(4096)), dtype: "uint8", channels: 0 },
    deflate,
  );
  const extent = new DataView(bytes.buffer);
  extent.setUint32(16, 0xffffffff, true);
  await expect(decodeBrick(bytes, 1 << 20, inflate)).rejects.toThrow(/larger than/);
  for (const size of [16, 5000]) {
    extent.setUint32(16, size, true);
    await expect(decodeBrick(bytes, 1 << 20, inflate)).rejects.toThrow(/cannot be unpacked/);
  }
});
