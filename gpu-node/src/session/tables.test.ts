import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { takeRows } from "@eyepiece/engine/data/table-rows.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { Rows, SceneOp, TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMPACT_LINES } from "./journal.ts";
import { SceneHost, type SceneListener } from "./scene-host.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-tables-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A host over the test's folder, as a new process would make it, and what it told. */
function begin() {
  const tables = new Map<string, TableSource>();
  const told: SceneOp[] = [];
  const notices: string[] = [];
  const listener: SceneListener = {
    changed: (ops) => told.push(...ops),
    sourceAdded: () => {},
    bricksChanged: () => {},
    tableChanged: (source) => tables.set(source.id, source),
    sourceRemoved: (id) => tables.delete(id),
    released: () => {},
    progress: () => {},
    notice: (_, text) => notices.push(text),
  };
  const host = new SceneHost(folder, "test", () => Promise.reject(new Error("nothing to read")), listener);
  host.restore();
  const layer = (id: string): TableLayer => host.scene.layers.find((one) => one.id === id) as TableLayer;
  const rows = (id: string): Rows | undefined => {
    const table = tables.get(layer(id).data.source)?.table;
    return (
      table &&
      takeRows(
        table,
        Array.from({ length: table.count }, (_, i) => i),
      )
    );
  };
  const operate = (...ops: SceneOp[]): Promise<void> => host.operate(JSON.stringify(ops), "");
  return { host, told, notices, layer, rows, operate };
}

/** A new layer of points, as a client asks for it. */
function points(id: string): SceneOp {
  const layer = tableLayer(
    id,
    { id: "", version: 0, table: emptyTable("points", 3) },
    { type: "points", name: id },
  );
  return { op: "layer.add", layer };
}
const insert = (id: string, ...positions: number[][]): SceneOp => ({
  op: "items.insert",
  id,
  rows: { count: positions.length, columns: { position: positions.flat() }, features: {} },
});

describe("a session's tables", () => {
  it("are made, filled, changed, and taken back step by step", async () => {
    const { host, layer, rows, operate, told } = begin();
    await operate(points("p"), insert("p", [0, 1, 2], [3, 4, 5]));
    expect(layer("p").data).toMatchObject({ count: 2, ndim: 3, version: 1 });
    expect(layer("p").data.extent).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(told.map((op) => op.op)).toEqual(["layer.add", "items.insert", "layer.data"]);
    await operate({
      op: "items.set",
      id: "p",
      indices: [1],
      rows: { count: 1, columns: { position: [9, 9, 9] }, features: {} },
    });
    expect(rows("p")?.columns.position).toEqual([0, 1, 2, 9, 9, 9]);
    await host.undo(false);
    expect(rows("p")?.columns.position).toEqual([0, 1, 2, 3, 4, 5]);
    await host.undo(true);
    expect(rows("p")?.columns.position).toEqual([0, 1, 2, 9, 9, 9]);
    await host.undo(false);
    await host.undo(false);
    expect(host.scene.layers).toEqual([]);
    await host.undo(true);
    expect(rows("p")?.columns.position).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("come back from the folder after a kill, with what can be undone", async () => {
    const first = begin();
    await first.operate(points("p"), insert("p", [0, 1, 2]));
    await first.operate(insert("p", [5, 5, 5]));
    await first.operate({ op: "items.remove", id: "p", indices: [0] });
    const second = begin();
    expect(second.host.scene).toEqual(first.host.scene);
    expect(second.rows("p")).toEqual(first.rows("p"));
    await second.host.undo(false);
    expect(second.rows("p")?.columns.position).toEqual([0, 1, 2, 5, 5, 5]);
  });

  it("come back from a snapshot, whose folder keeps one file for each table", async () => {
    const first = begin();
    await first.operate(points("p"), insert("p", [0, 1, 2]));
    await first.operate(points("q"));
    const view = { camera: {}, dims: {}, grid: {} };
    for (let i = 0; i < COMPACT_LINES; i++) first.host.keepView("v", view as never);
    await first.operate(insert("p", [7, 7, 7]));
    expect(readdirSync(join(folder, "tables")).length).toBe(2);
    const second = begin();
    expect(second.rows("p")).toEqual(first.rows("p"));
    expect(second.host.scene).toEqual(first.host.scene);
    expect(second.notices).toEqual([]);
  });

  it("stay as they are when one of several operations is refused", async () => {
    const { host, layer, rows, operate } = begin();
    await operate(points("p"), insert("p", [0, 1, 2]));
    const before = host.scene;
    await expect(
      operate(insert("p", [3, 3, 3]), { op: "items.remove", id: "p", indices: [99] }),
    ).rejects.toThrow("no row 99");
    expect(host.scene).toBe(before);
    expect(rows("p")?.count).toBe(1);
    expect(layer("p").data.version).toBe(1);
  });

  it("are not to be had by naming those of others, nor told by a client", async () => {
    const { operate } = begin();
    const layer = tableLayer(
      "x",
      { id: "elsewhere", version: 0, table: emptyTable("points", 2) },
      { type: "points" },
    );
    await expect(operate({ op: "layer.add", layer })).rejects.toThrow("has not opened");
    await operate(points("p"));
    await expect(operate({ op: "layer.data", id: "p", data: layer.data })).rejects.toThrow("cannot be sent");
  });
});
