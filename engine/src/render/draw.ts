/** What the GPU is told to draw. Each layer type makes its own; the picture's pass only carries them out, in order. */
import type { Wanted } from "../data/brick-cache.ts";
import type { BlendRule } from "./blend.ts";

/** A rectangle in the target's pixels; x1 and y1 are outside. */
export interface PixelBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What two boxes share; x1 < x0 or y1 < y0 when that is nothing. */
export function intersect(a: PixelBox, b: PixelBox): PixelBox {
  return {
    x0: Math.max(a.x0, b.x0),
    y0: Math.max(a.y0, b.y0),
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
  };
}

/** "none": the pass has no depth attachment; "ignore": drawn over all depths, without leaving one, as in GL. */
export type DepthUse = "none" | "ignore" | "test";

/** A shader and all that is compiled with it. Equal names are one. */
export interface ShaderSpec {
  readonly name: string;
  /** WGSL with the entry points `vs` and `fs`. */
  readonly code: () => string;
  /** Group 0. Binding 0 is the draw's uniforms: a buffer with a dynamic offset. Equal names are one layout. */
  readonly layoutName: string;
  readonly layout: () => GPUBindGroupLayoutEntry[];
  readonly vertexBuffers?: readonly GPUVertexBufferLayout[];
  /** triangle-list by default */
  readonly topology?: GPUPrimitiveTopology;
}

/** A shader in the pipeline that a picture needs. */
export interface PipelineSpec {
  readonly shader: ShaderSpec;
  readonly blend: BlendRule;
  readonly depth: DepthUse;
  readonly format: GPUTextureFormat;
}

/** Samplers that all draws share; both clamp to the edge. */
export interface Samplers {
  readonly nearest: GPUSampler;
  readonly linear: GPUSampler;
}

/** One draw call. */
export interface Draw {
  /** The layer's name, for the GPU's messages. */
  readonly label: string;
  readonly pipeline: PipelineSpec;
  /** At most 512 bytes. */
  readonly uniforms: Float32Array<ArrayBuffer>;
  /** Only these pixels change. */
  readonly box: PixelBox;
  /** What the whole target is after this draw, which is its first, so that it can be copied. */
  readonly base?: GPUTexture;
  /** Beyond binding 0. */
  bindings(samplers: Samplers): readonly GPUBindGroupEntry[];
  /** Sets vertex buffers and draws; a triangle that covers the target by default. */
  record?(pass: GPURenderPassEncoder): void;
}

/** A layer's part of a draw that it shares with its neighbours: see `arrays/slice-stack.ts`. */
export interface StackPart extends Pick<Draw, "label" | "pipeline" | "uniforms" | "box"> {
  /** Parts of one place share a draw. */
  readonly place: string;
  /** Names all that the colours follow from. */
  readonly state: string;
  /** Texels across and down. */
  readonly size: readonly [number, number];
  /** A texel for each pixel of the box. */
  readonly aligned: boolean;
  /** Lays the layer's colours over those below: four floats a texel, RGB in 0..255 and the share in 0..1 that shines through. */
  add(texels: Float32Array): void;
}

/** What a layer comes to in one picture. */
export interface Preparation {
  /** In order; empty while there is nothing to show. */
  readonly draws: readonly Draw[];
  /** Instead of draws. */
  readonly part?: StackPart;
  /** While there is nothing to draw: what is going to be, so that its pipeline is compiled while the bricks are read. */
  readonly rehearsals: readonly Draw[];
  /** What to read. */
  readonly wanted: readonly Wanted[];
  readonly resident: number;
  readonly total: number;
  /** Drawn from the level that was wanted, without holes. */
  readonly complete: boolean;
  /** The pyramid level that is drawn. */
  readonly level?: number;
}
