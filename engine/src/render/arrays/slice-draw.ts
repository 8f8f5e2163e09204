/** Numbers and textures of one 2D draw. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Wanted } from "../../data/brick-cache.ts";
import { gatheredShape, type Range } from "../../data/gather.ts";
import { apply, inverse, type Matrix, multiply } from "../../model/matrix.ts";
import { intersect, type PixelBox, type Preparation } from "../draw.ts";
import type { TexelPath } from "../formats.ts";
import { gatherRequest, type LayerPlan, levelRanges, levelSize, worldToLevel } from "../plan.ts";
import type { Residency, SliceTexture } from "../residency.ts";
import type { BrickTables } from "./bricks/brick-draw.ts";
import { type Picks, picksOf } from "./slice-picks.ts";
import { isEnlarged, type StackPlace } from "./slice-stack.ts";

/** Numbers and textures of one draw over an array. */
export interface ArrayDraw {
  readonly uniforms: Float32Array<ArrayBuffer>;
  readonly path: TexelPath;
  readonly voxels: GPUTextureView;
  /** The bounds of a volume's fine and coarse cells. */
  readonly cells?: readonly [GPUTextureView, GPUTextureView];
  /** The tables of a volume in bricks; `voxels` is their atlas. */
  readonly bricks?: BrickTables;
  readonly box: PixelBox;
  readonly level: number;
}

/** What an array comes to: what to draw, if anything yet, and what to read. */
export interface ArrayPreparation extends Pick<Preparation, "wanted" | "resident" | "total" | "complete"> {
  readonly draw?: ArrayDraw;
  /** Instead of a draw, where the caller asked for it. */
  readonly stack?: StackPlace;
  /** While there is nothing to draw: what is going to be. */
  readonly rehearsal?: ArrayDraw;
}

/** Voxels that the widest filter reads beyond the visible ones. */
const MARGIN = 3;

/** What other layers than images do otherwise. */
export interface SliceOptions {
  /** Voxels that are needed beyond the visible ones. */
  readonly margin?: number;
  /** Makes the texture of a box; `complete`: all of its bricks are here. */
  readonly texture?: (
    level: number,
    ranges: readonly Range[],
    stride: number,
    complete: boolean,
  ) => Pick<SliceTexture, "view" | "path">;
  /** Where a slice is whole and enlarged, its place is enough. */
  readonly stack?: boolean;
}

/** The rectangle of pixels whose centres may fall in a box of voxel coordinates [low, high) on two axes. */
function projectedBox(
  toPixels: Matrix,
  low: readonly number[],
  high: readonly number[],
  clip: PixelBox,
): PixelBox {
  let { x0, y0, x1, y1 } = { x0: clip.x1, y0: clip.y1, x1: clip.x0, y1: clip.y0 };
  for (let corner = 0; corner < 4; corner++) {
    const v = (corner & 1 ? high[0] : low[0]) ?? 0;
    const h = (corner & 2 ? high[1] : low[1]) ?? 0;
    const [x = 0, y = 0] = apply(toPixels, [v, h, 1]);
    x0 = Math.min(x0, Math.floor(x));
    y0 = Math.min(y0, Math.floor(y));
    x1 = Math.max(x1, Math.ceil(x));
    y1 = Math.max(y1, Math.ceil(y));
  }
  return intersect({ x0, y0, x1, y1 }, clip);
}

/** Where a level lies on the screen, and which of its voxels that takes. */
export interface SliceBox {
  readonly ranges: Range[];
  readonly pixelsToVoxels: Matrix;
  readonly box: PixelBox;
}

