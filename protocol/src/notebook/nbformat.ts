/**
 * Notebooks as Jupyter's format 4.5 has them. Reading is tolerant: 4.0 to 4.5 and later 4.x, 2 and 3 are upgraded, and what is
 * not known is kept. In memory all text is one string; files hold it as lists of lines, as Jupyter writes them.
 */
import { NotebookError } from "./error.ts";
import { boundedObject, isObject, type Json, type JsonObject, plainObject } from "./json.ts";
import { joinText, splitCell, splitMimeBundle } from "./lines.ts";
import { upgradeNotebook } from "./upgrade.ts";

export { NotebookError } from "./error.ts";
export type { Json, JsonObject } from "./json.ts";

export const CELL_TYPES = ["code", "markdown", "raw"] as const;
export type CellType = (typeof CELL_TYPES)[number];

/** An output of a code cell; `output_type` says which of Jupyter's it is, and unknown ones are kept. */
export interface NotebookOutput extends JsonObject {
  readonly output_type: string;
}

/** A cell. Members that the format does not know are kept beside these. */
export interface NotebookCell {
  readonly id: string;
  readonly cell_type: CellType;
  readonly source: string;
  readonly metadata: JsonObject;
  /** MIME bundles by name, which Markdown shows as `attachment:name`. */
  readonly attachments?: JsonObject;
  /** Of code cells. */
  readonly outputs?: readonly NotebookOutput[];
  readonly execution_count?: number | null;
  readonly [field: string]: unknown;
}

/** A notebook. Members that the format does not know are kept beside these. */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: JsonObject;
  readonly cells: readonly NotebookCell[];
  readonly [field: string]: unknown;
}

/** The newest minor version whose rules are known: the first with ids of cells. */
export const NBFORMAT_MINOR = 5;
/** The most characters of a notebook's file. */
export const MAX_NOTEBOOK_TEXT = 256 * 1024 * 1024;

/** Member of a raw cell that was of a kind that is not known: {cell_type, source where it was no text}. */
const UNKNOWN_CELL = "eyepiece:unknown-cell";

const CELL_ID = /^[A-Za-z0-9_-]{1,64}$/;
const ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Whether a text may be the id of a cell. */
export function isCellId(id: unknown): id is string {
  return typeof id === "string" && CELL_ID.test(id);
}

/** A new id for a cell: 12 random letters and digits. */
export function newCellId(): string {
  const random = crypto.getRandomValues(new Uint32Array(12));
  return Array.from(random, (number) => ID_LETTERS[number % ID_LETTERS.length]).join("");
}

/**
 * Reads a notebook's file.
 * @throws NotebookError with a sentence
 */
export function parseNotebook(text: string): Notebook {
  if (text.length > MAX_NOTEBOOK_TEXT) throw new NotebookError("The notebook is larger than 256 MiB.");
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    throw new NotebookError("This is not a notebook: the file is not JSON.", { cause });
  }
  return toNotebook(value);
}

/**
 * The notebook that a parsed JSON value is.
 * @throws NotebookError with a sentence
 */
export function toNotebook(value: unknown): Notebook {
  if (!isObject(value)) throw new NotebookError("This is not a notebook: it is not a JSON object.");
  const read = boundedObject(value);
  const { nbformat } = read;
  if (typeof nbformat !== "number" || !Number.isInteger(nbformat)) {
    throw new NotebookError("This is not a notebook: it does not say which version of the format it has.");
  }
  if (nbformat < 2 || nbformat > 4) {
    throw new NotebookError(
      `The notebook has version ${nbformat} of the format; versions 2 to 4 can be read. Save it with a current Jupyter first.`,
    );
  }
  const known = nbformat < 4 ? upgradeNotebook(read) : read;
  const { nbformat: _, nbformat_minor, metadata, cells, ...extra } = known;
  if (!Array.isArray(cells)) throw new NotebookError("The notebook has no list of cells.");
  const used = new Set<string>();
  const minor = typeof nbformat_minor === "number" && nbformat_minor > 0 ? Math.floor(nbformat_minor) : 0;
  return {
    ...extra,
    nbformat: 4,
    nbformat_minor: Math.max(NBFORMAT_MINOR, minor),
    metadata: plainObject(metadata),
    cells: cells.map((cell: Json, index) => toCell(cell, index, used)),
  };
}

