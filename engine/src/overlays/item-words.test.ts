import type { PointsLayer, Rows, ShapesLayer, TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, it } from "vitest";
import type { Feature, Table } from "../data/table.ts";
import { emptyTable } from "../model/columns.ts";
import { applyItems } from "../model/items.ts";
import { tableLayer } from "../model/table-layers.ts";
import { defaultDims } from "../model/view.ts";
import { formatted, itemText } from "./item-text.ts";
import { hasWords, itemWords } from "./item-words.ts";

const features: Table["features"] = new Map<string, Feature>([
  ["name", { data: Uint32Array.of(0, 1, 2), categories: ["a", "b", "c"] }],
  ["score", { data: Float64Array.of(0.5, 12345.678, Number.NaN) }],
]);

function layerOf<L extends PointsLayer | ShapesLayer | TracksLayer>(
  type: L["type"],
  ndim: number,
  rows: Rows,
  changes: Partial<L>,
): { layer: L; table: Table } {
  const source = { id: "items", version: 0, table: emptyTable(type, ndim) };
  const made = tableLayer("items", source, { type, name: "items" }) as L;
  const inserted = applyItems(source.table, made, { op: "items.insert", id: "items", rows });
  const table = { ...inserted.table, features };
  const full = tableLayer("items", { ...source, table }, { type, name: "items" }) as L;
  return { layer: { ...full, ...changes }, table };
}

const text = {
  ...{ string: "{name}", visible: true, color: [1, 0, 0, 1], size: 12, scaling: false, anchor: "center" },
  ...{ translation: [], rotation: 0 },
} satisfies PointsLayer["text"];

describe("the words of an item", () => {
  const { table } = layerOf<PointsLayer>(
    "points",
    2,
    { count: 3, columns: { position: [0, 0, 1, 1, 2, 2] }, features: {} },
    {},
  );

  it("are a feature, words with features in braces, or the same for all", () => {
    expect([0, 1, 2].map(itemText("name", table))).toEqual(["a", "b", "c"]);
    expect(itemText("{name}: {score:.2f}", table)(0)).toBe("a: 0.50");
    expect(itemText("cell", table)(1)).toBe("cell");
    expect(itemText("{{{name}}}", table)(1)).toBe("{b}");
    expect(itemText("{missing}", table)(0)).toBe("{missing}");
    expect(itemText("{score}", table)(2)).toBe("nan");
  });

  it("have numbers in Python's formats", () => {
    const formats = [".1f", ",.0f", "08.2f", ".2e", ".3g", "d", ".1%", "", ">nonsense"];
    expect(formats.map((format) => formatted(12345.678, format))).toEqual([
      ...["12345.7", "12,346", "12345.68", "1.23e+04", "12300", "12346", "1234567.8%", "12345.7", "12345.7"],
    ]);
    expect(formatted(7, "03d")).toBe("007");
    expect(formatted(Number.NEGATIVE_INFINITY, ".2f")).toBe("-inf");
  });
});

describe("words at items", () => {
  it("are at the points of the slice, moved by the translation", () => {
    const rows = { count: 3, columns: { position: [0, 1, 2, 1, 3, 4, 1, 5, 6] }, features: {} };
    const { layer, table } = layerOf<PointsLayer>("points", 3, rows, {
      text: { ...text, translation: [10, 100] },
    });
    const dims = defaultDims({ revision: 0, title: "", layers: [layer] });
    const source = { id: "items", version: 1, table };
    const words = itemWords(layer, 4, source, { ...dims, point: [1, 0, 0] });
    expect(words?.texts).toEqual(["b", "c"]);
    expect([...(words?.points ?? [])]).toEqual([0, 13, 104, 0, 15, 106]);
    expect([words?.layer, words?.color]).toEqual([4, "rgb(255 0 0 / 1)"]);
    expect(itemWords(layer, 0, source, { ...dims, point: [7, 0, 0] })).toBeUndefined();
    expect(hasWords(layer)).toBe(true);
    expect(hasWords({ ...layer, text: { ...text, string: "" } })).toBe(false);
    expect(hasWords({ ...layer, visible: false })).toBe(false);
  });

  it("are in the middle of a shape, or at the corner that the anchor names", () => {
    const rows = {
      ...{ count: 1, lengths: [4], features: {} },
      columns: { vertices: [2, 3, 2, 9, 6, 9, 6, 3], shape_type: [0] },
    };
    const place = (anchor: ShapesLayer["text"]["anchor"]) => {
      const { layer, table } = layerOf<ShapesLayer>("shapes", 2, rows, { text: { ...text, anchor } });
      const dims = defaultDims({ revision: 0, title: "", layers: [layer] });
      return [...(itemWords(layer, 0, { id: "items", version: 1, table }, dims)?.points ?? [])];
    };
    expect(place("center")).toEqual([0, 4, 6]);
    expect(place("upper_left")).toEqual([0, 2, 3]);
    expect(place("lower_right")).toEqual([0, 6, 9]);
  });

  it("are the numbers of the tracks that are somewhere now", () => {
    const rows = {
      ...{ count: 4, features: {} },
      columns: { id: [1, 1, 2, 2], position: [0, 5, 5, 1, 6, 6, 1, 8, 8, 2, 9, 9] },
    };
    const { layer, table } = layerOf<TracksLayer>("tracks", 3, rows, { display_id: true });
    const dims = defaultDims({ revision: 0, title: "", layers: [layer] });
    const at = (time: number) =>
      itemWords(layer, 0, { id: "items", version: 1, table }, { ...dims, point: [time, 0, 0] })?.texts;
    expect(at(0)).toEqual(["1"]);
    expect(at(1)).toEqual(["1", "2"]);
    expect(at(9)).toBeUndefined();
  });
});
