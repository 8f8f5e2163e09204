/** Layers as OME-TIFF: a page for each plane, in tiles, deflated. */
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { ELEMENT_BYTES, makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import type { BrickArray, ChunkSource, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import { readRegion } from "../readers/region.ts";
import { copyStrided } from "../readers/strided.ts";
import { type Box, boxes } from "./boxes.ts";
import { omeXml, planeAxes } from "./ome-xml.ts";
import { place } from "./place.ts";
import { type Tag, TiffFileWriter } from "./tiff-file.ts";
import { type ImageToWrite, WriteError, type WriteOptions } from "./types.ts";

const deflateBytes = promisify(deflate);
const TILE = 256;
/** Tiles that are read and compressed at once: a row of them, or a part of it. */
const TILES = 16;
/** Bytes of the tiles that are read at once, of all planes that are written together. */
const STRIP_BYTES = 32 << 20;
/** Below this a file cannot outgrow 32-bit offsets, however badly it compresses. */
const CLASSIC_BYTES = 0.95 * 2 ** 32;
const MAX_PLANES = 1_000_000;

/** Writes the file. @throws WriteError, SourceError, the signal's reason */
export async function writeOmeTiff(
  path: string,
  image: ImageToWrite,
  options: WriteOptions & { readonly replace?: boolean; readonly big?: boolean } = {},
): Promise<void> {
  const { source } = image;
  const axes = planeAxes(image);
  const shape = source.levels[0]?.shape ?? [];
  const outer = shape.slice(0, -2);
  const planes = volumeOf(outer);
  if (planes > MAX_PLANES)
    throw new WriteError(
      `${image.name} has ${planes} planes, more than OME-TIFF is good for: save it as OME-Zarr.`,
    );
  if (ELEMENT_BYTES[source.dtype] === 8 && source.dtype !== "float64")
    throw new WriteError(
      `${image.name} has values of ${source.dtype}, which OME-TIFF does not hold: save it as OME-Zarr.`,
    );
  const bytes = volumeOf(shape) * ELEMENT_BYTES[source.dtype] * Math.max(1, source.channels);
  const big = options.big ?? bytes > CLASSIC_BYTES;
  const xml = omeXml(image, axes);
  await place(
    path,
    async (temporary) => {
      const file = await open(temporary, "wx+");
      try {
        const writer = await TiffFileWriter.begin(file, big);
        const deep = depthOf(source);
        for (const group of boxes(
          outer,
          outer.map((_, axis) => (axis === outer.length - 1 ? deep : 1)),
        )) {
          const first = group.start.reduce((flat, value, axis) => flat * (outer[axis] ?? 1) + value, 0);
          const tell = (fraction: number) =>
            options.onProgress?.((first + fraction * volumeOf(group.size)) / planes);
          await writePlanes(writer, source, group, big, first === 0 ? xml : undefined, tell, options.signal);
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },
    options,
  );
}

/** Planes that are written together: as many as one brick holds, so that it is read once, and not for every plane again. */
function depthOf(source: ChunkSource): number {
  const deep = source.ndim > 2 ? (source.levels[0]?.chunk.at(-3) ?? 1) : 1;
  const strip = TILE * TILE * ELEMENT_BYTES[source.dtype] * Math.max(1, source.channels);
  return Math.max(1, Math.min(deep, Math.floor(STRIP_BYTES / strip)));
}

async function writePlanes(
  writer: TiffFileWriter,
  source: ChunkSource,
  group: Box,
  big: boolean,
  description: string | undefined,
  tell: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [height = 1, width = 1] = source.levels[0]?.shape.slice(-2) ?? [];
  const inner = Math.max(1, source.channels);
  const count = volumeOf(group.size);
  const pages = Array.from({ length: count }, () => ({ offsets: [] as number[], lengths: [] as number[] }));
  const tile = TILE * TILE * ELEMENT_BYTES[source.dtype] * inner * count;
  const across = TILE * Math.max(1, Math.min(TILES, Math.floor(STRIP_BYTES / tile)));
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += across) {
      const [tall, wide] = [Math.min(TILE, height - y), Math.min(across, width - x)];
      const strips = await readRegion(source, 0, [...group.start, y, x], [...group.size, tall, wide], signal);
      for (const [plane, { offsets, lengths }] of pages.entries()) {
        const strip = strips.subarray(plane * tall * wide * inner, (plane + 1) * tall * wide * inner);
        const tiles = Array.from({ length: Math.ceil(wide / TILE) }, (_, i) =>
          tileOf(strip, source.dtype, [tall, wide], i * TILE, inner),
        );
        for (const packed of await Promise.all(tiles.map((bytes) => deflateBytes(bytes, { level: 6 })))) {
          offsets.push(await writer.append(packed));
          lengths.push(packed.byteLength);
        }
        signal?.throwIfAborted();
      }
      tell(Math.min(1, (y + tall) / height));
    }
  }
  for (const [plane, { offsets, lengths }] of pages.entries())
    await writer.page(
      tags(source, width, height, offsets, lengths, big, plane === 0 ? description : undefined),
    );
}

/** One tile as bytes, zeros beyond the edge. */
function tileOf(
  strip: BrickArray,
  dtype: Dtype,
  size: readonly [number, number],
  left: number,
  inner: number,
): Uint8Array {
  const tile = makeArray(dtype, TILE * TILE * inner);
  const [tall, wide] = size;
  copyStrided(
    { data: strip, stride: [wide * inner, 1], offset: left * inner },
    { data: tile, stride: [stridesOf([TILE, TILE], inner)[0] ?? TILE, 1], offset: 0 },
    [tall, Math.min(TILE, wide - left) * inner],
  );
  return new Uint8Array(tile.buffer, tile.byteOffset, tile.byteLength);
}

function tags(
  source: ChunkSource,
  width: number,
  height: number,
  offsets: readonly number[],
  lengths: readonly number[],
  big: boolean,
  description: string | undefined,
): Tag[] {
  const { dtype, channels } = source;
  const samples = Math.max(1, channels);
  const each = (value: number) => Array<number>(samples).fill(value);
  const format = dtype.startsWith("float") ? 3 : dtype.startsWith("uint") ? 1 : 2;
  return [
    [254, 4, [0]],
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, each(ELEMENT_BYTES[dtype] * 8)],
    [259, 3, [8]],
    [262, 3, [channels ? 2 : 1]],
    ...(description === undefined ? [] : [[270, 2, description] satisfies Tag]),
    [277, 3, [samples]],
    [284, 3, [1]],
    ...(description === undefined ? [] : [[305, 2, "Eyepiece"] satisfies Tag]),
    [322, 4, [TILE]],
    [323, 4, [TILE]],
    [324, big ? 16 : 4, offsets],
    [325, 4, lengths],
    ...(channels === 4 ? [[338, 3, [2]] satisfies Tag] : []),
    [339, 3, each(format)],
  ];
}
