import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openNpy } from "./numpy.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-npy-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const policy = { resolvePath: async (path: string) => path, privateHosts: [] };

/** An array of version 1.0. */
function save(descr: string, shape: readonly number[], body: Uint8Array, fortran = false): string {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape.join(", ")},), }`;
  const header = `${text}${" ".repeat(63 - ((10 + text.length) % 64))}\n`;
  const file = join(folder, "a.npy");
  const head = Buffer.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    header.length & 255,
    header.length >> 8,
  ]);
  writeFileSync(file, Buffer.concat([head, Buffer.from(header), body]));
  return file;
}

/** The value of one voxel, by the brick that holds it. */
async function valueAt(source: ChunkSource, at: readonly number[]): Promise<number> {
  const chunk = source.levels[0]?.chunk ?? [];
  const index = at.map((one, axis) => Math.floor(one / (chunk[axis] ?? 1)));
  const brick = await source.readBrick(0, index);
  let offset = 0;
  at.forEach((one, axis) => {
    offset = offset * (brick.shape[axis] ?? 1) + (one - (index[axis] ?? 0) * (chunk[axis] ?? 1));
  });
  return Number(brick.data[offset]);
}

it("reads a large array slab by slab, each in one piece of the file", async () => {
  const shape = [3, 7, 900, 1001];
  const values = new Uint16Array(shape.reduce((product, one) => product * one, 1));
  for (let i = 0; i < values.length; i++) values[i] = (i * 7919) & 0xffff;
  const [opened] = await openNpy(save("<u2", shape, new Uint8Array(values.buffer)), { policy });
  const source = opened?.source;
  if (!source) throw new Error("nothing was opened");
  expect(source).toMatchObject({ dtype: "uint16", ndim: 4, channels: 0 });
  expect(source.levels[0]?.shape).toEqual(shape);
  expect(source.levels[0]?.chunk).toEqual([1, 1, 900, 1001]);
  for (const at of [
    [0, 0, 0, 0],
    [2, 6, 899, 1000],
    [1, 3, 450, 17],
    [2, 0, 899, 0],
  ]) {
    const i = at.reduce((sum, one, axis) => sum * (shape[axis] ?? 1) + one, 0);
    expect(await valueAt(source, at)).toBe(values[i]);
  }
  await source.dispose();
});

it("reads bytes in the other order, and says which file is shorter than its shape", async () => {
  const shape = [5, 1000, 1000];
  const body = new Uint8Array(8 * 5_000_000);
  new DataView(body.buffer).setFloat64(8 * 4_999_999, 1.5, false);
  const [opened] = await openNpy(save(">f8", shape, body), { policy });
  if (!opened) throw new Error("nothing was opened");
  expect(await valueAt(opened.source, [4, 999, 999])).toBe(1.5);
  await opened.source.dispose();
  await expect(openNpy(save(">f8", [6, 1000, 1000], body), { policy })).rejects.toThrow(/a\.npy: .*shorter/);
});

it("reads a large array in Fortran order slab by slab", async () => {
  const shape = [7, 501, 1200, 5];
  const strides = [1, 7, 7 * 501, 7 * 501 * 1200];
  const values = new Uint16Array(shape.reduce((product, one) => product * one, 1));
  for (let i = 0; i < values.length; i++) values[i] = (i * 7919) & 0xffff;
  const [opened] = await openNpy(save("<u2", shape, new Uint8Array(values.buffer), true), { policy });
  const source = opened?.source;
  if (!source) throw new Error("nothing was opened");
  for (const at of [
    [0, 0, 0, 0],
    [6, 500, 1199, 4],
    [3, 250, 777, 2],
    [5, 1, 600, 0],
  ]) {
    const flat = at.reduce((sum, value, axis) => sum + value * (strides[axis] ?? 0), 0);
    expect(await valueAt(source, at)).toBe(values[flat]);
  }
  await source.dispose();
});
