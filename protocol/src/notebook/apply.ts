/** Whole cells from outside (a PUT, a version that is restored), applied as the least change. */
import type * as Y from "yjs";
import { type CellView, cellOf, cellsOf, entriesOf, orderedCells } from "./cells.ts";
import { type JsonObject, plainJson, plainObject, sameJson } from "./json.ts";
import { type CellType, isCellId } from "./nbformat.ts";
import { deleteCells, makeCell, setEntries, setExecution } from "./operations.ts";
import { placesAt } from "./positions.ts";
import { setText } from "./text.ts";

/** A cell as it shall be. What is undefined stays as it is. */
export interface CellInput {
  /** Without it the cell is found by its content, else by its type and place. */
  readonly id?: string | undefined;
  readonly cell_type: CellType;
  readonly source: string;
  readonly metadata?: JsonObject | undefined;
  /** Null: none. */
  readonly attachments?: JsonObject | null | undefined;
  /** Null clears the outputs. */
  readonly execution?: { readonly id: string; readonly node: string } | null | undefined;
  readonly extra?: JsonObject | undefined;
}

/** Makes the document's cells these: cells that stay keep their text's history, and only what moved gets another place. */
export function applyCells(doc: Y.Doc, cells: readonly CellInput[]): void {
  doc.transact(() => {
    const old = orderedCells(doc);
    const matched = matchCells(old, cells);
    const kept = new Set(matched.filter((id) => id !== undefined));
    deleteCells(
      doc,
      [...cellsOf(doc).keys()].filter((id) => !kept.has(id)),
    );
    const order = new Map(old.map(({ id }, index) => [id, index]));
    const still = new Set(longestRise(matched.map((id) => (id === undefined ? -1 : (order.get(id) ?? -1)))));
    // Cells that stay where they are, with the runs of new and moved ones between them.
    const staying = old.filter(({ id }) => kept.has(id) && still.has(order.get(id) ?? -1));
    let passed = 0;
    let run: number[] = [];
    const placed: CellView[] = [...staying];
    const place = () => {
      const positions = placesAt(placed, passed, run.length);
      run.forEach((index, at) => {
        const id = putCell(doc, matched[index], cells[index], positions[at] ?? "");
        const view = id === undefined ? undefined : cellOf(doc, id);
        if (view) placed.splice(passed++, 0, view);
      });
      run = [];
    };
    cells.forEach((cell, index) => {
      const id = matched[index];
      if (id === undefined || !still.has(order.get(id) ?? -1)) {
        run.push(index);
        return;
      }
      if (run.length > 0) place();
      changeCell(doc, id, cell);
      passed++;
    });
    if (run.length > 0) place();
  });
}

function putCell(
  doc: Y.Doc,
  id: string | undefined,
  cell: CellInput | undefined,
  position: string,
): string | undefined {
  if (!cell) return undefined;
  if (id !== undefined) {
    cellOf(doc, id)?.map.set("position", position);
    changeCell(doc, id, cell);
    return id;
  }
  const { cell_type, source, metadata, attachments, execution, extra } = cell;
  const made = {
    type: cell_type,
    source,
    ...(cell.id !== undefined && { id: cell.id }),
    ...(metadata && { metadata }),
    ...(attachments && { attachments }),
    ...(execution && { execution }),
    ...(extra && { extra }),
  };
  return makeCell(doc, made, position);
}

function changeCell(doc: Y.Doc, id: string, cell: CellInput): void {
  const view = cellOf(doc, id);
  if (!view) return;
  const { map } = view;
  if (view.type !== cell.cell_type) map.set("cell_type", cell.cell_type);
  setText(view.source, cell.source.toWellFormed());
  if (cell.metadata !== undefined) {
    const gone = Object.keys(entriesOf(map.get("metadata"))).map((key) => [key, undefined]);
    setEntries(map, "metadata", { ...Object.fromEntries(gone), ...cell.metadata });
  }
  setPlain(map, "attachments", cell.attachments);
  setPlain(map, "extra", cell.extra && Object.keys(cell.extra).length === 0 ? null : cell.extra);
  const { execution } = cell;
  if (cell.cell_type !== "code" || execution === null) setExecution(doc, id, undefined);
  else if (execution && (execution.id !== view.execution?.id || execution.node !== view.execution.node)) {
    setExecution(doc, id, execution);
  }
}

/** Sets a member to plain JSON; null removes it, undefined leaves it. */
function setPlain(map: Y.Map<unknown>, key: string, wanted: JsonObject | null | undefined): void {
  if (wanted === null) {
    if (map.has(key)) map.delete(key);
  } else if (wanted !== undefined && !sameJson(plainJson(map.get(key)), plainObject(wanted))) {
    map.set(key, plainObject(wanted));
  }
}

/** For each new cell the id of the old one that it is, each at most once. */
function matchCells(old: readonly CellView[], cells: readonly CellInput[]): (string | undefined)[] {
  const free = new Map(old.map((cell) => [cell.id, cell]));
  const matched: (string | undefined)[] = cells.map(({ id }) => {
    if (!isCellId(id) || !free.delete(id)) return undefined;
    return id;
  });
  const fill = (fits: (cell: CellView, wanted: CellInput) => boolean) => {
    cells.forEach((wanted, index) => {
      if (wanted.id !== undefined || matched[index] !== undefined) return;
      for (const cell of free.values()) {
        if (!fits(cell, wanted)) continue;
        free.delete(cell.id);
        matched[index] = cell.id;
        return;
      }
    });
  };
  if (cells.some(({ id }) => id === undefined)) {
    const texts = new Map([...free.values()].map((cell) => [cell.id, cell.source.toString()]));
    fill((cell, wanted) => cell.type === wanted.cell_type && texts.get(cell.id) === wanted.source);
    fill((cell, wanted) => cell.type === wanted.cell_type);
  }
  return matched;
}

/** Values of a longest rising run among those that are not negative. */
export function longestRise(values: readonly number[]): number[] {
  // tails[n]: index of the least value that ends a rise of n + 1.
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    if (value < 0) return;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const rise: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) rise.push(values[at] ?? 0);
  return rise.reverse();
}
