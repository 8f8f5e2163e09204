/** Layers of a session as files: which format, which facts of the layer, and scenes. */
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import type { Table } from "@eyepiece/engine/data/table.ts";
import { isArrayLayer, isTableLayer, type Layer } from "@eyepiece/protocol/scene/schema.ts";
import { writeNpy } from "../writers/npy.ts";
import { SAVES, type Saved, save } from "../writers/save.ts";
import { WriteError, type WriteOptions } from "../writers/types.ts";
import { SCENE_FILE, type SceneToArchive, writeArchive } from "./scene-archive.ts";
import type { SceneHost } from "./scene-host.ts";

/** What is to be saved, and how. */
export interface SaveWish {
  /** Ids of the layers; all when left out. */
  readonly layers?: readonly string[];
  /** The file's name, whose end says the format. Several layers become a folder of it. */
  readonly name: string;
  readonly replace?: boolean;
}

/** Where people look, for a scene file and for the slice of a PNG. */
export type SavedLook = Pick<SceneToArchive, "view" | "canvas">;

/** Names that a layer can be saved under, by its type; the first is the usual one. */
export const SAVE_ENDS: Readonly<Record<Layer["type"], readonly string[]>> = { ...SAVES, vectors: [".npy"] };

/**
 * Saves into a folder.
 * @param final where the folder's content is going to lie, when that is known
 * @returns the paths that were made: files, or folders that are one dataset
 * @throws WriteError, SourceError; the signal's reason
 */
export async function saveInto(
  folder: string,
  host: SceneHost,
  { layers: ids, name, replace = false }: SaveWish,
  look: SavedLook,
  options: WriteOptions & {
    readonly final?: string;
    /** Whether a file has all that is painted on a source. */
    readonly settled?: (source: string) => boolean;
  } = {},
): Promise<string[]> {
  const { scene } = host;
  const layers = ids === undefined ? scene.layers : scene.layers.filter(({ id }) => ids.includes(id));
  if (layers.length === 0) throw new WriteError("There is no layer to save.");
  const path = join(folder, name);
  if (SCENE_FILE.test(name)) {
    const archived = layers.map((layer) => host.archived(layer, options.settled));
    const final = options.final && join(options.final, name);
    await writeArchive(
      path,
      { title: scene.title, ...look, layers: archived },
      { ...options, replace, ...(final !== undefined && { final }) },
    );
    return [path];
  }
  const [only] = layers;
  if (layers.length === 1 && only) {
    await saveLayer(path, host, only, look, { ...options, replace });
    return [path];
  }
  // Several: each in the format of the name where that fits it, else in its usual one.
  const paths: string[] = [];
  const end = Object.values(SAVE_ENDS)
    .flat()
    .find((one) => name.toLowerCase().endsWith(one));
  const stem = end === undefined ? name : name.slice(0, -end.length);
  for (const [at, layer] of layers.entries()) {
    const ends = SAVE_ENDS[layer.type];
    const own = end !== undefined && ends.includes(end) ? end : (ends[0] ?? "");
    const file = join(
      folder,
      `${stem}-${at}-${layer.name.replace(/[^\p{L}\p{N}_. -]+/gu, "_").slice(0, 80)}${own}`,
    );
    const onProgress = (fraction: number): void => options.onProgress?.((at + fraction) / layers.length);
    await saveLayer(file, host, layer, look, { ...options, replace, onProgress });
    paths.push(file);
  }
  return paths;
}

async function saveLayer(
  path: string,
  host: SceneHost,
  layer: Layer,
  { view }: SavedLook,
  options: WriteOptions & { readonly replace: boolean },
): Promise<void> {
  const ends = SAVE_ENDS[layer.type];
  if (!ends.some((end) => path.toLowerCase().endsWith(end)))
    throw new WriteError(
      `A layer of type ${layer.type} is saved under a name that ends in ${ends.join(", ")}.`,
    );
  if (isTableLayer(layer)) {
    const table = host.table(layer.data.source);
    if (!table) throw new WriteError(`The items of ${layer.name} are not here.`);
    if (layer.type === "vectors") return writeNpy(path, vectorsArray(table, layer.data.ndim), options);
    return save(path, { kind: layer.type, table }, options);
  }
  // The slice that is shown, for formats that hold one.
  const shift = view.dims.ndim - layer.data.shape.length;
  const at = layer.data.shape.slice(0, -2).map((size, axis) => {
    const world = view.dims.point[axis + shift] ?? 0;
    const index = Math.round((world - (layer.translate[axis] ?? 0)) / (layer.scale[axis] ?? 1));
    return Math.min(size - 1, Math.max(0, index));
  });
  await save(path, savedArray(host, layer), { ...options, at });
}

function savedArray(host: SceneHost, layer: Layer): Saved {
  const source = isArrayLayer(layer) ? host.source(layer.data.source) : undefined;
  if (!source) throw new WriteError(`The data of ${layer.name} are not open.`);
  const { name, scale, translate, units, axis_labels } = layer;
  const image = { source, name, scale, translate, units, axis_labels };
  if (layer.type !== "image") return { kind: "labels", image };
  const end = layer.colormap.colors.at(-1) ?? [1, 1, 1, 1];
  const color = end
    .slice(0, 3)
    .map((value) =>
      Math.round(value * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("");
  return { kind: "image", image: { ...image, contrast_limits: layer.contrast_limits, color } };
}

/** Starts and directions, shape (vectors, 2, axes), as napari has them. */
function vectorsArray(table: Table, ndim: number): ReturnType<typeof memorySource> {
  const [starts, ways] = ["position", "direction"].map((name) => table.columns.get(name)?.data ?? []);
  const data = new Float64Array(table.count * 2 * ndim);
  for (let i = 0; i < table.count; i++)
    for (let axis = 0; axis < ndim; axis++) {
      data[2 * i * ndim + axis] = starts?.[i * ndim + axis] ?? 0;
      data[(2 * i + 1) * ndim + axis] = ways?.[i * ndim + axis] ?? 0;
    }
  if (table.count === 0) throw new WriteError("There are no vectors to save.");
  return memorySource("vectors", [{ data, shape: [table.count, 2, ndim] }]);
}

/** A file of what was saved. */
export interface SavedFile {
  /** From the folder that was saved into. */
  readonly path: string;
  readonly size: number;
}

/** All files below a folder, by name. */
export async function filesIn(folder: string): Promise<SavedFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files: SavedFile[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (facts.isFile()) files.push({ path: relative(folder, path), size: facts.size });
  }
  return files;
}
