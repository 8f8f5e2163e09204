/**
 * Scene files, `NAME.eyepiece.json`: layers with all their settings, where each one's data are, and where people look. Data that have
 * an address keep it, relative to the file where both lie on one disk; items, painted labels and what only a kernel or this
 * session has are beside it, in the folder `NAME.files`.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { Table } from "@eyepiece/engine/data/table.ts";
import { decodeTable, encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { tableFault } from "@eyepiece/engine/model/columns.ts";
import { labelFeaturesFault } from "@eyepiece/engine/model/label-features.ts";
import { isTableLayer, Layer, View } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { writeNpy } from "../writers/npy.ts";
import { WriteError, type WriteOptions } from "../writers/types.ts";
import type { Reader, ReaderResult } from "./reading.ts";

/** The end of a scene file's name. */
export const SCENE_FILE = /\.eyepiece\.json$/i;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const place = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const Data = v.variant("kind", [
  /** Opened from an address, of which it is dataset number `index`. */
  v.object({
    kind: v.literal("address"),
    /** Relative to the scene file, absolute, or on the web. */
    uri: place,
    /** Where it was, if it is not found by the first. */
    was: v.optional(place),
    index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.object({ kind: v.literal("table"), file: place }),
  v.object({ kind: v.literal("array"), file: place }),
]);
/** Where a layer's data are. */
export type ArchivedData = v.InferOutput<typeof Data>;

const SceneFile = v.object({
  format: v.literal("eyepiece-scene"),
  version: v.literal(1),
  title: v.pipe(v.string(), v.maxLength(1024)),
  canvas: v.object({ width: side, height: side }),
  view: View,
  layers: v.pipe(
    v.array(
      v.object({
        layer: Layer,
        data: Data,
        /** A table of what is known of labels. */
        features: v.optional(place),
      }),
    ),
    v.maxLength(1024),
  ),
});
type SceneFile = v.InferOutput<typeof SceneFile>;

/** A layer to write, with its data: of items, or of an array by address or as it is. */
export interface LayerToArchive {
  readonly layer: Layer;
  readonly table?: Table;
  readonly source?: ChunkSource;
  /** What is known of labels. */
  readonly features?: Table;
  /** The address that gives the same array again. */
  readonly address?: { readonly uri: string; readonly index: number };
}

/** A scene to write. */
export interface SceneToArchive extends Pick<SceneFile, "title" | "canvas" | "view"> {
  readonly layers: readonly LayerToArchive[];
}

/** Arrays larger than this are not copied. */
const MOST_COPIED = 16 * 1024 ** 3;
const MOST_TEXT = 64 * 1024 * 1024;

/**
 * Writes a scene file and its folder; both have their names when they are complete, the folder first.
 * @param final where the file is going to lie, when that is known: addresses become relative to it
 * @throws WriteError, SourceError; the signal's reason
 */
export async function writeArchive(
  path: string,
  scene: SceneToArchive,
  options: WriteOptions & { readonly replace?: boolean; readonly final?: string } = {},
): Promise<void> {
  const name = basename(path).replace(SCENE_FILE, "");
  const folder = `${name}.files`;
  const part = join(dirname(path), `.${folder}.${process.pid}.part`);
  if (!options.replace && (await readFile(path).catch(() => undefined)) !== undefined)
    throw new WriteError(`${basename(path)} exists already: choose another name, or replace it.`);
  try {
    await mkdir(part);
    const layers: SceneFile["layers"] = [];
    for (const [at, one] of scene.layers.entries()) {
      options.signal?.throwIfAborted();
      const onProgress = (fraction: number): void =>
        options.onProgress?.((at + fraction) / scene.layers.length);
      const data = await archive(one, at, part, folder, { ...options, onProgress });
      const known = `${at}.features.table`;
      if (one.features) await writeFile(join(part, known), encodeTable(one.features), { flush: true });
      layers.push({ layer: one.layer, data, ...(one.features && { features: `${folder}/${known}` }) });
      onProgress(1);
    }
    const { title, canvas, view } = scene;
    const file: SceneFile = { format: "eyepiece-scene", version: 1, title, canvas, view, layers };
    const beside = layers.some(({ data, features }) => data.kind !== "address" || features !== undefined);
    const target = join(dirname(path), folder);
    const text = join(part, "scene.json");
    await writeFile(text, `${JSON.stringify(file, undefined, 1)}\n`, { flush: true });
    const next = `${path}.next`;
    await rename(text, next);
    await rm(target, { recursive: true, force: true });
    if (beside) await rename(part, target);
    await rename(next, path);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof WriteError || cause instanceof SourceError) throw cause;
    throw new WriteError(
      `${basename(path)} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function archive(
  { layer, table, source, address }: LayerToArchive,
  at: number,
  part: string,
  folder: string,
  options: WriteOptions & { readonly final?: string },
): Promise<ArchivedData> {
  if (table !== undefined) {
    const name = `${at}.table`;
    await writeFile(join(part, name), encodeTable(table), { flush: true });
    return { kind: "table", file: `${folder}/${name}` };
  }
  if (address !== undefined)
    return { kind: "address", ...addressFrom(address.uri, options.final), index: address.index };
  if (source === undefined)
    throw new WriteError(`The data of ${layer.name} are not open, so that the scene cannot be saved whole.`);
  if ("nbytes" in layer.data && layer.data.nbytes > MOST_COPIED) {
    const gigabytes = Math.round(layer.data.nbytes / 1e9);
    throw new WriteError(
      `${layer.name} has ${gigabytes} GB that are in no file: save that layer first, then open it from there.`,
    );
  }
  const name = `${at}.npy`;
  await writeNpy(join(part, name), source, options);
  return { kind: "array", file: `${folder}/${name}` };
}

function addressFrom(uri: string, final: string | undefined): { uri: string; was?: string } {
  if (!isAbsolute(uri) || final === undefined) return { uri };
  return { uri: relative(dirname(final), uri) || ".", was: uri };
}

/** One layer of a scene file, opened. */
export interface ArchivedLayer {
  readonly layer: Layer;
  /** Exactly one of the two is there. */
  readonly table?: Table;
  readonly source?: ChunkSource;
  /** What is known of labels. */
  readonly features?: Table;
  /** What opens the array again. */
  readonly address?: { readonly uri: string; readonly index: number };
}

/** A scene file, opened. */
export interface OpenedArchive extends Pick<SceneFile, "title" | "canvas" | "view"> {
  readonly layers: readonly ArchivedLayer[];
}

/** How a scene file is read: everything that it names is asked for. */
export interface ArchiveReader {
  /** @throws when the file may not be read */
  resolvePath(path: string): Promise<string>;
  readonly open: (uri: string) => ReturnType<Reader>;
}

/** Opens a scene file and all its data. @throws SourceError with a sentence */
export async function readArchive(path: string, reader: ArchiveReader): Promise<OpenedArchive> {
  const real = await reader.resolvePath(path);
  const file = parse(await readFile(real), basename(path));
  const folder = dirname(real);
  const opened = new Map<string, Promise<readonly ReaderResult[]>>();
  const open = (uri: string): Promise<readonly ReaderResult[]> => {
    const known = opened.get(uri) ?? reader.open(uri);
    opened.set(uri, known);
    return known;
  };
  const layers: ArchivedLayer[] = [];
  for (const { layer, data, features: known } of file.layers) {
    if (isTableLayer(layer) !== (data.kind === "table"))
      throw new SourceError(
        `${basename(path)}: the data of ${layer.name} are of another kind than the layer.`,
      );
    if (data.kind === "table") {
      const table = decodeTable(await readFile(await reader.resolvePath(inside(folder, data.file))));
      const fault = isTableLayer(layer) ? tableFault(layer.type, table) : undefined;
      if (fault !== undefined) throw new SourceError(`${basename(path)}: ${layer.name}: ${fault}.`);
      layers.push({ layer, table });
      continue;
    }
    const uris =
      data.kind === "array"
        ? [inside(folder, data.file)]
        : [from(folder, data.uri), ...(data.was === undefined ? [] : [data.was])];
    const index = data.kind === "array" ? 0 : data.index;
    const { uri, results } = await firstOf(uris, open);
    const found = results[index];
    if (found === undefined || !("source" in found))
      throw new SourceError(`${basename(path)}: there is no array number ${index} in ${basename(uri)}.`);
    const ndim = found.source.ndim;
    if (ndim !== layer.scale.length)
      throw new SourceError(
        `${basename(path)}: ${layer.name} has ${layer.scale.length} axes, its data ${ndim}.`,
      );
    const features =
      known === undefined
        ? undefined
        : decodeTable(await readFile(await reader.resolvePath(inside(folder, known))));
    const fault = features && labelFeaturesFault(features);
    if (fault !== undefined) throw new SourceError(`${basename(path)}: ${layer.name}: ${fault}.`);
    layers.push({ layer, source: found.source, address: { uri, index }, ...(features && { features }) });
  }
  return { title: file.title, canvas: file.canvas, view: file.view, layers };
}

async function firstOf(
  uris: readonly string[],
  open: (uri: string) => Promise<readonly ReaderResult[]>,
): Promise<{ uri: string; results: readonly ReaderResult[] }> {
  let failure: unknown;
  for (const uri of uris) {
    try {
      return { uri, results: await open(uri) };
    } catch (cause) {
      failure ??= cause;
    }
  }
  throw failure;
}

/** Of what lies beside the file, a name may not lead out of its folder. */
function inside(folder: string, file: string): string {
  const path = resolve(folder, file);
  if (relative(folder, path).startsWith("..") || isAbsolute(file))
    throw new SourceError(`${file} does not lie beside the scene file.`);
  return path;
}

function from(folder: string, uri: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(uri) || isAbsolute(uri) ? uri : resolve(folder, uri);
}

function parse(bytes: Buffer, name: string): SceneFile {
  if (bytes.byteLength > MOST_TEXT) throw new SourceError(`${name} is too large to be a scene.`);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new SourceError(`${name} is not JSON.`, { cause });
  }
  const read = v.safeParse(SceneFile, json);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new SourceError(
    `${name} is no scene of Eyepiece: ${v.getDotPath(issue) ?? "the file"}: ${issue.message}`,
  );
}

/** A view for a canvas of another size: as much is seen of the scene. */
export function viewFor(
  view: View,
  canvas: { readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
): View {
  const factor = Math.min(size.width / canvas.width, size.height / canvas.height);
  return { ...view, camera: { ...view.camera, zoom: view.camera.zoom * factor } };
}
