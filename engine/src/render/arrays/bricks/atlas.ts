/** Bricks on the GPU: slots of one 3D texture, least recently used first out. */
import type { Brick } from "../../../data/chunk-source.ts";
import {
  type GatherRequest,
  type GatherTarget,
  gather,
  gatheredShape,
  type Range,
} from "../../../data/gather.ts";
import type { Vector3 } from "../../../model/matrix.ts";
import { gatherTarget, type TexelPath, toTexels } from "../../formats.ts";
import { addToGrid, CELL, cellGrid } from "../skip-grid.ts";
import { SLOTS, type Slot } from "./pages.ts";
import { EDGE } from "./select.ts";

/** Voxels of the neighbours on each side of a brick. */
export const APRON = 1;
/** Cells along a slot's edge. */
export const CELLS = EDGE / CELL;
/** Edge of a slot. */
export const SLOT_EDGE = EDGE + 2 * APRON;

interface Held extends Slot {
  /** The picture that used it last. */
  used: number;
}

/** How many slots along x, y, z fit in so many bytes; at least one. */
export function atlasSlots(bytes: number, texel: number, dimension: number): Vector3 {
  const most = Math.min(SLOTS, Math.floor(dimension / SLOT_EDGE));
  const all = Math.max(1, Math.floor(bytes / (SLOT_EDGE ** 3 * texel)));
  const x = Math.max(1, Math.min(most, Math.floor(Math.cbrt(all))));
  const y = Math.max(1, Math.min(most, Math.floor(Math.sqrt(all / x))));
  return [x, y, Math.max(1, Math.min(most, Math.floor(all / (x * y))))];
}

/** See the file's comment. */
export class BrickAtlas {
  readonly bytes: number;
  /** Slots along x, y, z. */
  readonly slots: Vector3;
  readonly view: GPUTextureView;
  /** Least and greatest value of cells of 8 voxels, `EDGE` / 8 of them along each axis of a slot. */
  readonly cells: GPUTextureView;
  /** Rises whenever a brick came or went. */
  version = 0;
  readonly path: TexelPath;
  readonly #device: GPUDevice;
  readonly #texture: GPUTexture;
  readonly #cells: GPUTexture;
  readonly #free: Vector3[] = [];
  /** In order of last use, oldest first. */
  readonly #held = new Map<string, Held>();
  #picture = 0;

  constructor(device: GPUDevice, slots: Vector3, path: TexelPath) {
    this.#device = device;
    this.slots = slots;
    this.path = path;
    const size = slots.map((count) => count * SLOT_EDGE) as unknown as Vector3;
    this.bytes = size[0] * size[1] * size[2] * path.bytes;
    this.#texture = device.createTexture({
      label: "bricks",
      size: [...size],
      dimension: "3d",
      format: path.format,
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.view = this.#texture.createView();
    const cells = slots.map((count) => count * CELLS) as unknown as Vector3;
    this.bytes += cells[0] * cells[1] * cells[2] * 8;
    this.#cells = device.createTexture({
      label: "cells of bricks",
      size: [...cells],
      dimension: "3d",
      format: "rg32float",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.cells = this.#cells.createView();
    for (let z = slots[2] - 1; z >= 0; z--)
      for (let y = slots[1] - 1; y >= 0; y--)
        for (let x = slots[0] - 1; x >= 0; x--) this.#free.push([x, y, z]);
  }

  /** Bricks that it can hold. */
  get capacity(): number {
    return this.slots[0] * this.slots[1] * this.slots[2];
  }

  /** Bricks that it holds. */
  get size(): number {
    return this.#held.size;
  }

  /** Begins a picture: slots that are used from now on stay until the next one. */
  begin(frame: number): void {
    this.#picture = frame;
  }

