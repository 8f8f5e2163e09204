import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { diffNotebooks } from "./diff.ts";
import * as document from "./document.ts";
import type { Notebook } from "./nbformat.ts";
import { parseNotebook, serialiseNotebook } from "./nbformat.ts";
import { cells as arbitraryCells, everything, notebooks } from "./testing/arbitrary.ts";
import { setText, textSplices } from "./text.ts";

/** A document of a notebook, with its outputs beside. */
function documentOf(notebook: Notebook): { doc: Y.Doc; read: (doc?: Y.Doc) => Notebook } {
  const doc = new Y.Doc();
  const runs = new Map<string, document.ExecutionOutputs>();
  document.writeDocument(doc, notebook, (_cell, outputs, execution_count) => {
    const id = `run-${runs.size}`;
    runs.set(id, { outputs, execution_count });
    return { id, node: "" };
  });
  return { doc, read: (other = doc) => document.readDocument(other, (id) => runs.get(id)) };
}

const withCells = (...sources: string[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const [index, source] of sources.entries())
    document.insertCell(doc, { type: "code", source, id: `c${index}` });
  return doc;
};
const sources = (doc: Y.Doc) => document.orderedCells(doc).map(({ source }) => source.toString());
const ids = (doc: Y.Doc) => document.orderedCells(doc).map(({ id }) => id);

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function merge(a: Y.Doc, b: Y.Doc): void {
  const [forA, forB] = [Y.encodeStateAsUpdate(b), Y.encodeStateAsUpdate(a)];
  Y.applyUpdate(a, forA);
  Y.applyUpdate(b, forB);
}

