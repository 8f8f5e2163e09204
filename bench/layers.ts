/** Times pictures of ten layers, in motion and at rest, and what each layer adds to them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { defaultView, resetView } from "@eyepiece/engine/model/view.ts";
import type { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { RenderRequest } from "@eyepiece/engine/render/request.ts";
import { open } from "@eyepiece/gpu-node/readers/open.ts";
import type { Layer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { makeLayers } from "./make-layers.ts";

/** How many pictures of a kind are taken; the first few of them do not count. */
const PICTURES = { drafts: 100, whole: 5 };

interface Motion {
  view(i: number): View;
  readonly draft: boolean;
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

/**
 * Median milliseconds of processor time (all threads of this process, that of a GPU that is a CPU among them) for a picture: `scrub` of slices and
 * `rotate` of volumes in drafts, `rest` of volumes in full, with all ten layers and with all but one.
 * @param size in pixels
 */
export async function timeLayers(
  device: GPUDevice,
  software: boolean,
  readback: Readback,
  size: { readonly width: number; readonly height: number },
  volume: string,
  wanted: (name: string) => boolean,
): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-layers-"));
  const renderer = await Renderer.create({ device, software });
  try {
    const layers: Layer[] = [];
    const policy = { resolvePath: async (path: string) => path, privateHosts: [] };
    for (const [i, file] of makeLayers(folder, volume).entries()) {
      for (const opened of await open(file, { policy, environments: folder })) {
        const name = basename(file).replace(/\..*/, "");
        if ("table" in opened) {
          const source = { id: `t${i}`, version: 1, table: opened.table };
          renderer.setTable(source);
          layers.push(tableLayer(`l${i}`, source, { type: opened.kind, ...opened.defaults, name }));
        } else {
          const source = { ...opened.source, id: `s${i}` };
          renderer.setSource(source);
          layers.push(await imageLayer(`l${i}`, source, { name, rendering: "mip" }));
        }
      }
    }
    const scene = (left: readonly Layer[]): Scene => ({ revision: 0, title: "", layers: [...left] });
    // As a canvas of 1280 x 720 that is drawn smaller.
    const canvas = { width: 1280, height: 720 };
    const flat = defaultView(scene(layers), canvas);
    const deep = resetView({ ...flat, dims: { ...flat.dims, ndisplay: 3 } }, canvas);
    const scrubbed = (i: number): View => ({
      ...flat,
      dims: { ...flat.dims, point: flat.dims.point.map((at, axis) => (axis === 0 ? 60 + (i % 40) : at)) },
    });
    const turned = (i: number): View => ({
      ...deep,
      camera: { ...deep.camera, angles: [i, 2 * i, 90 + i / 2] },
    });
    const pixelRatio = size.width / canvas.width;
    const passes: Record<string, number> = {};
    const picture = async (request: RenderRequest): Promise<void> => {
      const { texture } = await renderer.render(request);
      if (texture !== undefined) await readback.readPixels(texture);
    };
    const time = async (name: string, left: readonly Layer[], { view, draft }: Motion): Promise<void> => {
      if (!wanted(name)) return;
      const request = (i: number): RenderRequest => ({
        scene: scene(left),
        view: view(i),
        size: canvas,
        pixelRatio,
        quality: { draft },
      });
      await renderer.renderComplete(request(0));
      const count = draft ? PICTURES.drafts : PICTURES.whole;
      for (let i = 0; i < count / 5; i++) await picture(request(i));
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const before = process.cpuUsage();
        await picture(request(i));
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / 1000);
      }
      passes[name] = Math.round(median(times) * 10) / 10;
    };
    const motions: Readonly<Record<string, Motion>> = {
      scrub: { view: scrubbed, draft: true },
      rotate: { view: turned, draft: true },
      rest: { view: turned, draft: false },
    };
    for (const [name, motion] of Object.entries(motions)) {
      await time(`${name}_ten_layers`, layers, motion);
      for (const layer of layers) {
        const others = layers.filter((one) => one !== layer);
        await time(`${name}_without_${layer.name}`, others, motion);
      }
    }
    return passes;
  } finally {
    renderer.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
