import type { ItemOp, Rows } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyItems } from "../model/items.ts";
import { tableInfo, tableLayer } from "../model/table-layers.ts";
import { columnExtent, type Table, TableError, tableBytes } from "./table.ts";
import { featureOf, insertRows, removeRows, setRows, takeRows } from "./table-rows.ts";
import { decodeTable, encodeTable } from "./table-wire.ts";

/** Shapes with i % 4 + 1 vertices, a number and a word each. */
function shapes(count: number): Table {
  const lengths = Array.from({ length: count }, (_, i) => (i % 4) + 1);
  const offsets = Uint32Array.from([0, ...lengths]);
  for (let i = 1; i <= count; i++) offsets[i] = (offsets[i] ?? 0) + (offsets[i - 1] ?? 0);
  const total = offsets[count] ?? 0;
  return {
    count,
    columns: new Map([
      ["vertices", { width: 2, data: Float64Array.from({ length: total * 2 }, (_, i) => i / 2), offsets }],
      ["edge_width", { width: 1, data: Float32Array.from({ length: count }, (_, i) => i) }],
      ["edge_color", { width: 4, data: new Float32Array(4 * count).fill(0.5) }],
      ["face_color", { width: 4, data: new Float32Array(4 * count).fill(0.25) }],
      ["shape_type", { width: 1, data: new Uint8Array(count).fill(4) }],
      ["z_index", { width: 1, data: Int32Array.from({ length: count }, (_, i) => -i) }],
    ]),
    features: new Map([
      ["score", featureOf(Array.from({ length: count }, (_, i) => i / 3))],
      ["kind", featureOf(Array.from({ length: count }, (_, i) => (i % 2 === 0 ? "even" : "odd")))],
    ]),
  };
}

/** Rows as JSON say all that there is to say of a table. */
const all = (table: Table): Rows =>
  takeRows(
    table,
    Array.from({ length: table.count }, (_, i) => i),
  );

const some = (count: number): fc.Arbitrary<number[]> =>
  count === 0
    ? fc.constant([])
    : fc.uniqueArray(fc.nat({ max: count - 1 })).map((rows) => rows.sort((a, b) => a - b));

describe("rows of a table", () => {
  it("come back where they were taken out, whichever they are", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }).chain((count) => fc.tuple(fc.constant(count), some(count))),
        ([count, indices]) => {
          const table = shapes(count);
          const taken = takeRows(table, indices);
          const less = removeRows(table, indices);
          expect(less.count).toBe(count - indices.length);
          expect(all(insertRows(less, taken, new Map(), indices).table)).toEqual(all(table));
        },
      ),
    );
  });

  it("leave the others alone when they change, rows of unequal length too", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }).chain((count) => fc.tuple(fc.constant(count), some(count))),
        ([count, indices]) => {
          const table = shapes(count);
          const rows: Rows = {
            count: indices.length,
            lengths: indices.map(() => 3),
            columns: {
              vertices: indices.flatMap((i) => [i, 0, 0, i, i, i]),
              z_index: indices.map(() => 7),
            },
            features: { kind: indices.map(() => "new"), extra: indices.map((i) => i) },
          };
          const changed = setRows(table, indices, rows);
          if (indices.length > 0) expect(takeRows(changed, indices, rows)).toEqual(rows);
          const others = Array.from({ length: count }, (_, i) => i).filter((i) => !indices.includes(i));
          const { extra, ...known } = takeRows(changed, others).features;
          expect(extra ?? []).toEqual(
            indices.length > 0 || count === 0 ? others.map(() => null) : (extra ?? []),
          );
          expect({ ...takeRows(changed, others), features: known }).toEqual(takeRows(table, others));
        },
      ),
    );
  });

  it("are refused when they do not fit, and the table stays", () => {
    const table = shapes(3);
    const before = all(table);
    const rows: Rows = { count: 1, columns: { vertices: [1, 2, 3] }, lengths: [1], features: {} };
    expect(() => insertRows(table, rows, new Map())).toThrow(TableError);
    expect(() => removeRows(table, [3])).toThrow("There is no row 3 among 3");
    expect(() => removeRows(table, [1, 1])).toThrow("rising");
    expect(() => setRows(table, [0], { count: 1, columns: { size: [1] }, features: {} })).toThrow("no size");
    expect(all(table)).toEqual(before);
  });
});

describe("operations on items", () => {
  it("are taken back by their inverse", () => {
    const table = shapes(6);
    const layer = tableLayer("l", { id: "s", version: 0, table }, { type: "shapes" });
    const ops: ItemOp[] = [
      { op: "items.remove", id: "l", indices: [0, 3, 5] },
      {
        op: "items.set",
        id: "l",
        indices: [1, 2],
        rows: { count: 1, columns: { edge_width: [9] }, features: {} },
      },
      {
        op: "items.insert",
        id: "l",
        rows: { count: 1, lengths: [2], columns: { vertices: [1, 2, 3, 4], shape_type: [2] }, features: {} },
      },
    ];
    for (const op of ops) {
      const applied = applyItems(table, layer, op);
      expect(all(applied.table)).not.toEqual(all(table));
      expect(all(applyItems(applied.table, layer, applied.inverse).table)).toEqual(all(table));
    }
  });

  it("give new items the layer's current values", () => {
    const layer = tableLayer(
      "l",
      { id: "s", version: 0, table: shapes(1) },
      { type: "shapes", current_edge_width: 5 },
    );
    const rows: Rows = {
      count: 1,
      lengths: [1],
      columns: { vertices: [8, 9], shape_type: [4] },
      features: {},
    };
    const { table } = applyItems(shapes(1), layer, { op: "items.insert", id: "l", rows });
    const fresh = takeRows(table, [1]);
    expect(fresh.columns.edge_width).toEqual([5]);
    expect(fresh.features).toEqual({ score: [null], kind: [""] });
  });

  it("are refused on a layer that is not editable", () => {
    const layer = tableLayer(
      "l",
      { id: "s", version: 0, table: shapes(1) },
      { type: "shapes", editable: false },
    );
    expect(() => applyItems(shapes(1), layer, { op: "items.remove", id: "l", indices: [0] })).toThrow(
      "not editable",
    );
  });
});

describe("a table's bytes", () => {
  it("bring back the table", () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), (count) => {
        const table = shapes(count);
        expect(decodeTable(encodeTable(table))).toEqual(table);
      }),
    );
  });

  it("are refused with a sentence when they are cut or changed", () => {
    const bytes = encodeTable(shapes(5));
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        expect(() => decodeTable(bytes.slice(0, at))).toThrow(TableError);
        const changed = bytes.slice();
        changed[at] = value;
        try {
          decodeTable(changed);
        } catch (cause) {
          expect(cause).toBeInstanceOf(TableError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("what a scene says of a table", () => {
  it("is its extent, size and features", () => {
    const table = shapes(2);
    const info = tableInfo("shapes", { id: "s", version: 4, table }, "cells.csv");
    expect(info).toMatchObject({
      count: 2,
      ndim: 2,
      version: 4,
      features: ["score", "kind"],
      nbytes: tableBytes(table),
    });
    expect(info.extent).toEqual([
      [0, 2],
      [0.5, 2.5],
    ]);
    expect(columnExtent({ width: 1, data: new Float32Array(0) }).low).toEqual([Number.POSITIVE_INFINITY]);
  });
});
