/** Textures of layers, filled from bricks. */
import type { Colormap } from "@eyepiece/protocol/scene/schema.ts";
import { ELEMENT_BYTES, volumeOf } from "../data/array.ts";
import type { BrickCache, Wanted } from "../data/brick-cache.ts";
import type { ChunkSource } from "../data/chunk-source.ts";
import {
  bricksOf,
  type GatherRequest,
  type GatherTarget,
  gather,
  gatheredShape,
  type Range,
} from "../data/gather.ts";
import { colormapTable, TABLE_SIZE } from "../model/colormaps.ts";
import { LabelTextures } from "./arrays/label-textures.ts";
import { type Picks, pick } from "./arrays/slice-picks.ts";
import { VolumeBuild } from "./arrays/volume-build.ts";
import { type FormatRules, gatherTarget, type TexelPath, texelPath, toTexels } from "./formats.ts";
import { gatherRequest, isWide, type LayerPlan, projectionOf } from "./plan.ts";
import { GpuPool } from "./pool.ts";

/** A slice's texture and where it lies in its level. */
export interface SliceTexture {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
  readonly path: TexelPath;
}

/** A colormap on the GPU. */
export interface ColorTable {
  readonly view: GPUTextureView;
  /** The first colour, RGBA in 0..1. */
  readonly first: readonly number[];
  /** Lookups in 0..constant blend equal colours only. */
  readonly constant: number;
}

/** Layers' data on the GPU. */
export class Residency {
  readonly pool: GpuPool;
  readonly #device: GPUDevice;
  readonly cache: BrickCache;
  readonly rules: FormatRules;
  readonly labels: LabelTextures;
  readonly #tableKeys = new WeakMap<Colormap, string>();

  constructor(device: GPUDevice, cache: BrickCache, budget: number, rules: FormatRules) {
    this.#device = device;
    this.cache = cache;
    this.pool = new GpuPool(budget);
    this.rules = rules;
    this.labels = new LabelTextures(device, cache, this.pool);
  }

  /** Bytes of a whole brick in memory. */
  brickBytes(source: ChunkSource, level: number): number {
    return (
      volumeOf(source.levels[level]?.chunk ?? []) * Math.max(1, source.channels) * ELEMENT_BYTES[source.dtype]
    );
  }

  /** How a request's values are held. */
  path(plan: LayerPlan, request: GatherRequest): TexelPath {
    return texelPath(plan.source.dtype, plan.source.channels, isWide(request), this.rules);
  }

  /** Bricks to read, first those near the middle of the box. `rank` 0 is read before rank 1. */
  wanted(
    plan: LayerPlan,
    level: number,
    ranges: readonly Range[],
    rank: number,
    bricks?: readonly (readonly number[])[],
  ): Wanted[] {
    const info = plan.source.levels[level];
    if (info === undefined) return [];
    const middle = ranges.map(([start, stop], axis) => (start + stop) / 2 / (info.chunk[axis] ?? 1) - 0.5);
    return (bricks ?? bricksOf(info, ranges)).map((index) => {
      const distance = Math.hypot(...index.map((one, axis) => one - (middle[axis] ?? 0)));
      return { source: plan.source, level, index, priority: rank + distance / (1e3 + distance) };
    });
  }

  /** How many bricks of a box are here, and how many there are. */
  progress(plan: LayerPlan, level: number, ranges: readonly Range[]): { resident: number; total: number } {
    const info = plan.source.levels[level];
    const indices = info === undefined ? [] : bricksOf(info, ranges);
    let resident = 0;
    for (const index of indices) if (this.cache.state(plan.source, level, index) === "resident") resident++;
    return { resident, total: indices.length };
  }

  /** A name for a box of a source's level, without the layer: layers that share data share textures. */
  key(plan: LayerPlan, level: number, ranges: readonly Range[]): string {
    const { source, layer, slice } = plan;
    const box = ranges.map(([start, stop]) => `${start}-${stop}`).join(",");
    return `${source.id}@${source.version}/${level}/${box}/${slice.displayed.join("")}/${projectionOf(layer)}`;
  }

  /** The values of a box that is one voxel thick or projected, in the data's units. */
  gathered(plan: LayerPlan, level: number, ranges: readonly Range[]): GatherTarget {
    const request = gatherRequest(plan, level, ranges);
    const path = this.path(plan, request);
    const target = gatherTarget(path, volumeOf(gatheredShape(request)) * path.inner);
    gather(request, (index) => this.cache.get(plan.source, level, index), target);
    return target;
  }

  /** The values of those voxels of a box that the pixels show, in the data's units, row by row. */
  pickedValues(plan: LayerPlan, level: number, ranges: readonly Range[], picks: Picks): GatherTarget {
    const request = gatherRequest(plan, level, ranges);
    const path = this.path(plan, request);
    const target = gatherTarget(path, picks.columns.length * picks.rows.length * path.inner);
    pick(request, picks, (index) => this.cache.get(plan.source, level, index), target);
    return target;
  }

