/** Generated data: coarse voxels are means of fine ones; no brick is more than a chunk. */
import { describe, expect, test } from "vitest";
import { SourceError } from "./chunk-source.ts";
import { generatedAddress, generatedSource } from "./generated-source.ts";

const shape = [3, 96, 640, 640];

describe("generated data", () => {
  test("a coarse voxel is the mean of its fine ones", async () => {
    const source = generatedSource("g", { shape, chunk: [1, 16, 64, 64], channel: 1 });
    const coarse = source.levels[1];
    expect(coarse?.scale).toEqual([1, 1, 2, 2]);
    const fine = (await source.readBrick(0, [2, 3, 4, 4])).data;
    const made = (await source.readBrick(1, [2, 3, 2, 2])).data;
    for (const [z, y, x] of [
      [0, 3, 5],
      [7, 30, 31],
      [15, 0, 0],
    ] as const) {
      const at = (dy: number, dx: number): number => Number(fine[(z * 64 + 2 * y + dy) * 64 + 2 * x + dx]);
      const mean = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
      expect(Math.abs(Number(made[(z * 64 + y) * 64 + x]) - mean)).toBeLessThanOrEqual(1);
    }
  });

  test("every axis and every channel makes a difference", async () => {
    const brick = async (channel: number, index: number[]) =>
      (await generatedSource("g", { shape, chunk: [1, 1, 64, 64], channel }).readBrick(0, index)).data;
    const first = await brick(0, [1, 10, 3, 3]);
    for (const [channel, index] of [
      [1, [1, 10, 3, 3]],
      [0, [2, 10, 3, 3]],
      [0, [1, 11, 3, 3]],
      [0, [1, 10, 4, 3]],
      [0, [1, 10, 3, 4]],
    ] as const)
      expect(await brick(channel, [...index])).not.toEqual(first);
  });

  test("terabytes open without memory, down to a small level, and read a chunk at a time", async () => {
    const { shape: all, channels } = generatedAddress("generated:terabytes");
    expect([channels, ...all]).toEqual([3, 500, 1000, 65_536, 65_536]);
    const source = generatedSource("g", { shape: all });
    expect(source.levels.at(-1)?.shape).toEqual([500, 250, 256, 256]);
    for (const level of [0, 4, source.levels.length - 1]) {
      const last = source.levels[level]?.shape.map(
        (size, axis) => Math.ceil(size / (source.levels[level]?.chunk[axis] ?? 1)) - 1,
      );
      const { data, min, max } = await source.readBrick(level, last ?? []);
      expect(data.byteLength).toBeLessThanOrEqual(512 * 512 * 2);
      expect(max).toBeGreaterThan(min);
    }
  });

  test("what is no address is refused in a sentence", () => {
    for (const uri of [
      "generated:",
      "generated:12",
      "generated:0x5x5",
      "generated:1x99x2x2x2",
      "generated:../x",
      "generated:9999999x1",
    ])
      expect(() => generatedSource("g", generatedAddress(uri)), uri).toThrow(SourceError);
  });

  test("a read that was given up is not computed", async () => {
    const abort = new AbortController();
    const read = generatedSource("g", { shape }).readBrick(0, [0, 0, 0, 0], { signal: abort.signal });
    abort.abort(new Error("not wanted"));
    await expect(read).rejects.toThrow("not wanted");
  });
});
