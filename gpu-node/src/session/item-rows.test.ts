import { insertRows, setRows } from "@eyepiece/engine/data/table-rows.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderedRows, rowsAt } from "./item-rows.ts";
import { orderByKey } from "./order-by-key.ts";

type Value = number | string | null;

function tableOf(scores: readonly (number | null)[], words: readonly string[]) {
  const defaults = new Map([
    ["size", [1]],
    ["symbol", [4]],
    ["face_color", [1, 1, 1, 1]],
    ["border_color", [0, 0, 0, 1]],
    ["border_width", [0]],
    ["shown", [1]],
  ]);
  const position = scores.flatMap((_, i) => [i, i]);
  const plain = { count: scores.length, columns: { position }, features: {} };
  const { table } = insertRows(emptyTable("points", 2), plain, defaults);
  const features: Record<string, Value[]> = { score: [...scores], word: [...words] };
  const all = scores.map((_, i) => i);
  return setRows(table, all, { count: scores.length, columns: {}, features });
}

const question = (changes: object) => ({ sort: "", descending: false, filter: "", ...changes });

test("rows are sorted by numbers and by words, both ways; what is no number comes last", () => {
  const table = tableOf([3, null, 1, 2], ["b", "a", "c", "a"]);
  expect([...orderedRows(table, question({ sort: "score" }))]).toEqual([2, 3, 0, 1]);
  expect([...orderedRows(table, question({ sort: "score", descending: true }))]).toEqual([0, 3, 2, 1]);
  expect([...orderedRows(table, question({ sort: "word" }))]).toEqual([1, 3, 0, 2]);
  expect([...orderedRows(table, question({ sort: "word", descending: true }))]).toEqual([2, 0, 1, 3]);
});

test("filters are words or comparisons; what is not there is named", () => {
  const table = tableOf([3, null, 1, 2], ["bee", "ant", "cat", "ant"]);
  const found = (filter: string) => [...orderedRows(table, question({ filter }))];
  expect(found("score > 1")).toEqual([0, 3]);
  expect(found("score<=2")).toEqual([2, 3]);
  expect(found("word = ant")).toEqual([1, 3]);
  expect(found('word != "ant"')).toEqual([0, 2]);
  expect(found("AN")).toEqual([1, 3]);
  expect(() => orderedRows(table, question({ sort: "none" }))).toThrow("no feature none");
  expect(rowsAt(table, [3, 0]).features).toEqual({ score: [2, 3], word: ["ant", "bee"] });
});

test("an order is all rows, each once, and rises", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      (scores, descending) => {
        const order = [
          ...orderedRows(tableOf(scores, scores.map(String)), question({ sort: "score", descending })),
        ];
        expect([...order].sort((a, b) => a - b)).toEqual(scores.map((_, i) => i));
        const values = order.map((row) => (scores[row] ?? 0) * (descending ? -1 : 1));
        expect(values).toEqual([...values].sort((a, b) => a - b));
      },
    ),
  );
});

test("no filter that somebody types breaks the table", () => {
  const table = tableOf([1, 2], ["a", "b"]);
  fc.assert(
    fc.property(fc.string(), (filter) => {
      expect(orderedRows(table, question({ filter })).length).toBeLessThanOrEqual(2);
    }),
  );
});

test("any numbers are put in order, both ways, equal ones as they were, and what is no number last", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1)), { maxLength: 60 }),
      fc.boolean(),
      (keys, descending) => {
        const rows = Uint32Array.from(keys, (_, i) => i);
        const wanted = [...rows].sort((a, b) => {
          const [x = 0, y = 0] = [keys[a], keys[b]];
          if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
          return x === y ? 0 : (x < y ? -1 : 1) * (descending ? -1 : 1);
        });
        expect([...orderByKey(rows, Float64Array.from(keys), descending)]).toEqual(wanted);
      },
    ),
  );
});
