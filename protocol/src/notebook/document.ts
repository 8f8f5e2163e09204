/**
 * A notebook in motion: a Yjs document that several people change at once, also offline. It holds no outputs; each cell names
 * the run that it shows. The README beside says what lies where.
 */
import * as Y from "yjs";
import type { CellInput } from "./apply.ts";
import { type CellView, type ExecutionRef, entriesOf, notebookOf, orderedCells, textOf } from "./cells.ts";
import { isObject, type JsonObject, plainJson, plainObject } from "./json.ts";
import { NBFORMAT_MINOR, type Notebook, type NotebookCell, type NotebookOutput } from "./nbformat.ts";
import { makeCell } from "./operations.ts";
import { placesAt } from "./positions.ts";

export { applyCells, type CellInput } from "./apply.ts";
export { type CellView, cellOf, cellsOf, type ExecutionRef, notebookOf, orderedCells } from "./cells.ts";
export { emptyNotebook } from "./nbformat.ts";
export {
  deleteCells,
  insertCell,
  mergeCells,
  moveCells,
  type NewCell,
  setCellMetadata,
  setCellType,
  setExecution,
  setNotebookMetadata,
  splitCell,
} from "./operations.ts";
export { setText, textSplices } from "./text.ts";

/** The outputs of one run, as nbformat has them. */
export interface ExecutionOutputs {
  readonly outputs: readonly NotebookOutput[];
  readonly execution_count: number | null;
}

/** The notebook that a document is. @param outputsOf what a run left; undefined where it is not known */
export function readDocument(
  doc: Y.Doc,
  outputsOf: (executionId: string) => ExecutionOutputs | undefined,
): Notebook {
  const own = notebookOf(doc);
  const minor = own.get("nbformat_minor");
  return {
    ...plainObject(own.get("extra")),
    nbformat: 4,
    nbformat_minor:
      typeof minor === "number" && Number.isInteger(minor) && minor > NBFORMAT_MINOR ? minor : NBFORMAT_MINOR,
    metadata: entriesOf(own.get("metadata")),
    cells: orderedCells(doc).map((cell) => readCell(cell, outputsOf)),
  };
}

function readCell(
  cell: CellView,
  outputsOf: (executionId: string) => ExecutionOutputs | undefined,
): NotebookCell {
  const attachments = cell.map.get("attachments");
  const read = {
    ...plainObject(cell.map.get("extra")),
    id: cell.id,
    cell_type: cell.type,
    source: textOf(cell.source),
    metadata: cell.metadata,
    ...(isObject(attachments) && { attachments: plainObject(attachments) }),
  };
  if (cell.type !== "code") return read;
  const run = cell.execution && outputsOf(cell.execution.id);
  return { ...read, outputs: run?.outputs ?? [], execution_count: run?.execution_count ?? null };
}

/**
 * Writes a notebook into an empty document.
 * @param takeOutputs keeps a cell's outputs and says under which run; called only where there are any, or a count
 */
export function writeDocument(
  doc: Y.Doc,
  notebook: Notebook,
  takeOutputs: (
    cellId: string,
    outputs: readonly NotebookOutput[],
    execution_count: number | null,
  ) => ExecutionRef | undefined,
): void {
  doc.transact(() => {
    const { nbformat: _, nbformat_minor, metadata, cells, ...extra } = notebook;
    const own = notebookOf(doc);
    own.set("metadata", new Y.Map(Object.entries(plainObject(metadata))));
    own.set("nbformat_minor", nbformat_minor);
    if (Object.keys(extra).length > 0) own.set("extra", plainObject(extra));
    const positions = placesAt([], 0, cells.length);
    cells.forEach((cell, index) => {
      const { id, outputs, execution_count, input } = toInput(cell);
      const ran = outputs.length > 0 || execution_count !== null;
      const execution = ran ? takeOutputs(id, outputs, execution_count) : undefined;
      const { cell_type: type, execution: _none, attachments, ...rest } = input;
      const made = { ...rest, id, type, attachments: attachments ?? undefined, execution };
      makeCell(doc, withoutUndefined(made), positions[index] ?? "");
    });
  });
}

/** What `applyCells` takes, from cells as nbformat has them. Their outputs are not part of it: say by `execution` what they show. */
export function toCellInput(cell: NotebookCell): CellInput {
  return toInput(cell).input;
}

function toInput(cell: NotebookCell): {
  id: string;
  outputs: readonly NotebookOutput[];
  execution_count: number | null;
  input: CellInput;
} {
  const { id, cell_type, source, metadata, attachments, ...rest } = cell;
  const input = { id, cell_type, source, metadata, attachments };
  if (cell_type !== "code") {
    const extra = plainObject(rest);
    return { id, outputs: [], execution_count: null, input: { ...input, extra } };
  }
  const { outputs, execution_count, ...unknown } = rest;
  return {
    id,
    outputs: outputs ?? [],
    execution_count: execution_count ?? null,
    input: { ...input, extra: plainJson(unknown) as JsonObject },
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}
