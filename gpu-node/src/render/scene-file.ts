/** scene.json, as napari's state reads back, to the engine's Scene and View. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import {
  Blending,
  Camera,
  ClippingPlane,
  Interpolation,
  type Layer,
  Plane,
  ProjectionMode,
  Rendering,
  type Rgba,
  type Scene,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { type NpyArray, parseNpy } from "./npy.ts";

/** A layer type that is not built yet. */
export class UnsupportedLayerError extends Error {
  override readonly name = "UnsupportedLayerError";
}
/** A scene file that cannot be used; the message says why. */
export class SceneFileError extends Error {
  override readonly name = "SceneFileError";
}

/** A scene ready to be drawn. */
export interface LoadedScene {
  readonly scene: Scene;
  readonly view: View;
  readonly size: { readonly width: number; readonly height: number };
  readonly pixelRatio: number;
  readonly background: [number, number, number];
  readonly sources: readonly ChunkSource[];
}

const numbers = v.array(v.number());
const matrix = v.array(numbers);
const range = v.tuple([v.number(), v.number()]);
const ImageEntry = v.object({
  type: v.literal("image"),
  name: v.string(),
  data: v.string(),
  rgb: v.boolean(),
  visible: v.boolean(),
  opacity: v.number(),
  blending: Blending,
  projection_mode: ProjectionMode,
  scale: numbers,
  translate: numbers,
  rotate: matrix,
  shear: v.union([numbers, matrix]),
  affine: matrix,
  experimental_clipping_planes: v.optional(v.array(ClippingPlane), []),
  contrast_limits: range,
  contrast_limits_range: range,
  gamma: v.number(),
  interpolation2d: Interpolation,
  interpolation3d: Interpolation,
  rendering: Rendering,
  iso_threshold: v.number(),
  attenuation: v.number(),
  depiction: v.picklist(["volume", "plane"]),
  plane: Plane,
  /** Absent where the picture has colours of its own. */
  colormap: v.optional(
    v.object({
      name: v.string(),
      interpolation: v.optional(v.picklist(["linear", "zero"]), "linear"),
      colors: v.union([v.string(), matrix]),
      controls: v.union([v.string(), numbers]),
    }),
    {
      name: "gray",
      colors: [
        [0, 0, 0, 1],
        [1, 1, 1, 1],
      ],
      controls: [0, 1],
    },
  ),
});
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
  const other = file.layers.find((layer) => layer.type !== "image");
  if (other !== undefined)
    throw new UnsupportedLayerError(`Layers of type ${other.type} cannot be drawn yet.`);
  const sources: ChunkSource[] = [];
  const layers: Layer[] = [];
  for (const [index, raw] of file.layers.entries()) {
    const parsed = v.safeParse(ImageEntry, raw);
    if (!parsed.success) throw new SceneFileError(`Layer ${index} of ${path}: ${parsed.issues[0].message}`);
    const { layer, source } = await readLayer(folder, `layer-${index}`, parsed.output);
    sources.push(source);
    layers.push(layer);
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

async function readArray(folder: string, name: string): Promise<NpyArray> {
  const bytes = await readFile(join(folder, name)).catch((error: unknown) => {
    throw new SceneFileError(`The array ${name} cannot be read.`, { cause: error });
  });
  return parseNpy(bytes);
}

async function readLayer(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof ImageEntry>,
): Promise<{ layer: Layer; source: ChunkSource }> {
  const array = await readArray(folder, entry.data);
  const channels = entry.rgb ? (array.shape.at(-1) === 4 ? 4 : 3) : 0;
  const shape = entry.rgb ? array.shape.slice(0, -1) : array.shape;
  const source = memorySource(id, [{ data: array.data, shape }], { channels });
  const { data: _, type: __, rgb: ___, colormap, ...rest } = entry;
  const [colors, controls] = await Promise.all([
    typeof colormap.colors === "string" ? rowsOf(await readArray(folder, colormap.colors)) : colormap.colors,
    typeof colormap.controls === "string"
      ? [...numbersOf(await readArray(folder, colormap.controls))]
      : colormap.controls,
  ]);
  const map = {
    name: colormap.name,
    interpolation: colormap.interpolation,
    colors: colors.map(([r = 0, g = 0, b = 0, a = 1]): Rgba => [r, g, b, a]),
    controls,
  };
  return { layer: await imageLayer(id, source, { ...rest, colormap: map, label: entry.name }), source };
}

function numbersOf(array: NpyArray): number[] {
  return Array.from(array.data, Number);
}

function rowsOf(array: NpyArray): number[][] {
  const width = array.shape[1] ?? 1;
  const flat = numbersOf(array);
  return Array.from({ length: array.shape[0] ?? 0 }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

function hexColour(text: string): [number, number, number] {
  const digits = /^#([0-9a-f]{6})/i.exec(text)?.[1];
  if (digits === undefined) throw new SceneFileError(`The background ${text} is not written as #rrggbb.`);
  const channel = (i: number): number => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16) / 255;
  return [channel(0), channel(1), channel(2)];
}
