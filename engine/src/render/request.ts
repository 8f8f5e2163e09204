/** What is asked of a renderer, what it answers, and how it fails. */
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import type { BrickCache } from "../data/brick-cache.ts";
import type { Size } from "../model/camera.ts";
import type { FormatRules } from "./formats.ts";

/** Options of `Renderer.create`. */
export interface RendererOptions {
  readonly device: GPUDevice;
  /** Shared with other renderers of the process; by default one of its own of `memoryBudget` bytes. */
  readonly cache?: BrickCache;
  /** Bytes of bricks in memory. */
  readonly memoryBudget?: number;
  /** Bytes of textures on the GPU. */
  readonly gpuBudget?: number;
  /** The adapter computes on the CPU: pixels are dear. */
  readonly software?: boolean;
  /** Forbids texture formats, to test that every path gives the same picture. */
  readonly formats?: Partial<FormatRules>;
}

/** One picture. */
export interface RenderRequest {
  readonly scene: Scene;
  readonly view: View;
  /** The canvas in logical pixels: what the camera's zoom counts in. */
  readonly size: Size;
  /** The target's pixels for a logical pixel; 1 by default, less while moving on a slow adapter. */
  readonly pixelRatio?: number;
  /**
   * Where to draw; by default a texture of the renderer's own, told in the outcome. Of `format`, `size * pixelRatio` pixels. With
   * the usage COPY_DST a picture that a CPU has computed is not drawn again.
   */
  readonly target?: GPUTexture;
  /** rgba8unorm by default. */
  readonly format?: GPUTextureFormat;
  /** Draws only these pixels of the target, and leaves the others as they are. */
  readonly region?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Of a picture too large for one texture, the pixels that are drawn: the target has the tile's size. */
  readonly tile?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly quality?: {
    /** Leap over cells that cannot change the picture; true by default. False is for tests and benchmarks. */
    readonly skip?: boolean;
    /** The view moves and another picture follows: where the adapter computes on the CPU, small points may be coarser. */
    readonly draft?: boolean;
    /** Draws volumes from bricks also where they fit as one texture; for tests and benchmarks. */
    readonly bricks?: boolean;
  };
  /** Red, green, blue in 0..1; black by default. */
  readonly background?: readonly [number, number, number];
  /**
   * Milliseconds to wait for data before drawing: when a layer could not be drawn at all, and when one could only from a level that is
   * too coarse. Without it nothing is waited for.
   */
  readonly patience?: { readonly blankMs: number; readonly coarseMs: number };
  /** Places (`View.dims.point`) that are expected next, soonest first: their bricks are read when all that is shown is here. */
  readonly ahead?: readonly View["dims"]["point"][];
  /** Names the view, so that each keeps its own list of wanted bricks. */
  readonly viewId?: string;
}

/** What was drawn. */
export interface RenderOutcome {
  /** Every layer is drawn from the level that the view wants. */
  readonly complete: boolean;
  /** Bricks at hand of those that the wanted levels need, 0..1. */
  readonly progress: number;
  /** The pyramid level that each visible layer is drawn from. */
  readonly levels: ReadonlyMap<string, number>;
  /** The renderer's own texture, or undefined when a target was given. It is drawn over by the next picture. */
  readonly texture: GPUTexture | undefined;
  /** The target's size in pixels. */
  readonly pixels: Size;
}

/** The device is gone; a new renderer on a new device goes on. */
export class DeviceLostError extends Error {
  override readonly name = "DeviceLostError";
}
/** The device refused something: a fault in the engine or too little memory. */
export class RenderError extends Error {
  override readonly name = "RenderError";
}
