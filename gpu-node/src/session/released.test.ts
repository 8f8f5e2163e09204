import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SceneHost, type SceneListener } from "./scene-host.ts";

let folder: string;
let released: string[];
const listener: SceneListener = {
  changed: () => {},
  sourceAdded: () => {},
  tableChanged: () => {},
  bricksChanged: () => {},
  sourceRemoved: () => {},
  released: (uris) => released.push(...uris),
  progress: () => {},
  notice: () => {},
};
const host = () =>
  new SceneHost(
    folder,
    "a scene",
    async (uri) => [
      { source: memorySource(uri, [{ data: new Uint8Array(16), shape: [4, 4] }]), defaults: { name: uri } },
    ],
    listener,
  );
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-released-"));
  released = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const remove = (scene: SceneHost, id: string) =>
  scene.operate(JSON.stringify([{ op: "layer.remove", id }]), "");

test("keeps data of a removed layer as long as undo may bring it back, and not longer", async () => {
  const scene = host();
  const [id = ""] = await scene.open("/arrays/s-1.npy");
  await remove(scene, id);
  expect(released).toEqual([]);
  await scene.undo(false);
  expect(scene.scene.layers.map((layer) => layer.id)).toEqual([id]);
  await remove(scene, id);
  // The history holds 200 steps; the one that adds and the one that removes are then forgotten.
  for (let step = 0; step < 199; step++)
    await scene.operate(JSON.stringify([{ op: "scene.set", set: { title: `t${step}` } }]), "");
  expect(released).toEqual([]);
  await scene.operate(JSON.stringify([{ op: "scene.set", set: { title: "last" } }]), "");
  expect(released).toEqual(["/arrays/s-1.npy"]);
  await scene.dispose();
});

test("lets data go at once when undo is taken back by something new", async () => {
  const scene = host();
  await scene.open("/arrays/s-1.npy");
  await scene.undo(false);
  expect(released).toEqual([]);
  await scene.open("/arrays/s-2.npy");
  expect(released).toEqual(["/arrays/s-1.npy"]);
  await scene.dispose();
});

test("a layer that goes for good never comes back, its neighbours' steps stay, also after a restart", async () => {
  const scene = host();
  const [first = ""] = await scene.open("/arrays/s-1.npy");
  const [second = ""] = await scene.open("/arrays/s-2.npy");
  const set = (id: string, opacity: number) =>
    scene.operate(JSON.stringify([{ op: "layer.set", id, set: { opacity } }]), "");
  await set(first, 0.5);
  await set(second, 0.25);
  scene.removeForGood(first);
  expect(released).toEqual(["/arrays/s-1.npy"]);
  expect(() => scene.removeForGood(first)).toThrow("There is no layer");
  await scene.dispose();

  released = [];
  const again = host();
  again.restore();
  // The file may have been there still when the process was killed: it is told once more.
  expect(released).toEqual(["/arrays/s-1.npy"]);
  expect(again.scene.layers.map(({ id, opacity }) => [id, opacity])).toEqual([[second, 0.25]]);
  while (await again.undo(false)) expect(again.scene.layers.every(({ id }) => id === second)).toBe(true);
  expect(again.scene.layers).toEqual([]);
  while (await again.undo(true));
  expect(again.scene.layers.map(({ id, opacity }) => [id, opacity])).toEqual([[second, 0.25]]);
  // Data that were let go cannot be named by a client either.
  const stolen = await imageLayer(
    "stolen",
    memorySource("gone", [{ data: new Uint8Array(16), shape: [4, 4] }]),
  );
  await expect(again.operate(JSON.stringify([{ op: "layer.add", layer: stolen }]), "")).rejects.toThrow(
    "not opened",
  );
  await again.dispose();
});
