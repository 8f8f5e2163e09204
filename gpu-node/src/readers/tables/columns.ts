/** Columns that a file does not have, as napari fills them. */
import type { Column, ColumnArray } from "@eyepiece/engine/data/table.ts";
import { SYMBOLS } from "@eyepiece/engine/model/columns.ts";

/** CSS dimgray and #777777. */
const DIM_GRAY = [105 / 255, 105 / 255, 105 / 255, 1];
const GRAY = [119 / 255, 119 / 255, 119 / 255, 1];
const WHITE = [1, 1, 1, 1];

function repeated<T extends ColumnArray>(data: T, values: readonly number[]): Column {
  for (let i = 0; i < data.length; i++) data[i] = values[i % values.length] ?? 0;
  return { width: values.length, data };
}

/** What points have beside their positions. */
export function pointColumns(count: number): [string, Column][] {
  return [
    ["size", repeated(new Float32Array(count), [10])],
    ["symbol", repeated(new Uint8Array(count), [SYMBOLS.indexOf("disc")])],
    ["face_color", repeated(new Float32Array(count * 4), WHITE)],
    ["border_color", repeated(new Float32Array(count * 4), DIM_GRAY)],
    ["border_width", repeated(new Float32Array(count), [0.05])],
    ["shown", repeated(new Uint8Array(count), [1])],
  ];
}

/** What shapes have beside their vertices and types. */
export function shapeColumns(count: number): [string, Column][] {
  return [
    ["edge_width", repeated(new Float32Array(count), [1])],
    ["edge_color", repeated(new Float32Array(count * 4), GRAY)],
    ["face_color", repeated(new Float32Array(count * 4), WHITE)],
    ["z_index", repeated(new Int32Array(count), [0])],
  ];
}
