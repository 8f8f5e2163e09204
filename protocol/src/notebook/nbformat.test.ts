import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NotebookError, parseNotebook, serialiseNotebook, toNotebook } from "./nbformat.ts";
import { everything, notebooks } from "./testing/arbitrary.ts";

describe("reading", () => {
  test("joins lines, keeps what it does not know, and writes files as Jupyter does", () => {
    const text = serialiseNotebook(parseNotebook(JSON.stringify(everything)));
    const read = JSON.parse(text) as typeof everything;
    expect(read).toEqual(everything);
    expect(text.startsWith('{\n "cells": [\n  {\n   "attachments"')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
    expect(serialiseNotebook(parseNotebook(text))).toBe(text);
  });

  test("gives cells ids where they have none, have one twice, or have none that is allowed", () => {
    const cell = (id?: unknown) => ({ cell_type: "raw", metadata: {}, source: "", id });
    const ids = (cells: unknown[]) =>
      toNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }).cells.map(({ id }) => id);
    const made = ids([cell("a"), cell("a"), cell(), cell("with space"), cell(7), cell("b-_9")]);
    expect(new Set(made).size).toBe(6);
    expect([made[0], made[5]]).toEqual(["a", "b-_9"]);
    for (const id of made) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  test("keeps cells of a kind that it does not know", () => {
    const cells = [
      { id: "a", cell_type: "of the future", metadata: {}, payload: [1], source: ["x\n", "y"] },
      { id: "b", cell_type: "heading", metadata: {}, level: 2, source: { not: "text" }, outputs: 3 },
      { id: "c", cell_type: "none", metadata: {} },
      { id: "d", cell_type: "empty", metadata: {}, source: [] },
    ];
    const notebook = { nbformat: 4, nbformat_minor: 99, metadata: {}, cells };
    const read = toNotebook(notebook);
    expect(read.cells.map(({ cell_type, source }) => [cell_type, source])).toEqual([
      ["raw", "x\ny"],
      ["raw", ""],
      ["raw", ""],
      ["raw", ""],
    ]);
    expect(JSON.parse(serialiseNotebook(read))).toEqual(notebook);
  });

  test("upgrades format 3", () => {
    const { cells, metadata, nbformat, nbformat_minor } = toNotebook({
      nbformat: 3,
      nbformat_minor: 0,
      metadata: { name: "old", signature: "sha256:1", kept: 1 },
      worksheets: [
        {
          cells: [
            { cell_type: "heading", level: 2, source: ["Two\n", "lines"] },
            { cell_type: "html", source: "<b>x</b>" },
            {
              cell_type: "code",
              language: "python",
              collapsed: true,
              input: ["print(1)\n", "2"],
              prompt_number: 7,
              outputs: [
                { output_type: "stream", stream: "stderr", text: ["a\n", "b"] },
                {
                  output_type: "pyout",
                  prompt_number: 7,
                  text: "2",
                  html: ["<i>", "2</i>"],
                  json: '{"a": [1]}',
                },
                { output_type: "display_data", png: "aGk=", metadata: { png: { width: 3 } } },
                { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
              ],
            },
          ],
        },
        { cells: [{ cell_type: "markdown", source: "second sheet" }] },
      ],
    });
    expect([nbformat, nbformat_minor]).toEqual([4, 5]);
    expect(metadata).toEqual({ kept: 1, orig_nbformat: 3, orig_nbformat_minor: 0 });
    expect(cells.map(({ cell_type, source }) => [cell_type, source])).toEqual([
      ["markdown", "## Two lines"],
      ["markdown", "<b>x</b>"],
      ["code", "print(1)\n2"],
      ["markdown", "second sheet"],
    ]);
    expect(cells[2]).toMatchObject({
      execution_count: 7,
      metadata: { collapsed: true },
      outputs: [
        { output_type: "stream", name: "stderr", text: "a\nb" },
        {
          output_type: "execute_result",
          execution_count: 7,
          metadata: {},
          data: { "text/plain": "2", "text/html": "<i>2</i>", "application/json": { a: [1] } },
        },
        {
          output_type: "display_data",
          data: { "image/png": "aGk=" },
          metadata: { "image/png": { width: 3 } },
        },
        { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
      ],
    });
  });

  test.each([
    ["", "not JSON"],
    ["[]", "not a JSON object"],
    ['{"a": 1}', "which version"],
    ['{"nbformat": 1}', "versions 2 to 4"],
    ['{"nbformat": 5, "cells": []}', "versions 2 to 4"],
    ['{"nbformat": 4}', "no list of cells"],
    ['{"nbformat": 4, "cells": [3]}', "Cell 1"],
    ['{"nbformat": 4, "cells": [{"cell_type": 7}]}', "Cell 1"],
    ['{"nbformat": 4, "cells": [{"cell_type": "raw", "source": 3}]}', "source"],
    ['{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": [1]}]}', "output"],
    [`{"nbformat": 4, "cells": [], "metadata": ${"[".repeat(5000)}${"]".repeat(5000)}}`, "nested deeper"],
  ])("refuses %j with a sentence", (text, sentence) => {
    expect(() => parseNotebook(text)).toThrow(NotebookError);
    expect(() => parseNotebook(text)).toThrow(sentence);
  });

  test("of 10,000 malformed documents throws NotebookError or reads a notebook that can be written and read again", () => {
    const seeds = [JSON.stringify(everything), '{"nbformat":3,"worksheets":[{"cells":[{}]}]}'];
    const cut = fc
      .tuple(
        fc.constantFrom(...seeds),
        fc.nat(4000),
        fc.nat(20),
        fc.constantFrom("", "{", "]", "null", "1e999", '"\\ud800"', "[[", '"', ",", '{"__proto__":{"a":1}}'),
      )
      .map(([text, at, length, by]) => text.slice(0, at) + by + text.slice(at + length));
    const replaced = fc.tuple(fc.nat(200), fc.json(), fc.constantFrom(...seeds)).map(([at, value, seed]) => {
      let index = 0;
      return JSON.stringify(JSON.parse(seed), (_key, old: unknown) =>
        index++ === at ? (JSON.parse(value) as unknown) : old,
      );
    });
    const loose = fc
      .record(
        {
          nbformat: fc.oneof(fc.constantFrom(2, 3, 4), fc.jsonValue()),
          nbformat_minor: fc.jsonValue(),
          metadata: fc.jsonValue(),
          cells: fc.oneof(
            fc.array(
              fc.record(
                {
                  cell_type: fc.constantFrom("code", "raw", "markdown"),
                  source: fc.jsonValue(),
                  outputs: fc.jsonValue(),
                  metadata: fc.jsonValue(),
                  attachments: fc.jsonValue(),
                },
                { requiredKeys: [] },
              ),
            ),
            fc.jsonValue(),
          ),
        },
        { requiredKeys: ["nbformat"] },
      )
      .map((value) => JSON.stringify(value));
    let readable = 0;
    fc.assert(
      fc.property(fc.oneof(cut, replaced, loose, fc.json(), fc.string()), (text) => {
        try {
          const notebook = parseNotebook(text);
          readable++;
          expect(parseNotebook(serialiseNotebook(notebook))).toEqual(notebook);
        } catch (cause) {
          if (!(cause instanceof NotebookError)) throw cause;
          expect(cause.message).toMatch(/\.$/);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(readable).toBeGreaterThan(100);
  }, 120_000);
});

test("any notebook is the same after it was written and read", () => {
  fc.assert(
    fc.property(notebooks, (notebook) => {
      expect(parseNotebook(serialiseNotebook(notebook))).toEqual(notebook);
    }),
    { numRuns: 300 },
  );
});
