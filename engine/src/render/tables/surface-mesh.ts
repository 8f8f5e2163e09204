/** What a view shows of a surface: which faces, at which time, with which normals. Pure. */
import type { Dims, SurfaceLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type ColumnArray, column, type Table } from "../../data/table.ts";
import { vertexNormals } from "../../model/geometry/surface.ts";
import { nameOf } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { type Origin, sliceTable, type TableSlice } from "./frame.ts";
import { originOf, triples } from "./layout.ts";
import { sliceEnds } from "./point-rows.ts";
import { rowsWithin } from "./visible.ts";

/** A surface cut by a view. */
export interface SurfaceView {
  /** Of the layer's axes; the axis of the times is not displayed. */
  readonly slice: TableSlice;
  readonly origin: Origin;
  /** Triples of all vertices. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Vertex indices of the faces in the slice, in order, and which faces these are (undefined: all). */
  readonly faces: Uint32Array<ArrayBuffer>;
  readonly rows: Uint32Array | undefined;
  /** Which of a vertex' values is shown. */
  readonly time: number;
}

const chosen = new Derived<ColumnArray, { faces: Uint32Array<ArrayBuffer>; rows: Uint32Array | undefined }>(
  8,
);
const normals = new Derived<object, Float32Array<ArrayBuffer>>(4);
const times = new Derived<ColumnArray, Float32Array<ArrayBuffer>>(8);

/** Cuts a surface; undefined when nothing of it is shown. */
export function surfaceView(layer: SurfaceLayer, table: Table, dims: Dims): SurfaceView | undefined {
  const vertices = column(table, "vertices");
  const values = table.columns.get("values");
  const extra = (values?.width ?? 1) > 1 ? 1 : 0;
  const slice = sliceTable(layer, dims, vertices.width + extra);
  const displayed = slice.displayed.map((axis) => (axis < 0 ? -1 : axis - extra)) as [number, number, number];
  // Times cannot be an axis on the screen.
  if (extra === 1 && slice.displayed.includes(0)) return undefined;
  const time = extra === 0 ? 0 : Math.trunc(slice.hidden.find(({ axis }) => axis === 0)?.point ?? 0);
  if (time < 0 || time >= (values?.width ?? 1)) return undefined;
  const ends = slice.hidden
    .filter(({ axis }) => axis >= extra)
    .map((one) => sliceEnds({ ...one, axis: one.axis - extra }, true));
  const faces = column(table, "faces").data;
  const found = chosen.get(faces, `${nameOf(vertices.data)}${JSON.stringify(ends)}`, () => {
    const all = faces instanceof Uint32Array ? (faces as Uint32Array<ArrayBuffer>) : Uint32Array.from(faces);
    if (ends.length === 0) return { faces: all, rows: undefined };
    const inside = new Uint8Array(vertices.data.length / vertices.width);
    for (const vertex of rowsWithin(vertices, ends)) inside[vertex] = 1;
    return facesInside(all, inside);
  });
  if (found.faces.length === 0) return undefined;
  const origin = originOf(vertices, displayed);
  return { slice, origin, positions: triples(vertices, displayed, origin), ...found, time };
}

/**
 * The faces whose corners are all inside, and their rows. While slices are scrubbed each picture cuts anew: loops without calls.
 * @param inside 1 for each vertex that is
 */
function facesInside(
  all: Uint32Array<ArrayBuffer>,
  inside: Uint8Array,
): { faces: Uint32Array<ArrayBuffer>; rows: Uint32Array } {
  const rows = new Uint32Array(all.length / 3);
  let count = 0;
  for (let k = 0; k < all.length; k += 3)
    if (inside[all[k] as number] && inside[all[k + 1] as number] && inside[all[k + 2] as number])
      rows[count++] = k / 3;
  const faces = new Uint32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const k = 3 * (rows[i] as number);
    for (let corner = 0; corner < 3; corner++) faces[3 * i + corner] = all[k + corner] as number;
  }
  return { faces, rows: rows.slice(0, count) };
}

/** Unit normals of all vertices, from the faces that are shown. */
export function normalsOf({ positions, faces }: SurfaceView): Float32Array<ArrayBuffer> {
  return normals.get(positions, `${nameOf(faces)}`, () => vertexNormals(positions, faces));
}

/** The values of all vertices at the time that is shown; 1 without values, as napari has it. */
export function valuesOf(table: Table, { time, positions }: SurfaceView): Float32Array<ArrayBuffer> {
  const values = table.columns.get("values");
  if (values === undefined)
    return times.get(positions, "ones", () => new Float32Array(positions.length / 3).fill(1));
  return times.get(values.data, `${time}`, () => {
    if (values.width === 1) return Float32Array.from(values.data);
    return Float32Array.from(
      { length: values.data.length / values.width },
      (_, i) => values.data[i * values.width + time] ?? 0,
    );
  });
}
