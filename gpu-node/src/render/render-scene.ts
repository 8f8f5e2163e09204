import { writeFile } from "node:fs/promises";
import { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { encode } from "fast-png";
import { openGpu } from "../gpu/open.ts";
import { loadScene } from "./scene-file.ts";

/** RGBA, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/**
 * Draws a scene folder completely, at full quality.
 * @param renderer its sources of the same names are replaced
 * @throws UnsupportedLayerError, SceneFileError, NpyError, RenderError
 */
export async function drawSceneFile(
  folder: string,
  renderer: Renderer,
  readback: Readback,
): Promise<Picture> {
  const { scene, view, size, pixelRatio, background, sources, tables } = await loadScene(folder);
  for (const { id } of sources) renderer.removeSource(id);
  for (const source of sources) renderer.setSource(source);
  for (const { id } of tables) renderer.removeSource(id);
  for (const table of tables) renderer.setTable(table);
  const outcome = await renderer.renderComplete({ scene, view, size, pixelRatio, background });
  if (outcome.texture === undefined) throw new Error("The picture has no texture.");
  return { ...outcome.pixels, rgba: await readback.readPixels(outcome.texture) };
}

/** Draws a scene folder on the GPU of this process's environment and writes a PNG. @throws as drawSceneFile */
export async function renderSceneFile(folder: string, out: string): Promise<void> {
  const gpu = await openGpu();
  const renderer = await Renderer.create({ device: gpu.device, software: gpu.info.kind !== "gpu" });
  const readback = new Readback(gpu.device);
  try {
    const { width, height, rgba } = await drawSceneFile(folder, renderer, readback);
    await writeFile(out, encode({ width, height, data: rgba, channels: 4 }));
  } finally {
    readback.dispose();
    renderer.dispose();
    gpu.dispose();
  }
}
