/** Draws the last picture into the canvas, wherever the newest pose wants it. */
import { isSoftware } from "./adapter.ts";
import { Canvas2dCompositor } from "./compositor-2d.ts";
import { WebgpuCompositor } from "./compositor-webgpu.ts";
import type { Picture } from "./decoder.ts";
import type { Matrix3 } from "./reproject.ts";

/** One canvas and the picture in it. */
export interface Compositor {
  readonly kind: "webgpu" | "canvas2d";
  /** Device pixels. */
  resize(width: number, height: number): void;
  /** Takes a picture over, and closes it when it is uploaded or replaced. */
  take(picture: Picture): Promise<void>;
  /** Draws it; `forward` takes the picture's uv to the canvas's. Nothing but black when there is no picture. */
  draw(forward: Matrix3): void;
  dispose(): void;
}

/**
 * The best compositor for a canvas. A software WebGPU adapter is passed over, because the browser's own 2D canvas is
 * faster there, unless `wanted` names it. `onLost`: the GPU went away, and the canvas with it.
 */
export async function chooseCompositor(
  canvas: OffscreenCanvas,
  wanted: string,
  onLost: () => void,
): Promise<Compositor> {
  const device = wanted === "canvas2d" ? undefined : await openDevice(wanted === "webgpu");
  if (device) return new WebgpuCompositor(canvas, device, onLost);
  return new Canvas2dCompositor(canvas, onLost);
}

async function openDevice(software: boolean): Promise<GPUDevice | undefined> {
  const gpu: GPU | undefined = navigator.gpu;
  if (!gpu) return undefined;
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "low-power" });
    if (!adapter) return undefined;
    if (isSoftware(adapter.info) && !software) return undefined;
    return await adapter.requestDevice({ label: "compositor" });
  } catch (cause) {
    console.warn("Eyepiece draws without WebGPU:", cause);
    return undefined;
  }
}
