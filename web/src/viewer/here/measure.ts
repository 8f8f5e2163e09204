/** How fast this browser's GPU is, by a volume that everyone has. */
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";

/** The benchmark's volume and picture. */
const EDGE = 96;
const PICTURE = { width: 480, height: 270 } as const;
const PICTURES = 3;
/** After so many milliseconds no further picture is drawn to measure. */
const LONG_ENOUGH = 1000;

/**
 * Draws a volume as a maximum projection a few times.
 * @returns milliseconds for a million pixels: those of the fastest picture
 * @throws as `Renderer.render`
 */
export async function measure(device: GPUDevice, software: boolean): Promise<number> {
  const renderer = await Renderer.create({ device, software, memoryBudget: 64 * 1024 * 1024 });
  try {
    const data = new Uint8Array(EDGE ** 3).map((_, i) => (i * 2_654_435_761) >>> 24);
    const source = memorySource("measure", [{ data, shape: [EDGE, EDGE, EDGE] }]);
    renderer.setSource(source);
    const scene: Scene = { revision: 0, title: "", layers: [await imageLayer("measure", source)] };
    const flat = defaultView(scene, PICTURE);
    const view: View = {
      ...flat,
      dims: { ...flat.dims, ndisplay: 3 },
      camera: { ...flat.camera, angles: [20, 30, 10] },
    };
    const request = { scene, view, size: PICTURE, viewId: "measure" };
    // The first one compiles, and brings the volume to the GPU.
    await renderer.renderComplete(request);
    await device.queue.onSubmittedWorkDone();
    const began = performance.now();
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < PICTURES && performance.now() - began < LONG_ENOUGH; i++) {
      const started = performance.now();
      await renderer.render(request);
      await device.queue.onSubmittedWorkDone();
      best = Math.min(best, performance.now() - started);
    }
    return (best * 1e6) / (PICTURE.width * PICTURE.height);
  } finally {
    renderer.dispose();
  }
}
