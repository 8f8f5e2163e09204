/** Render pipelines by what they are specialised for, compiled when first needed. */
import { blendState } from "./blend.ts";
import type { PipelineSpec, ShaderSpec } from "./draw.ts";

/** The depth attachment's format. */
export const DEPTH_FORMAT: GPUTextureFormat = "depth32float";

const FILL = /* wgsl */ `
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
@fragment fn fs() -> @location(0) vec4f { return vec4f(1.0); }
`;

/** Compiled pipelines and their layouts. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #made = new Map<string, GPURenderPipeline>();
  readonly #making = new Map<string, Promise<GPURenderPipeline>>();
  readonly #modules = new Map<string, GPUShaderModule>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The compiled pipeline, or undefined while it is not. */
  get(spec: PipelineSpec): GPURenderPipeline | undefined {
    return this.#made.get(nameOf(spec));
  }

  /** Compiles a pipeline once. @throws GPUPipelineError when the shader does not compile */
  async make(spec: PipelineSpec): Promise<GPURenderPipeline> {
    const key = nameOf(spec);
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    let making = this.#making.get(key);
    if (making === undefined) {
      making = this.#compile(spec).finally(() => this.#making.delete(key));
      this.#making.set(key, making);
    }
    const pipeline = await making;
    this.#made.set(key, pipeline);
    return pipeline;
  }

  /** The compiled pipeline of {@link fill}, or undefined while it is not. */
  filled(format: GPUTextureFormat, depth: boolean): GPURenderPipeline | undefined {
    return this.#made.get(`fill ${format} ${depth}`);
  }

  /** A pipeline that replaces pixels by the pass's blend constant. */
  async fill(format: GPUTextureFormat, depth: boolean): Promise<GPURenderPipeline> {
    const key = `fill ${format} ${depth}`;
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const module = this.#device.createShaderModule({ label: key, code: FILL });
    const component: GPUBlendComponent = { srcFactor: "constant", dstFactor: "zero", operation: "add" };
    const pipeline = await this.#device.createRenderPipelineAsync({
      label: key,
      layout: this.#device.createPipelineLayout({ label: key, bindGroupLayouts: [] }),
      vertex: { module, entryPoint: "vs" },
      fragment: {
        module,
        entryPoint: "fs",
        targets: [{ format, blend: { color: component, alpha: component } }],
      },
      ...(depth
        ? {
            depthStencil: { format: DEPTH_FORMAT, depthWriteEnabled: false, depthCompare: "always" as const },
          }
        : {}),
    });
    this.#made.set(key, pipeline);
    return pipeline;
  }

  /** The layout of the shader's bind group 0. */
  layout(shader: ShaderSpec): GPUBindGroupLayout {
    let layout = this.#layouts.get(shader.layoutName);
    if (layout === undefined) {
      layout = this.#device.createBindGroupLayout({ label: shader.layoutName, entries: shader.layout() });
      this.#layouts.set(shader.layoutName, layout);
    }
    return layout;
  }

  async #compile(spec: PipelineSpec): Promise<GPURenderPipeline> {
    const { shader } = spec;
    const label = shader.name;
    let module = this.#modules.get(label);
    if (module === undefined) {
      module = this.#device.createShaderModule({ label, code: shader.code() });
      this.#modules.set(label, module);
    }
    const blend = blendState(spec.blend);
    return this.#device.createRenderPipelineAsync({
      label: `${label} ${spec.blend}`,
      layout: this.#device.createPipelineLayout({ label, bindGroupLayouts: [this.layout(shader)] }),
      vertex: { module, entryPoint: "vs", buffers: [...(shader.vertexBuffers ?? [])] },
      fragment: {
        module,
        entryPoint: "fs",
        targets: [blend === undefined ? { format: spec.format } : { format: spec.format, blend }],
      },
      primitive: { topology: shader.topology ?? "triangle-list" },
      ...(spec.depth === "none"
        ? {}
        : {
            depthStencil: {
              format: DEPTH_FORMAT,
              // As in GL, no test means no write either.
              depthWriteEnabled: spec.depth === "test",
              depthCompare: spec.depth === "test" ? "less-equal" : "always",
            },
          }),
    });
  }
}

function nameOf({ shader, blend, depth, format }: PipelineSpec): string {
  return `${shader.name}|${blend}|${depth}|${format}`;
}
