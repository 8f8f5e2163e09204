/** scene.json, as napari's state reads back, to the engine's Scene and View. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { Camera, type Layer, type Scene, type View } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { SceneFileError, UnsupportedLayerError } from "./scene-layers/common.ts";
import { readLayer } from "./scene-layers/read-layer.ts";

export { SceneFileError, UnsupportedLayerError };

const numbers = v.array(v.number());

/** A scene ready to be drawn. */
export interface LoadedScene {
  readonly scene: Scene;
  readonly view: View;
  readonly size: { readonly width: number; readonly height: number };
  readonly pixelRatio: number;
  readonly background: [number, number, number];
  readonly sources: readonly ChunkSource[];
  readonly tables: readonly TableSource[];
}

const SceneFile = v.object({
  name: v.optional(v.string(), "scene"),
  canvas: v.object({
    width: v.number(),
    height: v.number(),
    device_pixel_ratio: v.optional(v.number(), 1),
    background: v.optional(v.string(), "#000000"),
  }),
  camera: Camera,
  dims: v.object({
    ndim: v.number(),
    ndisplay: v.picklist([2, 3]),
    order: numbers,
    point: numbers,
    range: v.array(v.tuple([v.number(), v.number(), v.number()])),
    margin_left: numbers,
    margin_right: numbers,
  }),
  grid: v.object({
    enabled: v.boolean(),
    shape: v.tuple([v.number(), v.number()]),
    stride: v.number(),
    spacing: v.number(),
  }),
  layers: v.array(v.looseObject({ type: v.string() })),
});

/**
 * Reads `folder/scene.json` and the arrays it names.
 * @throws UnsupportedLayerError, SceneFileError; NpyError for a bad array
 */
export async function loadScene(folder: string): Promise<LoadedScene> {
  const path = join(folder, "scene.json");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new SceneFileError(`${path} cannot be read.`, { cause: error });
  });
  const file = parse(SceneFile, text, path);
  const sources: ChunkSource[] = [];
  const tables: TableSource[] = [];
  const layers: Layer[] = [];
  for (const [index, raw] of file.layers.entries()) {
    const read = await readLayer(folder, `layer-${index}`, raw, `Layer ${index} of ${path}`);
    if ("source" in read) sources.push(read.source);
    else tables.push(read.table);
    layers.push(read.layer);
  }
  const ndim = file.dims.ndim;
  return {
    scene: { revision: 0, title: file.name, layers },
    view: {
      camera: file.camera,
      dims: { ...file.dims, axis_labels: Array.from({ length: ndim }, (_, axis) => `${axis - ndim}`) },
      grid: file.grid,
    },
    size: { width: file.canvas.width, height: file.canvas.height },
    pixelRatio: file.canvas.device_pixel_ratio,
    background: hexColour(file.canvas.background),
    sources,
    tables,
  };
}

function parse(schema: typeof SceneFile, text: string, path: string): v.InferOutput<typeof SceneFile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SceneFileError(`${path} is not JSON.`, { cause: error });
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new SceneFileError(`${path}: ${v.getDotPath(issue) ?? "the file"}: ${issue.message}`);
}

function hexColour(text: string): [number, number, number] {
  const digits = /^#([0-9a-f]{6})/i.exec(text)?.[1];
  if (digits === undefined) throw new SceneFileError(`The background ${text} is not written as #rrggbb.`);
  const channel = (i: number): number => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16) / 255;
  return [channel(0), channel(1), channel(2)];
}
