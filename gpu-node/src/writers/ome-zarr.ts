/** Layers as OME-Zarr 0.5: chunk by chunk, with a pyramid made from the level before. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ELEMENT_BYTES, volumeOf } from "@eyepiece/engine/data/array.ts";
import type { BrickArray, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { halve } from "../readers/halve.ts";
import { readRegion } from "../readers/region.ts";
import { openZarr } from "../readers/zarr/read.ts";
import { boxes } from "./boxes.ts";
import { place } from "./place.ts";
import { planarSource } from "./planar.ts";
import { type ImageToWrite, WriteError, type WriteOptions } from "./types.ts";
import {
  type Compression,
  fileBox,
  writeArrayMetadata,
  writeFileBox,
  type ZarrArrayPlan,
} from "./zarr-array.ts";

/** Options of {@link writeOmeZarr}. */
export interface OmeZarrOptions extends WriteOptions {
  readonly compression?: Compression;
  /** Many chunks in one file: fewer files, which large images need. Default true. */
  readonly sharded?: boolean;
  readonly replace?: boolean;
}

/** Edges of a chunk in the last two axes, and bytes of a shard; it is held while it is made, with the finer data it is made of. */
const CHUNK_EDGE = 256;
/** Of a chunk that is as deep as wide. */
const BLOCK_EDGE = 64;
const SHARD_BYTES = 8 << 20;
/** The pyramid ends where a plane fits in this edge. */
const SMALLEST = 256;

/** Writes the folder `path`. @throws WriteError, SourceError, the signal's reason */
export async function writeOmeZarr(
  path: string,
  image: ImageToWrite,
  options: OmeZarrOptions = {},
): Promise<void> {
  const { source } = image;
  if (source.ndim < 2) throw new WriteError(`${image.name} has one axis, which OME-Zarr has no place for.`);
  if (source.ndim + (source.channels ? 1 : 0) > 5)
    throw new WriteError(`${image.name} has ${source.ndim} axes; OME-Zarr takes up to five.`);
  await place(path, (folder) => writeImage(folder, image, options), options);
}

/** Writes label images as the `labels` of an image that is there. The list of labels is written last. */
export async function writeLabelsInto(
  imageFolder: string,
  image: ImageToWrite,
  options: OmeZarrOptions & { readonly listed: readonly string[] },
): Promise<void> {
  const labels = join(imageFolder, "labels");
  await mkdir(labels, { recursive: true });
  await writeOmeZarr(join(labels, image.name), { ...image, labels: true }, options);
  const names = [...new Set([...options.listed, image.name])];
  await place(
    join(labels, "zarr.json"),
    (file) => writeGroup(file, { ome: { version: "0.5", labels: names } }),
    {
      replace: true,
    },
  );
}

async function writeGroup(file: string, attributes: object): Promise<void> {
  await writeFile(file, JSON.stringify({ zarr_format: 3, node_type: "group", attributes }, null, 1));
}

async function writeImage(folder: string, image: ImageToWrite, options: OmeZarrOptions): Promise<void> {
  const axes = axesOf(image);
  // Colours are an axis of channels in the file, after time: OME-Zarr has no interleaved ones.
  const at = axes.findIndex(({ name }) => name === "c");
  const source = planarSource(image.source, at);
  const finest = source.levels[0];
  if (!finest) throw new WriteError(`${image.name} has no data.`);
  await mkdir(folder, { recursive: true });
  const shapes = [finest.shape];
  for (let last = finest.shape; Math.max(...last.slice(-2)) > SMALLEST; ) {
    last = last.map((size, axis) => (axis >= last.length - 2 ? Math.ceil(size / 2) : size));
    shapes.push(last);
  }
  const total = shapes.reduce((sum, shape) => sum + volumeOf(shape), 0);
  let done = 0;
  const tell = (voxels: number) => {
    done += voxels;
    options.onProgress?.(Math.min(1, done / total));
  };
  const names = axes.map(({ name }) => name);
  let from: ChunkSource = source;
  for (const [level, shape] of shapes.entries()) {
    const plan = planOf(source, shape, names, options);
    const target = join(folder, `${level}`);
    await writeArrayMetadata(target, plan);
    try {
      await writeLevel(target, plan, from, level > 0, image.labels === true, tell, options.signal);
    } finally {
      // The image's own source stays its owner's.
      if (level > 0) await from.dispose();
    }
    if (level + 1 < shapes.length) from = await written(target);
  }
  await writeGroup(join(folder, "zarr.json"), { ome: metadataOf(image, axes, shapes) });
}

/** A level as it was written, to make the next one from. */
async function written(folder: string): Promise<ChunkSource> {
  const policy = { resolvePath: async (path: string) => path, privateHosts: [] };
  const [opened] = await openZarr(folder, { policy });
  if (!opened) throw new WriteError(`${folder} cannot be read again.`);
  return opened.source;
}

