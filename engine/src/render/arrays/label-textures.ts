/** Labels on the GPU: textures of codes, and tables of the codes' colours. */
import type { LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { BrickCache } from "../../data/brick-cache.ts";
import type { Brick } from "../../data/chunk-source.ts";
import { gather, gatheredShape, type Range } from "../../data/gather.ts";
import { CodedBricks, contours, type LabelCoding, labelCoding } from "../../model/labels.ts";
import { gatherTarget, type TexelPath } from "../formats.ts";
import { gatherRequest, type LayerPlan } from "../plan.ts";
import type { GpuPool } from "../pool.ts";
import type { SliceTexture } from "../residency.ts";
import { VolumeBuild } from "./volume-build.ts";

/** Codes in a row of a table's texture. */
export const TABLE_WIDTH = 256;

function codePath({ bytes }: LabelCoding): TexelPath {
  const format = bytes === 1 ? "r8uint" : "r16uint";
  return { kind: bytes === 1 ? "u8" : "u16", format, bytes, unit: 1, filterable: false, inner: 1 };
}

/** See the file's comment. */
export class LabelTextures {
  readonly #device: GPUDevice;
  readonly #cache: BrickCache;
  readonly #pool: GpuPool;
  readonly #bricks = new CodedBricks();
  readonly #codings = new WeakMap<LabelsLayer, LabelCoding>();
  readonly #tableKeys = new WeakMap<LabelCoding, string>();

  constructor(device: GPUDevice, cache: BrickCache, pool: GpuPool) {
    this.#device = device;
    this.#cache = cache;
    this.#pool = pool;
  }

  /** How a layer's labels are coded. */
  coding(layer: LabelsLayer): LabelCoding {
    let coding = this.#codings.get(layer);
    if (coding === undefined) {
      coding = labelCoding(layer);
      this.#codings.set(layer, coding);
    }
    return coding;
  }

  /** A 2D texture of a box that is one voxel thick. `stride` takes every n-th voxel. */
  slice(
    plan: LayerPlan,
    layer: LabelsLayer,
    level: number,
    ranges: readonly Range[],
    stride: number,
    complete: boolean,
  ): SliceTexture {
    const coding = this.coding(layer);
    const make = (): { value: SliceTexture; bytes: number; destroy: () => void } => {
      const path = codePath(coding);
      const { codes, width, height } = this.#codes(plan, layer, coding, level, ranges);
      const [w, h] = [Math.ceil(width / stride), Math.ceil(height / stride)];
      const thinned = stride === 1 ? codes : thin(codes, width, w, h, stride);
      const texture = this.#device.createTexture({
        label: `labels ${layer.name}`,
        size: [w, h],
        format: path.format,
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      this.#device.queue.writeTexture(
        { texture },
        thinned,
        { bytesPerRow: w * path.bytes, rowsPerImage: h },
        [w, h],
      );
      return {
        value: { texture, view: texture.createView(), path },
        bytes: w * h * path.bytes,
        destroy: () => texture.destroy(),
      };
    };
    const contour = layer.contour > 0 ? `${layer.contour} ${layer.colormap.background_value}` : "";
    const key = `${this.#key("slice", plan, level, ranges)}/${coding.name}/${contour}/${stride}`;
    if (complete) return this.#pool.use(key, make);
    // A slice with holes is made anew for each picture until it has none.
    this.#pool.drop(`partial/${key}`);
    return this.#pool.use(`partial/${key}`, make);
  }

  /** The volume of a box, with all of its bricks uploaded that are at hand. */
  volume(plan: LayerPlan, layer: LabelsLayer, level: number, ranges: readonly Range[]): VolumeBuild {
    const coding = this.coding(layer);
    const build = this.#pool.use(`${this.#key("volume", plan, level, ranges)}/${coding.name}`, () => {
      const value = new VolumeBuild(this.#device, plan, gatherRequest(plan, level, ranges), codePath(coding));
      return { value, bytes: value.bytes, destroy: () => value.destroy() };
    });
    build.add(this.#coded(plan, coding, level));
    return build;
  }

  /** The colours of a layer's codes: row after row of {@link TABLE_WIDTH}. */
  table(layer: LabelsLayer): GPUTextureView {
    const coding = this.coding(layer);
    let key = this.#tableKeys.get(coding);
    if (key === undefined) {
      key = `table/labels/${coding.bytes}/${hash(coding.table)}`;
      this.#tableKeys.set(coding, key);
    }
    return this.#pool.use(key, () => {
      const rows = coding.table.length / 4 / TABLE_WIDTH;
      const texture = this.#device.createTexture({
        label: `label colours ${layer.name}`,
        size: [TABLE_WIDTH, rows],
        format: "rgba8unorm",
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      this.#device.queue.writeTexture({ texture }, coding.table, { bytesPerRow: TABLE_WIDTH * 4 }, [
        TABLE_WIDTH,
        rows,
      ]);
      return {
        value: texture.createView(),
        bytes: coding.table.byteLength,
        destroy: () => texture.destroy(),
      };
    });
  }

  #coded(
    plan: LayerPlan,
    coding: LabelCoding,
    level: number,
  ): (index: readonly number[]) => Brick | undefined {
    return (index) => {
      const brick = this.#cache.get(plan.source, level, index);
      return brick && this.#bricks.of(brick, coding);
    };
  }

  #codes(
    plan: LayerPlan,
    layer: LabelsLayer,
    coding: LabelCoding,
    level: number,
    ranges: readonly Range[],
  ): { codes: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>; width: number; height: number } {
    const request = gatherRequest(plan, level, ranges);
    const [height = 1, width = 1] = gatheredShape(request);
    const codes = gatherTarget(codePath(coding), width * height) as
      | Uint8Array<ArrayBuffer>
      | Uint16Array<ArrayBuffer>;
    if (layer.contour === 0) {
      gather(request, this.#coded(plan, coding, level), codes);
      return { codes, width, height };
    }
    const labels = new Float64Array(width * height);
    gather(request, (index) => this.#cache.get(plan.source, level, index), labels);
    const background = layer.colormap.background_value;
    const outlines = contours(labels, width, height, layer.contour, background);
    const { code = Number } = coding;
    for (let i = 0; i < outlines.length; i++) codes[i] = code(outlines[i] as number);
    return { codes, width, height };
  }

  #key(kind: "slice" | "volume", plan: LayerPlan, level: number, ranges: readonly Range[]): string {
    const box = ranges.map(([start, stop]) => `${start}-${stop}`).join(",");
    const { source, slice } = plan;
    return `${kind}/${source.id}@${source.version}/labels/${level}/${box}/${slice.displayed.join("")}`;
  }
}

function thin<T extends Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(
  codes: T,
  width: number,
  w: number,
  h: number,
  stride: number,
): T {
  const out = codes.slice(0, w * h) as T;
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) out[y * w + x] = codes[y * stride * width + x * stride] ?? 0;
  return out;
}

/** FNV-1a: tables differ in colours only, and there are few of them. */
function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16);
}
