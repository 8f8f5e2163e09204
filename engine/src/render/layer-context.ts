/** What a layer's drawing may know of the picture that it is in. */
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import type { ChunkSource } from "../data/chunk-source.ts";
import type { Size } from "../model/camera.ts";
import type { Matrix } from "../model/matrix.ts";
import type { PipelineSpec, PixelBox, ShaderSpec } from "./draw.ts";
import type { VolumeLimits } from "./plan.ts";
import type { CellCamera } from "./projection.ts";
import type { Residency } from "./residency.ts";

/** One layer in one cell of one picture. */
export interface LayerContext {
  readonly device: GPUDevice;
  readonly view: View;
  readonly cell: CellCamera;
  /** The whole target, in its own pixels. */
  readonly target: Size;
  /** The part of the target that is to be drawn. */
  readonly clip: PixelBox;
  /** The cell's part of the target, of which `clip` may be a tile. */
  readonly whole: PixelBox;
  /** 3 x 3: displayed world (vertical, horizontal, 1) to the target's pixels (x, y, 1); for 2D. */
  readonly worldToPixels: Matrix;
  /** The pass has a depth attachment: shaders that march write the depth of what they hit. */
  readonly depth: boolean;
  /** Of the lowest layer of a picture that can begin as a copy: the background under it, red, green and blue in 0..1. */
  readonly base: readonly [number, number, number] | undefined;
  /** Leap over cells that cannot change the picture. */
  readonly skip: boolean;
  /** Another picture follows soon, and pixels are dear: small things may be coarser. */
  readonly draft: boolean;
  /** The adapter computes on the CPU. */
  readonly software: boolean;
  readonly residency: Residency;
  readonly maxTexture: number;
  limits(source: ChunkSource): VolumeLimits;
  /** More of what is here can be shown in another picture: it is worth drawing, although no brick arrives. */
  again(): void;
  /** The shader with the layer's blending, the picture's format and depth. */
  pipeline(shader: ShaderSpec): PipelineSpec;
}
