/** The compositor on WebGPU: a picture becomes one texture once, and is drawn from it at display rate. */
import type { Compositor } from "./compositor.ts";
import { PRESENT_SHADER } from "./compositor-wgsl.ts";
import type { Picture } from "./decoder.ts";
import { invert3, isIdentity, type Matrix3 } from "./reproject.ts";
import { VideoUpload } from "./video-upload.ts";

/** mat3x3f in three padded columns, two vec2f, one u32, padded to 16 bytes. */
const PLACEMENT_BYTES = 80;

/** One canvas, one device. */
export class WebgpuCompositor implements Compositor {
  readonly kind = "webgpu";
  readonly #canvas: OffscreenCanvas;
  readonly #device: GPUDevice;
  readonly #context: GPUCanvasContext;
  readonly #pipeline: GPURenderPipeline;
  readonly #sampler: GPUSampler;
  readonly #placement: GPUBuffer;
  readonly #upload: VideoUpload;
  #texture: GPUTexture | undefined;
  #bindings: GPUBindGroup | undefined;
  #crop: readonly [number, number] = [1, 1];
  #disposed = false;

  constructor(canvas: OffscreenCanvas, device: GPUDevice, onLost: () => void) {
    this.#canvas = canvas;
    this.#device = device;
    const context = canvas.getContext("webgpu");
    if (!context) throw new Error("The canvas gives no WebGPU context.");
    this.#context = context;
    const format = navigator.gpu.getPreferredCanvasFormat();
    context.configure({ device, format, alphaMode: "opaque" });
    const module = device.createShaderModule({ label: "present", code: PRESENT_SHADER });
    this.#pipeline = device.createRenderPipeline({
      label: "present",
      layout: "auto",
      vertex: { module },
      fragment: { module, targets: [{ format }] },
    });
    this.#sampler = device.createSampler({ label: "present", magFilter: "linear", minFilter: "linear" });
    this.#placement = device.createBuffer({
      label: "placement",
      size: PLACEMENT_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.#upload = new VideoUpload(device);
    void device.lost.then(() => {
      if (!this.#disposed) onLost();
    });
  }

  resize(width: number, height: number): void {
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  async take(picture: Picture): Promise<void> {
    const { image, head } = picture;
    try {
      const texture = this.#target(head.width, head.height);
      if (image instanceof ImageBitmap) {
        this.#device.queue.copyExternalImageToTexture({ source: image }, { texture }, [
          image.width,
          image.height,
        ]);
      } else await this.#upload.convert(image, texture);
      this.#crop = [head.cropWidth, head.cropHeight];
    } finally {
      image.close();
    }
  }

  draw(forward: Matrix3): void {
    const { width, height } = this.#canvas;
    const encoder = this.#device.createCommandEncoder({ label: "present" });
    const view = this.#context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: [0, 0, 0, 1] }],
    });
    const back = invert3(forward);
    if (this.#texture && this.#bindings && back) {
      const [cropWidth, cropHeight] = this.#crop;
      const exact = isIdentity(forward) && cropWidth === width && cropHeight === height;
      const data = new ArrayBuffer(PLACEMENT_BYTES);
      const floats = new Float32Array(data);
      for (let column = 0; column < 3; column += 1) {
        for (let row = 0; row < 3; row += 1) floats[column * 4 + row] = back[row * 3 + column] ?? 0;
      }
      floats.set([cropWidth / this.#texture.width, cropHeight / this.#texture.height], 12);
      floats.set([1 / this.#texture.width, 1 / this.#texture.height], 14);
      new Uint32Array(data)[16] = exact ? 1 : 0;
      this.#device.queue.writeBuffer(this.#placement, 0, data);
      pass.setPipeline(this.#pipeline);
      pass.setBindGroup(0, this.#bindings);
      pass.draw(3);
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    this.#disposed = true;
    this.#context.unconfigure();
    this.#device.destroy();
  }

  #target(width: number, height: number): GPUTexture {
    const present = this.#texture;
    if (present && present.width === width && present.height === height) return present;
    present?.destroy();
    const texture = this.#device.createTexture({
      label: "picture",
      size: [width, height],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT,
    });
    this.#texture = texture;
    this.#bindings = this.#device.createBindGroup({
      label: "present",
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: this.#sampler },
        { binding: 1, resource: texture.createView() },
        { binding: 2, resource: { buffer: this.#placement } },
      ],
    });
    return texture;
  }
}
