/** Words at points and shapes, and the numbers of tracks, of those items that the slice shows. */

import type { Dims, ItemText, Layer, TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type Table, type TableSource } from "../data/table.ts";
import { applyAffine, type Vector3, vector3 } from "../model/matrix.ts";
import { sliceTable, type TableSlice } from "../render/tables/frame.ts";
import { pointRows } from "../render/tables/point-rows.ts";
import { shapeOrder } from "../render/tables/shapes.ts";
import { css } from "./css.ts";
import { itemText } from "./item-text.ts";
import type { ItemWords } from "./overlay.ts";

/** More words than these are not read by anyone, and would make a picture late. */
const MOST_WORDS = 5000;
/** CSS pixels of the numbers of tracks. */
const TRACK_SIZE = 11;

/** Whether a layer has words at its items. */
export function hasWords(layer: Layer): layer is TableLayer {
  if (!layer.visible) return false;
  if (layer.type === "points" || layer.type === "shapes")
    return layer.text.visible && layer.text.string !== "";
  return layer.type === "tracks" && layer.display_id;
}

/** The words of a layer; `index` is its place in the scene. Undefined when none is shown. */
export function itemWords(
  layer: TableLayer,
  index: number,
  { table }: TableSource,
  dims: Dims,
): ItemWords | undefined {
  const slice = sliceTable(layer, dims);
  if (layer.type === "points") {
    const rows = pointRows(layer, table, slice).rows ?? every(table.count);
    const { data, width } = column(table, "position");
    return made(index, layer, layer.text, table, rows, slice, (row) =>
      data.subarray(row * width, (row + 1) * width),
    );
  }
  if (layer.type === "shapes") {
    const { anchor } = layer.text;
    const place = shapePlace(table, slice, dims.ndisplay === 3 ? "center" : anchor);
    return made(index, layer, layer.text, table, shapeOrder(table, slice.hidden), slice, place);
  }
  return layer.type === "tracks" ? trackWords(index, layer, table, slice) : undefined;
}

const every = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

/** Data triples in displayed order become displayed world triples. */
function triple(slice: TableSlice, point: ArrayLike<number>, translation: readonly number[]): Vector3 {
  const shown = slice.displayed.map((axis, k) => {
    const moved = translation[translation.length - (3 - k)] ?? 0;
    return axis < 0 ? 0 : (point[axis] ?? 0) + moved;
  });
  return vector3(applyAffine(slice.toWorld, shown));
}

function made(
  layer: number,
  { opacity }: TableLayer,
  text: ItemText,
  table: Table,
  rows: Iterable<number>,
  slice: TableSlice,
  place: (row: number) => ArrayLike<number>,
): ItemWords | undefined {
  const words = itemText(text.string, table);
  const points: number[] = [];
  const texts: string[] = [];
  for (const row of rows) {
    if (texts.length >= MOST_WORDS) break;
    points.push(...triple(slice, place(row), text.translation));
    texts.push(words(row));
  }
  if (texts.length === 0) return undefined;
  const { size, scaling, anchor, rotation } = text;
  const color = css(text.color, opacity);
  return { ...{ layer, points: Float32Array.from(points), texts, color }, size, scaling, anchor, rotation };
}

/** Where the words of a shape are: the middle of its box, or a corner of it. */
function shapePlace(
  table: Table,
  { displayed }: TableSlice,
  anchor: ItemText["anchor"],
): (row: number) => ArrayLike<number> {
  const { data, width, offsets } = column(table, "vertices");
  const [, vertical, horizontal] = displayed;
  const [row, side] = anchor.split("_");
  return (shape) => {
    const [from, to] = [offsets?.[shape] ?? 0, offsets?.[shape + 1] ?? 0];
    return Float64Array.from({ length: width }, (_, axis) => {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let i = from; i < to; i += 1) {
        const value = data[i * width + axis] ?? 0;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (anchor !== "center" && axis === vertical) return row === "upper" ? low : high;
      if (anchor !== "center" && axis === horizontal) return side === "left" ? low : high;
      return (low + high) / 2;
    });
  };
}

/** The number of each track where it is now. Nothing when time is on the screen: then there is no now. */
function trackWords(
  layer: number,
  { opacity }: TableLayer,
  table: Table,
  slice: TableSlice,
): ItemWords | undefined {
  const time = slice.hidden.find(({ axis }) => axis === 0);
  if (!time) return undefined;
  const now = Math.round(time.point);
  const ids = column(table, "id").data;
  const { data, width } = column(table, "position");
  const points: number[] = [];
  const texts: string[] = [];
  for (let row = 0; row < ids.length && texts.length < MOST_WORDS; row += 1) {
    if (Math.round(data[row * width] ?? Number.NaN) !== now) continue;
    points.push(...triple(slice, data.subarray(row * width, (row + 1) * width), []));
    texts.push(String(ids[row]));
  }
  if (texts.length === 0) return undefined;
  return {
    ...{
      layer,
      points: Float32Array.from(points),
      texts,
      color: css([1, 1, 1, 1], opacity),
      size: TRACK_SIZE,
    },
    ...{ scaling: false, anchor: "lower_left" as const, rotation: 0 },
  };
}