  /**
   * A 2D texture of a box that is one voxel thick or projected.
   * @param stride takes every n-th voxel, for boxes larger than the GPU's textures
   */
  slice(
    plan: LayerPlan,
    level: number,
    ranges: readonly Range[],
    stride: number,
    complete: boolean,
  ): SliceTexture {
    const request = gatherRequest(plan, level, ranges);
    const path = this.path(plan, request);
    const make = (): { value: SliceTexture; bytes: number; destroy: () => void } => {
      const [height = 1, width = 1] = gatheredShape(request);
      const gathered = this.gathered(plan, level, ranges);
      const w = Math.ceil(width / stride);
      const h = Math.ceil(height / stride);
      const thinned = stride === 1 ? gathered : thin(gathered, width, w, h, stride, path.inner);
      const texture = this.#device.createTexture({
        label: `slice ${plan.layer.name}`,
        size: [w, h],
        format: path.format,
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      const bytes = toTexels(path, thinned, plan.source.dtype);
      this.#device.queue.writeTexture({ texture }, bytes, { bytesPerRow: w * path.bytes, rowsPerImage: h }, [
        w,
        h,
      ]);
      return {
        value: { texture, view: texture.createView(), path },
        bytes: w * h * path.bytes,
        destroy: () => texture.destroy(),
      };
    };
    const key = `slice/${this.key(plan, level, ranges)}/${stride}`;
    if (!complete) {
      // A slice with holes is made anew for each picture until it has none.
      this.pool.drop(`partial/${key}`);
      return this.pool.use(`partial/${key}`, make);
    }
    return this.pool.use(key, make);
  }

  /** A 2D texture of the voxels that the pixels show: a texel for each of the box. */
  picked(
    plan: LayerPlan,
    level: number,
    ranges: readonly Range[],
    picks: Picks,
    complete: boolean,
  ): Pick<SliceTexture, "view" | "path"> {
    const path = this.path(plan, gatherRequest(plan, level, ranges));
    const [width, height] = [picks.columns.length, picks.rows.length];
    const make = (): { value: SliceTexture; bytes: number; destroy: () => void } => {
      const taken = this.pickedValues(plan, level, ranges, picks);
      const texture = this.#device.createTexture({
        label: `slice ${plan.layer.name}`,
        size: [width, height],
        format: path.format,
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      this.#device.queue.writeTexture(
        { texture },
        toTexels(path, taken, plan.source.dtype),
        { bytesPerRow: width * path.bytes, rowsPerImage: height },
        [width, height],
      );
      return {
        value: { texture, view: texture.createView(), path },
        bytes: width * height * path.bytes,
        destroy: () => texture.destroy(),
      };
    };
    const key = `slice/${this.key(plan, level, ranges)}/picked/${picksKey(picks)}`;
    if (complete) return this.pool.use(key, make);
    this.pool.drop(`partial/${key}`);
    return this.pool.use(`partial/${key}`, make);
  }

  /**
   * The volume of a box, with all of its bricks uploaded that are at hand; `data` is there when they all were. What it still
   * lacks is to be wanted.
   */
  volume(plan: LayerPlan, level: number, ranges: readonly Range[]): VolumeBuild {
    const build = this.pool.use(`volume/${this.key(plan, level, ranges)}`, () => {
      const request = gatherRequest(plan, level, ranges);
      const value = new VolumeBuild(this.#device, plan, request, this.path(plan, request));
      return { value, bytes: value.bytes, destroy: () => value.destroy() };
    });
    build.add((index) => this.cache.get(plan.source, level, index));
    return build;
  }

  /** A name for what a colormap does. */
  tableKey(map: Colormap): string {
    let key = this.#tableKeys.get(map);
    if (key === undefined) {
      key = `table/${JSON.stringify([map.colors, map.controls, map.interpolation])}`;
      this.#tableKeys.set(map, key);
    }
    return key;
  }

  /** A colormap as a texture of one row. */
  table(map: Colormap): ColorTable {
    return this.pool.use(this.tableKey(map), () => {
      const texels = colormapTable(map);
      const texture = this.#device.createTexture({
        label: `colormap ${map.name}`,
        size: [TABLE_SIZE, 1],
        format: "rgba8unorm",
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      this.#device.queue.writeTexture({ texture }, texels, { bytesPerRow: TABLE_SIZE * 4 }, [TABLE_SIZE, 1]);
      const words = new Uint32Array(texels.buffer);
      let same = 1;
      while (same < words.length && words[same] === words[0]) same++;
      return {
        value: {
          view: texture.createView(),
          first: [...texels.subarray(0, 4)].map((value) => value / 255),
          constant: Math.max(0, same - 1) / TABLE_SIZE,
        },
        bytes: texels.byteLength,
        destroy: () => texture.destroy(),
      };
    });
  }

  /** Releases a source's textures. */
  drop(source: string): void {
    for (const kind of ["slice", "volume", "bricks", "partial/slice"]) this.pool.drop(`${kind}/${source}@`);
  }
}

/** A name for the voxels that are picked. */
export function picksKey({ rows, columns }: Picks): string {
  const line = (voxels: Int32Array): string =>
    `${voxels[0]}-${voxels.at(-1)}-${voxels.length}-${hash(voxels)}`;
  return `${line(rows)}/${line(columns)}`;
}

/** Tells lists of numbers apart. */
function hash(values: Int32Array): number {
  let sum = 2166136261;
  for (const value of values) sum = Math.imul(sum ^ value, 16777619);
  return sum >>> 0;
}

function thin<T extends Uint8Array | Uint16Array | Float32Array>(
  data: T,
  width: number,
  w: number,
  h: number,
  stride: number,
  inner: number,
): T {
  const out = new (data.constructor as new (length: number) => T)(w * h * inner);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      for (let c = 0; c < inner; c++) {
        out[(y * w + x) * inner + c] = data[(y * stride * width + x * stride) * inner + c] ?? 0;
      }
    }
  }
  return out;
}
