/** Points under a canvas point. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type ColumnArray, column, type Table, type TableSource } from "../../data/table.ts";
import { DISC, symbolDistance } from "../../model/geometry/symbols.ts";
import { nameOf } from "../tables/buffers.ts";
import { Derived } from "../tables/derived.ts";
import { pixelsPerSize } from "../tables/point-columns.ts";
import { pointRows } from "../tables/point-rows.ts";
import { ItemGrid } from "./grid.ts";
import type { PickedItem, PickQuestion } from "./pick.ts";
import { dataBox, leastScale, onCanvas } from "./project.ts";

const grids = new Derived<ColumnArray, ItemGrid>(4);
const largest = new Derived<ColumnArray, number>(1);

/** Points as a grid of places on the displayed axes; made in the background by asking for it early. */
export function pointGrid(table: Table, displayed: readonly [number, number, number]): ItemGrid {
  const { data, width } = column(table, "position");
  return grids.get(data, `${displayed.join()}`, () => {
    const count = data.length / width;
    const boxes = new Float64Array(count * 4);
    for (let i = 0; i < count; i++) {
      const v = displayed[1] < 0 ? 0 : (data[i * width + displayed[1]] ?? Number.NaN);
      const h = displayed[2] < 0 ? 0 : (data[i * width + displayed[2]] ?? Number.NaN);
      boxes[4 * i] = v;
      boxes[4 * i + 1] = h;
      boxes[4 * i + 2] = v;
      boxes[4 * i + 3] = h;
    }
    return new ItemGrid(boxes);
  });
}

/** Points whose symbol with its border covers the question's point; of a rectangle those whose centre lies in it. The last drawn first. */
export function* pointCandidates(
  layer: PointsLayer,
  { table }: TableSource,
  question: PickQuestion,
): Generator<PickedItem> {
  const { slice, toCanvas, low, high, view } = question;
  const position = column(table, "position");
  const size = column(table, "size");
  const border = table.columns.get("border_width")?.data;
  const symbols = table.columns.get("symbol")?.data;
  const { rows, sizes } = pointRows(layer, table, slice);
  const rank = sizes === undefined || rows === undefined ? undefined : rankOf(rows, sizes);
  const shown = rows === undefined ? undefined : membersOf(rows);
  const isPoint = low[0] === high[0] && low[1] === high[1];
  const perSize = pixelsPerSize(layer) * view.camera.zoom;
  const [least, greatest] = layer.canvas_size_limits;
  const entry = (row: number, k: 0 | 1 | 2): number => {
    const axis = slice.displayed[k];
    return axis < 0 ? 0 : (position.data[row * position.width + axis] ?? Number.NaN);
  };
  const test = (row: number): PickedItem | undefined => {
    const place = onCanvas(toCanvas, entry(row, 0), entry(row, 1), entry(row, 2));
    if (place === undefined) return undefined;
    const [dx, dy] = [low[0] - place.x, low[1] - place.y];
    if (!isPoint) {
      const within = place.x >= low[0] && place.x <= high[0] && place.y >= low[1] && place.y <= high[1];
      return within ? { index: row, depth: place.depth } : undefined;
    }
    const diameter = rank === undefined ? (size.data[row] ?? 0) : (rank.get(row) ?? 0);
    if (!(diameter > 0)) return undefined;
    const wished = (diameter * perSize) / place.w;
    const s = Math.min(Math.max(wished, least), greatest);
    // Symbols stay well within this; most candidates go here.
    if (Math.abs(dx) > 2 * s || Math.abs(dy) > 2 * s) return undefined;
    const given = border?.[row] ?? 0;
    const width =
      (layer.border_width_is_relative ? given * wished : (Math.min(given, diameter) * perSize) / place.w) *
      (s / wished);
    const distance = symbolDistance(symbols?.[row] ?? DISC, dx, dy, s);
    return distance <= 0.5 * width ? { index: row, depth: place.depth } : undefined;
  };
  if (view.dims.ndisplay === 3) {
    const count = rows?.length ?? table.count;
    for (let n = count - 1; n >= 0; n--) {
      const found = test(rows?.[n] ?? n);
      if (found !== undefined) yield found;
    }
    return;
  }
  const reach = isPoint ? reachOf(layer, size.data, question, perSize) : 0;
  const box = dataBox(question);
  const near = pointGrid(table, slice.displayed).near(
    [box.low[0] - reach, box.low[1] - reach],
    [box.high[0] + reach, box.high[1] + reach],
  );
  for (const row of near) {
    if (shown !== undefined && !shown.has(row)) continue;
    const found = test(row);
    if (found !== undefined) yield found;
  }
}

/** How far from its centre a point may reach, in data units. */
function reachOf(
  { canvas_size_limits: [least, greatest] }: PointsLayer,
  sizes: ColumnArray,
  question: PickQuestion,
  perSize: number,
): number {
  const most = largest.get(sizes, "", () => {
    let found = 0;
    for (const one of sizes) if (one > found) found = one;
    return found;
  });
  const pixels = Math.min(Math.max(most * perSize, least), greatest);
  return pixels / Math.max(leastScale(question), 1e-300);
}

const members = new WeakMap<Uint32Array, Set<number>>();
function membersOf(rows: Uint32Array): ReadonlySet<number> {
  let found = members.get(rows);
  if (found === undefined) {
    found = new Set(rows);
    members.set(rows, found);
  }
  return found;
}

const ranks = new Derived<Uint32Array, ReadonlyMap<number, number>>(1);
function rankOf(rows: Uint32Array, sizes: Float32Array): ReadonlyMap<number, number> {
  return ranks.get(
    rows,
    `${nameOf(sizes)}`,
    () => new Map(Array.from(rows, (row, i) => [row, sizes[i] ?? 0])),
  );
}
