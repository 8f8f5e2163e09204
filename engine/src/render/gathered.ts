/** Colours that have met on the CPU already, as one draw: a texture whose alpha is the share of what is below that stays. */
import type { Draw, PixelBox, ShaderSpec } from "./draw.ts";

/**
 * Draws a texture of gathered colours.
 * @param place twelve floats: the texel coordinates of the target's corner, their steps for a pixel right and down, and the least and greatest
 * coordinates (not included) that are drawn, each (x, y); two more fill the row
 */
export function gatheredDraw(
  label: string,
  { depth, format }: Pick<Draw["pipeline"], "depth" | "format">,
  place: Float32Array<ArrayBuffer>,
  box: PixelBox,
  texels: GPUTextureView,
): Draw {
  return {
    label,
    pipeline: { shader: GATHERED, blend: "gathered", depth, format },
    uniforms: place,
    box,
    bindings: ({ nearest }) => [
      { binding: 1, resource: texels },
      { binding: 2, resource: nearest },
    ],
  };
}

/** See the file's comment. */
export const GATHERED: ShaderSpec = {
  name: "gathered",
  code: () => /* wgsl */ `
struct Uniforms { origin: vec2f, perX: vec2f, perY: vec2f, low: vec2f, high: vec2f };
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var texels: texture_2d<f32>;
@group(0) @binding(2) var nearest: sampler;
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
@fragment fn fs(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let p = u.origin + at.x * u.perX + at.y * u.perY;
  if (any(p < u.low) || any(p >= u.high)) { discard; }
  // The unit's nearest sample is faster than a load where the CPU plays the GPU.
  return textureSampleLevel(texels, nearest, (floor(p) + 0.5) / vec2f(textureDimensions(texels)), 0.0);
}
`,
  layoutName: "gathered",
  layout: () => [
    {
      binding: 0,
      visibility: GPUShaderStage.FRAGMENT,
      buffer: { type: "uniform", hasDynamicOffset: true },
    },
    { binding: 1, visibility: GPUShaderStage.FRAGMENT, texture: { sampleType: "float" } },
    { binding: 2, visibility: GPUShaderStage.FRAGMENT, sampler: { type: "filtering" } },
  ],
};
