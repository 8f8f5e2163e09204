/** PNG and JPEG pictures, decoded whole. */
import { type BrickArray, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { convertIndexedToRgb, decode as decodePng } from "fast-png";
import jpeg from "jpeg-js";
import { openResource, type Resource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";

/** Most pixels of a picture: larger ones belong into a pyramid. */
const MAX_PIXELS = 2 ** 28;
const MAX_FILE = 1024 ** 3;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: BrickArray;
}

/** Opens a .png. Gray with alpha loses its alpha, which says nothing of the values. @throws SourceError */
export async function openPng(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  return openPicture(uri, options, (bytes, label) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 33 || view.getUint32(0) !== 0x89504e47)
      throw new SourceError(`${label} is not a PNG file.`);
    checkSize(view.getUint32(16), view.getUint32(20), label);
    const png = decodePng(bytes);
    const { width, height } = png;
    if (png.palette)
      return {
        width,
        height,
        channels: 3,
        data: new Uint8Array(rgbOf(convertIndexedToRgb(png), width * height)),
      };
    const data =
      png.depth === 16
        ? Uint16Array.from(png.data)
        : Uint8Array.from(unpacked(png.data, png.depth, width, height, png.channels));
    if (png.channels === 3 || png.channels === 4) return { width, height, channels: png.channels, data };
    return {
      width,
      height,
      channels: 1,
      data: png.channels === 2 ? data.filter((_, i) => i % 2 === 0) : data,
    };
  });
}

/** Opens a .jpg. @throws SourceError */
export async function openJpeg(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  return openPicture(uri, options, (bytes, label) => {
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new SourceError(`${label} is not a JPEG file.`);
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: MAX_PIXELS / 1e6,
      maxMemoryUsageInMB: 4096,
      tolerantDecoding: false,
    });
    checkSize(width, height, label);
    const gray = jpegIsGray(bytes);
    return gray
      ? { width, height, channels: 1, data: data.filter((_, i) => i % 3 === 0) }
      : { width, height, channels: 3, data };
  });
}

async function openPicture(
  uri: string,
  options: OpenOptions,
  decode: (bytes: Uint8Array, label: string) => Picture,
): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  try {
    const bytes = await readAll(resource, options.signal);
    let picture: Picture;
    try {
      picture = decode(bytes, label);
    } catch (cause) {
      if (cause instanceof SourceError) throw cause;
      throw new SourceError(`${label} is damaged: it cannot be decoded.`, { cause });
    }
    const { width, height, channels, data } = picture;
    const rgb = channels !== 1;
    const source = memorySource(label, [{ data, shape: [height, width] }], {
      channels: channels === 1 ? 0 : channels,
    });
    const defaults = { name: label.replace(/\.(png|jpe?g)$/i, ""), axis_labels: ["y", "x"] };
    return [{ source, rgb, labels: false, label, defaults }];
  } finally {
    await resource.close();
  }
}

async function readAll(resource: Resource, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of await resource.stream(signal)) {
    size += part.byteLength;
    if (size > MAX_FILE) throw new SourceError(`${resource.label} is too large for a picture.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function checkSize(width: number, height: number, label: string): void {
  if (width > 0 && height > 0 && width * height <= MAX_PIXELS) return;
  throw new SourceError(
    `${label} claims ${width} x ${height} pixels, which is more than a picture may have: convert it to a pyramid.`,
  );
}

/** Bytes from rows of 1, 2 or 4 bits, scaled to 0..255; others are as they are. */
function unpacked(
  data: ArrayLike<number>,
  depth: number,
  width: number,
  height: number,
  channels: number,
): ArrayLike<number> {
  if (depth >= 8) return data;
  const row = Math.ceil((width * channels * depth) / 8);
  const scale = 255 / (2 ** depth - 1);
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < width * channels; i++) {
      const byte = data[y * row + ((i * depth) >> 3)] ?? 0;
      const shift = 8 - depth - ((i * depth) & 7);
      out[y * width * channels + i] = ((byte >> shift) & (2 ** depth - 1)) * scale;
    }
  }
  return out;
}

function rgbOf(data: ArrayLike<number>, pixels: number): number[] | ArrayLike<number> {
  if (data.length === pixels * 3) return data;
  const out = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) for (let c = 0; c < 3; c++) out[3 * i + c] = data[4 * i + c] ?? 0;
  return out;
}

/** Whether the frame header of a JPEG names one component. */
function jpegIsGray(bytes: Uint8Array): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return bytes[at + 9] === 1;
    at += 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
  }
  return false;
}
