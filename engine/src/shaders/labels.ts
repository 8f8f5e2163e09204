/** WGSL of labels: a code in a texture, its colour in a table, and nothing in between. */
import { CELL, COARSE } from "../render/arrays/skip-grid.ts";
import { CLIP, FULL_TARGET, LEAP, rayOf, VOLUME_UNIFORM_BLOCK } from "./volume.ts";

const LOOKUP = /* wgsl */ `
@group(0) @binding(3) var table: texture_2d<f32>;
fn colorOf(code: u32) -> vec4f { return textureLoad(table, vec2u(code & 255u, code >> 8u), 0); }
`;

/** The module of a 2D slice; its uniforms are those of an image's. */
export function labelSliceShader(): string {
  return /* wgsl */ `
struct Uniforms {
  origin: vec2f, perX: vec2f, perY: vec2f,
  low: vec2f, high: vec2f,
  pad: vec2f,
  limits: vec4f,
  opacity: f32,
};
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var data: texture_2d<u32>;
${LOOKUP}
${FULL_TARGET}
@fragment fn fs(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let p = u.origin + at.x * u.perX + at.y * u.perY;
  if (any(p < u.low) || any(p >= u.high)) { discard; return vec4f(0.0); }
  let color = colorOf(textureLoad(data, vec2i(floor(p)), 0).r);
  // What is the background leaves no trace, whatever the blending.
  if (color.a == 0.0) { discard; return vec4f(0.0); }
  return vec4f(color.rgb, color.a * u.opacity);
}
`;
}

/** What a volume's shader is specialised for. */
export interface LabelVolumeVariant {
  readonly rendering: "iso_categorical" | "translucent";
  readonly gradient: "fast" | "smooth";
  readonly plane: boolean;
  readonly clip: boolean;
  /** Leap over cells of nothing but code 0. */
  readonly skip: boolean;
  /** Write the depth of what was hit. */
  readonly depth: boolean;
}

/** Differences of codes over 1.5 voxels. Where both neighbours on an axis are background, the normal says little. */
const FAST = /* wgsl */ `
fn shade(p: vec3f, ray: vec3f) -> f32 {
  var normal: vec3f;
  var thin = false;
  for (var axis = 0; axis < 3; axis++) {
    var offset = vec3f(0.0);
    offset[axis] = 1.5;
    let a = f32(codeAt(p - offset));
    let b = f32(codeAt(p + offset));
    normal[axis] = a - b;
    thin = thin || (a == 0.0 && b == 0.0);
  }
  return 0.2 + select(facing(normal, ray), 0.5, thin);
}
`;
/** The Sobel operator in three dimensions, its taps 1.5 voxels apart. */
const SMOOTH = /* wgsl */ `
fn shade(p: vec3f, ray: vec3f) -> f32 {
  var normal = vec3f(0.0);
  for (var k = -1; k <= 1; k++) {
    for (var j = -1; j <= 1; j++) {
      for (var i = -1; i <= 1; i++) {
        let at = vec3f(f32(i), f32(j), f32(k));
        let weight = vec3f(2.0) - abs(at);
        normal -= f32(codeAt(p + 1.5 * at)) * at * vec3f(weight.y * weight.z, weight.x * weight.z, weight.x * weight.y);
      }
    }
  }
  return 0.2 + facing(normal, ray);
}
`;
const FACING = /* wgsl */ `
fn facing(normal: vec3f, ray: vec3f) -> f32 {
  let length2 = dot(normal, normal);
  return select(0.0, min(1.0, abs(dot(normal, ray)) * inverseSqrt(length2)), length2 > 0.0);
}
`;

/** The module of a volume; its uniforms are those of an image's. */
export function labelVolumeShader(variant: LabelVolumeVariant): string {
  const lit = variant.rendering === "iso_categorical";
  const skip = variant.skip && !variant.plane;
  const miss = `discard; return ${variant.depth ? "Fragment(vec4f(0.0), 1.0)" : "vec4f(0.0)"};`;
  // The fine samples of the first sample beyond a cell lie partly in it.
  const march = (end: string): string => `for (; i < ${end} && !found; i += 1.0) {
      let p = start + step * i;
      ${variant.clip ? "if (!kept(p)) { continue; }" : ""}
      if (codeAt(p) == 0u) { continue; }
      for (var k = 0; k < 10; k++) {
        let q = p + step * (0.1 * f32(k) - 1.0);
        let fine = colorOf(codeAt(q));
        if (fine.a != 0.0) { color = fine; hit = q; found = true; break; }
      }
    }`;
  const leaping = `
  let forward = select(vec3f(0.0), vec3f(1.0), step > vec3f(-1e-9));
  let inverse = 1.0 / select(step, vec3f(1e-20), abs(step) < vec3f(1e-9));
  while (i < n && !found) {
    let q = start + step * i;
    if (coarseCell(q).y == 0.0) { i = leave(q, start, forward, inverse, ${COARSE}.0, i); continue; }
    let next = min(leave(q, start, forward, inverse, ${CELL}.0, i), n);
    if (fineCell(q).y == 0.0) { i = next; continue; }
    ${march("min(next + 1.0, n)")}
  }`;
  const code = /* wgsl */ `
${VOLUME_UNIFORM_BLOCK}
@group(0) @binding(1) var data: texture_3d<u32>;
@group(0) @binding(4) var fineCells: texture_3d<f32>;
@group(0) @binding(5) var coarseCells: texture_3d<f32>;
@group(0) @binding(6) var cellSampler: sampler;
${LOOKUP}
fn codeAt(p: vec3f) -> u32 {
  return textureLoad(data, clamp(vec3i(floor(p)), vec3i(0), vec3i(u.shape.xyz) - 1), 0).r;
}
${variant.clip ? CLIP : ""}
${lit ? FACING + (variant.gradient === "fast" ? FAST : SMOOTH) : ""}
${skip ? LEAP : ""}
struct Fragment { @location(0) color: vec4f, @builtin(frag_depth) depth: f32 };
${FULL_TARGET}
@fragment fn fs(@builtin(position) at: vec4f) -> ${variant.depth ? "Fragment" : "@location(0) vec4f"} {
  let eye = u.origin.xyz + at.x * u.originX.xyz + at.y * u.originY.xyz;
  let ray = normalize(u.direction.xyz + at.x * u.directionX.xyz + at.y * u.directionY.xyz);
  ${rayOf(variant)}
  var color = vec4f(0.0);
  var found = false;
  var i = 0.0;
  ${skip ? leaping : march("n")}
  if (!found) { MISS }
  ${lit ? "color = vec4f(color.rgb * shade(hit, ray), color.a);" : ""}
  ${
    variant.depth
      ? "return Fragment(vec4f(color.rgb, color.a * u.shape.w), depthAt(hit));"
      : "return vec4f(color.rgb, color.a * u.shape.w);"
  }
}
`;
  return code.replaceAll("MISS", miss);
}