describe("a notebook in a document", () => {
  test("comes out as it went in, over the wire too", () => {
    fc.assert(
      fc.property(notebooks, (notebook) => {
        const { doc, read } = documentOf(notebook);
        expect(read(copyOf(doc))).toEqual(notebook);
      }),
      { numRuns: 300 },
    );
    const { doc, read } = documentOf(parseNotebook(JSON.stringify(everything)));
    expect(JSON.parse(serialiseNotebook(read(copyOf(doc))))).toEqual(everything);
  });

  test("holds no outputs", () => {
    const { doc } = documentOf(parseNotebook(JSON.stringify(everything)));
    const bytes = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("latin1");
    expect(bytes).toContain("run-0");
    expect(bytes).not.toContain("iVBORw0KGgo=");
  });

  test("is read whatever peers wrote into it", () => {
    const odd = fc
      .tuple(fc.constantFrom("json", "type", "text", "map", "list"), fc.jsonValue())
      .map(([kind, json]) => () => {
        const value = json as never;
        if (kind === "text") return new Y.Text(JSON.stringify(value));
        if (kind === "map") return new Y.Map([["x", value]]);
        if (kind === "list") return Y.Array.from([value]);
        return kind === "type" ? "code" : value;
      });
    const keys = ["id", "cell_type", "source", "metadata", "position", "execution", "attachments", "extra"];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.dictionary(fc.constantFrom(...keys), odd))),
        fc.dictionary(fc.constantFrom("metadata", "nbformat_minor", "extra"), odd),
        (cells, own) => {
          const doc = withCells("a", "b");
          doc.transact(() => {
            for (const [id, entries] of cells)
              document
                .cellsOf(doc)
                .set(id, new Y.Map(Object.entries(entries).map(([key, make]) => [key, make()])));
            for (const [key, make] of Object.entries(own)) document.notebookOf(doc).set(key, make());
          });
          const read = document.readDocument(copyOf(doc), () => undefined);
          serialiseNotebook(read);
          document.moveCells(doc, ["c1"], undefined);
          document.insertCell(doc, { type: "raw", after: "c0" });
          document.applyCells(doc, [{ id: "c0", cell_type: "raw", source: "left" }]);
          expect(sources(doc)).toEqual(["left"]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("operations", () => {
  test("insert before, after and at the end", () => {
    const doc = withCells("a", "b");
    const id = document.insertCell(doc, { type: "markdown", source: "x", after: "c0" });
    document.insertCell(doc, { type: "raw", source: "y", before: "c0" });
    document.insertCell(doc, { type: "raw", source: "z", after: "nobody" });
    expect(sources(doc)).toEqual(["y", "a", "x", "b", "z"]);
    expect(id).toMatch(/^[a-z0-9]{12}$/);
    document.deleteCells(doc, [id, "nobody"]);
    expect(sources(doc)).toEqual(["y", "a", "b", "z"]);
  });

  test("move several, keeping their order", () => {
    const doc = withCells("a", "b", "c", "d", "e");
    document.moveCells(doc, ["c3", "c1"], undefined);
    expect(sources(doc).join("")).toBe("bdace");
    document.moveCells(doc, ["c1", "c0"], "c4");
    expect(sources(doc).join("")).toBe("dceba");
    document.moveCells(doc, ["c4", "c2"], "c4");
    expect(sources(doc).join("")).toBe("dceba");
    document.moveCells(doc, ["c3"], "nobody");
    expect(sources(doc).join("")).toBe("cebad");
  });

  test("a move changes no other cell", () => {
    const doc = withCells("a", "b", "c");
    const changed = new Set<unknown>();
    document.cellsOf(doc).observeDeep((events) => {
      for (const { target } of events) changed.add(target);
    });
    const moved = document.cellOf(doc, "c2")?.map;
    document.moveCells(doc, ["c2"], "c0");
    expect([...changed]).toEqual([moved]);
  });

  test("split and merge are each other's way back, also between the halves of a character", () => {
    const doc = withCells("one\ntwo😀");
    const below = document.splitCell(doc, "c0", 4) ?? "";
    expect(sources(doc)).toEqual(["one", "two😀"]);
    expect(document.mergeCells(doc, [below, "c0"])).toBe("c0");
    expect(sources(doc)).toEqual(["one\ntwo😀"]);
    document.splitCell(doc, "c0", 8);
    expect(sources(doc)).toEqual(["one\ntwo", "😀"]);
    expect(document.mergeCells(doc, ["c0"])).toBeUndefined();
    expect(document.splitCell(doc, "nobody", 1)).toBeUndefined();
  });

  test("a cell that is no longer code has no outputs", () => {
    const doc = withCells("a");
    document.setExecution(doc, "c0", { id: "r", node: "lab" });
    expect(document.cellOf(doc, "c0")?.execution).toEqual({ id: "r", node: "lab" });
    document.setCellType(doc, "c0", "markdown");
    expect(document.cellOf(doc, "c0")).toMatchObject({ type: "markdown", execution: undefined });
    document.setCellMetadata(doc, "c0", { tags: ["a"], gone: undefined });
    document.setCellMetadata(doc, "c0", { other: 1 });
    expect(document.cellOf(doc, "c0")?.metadata).toEqual({ tags: ["a"], other: 1 });
  });

  test("are undone and redone", () => {
    const doc = withCells("a", "b", "c");
    const me = {};
    const undo = new Y.UndoManager(document.cellsOf(doc), {
      trackedOrigins: new Set([me]),
      captureTimeout: 0,
    });
    doc.transact(() => document.deleteCells(doc, ["c1"]), me);
    doc.transact(() => document.mergeCells(doc, ["c0", "c2"]), me);
    expect(sources(doc)).toEqual(["a\nc"]);
    undo.undo();
    undo.undo();
    expect(sources(doc)).toEqual(["a", "b", "c"]);
    undo.redo();
    expect(sources(doc)).toEqual(["a", "c"]);
  });
});

type Step = (doc: Y.Doc) => void;
const pick = (doc: Y.Doc, at: number): string => {
  const all = ids(doc);
  return all[at % Math.max(1, all.length)] ?? "none";
};
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat(9), fc.string()).map(
    ([at, source]): Step =>
      (doc) =>
        document.insertCell(doc, { type: "code", source, after: pick(doc, at) }),
  ),
  fc.nat(9).map(
    (at): Step =>
      (doc) =>
        document.deleteCells(doc, [pick(doc, at)]),
  ),
  fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map(
    ([a, b, to]): Step =>
      (doc) =>
        document.moveCells(doc, [pick(doc, a), pick(doc, b)], pick(doc, to)),
  ),
  fc.tuple(fc.nat(9), fc.nat(5)).map(
    ([at, offset]): Step =>
      (doc) => {
        document.splitCell(doc, pick(doc, at), offset);
      },
  ),
  fc.tuple(fc.nat(9), fc.nat(9)).map(
    ([a, b]): Step =>
      (doc) => {
        document.mergeCells(doc, [pick(doc, a), pick(doc, b)]);
      },
  ),
  fc.tuple(fc.nat(9), fc.string({ unit: "grapheme" })).map(
    ([at, to]): Step =>
      (doc) => {
        const cell = document.cellOf(doc, pick(doc, at));
        if (cell) doc.transact(() => setText(cell.source, to));
      },
  ),
);

test("documents that were changed apart are the same once they meet", () => {
  fc.assert(
    fc.property(fc.array(fc.array(steps, { maxLength: 6 }), { minLength: 2, maxLength: 3 }), (people) => {
      const start = withCells("a", "b\nc", "d", "😀");
      const docs = people.map(() => copyOf(start));
      people.forEach((own, index) => {
        for (const step of own) step(docs[index] as Y.Doc);
      });
      const [first, ...others] = docs as [Y.Doc, ...Y.Doc[]];
      for (const other of others) merge(first, other);
      for (const other of others) merge(first, other);
      const read = (doc: Y.Doc) => document.readDocument(doc, () => undefined);
      for (const other of others) expect(read(other)).toEqual(read(first));
      // What was made at the same place at once can still be taken apart.
      const [a, b] = ids(first);
      if (a && b) {
        const between = document.insertCell(first, { type: "raw", after: a });
        expect(ids(first).slice(0, 3)).toEqual([a, between, b]);
      }
    }),
    { numRuns: 300 },
  );
});

describe("whole cells applied", () => {
  test("give just those cells, whatever was there", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryCells, { maxLength: 6 }),
        fc.array(fc.tuple(arbitraryCells, fc.option(fc.nat(7))), { maxLength: 6 }),
        (before, after) => {
          const doc = new Y.Doc();
          document.applyCells(
            doc,
            before.map((cell, index) => document.toCellInput({ ...cell, id: `c${index}` } as never)),
          );
          const wanted = after.map(([cell, at]) =>
            document.toCellInput({ ...cell, id: at === null ? undefined : `c${at}` } as never),
          );
          document.applyCells(doc, wanted);
          const read = document.readDocument(copyOf(doc), () => undefined).cells;
          expect(read.map(({ cell_type, source }) => [cell_type, source])).toEqual(
            wanted.map(({ cell_type, source }) => [cell_type, source]),
          );
          expect(read.map(({ metadata }) => metadata)).toEqual(wanted.map(({ metadata }) => metadata));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("change nothing where nothing changed, and one cell's place where one moved", () => {
    const doc = withCells("a", "b", "c", "d");
    const before = Y.encodeStateVector(doc);
    const as = (...order: number[]) =>
      order.map((at) => ({ id: `c${at}`, cell_type: "code" as const, source: "abcd"[at] ?? "" }));
    document.applyCells(doc, as(0, 1, 2, 3));
    document.applyCells(
      doc,
      as(0, 1, 2, 3).map(({ id: _, ...cell }) => cell),
    );
    expect(Y.encodeStateVector(doc)).toEqual(before);
    const changed: unknown[] = [];
    document.cellsOf(doc).observeDeep((events) => changed.push(...events.map(({ target }) => target)));
    document.applyCells(doc, as(3, 0, 1, 2));
    expect(changed).toEqual([document.cellOf(doc, "c3")?.map]);
    expect(ids(doc)).toEqual(["c3", "c0", "c1", "c2"]);
  });

  test("keep what somebody types in the same cell meanwhile", () => {
    const doc = withCells("first line\nsecond line\nthird line");
    const other = copyOf(doc);
    document.cellOf(other, "c0")?.source.insert(10, " typed");
    document.applyCells(doc, [
      { id: "c0", cell_type: "code", source: "first line\nsecond LINE\nthird line\nmore" },
    ]);
    merge(doc, other);
    expect(sources(doc)).toEqual(["first line typed\nsecond LINE\nthird line\nmore"]);
  });
});

test("a text is changed to any other by its splices, and surrogate pairs stay whole", () => {
  const units = fc.array(fc.constantFrom("a", "b\n", "\n", "😀", "😁", "𝔘")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(units, units, (from, to) => {
      const doc = new Y.Doc();
      const text = doc.getText("t");
      text.insert(0, from);
      doc.transact(() => setText(text, to));
      expect(copyOf(doc).getText("t").toString()).toBe(to);
      expect(textSplices(to, to)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test("a diff tells what was added, removed, changed and moved", () => {
  const notebook = (cells: [string, string][]) =>
    parseNotebook(
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: cells.map(([id, source]) => ({ id, source, cell_type: "raw", metadata: {} })),
      }),
    );
  const diff = diffNotebooks(
    notebook([
      ["a", "1"],
      ["b", "x\ny\n"],
      ["c", "3"],
      ["d", "4"],
    ]),
    notebook([
      ["d", "4"],
      ["a", "1"],
      ["b", "x\nz\n"],
      ["e", "5"],
    ]),
  );
  expect(diff.cells.map(({ id, kind }) => [id, kind])).toEqual([
    ["d", "moved"],
    ["a", "same"],
    ["b", "changed"],
    ["c", "removed"],
    ["e", "added"],
  ]);
  expect(diff.cells[2]?.lines).toEqual([
    { op: "same", text: "x\n" },
    { op: "removed", text: "y\n" },
    { op: "added", text: "z\n" },
  ]);
  fc.assert(
    fc.property(notebooks, notebooks, (from, to) => {
      const { cells } = diffNotebooks(from, to);
      expect(cells.filter(({ kind }) => kind !== "removed").map(({ id }) => id)).toEqual(
        to.cells.map(({ id }) => id),
      );
      for (const { lines, id } of cells) {
        if (lines.length === 0) continue;
        const side = (skip: string) =>
          lines
            .filter(({ op }) => op !== skip)
            .map(({ text }) => text)
            .join("");
        expect(side("removed")).toBe(to.cells.find((cell) => cell.id === id)?.source ?? "");
        expect(side("added")).toBe(from.cells.find((cell) => cell.id === id)?.source ?? "");
      }
    }),
    { numRuns: 200 },
  );
});
