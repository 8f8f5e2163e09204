/** What is known of labels: made, changed, taken back, there again after a kill, and saved with the scene. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { takeRows } from "@eyepiece/engine/data/table-rows.ts";
import { rowOfLabel, rowWords } from "@eyepiece/engine/model/label-features.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { LabelsLayer, Rows, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { COMPACT_LINES } from "./journal.ts";
import { SceneHost } from "./scene-host.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-features-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A host over the test's folder, as a new process would make it. Its reader finds a label image. */
function begin() {
  const told: SceneOp[] = [];
  const host = new SceneHost(
    folder,
    "t",
    async () => [
      {
        source: memorySource("file", [{ data: new Uint8Array(64).fill(3), shape: [8, 8] }]),
        defaults: {},
        labels: true,
      },
    ],
    {
      changed: (ops) => told.push(...ops),
      sourceAdded: () => {},
      tableChanged: () => {},
      bricksChanged: () => {},
      sourceRemoved: () => {},
      released: () => {},
      progress: () => {},
      notice: (_, text) => {
        throw new Error(text);
      },
    },
  );
  host.restore();
  const layer = (): LabelsLayer => {
    const found = host.scene.layers.find((one) => one.type === "labels");
    if (found?.type !== "labels") throw new Error("There are no labels.");
    return found;
  };
  const rows = (): Rows | undefined => {
    const table = host.table(layer().features?.source ?? "");
    return table && takeRows(table, [...Array(table.count).keys()]);
  };
  const operate = (...ops: SceneOp[]): Promise<void> => host.operate(JSON.stringify(ops), "");
  return { host, told, layer, rows, operate };
}

/** Two labels with an area and a kind, as a page sends them. */
const known = (id: string): SceneOp[] => [
  { op: "items.insert", id, rows: { count: 2, columns: { index: [3, 7] }, features: {} } },
  {
    op: "items.set",
    id,
    indices: [0, 1],
    rows: { count: 2, columns: {}, features: { area: [12.5, null], kind: ["round", "long"] } },
  },
];
const BOTH: Rows = {
  count: 2,
  columns: { index: [3, 7] },
  features: { area: [12.5, null], kind: ["round", "long"] },
};

it("the first row makes the table; all of it is one step that is taken back and done again", async () => {
  const { host, told, layer, rows, operate } = begin();
  const [id = ""] = await host.open("labels.tif");
  expect(layer().features).toBeNull();
  await operate(...known(id));
  expect(layer().features).toMatchObject({ count: 2, features: ["area", "kind"], version: 2 });
  expect(rows()).toEqual(BOTH);
  expect(told.slice(-5).map((op) => op.op)).toEqual([
    ...["layer.features", "items.insert", "layer.features", "items.set", "layer.features"],
  ]);
  await host.undo(false);
  expect(layer().features).toBeNull();
  await host.undo(true);
  expect(rows()).toEqual(BOTH);
  await operate({ op: "items.remove", id, indices: [0] });
  expect(rows()?.columns.index).toEqual([7]);
  await host.undo(false);
  expect(rows()).toEqual(BOTH);
  await expect(operate({ op: "layer.features", id, features: null })).rejects.toThrow("cannot be sent");
});

it("they come back after a kill, from lines and from a snapshot, and with an undone removal of the layer", async () => {
  const first = begin();
  const [id = ""] = await first.host.open("labels.tif");
  await first.operate(...known(id));
  const second = begin();
  expect(second.rows()).toEqual(BOTH);
  await second.operate({ op: "layer.remove", id });
  await second.host.undo(false);
  expect(second.rows()).toEqual(BOTH);
  const view = defaultView(second.host.scene, { width: 64, height: 64 });
  for (let i = 0; i < COMPACT_LINES; i++) second.host.keepView("v", view);
  expect(begin().rows()).toEqual(BOTH);
});

it("a client's layer gets no table of another layer", async () => {
  const { host, layer, operate } = begin();
  const [id = ""] = await host.open("labels.tif");
  await operate(...known(id));
  await operate({ op: "layer.add", layer: { ...layer(), id: "copy", name: "copy" } });
  const copy = host.scene.layers.find((one) => one.id === "copy");
  expect(copy).toMatchObject({ type: "labels", features: null });
});

it("a label is found by its number and told in words", async () => {
  const { host, layer, operate } = begin();
  const [id = ""] = await host.open("labels.tif");
  await operate(...known(id));
  const table = host.table(layer().features?.source ?? "");
  if (!table) throw new Error("no table");
  expect([rowOfLabel(table, 7), rowOfLabel(table, 4)]).toEqual([1, -1]);
  expect([rowWords(table, 0), rowWords(table, 1)]).toEqual(["area: 12.5, kind: round", "kind: long"]);
});
