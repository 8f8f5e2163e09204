/** Surface layers of scene.json. */
import type { Column, TableSource } from "@eyepiece/engine/data/table.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { SurfacePatch, type TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import {
  ColormapEntry,
  commonEntries,
  placed,
  range,
  readArray,
  readColormap,
  readNumbers,
  readRows,
} from "./common.ts";

const { wireframe, normals } = SurfacePatch.entries;

/** A surface as the file has it. */
export const SurfaceEntry = v.object({
  type: v.literal("surface"),
  ...commonEntries,
  vertices: v.string(),
  faces: v.string(),
  vertex_values: v.optional(v.nullable(v.string()), null),
  vertex_colors: v.optional(v.nullable(v.string()), null),
  texture: v.optional(v.nullable(v.string()), null),
  texcoords: v.optional(v.nullable(v.string()), null),
  shading: v.picklist(["none", "flat", "smooth"]),
  contrast_limits: range,
  gamma: v.number(),
  colormap: ColormapEntry,
  wireframe,
  normals,
});

/** The layer and its mesh. */
export async function readSurface(
  folder: string,
  id: string,
  entry: v.InferOutput<typeof SurfaceEntry>,
): Promise<{ layer: TableLayer; table: TableSource }> {
  const vertices = await readArray(folder, entry.vertices);
  const faces = await readNumbers(folder, entry.faces);
  const count = vertices.shape[0] ?? 0;
  const columns = new Map<string, Column>([
    ["vertices", { width: vertices.shape[1] ?? 3, data: Float64Array.from(vertices.data, Number) }],
    ["faces", { width: 3, data: Uint32Array.from(faces) }],
  ]);
  if (entry.vertex_values !== null) {
    const { shape, data } = await readArray(folder, entry.vertex_values);
    columns.set("values", timesLast(shape, Float32Array.from(data, Number), count));
  }
  if (entry.vertex_colors !== null) {
    const colors = await readRows(folder, entry.vertex_colors, 4);
    columns.set("vertex_colors", { width: 4, data: Float32Array.from(colors) });
  }
  let texture: { width: number; height: number } | null = null;
  if (entry.texture !== null && entry.texcoords !== null) {
    const { shape, data } = await readArray(folder, entry.texture);
    const [height = 1, width = 1, channels = 1] = shape;
    columns.set("texture", { width: 4, data: texels(data, channels, width * height) });
    columns.set("texcoords", {
      width: 2,
      data: Float32Array.from(await readRows(folder, entry.texcoords, 2)),
    });
    texture = { width, height };
  }
  const table: TableSource = {
    id,
    version: 1,
    table: { count: faces.length / 3, columns, features: new Map() },
  };
  const layer = tableLayer(id, table, {
    type: "surface",
    ...placed(entry),
    texture,
    shading: entry.shading,
    contrast_limits: entry.contrast_limits,
    contrast_limits_range: entry.contrast_limits,
    gamma: entry.gamma,
    colormap: await readColormap(folder, entry.colormap),
    ...(entry.wireframe && { wireframe: entry.wireframe }),
    ...(entry.normals && { normals: entry.normals }),
  });
  return { layer, table };
}

/** The file has a list of all vertices' values for each time; the table a list of all times for each vertex. */
function timesLast(shape: readonly number[], data: Float32Array<ArrayBuffer>, vertices: number): Column {
  const times = shape.length > 1 && vertices > 0 ? data.length / vertices : 1;
  if (times === 1) return { width: 1, data };
  const out = new Float32Array(data.length);
  for (let t = 0; t < times; t++)
    for (let i = 0; i < vertices; i++) out[i * times + t] = data[t * vertices + i] ?? 0;
  return { width: times, data: out };
}

/** RGBA bytes of a picture of bytes or of numbers in 0..1, gray or in colours. */
function texels(data: ArrayLike<number | bigint>, channels: number, pixels: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pixels * 4).fill(255);
  const scale = data instanceof Uint8Array ? 1 : 255;
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 4; c++) {
      if (c === 3 && channels < 4) continue;
      const from = channels < 3 ? i * channels : i * channels + c;
      out[i * 4 + c] = Math.round(Math.min(255, Math.max(0, Number(data[from] ?? 0) * scale)));
    }
  }
  return out;
}
