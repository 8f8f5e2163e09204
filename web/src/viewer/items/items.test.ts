import { insertRows, removeRows } from "@eyepiece/engine/data/table-rows.ts";
import { decodeTable, encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import type { ItemOp } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { followed } from "./choice.ts";
import { CsvError, featureRows, labelRows, readCsv, writeCsv } from "./csv.ts";
import { segmentDistance } from "./geometry.ts";

const rising = (most: number, n: number) =>
  fc.uniqueArray(fc.nat(most), { maxLength: n }).map((all) => all.sort((a, b) => a - b));

/** A table whose items are told apart by their size. */
function tableOf(sizes: readonly number[]) {
  const rows = {
    count: sizes.length,
    columns: { position: sizes.flatMap(() => [0, 0]), size: [...sizes] },
    features: {},
  };
  const rest = new Map([
    ["symbol", [4]],
    ["face_color", [1, 1, 1, 1]],
    ["border_color", [0, 0, 0, 1]],
    ["border_width", [0]],
    ["shown", [1]],
  ]);
  return insertRows(emptyTable("points", 2), rows, rest).table;
}

test("what is chosen stays the same items when rows come and go", () => {
  fc.assert(
    fc.property(rising(19, 8), rising(19, 8), (chosen, gone) => {
      const table = tableOf(Array.from({ length: 20 }, (_, i) => i + 1));
      const op: ItemOp = { op: "items.remove", id: "l", indices: gone };
      const left = removeRows(table, gone).columns.get("size")?.data;
      const names = followed(chosen, op).map((index) => left?.[index]);
      expect(names).toEqual(chosen.filter((index) => !gone.includes(index)).map((index) => index + 1));
      // And back again.
      const rows = { count: gone.length, columns: {}, features: {} };
      const back = followed(followed(chosen, op), { op: "items.insert", id: "l", rows, indices: gone });
      expect(back).toEqual(chosen.filter((index) => !gone.includes(index)));
    }),
  );
});

test("a copy by wire is the table", () => {
  const table = tableOf([1, 2, 3]);
  expect(decodeTable(encodeTable(table))).toEqual(table);
});

test("CSV comes back as it was written, with quotes, commas and lines in it", () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a", " ", "é") }),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 2, maxLength: 2 }), { maxLength: 6 }), (lines) => {
      const text = writeCsv(["one", "two"], lines);
      expect(readCsv(text)).toEqual([["one", "two"], ...lines]);
    }),
  );
});

test("any text is a CSV or is refused with a sentence", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ",", "\n", "1", "x", "i") }),
      fc.nat(4),
      (text, count) => {
        try {
          const { indices, rows } = featureRows(`index,a\n${text}`, count);
          expect(indices.every((index) => index < count)).toBe(true);
          expect(Object.values(rows.features).every((all) => all.length === indices.length)).toBe(true);
        } catch (cause) {
          expect(cause).toBeInstanceOf(CsvError);
        }
      },
    ),
  );
});

test("features go to the items that a CSV names; numbers are numbers", () => {
  const { indices, rows } = featureRows("index,score,kind\n2,0.5,a\n0,,b\n", 3);
  expect(indices).toEqual([0, 2]);
  expect(rows.features).toEqual({ score: [null, 0.5], kind: ["b", "a"] });
  expect(() => featureRows("score\n1\n", 3)).toThrow("1 lines for 3 items");
  expect(() => featureRows("index,score\n7,1\n", 3)).toThrow("names the item 7");
});

test("the distance to a segment is that to its nearest place", () => {
  expect(segmentDistance([1, 1], [0, 0], [0, 2])).toEqual({ distance: 1, along: 0.5 });
  expect(segmentDistance([3, 4], [0, 0], [0, 0])).toEqual({ distance: 5, along: 0 });
});

test("a CSV tells of labels: by their numbers, or by the row", () => {
  expect(labelRows("area,index,kind\n1.5,7,round\n,3,long\n")).toEqual({
    labels: [7, 3],
    rows: { count: 2, columns: {}, features: { area: [1.5, null], kind: ["round", "long"] } },
  });
  expect(labelRows("area\n1\n2\n").labels).toEqual([0, 1]);
  expect(() => labelRows("index,area\n7,1\n7,2\n")).toThrow("names a label twice");
  expect(() => labelRows("index,area\nx,1\n")).toThrow("Line 2 of the CSV has no whole number");
  expect(() => labelRows("index\n1\n")).toThrow(CsvError);
});