  /** The slot of a brick, which the picture uses. */
  use(key: string): Slot | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    held.used = this.#picture;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held;
  }

  /** The slot of a brick, if it is here. */
  peek(key: string): Slot | undefined {
    return this.#held.get(key);
  }

  /**
   * Puts a brick into a slot. `request` is its level's; `ranges` its box with the neighbours, which may reach beyond the level: there
   * the voxels at the edge are repeated.
   * @returns false when all slots are in use by this picture
   */
  put(
    key: string,
    request: GatherRequest,
    ranges: readonly Range[],
    brickAt: (index: readonly number[]) => Brick | undefined,
    dtype: Parameters<typeof toTexels>[2],
  ): boolean {
    const at = this.#slot();
    if (at === undefined) return false;
    const clipped = ranges.map(([start, stop], axis): Range => {
      const size = request.level.shape[axis] ?? 1;
      return request.axes.includes(axis) ? [Math.max(0, start), Math.min(size, stop)] : [start, stop];
    });
    const part = { ...request, ranges: clipped };
    const { inner } = this.path;
    const gathered = gatherTarget(
      this.path,
      gatheredShape(part).reduce((n, one) => n * one, inner),
    );
    gather(part, brickAt, gathered);
    const padded = pad(gathered, part, ranges, inner);
    const { min, max, cells } = bounds(padded, this.path);
    this.#device.queue.writeTexture(
      { texture: this.#cells, origin: at.map((one) => one * CELLS) },
      cells,
      { bytesPerRow: CELLS * 8, rowsPerImage: CELLS },
      [CELLS, CELLS, CELLS],
    );
    this.#device.queue.writeTexture(
      { texture: this.#texture, origin: at.map((one) => one * SLOT_EDGE) },
      toTexels(this.path, padded, dtype),
      { bytesPerRow: SLOT_EDGE * this.path.bytes, rowsPerImage: SLOT_EDGE },
      [SLOT_EDGE, SLOT_EDGE, SLOT_EDGE],
    );
    this.#held.set(key, { at, min, max, used: this.#picture });
    this.version++;
    return true;
  }

  /** Releases the texture. */
  destroy(): void {
    this.#texture.destroy();
    this.#cells.destroy();
  }

  #slot(): Vector3 | undefined {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    for (const [key, held] of this.#held) {
      if (held.used === this.#picture) continue;
      this.#held.delete(key);
      return held.at;
    }
    return undefined;
  }
}

/** A whole slot: what lies beyond the level repeats its edge. */
function pad<T extends GatherTarget>(
  data: T,
  part: GatherRequest,
  ranges: readonly Range[],
  inner: number,
): T {
  const [nz = 1, ny = 1, nx = 1] = gatheredShape(part);
  if (nz === SLOT_EDGE && ny === SLOT_EDGE && nx === SLOT_EDGE) return data;
  // How many are missing before the first, on each axis.
  const before = part.axes.map((axis) =>
    axis < 0 ? APRON : (part.ranges[axis]?.[0] ?? 0) - (ranges[axis]?.[0] ?? 0),
  );
  const from = (place: number, i: number, size: number): number =>
    Math.min(size - 1, Math.max(0, place - (before[i] ?? 0)));
  const out = new (data.constructor as new (length: number) => T)(SLOT_EDGE ** 3 * inner);
  let put = 0;
  for (let z = 0; z < SLOT_EDGE; z++)
    for (let y = 0; y < SLOT_EDGE; y++) {
      const row = (from(z, 0, nz) * ny + from(y, 1, ny)) * nx;
      for (let x = 0; x < SLOT_EDGE; x++) {
        const voxel = (row + from(x, 2, nx)) * inner;
        for (let c = 0; c < inner; c++) out[put++] = data[voxel + c] as number;
      }
    }
  return out;
}

/** The bounds of samples between voxels, of a slot and of its cells; wide where one is not a number. */
function bounds(
  data: GatherTarget,
  { unit }: TexelPath,
): { min: number; max: number; cells: Float32Array<ArrayBuffer> } {
  const grid = cellGrid([EDGE, EDGE, EDGE], CELL);
  addToGrid(grid, data, [-APRON, -APRON, -APRON], [SLOT_EDGE, SLOT_EDGE, SLOT_EDGE]);
  const cells = new Float32Array(grid.bounds.length);
  let [min, max] = [3e38, -3e38];
  for (let i = 0; i < cells.length; i += 2) {
    const low = Math.max(-3e38, grid.bounds[i] ?? 0) / unit;
    const high = Math.min(3e38, grid.bounds[i + 1] ?? 0) / unit;
    // A rounding's worth of room: filtering may leave the range of its texels by the last bit.
    const room = low === high ? 0 : 1e-6 * Math.max(Math.abs(low), Math.abs(high));
    cells[i] = low - room;
    cells[i + 1] = high + room;
    min = Math.min(min, low - room);
    max = Math.max(max, high + room);
  }
  return { min, max, cells };
}
