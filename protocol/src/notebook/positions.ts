/** Places between cells, as texts that sort: a move changes one cell and no other. */
import { generateNKeysBetween } from "fractional-indexing";
import { type CellView, positionOf } from "./cells.ts";

/**
 * `count` places before `cells[index]` and after the one in front of it. Where two people made the same place at once, cells that
 * share it are set apart first, and where a place is not one, all of them. Call within a transaction.
 * @param cells in order, without those that are to be placed
 */
export function placesAt(cells: readonly CellView[], index: number, count: number): string[] {
  const place = (at: number): string | null => {
    const cell = cells[at];
    return cell ? positionOf(cell) : null;
  };
  const before = place(index - 1);
  let end = index;
  while (before !== null && end < cells.length && place(end) === before) end++;
  try {
    const keys = generateNKeysBetween(before, place(end), count + end - index);
    cells.slice(index, end).forEach((cell, at) => {
      cell.map.set("position", keys[count + at]);
    });
    return keys.slice(0, count);
  } catch {
    // The package refuses texts that it did not make.
    const keys = generateNKeysBetween(null, null, cells.length + count);
    cells.forEach((cell, at) => {
      cell.map.set("position", keys[at < index ? at : at + count]);
    });
    return keys.slice(index, index + count);
  }
}
