/** Notebooks of format 2 and 3, from before 2014, as format 4 says the same. */
import { NotebookError } from "./error.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { joinText } from "./lines.ts";

const MIME_TYPES = new Map([
  ["text", "text/plain"],
  ["html", "text/html"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpeg", "image/jpeg"],
  ["latex", "text/latex"],
  ["json", "application/json"],
  ["javascript", "application/javascript"],
]);
/** What an output says beside its data. */
const NOT_DATA = new Set(["output_type", "metadata", "prompt_number"]);

/**
 * Upgrades a whole notebook: worksheets are joined, for format 4 has none.
 * @throws NotebookError
 */
export function upgradeNotebook(old: JsonObject): JsonObject {
  const { worksheets, nbformat, nbformat_minor, metadata, orig_nbformat, orig_nbformat_minor, ...extra } =
    old;
  const sheets = worksheets ?? [];
  if (!Array.isArray(sheets)) throw new NotebookError("The notebook's worksheets are not a list.");
  const cells: Json[] = [];
  for (const sheet of sheets as readonly Json[]) {
    const own = isObject(sheet) ? (sheet.cells ?? []) : undefined;
    if (!Array.isArray(own)) throw new NotebookError("A worksheet of the notebook has no list of cells.");
    for (const cell of own) cells.push(upgradeCell(cell));
  }
  // The title was the file's name, and a signature is of the old bytes.
  const { name: _name, signature: _signature, ...kept } = isObject(metadata) ? (metadata as JsonObject) : {};
  return {
    ...extra,
    nbformat: 4,
    nbformat_minor: 0,
    metadata: {
      ...kept,
      orig_nbformat: orig_nbformat ?? nbformat,
      orig_nbformat_minor: orig_nbformat_minor ?? nbformat_minor ?? 0,
    },
    cells,
  };
}

function upgradeCell(value: Json): Json {
  if (!isObject(value)) return value;
  const cell = value as JsonObject;
  if (cell.cell_type === "heading") {
    const { level, source, ...rest } = cell;
    const text = joinText(source ?? "");
    const hashes = "#".repeat(typeof level === "number" ? Math.min(6, Math.max(1, Math.floor(level))) : 1);
    const line = typeof text === "string" ? text.split(/\r\n|\r|\n/u).join(" ") : "";
    return { ...rest, cell_type: "markdown", source: `${hashes} ${line}` };
  }
  if (cell.cell_type === "html") return { ...cell, cell_type: "markdown" };
  if (cell.cell_type !== "code") return cell;
  const { input, prompt_number, language: _language, collapsed, outputs, metadata, ...rest } = cell;
  return {
    ...rest,
    metadata: {
      ...(isObject(metadata) && (metadata as JsonObject)),
      ...(collapsed !== undefined && { collapsed }),
    },
    source: input ?? rest.source ?? "",
    execution_count: prompt_number ?? null,
    outputs: Array.isArray(outputs) ? outputs.map(upgradeOutput) : (outputs ?? []),
  };
}

function upgradeOutput(value: Json): Json {
  if (!isObject(value)) return value;
  const output = value as JsonObject;
  switch (output.output_type) {
    case "pyout":
    case "display_data": {
      const data = Object.entries(output).filter(([key]) => !NOT_DATA.has(key));
      const metadata = isObject(output.metadata) ? Object.entries(output.metadata as JsonObject) : [];
      return {
        ...(output.output_type === "pyout"
          ? { output_type: "execute_result", execution_count: output.prompt_number ?? null }
          : { output_type: "display_data" }),
        metadata: Object.fromEntries(metadata.map(([key, item]) => [MIME_TYPES.get(key) ?? key, item])),
        data: Object.fromEntries(data.map(([key, item]) => upgradeDatum(key, item ?? null))),
      };
    }
    case "pyerr":
      return { ...output, output_type: "error" };
    case "stream": {
      const { stream, ...rest } = output;
      return { ...rest, name: stream ?? "stdout" };
    }
    default:
      return output;
  }
}

/** JSON was text in format 3. */
function upgradeDatum(key: string, item: Json): [string, Json] {
  const type = MIME_TYPES.get(key) ?? key;
  const text = joinText(item);
  if (type !== "application/json" || typeof text !== "string") return [type, item];
  try {
    return [type, JSON.parse(text) as Json];
  } catch {
    // Not JSON after all: what was there is kept as the text that it is.
    return [type, text];
  }
}
