/** For tests: files of each kind, made byte by byte where a library would hide what matters. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Brick, BrickArray, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { OpenOptions } from "../types.ts";

/** A folder that goes when the test ends, and options that let it be read. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), "eyepiece-read-"));
  readonly options: OpenOptions = { policy: { resolvePath: async (path) => path, privateHosts: [] } };

  write(name: string, bytes: Uint8Array | string): string {
    const path = join(this.path, name);
    writeFileSync(path, bytes);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What a NIfTI-1 file is made of. */
export interface NiftiParts {
  readonly dims: readonly number[];
  readonly type: number;
  readonly bits: number;
  readonly body: Uint8Array;
  readonly big?: boolean;
  readonly pixdim?: readonly number[];
  readonly slope?: number;
  readonly inter?: number;
  readonly sform?: readonly (readonly number[])[];
  readonly units?: number;
  readonly offset?: number;
}

/** A NIfTI-1 file; `body` is in the file's own byte order. */
export function nifti(parts: NiftiParts): Uint8Array {
  const offset = parts.offset ?? 352;
  const bytes = new Uint8Array(offset + parts.body.byteLength);
  const view = new DataView(bytes.buffer);
  const little = !parts.big;
  view.setInt32(0, 348, little);
  [parts.dims.length, ...parts.dims].forEach((size, i) => {
    view.setInt16(40 + 2 * i, size, little);
  });
  view.setInt16(70, parts.type, little);
  view.setInt16(72, parts.bits, little);
  [1, ...(parts.pixdim ?? parts.dims.map(() => 1))].forEach((size, i) => {
    view.setFloat32(76 + 4 * i, size, little);
  });
  view.setFloat32(108, offset, little);
  view.setFloat32(112, parts.slope ?? 0, little);
  view.setFloat32(116, parts.inter ?? 0, little);
  bytes[123] = parts.units ?? 0;
  if (parts.sform) {
    view.setInt16(254, 1, little);
    parts.sform.flat().forEach((value, i) => {
      view.setFloat32(280 + 4 * i, value, little);
    });
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  bytes.set(parts.body, offset);
  return bytes;
}

/** A page of a TIFF, or a smaller copy of one. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Row by row, samples interleaved, in the file's byte order. */
  readonly data: Uint8Array;
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 float. */
  readonly format: number;
  readonly samples?: number;
  readonly photometric?: number;
  readonly description?: string;
  readonly reduced?: boolean;
  readonly sub?: readonly TiffPage[];
  /** Edge of square tiles; strips of 8 rows without it. */
  readonly tile?: number;
}

