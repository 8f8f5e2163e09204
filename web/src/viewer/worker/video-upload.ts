/**
 * A decoded video frame into an RGBA texture: through the browser's external texture where that works, else its planes
 * are copied out and converted here. Software adapters refuse the former.
 */
import { EXTERNAL_SHADER, I420_SHADER, NV12_SHADER } from "./compositor-wgsl.ts";

type Way = "external" | "planes";

/** Converts the frames of one stream on one device. */
export class VideoUpload {
  readonly #device: GPUDevice;
  readonly #sampler: GPUSampler;
  readonly #pipelines = new Map<string, GPURenderPipeline>();
  #way: Way = "external";
  #planes: { key: string; textures: GPUTexture[] } | undefined;
  #bytes = new Uint8Array();

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#sampler = device.createSampler({ label: "chroma", magFilter: "linear", minFilter: "linear" });
  }

  /** Draws the frame into the target, texel for texel. @throws when neither way works. */
  async convert(frame: VideoFrame, target: GPUTexture): Promise<void> {
    if (this.#way === "external" && (await this.#external(frame, target))) return;
    this.#way = "planes";
    await this.#copied(frame, target);
  }

  async #external(frame: VideoFrame, target: GPUTexture): Promise<boolean> {
    this.#device.pushErrorScope("validation");
    let thrown = false;
    try {
      const external = this.#device.importExternalTexture({ source: frame });
      const pipeline = this.#pipeline("external", EXTERNAL_SHADER);
      this.#draw(pipeline, [this.#sampler, external], target);
    } catch (cause) {
      console.info("Video frames are copied by planes:", cause);
      thrown = true;
    }
    const error = await this.#device.popErrorScope();
    return !thrown && error === null;
  }

  async #copied(frame: VideoFrame, target: GPUTexture): Promise<void> {
    const format = frame.format;
    if (format !== "NV12" && format !== "I420")
      throw new Error(`No way to draw video frames of format ${format}.`);
    const rect = frame.visibleRect ?? new DOMRectReadOnly(0, 0, frame.codedWidth, frame.codedHeight);
    const size = frame.allocationSize({ rect });
    if (this.#bytes.byteLength < size) this.#bytes = new Uint8Array(size);
    const layout = await frame.copyTo(this.#bytes, { rect });
    const halfWidth = Math.ceil(rect.width / 2);
    const halfHeight = Math.ceil(rect.height / 2);
    const shapes: [number, number, GPUTextureFormat][] =
      format === "NV12"
        ? [
            [rect.width, rect.height, "r8unorm"],
            [halfWidth, halfHeight, "rg8unorm"],
          ]
        : [
            [rect.width, rect.height, "r8unorm"],
            [halfWidth, halfHeight, "r8unorm"],
            [halfWidth, halfHeight, "r8unorm"],
          ];
    const textures = this.#planeTextures(format, shapes);
    for (const [index, texture] of textures.entries()) {
      const plane = layout[index];
      if (!plane) continue;
      this.#device.queue.writeTexture(
        { texture },
        this.#bytes,
        { offset: plane.offset, bytesPerRow: plane.stride },
        [texture.width, texture.height],
      );
    }
    const pipeline = this.#pipeline(format, format === "NV12" ? NV12_SHADER : I420_SHADER);
    this.#draw(pipeline, [this.#sampler, ...textures.map((texture) => texture.createView())], target);
  }

  #planeTextures(format: string, shapes: readonly [number, number, GPUTextureFormat][]): GPUTexture[] {
    const key = `${format} ${shapes.join(" ")}`;
    if (this.#planes?.key === key) return this.#planes.textures;
    for (const texture of this.#planes?.textures ?? []) texture.destroy();
    const textures = shapes.map(([width, height, planeFormat], index) =>
      this.#device.createTexture({
        label: `plane ${index}`,
        size: [width, height],
        format: planeFormat,
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      }),
    );
    this.#planes = { key, textures };
    return textures;
  }

  #pipeline(name: string, code: string): GPURenderPipeline {
    const made = this.#pipelines.get(name);
    if (made) return made;
    const module = this.#device.createShaderModule({ label: name, code });
    const pipeline = this.#device.createRenderPipeline({
      label: name,
      layout: "auto",
      vertex: { module },
      fragment: { module, targets: [{ format: "rgba8unorm" }] },
    });
    this.#pipelines.set(name, pipeline);
    return pipeline;
  }

  #draw(pipeline: GPURenderPipeline, resources: readonly GPUBindingResource[], target: GPUTexture): void {
    const bindings = this.#device.createBindGroup({
      label: pipeline.label,
      layout: pipeline.getBindGroupLayout(0),
      entries: resources.map((resource, binding) => ({ binding, resource })),
    });
    const encoder = this.#device.createCommandEncoder({ label: pipeline.label });
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: target.createView(), loadOp: "clear", storeOp: "store" }],
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.draw(3);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