/** The part of a level that is on the screen; undefined when nothing is. */
export function sliceBox(
  plan: LayerPlan,
  level: number,
  worldToPixels: Matrix,
  clip: PixelBox,
  margin = MARGIN,
): SliceBox | undefined {
  const info = plan.source.levels[level];
  const toVoxels = info && worldToLevel(plan.slice, info);
  const toWorld = toVoxels && inverse(toVoxels);
  const toPixels = toWorld && multiply(worldToPixels, toWorld);
  const pixelsToVoxels = toPixels && inverse(toPixels);
  if (info === undefined || toPixels === undefined || pixelsToVoxels === undefined) return undefined;
  const sizes = [levelSize(plan.slice, info, 0), levelSize(plan.slice, info, 1)];
  const box = projectedBox(
    toPixels,
    [-0.5, -0.5],
    sizes.map((size) => size - 0.5),
    clip,
  );
  if (box.x1 <= box.x0 || box.y1 <= box.y0) return undefined;
  const ranges = levelRanges(plan.slice, info);
  for (const [i, axis] of plan.slice.displayed.entries()) {
    if (axis < 0) continue;
    const corners = [
      [box.x0, box.y0],
      [box.x1, box.y0],
      [box.x0, box.y1],
      [box.x1, box.y1],
    ].map(([x = 0, y = 0]) => apply(pixelsToVoxels, [x, y, 1])[i] ?? 0);
    const size = sizes[i] ?? 1;
    // Rounded to blocks, so that a small pan finds the same texture.
    const block = 64;
    const start = Math.floor((Math.min(...corners) - margin) / block) * block;
    const stop = Math.ceil((Math.max(...corners) + margin + 1) / block) * block;
    ranges[axis] = [Math.min(size - 1, Math.max(0, start)), Math.max(1, Math.min(size, stop))];
  }
  return { ranges, pixelsToVoxels, box };
}

/**
 * Prepares a layer in 2D.
 * @param worldToPixels 3 x 3: displayed world (vertical, horizontal, 1) to the target's pixels (x, y, 1)
 * @param clip the part of the target that is to be drawn
 */
export function prepareSlice(
  plan: LayerPlan,
  worldToPixels: Matrix,
  clip: PixelBox,
  residency: Residency,
  maxTexture: number,
  { margin = MARGIN, texture: textureOf, stack = false }: SliceOptions = {},
): ArrayPreparation | undefined {
  const wanted: Wanted[] = [];
  let chosen: Chosen | undefined;
  let progress = { resident: 0, total: 0 };
  let complete = false;
  for (const [rank, level] of plan.levels.entries()) {
    const lying = sliceBox(plan, level, worldToPixels, clip, margin);
    if (lying === undefined) return undefined;
    const { ranges, pixelsToVoxels, box } = lying;
    const here = residency.progress(plan, level, ranges);
    wanted.push(...residency.wanted(plan, level, ranges, plan.levels.length - 1 - rank));
    const whole = here.resident === here.total;
    if (rank === 0) {
      progress = here;
      complete = whole;
    }
    if (chosen === undefined && (whole || rank === plan.levels.length - 1)) {
      const lengths = plan.slice.displayed.map((axis) =>
        axis < 0 ? 1 : (ranges[axis]?.[1] ?? 1) - (ranges[axis]?.[0] ?? 0),
      );
      chosen = { level, ranges, stride: Math.ceil(Math.max(...lengths) / maxTexture), pixelsToVoxels, box };
      // Coarser levels are only for the time until this one is whole.
      if (whole && rank === 0) break;
    }
  }
  if (chosen === undefined) return undefined;
  const whole = residency.progress(plan, chosen.level, chosen.ranges);
  if (whole.resident === 0 && whole.total > 0 && !complete) return { wanted, ...progress, complete };
  if (stack && complete) {
    const place = stackPlace(plan, chosen);
    if (place !== undefined) return { stack: place, wanted, ...progress, complete };
  }
  const picks = textureOf === undefined ? picksOf(plan, chosen.level, chosen) : undefined;
  if (picks !== undefined) {
    const { box } = picks;
    if (box.x1 <= box.x0 || box.y1 <= box.y0) return { wanted, ...progress, complete };
    const texture = residency.picked(
      plan,
      chosen.level,
      chosen.ranges,
      picks,
      whole.resident === whole.total,
    );
    const uniforms = pickedUniforms(plan, picks, texture.path);
    return {
      draw: { uniforms, path: texture.path, voxels: texture.view, box, level: chosen.level },
      wanted,
      ...progress,
      complete,
    };
  }
  const make: NonNullable<SliceOptions["texture"]> = textureOf ?? ((...box) => residency.slice(plan, ...box));
  const texture = make(chosen.level, chosen.ranges, chosen.stride, whole.resident === whole.total);
  const uniforms = sliceUniforms(plan, chosen, texture.path);
  return {
    draw: { uniforms, path: texture.path, voxels: texture.view, box: chosen.box, level: chosen.level },
    wanted,
    ...progress,
    complete,
  };
}

