import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { labelsLayer } from "@eyepiece/engine/model/layer.ts";
import type { LabelOp, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMPACT_LINES } from "./journal.ts";
import { SceneHost, type SceneListener } from "./scene-host.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-labels-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A host over the test's folder, as a new process would make it. Its reader finds a label image of 40 x 60. */
function begin() {
  const sources = new Map<string, ChunkSource>();
  const told: SceneOp[] = [];
  const changed: string[] = [];
  const listener: SceneListener = {
    changed: (ops) => told.push(...ops),
    sourceAdded: (source) => sources.set(source.id, source),
    tableChanged: () => {},
    bricksChanged: (_, bricks) => changed.push(...bricks.map(({ level, index }) => `${level}/${index}`)),
    sourceRemoved: (id) => sources.delete(id),
    released: () => {},
    progress: () => {},
    notice: (_, text) => {
      throw new Error(text);
    },
  };
  const base = () =>
    memorySource("file", [{ data: new Int32Array(40 * 60).fill(3), shape: [40, 60] }], { chunk: [16, 16] });
  const host = new SceneHost(
    folder,
    "t",
    async () => [{ source: base(), defaults: {}, labels: true }],
    listener,
  );
  host.restore();
  /** Pixels of a label. */
  const count = async (id: string, label: number): Promise<number> => {
    const layer = host.scene.layers.find((one) => one.id === id);
    const source = layer && sources.get(layer.data.source);
    const level = source?.levels[0];
    if (!source || !level) throw new Error(`${id} has no data`);
    let found = 0;
    for (let y = 0; y * (level.chunk[0] ?? 1) < (level.shape[0] ?? 0); y++)
      for (let x = 0; x * (level.chunk[1] ?? 1) < (level.shape[1] ?? 0); x++) {
        const { data } = await source.readBrick(0, [y, x]);
        for (const value of data) if (Number(value) === label) found++;
      }
    return found;
  };
  const operate = (...ops: SceneOp[]): Promise<void> => host.operate(JSON.stringify(ops), "");
  return { host, told, changed, count, operate };
}

const paint = (id: string, x: number, value: number): LabelOp => ({
  op: "labels.paint",
  id,
  points: [[20, x]],
  value,
  brush_size: 5,
  axes: [0, 1],
  only: null,
});
/** Pixels of a brush of 5: within 2.5 of its middle. */
const BRUSH = 21;

describe("a session's labels", () => {
  it("are painted, taken back and done again, the newest bricks told each time", async () => {
    const { host, told, changed, count, operate } = begin();
    const [id = ""] = await host.open("/labels.tif");
    expect(host.scene.layers[0]).toMatchObject({ type: "labels", opacity: 0.7 });
    await operate(paint(id, 16, 9));
    expect(await count(id, 9)).toBe(BRUSH);
    expect(changed.sort()).toEqual(["0/1,0", "0/1,1"]);
    expect(told.at(-1)).toMatchObject({ op: "layer.data", data: { version: 1 } });
    await host.undo(false);
    expect(await count(id, 9)).toBe(0);
    expect(await count(id, 3)).toBe(2400);
    await host.undo(true);
    expect(await count(id, 9)).toBe(BRUSH);
    await operate({
      op: "labels.fill",
      id,
      point: [0, 0],
      value: 1,
      axes: [0, 1],
      contiguous: true,
      only: null,
    });
    expect(await count(id, 1)).toBe(2400 - BRUSH);
  });

  it("begin as zeros where there is no file, and come back painted", async () => {
    const first = begin();
    const empty = memorySource("", [{ data: new Int32Array(1), shape: [1, 1] }]);
    const layer = labelsLayer("new", empty);
    const data = { ...layer.data, source: "", shape: [40, 60] };
    await first.operate({ op: "layer.add", layer: { ...layer, data } }, paint("new", 30, 2));
    expect(await first.count("new", 2)).toBe(BRUSH);
    const second = begin();
    await new Promise((done) => setTimeout(done, 20));
    expect(await second.count("new", 2)).toBe(BRUSH);
    expect(second.host.scene).toEqual(first.host.scene);
  });

  it("come back after a kill, with a hundred steps that can be taken back", async () => {
    const first = begin();
    const [id = ""] = await first.host.open("/labels.tif");
    for (let x = 0; x < 100; x++) await first.operate(paint(id, x % 60, 100 + x));
    await first.host.undo(false);
    const after = await first.count(id, 198);
    const second = begin();
    await new Promise((done) => setTimeout(done, 20));
    expect(await second.count(id, 198)).toBe(after);
    expect(await second.count(id, 199)).toBe(0);
    await second.host.undo(true);
    expect(await second.count(id, 199)).toBe(BRUSH);
    for (let step = 0; step < 100; step++) expect(await second.host.undo(false)).toBe(true);
    expect(await second.count(id, 3)).toBe(2400);
  });

  it("come back from a snapshot, and go with their layer", async () => {
    const first = begin();
    const [id = ""] = await first.host.open("/labels.tif");
    await first.operate(paint(id, 16, 9));
    await first.operate(paint(id, 40, 8));
    await first.host.undo(false);
    for (let i = 0; i < COMPACT_LINES; i++) first.host.keepView("v", {} as never);
    await first.operate(paint(id, 50, 7));
    const second = begin();
    await new Promise((done) => setTimeout(done, 20));
    expect(await Promise.all([9, 8, 7].map((label) => second.count(id, label)))).toEqual([BRUSH, 0, BRUSH]);
    expect(readdirSync(join(folder, "labels")).length).toBe(1);
    second.host.removeForGood(id);
    expect(readdirSync(join(folder, "labels"))).toEqual([]);
  });

  it("are left alone by an edit that does not fit, and by those after it in the same message", async () => {
    const { host, count, operate } = begin();
    const [id = ""] = await host.open("/labels.tif");
    const before = host.scene;
    await expect(operate(paint(id, 16, 9), { op: "layer.remove", id: "none" })).rejects.toThrow("no layer");
    expect(await count(id, 3)).toBe(2400);
    expect(host.scene).toBe(before);
    await operate({ op: "layer.set", id, set: { editable: false } });
    await expect(operate(paint(id, 16, 9))).rejects.toThrow("not editable");
    await expect(operate({ op: "labels.swap", id, edit: 0 })).rejects.toThrow("cannot be sent");
  });
});
