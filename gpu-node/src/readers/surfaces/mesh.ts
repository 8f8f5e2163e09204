/** Triangles as a surface's table. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { Column } from "@eyepiece/engine/data/table.ts";
import type { TableResult } from "../tables/types.ts";

/** What a file of triangles holds; coordinates in the file's own order. */
export interface Mesh {
  /** Three numbers a vertex. */
  readonly vertices: Float64Array;
  /** Three indices of vertices a face. */
  readonly faces: Uint32Array;
  readonly values?: Float32Array;
  /** RGBA in 0..1. */
  readonly colors?: Float32Array;
  /** Two numbers a vertex. */
  readonly texcoords?: Float32Array;
}

/** Checks the mesh and makes the table. @throws SourceError where a face names a vertex that is not there */
export function surfaceOf(mesh: Mesh, label: string): TableResult {
  const { vertices, faces } = mesh;
  const count = vertices.length / 3;
  if (count === 0) throw new SourceError(`${label} holds no vertices.`);
  if (faces.length === 0) throw new SourceError(`${label} holds no faces.`);
  for (const index of faces)
    if (index >= count)
      throw new SourceError(`${label} is damaged: a face names vertex ${index} of ${count}.`);
  const columns = new Map<string, Column>([
    ["vertices", { width: 3, data: vertices }],
    ["faces", { width: 3, data: faces }],
    ["values", { width: 1, data: mesh.values ?? new Float32Array(count).fill(1) }],
  ]);
  if (mesh.colors) columns.set("vertex_colors", { width: 4, data: mesh.colors });
  if (mesh.texcoords) columns.set("texcoords", { width: 2, data: mesh.texcoords });
  return {
    kind: "surface",
    table: { count: faces.length / 3, columns, features: new Map() },
    defaults: { name: label.replace(/\.(obj|stl|ply)$/i, "") },
    label,
  };
}
