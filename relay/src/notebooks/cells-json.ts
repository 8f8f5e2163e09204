/** Cells as simple clients have them: {id, type, content, output, execution_count}, with output as text. */
import type { CellInput } from "@eyepiece/protocol/notebook/document.ts";
import {
  CELL_TYPES,
  type Notebook,
  type NotebookOutput,
  toNotebook,
  toOutputs,
} from "@eyepiece/protocol/notebook/nbformat.ts";
import * as v from "valibot";

/** A cell as it is answered. */
export interface CellJson {
  readonly id: string;
  readonly type: string;
  readonly content: string;
  readonly output: string | null;
  readonly execution_count: number | null;
}

const Source = v.union([v.string(), v.array(v.string())]);

/** A cell as it is sent: also with the names that nbformat has. */
export const CellBody = v.looseObject({
  id: v.optional(v.string()),
  type: v.optional(v.picklist(CELL_TYPES)),
  cell_type: v.optional(v.picklist(CELL_TYPES)),
  content: v.optional(Source),
  source: v.optional(Source),
  metadata: v.optional(v.record(v.string(), v.unknown())),
  /** Text, or outputs of nbformat. Absent: as it is; null or empty: none. */
  output: v.optional(v.unknown()),
  outputs: v.optional(v.array(v.unknown())),
  execution_count: v.optional(v.nullable(v.number())),
});

/** What a sent cell says of its outputs; undefined where it says nothing, null where there shall be none. */
export interface SentOutputs {
  readonly text: string | undefined;
  readonly outputs: readonly NotebookOutput[];
  readonly execution_count: number | null;
}

/** The cells of a notebook. */
export function cellsJson(notebook: Notebook): CellJson[] {
  return notebook.cells.map(({ id, cell_type, source, outputs, execution_count }) => ({
    id,
    type: cell_type,
    content: source,
    output: outputs && outputs.length > 0 ? outputText(outputs) : null,
    execution_count: execution_count ?? null,
  }));
}

/** The text of outputs: of pictures and tables what stands in for them. */
export function outputText(outputs: readonly NotebookOutput[]): string {
  return outputs
    .map((output) => {
      if (output.output_type === "stream") return asText(output.text);
      if (output.output_type === "error") {
        const trace = Array.isArray(output.traceback) ? output.traceback.join("\n") : "";
        return (trace || `${asText(output.ename)}: ${asText(output.evalue)}`).replaceAll(
          /\p{Cc}\[[0-9;]*m/gu,
          "",
        );
      }
      const data = output.data;
      return typeof data === "object" && data !== null && "text/plain" in data
        ? asText(data["text/plain"])
        : "";
    })
    .filter((text) => text !== "")
    .map((text) => (text.endsWith("\n") ? text : `${text}\n`))
    .join("");
}

/** A sent cell for the document. */
export function toCell(body: v.InferOutput<typeof CellBody>): CellInput {
  const source = body.content ?? body.source ?? "";
  return {
    id: body.id,
    cell_type: body.type ?? body.cell_type ?? "code",
    source: typeof source === "string" ? source : source.join(""),
    metadata: body.metadata as CellInput["metadata"],
  };
}

/** What a sent cell says of its outputs. @throws NotebookError */
export function sentOutputs(body: v.InferOutput<typeof CellBody>): SentOutputs | null | undefined {
  const sent = body.outputs ?? body.output;
  const execution_count = body.execution_count ?? null;
  if (sent === undefined) return undefined;
  if (sent === null || sent === "" || (Array.isArray(sent) && sent.length === 0)) return null;
  if (Array.isArray(sent)) return { text: undefined, outputs: toOutputs(sent, "A cell"), execution_count };
  if (typeof sent !== "string") return undefined;
  const text = sent.toWellFormed();
  return { text, outputs: [{ output_type: "stream", name: "stdout", text }], execution_count };
}

/** A notebook of sent cells. @throws NotebookError */
export function cellsNotebook(bodies: readonly v.InferOutput<typeof CellBody>[]): Notebook {
  const cells = bodies.map((body) => {
    const { id, cell_type, source, metadata } = toCell(body);
    const cell = { id, cell_type, source, metadata };
    const { outputs = [], execution_count = null } = sentOutputs(body) ?? {};
    return cell_type === "code" ? { ...cell, outputs, execution_count } : cell;
  });
  return toNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
