/** A picture of a scene file (`.eyepiece.json`), as a session would draw it at rest. */
import { realpath, writeFile } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { dataInfo } from "@eyepiece/engine/model/layer.ts";
import { tableInfo } from "@eyepiece/engine/model/table-layers.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { isTableLayer, type Layer, type Scene } from "@eyepiece/protocol/scene/schema.ts";
import { openGpu } from "../gpu/open.ts";
import { drawLarge, framed } from "../session/figures.ts";
import type { PictureWish } from "../session/ipc.ts";
import { layOver } from "../session/overlays.ts";
import { Painter } from "../session/painter.ts";
import { encodePng } from "../session/picture.ts";
import { renamed } from "../session/renamed-source.ts";
import { readArchive, viewFor } from "../session/scene-archive.ts";
import { archiveReaderOf } from "../session/session-reader.ts";

/**
 * Draws a scene file and writes a PNG. Whoever starts the command may read what it names.
 * @throws SourceError, RenderError
 */
export async function renderArchive(path: string, out: string, wish: PictureWish): Promise<void> {
  const resolvePath = (file: string): Promise<string> => realpath(isAbsolute(file) ? file : resolve(file));
  const environments = process.env.EYEPIECE_ENVIRONMENTS ?? "";
  const archive = await readArchive(path, archiveReaderOf({ resolvePath, privateHosts: [] }, environments));
  const gpu = await openGpu();
  const renderer = await Renderer.create({ device: gpu.device, software: gpu.info.kind !== "gpu" });
  try {
    const layers: Layer[] = [];
    const tables = new Map<string, TableSource>();
    for (const [at, { layer, table, source }] of archive.layers.entries()) {
      const id = `s${at}`;
      if (isTableLayer(layer) && table) {
        const items = { id, version: 0, table };
        renderer.setTable(items);
        tables.set(id, items);
        layers.push({ ...layer, data: tableInfo(layer.type, items, layer.data.label) });
      } else if (!isTableLayer(layer) && source) {
        const named = renamed(source, id);
        renderer.setSource(named);
        layers.push({ ...layer, data: dataInfo(named, layer.data.label) });
      }
    }
    const scene: Scene = { revision: 0, title: archive.title, layers };
    const own = { ...archive.canvas, pixelRatio: 1 };
    const canvas =
      wish.width > 0 && wish.height > 0 ? { width: wish.width, height: wish.height, pixelRatio: 1 } : own;
    const look = { view: viewFor(archive.view, archive.canvas, canvas), canvas };
    const drawing = framed(look, wish);
    const painter = new Painter(renderer, gpu, () => scene);
    const pixels = await drawLarge(painter, gpu.device, drawing);
    const over = { view: drawing.view, scene, selected: undefined };
    const table = (source: string): TableSource | undefined => tables.get(source);
    layOver(pixels, drawing.width, drawing.height, drawing.canvas, { ...over, table }, drawing.ratio);
    await writeFile(out, await encodePng(pixels, drawing.width, drawing.height, 6));
  } finally {
    renderer.dispose();
    gpu.dispose();
  }
}
