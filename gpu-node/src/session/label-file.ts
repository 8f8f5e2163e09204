/**
 * One edit of labels as a file: `EYL1`, the length of a JSON head (uint32, little endian), the head, then for each patch the
 * positions, the labels before and the labels after, each at a multiple of 8 bytes.
 */
import { ELEMENT_BYTES, makeArray } from "@eyepiece/engine/data/array.ts";
import type { BrickArray, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import type { BrickPatch } from "@eyepiece/engine/data/editable-source.ts";
import * as v from "valibot";

const MAGIC = 0x314c5945;
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Head = v.array(v.object({ level: count, index: v.array(count), count }));

const aligned = (at: number): number => (at + 7) & ~7;

/** See the file's comment. */
export function encodePatches(patches: readonly BrickPatch[]): Uint8Array {
  const head = patches.map(({ level, index, positions }) => ({ level, index, count: positions.length }));
  const text = Buffer.from(JSON.stringify(head));
  const arrays = patches.flatMap(({ positions, before, after }) => [positions, before, after]);
  const size = arrays.reduce((at, array) => aligned(at) + array.byteLength, 8 + text.length);
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(text.length, 4);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const array of arrays) {
    at = aligned(at);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** @throws when the bytes are not patches of labels of the dtype */
export function decodePatches(bytes: Buffer, dtype: Dtype): BrickPatch[] {
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== MAGIC)
    throw new Error("This file holds no edit of labels.");
  const length = bytes.readUInt32LE(4);
  const head = v.parse(Head, JSON.parse(bytes.toString("utf8", 8, 8 + length)));
  let at = 8 + length;
  const take = (array: Uint32Array | BrickArray): void => {
    at = aligned(at);
    if (at + array.byteLength > bytes.length) throw new Error("The edit of labels is cut short.");
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength));
    at += array.byteLength;
  };
  return head.map(({ level, index, count: changed }) => {
    if (changed * ELEMENT_BYTES[dtype] > bytes.length) throw new Error("The edit of labels is cut short.");
    const [positions, before, after] = [
      new Uint32Array(changed),
      makeArray(dtype, changed),
      makeArray(dtype, changed),
    ];
    for (const array of [positions, before, after]) take(array);
    return { level, index, positions, before, after };
  });
}