/** A notebook without cells. */
export function emptyNotebook(): Notebook {
  return { nbformat: 4, nbformat_minor: NBFORMAT_MINOR, metadata: {}, cells: [] };
}

function toCell(value: Json, index: number, used: Set<string>): NotebookCell {
  const where = `Cell ${index + 1}`;
  if (!isObject(value)) throw new NotebookError(`${where} of the notebook is not a JSON object.`);
  const { id, cell_type, source, metadata, attachments, ...rest } = value as JsonObject;
  if (typeof cell_type !== "string")
    throw new NotebookError(`${where} of the notebook does not say what it is.`);
  const known = CELL_TYPES.find((one) => one === cell_type);
  const joined = joinText(source ?? "");
  if (known && typeof joined !== "string") {
    throw new NotebookError(`${where} of the notebook has a source that is not text.`);
  }
  const text = typeof joined === "string" ? joined : "";
  // A kind of cell that is not known is shown raw, and written as what it was.
  const unknown = { cell_type, ...(text === "" && source !== undefined && { source }) };
  // An id that is missing, not allowed or taken is replaced: a document finds its cells by it.
  const own = isCellId(id) && !used.has(id) ? id : newCellId();
  used.add(own);
  const cell = {
    id: own,
    cell_type: known ?? ("raw" as const),
    source: text,
    metadata: plainObject(metadata),
    ...(isObject(attachments) && { attachments: joinAttachments(attachments as JsonObject) }),
  };
  if (!known) return { ...rest, ...cell, [UNKNOWN_CELL]: unknown };
  if (known !== "code") return { ...rest, ...cell };
  const { outputs, execution_count, ...extra } = rest;
  return {
    ...extra,
    ...cell,
    outputs: toOutputs(outputs, where),
    execution_count: typeof execution_count === "number" ? execution_count : null,
  };
}

/**
 * Reads a list of outputs.
 * @throws NotebookError
 */
export function toOutputs(value: unknown, where = "The execution"): NotebookOutput[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new NotebookError(`${where} has outputs that are not a list.`);
  return value.map((item: unknown) => {
    if (!isObject(item) || typeof item.output_type !== "string") {
      throw new NotebookError(`${where} has an output that does not say what it is.`);
    }
    const output = boundedObject(item) as NotebookOutput;
    return {
      ...output,
      ...(output.text !== undefined && { text: joinText(output.text) }),
      ...(isObject(output.data) && { data: joinBundle(output.data as JsonObject) }),
    };
  });
}

function joinAttachments(attachments: JsonObject): JsonObject {
  return mapObject(attachments, (bundle) => (isObject(bundle) ? joinBundle(bundle as JsonObject) : bundle));
}

/** Values of JSON types are JSON, and a list there is one. */
function joinBundle(bundle: JsonObject): JsonObject {
  return mapObject(bundle, (value, type) => (isJsonType(type) ? value : joinText(value)));
}

/** Whether values of this MIME type are JSON and not text. */
export function isJsonType(type: string): boolean {
  return type === "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

function mapObject(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, change(value, key)]],
    ),
  );
}

/** The notebook as Jupyter writes it: members sorted, one space of indent, text as lines, a line feed at the end. */
export function serialiseNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) =>
    splitCell(asItWas(cell), (bundle) => splitMimeBundle(bundle, isJsonType)),
  );
  return `${JSON.stringify(sorted({ ...notebook, cells }), undefined, 1)}\n`;
}

function asItWas(cell: NotebookCell): Readonly<Record<string, unknown>> {
  const { [UNKNOWN_CELL]: unknown, ...rest } = cell;
  if (!isObject(unknown) || typeof unknown.cell_type !== "string" || cell.cell_type !== "raw") return cell;
  const { source, ...without } = rest;
  return { ...without, ...(source !== "" && { source }), ...unknown };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort(byCodePoint);
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** The order of the texts' code units, which does not depend on a language. */
function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
