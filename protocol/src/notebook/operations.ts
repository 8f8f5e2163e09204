/**
 * What people do to cells. Each is one transaction, so that it is one step to undo; wrap it in `doc.transact(..., origin)` to say
 * whose. Ids that are not there are passed over: somebody else may have deleted the cell a moment ago.
 */
import * as Y from "yjs";
import { type CellView, cellOf, cellsOf, orderedCells } from "./cells.ts";
import { isObject, type JsonObject, plainJson, plainObject, sameJson } from "./json.ts";
import { type CellType, isCellId, newCellId } from "./nbformat.ts";
import { placesAt } from "./positions.ts";
import { wholeOffset } from "./text.ts";

/** A cell to make. */
export interface NewCell {
  readonly type: CellType;
  readonly source?: string;
  readonly metadata?: JsonObject;
  readonly attachments?: JsonObject;
  /** Kept when it may be an id and is free. */
  readonly id?: string;
  /** The cell that it comes after, or before; the end without either, or where that cell is gone. */
  readonly after?: string;
  readonly before?: string;
  readonly execution?: { readonly id: string; readonly node: string };
  /** Members of the cell that the format does not know. */
  readonly extra?: JsonObject;
}

/** Makes a cell. @returns its id */
export function insertCell(doc: Y.Doc, cell: NewCell): string {
  return doc.transact(() => {
    const cells = orderedCells(doc);
    const [position = ""] = placesAt(cells, indexFor(cells, cell.after, cell.before), 1);
    return makeCell(doc, cell, position);
  });
}

/** Makes a cell at a position. Call within a transaction. @returns its id */
export function makeCell(doc: Y.Doc, cell: NewCell, position: string): string {
  const cells = cellsOf(doc);
  const id = isCellId(cell.id) && !cells.has(cell.id) ? cell.id : newCellId();
  const map = new Y.Map<unknown>();
  map.set("id", id);
  map.set("cell_type", cell.type);
  map.set("source", new Y.Text((cell.source ?? "").toWellFormed()));
  map.set("metadata", new Y.Map(Object.entries(plainObject(cell.metadata))));
  if (cell.attachments) map.set("attachments", plainObject(cell.attachments));
  map.set("position", position);
  if (cell.execution) map.set("execution", { id: cell.execution.id, node: cell.execution.node });
  if (cell.extra && Object.keys(cell.extra).length > 0) map.set("extra", plainObject(cell.extra));
  cells.set(id, map);
  return id;
}

/** Deletes cells. */
export function deleteCells(doc: Y.Doc, ids: readonly string[]): void {
  doc.transact(() => {
    const cells = cellsOf(doc);
    for (const id of ids) if (cells.has(id)) cells.delete(id);
  });
}

/** Moves cells, which keep their order, to after another; to the front where `after` is undefined. */
export function moveCells(doc: Y.Doc, ids: readonly string[], after: string | undefined): void {
  doc.transact(() => {
    const moved = new Set(ids);
    const cells = orderedCells(doc);
    const moving = cells.filter(({ id }) => moved.has(id));
    const rest = cells.filter(({ id }) => !moved.has(id));
    let at = 0;
    if (after !== undefined) {
      // After a cell that moves itself: after the nearest before it that stays.
      const index = cells.findIndex(({ id }) => id === after);
      const anchor = cells.slice(0, index + 1).findLast(({ id }) => !moved.has(id));
      if (index < 0) at = rest.length;
      else if (anchor) at = rest.indexOf(anchor) + 1;
    }
    const places = placesAt(rest, at, moving.length);
    moving.forEach((cell, index) => {
      cell.map.set("position", places[index]);
    });
  });
}

/** Makes a cell code, Markdown or raw. Only code has outputs. */
export function setCellType(doc: Y.Doc, id: string, type: CellType): void {
  doc.transact(() => {
    const cell = cellOf(doc, id);
    if (!cell || cell.type === type) return;
    cell.map.set("cell_type", type);
    if (type !== "code" && cell.map.has("execution")) cell.map.delete("execution");
  });
}

