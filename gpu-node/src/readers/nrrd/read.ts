/** NRRD volumes: attached (.nrrd) and detached (.nhdr) headers; raw, gzip and text. */
import { createGunzip } from "node:zlib";
import { ELEMENT_BYTES, makeArray, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type BrickArray, type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { beside } from "../beside.ts";
import { asElements, StreamReader } from "../bytes.ts";
import { readRegion } from "../region.ts";
import { openResource, type Resource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { checkMemory, openRaw } from "../whole.ts";
import { MAX_HEADER, type NrrdHeader, parseNrrd } from "./header.ts";

/** Opens a .nrrd or .nhdr. @throws SourceError */
export async function openNrrd(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  let header: NrrdHeader;
  try {
    header = parseNrrd(await resource.read(0, MAX_HEADER, options.signal), label);
  } catch (cause) {
    await resource.close();
    throw cause;
  }
  const source =
    header.files.length === 0
      ? await openVoxels(label, resource, header, header.length, header.shape, options)
      : await openFiles(uri, label, resource, header, options);
  return [{ source, rgb: header.channels > 0, labels: false, label, defaults: header.defaults }];
}

/** Several files are parts of the slowest axis, one after the other. */
async function openFiles(
  uri: string,
  label: string,
  resource: Resource,
  header: NrrdHeader,
  options: OpenOptions,
): Promise<ChunkSource> {
  await resource.close();
  const { files, shape } = header;
  const [slowest = 1] = shape;
  if (slowest % files.length !== 0)
    throw new SourceError(`${label} names ${files.length} data files for ${slowest} slices.`);
  const each = [slowest / files.length, ...shape.slice(1)];
  const open = async (name: string): Promise<ChunkSource> => {
    const part = await openResource(await beside(uri, name, options), options);
    return openVoxels(part.label, part, header, 0, each, options);
  };
  const [only] = files;
  if (files.length === 1 && only !== undefined) return open(only);
  const bytes = volumeOf(shape) * Math.max(1, header.channels) * ELEMENT_BYTES[header.dtype];
  checkMemory(label, bytes, options);
  const data = makeArray(header.dtype, volumeOf(shape) * Math.max(1, header.channels));
  for (const [number, name] of files.entries()) {
    options.signal?.throwIfAborted();
    const part = await open(name);
    const voxels = await wholeOf(part, options);
    (data as Uint8Array).set(voxels as Uint8Array, (number * data.length) / files.length);
    await part.dispose();
    options.onProgress?.((number + 1) / files.length, `Reading ${label}`);
  }
  return memorySource(label, [{ data, shape }], { channels: header.channels });
}

async function wholeOf(source: ChunkSource, options: OpenOptions): Promise<BrickArray> {
  const shape = source.levels[0]?.shape ?? [];
  return readRegion(
    source,
    0,
    shape.map(() => 0),
    shape,
    options.signal,
  );
}

async function openVoxels(
  label: string,
  resource: Resource,
  header: NrrdHeader,
  start: number,
  shape: readonly number[],
  options: OpenOptions,
): Promise<ChunkSource> {
  const { channels, dtype, littleEndian } = header;
  const count = volumeOf(shape) * Math.max(1, channels);
  const bytes = count * ELEMENT_BYTES[dtype];
  const elements = (body: Uint8Array<ArrayBuffer>) => asElements(body, dtype, littleEndian);
  try {
    const begin = await skipLines(resource, start, header.lineSkip, label, options);
    if (header.encoding === "raw") {
      const at = header.byteSkip < 0 ? (resource.size ?? 0) - bytes : begin + header.byteSkip;
      if (at < begin)
        throw new SourceError(`${label} is cut short: ${begin - at} bytes of its data are missing.`);
      const layout = { shape, channels, size: ELEMENT_BYTES[dtype], start: at, elements };
      return await openRaw(label, resource, layout, options);
    }
    checkMemory(label, bytes, options);
    const data =
      header.encoding === "gzip"
        ? elements(await gunzipped(resource, begin, Math.max(0, header.byteSkip), bytes, label, options))
        : await numbers(resource, begin + Math.max(0, header.byteSkip), count, header, label, options);
    return memorySource(label, [{ data, shape }], { channels });
  } finally {
    if (header.encoding !== "raw") await resource.close();
  }
}

async function gunzipped(
  resource: Resource,
  begin: number,
  skip: number,
  bytes: number,
  label: string,
  options: OpenOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = await resource.stream(options.signal);
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  raw.on("error", (cause) => gunzip.destroy(cause));
  const header = new StreamReader(raw, label);
  const out = new Uint8Array(bytes);
  const reader = new StreamReader(gunzip, label);
  try {
    await skipBytes(header, begin);
    void header.pour(gunzip);
    // A byte skip counts within what is decompressed.
    await skipBytes(reader, skip);
    await reader.fill(out, (done) => options.onProgress?.(done / Math.max(1, bytes), `Reading ${label}`));
    return out;
  } finally {
    reader.close();
    header.close();
  }
}

async function skipBytes(reader: StreamReader, count: number): Promise<void> {
  const scratch = new Uint8Array(Math.min(count, 1 << 20));
  for (let left = count; left > 0; left -= scratch.byteLength)
    await reader.fill(scratch.subarray(0, Math.min(left, scratch.byteLength)));
}

/** Most characters of one value written as text. */
const MAX_DIGITS = 64;

async function numbers(
  resource: Resource,
  begin: number,
  count: number,
  header: NrrdHeader,
  label: string,
  options: OpenOptions,
): Promise<BrickArray> {
  const size = resource.size ?? 0;
  // A value takes a digit and a space at least.
  if (count * 2 - 1 > size - begin)
    throw new SourceError(`${label} is cut short: it has fewer than ${count} values.`);
  const most = Math.min(size - begin, count * MAX_DIGITS);
  const text = Buffer.from(await resource.read(begin, most, options.signal)).toString("latin1");
  const data = makeArray(header.dtype, count);
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const target = data as Float64Array;
  const found = text.matchAll(/[^\s,]+/g);
  for (let i = 0; i < count; i++) {
    const word = found.next().value?.[0] ?? "";
    const value = Number(word);
    if (word === "" || (Number.isNaN(value) && !/^nan$/i.test(word)) || (big && !/^[-+]?\d+$/.test(word)))
      throw new SourceError(`${label} is damaged: value ${i + 1} of ${count} is ${word || "missing"}.`);
    target[i] = big ? (BigInt(word) as unknown as number) : value;
  }
  return data;
}

async function skipLines(
  resource: Resource,
  start: number,
  lines: number,
  label: string,
  options: OpenOptions,
): Promise<number> {
  if (lines === 0) return start;
  const bytes = await resource.read(start, MAX_HEADER, options.signal);
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const next = bytes.indexOf(10, at);
    if (next < 0)
      throw new SourceError(`${label} has fewer than the ${lines} lines that come before its data.`);
    at = next + 1;
  }
  return start + at;
}
