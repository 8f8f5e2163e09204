import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NpyError, parseNpy } from "./npy.ts";
import { renderSceneFile } from "./render-scene.ts";
import { loadScene, SceneFileError, UnsupportedLayerError } from "./scene-file.ts";

const goldens = fileURLToPath(new URL("../../../engine/testdata/goldens", import.meta.url));
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eyepiece-scene-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a scene folder becomes a PNG like napari's", async () => {
  const out = join(folder, "out.png");
  await renderSceneFile(join(goldens, "volume-mip"), out);
  const picture = decode(await readFile(out));
  const golden = decode(await readFile(join(goldens, "volume-mip", "golden.png")));
  expect([picture.width, picture.height]).toEqual([golden.width, golden.height]);
  let squares = 0;
  for (let i = 0; i < picture.width * picture.height; i++) {
    for (let c = 0; c < 3; c++) {
      squares +=
        ((picture.data[i * picture.channels + c] ?? 0) - (golden.data[i * golden.channels + c] ?? 0)) ** 2;
    }
  }
  expect(squares / (picture.width * picture.height * 3)).toBeLessThan(2);
});

test("what cannot be drawn is said in a sentence", async () => {
  await expect(loadScene(join(folder, "nowhere"))).rejects.toThrow(SceneFileError);
  const scene = JSON.parse(await readFile(join(goldens, "volume-mip", "scene.json"), "utf8"));
  const write = async (name: string, value: unknown): Promise<string> => {
    const path = join(folder, name);
    await mkdir(path);
    await writeFile(join(path, "scene.json"), JSON.stringify(value));
    return path;
  };
  const mystery = await write("mystery", { ...scene, layers: [{ type: "mystery" }] });
  await expect(loadScene(mystery)).rejects.toThrow(UnsupportedLayerError);
  const tracks = await write("tracks", { ...scene, layers: [{ type: "tracks" }] });
  await expect(loadScene(tracks)).rejects.toThrow(/Layer 0 .*: data/);
  const wrong = await write("wrong", { ...scene, camera: { ...scene.camera, zoom: "near" } });
  await expect(loadScene(wrong)).rejects.toThrow(/camera.zoom/);
  const missing = await write("missing", scene);
  await expect(loadScene(missing)).rejects.toThrow(/array .* cannot be read/);
});

test("arrays: byte order, shape, and files that are cut short", () => {
  const file = (descr: string, shape: string, body: number[], order = "False"): Uint8Array => {
    const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
    const bytes = new Uint8Array(10 + header.length + body.length);
    bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0]);
    bytes.set(new TextEncoder().encode(header), 10);
    bytes.set(body, 10 + header.length);
    return bytes;
  };
  expect(parseNpy(file(">u2", "2,", [1, 2, 3, 4]))).toEqual({
    shape: [2],
    data: new Uint16Array([258, 772]),
  });
  expect(parseNpy(file("|u1", "1, 3", [7, 8, 9]))).toEqual({
    shape: [1, 3],
    data: new Uint8Array([7, 8, 9]),
  });
  expect(() => parseNpy(file("<f8", "2, 2", [1, 2]))).toThrow(/shorter/);
  expect(() => parseNpy(file("|O8", "1,", [1]))).toThrow(NpyError);
  expect(parseNpy(file("|u1", "2, 2", [1, 2, 3, 4], "True")).data).toEqual(new Uint8Array([1, 3, 2, 4]));
  expect(() => parseNpy(new Uint8Array(4))).toThrow(NpyError);
});
