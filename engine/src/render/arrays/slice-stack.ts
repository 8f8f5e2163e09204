/**
 * Slices that are coloured here. Where the adapter computes on the CPU, each layer of a 2D picture costs two texture samples and a blend a pixel, but a
 * slice that is shown enlarged has far fewer voxels than pixels. So drafts colour its voxels first, and slices that lie one over the other in the
 * same place meet voxel by voxel: what is drawn is one texture, whose alpha is the share of what is below that stays. Of a slice with more voxels
 * than pixels those that pixels show are taken, and meet pixel by pixel.
 */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { GatherTarget, Range } from "../../data/gather.ts";
import { colormapTable, TABLE_SIZE } from "../../model/colormaps.ts";
import type { BlendRule } from "../blend.ts";
import type { Draw, PixelBox, StackPart } from "../draw.ts";
import { GATHERED, gatheredDraw } from "../gathered.ts";
import type { LayerContext } from "../layer-context.ts";
import type { LayerPlan } from "../plan.ts";
import { picksKey, type Residency } from "../residency.ts";
import { Derived } from "../tables/derived.ts";
import type { Picks } from "./slice-picks.ts";

/** Where a slice lies. */
export interface StackPlace {
  readonly level: number;
  readonly ranges: readonly Range[];
  /** As the slice's shader takes them. */
  readonly uniforms: Float32Array<ArrayBuffer>;
  readonly box: PixelBox;
  /** Voxels across and down. */
  readonly size: readonly [number, number];
  /** Where there are more voxels than pixels: those that pixels show. */
  readonly picks?: Picks;
}

/** Voxels may be this share of the pixels at most. */
const MOST_VOXELS = 0.5;

/** Blendings of which several come to a colour and a share of what is below. */
const ADDING: ReadonlySet<BlendRule> = new Set([
  "translucent",
  "translucent_no_depth",
  "additive",
  "first_additive",
]);

/** True where a layer's slices are stacked, if their voxels are few or lie along the pixels. */
export function isStacked(layer: ImageLayer, plan: LayerPlan, context: LayerContext): boolean {
  const plain = layer.interpolation2d === "nearest" && plan.source.channels === 0;
  return context.draft && plain && ADDING.has(context.pipeline(GATHERED).blend);
}

/** True where there are fewer voxels than pixels. */
export function isEnlarged({ size, box }: Pick<StackPlace, "size" | "box">): boolean {
  return size[0] * size[1] <= MOST_VOXELS * (box.x1 - box.x0) * (box.y1 - box.y0);
}

/** A layer's part of a stack; all of its bricks are here. */
export function stackPart(
  layer: ImageLayer,
  plan: LayerPlan,
  { level, ranges, uniforms, box, size, picks }: StackPlace,
  context: LayerContext,
): StackPart {
  const { blend, ...pipeline } = context.pipeline(GATHERED);
  const { colormap, contrast_limits: limits, gamma, opacity } = layer;
  const placed = uniforms.slice(0, 12);
  return {
    label: layer.name,
    place: JSON.stringify([[...placed], box, size]),
    state: JSON.stringify([
      context.residency.key(plan, level, ranges),
      picks && picksKey(picks),
      context.residency.tableKey(colormap),
      [limits, gamma, opacity, blend],
    ]),
    pipeline: { ...pipeline, blend: "gathered" },
    uniforms: placed,
    aligned: picks !== undefined,
    box,
    size,
    add(texels) {
      const values =
        picks === undefined
          ? context.residency.gathered(plan, level, ranges)
          : context.residency.pickedValues(plan, level, ranges, picks);
      addColors(texels, values, { limits, opacity, blend, table: tableOf(layer) });
    },
  };
}

const tables = new Derived<ImageLayer["colormap"], Uint8Array>(4);

/** The colormap by what is between the limits, before gamma. */
function tableOf({ colormap, gamma }: ImageLayer): Uint8Array {
  return tables.get(colormap, `${gamma}`, () => {
    const table = colormapTable(colormap);
    if (gamma === 1) return table;
    const out = new Uint8Array(table.length);
    for (let i = 0; i < TABLE_SIZE; i++) {
      const from = Math.min(TABLE_SIZE - 1, Math.floor(((i + 0.5) / TABLE_SIZE) ** gamma * TABLE_SIZE));
      out.set(table.subarray(4 * from, 4 * from + 4), 4 * i);
    }
    return out;
  });
}

/**
 * Lays colours over what is there.
 * @param texels four floats a voxel: red, green and blue in 0..255, and the share in 0..1 of what is below that stays
 */
function addColors(
  texels: Float32Array,
  values: GatherTarget,
  {
    limits: [low, high],
    opacity,
    blend,
    table,
  }: { limits: readonly [number, number]; opacity: number; blend: BlendRule; table: Uint8Array },
): void {
  const scale = TABLE_SIZE / (high - low);
  const adds = blend === "additive" || blend === "first_additive";
  const covers = blend === "first_additive";
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const t = (value - low) * scale;
    // What is not a number is transparent, and infinities are at an end.
    const at = 4 * (t >= TABLE_SIZE ? TABLE_SIZE - 1 : t > 0 ? t | 0 : 0);
    const alpha = Number.isNaN(value) ? 0 : ((table[at + 3] as number) / 255) * opacity;
    const below = covers ? 0 : adds ? 1 : 1 - alpha;
    const k = 4 * i;
    texels[k] = Math.min(255, (texels[k] as number) * below + (table[at] as number) * alpha);
    texels[k + 1] = Math.min(255, (texels[k + 1] as number) * below + (table[at + 1] as number) * alpha);
    texels[k + 2] = Math.min(255, (texels[k + 2] as number) * below + (table[at + 2] as number) * alpha);
    texels[k + 3] = (texels[k + 3] as number) * below;
  }
}

/** One draw for neighbours of one place, the lowest first. */
export function stackDraw(
  parts: readonly [StackPart, ...StackPart[]],
  device: GPUDevice,
  residency: Residency,
): Draw {
  const [{ pipeline, uniforms, box, size, aligned }] = parts;
  const [width, height] = size;
  const state = parts.map((part) => part.state).join(" ");
  const { view } = residency.pool.use(`stack/${state}`, () => {
    const texels = new Float32Array(4 * width * height);
    for (let k = 3; k < texels.length; k += 4) texels[k] = 1;
    for (const part of parts) part.add(texels);
    const texture = device.createTexture({
      label: "slices",
      size: [width, height],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    const bytes = new Uint8Array(texels.length);
    for (let k = 0; k < bytes.length; k += 4) {
      bytes[k] = (texels[k] as number) + 0.5;
      bytes[k + 1] = (texels[k + 1] as number) + 0.5;
      bytes[k + 2] = (texels[k + 2] as number) + 0.5;
      bytes[k + 3] = 255 * (texels[k + 3] as number) + 0.5;
    }
    device.queue.writeTexture({ texture }, bytes, { bytesPerRow: 4 * width }, [width, height]);
    return { value: { view: texture.createView() }, bytes: bytes.length, destroy: () => texture.destroy() };
  });
  const place = aligned ? { corner: [box.x0, box.y0] as const } : { affine: uniforms };
  return gatheredDraw(parts.map((part) => part.label).join(", "), pipeline, place, box, view);
}
