/** Columns of points as the GPU and the CPU's pixels take them, each made once. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Column, Table } from "../../data/table.ts";
import { DISC } from "../../model/geometry/symbols.ts";
import { itemColors } from "../../model/item-colors.ts";
import { type BufferData, packColors } from "./buffers.ts";
import { Derived } from "./derived.ts";

/** The points' colours and borders, as columns. */
export interface PointsLook {
  readonly face: Float32Array;
  readonly border: Float32Array;
}

/** Colours as the layer says: the items' own, or by a feature. */
export function lookOf(layer: PointsLayer, table: Table): PointsLook {
  return {
    face: itemColors(table, "face_color", layer.face),
    border: itemColors(table, "border_color", layer.border),
  };
}

/** World units for a unit of size: napari takes the last axis' scale for all. */
export function pixelsPerSize(layer: PointsLayer): number {
  return Math.abs(layer.scale.at(-1) ?? 1);
}

const packs = new Derived<Float32Array, Uint32Array<ArrayBuffer>>(1);
/** Colours as words. */
export function packed(colors: Float32Array, count: number): Uint32Array<ArrayBuffer> {
  return packs.get(colors, "", () => packColors(colors, count));
}

const singles = new Derived<object, Float32Array<ArrayBuffer>>(1);
/** A column as float32. */
export function floats({ data }: Column): Float32Array<ArrayBuffer> {
  return singles.get(data, "", () => Float32Array.from(data));
}

const words = new Derived<object, Uint32Array<ArrayBuffer>>(1);
/** A symbol for each point. */
export function symbolWords(symbol: Column | undefined, count: number): Uint32Array<ArrayBuffer> {
  if (symbol === undefined) return new Uint32Array(count).fill(DISC);
  return words.get(symbol.data, "", () => Uint32Array.from(symbol.data));
}

const sets = new Derived<object, number>(1);
/** Which symbols occur, as bits. */
export function symbolSet(table: Table): number {
  const symbol = table.columns.get("symbol");
  if (symbol === undefined) return 1 << DISC;
  return sets.get(symbol.data, "", () => {
    let bits = 0;
    for (const one of symbol.data) bits |= 1 << Math.min(13, one);
    return bits;
  });
}

/** Sizes of some rows, by row. */
export function spread(sizes: Float32Array, rows: Uint32Array, count: number): Float32Array {
  const out = new Float32Array(count);
  for (const [i, row] of rows.entries()) out[row] = sizes[i] ?? 0;
  return out;
}

/** Some rows of a column. */
export function gatherRows(all: BufferData, rows: Uint32Array, width: number): BufferData {
  const out =
    all instanceof Float32Array
      ? new Float32Array(rows.length * width)
      : new Uint32Array(rows.length * width);
  let n = 0;
  for (const row of rows) for (let k = 0; k < width; k++) out[n++] = all[row * width + k] ?? 0;
  return out;
}
