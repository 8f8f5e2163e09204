/** What changed between two notebooks, cell by cell and line by line: for the history of versions. Pure. */
import { diffArrays, diffLines } from "diff";
import { type Json, type JsonObject, plainJson, sameJson } from "./json.ts";
import type { CellType, Notebook, NotebookCell } from "./nbformat.ts";

/** A run of lines. */
export interface LineChange {
  readonly op: "same" | "added" | "removed";
  readonly text: string;
}

/** One cell of either notebook, in the order of the newer one; removed cells stand where they were. */
export interface CellChange {
  readonly id: string;
  /** `changed` may have moved too; `moved` changed in nothing else. */
  readonly kind: "same" | "added" | "removed" | "changed" | "moved";
  readonly moved: boolean;
  readonly type: CellType;
  /** Where the type changed: what it was. */
  readonly wasType?: CellType;
  /** Of the source. Empty where it is the same. */
  readonly lines: readonly LineChange[];
  /** Members of the cell beside its source that differ: metadata, attachments, outputs and so on. */
  readonly fields: readonly string[];
}

/** The differences of two notebooks. */
export interface NotebookDiff {
  readonly cells: readonly CellChange[];
  /** Keys of the notebook's metadata that differ. */
  readonly metadata: readonly string[];
}

/** Lines that may differ before a source is told as replaced whole. */
const MAX_DIFFERENCES = 2000;
const CONTENT = new Set(["id", "source", "cell_type"]);

/** Compares two notebooks; cells are the same cell when they have the same id. */
export function diffNotebooks(from: Notebook, to: Notebook): NotebookDiff {
  const old = new Map(from.cells.map((cell) => [cell.id, cell]));
  const fresh = new Map(to.cells.map((cell) => [cell.id, cell]));
  const order = diffArrays([...old.keys()], [...fresh.keys()]);
  const cells: CellChange[] = [];
  for (const { added, removed, value } of order) {
    for (const id of value) {
      const [before, after] = [old.get(id), fresh.get(id)];
      if (removed && before && !after) cells.push(whole(before, "removed"));
      else if (added && after && !before) cells.push(whole(after, "added"));
      else if (!removed && before && after) cells.push(compare(before, after, added));
    }
  }
  return { cells, metadata: differing(from.metadata, to.metadata) };
}

function whole(cell: NotebookCell, kind: "added" | "removed"): CellChange {
  const lines = cell.source === "" ? [] : [{ op: kind, text: cell.source }];
  return { id: cell.id, kind, moved: false, type: cell.cell_type, lines, fields: [] };
}

function compare(before: NotebookCell, after: NotebookCell, moved: boolean): CellChange {
  const lines = before.source === after.source ? [] : lineChanges(before.source, after.source);
  const fields = differing(plainJson(before) as JsonObject, plainJson(after) as JsonObject).filter(
    (field) => !CONTENT.has(field),
  );
  const retyped = before.cell_type !== after.cell_type;
  const changed = lines.length > 0 || fields.length > 0 || retyped;
  return {
    id: after.id,
    kind: changed ? "changed" : moved ? "moved" : "same",
    moved,
    type: after.cell_type,
    ...(retyped && { wasType: before.cell_type }),
    lines,
    fields,
  };
}

/** The lines of two texts; joined, those that are not added give the old one, those not removed the new one. */
export function lineChanges(from: string, to: string): LineChange[] {
  const changes = diffLines(from, to, { maxEditLength: MAX_DIFFERENCES });
  if (!changes) {
    return [
      { op: "removed", text: from },
      { op: "added", text: to },
    ];
  }
  return changes.map(({ added, removed, value }) => ({
    op: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

function differing(a: JsonObject, b: JsonObject): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const own = (object: JsonObject, key: string): Json | undefined =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  return [...keys].filter((key) => !sameJson(own(a, key), own(b, key))).sort();
}
