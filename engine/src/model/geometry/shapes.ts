/** All shapes of a layer as one mesh; what did not change is kept. */
import { type Column, column, type Table } from "../../data/table.ts";
import { SHAPE_TYPES } from "../columns.ts";
import type { Vector3 } from "../matrix.ts";
import { type ShapeMesh, shapeMesh } from "./shape.ts";

/** The shapes' triangles one after another, each shape's face before its edge. */
export interface ShapesMesh {
  /** Triples in displayed order, relative to the origin that was asked for. */
  readonly vertices: Float32Array<ArrayBuffer>;
  /** Indices into `vertices`. */
  readonly triangles: Uint32Array<ArrayBuffer>;
  /** For each shape where its face's and its edge's vertices begin, and one more entry where all end: 2 n + 1. */
  readonly vertexStarts: Uint32Array;
  /** As `vertexStarts`, of indices. */
  readonly indexStarts: Uint32Array;
}

interface Built {
  readonly vertices: Column;
  readonly types: Column;
  readonly widths: Column | undefined;
  readonly shapes: readonly ShapeMesh[];
}

/** The vertices of a shape on the displayed axes, in displayed order. */
export function shapeVertices(
  vertices: Column,
  i: number,
  displayed: readonly [number, number, number],
): Vector3[] {
  const { data, width, offsets } = vertices;
  const [from, to] = [offsets?.[i] ?? 0, offsets?.[i + 1] ?? 0];
  const entry = (row: number, axis: number): number => (axis < 0 ? 0 : (data[row * width + axis] ?? 0));
  return Array.from(
    { length: to - from },
    (_, k): Vector3 => [
      entry(from + k, displayed[0]),
      entry(from + k, displayed[1]),
      entry(from + k, displayed[2]),
    ],
  );
}

/** Builds the meshes of a layer's shapes again and again; of an edited table only the shapes that changed. */
export class ShapesBuilder {
  #built: Built | undefined;
  readonly #displayed: readonly [number, number, number];
  readonly #origin: Vector3;

  /** @param origin is taken off all vertices */
  constructor(displayed: readonly [number, number, number], origin: Vector3) {
    this.#displayed = displayed;
    this.#origin = origin;
  }

  /** The mesh of a table. */
  build(table: Table): ShapesMesh {
    const vertices = column(table, "vertices");
    const types = column(table, "shape_type");
    const widths = table.columns.get("edge_width");
    const before = this.#built;
    const delta = before === undefined ? 0 : table.count - before.shapes.length;
    const next = { vertices, types, widths };
    const shapes = Array.from({ length: table.count }, (_, i) => {
      if (before !== undefined) {
        // After a shape was taken out or put in, the later ones are shifted.
        for (const old of delta === 0 ? [i] : [i, i - delta]) {
          const mesh = before.shapes[old];
          if (mesh !== undefined && same(before, old, next, i)) return mesh;
        }
      }
      const type = SHAPE_TYPES[types.data[i] ?? 0] ?? "polygon";
      return shapeMesh(
        type,
        shapeVertices(vertices, i, this.#displayed),
        widths?.data[i] ?? 1,
        this.#displayed[0] < 0,
      );
    });
    this.#built = { ...next, shapes };
    return joined(shapes, this.#origin);
  }
}

type Columns = Pick<Built, "vertices" | "types" | "widths">;

function same(a: Columns, i: number, b: Columns, k: number): boolean {
  if (a.types.data[i] !== b.types.data[k] || a.widths?.data[i] !== b.widths?.data[k]) return false;
  const [from, other] = [a.vertices.offsets?.[i] ?? 0, b.vertices.offsets?.[k] ?? 0];
  const count = (a.vertices.offsets?.[i + 1] ?? 0) - from;
  if (count !== (b.vertices.offsets?.[k + 1] ?? 0) - other) return false;
  const { width } = a.vertices;
  if (width !== b.vertices.width) return false;
  if (a.vertices.data === b.vertices.data && from === other) return true;
  for (let n = 0; n < count * width; n++)
    if (a.vertices.data[from * width + n] !== b.vertices.data[other * width + n]) return false;
  return true;
}

function joined(shapes: readonly ShapeMesh[], origin: Vector3): ShapesMesh {
  const vertexStarts = new Uint32Array(shapes.length * 2 + 1);
  const indexStarts = new Uint32Array(shapes.length * 2 + 1);
  for (const [i, { face, edge }] of shapes.entries()) {
    const at = 2 * i;
    vertexStarts[at + 1] = (vertexStarts[at] ?? 0) + face.vertices.length / 3;
    vertexStarts[at + 2] = (vertexStarts[at + 1] ?? 0) + edge.vertices.length / 3;
    indexStarts[at + 1] = (indexStarts[at] ?? 0) + face.triangles.length;
    indexStarts[at + 2] = (indexStarts[at + 1] ?? 0) + edge.triangles.length;
  }
  const vertices = new Float32Array((vertexStarts.at(-1) ?? 0) * 3);
  const triangles = new Uint32Array(indexStarts.at(-1) ?? 0);
  for (const [i, shape] of shapes.entries()) {
    for (const [k, mesh] of [shape.face, shape.edge].entries()) {
      const first = vertexStarts[2 * i + k] ?? 0;
      const from = first * 3;
      for (let n = 0; n < mesh.vertices.length; n++)
        vertices[from + n] = (mesh.vertices[n] ?? 0) - (origin[n % 3] ?? 0);
      const start = indexStarts[2 * i + k] ?? 0;
      for (let n = 0; n < mesh.triangles.length; n++) triangles[start + n] = (mesh.triangles[n] ?? 0) + first;
    }
  }
  return { vertices, triangles, vertexStarts, indexStarts };
}
