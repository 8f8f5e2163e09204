/** One array in Zarr 3: its metadata, and its chunks or shards as files. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip, constants as zlib, zstdCompress } from "node:zlib";
import { makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import type { BrickArray, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import { copyStrided } from "../readers/strided.ts";
import { unravel } from "./boxes.ts";
import { crc32c } from "./crc32c.ts";

const gzipBytes = promisify(gzip);
const zstdBytes = promisify(zstdCompress);

/** How bytes are compressed. */
export type Compression = "zstd" | "gzip" | "none";

/** What an array is. */
export interface ZarrArrayPlan {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** What is decoded at once. */
  readonly chunk: readonly number[];
  /** Multiples of the chunk that lie in one file; undefined: each chunk is a file. */
  readonly shard: readonly number[] | undefined;
  readonly compression: Compression;
  readonly names: readonly string[];
}

/** The box that is one file. */
export function fileBox(plan: ZarrArrayPlan): readonly number[] {
  return plan.shard ?? plan.chunk;
}

/** Writes `zarr.json`. */
export async function writeArrayMetadata(folder: string, plan: ZarrArrayPlan): Promise<void> {
  const bytes = { name: "bytes", configuration: { endian: "little" } };
  const codecs = [
    bytes,
    ...(plan.compression === "zstd" ? [{ name: "zstd", configuration: { level: 3, checksum: false } }] : []),
    ...(plan.compression === "gzip" ? [{ name: "gzip", configuration: { level: 5 } }] : []),
  ];
  const sharding = {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: plan.chunk,
      codecs,
      index_codecs: [bytes, { name: "crc32c" }],
      index_location: "end",
    },
  };
  const metadata = {
    zarr_format: 3,
    node_type: "array",
    shape: plan.shape,
    data_type: plan.dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: fileBox(plan) } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 0,
    codecs: plan.shard ? [sharding] : codecs,
    dimension_names: plan.names,
    attributes: {},
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "zarr.json"), JSON.stringify(metadata, null, 1));
}

/** Writes the file at `index`; `data` is its box, cropped to `size` at the array's edge. Nothing but zeros is no file. */
export async function writeFileBox(
  folder: string,
  plan: ZarrArrayPlan,
  index: readonly number[],
  data: BrickArray,
  size: readonly number[],
): Promise<void> {
  const body = plan.shard
    ? await shardBytes(plan, plan.shard, data, size)
    : await chunkBytes(
        plan,
        data,
        size,
        size.map(() => 0),
      );
  if (!body) return;
  const file = join(folder, "c", ...index.map(String));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, body);
}

/** A chunk that begins at `start` in the data, compressed; undefined when it holds nothing but zeros. */
async function chunkBytes(
  plan: ZarrArrayPlan,
  data: BrickArray,
  size: readonly number[],
  start: readonly number[],
): Promise<Uint8Array | undefined> {
  const chunk = makeArray(plan.dtype, volumeOf(plan.chunk));
  const from = stridesOf(size);
  const common = plan.chunk.map((extent, axis) => Math.min(extent, (size[axis] ?? 0) - (start[axis] ?? 0)));
  const offset = start.reduce((sum, value, axis) => sum + value * (from[axis] ?? 0), 0);
  copyStrided(
    { data, stride: from, offset },
    { data: chunk, stride: stridesOf(plan.chunk), offset: 0 },
    common,
  );
  const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (isZero(bytes)) return undefined;
  if (plan.compression === "gzip") return gzipBytes(bytes, { level: 5 });
  if (plan.compression === "zstd") return zstdBytes(bytes, { params: { [zlib.ZSTD_c_compressionLevel]: 3 } });
  return bytes;
}

function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/**
 * A shard from its box, cropped to `size` at the array's edge: chunks one after the other, then where each lies and how long it is, and
 * the checksum of that. Undefined when it holds nothing but zeros.
 */
export async function shardBytes(
  plan: ZarrArrayPlan,
  shard: readonly number[],
  data: BrickArray,
  size: readonly number[],
): Promise<Uint8Array | undefined> {
  const counts = shard.map((extent, axis) => extent / (plan.chunk[axis] ?? 1));
  const total = volumeOf(counts);
  const index = new DataView(new ArrayBuffer(total * 16 + 4));
  // All of a shard at once: zlib's threads share the work.
  const packed = await Promise.all(
    Array.from({ length: total }, (_, number) => {
      const start = unravel(number, counts).map((value, axis) => value * (plan.chunk[axis] ?? 1));
      const inside = start.every((value, axis) => value < (size[axis] ?? 0));
      return inside ? chunkBytes(plan, data, size, start) : undefined;
    }),
  );
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [number, part] of packed.entries()) {
    const [offset, length] = part ? [BigInt(at), BigInt(part.byteLength)] : [2n ** 64n - 1n, 2n ** 64n - 1n];
    index.setBigUint64(number * 16, offset, true);
    index.setBigUint64(number * 16 + 8, length, true);
    if (!part) continue;
    parts.push(part);
    at += part.byteLength;
  }
  if (parts.length === 0) return undefined;
  index.setUint32(total * 16, crc32c(new Uint8Array(index.buffer, 0, total * 16)), true);
  return Buffer.concat([...parts, new Uint8Array(index.buffer)]);
}