/** A TIFF or BigTIFF without compression. `loop` makes the last page name the first as the next. */
export function tiff(
  pages: readonly TiffPage[],
  { big = false, little = true, loop = false } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const add = (bytes: Uint8Array): number => {
    const at = size;
    parts.push(bytes);
    size += bytes.byteLength;
    if (size % 2) {
      parts.push(new Uint8Array(1));
      size += 1;
    }
    return at;
  };
  const word = big ? 8 : 4;
  const setWord = (view: DataView, at: number, value: number) =>
    big ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  const header = new Uint8Array(big ? 16 : 8);
  header.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  const head = new DataView(header.buffer);
  head.setUint16(2, big ? 43 : 42, little);
  if (big) head.setUint16(4, 8, little);
  add(header);

  const directory = (page: TiffPage): { at: number; bytes: Uint8Array } => {
    const bytesPerPixel = ((page.samples ?? 1) * page.bits) / 8;
    const blocks: Uint8Array[] = [];
    const { tile } = page;
    if (tile) {
      for (let y = 0; y < page.height; y += tile) {
        for (let x = 0; x < page.width; x += tile) {
          const block = new Uint8Array(tile * tile * bytesPerPixel);
          for (let row = 0; row < Math.min(tile, page.height - y); row++) {
            const from = ((y + row) * page.width + x) * bytesPerPixel;
            const length = Math.min(tile, page.width - x) * bytesPerPixel;
            block.set(page.data.subarray(from, from + length), row * tile * bytesPerPixel);
          }
          blocks.push(block);
        }
      }
    } else {
      const rows = 8 * page.width * bytesPerPixel;
      for (let at = 0; at < page.data.byteLength; at += rows) blocks.push(page.data.subarray(at, at + rows));
    }
    const offsets = blocks.map(add);
    const sub = (page.sub ?? []).map((each) => finish(directory(each), 0));
    const text = new TextEncoder().encode(`${page.description ?? ""}\0`);
    type Entry = [tag: number, type: number, values: readonly number[] | Uint8Array];
    const offsetType = big ? 16 : 4;
    const entries: Entry[] = [
      [254, 4, [page.reduced ? 1 : 0]],
      [256, 4, [page.width]],
      [257, 4, [page.height]],
      [258, 3, Array<number>(page.samples ?? 1).fill(page.bits)],
      [259, 3, [1]],
      [262, 3, [page.photometric ?? 1]],
      ...(page.description ? [[270, 2, text] satisfies Entry] : []),
      ...(tile ? [] : [[273, offsetType, offsets] satisfies Entry]),
      [277, 3, [page.samples ?? 1]],
      ...(tile
        ? []
        : [[278, 4, [8]] satisfies Entry, [279, 4, blocks.map((block) => block.byteLength)] satisfies Entry]),
      ...(tile
        ? ([
            [322, 4, [tile]],
            [323, 4, [tile]],
            [324, offsetType, offsets],
            [325, 4, blocks.map((block) => block.byteLength)],
          ] satisfies Entry[])
        : []),
      ...(sub.length > 0 ? [[330, offsetType, sub] satisfies Entry] : []),
      [339, 3, Array<number>(page.samples ?? 1).fill(page.format)],
    ];
    const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 16: 8 };
    const count = big ? 8 : 2;
    const each = big ? 20 : 12;
    const bytes = new Uint8Array(count + entries.length * each + word);
    const view = new DataView(bytes.buffer);
    if (big) view.setBigUint64(0, BigInt(entries.length), little);
    else view.setUint16(0, entries.length, little);
    entries.forEach(([tag, type, values], i) => {
      const at = count + i * each;
      const element = sizes[type] ?? 1;
      view.setUint16(at, tag, little);
      view.setUint16(at + 2, type, little);
      setWord(view, at + 4, values.length);
      const value = new Uint8Array(Math.max(word, values.length * element));
      const inner = new DataView(value.buffer);
      Array.from(values).forEach((number, k) => {
        if (element === 1) value[k] = number;
        else if (element === 2) inner.setUint16(k * 2, number, little);
        else if (element === 4) inner.setUint32(k * 4, number, little);
        else inner.setBigUint64(k * 8, BigInt(number), little);
      });
      if (values.length * element <= word) bytes.set(value.subarray(0, word), at + 4 + word);
      else setWord(view, at + 4 + word, add(value));
    });
    return { at: 0, bytes };
  };
  const finish = ({ bytes }: { bytes: Uint8Array }, next: number): number => {
    setWord(new DataView(bytes.buffer), bytes.byteLength - word, next);
    return add(bytes);
  };
  // The last page is written first, so that each can name the one after it.
  let next = 0;
  const made = pages.map(directory);
  let last: Uint8Array | undefined;
  for (const each of made.toReversed()) {
    next = finish(each, next);
    last ??= each.bytes;
  }
  if (loop && last) setWord(new DataView(last.buffer), last.byteLength - word, next);
  setWord(head, big ? 8 : 4, next);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** All bricks of a level put together, as plain numbers. */
export async function readLevel(
  source: ChunkSource,
  level = 0,
): Promise<{ shape: readonly number[]; values: number[] }> {
  const info = source.levels[level];
  if (!info) throw new Error(`no level ${level}`);
  const { shape, chunk } = info;
  const inner = Math.max(1, source.channels);
  const values = Array<number>(shape.reduce((product, size) => product * size, inner)).fill(Number.NaN);
  const counts = shape.map((size, axis) => Math.ceil(size / (chunk[axis] ?? 1)));
  const total = counts.reduce((product, size) => product * size, 1);
  for (let i = 0; i < total; i++) {
    const index = unravel(i, counts);
    const brick: Brick = await source.readBrick(level, index);
    const size = brick.shape.reduce((product, extent) => product * extent, 1);
    for (let k = 0; k < size; k++) {
      const at = unravel(k, brick.shape).map(
        (value, axis) => value + (index[axis] ?? 0) * (chunk[axis] ?? 1),
      );
      const flat = at.reduce((sum, value, axis) => sum * (shape[axis] ?? 1) + value, 0);
      for (let c = 0; c < inner; c++) values[flat * inner + c] = Number(brick.data[k * inner + c]);
    }
  }
  return { shape, values };
}

function unravel(flat: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = flat;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

/** The bytes of an array in either order. */
export function bytesOf(data: BrickArray, big = false): Uint8Array {
  const bytes = new Uint8Array(
    data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer,
  );
  const size = data.BYTES_PER_ELEMENT;
  if (big) for (let at = 0; at < bytes.byteLength; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}
