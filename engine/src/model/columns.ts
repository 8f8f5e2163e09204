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
 * | surface | `vertices` | ndim | float64; its rows are not the items |
 * | | `faces` | 3 | indices of vertices, uint32: the items |
 * | | `values` | 1 (a vertex), or more: times | float32 |
 * | | `vertex_colors` | 4 (a vertex) | float32, optional |
 * | | `texcoords` | 2 (a vertex) | float32, optional |
 */

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
