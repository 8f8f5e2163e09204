/** WGSL of a 2D slice: canvas pixel -> data coordinate -> filtered value -> colour. */
import type { Interpolation } from "@eyepiece/protocol/scene/schema.ts";
import type { TexelKind } from "../render/formats.ts";
import { COLOR, texelValue } from "./color.ts";
import { KERNELS, RADIUS } from "./kernels.ts";

/** What a slice's shader is specialised for. */
export interface SliceVariant {
  readonly kind: TexelKind;
  readonly interpolation: Interpolation;
  /** The texture unit interpolates linearly; else the shader does. */
  readonly filterable: boolean;
}

/** Floats of the uniform block. */
export const SLICE_UNIFORMS = 24;

function sampler(variant: SliceVariant): string {
  const load = "textureLoad(data, clamp(i, vec2i(0), vec2i(textureDimensions(data)) - 1), 0)";
  const base = `fn texel(i: vec2i) -> vec4f { return ${load}; }\n`;
  if (variant.interpolation === "nearest") {
    // The unit's nearest sample is faster than a load where the CPU plays the GPU.
    return `fn sampleAt(p: vec2f) -> vec4f {
  return textureSampleLevel(data, dataSampler, (floor(p) + 0.5) / vec2f(textureDimensions(data)), 0.0);
}`;
  }
  if (variant.interpolation === "linear") {
    if (variant.filterable) {
      return `fn sampleAt(p: vec2f) -> vec4f {
  return textureSampleLevel(data, dataSampler, p / vec2f(textureDimensions(data)), 0.0);
}`;
    }
    return `${base}fn sampleAt(p: vec2f) -> vec4f {
  let q = p - 0.5; let i = vec2i(floor(q)); let f = q - floor(q);
  let a = mix(texel(i), texel(i + vec2i(1, 0)), f.x);
  let b = mix(texel(i + vec2i(0, 1)), texel(i + vec2i(1, 1)), f.x);
  return mix(a, b, f.y);
}`;
  }
  const radius = RADIUS[variant.interpolation];
  const name = `kernel_${variant.interpolation}`;
  return `${KERNELS}${base}fn sampleAt(p: vec2f) -> vec4f {
  let q = p - 0.5; let i = vec2i(floor(q)); let f = q - floor(q);
  var total = vec2f(0.0);
  for (var k = ${1 - radius}; k <= ${radius}; k++) {
    total += vec2f(${name}(abs(f32(k) - f.x)), ${name}(abs(f32(k) - f.y)));
  }
  var sum = vec4f(0.0);
  for (var y = ${1 - radius}; y <= ${radius}; y++) {
    let wy = tabled(${name}(abs(f32(y) - f.y)) / total.y);
    for (var x = ${1 - radius}; x <= ${radius}; x++) {
      sum += wy * tabled(${name}(abs(f32(x) - f.x)) / total.x) * texel(i + vec2i(x, y));
    }
  }
  return sum;
}`;
}

/** The whole module. */
export function sliceShader(variant: SliceVariant): string {
  const rgb = variant.kind === "rgba8" || variant.kind === "rgba32";
  return /* wgsl */ `
struct Uniforms {
  // Texel coordinates (texel i covers [i, i + 1)) = origin + x * perX + y * perY for the target's pixel (x, y).
  origin: vec2f, perX: vec2f, perY: vec2f,
  // The layer's edges in texel coordinates.
  low: vec2f, high: vec2f,
  pad: vec2f,
  limits: vec4f,
  opacity: f32,
};
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var data: texture_2d<f32>;
@group(0) @binding(2) var dataSampler: sampler;
@group(0) @binding(3) var lut: texture_2d<f32>;
@group(0) @binding(7) var lutSampler: sampler;
${texelValue(variant.kind)}
${COLOR}
${sampler(variant)}
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
@fragment fn fs(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let p = u.origin + at.x * u.perX + at.y * u.perY;
  if (any(p < u.low) || any(p >= u.high)) { discard; return vec4f(0.0); }
  let value = sampleAt(p);
  ${
    rgb
      ? "return vec4f(value.rgb, value.a * u.opacity);"
      : `let color = colorOf(texelValue(value));
  return vec4f(color.rgb, color.a * u.opacity);`
  }
}
`;
}
