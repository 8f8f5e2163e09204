/** Render pipelines by what they are specialised for, compiled when first needed. */
import { type SliceVariant, sliceShader } from "../shaders/slice.ts";
import { type VolumeVariant, volumeShader } from "../shaders/volume.ts";
import { type BlendRule, blendState } from "./blend.ts";

/** One way of drawing. */
export interface PipelineVariant {
  readonly shader:
    | ({ readonly type: "slice" } & SliceVariant)
    | ({ readonly type: "volume" } & VolumeVariant);
  readonly blend: BlendRule;
  /** "none": the pass has no depth attachment. */
  readonly depth: "none" | "ignore" | "test";
  readonly format: GPUTextureFormat;
}

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
  get(variant: PipelineVariant): GPURenderPipeline | undefined {
    return this.#made.get(JSON.stringify(variant));
  }

  /** Compiles a pipeline once. @throws GPUPipelineError when the shader does not compile */
  async make(variant: PipelineVariant): Promise<GPURenderPipeline> {
    const key = JSON.stringify(variant);
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    let making = this.#making.get(key);
    if (making === undefined) {
      making = this.#compile(variant).finally(() => this.#making.delete(key));
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

  /** The layout of the variant's bind group 0. */
  layout(variant: PipelineVariant): GPUBindGroupLayout {
    const { shader } = variant;
    const volume = shader.type === "volume";
    const key = `${shader.type} ${shader.filterable ? "filtered" : "loaded"}`;
    let layout = this.#layouts.get(key);
    if (layout === undefined) {
      const visibility = GPUShaderStage.FRAGMENT;
      const sampleType: GPUTextureSampleType = shader.filterable ? "float" : "unfilterable-float";
      const entries: GPUBindGroupLayoutEntry[] = [
        { binding: 0, visibility, buffer: { type: "uniform", hasDynamicOffset: true } },
        { binding: 1, visibility, texture: { sampleType, viewDimension: volume ? "3d" : "2d" } },
        { binding: 2, visibility, sampler: { type: shader.filterable ? "filtering" : "non-filtering" } },
        { binding: 3, visibility, texture: { sampleType: "float" } },
        { binding: 7, visibility, sampler: { type: "filtering" } },
      ];
      if (volume) {
        const cells: GPUTextureBindingLayout = { sampleType: "unfilterable-float", viewDimension: "3d" };
        entries.push({ binding: 4, visibility, texture: cells }, { binding: 5, visibility, texture: cells });
        entries.push({ binding: 6, visibility, sampler: { type: "non-filtering" } });
      }
      layout = this.#device.createBindGroupLayout({ label: key, entries });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  async #compile(variant: PipelineVariant): Promise<GPURenderPipeline> {
    const { shader } = variant;
    const label = Object.values(shader).join(" ");
    let module = this.#modules.get(label);
    if (module === undefined) {
      const code = shader.type === "slice" ? sliceShader(shader) : volumeShader(shader);
      module = this.#device.createShaderModule({ label, code });
      this.#modules.set(label, module);
    }
    const blend = blendState(variant.blend);
    return this.#device.createRenderPipelineAsync({
      label: `${label} ${variant.blend}`,
      layout: this.#device.createPipelineLayout({ label, bindGroupLayouts: [this.layout(variant)] }),
      vertex: { module, entryPoint: "vs" },
      fragment: {
        module,
        entryPoint: "fs",
        targets: [blend === undefined ? { format: variant.format } : { format: variant.format, blend }],
      },
      primitive: { topology: "triangle-list" },
      ...(variant.depth === "none"
        ? {}
        : {
            depthStencil: {
              format: DEPTH_FORMAT,
              // As in GL, no test means no write either.
              depthWriteEnabled: variant.depth === "test",
              depthCompare: variant.depth === "test" ? "less-equal" : "always",
            },
          }),
    });
  }
}
