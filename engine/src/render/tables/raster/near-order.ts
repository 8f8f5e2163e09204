/**
 * Points in an order that the processor's caches like: those that are near each other, one after the other. A million small discs in any order
 * wait for memory longer than they are drawn.
 */

import { nameOf } from "../buffers.ts";
import { Derived } from "../derived.ts";

/** Points of a chunk of rows; each chunk is sorted by place on its own, so that later rows still come before earlier ones. */
const CHUNK = 1 << 15;
/** Cells of a chunk along each side. */
const CELLS = 16;

/** See the file's comment. Later chunks come first; within a run of one cell later rows do. */
export interface NearOrder {
  /** Cells of a chunk along each side. */
  readonly cells: number;
  /** Pairs (vertical, horizontal) in this order. */
  readonly places: Float32Array;
  /** Which point each of them is. */
  readonly rows: Uint32Array;
  /** Where each run begins, and where the last one ends. */
  readonly starts: Uint32Array;
  /** The box of each run: low vertical, low horizontal, high vertical, high horizontal. */
  readonly boxes: Float32Array;
}

const orders = new Derived<Float32Array, { seen: boolean; order: NearOrder }>();

/**
 * The order for points that are drawn again and again. Sorting takes as long as two pictures: rows that are seen for the first time, as those of
 * a slice that is passed by, stay as they are.
 */
export function keptOrder(positions: Float32Array, rows: Uint32Array | undefined): NearOrder {
  const kept = orders.get(positions, String(rows && nameOf(rows)), () => ({
    seen: false,
    order: nearOrder(positions, rows, { chunk: CHUNK, cells: 1 }),
  }));
  if (!kept.seen) {
    kept.seen = true;
    return kept.order;
  }
  if (kept.order.cells === 1) kept.order = nearOrder(positions, rows, { chunk: CHUNK, cells: CELLS });
  return kept.order;
}

/**
 * @param positions triples (depth, vertical, horizontal); what is not a number is left out
 * @param rows those to draw, rising; all of them by default
 */
export function nearOrder(
  positions: Float32Array,
  rows: Uint32Array | undefined,
  { chunk, cells: side }: { readonly chunk: number; readonly cells: number },
): NearOrder {
  const total = rows === undefined ? positions.length / 3 : rows.length;
  let [lowV, lowH, highV, highH] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < total; n++) {
    const i = rows === undefined ? n : (rows[n] as number);
    const v = positions[3 * i + 1] as number;
    const h = positions[3 * i + 2] as number;
    if (v < lowV) lowV = v;
    if (v > highV) highV = v;
    if (h < lowH) lowH = h;
    if (h > highH) highH = h;
  }
  // Just below the number of cells, so that the highest place falls into the last one.
  const perV = highV > lowV ? (side * 0.999999) / (highV - lowV) : 0;
  const perH = highH > lowH ? (side * 0.999999) / (highH - lowH) : 0;
  const places = new Float32Array(2 * total);
  const order = new Uint32Array(total);
  const starts: number[] = [];
  const boxes: number[] = [];
  const cells = new Uint16Array(chunk);
  const counts = new Uint32Array(side * side);
  let filled = 0;
  for (let end = total; end > 0; end -= chunk) {
    const begin = Math.max(0, end - chunk);
    counts.fill(0);
    for (let n = end - 1; n >= begin; n--) {
      const i = rows === undefined ? n : (rows[n] as number);
      const v = positions[3 * i + 1] as number;
      const h = positions[3 * i + 2] as number;
      const nowhere = !Number.isFinite(v) || !Number.isFinite(h);
      const cell = nowhere ? NOWHERE : (((v - lowV) * perV) | 0) * side + (((h - lowH) * perH) | 0);
      cells[n - begin] = cell;
      if (!nowhere) counts[cell] = (counts[cell] as number) + 1;
    }
    for (let cell = 0; cell < counts.length; cell++) {
      const many = counts[cell] as number;
      counts[cell] = filled;
      if (many === 0) continue;
      starts.push(filled);
      boxes.push(Infinity, Infinity, -Infinity, -Infinity);
      filled += many;
    }
    for (let n = end - 1; n >= begin; n--) {
      const cell = cells[n - begin] as number;
      if (cell === NOWHERE) continue;
      const i = rows === undefined ? n : (rows[n] as number);
      const at = counts[cell] as number;
      counts[cell] = at + 1;
      order[at] = i;
      places[2 * at] = positions[3 * i + 1] as number;
      places[2 * at + 1] = positions[3 * i + 2] as number;
    }
  }
  starts.push(filled);
  for (let run = 0; run + 1 < starts.length; run++) {
    for (let at = starts[run] as number; at < (starts[run + 1] as number); at++) {
      const v = places[2 * at] as number;
      const h = places[2 * at + 1] as number;
      if (v < (boxes[4 * run] as number)) boxes[4 * run] = v;
      if (h < (boxes[4 * run + 1] as number)) boxes[4 * run + 1] = h;
      if (v > (boxes[4 * run + 2] as number)) boxes[4 * run + 2] = v;
      if (h > (boxes[4 * run + 3] as number)) boxes[4 * run + 3] = h;
    }
  }
  return {
    cells: side,
    places,
    rows: order,
    starts: Uint32Array.from(starts),
    boxes: Float32Array.from(boxes),
  };
}

const NOWHERE = 0xffff;
