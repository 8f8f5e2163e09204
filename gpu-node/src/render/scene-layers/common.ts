/** What the readers of all layer types share. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Blending, ClippingPlane, type Colormap, type Rgba } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { type NpyArray, parseNpy } from "../npy.ts";

/** A layer type that is not built yet. */
export class UnsupportedLayerError extends Error {
  override readonly name = "UnsupportedLayerError";
}
/** A scene file that cannot be used; the message says why. */
export class SceneFileError extends Error {
  override readonly name = "SceneFileError";
}

export const numbers = v.array(v.number());
export const matrix = v.array(numbers);
export const range = v.tuple([v.number(), v.number()]);

/** What every layer has. */
export const commonEntries = {
  name: v.string(),
  visible: v.boolean(),
  opacity: v.number(),
  blending: Blending,
  scale: numbers,
  translate: numbers,
  rotate: matrix,
  shear: v.union([numbers, matrix]),
  affine: matrix,
  experimental_clipping_planes: v.optional(v.array(ClippingPlane), []),
};

/** What of an entry every layer of ours has too. */
export function placed(entry: v.InferOutput<v.ObjectSchema<typeof commonEntries, undefined>>) {
  const { name, visible, opacity, blending, scale, translate, rotate, shear, affine } = entry;
  const { experimental_clipping_planes } = entry;
  return {
    name,
    visible,
    opacity,
    blending,
    scale,
    translate,
    rotate,
    shear,
    affine,
    experimental_clipping_planes,
  };
}

/** A colormap, its lists written out or named. */
export const ColormapEntry = v.object({
  name: v.string(),
  interpolation: v.optional(v.picklist(["linear", "zero"]), "linear"),
  colors: v.union([v.string(), matrix]),
  controls: v.union([v.string(), numbers]),
});

/** A colormap as the scene holds it. */
export async function readColormap(
  folder: string,
  entry: v.InferOutput<typeof ColormapEntry>,
): Promise<Colormap> {
  const [colors, controls] = await Promise.all([
    readRows(folder, entry.colors, 4),
    readNumbers(folder, entry.controls),
  ]);
  return {
    name: entry.name,
    interpolation: entry.interpolation,
    colors: Array.from(
      { length: colors.length / 4 },
      (_, i): Rgba => [
        colors[i * 4] ?? 0,
        colors[i * 4 + 1] ?? 0,
        colors[i * 4 + 2] ?? 0,
        colors[i * 4 + 3] ?? 1,
      ],
    ),
    controls: [...controls],
  };
}

/** An array that a scene names. @throws SceneFileError, NpyError */
export async function readArray(folder: string, name: string): Promise<NpyArray> {
  const bytes = await readFile(join(folder, name)).catch((error: unknown) => {
    throw new SceneFileError(`The array ${name} cannot be read.`, { cause: error });
  });
  return parseNpy(bytes);
}

/** Numbers that are written out or named. */
export const listEntry = v.union([v.string(), numbers]);
/** Rows of numbers that are written out or named. */
export const rowsEntry = v.union([v.string(), matrix]);

/** A list of numbers. */
export async function readNumbers(
  folder: string,
  entry: string | readonly number[],
): Promise<Float64Array<ArrayBuffer>> {
  if (typeof entry !== "string") return Float64Array.from(entry);
  return Float64Array.from((await readArray(folder, entry)).data, Number);
}

/** Rows of numbers, one after another. @throws SceneFileError when a row has another width */
export async function readRows(
  folder: string,
  entry: string | readonly (readonly number[])[],
  width: number,
): Promise<Float64Array<ArrayBuffer>> {
  if (typeof entry === "string") {
    const array = await readArray(folder, entry);
    const found = array.shape.at(-1);
    if (found === width) return Float64Array.from(array.data, Number);
    // Colours without alpha are opaque.
    if (width === 4 && found === 3) return opaque(Float64Array.from(array.data, Number));
    throw new SceneFileError(`The array ${entry} has rows of ${found} numbers where ${width} are needed.`);
  }
  const rows = entry.map((row) => (width === 4 && row.length === 3 ? [...row, 1] : row));
  const odd = rows.find((row) => row.length !== width);
  if (odd !== undefined)
    throw new SceneFileError(`A row has ${odd.length} numbers where ${width} are needed.`);
  return Float64Array.from(rows.flat());
}

function opaque(rgb: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array((rgb.length / 3) * 4).fill(1);
  for (let i = 0; i < rgb.length; i++) out[Math.floor(i / 3) * 4 + (i % 3)] = rgb[i] ?? 0;
  return out;
}
