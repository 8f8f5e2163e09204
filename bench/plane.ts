/**
 * Times the switch of a slice of 8,192^2 float64 without a pyramid, in memory, whole on the canvas: `node bench/engine.ts --plane`. Until the picture
 * is submitted (`plane_switch`), and with drawing and readback (`plane_picture`); a slice of 512^2 beside it says what drawing alone takes.
 */
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";

const SLICES = 3;

/** The figures by name, in milliseconds. */
export async function timePlanes(
  device: GPUDevice,
  software: boolean,
  readback: Readback,
  size: { readonly width: number; readonly height: number },
  rounds: number,
): Promise<Record<string, number>> {
  const passes: Record<string, number> = {};
  for (const edge of [8192, 512]) {
    const data = new Float64Array(SLICES * edge * edge);
    for (let i = 0; i < data.length; i++) data[i] = ((i * 7919) % 65_521) / 65_521;
    const source = memorySource(`plane${edge}`, [{ data, shape: [SLICES, edge, edge] }], {
      chunk: [1, 512, 512],
    });
    const renderer = await Renderer.create({ device, software, memoryBudget: 2 ** 31, gpuBudget: 2 ** 28 });
    renderer.setSource(source);
    const layer = await imageLayer("plane", source, { contrast_limits: [0, 1] });
    const scene: Scene = { revision: 0, title: "", layers: [layer] };
    const flat = defaultView(scene, size);
    const switches: number[] = [];
    const pictures: number[] = [];
    for (let round = 0; round <= rounds + 1; round++)
      for (let z = 0; z < SLICES; z++) {
        const view = { ...flat, dims: { ...flat.dims, point: [z, 0, 0] } };
        // The bricks are in memory after the first round; textures are made anew each time.
        renderer.residency.pool.drop("slice/");
        const start = performance.now();
        const { texture } = await renderer.renderComplete({ scene, view, size });
        const submitted = performance.now();
        if (texture !== undefined) await readback.readPixels(texture);
        if (round < 2) continue;
        switches.push(submitted - start);
        pictures.push(performance.now() - start);
      }
    passes[`plane_${edge}_switch`] = median(switches);
    passes[`plane_${edge}_picture`] = median(pictures);
    renderer.dispose();
  }
  return passes;
}

function median(list: readonly number[]): number {
  return Math.round(10 * ([...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0)) / 10;
}
