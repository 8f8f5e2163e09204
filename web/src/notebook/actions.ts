/** What a person does to cells: one function for each command, on a document, a selection and a kernel. */
import {
  type CellView,
  deleteCells,
  insertCell,
  mergeCells,
  moveCells,
  setCellType,
  splitCell,
} from "@eyepiece/protocol/notebook/document.ts";
import type { NotebookDocument } from "../documents/notebook-document.ts";
import type { KernelClient } from "./kernel-client.ts";
import type { Selection } from "./selection.ts";

/** What the commands stand on. */
export interface NotebookParts {
  readonly document: NotebookDocument;
  readonly selection: Selection;
  readonly kernel: KernelClient;
  /** Name of the node that runs cells. */
  readonly node: string;
}

/** Cells that were cut or copied; shared by all notebooks of the page. */
let clipboard: readonly { readonly type: CellView["type"]; readonly source: string }[] = [];

function chosen({ document, selection }: NotebookParts): readonly CellView[] {
  const ids = new Set(selection.ids.value);
  return document.cells.value.filter((cell) => ids.has(cell.id));
}

/** Makes a cell above or below the selection, and selects it. @returns its id */
export function insert(
  parts: NotebookParts,
  where: "above" | "below",
  type: "code" | "markdown" | "raw" = "code",
  source = "",
): string {
  const { document, selection } = parts;
  const cells = chosen(parts);
  const near = where === "above" ? cells[0] : cells.at(-1);
  const place = near === undefined ? {} : where === "above" ? { before: near.id } : { after: near.id };
  const id = document.edit((doc) => insertCell(doc, { type, source, ...place }));
  selection.select(id);
  return id;
}

/** Deletes the selected cells; one cell always stays. */
export function remove(parts: NotebookParts): void {
  const { document, selection } = parts;
  const gone = chosen(parts);
  const all = document.cells.value;
  if (gone.length === 0) return;
  const last = all.findIndex((cell) => cell.id === gone.at(-1)?.id);
  const first = all.findIndex((cell) => cell.id === gone[0]?.id);
  const ids = new Set(gone.map((cell) => cell.id));
  const next = all.slice(last + 1).find((cell) => !ids.has(cell.id)) ?? all[first - 1];
  document.edit((doc) => {
    deleteCells(doc, [...ids]);
    if (gone.length === all.length) insertCell(doc, { type: "code", source: "" });
  });
  selection.select(next?.id ?? document.cells.value[0]?.id);
}

/** Copies the selected cells to the page's clipboard, and to the system's as text. */
export function copy(parts: NotebookParts): void {
  const cells = chosen(parts);
  clipboard = cells.map((cell) => ({ type: cell.type, source: cell.source.toString() }));
  // Where the browser forbids it, the notebook's own clipboard still has them.
  navigator.clipboard?.writeText(clipboard.map((cell) => cell.source).join("\n\n")).catch(() => {});
}

/** Pastes above or below the selection. */
export function paste(parts: NotebookParts, where: "above" | "below"): void {
  if (clipboard.length === 0) return;
  const { document, selection } = parts;
  const cells = chosen(parts);
  const near = where === "above" ? cells[0] : cells.at(-1);
  const ids = document.edit((doc) => {
    const made: string[] = [];
    for (const { type, source } of clipboard) {
      const after = made.at(-1) ?? (where === "below" ? near?.id : undefined);
      const place = after !== undefined ? { after } : near !== undefined ? { before: near.id } : {};
      made.push(insertCell(doc, { type, source, ...place }));
    }
    return made;
  });
  selection.selectAll(ids);
}

/** Changes the type of the selected cells. A heading level puts that many # before the text. */
export function changeType(parts: NotebookParts, type: "code" | "markdown" | "raw", heading = 0): void {
  const cells = chosen(parts);
  parts.document.edit((doc) => {
    for (const cell of cells) {
      if (cell.type !== type) setCellType(doc, cell.id, type);
      if (heading === 0) continue;
      const old = /^#{1,6} /.exec(cell.source.toString())?.[0].length ?? 0;
      if (old > 0) cell.source.delete(0, old);
      cell.source.insert(0, `${"#".repeat(heading)} `);
    }
  });
}

/** Moves the selected cells by one place. */
export function move(parts: NotebookParts, by: -1 | 1): void {
  const { document } = parts;
  const all = document.cells.value;
  const cells = chosen(parts);
  const first = all.findIndex((cell) => cell.id === cells[0]?.id);
  const last = all.findIndex((cell) => cell.id === cells.at(-1)?.id);
  if (cells.length === 0 || (by < 0 ? first === 0 : last === all.length - 1)) return;
  const after = by < 0 ? all[first - 2]?.id : all[last + 1]?.id;
  document.edit((doc) =>
    moveCells(
      doc,
      cells.map((cell) => cell.id),
      after,
    ),
  );
}

/** Moves cells behind another one; to the top for undefined. */
export function moveTo(parts: NotebookParts, ids: readonly string[], after: string | undefined): void {
  if (after !== undefined && ids.includes(after)) return;
  parts.document.edit((doc) => moveCells(doc, ids, after));
}

/** Splits the cell at the cursor. */
export function split(parts: NotebookParts, id: string, offset: number): void {
  const made = parts.document.edit((doc) => splitCell(doc, id, offset));
  parts.selection.select(made ?? id);
}

/** Joins the selected cells, or the selected one with the one below. */
export function merge(parts: NotebookParts): void {
  const { document, selection } = parts;
  const all = document.cells.value;
  let ids = chosen(parts).map((cell) => cell.id);
  if (ids.length === 1) {
    const next = all[all.findIndex((cell) => cell.id === ids[0]) + 1];
    if (next) ids = [...ids, next.id];
  }
  if (ids.length < 2) return;
  document.edit((doc) => mergeCells(doc, ids));
  selection.select(ids[0]);
}

/** Forgets the outputs of cells; the cells stay. */
export function clearOutputs({ document }: NotebookParts, cells: readonly CellView[]): void {
  document.quietly(() => {
    for (const cell of cells) cell.map.delete("execution");
  });
}

/**
 * Queues code cells, in the notebook's order.
 * @throws ChannelError when no kernel takes them
 */
export async function run(
  { document, kernel, node }: NotebookParts,
  cells: readonly CellView[],
): Promise<void> {
  const items = cells
    .filter((cell) => cell.type === "code" && cell.source.length > 0)
    .map((cell) => ({
      execution: crypto.randomUUID(),
      cell: cell.id,
      code: cell.source.toString(),
      map: cell.map,
    }));
  if (items.length === 0) return;
  const before = items.map((item) => item.map.get("execution"));
  document.quietly(() => {
    for (const item of items) item.map.set("execution", { id: item.execution, node });
  });
  try {
    await kernel.execute(items.map(({ execution, cell, code }) => ({ execution, cell, code })));
  } catch (cause) {
    // What did not begin has no outputs: those from before stay.
    document.quietly(() => {
      for (const [i, item] of items.entries()) {
        if (before[i] === undefined) item.map.delete("execution");
        else item.map.set("execution", before[i]);
      }
    });
    throw cause;
  }
}
