/** WGSL of a 2D slice: canvas pixel -> data coordinate -> filtered value -> colour. */
import type { Interpolation } from "@eyepiece/protocol/scene/schema.ts";
import type { TexelKind } from "../render/formats.ts";
import { COLOR, texelValue } from "./color.ts";

/** What a slice's shader is specialised for. */
export interface SliceVariant {
  readonly kind: TexelKind;
  readonly interpolation: Interpolation;
  /** The texture unit interpolates linearly; else the shader does. */
  readonly filterable: boolean;
}

/** Floats of the uniform block. */
export const SLICE_UNIFORMS = 24;

/**
 * The weights of the separable filters, x the distance in texels, normalised over the taps of one axis.
 *
 * vispy keeps its weights in a table of bytes that is packed in steps of 1/256 and read back in steps of 1/255. So the weights that
 * napari draws with are a little too great: between 1 and 2% in brightness. `tabled` does the same, so that pictures agree.
 */
export const KERNELS = /* wgsl */ `
fn besselI0(x: f32) -> f32 {
  // Abramowitz and Stegun 9.8.1 and 9.8.2.
  if (x < 3.75) {
    let t = (x / 3.75) * (x / 3.75);
    return 1.0 + t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
  }
  let t = 3.75 / x;
  let p = 0.39894228 + t * (0.01328592 + t * (0.00225319 + t * (-0.00157565 + t * (0.00916281 + t * (-0.02057706
    + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return exp(x) / sqrt(x) * p;
}
fn kernel_kaiser(x: f32) -> f32 {
  if (x >= 1.0) { return 0.0; }
  return besselI0(6.33 * sqrt(1.0 - x * x)) / besselI0(6.33);
}
fn tabled(w: f32) -> f32 { return (w + 0.23437733) * (256.0 / 255.0) - 0.23437733; }
fn cube(x: f32) -> f32 { return x * x * x; }
fn kernel_cubic(x: f32) -> f32 {
  if (x >= 2.0) { return 0.0; }
  return (cube(x + 2.0) - 4.0 * cube(x + 1.0) + 6.0 * cube(x) - 4.0 * cube(x - 1.0)) / 6.0;
}
fn kernel_spline36(x: f32) -> f32 {
  if (x < 1.0) { return ((13.0 / 11.0 * x - 453.0 / 209.0) * x - 3.0 / 209.0) * x + 1.0; }
  if (x < 2.0) { let t = x - 1.0; return ((-6.0 / 11.0 * t + 270.0 / 209.0) * t - 156.0 / 209.0) * t; }
  if (x < 3.0) { let t = x - 2.0; return ((1.0 / 11.0 * t - 45.0 / 209.0) * t + 26.0 / 209.0) * t; }
  return 0.0;
}
`;

const RADIUS = { kaiser: 1, cubic: 2, spline36: 3 } as const;

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
