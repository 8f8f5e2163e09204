/** A volume's texture and the bounds of its cells, filled box by box while the bricks arrive. */
import type { Brick } from "../../data/chunk-source.ts";
import { bricksOf, type GatherRequest, gather, gatheredShape, type Range } from "../../data/gather.ts";
import { gatherTarget, type TexelPath, toTexels } from "../formats.ts";
import type { LayerPlan } from "../plan.ts";
import { addToGrid, CELL, type CellGrid, COARSE, cellGrid, coarsen } from "./skip-grid.ts";

/** A volume's voxels and the bounds of its cells. */
export interface VolumeData {
  readonly voxels: GPUTextureView;
  readonly path: TexelPath;
  /** Bounds of the fine and of the coarse cells. */
  readonly cells: readonly [GPUTextureView, GPUTextureView];
}

interface Box {
  readonly ranges: readonly Range[];
  readonly bricks: readonly (readonly number[])[];
}

/**
 * One volume on its way to the GPU.
 *
 * Each box of voxels is uploaded and its bounds are taken as soon as its bricks are there, so that only the last one is left to
 * do when reading ends, and no brick is needed twice. `data` may be bound from the start, but shows the volume only when `whole`.
 */
export class VolumeBuild {
  /** GPU bytes of the finished volume. */
  readonly bytes: number;
  /** The textures. */
  readonly data: VolumeData;
  /** Bricks of the whole volume. */
  readonly total: number;
  #added = 0;
  #whole = false;
  readonly #device: GPUDevice;
  readonly #plan: LayerPlan;
  readonly #request: GatherRequest;
  readonly #path: TexelPath;
  readonly #shape: readonly [number, number, number];
  readonly #texture: GPUTexture;
  readonly #fine: CellGrid;
  readonly #cells: readonly [GPUTexture, GPUTexture];
  #left: Box[];

  constructor(device: GPUDevice, plan: LayerPlan, request: GatherRequest, path: TexelPath) {
    this.#device = device;
    this.#plan = plan;
    this.#request = request;
    this.#path = path;
    const [depth = 1, height = 1, width = 1] = gatheredShape(request);
    this.#shape = [width, height, depth];
    this.#texture = device.createTexture({
      label: `volume ${plan.layer.name}`,
      size: [width, height, depth],
      dimension: "3d",
      format: path.format,
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.#fine = cellGrid(this.#shape, CELL);
    this.#cells = [cellTexture(device, this.#fine), cellTexture(device, cellGrid(this.#shape, COARSE))];
    const [fine, coarse] = this.#cells;
    this.data = { voxels: this.#texture.createView(), path, cells: [fine.createView(), coarse.createView()] };
    this.#left = displayedBoxes(request).map((ranges) => ({
      ranges,
      bricks: bricksOf(request.level, ranges),
    }));
    this.total = this.#left.reduce((sum, box) => sum + box.bricks.length, 0);
    this.bytes =
      width * height * depth * path.bytes + this.#fine.bounds.byteLength * (1 + (CELL / COARSE) ** 3);
  }

  /** True once all bricks are in the textures. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Bricks that are in the texture. */
  get added(): number {
    return this.#added;
  }

  /** Bricks that are not in the texture. */
  get missing(): (readonly number[])[] {
    return this.#left.flatMap((box) => box.bricks);
  }

  /** Uploads the boxes whose bricks are all at hand. `brickAt` may be asked twice for a brick. */
  add(brickAt: (index: readonly number[]) => Brick | undefined): void {
    if (this.#whole) return;
    this.#left = this.#left.filter((box) => {
      if (!box.bricks.every((index) => brickAt(index) !== undefined)) return true;
      this.#upload(box.ranges, brickAt);
      this.#added += box.bricks.length;
      return false;
    });
    if (this.#left.length === 0) this.#finish();
  }

  /** Releases the textures. */
  destroy(): void {
    for (const texture of [this.#texture, ...this.#cells]) texture.destroy();
  }

  #upload(ranges: readonly Range[], brickAt: (index: readonly number[]) => Brick | undefined): void {
    const part = { ...this.#request, ranges };
    const [d = 1, h = 1, w = 1] = gatheredShape(part);
    const path = this.#path;
    const gathered = gatherTarget(path, w * h * d * path.inner);
    gather(part, brickAt, gathered);
    const [z = 0, y = 0, x = 0] = part.axes.map((axis) => (axis < 0 ? 0 : (ranges[axis]?.[0] ?? 0)));
    if (path.inner === 1) addToGrid(this.#fine, gathered, [x, y, z], [w, h, d]);
    this.#device.queue.writeTexture(
      { texture: this.#texture, origin: [x, y, z] },
      toTexels(path, gathered, this.#plan.source.dtype),
      { bytesPerRow: w * path.bytes, rowsPerImage: h },
      [w, h, d],
    );
  }

  #finish(): void {
    const { unit } = this.#path;
    writeCells(this.#device, this.#cells[0], this.#fine, unit);
    writeCells(this.#device, this.#cells[1], coarsen(this.#fine, this.#shape, COARSE), unit);
    this.#whole = true;
  }
}

function cellTexture(device: GPUDevice, grid: CellGrid): GPUTexture {
  return device.createTexture({
    label: `cells of ${grid.edge}`,
    size: [...grid.size],
    dimension: "3d",
    format: "rg32float",
    usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
  });
}

function writeCells(device: GPUDevice, texture: GPUTexture, grid: CellGrid, unit: number): void {
  const bounds = new Float32Array(grid.bounds.length);
  // A rounding's worth of room: filtering may leave the range of its texels by the last bit.
  for (let i = 0; i < bounds.length; i += 2) {
    const low = (grid.bounds[i] ?? 0) / unit;
    const high = (grid.bounds[i + 1] ?? 0) / unit;
    const room = low === high ? 0 : 1e-6 * Math.max(Math.abs(low), Math.abs(high));
    bounds[i] = low - room;
    bounds[i + 1] = high + room;
  }
  const [x, y] = grid.size;
  device.queue.writeTexture({ texture }, bounds, { bytesPerRow: x * 8, rowsPerImage: y }, [...grid.size]);
}

/** The request's ranges cut at brick borders along the displayed axes; hidden axes stay whole. */
function displayedBoxes(request: GatherRequest): Range[][] {
  let boxes: Range[][] = [[]];
  for (const [axis, [start, stop]] of request.ranges.entries()) {
    const cuts: Range[] = [];
    if (request.axes.includes(axis)) {
      const chunk = request.level.chunk[axis] ?? 1;
      for (let from = start; from < stop; ) {
        const to = Math.min(stop, (Math.floor(from / chunk) + 1) * chunk);
        cuts.push([from, to]);
        from = to;
      }
    } else cuts.push([start, stop]);
    boxes = boxes.flatMap((box) => cuts.map((cut) => [...box, cut]));
  }
  return boxes;
}