/**
 * Splits a cell: what comes after `offset` (characters as JavaScript counts them) becomes a cell below it. A line end at the place
 * goes, so that merging the two is the way back.
 * @returns the new cell's id, or undefined where there is no such cell
 */
export function splitCell(doc: Y.Doc, id: string, offset: number): string | undefined {
  return doc.transact(() => {
    const cell = cellOf(doc, id);
    if (!cell) return undefined;
    const text = cell.source.toString();
    const at = wholeOffset(text, offset);
    let [cut, start] = [at, at];
    if (text[at] === "\n") start++;
    else if (text[at - 1] === "\n") cut--;
    const tail = text.slice(start);
    if (cut < text.length) cell.source.delete(cut, text.length - cut);
    return insertCell(doc, { type: cell.type, source: tail, metadata: cell.metadata, after: id });
  });
}

/**
 * Merges cells into the first of them, whose type and outputs stay. @returns its id, or undefined where fewer than two are there
 */
export function mergeCells(doc: Y.Doc, ids: readonly string[]): string | undefined {
  return doc.transact(() => {
    const wanted = new Set(ids);
    const [first, ...others] = orderedCells(doc).filter(({ id }) => wanted.has(id));
    if (!first || others.length === 0) return undefined;
    first.source.insert(first.source.length, others.map(({ source }) => `\n${source.toString()}`).join(""));
    const attachments = others.flatMap(({ map }) => Object.entries(plainObject(map.get("attachments"))));
    if (attachments.length > 0) {
      const own = plainObject(first.map.get("attachments"));
      first.map.set("attachments", { ...Object.fromEntries(attachments), ...own });
    }
    deleteCells(
      doc,
      others.map(({ id }) => id),
    );
    return first.id;
  });
}

/** Sets members of a cell's metadata; those that are undefined are removed, all others stay. */
export function setCellMetadata(doc: Y.Doc, id: string, changes: Readonly<Record<string, unknown>>): void {
  doc.transact(() => {
    const cell = cellOf(doc, id);
    if (cell) setEntries(cell.map, "metadata", changes);
  });
}

/** Sets members of the notebook's metadata, as `setCellMetadata` does. */
export function setNotebookMetadata(doc: Y.Doc, changes: Readonly<Record<string, unknown>>): void {
  doc.transact(() => setEntries(doc.getMap("notebook"), "metadata", changes));
}

/** Which run a cell shows; undefined clears its outputs. */
export function setExecution(
  doc: Y.Doc,
  id: string,
  execution: { readonly id: string; readonly node: string } | undefined,
): void {
  doc.transact(() => {
    const cell = cellOf(doc, id);
    if (execution) cell?.map.set("execution", { id: execution.id, node: execution.node });
    else if (cell?.map.has("execution")) cell.map.delete("execution");
  });
}

/** Changes a map within a map; one that is missing is made. Call within a transaction. */
export function setEntries(
  parent: Y.Map<unknown>,
  key: string,
  changes: Readonly<Record<string, unknown>>,
): void {
  let map: unknown = parent.get(key);
  if (!(map instanceof Y.Map)) {
    map = new Y.Map(Object.entries(isObject(map) ? plainObject(map) : {}));
    parent.set(key, map);
  }
  const entries = map as Y.Map<unknown>;
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      if (entries.has(name)) entries.delete(name);
    } else if (name !== "__proto__") {
      const plain = plainJson(value);
      const old = entries.get(name);
      if (!entries.has(name) || !sameJson(plainJson(old), plain)) entries.set(name, plain);
    }
  }
}

function indexFor(cells: readonly CellView[], after: string | undefined, before: string | undefined): number {
  if (after !== undefined) {
    const index = cells.findIndex(({ id }) => id === after);
    if (index >= 0) return index + 1;
  }
  if (before !== undefined) {
    const index = cells.findIndex(({ id }) => id === before);
    if (index >= 0) return index;
  }
  return cells.length;
}
