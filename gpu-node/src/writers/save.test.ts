import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { afterAll, expect, test } from "vitest";
import { type Opened, open } from "../readers/open.ts";
import { TestFolder } from "../readers/testing/files.ts";
import { SAVES, type Saved, save } from "./save.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());

const data = Uint16Array.from({ length: 2 * 40 * 50 }, (_, i) => i);
const source = memorySource("m", [{ data, shape: [2, 40, 50] }]);
const position = { width: 2, data: Float64Array.of(1, 2, 3, 4) };
const layers: Readonly<Record<Saved["kind"], Saved>> = {
  image: { kind: "image", image: { source, name: "a" } },
  labels: { kind: "labels", image: { source, name: "a" } },
  points: {
    kind: "points",
    table: { count: 2, columns: new Map([["position", position]]), features: new Map() },
  },
  tracks: {
    kind: "tracks",
    table: {
      count: 1,
      columns: new Map([
        ["id", { width: 1, data: Uint32Array.of(4) }],
        ["position", { width: 3, data: Float64Array.of(0, 1, 2) }],
      ]),
      features: new Map(),
    },
  },
  shapes: {
    kind: "shapes",
    table: {
      count: 1,
      columns: new Map([
        ["vertices", { ...position, offsets: Uint32Array.of(0, 2) }],
        ["shape_type", { width: 1, data: Uint8Array.of(2) }],
      ]),
      features: new Map(),
    },
  },
  surface: {
    kind: "surface",
    table: {
      count: 1,
      columns: new Map([
        ["vertices", { width: 3, data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0) }],
        ["faces", { width: 3, data: Uint32Array.of(0, 1, 2) }],
      ]),
      features: new Map(),
    },
  },
};
const cases = Object.entries(SAVES).flatMap(([kind, names]) =>
  names.map((name) => [kind as Saved["kind"], name] as const),
);

/** Formats that say that numbers name things. */
const keepsLabels = (name: string) => name.endsWith(".zarr");

test.each(cases)("%s saved as %s opens as what it was", async (kind, name) => {
  const path = join(folder.path, `${kind}${name}`);
  await save(path, layers[kind]);
  const opened: Opened[] = await open(path, folder.options);
  expect(opened.map((layer) => layer.kind)).toEqual([
    kind === "labels" && !keepsLabels(name) ? "image" : kind,
  ]);
  for (const layer of opened) if ("source" in layer) await layer.source.dispose();
  await expect(save(path, layers[kind])).rejects.toThrow("exists already");
  await save(path, layers[kind], { replace: true });
});

test("other names are refused", async () => {
  await expect(save(join(folder.path, "a.xyz"), layers.image)).rejects.toMatchObject({ name: "WriteError" });
  await expect(save(join(folder.path, "a.csv"), layers.image)).rejects.toThrow("no name that image");
});
