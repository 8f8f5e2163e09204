/** Colours that have met on the CPU already, as one draw: a texture whose alpha is the share of what is below that stays. */
import type { Draw, PixelBox, ShaderSpec } from "./draw.ts";

/** Where the texels of gathered colours lie. */
export type GatheredPlace =
  /** A texel for each pixel from this corner on. */
  | { readonly corner: readonly [number, number] }
  /**
   * Elsewhere. Twelve floats: the texel coordinates of the target's corner, their steps for a pixel right and down, and the least and greatest
   * coordinates (not included) that are drawn, each (x, y); two more fill the row.
   */
  | { readonly affine: Float32Array<ArrayBuffer> };

/** Draws a texture of gathered colours. */
export function gatheredDraw(
  label: string,
  { depth, format }: Pick<Draw["pipeline"], "depth" | "format">,
  place: GatheredPlace,
  box: PixelBox,
  texels: GPUTextureView,
): Draw {
  const aligned = "corner" in place;
  return {
    label,
    pipeline: { shader: aligned ? ALIGNED : GATHERED, blend: "gathered", depth, format },
    uniforms: aligned ? Float32Array.of(...place.corner, 0, 0) : place.affine,
    box,
    bindings: ({ nearest }) => [
      { binding: 1, resource: texels },
      ...(aligned ? [] : [{ binding: 2, resource: nearest }]),
    ],
  };
}

const VERTICES = /* wgsl */ `
@group(0) @binding(1) var texels: texture_2d<f32>;
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
`;

// Named by globals that are there when a device is.
const layout = (): GPUBindGroupLayoutEntry[] => [
  { binding: 0, visibility: GPUShaderStage.FRAGMENT, buffer: { type: "uniform", hasDynamicOffset: true } },
  { binding: 1, visibility: GPUShaderStage.FRAGMENT, texture: { sampleType: "float" } },
];

/** A picture as large as the target is two thirds of what a CPU takes for it where nothing is asked of each pixel. */
const ALIGNED: ShaderSpec = {
  name: "gathered aligned",
  code: () => /* wgsl */ `
@group(0) @binding(0) var<uniform> corner: vec4f;
${VERTICES}
@fragment fn fs(@builtin(position) at: vec4f) -> @location(0) vec4f {
  return textureLoad(texels, vec2i(at.xy - corner.xy), 0);
}
`,
  layoutName: "gathered aligned",
  layout,
};

/** See the file's comment. */
export const GATHERED: ShaderSpec = {
  name: "gathered",
  code: () => /* wgsl */ `
struct Uniforms { origin: vec2f, perX: vec2f, perY: vec2f, low: vec2f, high: vec2f };
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(2) var nearest: sampler;
${VERTICES}
@fragment fn fs(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let p = u.origin + at.x * u.perX + at.y * u.perY;
  if (any(p < u.low) || any(p >= u.high)) { discard; }
  // The unit's nearest sample is faster than a load where the CPU plays the GPU.
  return textureSampleLevel(texels, nearest, (floor(p) + 0.5) / vec2f(textureDimensions(texels)), 0.0);
}
`,
  layoutName: "gathered",
  layout: () => [
    ...layout(),
    { binding: 2, visibility: GPUShaderStage.FRAGMENT, sampler: { type: "filtering" } },
  ],
};
