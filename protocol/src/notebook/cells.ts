/** What a document holds: its maps by name, and its cells in order. Peers may write anything, so that nothing is taken on trust. */
import * as Y from "yjs";
import { type Json, type JsonObject, plainJson, plainObject } from "./json.ts";
import { CELL_TYPES, type CellType } from "./nbformat.ts";

/** The run whose outputs a cell shows: the execution's id, and the node that ran it (empty for imported outputs). */
export interface ExecutionRef {
  readonly id: string;
  readonly node: string;
}

/** A cell as it is now. `source` and `map` are the document's own. */
export interface CellView {
  readonly id: string;
  readonly type: CellType;
  readonly source: Y.Text;
  readonly map: Y.Map<unknown>;
  readonly metadata: JsonObject;
  readonly execution: ExecutionRef | undefined;
}

/** The cells of a document: id to map. */
export function cellsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("cells");
}

/** The document's own map: metadata, nbformat_minor, extra. */
export function notebookOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("notebook");
}

/** One cell, or undefined where there is none, or where it is no cell. */
export function cellOf(doc: Y.Doc, id: string): CellView | undefined {
  return viewOf(id, cellsOf(doc).get(id));
}

/** All cells, in order. What is not a cell is left out. */
export function orderedCells(doc: Y.Doc): CellView[] {
  const cells: { view: CellView; position: string }[] = [];
  for (const [id, value] of cellsOf(doc)) {
    const view = viewOf(id, value);
    if (view) cells.push({ view, position: positionOf(view) });
  }
  cells.sort((a, b) => compare(a.position, b.position) || compare(a.view.id, b.view.id));
  return cells.map(({ view }) => view);
}

/** Where a cell stands; the empty text, which comes first, where it does not say. */
export function positionOf(cell: CellView): string {
  const position = cell.map.get("position");
  return typeof position === "string" ? position : "";
}

/** The plain values of a map. */
export function entriesOf(value: unknown): JsonObject {
  if (!(value instanceof Y.Map)) return plainObject(value);
  const entries: [string, Json][] = [];
  for (const [key, item] of value) {
    if (key !== "__proto__" && !(item instanceof Y.AbstractType)) entries.push([key, plainJson(item)]);
  }
  return Object.fromEntries(entries);
}

/** The text of a source. Formatting marks and embedded things, which no editor here makes, are not in it. */
export function textOf(source: Y.Text): string {
  return source.toString();
}

function viewOf(id: string, map: unknown): CellView | undefined {
  if (!(map instanceof Y.Map)) return undefined;
  const type = CELL_TYPES.find((one) => one === map.get("cell_type"));
  const source: unknown = map.get("source");
  if (!type || !(source instanceof Y.Text)) return undefined;
  const { id: execution, node } = plainObject(map.get("execution"));
  return {
    id,
    type,
    source,
    map,
    // Read when asked for: most uses of a list of cells need no metadata.
    get metadata() {
      return entriesOf(map.get("metadata"));
    },
    execution:
      typeof execution === "string"
        ? { id: execution, node: typeof node === "string" ? node : "" }
        : undefined,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
