/** Arrays in NumPy's .npy format, versions 1 to 3. */
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { inCOrder } from "../readers/raw-source.ts";

/** An array in C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: BrickArray;
}

/** A file that is not an .npy array, or one of a kind that is not read. */
export class NpyError extends Error {
  override readonly name = "NpyError";
}

type Maker = (buffer: ArrayBuffer) => BrickArray;
const MAKERS: Readonly<Record<string, Maker>> = {
  b1: (b) => new Uint8Array(b),
  u1: (b) => new Uint8Array(b),
  i1: (b) => new Int8Array(b),
  u2: (b) => new Uint16Array(b),
  i2: (b) => new Int16Array(b),
  u4: (b) => new Uint32Array(b),
  i4: (b) => new Int32Array(b),
  u8: (b) => new BigUint64Array(b),
  i8: (b) => new BigInt64Array(b),
  // Half floats are shown as what they are in 32 bits.
  f2: (b) => Float32Array.from(new Float16Array(b)),
  f4: (b) => new Float32Array(b),
  f8: (b) => new Float64Array(b),
};

/** What an .npy file says before its elements. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** The first axis is the fastest in the file. */
  readonly fortran: boolean;
  /** Bytes of one element. */
  readonly size: number;
  /** Where the elements begin, and how many bytes they take. */
  readonly start: number;
  readonly length: number;
  /** Elements from bytes of the file, which are changed when their order is not this machine's. */
  elements(body: Uint8Array<ArrayBuffer>): BrickArray;
}

/** Reads a header; `bytes` are the file's first ones, `total` how many it has. @throws NpyError */
export function parseNpyHeader(bytes: Uint8Array, total: number): NpyHeader {
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") {
    throw new NpyError("This is not an .npy file.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = (bytes[6] ?? 1) >= 2;
  const headerLength = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (long ? 12 : 10) + headerLength;
  if (start > Math.min(bytes.length, total)) throw new NpyError("The .npy file ends within its header.");
  const header = new TextDecoder().decode(bytes.subarray(long ? 12 : 10, start));
  const type = /'descr':\s*'([<>|=])(\w\d)'/.exec(header);
  const order = /'fortran_order':\s*(True|False)/.exec(header);
  const dimensions = /'shape':\s*\(([\d,\s]*)\)/.exec(header);
  const make = MAKERS[type?.[2] ?? ""];
  if (type === null || order === null || dimensions === null || make === undefined) {
    throw new NpyError(`The .npy file holds a kind of array that is not read: ${header.trim().slice(0, 80)}`);
  }
  const shape = (dimensions[1] ?? "")
    .split(",")
    .filter((word) => word.trim() !== "")
    .map(Number);
  const size = Number(type[2]?.slice(1));
  const length = shape.reduce((product, one) => product * one, size);
  if (!Number.isSafeInteger(length) || start + length > total) {
    throw new NpyError("The .npy file is shorter than its shape says.");
  }
  const swapped = type[1] === ">" && size > 1;
  const elements = (body: Uint8Array<ArrayBuffer>) => {
    if (swapped) for (let i = 0; i < body.length; i += size) body.subarray(i, i + size).reverse();
    return make(body.buffer);
  };
  return { shape, fortran: order[1] === "True", size, start, length, elements };
}

/** Reads an array from a file's bytes. @throws NpyError */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const { shape, fortran, start, length, elements } = parseNpyHeader(bytes, bytes.length);
  // A copy of its own, aligned: a Buffer's slice would share the file's memory.
  const data = elements(new Uint8Array(bytes.subarray(start, start + length)));
  return { shape, data: fortran ? inCOrder(data, shape) : data };
}
