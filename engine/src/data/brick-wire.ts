/**
 * Bricks as bytes, for the channel that streams them to a renderer in a browser.
 *
 * Little-endian: "EYBR", version (u8), dtype (u8), axes (u8), channels (u8), min (f64), max (f64), the extent on each axis (u32), zeros
 * up to a multiple of 8, then the elements in C order.
 */
import { ELEMENT_BYTES } from "./array.ts";
import type { Brick, BrickArray, Dtype } from "./chunk-source.ts";

/** Bytes that are not a brick, or one larger than the reader allows. The only error that decoding throws. */
export class BrickDecodeError extends Error {
  override readonly name = "BrickDecodeError";
}

/** In the order of their codes on the wire; new ones are added at the end. */
const DTYPES: readonly Dtype[] = [
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
  "float32",
  "float64",
];
const MAGIC = 0x52425945;
const VERSION = 1;
const FIXED = 24;
const MAX_AXES = 16;

/** A brick as it travels: with what is needed to make sense of its elements. */
export interface WireBrick {
  readonly brick: Brick;
  readonly dtype: Dtype;
  readonly channels: 0 | 3 | 4;
}

const headerBytes = (axes: number): number => Math.ceil((FIXED + 4 * axes) / 8) * 8;

/** Encodes a brick. */
export function encodeBrick({ brick, dtype, channels }: WireBrick): Uint8Array<ArrayBuffer> {
  const start = headerBytes(brick.shape.length);
  const out = new Uint8Array(start + brick.data.byteLength);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint8(5, DTYPES.indexOf(dtype));
  view.setUint8(6, brick.shape.length);
  view.setUint8(7, channels);
  view.setFloat64(8, brick.min, true);
  view.setFloat64(16, brick.max, true);
  for (const [axis, size] of brick.shape.entries()) view.setUint32(FIXED + 4 * axis, size, true);
  out.set(new Uint8Array(brick.data.buffer, brick.data.byteOffset, brick.data.byteLength), start);
  return out;
}

/**
 * Decodes a brick. Nothing is allocated before the sizes are known to fit.
 * @param maxBytes the most bytes of elements that are accepted
 * @throws BrickDecodeError
 */
export function decodeBrick(bytes: Uint8Array, maxBytes: number): WireBrick {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIXED || view.getUint32(0, true) !== MAGIC)
    throw new BrickDecodeError("This is not a brick.");
  if (view.getUint8(4) !== VERSION)
    throw new BrickDecodeError(`Bricks of version ${view.getUint8(4)} are not known.`);
  const dtype = DTYPES[view.getUint8(5)];
  if (dtype === undefined) throw new BrickDecodeError(`The element type ${view.getUint8(5)} is not known.`);
  const axes = view.getUint8(6);
  const channels = view.getUint8(7);
  if (channels !== 0 && channels !== 3 && channels !== 4)
    throw new BrickDecodeError(`${channels} channels are not known.`);
  const start = headerBytes(axes);
  if (axes > MAX_AXES || bytes.length < start)
    throw new BrickDecodeError("The brick ends within its header.");
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(FIXED + 4 * axis, true));
  const size = shape.reduce((product, one) => product * one, ELEMENT_BYTES[dtype] * Math.max(1, channels));
  if (size > maxBytes)
    throw new BrickDecodeError(`A brick of ${size} bytes is larger than the ${maxBytes} allowed.`);
  if (bytes.length !== start + size) {
    throw new BrickDecodeError(`The brick has ${bytes.length - start} bytes of elements, not ${size}.`);
  }
  const body = new Uint8Array(bytes.subarray(start)).buffer;
  return {
    brick: { shape, data: wrap(dtype, body), min: view.getFloat64(8, true), max: view.getFloat64(16, true) },
    dtype,
    channels,
  };
}

function wrap(dtype: Dtype, buffer: ArrayBuffer): BrickArray {
  switch (dtype) {
    case "uint8":
      return new Uint8Array(buffer);
    case "int8":
      return new Int8Array(buffer);
    case "uint16":
      return new Uint16Array(buffer);
    case "int16":
      return new Int16Array(buffer);
    case "uint32":
      return new Uint32Array(buffer);
    case "int32":
      return new Int32Array(buffer);
    case "uint64":
      return new BigUint64Array(buffer);
    case "int64":
      return new BigInt64Array(buffer);
    case "float32":
      return new Float32Array(buffer);
    case "float64":
      return new Float64Array(buffer);
  }
}
