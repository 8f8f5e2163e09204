/** The two ways of holding a volume on the GPU, filled box by box. */
import type { Dtype } from "../data/chunk-source.ts";
import type { GatherTarget } from "../data/gather.ts";
import type { VolumeStore } from "../shaders/volume.ts";
import { type TexelPath, toTexels } from "./formats.ts";

type Triple = readonly [number, number, number];

/** What a filled volume is. */
export interface Voxels {
  readonly store: VolumeStore;
  readonly voxels: GPUTextureView | GPUBuffer;
  readonly bytes: number;
  readonly destroy: () => void;
}

/** A 3D texture. */
export class TextureVoxels {
  readonly #device: GPUDevice;
  readonly #texture: GPUTexture;
  readonly #path: TexelPath;
  readonly #dtype: Dtype;
  readonly #bytes: number;

  constructor(device: GPUDevice, name: string, path: TexelPath, shape: Triple, dtype: Dtype) {
    this.#device = device;
    this.#path = path;
    this.#dtype = dtype;
    this.#bytes = shape[0] * shape[1] * shape[2] * path.bytes;
    this.#texture = device.createTexture({
      label: `volume ${name}`,
      size: [...shape],
      dimension: "3d",
      format: path.format,
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
  }

  /** Writes a box at `origin`; `row` is the gathered array's [width, height], which equals the box's here. */
  write(gathered: GatherTarget, origin: Triple, size: Triple, _row: readonly [number, number]): void {
    this.#device.queue.writeTexture(
      { texture: this.#texture, origin: [...origin] },
      toTexels(this.#path, gathered, this.#dtype),
      { bytesPerRow: size[0] * this.#path.bytes, rowsPerImage: size[1] },
      [...size],
    );
  }

  finish(): Voxels {
    return {
      store: this.#path.filterable ? "filtered" : "texture",
      voxels: this.#texture.createView(),
      bytes: this.#bytes,
      destroy: () => this.#texture.destroy(),
    };
  }
}

/** Bytes of a voxel in a buffer: of 8 and 16 bits each voxel carries its neighbours in x, y and both. */
export function packedBytes(path: TexelPath): number {
  return path.kind === "r8" ? 4 : path.kind === "r32" ? 4 : 8;
}

/**
 * A storage buffer, x fastest. One word (two for 16 bits) holds the four voxels that a bilinear sample needs, so that a trilinear
 * sample takes two reads; floats are held once, and take eight.
 */
export class PackedVoxels {
  readonly #buffer: GPUBuffer;
  readonly #path: TexelPath;
  readonly #shape: Triple;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;

  constructor(device: GPUDevice, name: string, path: TexelPath, shape: Triple) {
    this.#path = path;
    this.#shape = shape;
    this.#buffer = device.createBuffer({
      label: `volume ${name}`,
      size: Math.max(16, shape[0] * shape[1] * shape[2] * packedBytes(path)),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
      mappedAtCreation: true,
    });
    const mapped = this.#buffer.getMappedRange();
    this.#words = new Uint32Array(mapped);
    this.#floats = new Float32Array(mapped);
  }

  /**
   * Writes a box at `origin`. `gathered` has rows of row[0] voxels and planes of row[1] rows: one more than the box where the
   * volume goes on.
   */
  write(gathered: GatherTarget, origin: Triple, size: Triple, row: readonly [number, number]): void {
    const [w, h, d] = size;
    const [width, height] = this.#shape;
    const [rowLength, rows] = row;
    const { kind } = this.#path;
    for (let z = 0; z < d; z++) {
      for (let y = 0; y < h; y++) {
        const a = (z * rows + y) * rowLength;
        // At the volume's edge a voxel is its own neighbour; its weight is 0 there.
        const b = y + 1 < rows ? a + rowLength : a;
        const to = ((origin[2] + z) * height + origin[1] + y) * width + origin[0];
        const last = rowLength - 1;
        if (kind === "r32") this.#floats.set((gathered as Float32Array).subarray(a, a + w), to);
        else if (kind === "r8") packBytes(gathered as Uint8Array, this.#words, a, b, to, w, last);
        else packShorts(gathered as Uint16Array, this.#words, a, b, to, w, last);
      }
    }
  }

  finish(): Voxels {
    this.#buffer.unmap();
    return {
      store: "buffer",
      voxels: this.#buffer,
      bytes: this.#buffer.size,
      destroy: () => this.#buffer.destroy(),
    };
  }
}

function packBytes(
  from: Uint8Array,
  words: Uint32Array,
  a: number,
  b: number,
  to: number,
  n: number,
  last: number,
): void {
  for (let x = 0; x < n; x++) {
    const next = x < last ? x + 1 : x;
    words[to + x] =
      (from[a + x] as number) |
      ((from[a + next] as number) << 8) |
      ((from[b + x] as number) << 16) |
      ((from[b + next] as number) << 24);
  }
}

function packShorts(
  from: Uint16Array,
  words: Uint32Array,
  a: number,
  b: number,
  to: number,
  n: number,
  last: number,
): void {
  for (let x = 0; x < n; x++) {
    const next = x < last ? x + 1 : x;
    words[2 * (to + x)] = (from[a + x] as number) | ((from[a + next] as number) << 16);
    words[2 * (to + x) + 1] = (from[b + x] as number) | ((from[b + next] as number) << 16);
  }
}
