/** Small scenes for the renderer's tests. */
import type { ImageLayer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import type { BrickArray, ChunkSource } from "../data/chunk-source.ts";
import { memorySource } from "../data/memory-source.ts";
import { imageLayer } from "../model/layer.ts";
import { defaultView } from "../model/view.ts";
import { Readback } from "../render/readback.ts";
import { Renderer } from "../render/renderer.ts";
import type { RendererOptions, RenderRequest } from "../render/request.ts";
import { testDevice } from "./device.ts";

/** A deterministic pseudo-random sequence in 0..1 (mulberry32). */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooth blobs on a zero background, 0..1, as [z, y, x]. */
export function blobs(shape: readonly [number, number, number]): Float32Array<ArrayBuffer> {
  const random = noise(7);
  const centres = Array.from({ length: 6 }, () => shape.map((size) => random() * size));
  const out = new Float32Array(shape[0] * shape[1] * shape[2]);
  let i = 0;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++)
      for (let x = 0; x < shape[2]; x++) {
        let value = 0;
        for (const [k, [cz = 0, cy = 0, cx = 0]] of centres.entries()) {
          const far = (z - cz) ** 2 + (y - cy) ** 2 + (x - cx) ** 2;
          value = Math.max(value, (0.5 + k / 10) * Math.exp(-far / 30));
        }
        out[i++] = value < 0.02 ? 0 : value;
      }
  return out;
}

/** A scene of one image, and the renderer that knows its source. */
export interface Bench {
  readonly renderer: Renderer;
  readonly source: ChunkSource;
  readonly layer: ImageLayer;
  readonly view: View;
  scene(changes?: Partial<ImageLayer>): Scene;
  /** RGBA of the complete picture. */
  draw(
    request: Omit<RenderRequest, "size"> & { readonly size?: RenderRequest["size"] },
  ): Promise<Uint8Array<ArrayBuffer>>;
  dispose(): void;
}

/** Makes a renderer for one array. `size` is the canvas of its view. */
export async function bench(
  data: BrickArray,
  shape: readonly number[],
  size = { width: 64, height: 48 },
  options: Partial<RendererOptions> & {
    readonly chunk?: readonly number[];
    readonly channels?: 0 | 3 | 4;
  } = {},
): Promise<Bench> {
  const device = await testDevice();
  const { chunk, channels, ...rest } = options;
  const renderer = await Renderer.create({ device, ...rest });
  const readback = new Readback(device);
  const source = memorySource("test", [{ data, shape }], {
    ...(chunk && { chunk }),
    ...(channels && { channels }),
  });
  renderer.setSource(source);
  const layer = await imageLayer("layer", source);
  const scene = (changes: Partial<ImageLayer> = {}): Scene => ({
    revision: 0,
    title: "",
    layers: [{ ...layer, ...changes }],
  });
  return {
    renderer,
    source,
    layer,
    view: defaultView(scene(), size),
    scene,
    draw: async (request) => {
      const outcome = await renderer.renderComplete({ size, ...request });
      if (outcome.texture === undefined) throw new Error("no texture");
      return readback.readPixels(outcome.texture);
    },
    dispose: () => {
      readback.dispose();
      renderer.dispose();
    },
  };
}

/** The greatest difference of a channel. */
export function worst(a: Uint8Array, b: Uint8Array): number {
  let most = a.length === b.length ? 0 : 255;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return most;
}

/** The share of pixels with a channel off by more than `threshold`. */
export function badShare(a: Uint8Array, b: Uint8Array, threshold: number): number {
  let bad = 0;
  for (let i = 0; i < a.length; i += 4) {
    if ([0, 1, 2].some((c) => Math.abs((a[i + c] ?? 0) - (b[i + c] ?? 0)) > threshold)) bad++;
  }
  return bad / (a.length / 4);
}