interface Chosen extends SliceBox {
  readonly level: number;
  readonly stride: number;
}

/** Where a slice's colours meet others: voxel by voxel where these are few, or else pixel by pixel; undefined where it is turned. */
function stackPlace(plan: LayerPlan, chosen: Chosen): StackPlace | undefined {
  const { level, ranges, stride, box } = chosen;
  const [height = 1, width = 1] = gatheredShape(gatherRequest(plan, level, ranges));
  const size = [width, height] as const;
  if (stride === 1 && isEnlarged({ size, box }))
    return { level, ranges, uniforms: placeUniforms(plan, chosen), box, size };
  const picks = picksOf(plan, level, chosen, 0);
  if (picks === undefined || picks.rows.length === 0 || picks.columns.length === 0) return undefined;
  return {
    ...{ level, ranges, picks, box: picks.box },
    uniforms: pickedPlace(picks),
    size: [picks.columns.length, picks.rows.length],
  };
}

function sliceUniforms(plan: LayerPlan, chosen: Chosen, path: TexelPath): Float32Array<ArrayBuffer> {
  const u = placeUniforms(plan, chosen);
  if (plan.layer.type === "image") setLimits(u, 12, plan.layer, path);
  u[16] = plan.layer.opacity;
  return u;
}

/** Where the texels lie: the first ten floats. */
function placeUniforms(plan: LayerPlan, chosen: Chosen): Float32Array<ArrayBuffer> {
  const info = plan.source.levels[chosen.level];
  const u = new Float32Array(24);
  // x is the second displayed axis, y the first.
  for (const [slot, i] of [1, 0].entries()) {
    const axis = plan.slice.displayed[i] ?? -1;
    const start = axis < 0 ? 0 : (chosen.ranges[axis]?.[0] ?? 0);
    const row = chosen.pixelsToVoxels[i] ?? [];
    const k = 1 / chosen.stride;
    // Voxel i is centred on i, texel i on i + 0.5.
    u[slot] = ((row[2] ?? 0) + 0.5 - start) * k;
    u[2 + slot] = (row[0] ?? 0) * k;
    u[4 + slot] = (row[1] ?? 0) * k;
    const size = info === undefined ? 1 : levelSize(plan.slice, info, i);
    u[6 + slot] = -start * k;
    u[8 + slot] = (size - start) * k;
  }
  return u;
}

/** Of a texture that has a texel for each pixel of the box. */
function pickedUniforms(plan: LayerPlan, picks: Picks, path: TexelPath): Float32Array<ArrayBuffer> {
  const u = pickedPlace(picks);
  if (plan.layer.type === "image") setLimits(u, 12, plan.layer, path);
  u[16] = plan.layer.opacity;
  return u;
}

function pickedPlace({ box }: Picks): Float32Array<ArrayBuffer> {
  const u = new Float32Array(24);
  u.set([-box.x0, -box.y0, 1, 0, 0, 1, 0, 0, box.x1 - box.x0, box.y1 - box.y0]);
  return u;
}

/** Contrast limits in the texture's units, and gamma. */
export function setLimits(u: Float32Array, at: number, layer: ImageLayer, path: TexelPath): void {
  u[at] = layer.contrast_limits[0] / path.unit;
  u[at + 1] = layer.contrast_limits[1] / path.unit;
  u[at + 2] = layer.gamma;
}
