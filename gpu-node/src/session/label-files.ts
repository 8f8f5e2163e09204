/** The Zarr arrays that a label image was opened from, to write single chunks or shards of: each whole and at once, or not at all. */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BrickArray, ChunkSource, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";
import * as zarr from "zarrita";
import { readRegion } from "../readers/region.ts";
import { useBoundedCodecs } from "../readers/zarr/codecs.ts";
import { isInside } from "../services/folders.ts";
import { shardBytes, type ZarrArrayPlan } from "../writers/zarr-array.ts";

/** One level that can be written: `box` is what lies in one file. */
export interface WritableLevel {
  readonly box: readonly number[];
  readonly shape: readonly number[];
  /** Writes the file at `index` from the source as it is now. @throws the file system's errors, SourceError */
  write(source: ChunkSource, index: readonly number[]): Promise<void>;
}

const Multiscales = v.object({
  multiscales: v.pipe(
    v.array(
      v.looseObject({ datasets: v.pipe(v.array(v.looseObject({ path: v.string() })), v.minLength(1)) }),
    ),
    v.minLength(1),
  ),
});
const Sharding = v.object({
  zarr_format: v.literal(3),
  chunk_key_encoding: v.object({
    name: v.literal("default"),
    configuration: v.optional(v.object({ separator: v.literal("/") })),
  }),
  fill_value: v.literal(0),
  codecs: v.tuple([
    v.object({
      name: v.literal("sharding_indexed"),
      configuration: v.looseObject({
        chunk_shape: v.array(v.number()),
        codecs: v.pipe(v.array(v.looseObject({ name: v.string() })), v.minLength(1), v.maxLength(2)),
        index_codecs: v.tuple([
          v.looseObject({ name: v.literal("bytes") }),
          v.looseObject({ name: v.literal("crc32c") }),
        ]),
        index_location: v.optional(v.literal("end"), "end"),
      }),
    }),
  ]),
});

/**
 * The levels of a label image's folder.
 * @param folder real path of the multiscale group, or of one array
 * @returns undefined where it cannot be written: the sentence says why
 */
export async function writableLevels(
  folder: string,
  source: ChunkSource,
  roots: readonly string[],
): Promise<readonly WritableLevel[] | string> {
  if (!roots.some((root) => isInside(root, folder))) return "it lies in no folder that this node writes to";
  useBoundedCodecs();
  const levels: WritableLevel[] = [];
  for (const path of await levelPaths(folder)) {
    const place = join(folder, path);
    if (!isInside(folder, place)) return "its metadata lead out of its folder";
    const writable = await access(place, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!writable) return "this node has no right to write to it";
    const store = new FileStore(place);
    const info = source.levels[levels.length];
    const sharded = await shardedPlan(store, source.dtype);
    if (sharded === "unknown") return "its shards are of a kind that is only read";
    const level = sharded
      ? shardedLevel(place, sharded, levels.length)
      : chunkedLevel(await zarr.open(zarr.root(store), { kind: "array" }), levels.length);
    const { shape } = level;
    if (!info || shape.length !== source.ndim || shape.some((size, axis) => size !== info.shape[axis]))
      return "its axes are other than those of the layer";
    levels.push(level);
  }
  return levels.length === source.levels.length ? levels : "its levels are other than those of the layer";
}

async function levelPaths(folder: string): Promise<string[]> {
  for (const [name, pick] of [
    ["zarr.json", (json: Json) => json?.attributes?.ome ?? json?.attributes],
    [".zattrs", (json: Json) => json],
  ] as const) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    const read = text === undefined ? undefined : v.safeParse(Multiscales, pick(JSON.parse(text) as Json));
    if (read?.success) return (read.output.multiscales[0]?.datasets ?? []).map(({ path }) => path);
  }
  return [""];
}
type Json = { readonly attributes?: { readonly ome?: unknown } } | undefined;

/** Whole chunks, through the library's codecs. */
function chunkedLevel(array: zarr.Array<zarr.DataType, FileStore>, level: number): WritableLevel {
  const box = array.chunks;
  return {
    box,
    shape: array.shape,
    async write(source, index) {
      const { start, size } = boxAt(index, box, array.shape);
      const data = await readRegion(source, level, start, size);
      const selection = start.map((from, axis) => zarr.slice(from, from + (size[axis] ?? 0)));
      const stride = size.map((_, axis) => size.slice(axis + 1).reduce((product, one) => product * one, 1));
      // The element type was compared when the layer was opened from this array.
      const chunk = { data, shape: [...size], stride } as unknown as zarr.Chunk<zarr.DataType>;
      await zarr.set(array, selection, chunk);
    },
  };
}

function shardedLevel(folder: string, plan: ZarrArrayPlan, level: number): WritableLevel {
  const box = plan.shard ?? plan.chunk;
  const store = new FileStore(folder);
  return {
    box,
    shape: plan.shape,
    async write(source, index) {
      const { start, size } = boxAt(index, box, plan.shape);
      const data: BrickArray = await readRegion(source, level, start, size);
      await store.put(`/c/${index.join("/")}`, await shardBytes(plan, box, data, size));
    },
  };
}

function boxAt(
  index: readonly number[],
  box: readonly number[],
  shape: readonly number[],
): { start: number[]; size: number[] } {
  const start = index.map((at, axis) => at * (box[axis] ?? 1));
  return { start, size: start.map((from, axis) => Math.min(box[axis] ?? 1, (shape[axis] ?? 0) - from)) };
}

async function shardedPlan(store: FileStore, dtype: Dtype): Promise<ZarrArrayPlan | "unknown" | undefined> {
  const bytes = await store.get("/zarr.json");
  const json: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes));
  const text = JSON.stringify(json ?? {});
  if (!text.includes('"sharding_indexed"')) return undefined;
  const read = v.safeParse(
    v.intersect([
      Sharding,
      v.object({
        shape: v.array(v.number()),
        chunk_grid: v.object({ configuration: v.object({ chunk_shape: v.array(v.number()) }) }),
      }),
    ]),
    json,
  );
  if (!read.success) return "unknown";
  const { chunk_shape, codecs } = read.output.codecs[0].configuration;
  const [first, second] = codecs;
  const compression = second?.name ?? "none";
  if (
    first?.name !== "bytes" ||
    !(compression === "zstd" || compression === "gzip" || compression === "none")
  )
    return "unknown";
  const { shape } = read.output;
  const shard = read.output.chunk_grid.configuration.chunk_shape;
  return { dtype, shape, chunk: chunk_shape, shard, compression, names: [] };
}

/** A folder whose files are replaced as a whole. */
class FileStore implements zarr.AsyncReadable {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return readFile(join(this.#folder, key)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return undefined;
      throw cause;
    });
  }

  set(key: string, bytes: Uint8Array): Promise<void> {
    return this.put(key, bytes);
  }

  /** Undefined: nothing but the fill value, which is no file. */
  async put(key: string, bytes: Uint8Array | undefined): Promise<void> {
    const path = join(this.#folder, key);
    if (bytes === undefined) return rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(dirname(path), `.${randomBytes(6).toString("hex")}.part`);
    try {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
  }
}
