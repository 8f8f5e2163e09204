import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { open } from "../readers/open.ts";
import { readRegion } from "../readers/region.ts";
import { writeOmeZarr } from "../writers/ome-zarr.ts";
import { LabelWriter } from "./label-writer.ts";
import { SceneHost } from "./scene-host.ts";
import { sessionReader } from "./session-reader.ts";

const shape = [3, 300, 500];
let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-writer-"));
  file = join(folder, "cells.ome.zarr");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function made(sharded: boolean, compression: "zstd" | "gzip" = "zstd"): Promise<void> {
  const data = new Uint16Array(3 * 300 * 500).map((_, at) => (at % 500 < 250 ? 0 : 2));
  const source = memorySource("m", [{ data, shape }]);
  await writeOmeZarr(file, { source, name: "cells", labels: true }, { sharded, compression });
}

/** A session's host and writer, as a new process would make them. */
function begin(roots: readonly string[]) {
  const notices: string[] = [];
  const settings = {
    roots: [folder],
    allowedHosts: [],
    environments: "",
    memoryBytes: 0,
    gpuBytes: 0,
    notice: "",
  };
  const late: { writer?: LabelWriter } = {};
  const opened: string[] = [];
  const host: SceneHost = new SceneHost(join(folder, "session"), "t", sessionReader(settings), {
    changed: () => {},
    sourceAdded: (source) => {
      opened.push(source.id);
      queueMicrotask(() => late.writer?.opened(source.id));
    },
    tableChanged: () => {},
    bricksChanged: (source, bricks) => late.writer?.changed(source.id, bricks),
    sourceRemoved: () => {},
    released: () => {},
    progress: () => {},
    notice: (_, text) => notices.push(text),
  });
  const writer = new LabelWriter(
    {
      folderOf: (id) => host.labelsFolder(id),
      source: (id) => host.source(id),
      editsOf: (id) => host.painted.folderOf(id),
      applied: (id) => host.painted.applied(id),
      bricksOf: (id, edit) => host.painted.bricksOf(id, edit),
      notice: (_, text) => notices.push(text),
    },
    roots,
    60_000,
  );
  late.writer = writer;
  host.restore();
  return { host, writer, notices, opened };
}

const paint = (id: string, value: number, at: readonly number[]) =>
  JSON.stringify([{ op: "labels.paint", id, points: [at], value, brush_size: 41, axes: [1, 2], only: null }]);

/** All voxels of a level, as they are in the file. */
async function inFile(level = 0): Promise<number[]> {
  const policy = { resolvePath: async (path: string) => path, privateHosts: [] };
  const [found] = await open(file, { policy });
  if (!found || !("source" in found)) throw new Error("no labels");
  const data = await all(found.source, level);
  await found.source.dispose();
  return data;
}
async function all(source: ChunkSource, level = 0): Promise<number[]> {
  const whole = source.levels[level]?.shape ?? [];
  return Array.from(
    await readRegion(
      source,
      level,
      whole.map(() => 0),
      whole,
    ),
    Number,
  );
}

describe("painted labels of a file", () => {
  for (const [name, sharded, compression] of [
    ["chunks", false, "gzip"],
    ["shards", true, "zstd"],
  ] as const) {
    it(`are written into the ${name} that they touch, in all levels, and taken back there by undo`, async () => {
      await made(sharded, compression);
      const before = await inFile();
      const chunks = join(file, "0", "c");
      const stamps = () =>
        readdirSync(chunks, { recursive: true }).map((one) => statSync(join(chunks, `${one}`)).ino);
      const first = stamps();
      const { host, writer, notices } = begin([folder]);
      const [id = ""] = await host.open(file);
      await host.operate(paint(id, 7, [1, 100, 300]), "");
      const source = host.source(host.scene.layers[0]?.data.source ?? "");
      expect(await inFile()).toEqual(before);
      await writer.flush();
      expect(notices).toEqual([]);
      const painted = source ? await all(source) : [];
      expect(painted.filter((value) => value === 7)).toHaveLength(1313);
      expect(await inFile()).toEqual(painted);
      expect((await inFile(1)).filter((value) => value === 7).length).toBeGreaterThan(200);
      // Files that were not painted are the same files.
      expect(stamps().filter((one) => first.includes(one)).length).toBeGreaterThan(0);
      expect(writer.settled(host.scene.layers[0]?.data.source ?? "")).toBe(true);
      await host.undo(false);
      await writer.flush();
      expect(await inFile()).toEqual(before);
      expect(readdirSync(folder, { recursive: true }).filter((one) => `${one}`.endsWith(".part"))).toEqual(
        [],
      );
      await host.dispose();
    });
  }

  it("are written by the next process when this one was killed before", async () => {
    await made(true);
    const killed = begin([folder]);
    const [id = ""] = await killed.host.open(file);
    await killed.host.operate(paint(id, 9, [0, 50, 50]), "");
    // Nothing is told to the first one: it is as if it had been killed.
    const { host, writer, opened, notices } = begin([folder]);
    await expect.poll(() => opened).toHaveLength(1);
    await writer.flush();
    expect(notices).toEqual([]);
    expect((await inFile()).filter((value) => value === 9)).toHaveLength(1313);
    await host.dispose();
    await killed.host.dispose();
  });

  it("stay in the session where the file may not be written, and are told once", async () => {
    await made(false);
    const before = readFileSync(join(file, "0", "zarr.json"));
    const { host, writer, notices } = begin([join(folder, "elsewhere")]);
    const [id = ""] = await host.open(file);
    for (const value of [3, 4]) {
      await host.operate(paint(id, value, [2, 100, 300]), "");
      await writer.flush();
    }
    expect(notices).toEqual([
      "What is painted stays in this session; it is not written to the file: it lies in no folder that this node writes to.",
    ]);
    expect((await inFile()).includes(4)).toBe(false);
    expect(readFileSync(join(file, "0", "zarr.json"))).toEqual(before);
    await host.dispose();
  });

  it("stay due when the disk refuses them", async () => {
    await made(false);
    const { host, writer, notices } = begin([folder]);
    const [id = ""] = await host.open(file);
    await host.operate(paint(id, 5, [2, 100, 300]), "");
    const chunks = join(file, "0", "c", "0");
    renameSync(chunks, `${chunks}.aside`);
    writeFileSync(chunks, "in the way");
    await writer.flush();
    expect(notices[0]).toContain("could not be written to their file, and are kept here");
    rmSync(chunks);
    renameSync(`${chunks}.aside`, chunks);
    await writer.flush();
    expect((await inFile()).filter((value) => value === 5)).toHaveLength(1313);
    await host.dispose();
  });
});
