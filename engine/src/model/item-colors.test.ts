import type { ItemColors } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import type { Table } from "../data/table.ts";
import { DIRECT } from "./defaults.ts";
import { itemColors } from "./item-colors.ts";

const own = Float32Array.of(1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1);
const table: Table = {
  count: 4,
  columns: new Map([["face_color", { width: 4, data: own }]]),
  features: new Map([
    ["kind", { data: Uint32Array.of(2, 0, 2, 1), categories: ["a", "b", "c"] }],
    ["score", { data: Float64Array.of(0, 5, 10, Number.NaN) }],
  ]),
};
const rule = (changes: Partial<ItemColors>): ItemColors => ({ ...DIRECT, ...changes });
const rows = (colors: Float32Array) =>
  Array.from({ length: 4 }, (_, i) => [...colors.subarray(i * 4, i * 4 + 4)]);

test("direct colours are the column itself", () => {
  expect(itemColors(table, "face_color", DIRECT)).toBe(own);
  expect(rows(itemColors(table, "nothing", DIRECT))[0]).toEqual([1, 1, 1, 1]);
  expect(itemColors(table, "face_color", rule({ mode: "cycle", feature: "gone" }))).toBe(own);
});

test("a cycle gives its colours in the order in which values first appear, and starts again", () => {
  const cycled = itemColors(
    table,
    "face_color",
    rule({
      mode: "cycle",
      feature: "kind",
      cycle: [
        [1, 0, 0, 1],
        [0, 0, 1, 1],
      ],
    }),
  );
  expect(rows(cycled)).toEqual([
    [1, 0, 0, 1],
    [0, 0, 1, 1],
    [1, 0, 0, 1],
    [1, 0, 0, 1],
  ]);
  // The same rule for the same table is not computed again.
  const again = rule({
    mode: "cycle",
    feature: "kind",
    cycle: [
      [1, 0, 0, 1],
      [0, 0, 1, 1],
    ],
  });
  expect(itemColors(table, "face_color", again)).toBe(cycled);
});

test("a colormap goes from the least to the greatest value, or between limits", () => {
  const gray = {
    name: "gray",
    colors: [
      [0, 0, 0, 1],
      [1, 1, 1, 1],
    ] as [number, number, number, number][],
    controls: [0, 1],
    interpolation: "linear" as const,
  };
  const mapped = rule({ mode: "colormap", feature: "score", colormap: gray });
  expect(rows(itemColors(table, "face_color", mapped)).map(([r]) => r)).toEqual([0, 0.5, 1, 0]);
  const limited = rule({ ...mapped, contrast_limits: [5, 15] });
  expect(rows(itemColors(table, "face_color", limited)).map(([r]) => r)).toEqual([0, 0, 0.5, 0]);
});
