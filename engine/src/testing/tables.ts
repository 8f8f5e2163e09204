/** Scenes of tables for tests. */
import type { Scene, TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Column, TableSource } from "../data/table.ts";
import { defaultView } from "../model/view.ts";
import { Readback } from "../render/readback.ts";
import { Renderer } from "../render/renderer.ts";
import type { RendererOptions } from "../render/request.ts";
import { testDevice } from "./device.ts";

/** A table of columns. */
export function tableOf(columns: Readonly<Record<string, Column>>, count: number, id = "table"): TableSource {
  return { id, version: 1, table: { count, columns: new Map(Object.entries(columns)), features: new Map() } };
}

/** A scene of one layer at its default view. */
export function sceneOf(
  layer: TableLayer,
  size: { width: number; height: number },
): { scene: Scene; view: View } {
  const scene: Scene = { revision: 0, title: "", layers: [layer] };
  return { scene, view: defaultView(scene, size) };
}

/** RGBA of a picture of one table's layers. */
export async function drawTable(
  source: TableSource,
  { scene, view }: { readonly scene: Scene; readonly view: View },
  size: { width: number; height: number },
  options: Partial<RendererOptions> & {
    readonly background?: readonly [number, number, number];
    readonly draft?: boolean;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const device = await testDevice();
  const { background = [0, 0, 0], draft = false, ...rest } = options;
  const renderer = await Renderer.create({ device, ...rest });
  const readback = new Readback(device);
  try {
    renderer.setTable(source);
    const { texture } = await renderer.render({ scene, view, size, background, quality: { draft } });
    if (texture === undefined) throw new Error("no texture");
    return await readback.readPixels(texture);
  } finally {
    readback.dispose();
    renderer.dispose();
  }
}