function planOf(
  source: ChunkSource,
  shape: readonly number[],
  names: readonly string[],
  { compression = "zstd", sharded = true }: OmeZarrOptions,
): ZarrArrayPlan {
  const { dtype } = source;
  const n = shape.length;
  // Chunks as deep as the source's bricks, so that each of those is read once, and not for every slice again.
  const z = n - 3;
  const deep = z >= 0 && names[z] !== "c" ? Math.min(BLOCK_EDGE, source.levels[0]?.chunk[z] ?? 1) : 1;
  const edge = deep > 1 ? BLOCK_EDGE : CHUNK_EDGE;
  const chunk = shape.map((size, axis) =>
    Math.max(1, Math.min(axis >= n - 2 ? edge : axis === z ? deep : 1, size)),
  );
  const shard = [...chunk];
  if (sharded) {
    for (let axis = n - 1; axis >= 0; axis--) {
      const step = chunk[axis] ?? 1;
      const most = Math.ceil((shape[axis] ?? 1) / step) * step;
      while ((shard[axis] ?? 1) < most && volumeOf(shard) * ELEMENT_BYTES[dtype] * 2 <= SHARD_BYTES)
        shard[axis] = Math.min(most, (shard[axis] ?? 1) * 2);
    }
  }
  return { dtype, shape, chunk, shard: sharded ? shard : undefined, compression, names };
}

async function writeLevel(
  folder: string,
  plan: ZarrArrayPlan,
  from: ChunkSource,
  reduce: boolean,
  labels: boolean,
  tell: (voxels: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { shape } = plan;
  const box = fileBox(plan);
  const y = shape.length - 2;
  const double = (value: number, axis: number) => (axis >= y ? value * 2 : value);
  const before = from.levels[0]?.shape ?? [];
  for (const { start, size } of boxes(shape, box)) {
    signal?.throwIfAborted();
    const index = start.map((value, axis) => value / (box[axis] ?? 1));
    let data: BrickArray;
    if (reduce) {
      const fineStart = start.map(double);
      const fine = size.map((value, axis) =>
        Math.min(double(value, axis), (before[axis] ?? 0) - (fineStart[axis] ?? 0)),
      );
      data = halve(await readRegion(from, 0, fineStart, fine, signal), fine, labels).data;
    } else data = await readRegion(from, 0, start, size, signal);
    await writeFileBox(folder, plan, index, data, size);
    tell(volumeOf(size));
  }
}

interface Axis {
  readonly name: string;
  readonly type?: string;
  readonly unit?: string;
}

const USUAL = ["t", "c", "z", "y", "x"];

/** OME-Zarr wants time, channels and space in this order, under names that differ. */
function axesOf({ source, axis_labels, units }: ImageToWrite): Axis[] {
  const n = source.ndim;
  const saved = axis_labels?.length === n ? axis_labels.map(String) : [];
  const usable =
    new Set(saved).size === n && saved.every((name) => name !== "" && !(source.channels && name === "c"));
  const usual = n === 4 ? ["t", "z", "y", "x"] : USUAL.slice(-n);
  const names = usable ? saved : usual;
  const axes = names.map((name, axis): Axis => {
    const low = name.toLowerCase();
    const type =
      low === "t" || low === "time"
        ? "time"
        : low === "c" || low === "channel"
          ? "channel"
          : axis >= n - 3
            ? "space"
            : undefined;
    const unit = units?.[axis];
    return {
      name,
      ...(type ? { type } : {}),
      ...(unit && unit !== "pixel" && type !== "channel" ? { unit } : {}),
    };
  });
  if (!source.channels) return axes;
  return axes.toSpliced(axes[0]?.type === "time" ? 1 : 0, 0, { name: "c", type: "channel" });
}

function metadataOf(
  image: ImageToWrite,
  axes: readonly Axis[],
  shapes: readonly (readonly number[])[],
): object {
  const { source } = image;
  const finest = shapes[0] ?? [];
  const at = source.channels ? axes.findIndex(({ name }) => name === "c") : -1;
  const along = (values: readonly number[] | undefined, other: number) =>
    values === undefined ? finest.map(() => other) : at < 0 ? values : values.toSpliced(at, 0, other);
  const [own, shift] = [along(image.scale, 1), along(image.translate, 0)];
  const datasets = shapes.map((shape, level) => {
    // Halving takes two voxels into one, also where the last of an odd edge stands alone.
    const factor = shape.map((_, axis) => (axis >= shape.length - 2 ? 2 ** level : 1));
    const scale = factor.map((value, axis) => value * (own[axis] ?? 1));
    const translation = factor.map(
      (value, axis) => (shift[axis] ?? 0) + ((value - 1) / 2) * (own[axis] ?? 1),
    );
    return {
      path: `${level}`,
      coordinateTransformations: [
        { type: "scale", scale },
        { type: "translation", translation },
      ],
    };
  });
  const multiscales = [{ name: image.name, axes, datasets, type: image.labels ? "nearest" : "mean" }];
  if (image.labels) return { version: "0.5", multiscales, "image-label": { version: "0.5" } };
  const [start, end] = image.contrast_limits ?? [];
  const window = start === undefined || end === undefined ? undefined : { start, end, min: start, max: end };
  const channel = (label: string, color: string) => ({
    label,
    color,
    active: true,
    ...(window ? { window } : {}),
  });
  const channels = source.channels
    ? ["red", "green", "blue", "alpha"]
        .slice(0, source.channels)
        .map((name, i) => channel(name, ["FF0000", "00FF00", "0000FF", "FFFFFF"][i] ?? "FFFFFF"))
    : axes.some(({ type }) => type === "channel")
      ? []
      : [channel(image.name, image.color ?? "FFFFFF")];
  return { version: "0.5", multiscales, ...(channels.length > 0 ? { omero: { channels } } : {}) };
}
