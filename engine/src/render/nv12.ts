/** Pictures as NV12 (BT.709, limited range) for video encoders, converted on the GPU. */

/** A picture in NV12: a plane of luma, then one of interleaved blue and red differences at half the resolution. */
export interface Nv12Picture {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row of either plane. */
  readonly stride: number;
  /** `stride * height` bytes of luma, then `stride * height / 2` of chroma. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What brings a buffer's bytes to memory. */
interface BufferReader {
  readBuffer(source: GPUBuffer, size?: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * The conversion. `toYuv` gives 8-bit codes (not rounded) from RGB in 0..1: luma 16..235, differences 16..240 around 128.
 */
export const YUV = /* wgsl */ `
fn toYuv(c: vec3f) -> vec3f {
  let y = dot(c, vec3f(0.2126, 0.7152, 0.0722));
  return vec3f(16.0 + 219.0 * y, 128.0 + 224.0 * (c.b - y) / 1.8556, 128.0 + 224.0 * (c.r - y) / 1.5748);
}
`;

const SHADER = /* wgsl */ `
struct Layout { width: u32, height: u32, stride: u32, pad: u32 };
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@group(0) @binding(2) var<uniform> u: Layout;
${YUV}
fn pixel(x: u32, y: u32) -> vec3f {
  return textureLoad(picture, vec2u(min(x, u.width - 1u), min(y, u.height - 1u)), 0).rgb;
}
fn code(v: f32) -> u32 { return u32(clamp(v + 0.5, 0.0, 255.0)); }
// One invocation makes four luma codes in each of two rows and the two chroma pairs that belong to them.
@compute @workgroup_size(8, 8) fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = id.x * 4u;
  let y = id.y * 2u;
  if (x >= u.stride || y >= u.height) { return; }
  var rows: array<u32, 2>;
  var chroma = 0u;
  for (var pair = 0u; pair < 2u; pair++) {
    var sum = vec3f(0.0);
    for (var k = 0u; k < 4u; k++) {
      let dx = pair * 2u + (k & 1u);
      let dy = k >> 1u;
      let yuv = toYuv(pixel(x + dx, y + dy));
      rows[dy] |= code(yuv.x) << (8u * dx);
      sum += yuv;
    }
    chroma |= (code(sum.y / 4.0) | (code(sum.z / 4.0) << 8u)) << (16u * pair);
  }
  let words = u.stride / 4u;
  out[y * words + id.x] = rows[0];
  if (y + 1u < u.height) { out[(y + 1u) * words + id.x] = rows[1]; }
  out[(u.height + id.y) * words + id.x] = chroma;
}
`;

/** Converts pictures and reads them back. */
export class Nv12Converter {
  readonly #device: GPUDevice;
  readonly #readback: BufferReader;
  #pipeline: Promise<GPUComputePipeline> | undefined;
  #buffer: GPUBuffer | undefined;
  readonly #layout: GPUBuffer;

  constructor(device: GPUDevice, readback: BufferReader) {
    this.#device = device;
    this.#readback = readback;
    this.#layout = device.createBuffer({
      label: "nv12 layout",
      size: 16,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /**
   * The picture of a texture with TEXTURE_BINDING.
   * @throws RangeError for an odd width or height, which 4:2:0 does not have
   */
  async readNv12(texture: GPUTexture): Promise<Nv12Picture> {
    const { width, height } = texture;
    if (width % 2 !== 0 || height % 2 !== 0)
      throw new RangeError(`NV12 needs even sizes, not ${width} x ${height}.`);
    const stride = Math.ceil(width / 4) * 4;
    const size = stride * height * 1.5;
    this.#pipeline ??= this.#device.createComputePipelineAsync({
      label: "nv12",
      layout: "auto",
      compute: { module: this.#device.createShaderModule({ label: "nv12", code: SHADER }) },
    });
    const pipeline = await this.#pipeline;
    if (this.#buffer?.size !== size) {
      this.#buffer?.destroy();
      this.#buffer = this.#device.createBuffer({
        label: "nv12",
        size,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      });
    }
    const buffer = this.#buffer;
    this.#device.queue.writeBuffer(this.#layout, 0, new Uint32Array([width, height, stride, 0]));
    const encoder = this.#device.createCommandEncoder({ label: "nv12" });
    const pass = encoder.beginComputePass({ label: "nv12" });
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      this.#device.createBindGroup({
        label: "nv12",
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: texture.createView() },
          { binding: 1, resource: { buffer } },
          { binding: 2, resource: { buffer: this.#layout } },
        ],
      }),
    );
    pass.dispatchWorkgroups(Math.ceil(stride / 32), Math.ceil(height / 16));
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    const bytes = await this.#readback.readBuffer(buffer);
    return { width, height, stride, bytes };
  }

  /** Releases its buffers. The readback stays. */
  dispose(): void {
    this.#buffer?.destroy();
    this.#layout.destroy();
  }
}
