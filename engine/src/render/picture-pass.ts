/** Records one picture's draws and submits them. */
import type { Draw, PixelBox, Samplers } from "./draw.ts";
import { DEPTH_FORMAT, type Pipelines } from "./pipelines.ts";

/** Where a picture goes. */
export interface PictureTarget {
  readonly texture: GPUTexture;
  readonly format: GPUTextureFormat;
  readonly width: number;
  readonly height: number;
  /** Red, green, blue in 0..1 */
  readonly background: readonly [number, number, number];
  /** Draws only these pixels, and leaves the others as they are. */
  readonly region?: PixelBox;
}

/** Bytes from one draw's uniforms to the next's. */
const UNIFORM_STRIDE = 512;

/** Draws with compiled pipelines. */
export class PicturePass {
  readonly #device: GPUDevice;
  readonly #pipelines: Pipelines;
  readonly #samplers: Samplers;
  readonly #rehearsed = new Set<GPURenderPipeline>();
  #depth: GPUTexture | undefined;
  #uniforms: GPUBuffer | undefined;

  constructor(device: GPUDevice, pipelines: Pipelines) {
    this.#device = device;
    this.#pipelines = pipelines;
    const sampler = (filter: GPUFilterMode): GPUSampler =>
      device.createSampler({ label: filter, magFilter: filter, minFilter: filter });
    this.#samplers = { nearest: sampler("nearest"), linear: sampler("linear") };
  }

  /** Compiles all that the draws need. @throws GPUPipelineError */
  async compile(draws: readonly Draw[], target: Pick<PictureTarget, "format" | "region">): Promise<void> {
    const depth = draws.some((draw) => draw.pipeline.depth !== "none");
    await Promise.all([
      ...draws.map((draw) => this.#pipelines.make(draw.pipeline)),
      ...(target.region === undefined ? [] : [this.#pipelines.fill(target.format, depth)]),
    ]);
  }

  /** Draws a picture; what is not compiled is left out. */
  submit(draws: readonly Draw[], target: PictureTarget): void {
    const { width, height, region } = target;
    const [r, g, b] = target.background;
    const depth = draws.some((draw) => draw.pipeline.depth !== "none");
    const encoder = this.#device.createCommandEncoder({ label: "picture" });
    const base = draws[0]?.base;
    if (base !== undefined)
      encoder.copyTextureToTexture({ texture: base }, { texture: target.texture }, [width, height]);
    const pass = encoder.beginRenderPass({
      label: "picture",
      colorAttachments: [
        {
          view: target.texture.createView(),
          clearValue: { r, g, b, a: 1 },
          // A region is drawn into what is there, as is what lies over a copy.
          loadOp: region === undefined && base === undefined ? "clear" : "load",
          storeOp: "store",
        },
      ],
      ...(depth ? { depthStencilAttachment: this.#depthAttachment(width, height) } : {}),
    });
    const fill = region && this.#pipelines.filled(target.format, depth);
    if (fill !== undefined && region !== undefined) {
      pass.setPipeline(fill);
      pass.setBlendConstant({ r, g, b, a: 1 });
      pass.setScissorRect(region.x0, region.y0, region.x1 - region.x0, region.y1 - region.y0);
      pass.draw(3);
    }
    const uniforms = this.#write(draws);
    for (const [i, draw] of draws.entries())
      if (draw.base === undefined) this.#record(pass, draw, uniforms, i * UNIFORM_STRIDE, draw.box);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /**
   * Draws one pixel that nobody sees, with data that need not be there yet. Drivers that compute on the CPU translate a shader
   * at its first draw; so that happens while the data are read.
   */
  async rehearse(draws: readonly Draw[]): Promise<void> {
    for (const draw of draws) {
      const { format, depth: use } = draw.pipeline;
      const pipeline = await this.#pipelines.make(draw.pipeline);
      if (this.#rehearsed.has(pipeline)) continue;
      this.#rehearsed.add(pipeline);
      const textures = [format, ...(use === "none" ? [] : [DEPTH_FORMAT])].map((format) =>
        this.#device.createTexture({
          label: "rehearsal",
          size: [1, 1],
          format,
          usage: GPUTextureUsage.RENDER_ATTACHMENT,
        }),
      );
      const [color, depth] = textures;
      if (color === undefined) continue;
      const uniforms = this.#write([draw]);
      const encoder = this.#device.createCommandEncoder({ label: "rehearsal" });
      const pass = encoder.beginRenderPass({
        label: "rehearsal",
        colorAttachments: [{ view: color.createView(), loadOp: "clear", storeOp: "discard" }],
        ...(depth ? { depthStencilAttachment: depthAttachment(depth) } : {}),
      });
      this.#record(pass, draw, uniforms, 0, { x0: 0, y0: 0, x1: 1, y1: 1 });
      pass.end();
      this.#device.queue.submit([encoder.finish()]);
      for (const texture of textures) texture.destroy();
    }
  }

  /** Releases what the pass holds on the GPU. */
  dispose(): void {
    this.#depth?.destroy();
    this.#uniforms?.destroy();
  }

  #write(draws: readonly Draw[]): GPUBuffer {
    const bytes = Math.max(1, draws.length) * UNIFORM_STRIDE;
    if (this.#uniforms === undefined || this.#uniforms.size < bytes) {
      this.#uniforms?.destroy();
      this.#uniforms = this.#device.createBuffer({
        label: "uniforms",
        size: bytes * 2,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
    }
    for (const [i, draw] of draws.entries())
      this.#device.queue.writeBuffer(this.#uniforms, i * UNIFORM_STRIDE, draw.uniforms);
    return this.#uniforms;
  }

  #depthAttachment(width: number, height: number): GPURenderPassDepthStencilAttachment {
    if (this.#depth?.width !== width || this.#depth.height !== height) {
      this.#depth?.destroy();
      this.#depth = this.#device.createTexture({
        label: "depth",
        size: [width, height],
        format: DEPTH_FORMAT,
        usage: GPUTextureUsage.RENDER_ATTACHMENT,
      });
    }
    return depthAttachment(this.#depth);
  }

  #record(
    pass: GPURenderPassEncoder,
    draw: Draw,
    uniforms: GPUBuffer,
    offset: number,
    { x0, y0, x1, y1 }: PixelBox,
  ): void {
    const pipeline = this.#pipelines.get(draw.pipeline);
    if (pipeline === undefined) return;
    const entries: GPUBindGroupEntry[] = [
      { binding: 0, resource: { buffer: uniforms, size: draw.uniforms.byteLength } },
      ...draw.bindings(this.#samplers),
    ];
    const layout = this.#pipelines.layout(draw.pipeline.shader);
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.#device.createBindGroup({ label: draw.label, layout, entries }), [offset]);
    pass.setScissorRect(x0, y0, x1 - x0, y1 - y0);
    if (draw.record === undefined) pass.draw(3);
    else draw.record(pass);
  }
}

function depthAttachment(texture: GPUTexture): GPURenderPassDepthStencilAttachment {
  return { view: texture.createView(), depthClearValue: 1, depthLoadOp: "clear", depthStoreOp: "discard" };
}
