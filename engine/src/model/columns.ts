/**
 * What the columns of each layer type's table are called. Positions are in data coordinates, axes in the data's own order,
 * float64 (a slide scanner's micrometres do not fit float32); colours are RGBA in 0..1, float32.
 *
 * | Layer | Column | Width | Holds |
 * |---|---|---|---|
 * | points | `position` | ndim | float64 |
 * | | `size` | 1 | diameter in data units, float32 |
 * | | `symbol` | 1 | index into {@link SYMBOLS}, uint8 |
 * | | `face_color`, `border_color` | 4 | float32 |
 * | | `border_width` | 1 | float32, see `border_width_is_relative` |
 * | | `shown` | 1 | 0 or 1, uint8 |
 * | shapes | `vertices` | ndim, with offsets | float64 |
 * | | `shape_type` | 1 | index into {@link SHAPE_TYPES}, uint8 |
 * | | `edge_width` | 1 | data units, float32 |
 * | | `edge_color`, `face_color` | 4 | float32 |
 * | | `z_index` | 1 | int32 |
 * | vectors | `position`, `direction` | ndim | float64: start, and the way from it before `length` |
 * | | `edge_color` | 4 | float32 |
 * | tracks | `id` | 1 | uint32, rising; within a track by time |
 * | | `position` | ndim | float64: time first |
 * | | `color` | 4 | float32, optional: instead of `color_by` |
 * | surface | `vertices` | ndim | float64; its rows are not the items |
 * | | `faces` | 3 | indices of vertices, uint32: the items |
 * | | `values` | 1 (a vertex), or more: times | float32 |
 * | | `vertex_colors` | 4 (a vertex) | float32, optional |
 * | | `texcoords` | 2 (a vertex) | float32, optional |
 */

import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type Column, rowCount, type Table } from "../data/table.ts";

/** napari's symbols, by their index in the column `symbol`. */
export const SYMBOLS = [
  "arrow",
  "clobber",
  "cross",
  "diamond",
  "disc",
  "hbar",
  "ring",
  "square",
  "star",
  "tailed_arrow",
  "triangle_down",
  "triangle_up",
  "vbar",
  "x",
] as const;
export type Symbol = (typeof SYMBOLS)[number];

/** napari's shape types, by their index in the column `shape_type`. */
export const SHAPE_TYPES = ["rectangle", "ellipse", "line", "path", "polygon"] as const;
export type ShapeType = (typeof SHAPE_TYPES)[number];

/** Columns of an empty table, by layer type; see the list above. `true`: rows of unequal length. */
const COLUMNS: Readonly<
  Record<
    TableLayer["type"],
    readonly (readonly [string, number | "ndim", "f4" | "f8" | "i4" | "u4" | "u1", true?])[]
  >
> = {
  points: [
    ["position", "ndim", "f8"],
    ["size", 1, "f4"],
    ["symbol", 1, "u1"],
    ["face_color", 4, "f4"],
    ["border_color", 4, "f4"],
    ["border_width", 1, "f4"],
    ["shown", 1, "u1"],
  ],
  shapes: [
    ["vertices", "ndim", "f8", true],
    ["shape_type", 1, "u1"],
    ["edge_width", 1, "f4"],
    ["edge_color", 4, "f4"],
    ["face_color", 4, "f4"],
    ["z_index", 1, "i4"],
  ],
  vectors: [
    ["position", "ndim", "f8"],
    ["direction", "ndim", "f8"],
    ["edge_color", 4, "f4"],
  ],
  tracks: [
    ["id", 1, "u4"],
    ["position", "ndim", "f8"],
  ],
  surface: [
    ["vertices", "ndim", "f8"],
    ["faces", 3, "u4"],
    ["values", 1, "f4"],
  ],
};
const ARRAYS = { f4: Float32Array, f8: Float64Array, i4: Int32Array, u4: Uint32Array, u1: Uint8Array };

/** A table without items, with all columns of a layer type. */
export function emptyTable(type: TableLayer["type"], ndim: number): Table {
  const columns = new Map(
    COLUMNS[type].map(([name, width, kind, ragged]): [string, Column] => [
      name,
      {
        width: width === "ndim" ? ndim : width,
        data: new ARRAYS[kind](0),
        ...(ragged && { offsets: new Uint32Array(1) }),
      },
    ]),
  );
  return { count: 0, columns, features: new Map() };
}

/** Names the first fault of a table for a layer type: a column that lacks, or one that is too wide or too short. */
export function tableFault(type: TableLayer["type"], table: Table): string | undefined {
  let ndim: number | undefined;
  for (const [name, width, , ragged] of COLUMNS[type]) {
    const column = table.columns.get(name);
    if (column === undefined) return `it has no column ${name}`;
    if (width === "ndim") {
      ndim ??= column.width;
      if (column.width !== ndim || ndim < 2) return `${name} has ${column.width} axes`;
    } else if (name !== "values" && column.width !== width)
      return `${name} is ${column.width} wide, not ${width}`;
    const ofItems = type !== "surface" || name === "faces";
    const rows = rowCount(column);
    if (ofItems && (rows !== table.count || (column.offsets !== undefined) !== (ragged ?? false)))
      return `${name} has ${rows} rows for ${table.count} items`;
  }
  return undefined;
}
