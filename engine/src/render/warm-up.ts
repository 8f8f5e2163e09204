/** Compiles what the first volume of a session is likely to need, before it is there. */
import { memorySource } from "../data/memory-source.ts";
import { imageLayer } from "../model/layer.ts";
import { defaultView } from "../model/view.ts";
import type { Renderer } from "./renderer.ts";

/**
 * Draws a volume of one voxel of each usual type as a maximum projection. A pipeline takes some 30 ms to compile, and on an adapter
 * that computes on the CPU 70 ms more to translate at its first draw; this happens while a file is opened.
 * @throws as `Renderer.render`
 */
export async function warmUp(renderer: Renderer): Promise<void> {
  const size = { width: 8, height: 8 };
  for (const data of [Uint8Array.of(1), Uint16Array.of(1)]) {
    const id = `warm-up ${data.constructor.name}`;
    const source = memorySource(id, [{ data, shape: [1, 1, 1] }]);
    renderer.setSource(source);
    const scene = { revision: 0, title: "", layers: [await imageLayer(id, source)] };
    const flat = defaultView(scene, size);
    const view = { ...flat, dims: { ...flat.dims, ndisplay: 3 as const } };
    // The one brick is read in the background; ten turns are more than it takes.
    for (let turn = 0; turn < 10; turn++) {
      const { complete } = await renderer.render({ scene, view, size, viewId: "warm-up" });
      if (complete) break;
      await new Promise((resolve) => setTimeout(resolve));
    }
    renderer.closeView("warm-up");
    renderer.removeSource(id);
  }
}
