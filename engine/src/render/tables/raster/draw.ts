/** Rastered pixels as a draw: what was gathered is added to what shines through it. */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { at, multiply } from "../../../model/matrix.ts";
import { type Draw, intersect, type PixelBox } from "../../draw.ts";
import { GATHERED, gatheredDraw } from "../../gathered.ts";
import type { LayerContext } from "../../layer-context.ts";
import { type Origin, shifted, type TableSlice } from "../frame.ts";
import { FrontPixels } from "./pixels.ts";

/** What may shine through a pixel that is done, of 255: nothing; in a draft, a fifth of all. */
const ENOUGH = 0;
const ENOUGH_FOR_A_DRAFT = 51;

/** Pixels of the last size, used again. */
let kept: FrontPixels | undefined;

/** True where a layer's picture is rastered: in 2D on an adapter that computes on the CPU, where there is much of it. */
export function isRastered(layer: TableLayer, items: number, least: number, context: LayerContext): boolean {
  const { blending, experimental_clipping_planes: planes } = layer;
  const plain = blending === "opaque" || blending === "translucent" || blending === "translucent_no_depth";
  return (
    context.software &&
    context.cell.ndisplay === 2 &&
    items >= least &&
    plain &&
    !planes.some((plane) => plane.enabled)
  );
}

/** What all that is rastered has in common. */
export interface RasterPlace {
  readonly affine: readonly [number, number, number, number, number, number];
  readonly opacity: number;
  readonly opaque: boolean;
  readonly enough: number;
}

/** The way from data to the target's pixels; undefined when nothing is to be drawn. */
export function rasterPlace(
  layer: TableLayer,
  slice: TableSlice,
  origin: Origin,
  context: LayerContext,
): RasterPlace {
  const world = shifted(slice.toWorld, origin);
  const flat = [1, 2].map((row) => [at(world, row, 1), at(world, row, 2), at(world, row, 3)]);
  const m = multiply(context.worldToPixels, [...flat, [0, 0, 1]]);
  return {
    affine: [at(m, 0, 0), at(m, 0, 1), at(m, 0, 2), at(m, 1, 0), at(m, 1, 1), at(m, 1, 2)],
    opacity: layer.opacity,
    // The rule for the first visible layer blends it.
    opaque: layer.blending === "opaque" && context.pipeline(GATHERED).blend === "opaque",
    enough: context.draft ? ENOUGH_FOR_A_DRAFT : ENOUGH,
  };
}

/**
 * Draws what `fill` fills: of the whole cell, once, though the picture may be drawn tile by tile.
 * @param state names all that the pixels follow from, apart from the cell and the layer
 */
export function rasterDraw(
  layer: TableLayer,
  context: LayerContext,
  state: string,
  fill: (pixels: FrontPixels) => void,
): Draw | undefined {
  const { clip, device } = context;
  if (clip.x1 <= clip.x0 || clip.y1 <= clip.y0) return undefined;
  const box = cellBox(context);
  const size = [Math.max(1, box.x1 - box.x0), Math.max(1, box.y1 - box.y0)] as const;
  const held = context.residency.pool.use(`raster/${layer.id}/${JSON.stringify(box)}`, () => {
    const texture = device.createTexture({
      label: `raster ${layer.name}`,
      size: [...size],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST | GPUTextureUsage.COPY_SRC,
    });
    const value: { readonly texture: GPUTexture; state: string } = { texture, state: "" };
    return { value, bytes: size[0] * size[1] * 4, destroy: () => texture.destroy() };
  });
  const { base } = context;
  const whole = size[0] === context.target.width && size[1] === context.target.height;
  const copied = whole ? base : undefined;
  const made = `${state}/${copied?.join() ?? ""}`;
  if (held.state !== made) {
    if (kept === undefined || JSON.stringify(kept.box) !== JSON.stringify(box)) kept = new FrontPixels(box);
    const pixels = kept;
    pixels.clear();
    fill(pixels);
    if (copied) pixels.over(copied);
    device.queue.writeTexture({ texture: held.texture }, pixels.values, { bytesPerRow: size[0] * 4 }, [
      ...size,
    ]);
    held.state = made;
  }
  const corner = [box.x0, box.y0] as const;
  const draw = gatheredDraw(
    layer.name,
    context.pipeline(GATHERED),
    { corner },
    clip,
    held.texture.createView(),
  );
  return copied ? { ...draw, base: held.texture } : draw;
}

/** The cell's pixels of the target. */
function cellBox({ cell, target }: LayerContext): PixelBox {
  const { offset, size, ratio } = cell;
  const whole = { x0: 0, y0: 0, x1: target.width, y1: target.height };
  return intersect(whole, {
    x0: Math.round(offset[0]),
    y0: Math.round(offset[1]),
    x1: Math.round(offset[0] + size.width * ratio),
    y1: Math.round(offset[1] + size.height * ratio),
  });
}
