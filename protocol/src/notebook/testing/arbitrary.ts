/** For tests: notebooks of all kinds. */
import fc from "fast-check";
import type { JsonObject } from "../json.ts";
import { isJsonType, type Notebook, type NotebookCell } from "../nbformat.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("a\n", "import numpy\n", "\r\n", "😀", "𝔘\n", "# π", "\n", "\u2028"))
    .map((parts) => parts.join("")),
);
const json = fc.jsonValue({ depthSize: "small" }).map((value) => withoutProto(value));
const object = fc
  .dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 4 })
  .map((value) => withoutProto(value) as JsonObject);

/** fast-check likes this key; reading drops it. -0 is 0 in JSON. */
function withoutProto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProto);
  if (Object.is(value, -0)) return 0;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutProto(item)]));
}

const types = fc.constantFrom(
  "text/plain",
  "text/html",
  "image/png",
  "application/json",
  "application/vnd.x+json",
  "image/svg+xml",
);
const bundle = fc
  .uniqueArray(fc.tuple(types, text, json), { selector: ([type]) => type, maxLength: 4 })
  .map((entries) =>
    Object.fromEntries(entries.map(([type, string, value]) => [type, isJsonType(type) ? value : string])),
  );
const output = fc.oneof(
  fc.record({ output_type: fc.constant("stream"), name: fc.constantFrom("stdout", "stderr"), text }),
  fc.record({ output_type: fc.constant("display_data"), data: bundle, metadata: object }),
  fc.record({
    output_type: fc.constant("execute_result"),
    data: bundle,
    metadata: object,
    execution_count: fc.nat(),
  }),
  fc.record({ output_type: fc.constant("error"), ename: text, evalue: text, traceback: fc.array(text) }),
  fc.record({ output_type: fc.constant("of_the_future"), what: json }),
);

const KNOWN = new Set([
  "id",
  "cell_type",
  "source",
  "metadata",
  "attachments",
  "outputs",
  "execution_count",
  "nbformat",
  "nbformat_minor",
  "cells",
]);
const unknown = object.map((value) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !KNOWN.has(key))),
);
const common = fc.record(
  {
    source: text,
    metadata: object,
    attachments: fc.dictionary(fc.constantFrom("a.png", "b"), bundle),
    extra: unknown,
  },
  { requiredKeys: ["source", "metadata", "extra"] },
);

/** Cells without their id. */
export const cells: fc.Arbitrary<Omit<NotebookCell, "id">> = fc
  .tuple(
    common,
    fc.constantFrom("code", "markdown", "raw"),
    fc.array(output, { maxLength: 3 }),
    fc.option(fc.nat()),
  )
  .map(([{ extra, ...cell }, cell_type, outputs, execution_count]) => ({
    ...extra,
    ...cell,
    cell_type,
    ...(cell_type === "code" && { outputs, execution_count }),
  })) as fc.Arbitrary<Omit<NotebookCell, "id">>;

/** Whole notebooks. */
export const notebooks: fc.Arbitrary<Notebook> = fc
  .tuple(fc.array(cells, { maxLength: 8 }), object, unknown, fc.constantFrom(5, 6, 99))
  .map(([list, metadata, extra, nbformat_minor]) => ({
    ...extra,
    nbformat: 4 as const,
    nbformat_minor,
    metadata,
    cells: list.map((cell, index) => ({ ...cell, id: `cell-${index}` }) as NotebookCell),
  }));

/** One notebook, as a file has it, with what the format can say: every kind of cell and output, attachments, unknown members. */
export const everything = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
    language_info: { name: "python", version: "3.12", codemirror_mode: { name: "ipython", version: 3 } },
    authors: [{ name: "Ada" }],
    widgets: { "application/vnd.jupyter.widget-state+json": { state: { a: { model: ["x", "y"] } } } },
  },
  made_by: { a_program: ["of the future", 1.5, null] },
  cells: [
    {
      id: "title",
      cell_type: "markdown",
      metadata: { slideshow: { slide_type: "slide" }, tags: ["intro"] },
      source: ["# Title\n", "\n", "![p](attachment:p.png)"],
      attachments: { "p.png": { "image/png": "aGVsbG8=" } },
      unknown_member: [1, { two: "three" }],
    },
    { id: "raw-1", cell_type: "raw", metadata: { format: "text/latex" }, source: ["\\LaTeX"] },
    {
      id: "run",
      cell_type: "code",
      execution_count: 12,
      metadata: {
        collapsed: false,
        jupyter: { outputs_hidden: true },
        execution: { "iopub.status.busy": "2026-01-01T00:00:00Z" },
      },
      source: ["for i in range(3):\n", "    print(i)  # 😀"],
      outputs: [
        { output_type: "stream", name: "stdout", text: ["0\n", "1\n", "2\n"] },
        { output_type: "stream", name: "stderr", text: ["warning"] },
        {
          output_type: "execute_result",
          execution_count: 12,
          metadata: { "image/png": { width: 640, height: 480 } },
          data: {
            "text/plain": ["<Figure>\n", "second line"],
            "text/html": ["<table>\n", "</table>"],
            "image/png": "iVBORw0KGgo=",
            "image/svg+xml": ["<svg>\n", "</svg>"],
            "application/json": { list: ["not\n", "joined"], n: null },
            "application/vnd.vegalite.v5+json": ["a", "b"],
          },
        },
        {
          output_type: "display_data",
          metadata: { isolated: true },
          data: { "application/javascript": ["let a = 1;\n", "a"] },
        },
        {
          output_type: "error",
          ename: "ValueError",
          evalue: "no",
          traceback: ["\u001b[31mValueError\u001b[0m: no"],
        },
        { output_type: "of_the_future", payload: { deep: [[[1]]] } },
      ],
    },
    { id: "never-run", cell_type: "code", execution_count: null, metadata: {}, source: [], outputs: [] },
    {
      id: "ran-quietly",
      cell_type: "code",
      execution_count: 13,
      metadata: {},
      source: ["x = 1"],
      outputs: [],
    },
  ],
};
