/** Pixels from the GPU to memory, through a few buffers that are used in turn. */

import { Nv12Converter, type Nv12Picture } from "./nv12.ts";

/** Bytes of a row in a copied texture are a multiple of this. */
const ROW = 256;

/** Reads textures back. One picture may be copied while another is mapped. */
export class Readback {
  readonly #device: GPUDevice;
  readonly #free: GPUBuffer[] = [];
  #nv12: Nv12Converter | undefined;
  #disposed = false;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * The texture's pixels, rows without padding.
   * @param texture a format of 4 bytes a pixel with COPY_SRC
   */
  async readPixels(texture: GPUTexture): Promise<Uint8Array<ArrayBuffer>> {
    const { width, height } = texture;
    const padded = Math.ceil((width * 4) / ROW) * ROW;
    const out = new Uint8Array(width * height * 4);
    await this.#read(
      padded * height,
      (encoder, buffer) => {
        encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: padded, rowsPerImage: height }, [
          width,
          height,
        ]);
      },
      (mapped) => {
        if (padded === width * 4) out.set(mapped.subarray(0, out.length));
        else
          for (let y = 0; y < height; y++)
            out.set(mapped.subarray(y * padded, y * padded + width * 4), y * width * 4);
      },
    );
    return out;
  }

  /** The first `size` bytes of a buffer with COPY_SRC. */
  async readBuffer(source: GPUBuffer, size: number = source.size): Promise<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(size);
    await this.#read(
      size,
      (encoder, buffer) => encoder.copyBufferToBuffer(source, 0, buffer, 0, size),
      (mapped) => out.set(mapped.subarray(0, size)),
    );
    return out;
  }

  /** The texture's picture in NV12, converted on the GPU; see {@link Nv12Converter}. */
  readNv12(texture: GPUTexture): Promise<Nv12Picture> {
    this.#nv12 ??= new Nv12Converter(this.#device, this);
    return this.#nv12.readNv12(texture);
  }

  /** Releases the buffers that are not in use; those in use follow. */
  dispose(): void {
    this.#disposed = true;
    this.#nv12?.dispose();
    for (const buffer of this.#free.splice(0)) buffer.destroy();
  }

  async #read(
    size: number,
    copy: (encoder: GPUCommandEncoder, buffer: GPUBuffer) => void,
    take: (mapped: Uint8Array) => void,
  ): Promise<void> {
    const buffer = this.#buffer(Math.ceil(size / 4) * 4);
    const encoder = this.#device.createCommandEncoder({ label: "readback" });
    copy(encoder, buffer);
    this.#device.queue.submit([encoder.finish()]);
    try {
      await buffer.mapAsync(GPUMapMode.READ);
      take(new Uint8Array(buffer.getMappedRange()));
      buffer.unmap();
    } catch (error) {
      buffer.destroy();
      throw error;
    }
    if (this.#disposed || this.#free.length >= 3) buffer.destroy();
    else this.#free.push(buffer);
  }

  #buffer(size: number): GPUBuffer {
    const at = this.#free.findIndex((one) => one.size === size);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    if (found !== undefined) return found;
    // A new size means a new canvas: the old ones would lie idle.
    for (const old of this.#free.splice(0)) old.destroy();
    return this.#device.createBuffer({
      label: "readback",
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }
}
