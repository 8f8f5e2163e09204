/**
 * Bricks as bytes, for the channel that streams them to a renderer in a browser.
 *
 * Little-endian: "EYBR", version (u8), dtype (u8), axes (u8), channels (u8), packing (u8), seven zeros, the extent on each axis (u32),
 * zeros up to a multiple of 8, then the elements in C order. Packed elements are deflated (RFC 1951), after those of several bytes were
 * sorted by significance: first the lowest byte of each element, then the next, because neighbours differ little in their highest ones.
 */
import { brickOf, ELEMENT_BYTES } from "./array.ts";
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
const FIXED = 16;
const MAX_AXES = 16;
const PLAIN = 0;
const DEFLATED = 1;

/** Bytes of elements that a brick may have on the wire. Larger ones are drawn where they are. */
export const MOST_BRICK_BYTES = 32 * 1024 * 1024;

/** A brick as it travels: with what is needed to make sense of its elements. */
export interface WireBrick {
  readonly brick: Brick;
  readonly dtype: Dtype;
  readonly channels: 0 | 3 | 4;
}

/** Makes bytes shorter, as RFC 1951 says. */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
/** The opposite. It gives `size` bytes, or throws as soon as there are more or no more come. */
export type Inflate = (bytes: Uint8Array<ArrayBuffer>, size: number) => Promise<Uint8Array<ArrayBuffer>>;

const headerBytes = (axes: number): number => Math.ceil((FIXED + 4 * axes) / 8) * 8;

/** Encodes a brick; packed where that makes it shorter. */
export async function encodeBrick(
  { brick, dtype, channels }: WireBrick,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  const elements = new Uint8Array(brick.data.byteLength);
  elements.set(new Uint8Array(brick.data.buffer, brick.data.byteOffset, brick.data.byteLength));
  const packed = await deflate(bySignificance(elements, ELEMENT_BYTES[dtype]));
  const shorter = packed.byteLength < elements.byteLength;
  const body = shorter ? packed : elements;
  const start = headerBytes(brick.shape.length);
  const out = new Uint8Array(start + body.byteLength);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint8(5, DTYPES.indexOf(dtype));
  view.setUint8(6, brick.shape.length);
  view.setUint8(7, channels);
  view.setUint8(8, shorter ? DEFLATED : PLAIN);
  for (const [axis, size] of brick.shape.entries()) view.setUint32(FIXED + 4 * axis, size, true);
  out.set(body, start);
  return out;
}

/**
 * Decodes a brick. Nothing is allocated before the sizes are known to fit.
 * @param maxBytes the most bytes of elements that are accepted
 * @throws BrickDecodeError
 */
export async function decodeBrick(bytes: Uint8Array, maxBytes: number, inflate: Inflate): Promise<WireBrick> {
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
  const packing = view.getUint8(8);
  const start = headerBytes(axes);
  if (axes > MAX_AXES || bytes.length < start)
    throw new BrickDecodeError("The brick ends within its header.");
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(FIXED + 4 * axis, true));
  const size = shape.reduce((product, one) => product * one, ELEMENT_BYTES[dtype] * Math.max(1, channels));
  if (size > maxBytes)
    throw new BrickDecodeError(`A brick of ${size} bytes is larger than the ${maxBytes} allowed.`);
  const body = new Uint8Array(bytes.subarray(start));
  const elements = packing === PLAIN ? body : await unpack(body, size, packing, dtype, inflate);
  if (elements.length !== size)
    throw new BrickDecodeError(`The brick has ${elements.length} bytes of elements, not ${size}.`);
  return { brick: brickOf(shape, wrap(dtype, elements.buffer)), dtype, channels };
}

async function unpack(
  body: Uint8Array<ArrayBuffer>,
  size: number,
  packing: number,
  dtype: Dtype,
  inflate: Inflate,
): Promise<Uint8Array<ArrayBuffer>> {
  if (packing !== DEFLATED) throw new BrickDecodeError(`The packing ${packing} is not known.`);
  try {
    return byElement(await inflate(body, size), ELEMENT_BYTES[dtype]);
  } catch (cause) {
    throw new BrickDecodeError("The brick's elements cannot be unpacked.", { cause });
  }
}

/** First the lowest byte of each element of `width` bytes, then the next. */
function bySignificance(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  if (width === 1) return bytes;
  const out = new Uint8Array(bytes.length);
  const count = bytes.length / width;
  for (let part = 0, put = 0; part < width; part++)
    for (let i = 0, at = part; i < count; i++, at += width) out[put++] = bytes[at] ?? 0;
  return out;
}

/** The opposite of `bySignificance`. */
function byElement(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  if (width === 1) return bytes;
  const out = new Uint8Array(bytes.length);
  const count = bytes.length / width;
  for (let part = 0, take = 0; part < width; part++)
    for (let i = 0, at = part; i < count; i++, at += width) out[at] = bytes[take++] ?? 0;
  return out;
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
