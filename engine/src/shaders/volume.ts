/**
 * WGSL of a volume: one ray a pixel through texel space, where voxel i covers [i, i + 1) on each axis (x, y, z).
 *
 * The sampling rules are napari's (vispy's volume shader), sample for sample. Samples are numbered, and sample i lies at
 * start + i * step: leaping over cells changes which samples are read, never where they lie, so the picture is the same.
 */
import type { Interpolation, Rendering } from "@eyepiece/protocol/scene/schema.ts";
import { CELL, COARSE } from "../render/arrays/skip-grid.ts";
import type { TexelKind } from "../render/formats.ts";
import { COLOR, texelValue } from "./color.ts";
import { KERNELS, RADIUS } from "./kernels.ts";
import { ACCUMULATES, LIGHT, MODES, type Mode, RGB_AT, RGB_MODES } from "./volume-modes.ts";

/** What a volume's shader is specialised for. */
export interface VolumeVariant {
  readonly kind: TexelKind;
  readonly rendering: Rendering;
  readonly interpolation: Interpolation;
  /** The texture unit interpolates; else the shader does. */
  readonly filterable: boolean;
  readonly plane: boolean;
  readonly clip: boolean;
  /** Leap over cells that cannot change the picture. */
  readonly skip: boolean;
  /** Write the depth of what was hit. */
  readonly depth: boolean;
}

/** Floats of the uniform block, clipping planes included. */
export const VOLUME_UNIFORMS = 60 + 64;
/** The most clipping planes. */
export const MAX_PLANES = 16;

/** The uniforms that volumes of all kinds have, and the depth of a place. */
export const VOLUME_UNIFORM_BLOCK = /* wgsl */ `
struct Uniforms {
  // Ray of the target's pixel (x, y): origin + x * originX + y * originY, in texel space; the same for the direction.
  origin: vec4f, originX: vec4f, originY: vec4f,
  direction: vec4f,      // w: voxels from one sample to the next
  directionX: vec4f, directionY: vec4f,
  shape: vec4f,          // voxels; w: opacity
  limits: vec4f,         // low, high, gamma, bend
  rules: vec4f,          // cut-off, iso threshold, attenuation, number of clipping planes
  depthRow: vec4f,       // depth = t / (1 + bend t), t = dot(depthRow.xyz, texel position) + depthRow.w
  planePosition: vec4f,  // texel space; w: thickness
  planeNormal: vec4f,    // w: value up to which the table is constant at its start
  first: vec4f,          // the table's first colour
  perFine: vec4f, perCoarse: vec4f,  // the cells' texture coordinates for a voxel
  planes: array<vec4f, ${MAX_PLANES}>,
};
@group(0) @binding(0) var<uniform> u: Uniforms;
fn depthAt(p: vec3f) -> f32 {
  let t = dot(u.depthRow.xyz, p) + u.depthRow.w;
  return clamp(t / (1.0 + u.limits.w * t), 0.0, 1.0);
}
const INFINITE = 3.0e38;
`;

/** A triangle that covers the target. */
export const FULL_TARGET = /* wgsl */ `
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
`;

const BINDINGS = /* wgsl */ `
@group(0) @binding(3) var lut: texture_2d<f32>;
@group(0) @binding(7) var lutSampler: sampler;
// Least and greatest value of each cell.
@group(0) @binding(4) var fineCells: texture_3d<f32>;
@group(0) @binding(5) var coarseCells: texture_3d<f32>;
@group(0) @binding(6) var cellSampler: sampler;
`;

function valueAt(variant: VolumeVariant): string {
  const bindings = `${texelValue(variant.kind)}
@group(0) @binding(1) var data: texture_3d<f32>;
@group(0) @binding(2) var dataSampler: sampler;
`;
  const { interpolation } = variant;
  if (interpolation === "linear" && variant.filterable) {
    return `${bindings}fn valueAt(p: vec3f) -> f32 {
  return texelValue(textureSampleLevel(data, dataSampler, p / u.shape.xyz, 0.0));
}`;
  }
  const voxel = `${bindings}fn voxel(i: vec3i) -> f32 {
  return texelValue(textureLoad(data, clamp(i, vec3i(0), vec3i(u.shape.xyz) - 1), 0));
}
`;
  if (interpolation === "nearest")
    return `${voxel}fn valueAt(p: vec3f) -> f32 { return voxel(vec3i(floor(p))); }`;
  if (interpolation !== "linear") return voxel + filtered(interpolation);
  return `${voxel}fn valueAt(p: vec3f) -> f32 {
  let q = p - 0.5; let i = vec3i(floor(q)); let f = q - floor(q);
  let a = mix(voxel(i), voxel(i + vec3i(1, 0, 0)), f.x);
  let b = mix(voxel(i + vec3i(0, 1, 0)), voxel(i + vec3i(1, 1, 0)), f.x);
  let c = mix(voxel(i + vec3i(0, 0, 1)), voxel(i + vec3i(1, 0, 1)), f.x);
  let d = mix(voxel(i + vec3i(0, 1, 1)), voxel(i + vec3i(1, 1, 1)), f.x);
  return mix(mix(a, b, f.y), mix(c, d, f.y), f.z);
}`;
}

/** A separable filter in three axes: the weights of each axis once, then all taps. */
function filtered(interpolation: "cubic" | "kaiser" | "spline36"): string {
  const radius = RADIUS[interpolation];
  const taps = 2 * radius;
  return `${KERNELS}fn valueAt(p: vec3f) -> f32 {
  let q = p - 0.5; let i = vec3i(floor(q)); let f = q - floor(q);
  var weights: array<vec3f, ${taps}>;
  var total = vec3f(0.0);
  for (var k = 0; k < ${taps}; k++) {
    let d = abs(f32(k + ${1 - radius}) - f);
    weights[k] = vec3f(kernel_${interpolation}(d.x), kernel_${interpolation}(d.y), kernel_${interpolation}(d.z));
    total += weights[k];
  }
  var sum = 0.0;
  for (var z = 0; z < ${taps}; z++) {
    let wz = tabled(weights[z].z / total.z);
    for (var y = 0; y < ${taps}; y++) {
      let wy = wz * tabled(weights[y].y / total.y);
      for (var x = 0; x < ${taps}; x++) {
        sum += wy * tabled(weights[x].x / total.x) * voxel(i + vec3i(x, y, z) + ${1 - radius});
      }
    }
  }
  return sum;
}`;
}

/** Whether a place in texel space is kept by the clipping planes. */
export const CLIP = /* wgsl */ `
fn kept(p: vec3f) -> bool {
  for (var i = 0u; i < u32(u.rules.w); i++) {
    if (dot(u.planes[i].xyz, p) + u.planes[i].w < 0.0) { return false; }
  }
  return true;
}
`;

/** Finds where the ray enters and leaves, and numbers its samples. */
export function rayOf(variant: Pick<VolumeVariant, "plane">): string {
  if (variant.plane) {
    return `let facing = dot(ray, u.planeNormal.xyz);
  if (facing == 0.0) { MISS }
  let meets = eye + ray * (dot(u.planePosition.xyz - eye, u.planeNormal.xyz) / facing);
  if (any(meets < vec3f(0.0)) || any(meets > u.shape.xyz)) { MISS }
  let n = floor(u.planePosition.w / 0.8 + 0.5);
  let step = u.planeNormal.xyz;
  let start = meets - step * (n / 2.0);
  var hit = meets;`;
  }
  return `let slope = select(ray, vec3f(1e-12), abs(ray) < vec3f(1e-12));
  let toLow = (vec3f(0.0) - eye) / slope;
  let toHigh = (u.shape.xyz - eye) / slope;
  let near = min(toLow, toHigh);
  let far = max(toLow, toHigh);
  let tNear = max(max(near.x, near.y), max(near.z, u.origin.w));
  let tFar = min(far.x, min(far.y, far.z));
  if (!(tFar > tNear)) { MISS }
  let n = floor((tFar - tNear) / u.direction.w + 0.5);
  if (n < 1.0) { MISS }
  let start = eye + ray * tNear;
  let step = ray * ((tFar - tNear) / n);
  var hit = start;`;
}

/** The samples from `i` to `end`, read one after the other. */
function samples(variant: VolumeVariant, mode: Mode, end: string): string {
  return `for (; i < ${end}; i += 1.0) {
      let p = start + step * i;
      ${variant.clip ? "if (!kept(p)) { continue; }" : ""}
      ${variant.clip && ACCUMULATES.has(variant.rendering) ? "anyKept = true;" : ""}
      let value = valueAt(p);
      ${mode.sample}
    }`;
}

/** Leaping from cell to cell; needs `fineCells`, `coarseCells` and `cellSampler`. */
export const LEAP = /* wgsl */ `
// The number of the first sample beyond the cell that holds p.
fn leave(p: vec3f, start: vec3f, forward: vec3f, inverse: vec3f, edge: f32, i: f32) -> f32 {
  let wall = (floor(p * (1.0 / edge)) + forward) * edge;
  let t = (wall - start) * inverse;
  return max(i + 1.0, ceil(min(t.x, min(t.y, t.z))));
}
// The unit's nearest sample: its clamping takes positions at the volume's faces, and it is faster than a load in software.
fn fineCell(p: vec3f) -> vec2f {
  return textureSampleLevel(fineCells, cellSampler, p * u.perFine.xyz, 0.0).xy;
}
fn coarseCell(p: vec3f) -> vec2f {
  return textureSampleLevel(coarseCells, cellSampler, p * u.perCoarse.xyz, 0.0).xy;
}
`;

/**
 * A bound on a maximum (or minimum) projection: the greatest value seen in the most promising cell. Cells that stay below it
 * are leapt over, and the samples that decide are still met in their order.
 */
function boundPass(variant: VolumeVariant): string {
  const most = variant.rendering === "mip";
  if (!most && variant.rendering !== "minip") return "";
  const better = (a: string, b: string): string => (most ? `${a} > ${b}` : `${a} < ${b}`);
  const side = most ? "y" : "x";
  return `
  {
    var promise = ${most ? "-INFINITE" : "INFINITE"}; var lowest = 0.0; var highest = 0.0;
    var useful = vec2f(n, 0.0);
    for (var j = 0.0; j < n;) {
      let p = start + step * j;
      let next = leave(p, start, forward, inverse, ${COARSE}.0, j);
      let m = coarseCell(p).${side};
      if (${better("m", "best")}) { useful = vec2f(min(useful.x, j), next); }
      if (${better("m", "promise")}) {
        promise = m; lowest = j; highest = next;
        // The march ends where the limit is reached: a better promise further on is worth nothing.
        if (${most ? "m >= u.limits.y" : "m <= u.limits.x"}) { useful.y = n; break; }
      }
      j = next;
    }
    if (!(${better("promise", "best")})) { MISS }
    i = useful.x;
    end = min(useful.y, n);
    promise = ${most ? "-INFINITE" : "INFINITE"};
    var low = lowest; var high = lowest;
    for (var j = lowest; j < min(highest, n);) {
      let p = start + step * j;
      let next = leave(p, start, forward, inverse, ${CELL}.0, j);
      let m = fineCell(p).${side};
      if (${better("m", "promise")}) { promise = m; low = j; high = next; }
      j = next;
    }
    for (var j = low; j < min(high, n); j += 1.0) {
      let p = start + step * j;
      ${variant.clip ? "if (!kept(p)) { continue; }" : ""}
      let value = valueAt(p);
      if (${better("value", "bound")}) { bound = value; }
    }
    bound = ${most ? "min(bound, u.limits.y)" : "max(bound, u.limits.x)"};
  }`;
}

function march(variant: VolumeVariant, mode: Mode): string {
  if (!variant.skip) return samples(variant, mode, "n");
  const bound = variant.rendering === "mip" ? "-INFINITE" : "INFINITE";
  const bounded = variant.rendering === "mip" || variant.rendering === "minip";
  const leap = mode.leap === undefined ? "" : `let leap = min(next, n) - i; ${mode.leap}`;
  return `
  let forward = select(vec3f(0.0), vec3f(1.0), step > vec3f(-1e-9));
  let inverse = 1.0 / select(step, vec3f(1e-20), abs(step) < vec3f(1e-9));
  ${bounded ? `var bound = ${bound};` : ""}
  var end = n;
  ${boundPass(variant)}
  while (i < end) {
    let q = start + step * i;
    {
      let m = coarseCell(q);
      if (${mode.skip}) { let next = leave(q, start, forward, inverse, ${COARSE}.0, i); ${leap} i = next; continue; }
    }
    let m = fineCell(q);
    let next = min(leave(q, start, forward, inverse, ${CELL}.0, i), n);
    if (${mode.skip}) { ${leap} i = next; continue; }
    ${samples(variant, mode, mode.beyond ? "min(next + 1.0, n)" : "next")}
  }`;
}

/** The whole module. */
export function volumeShader(asked: VolumeVariant): string {
  // A plane takes few samples; sums under clipping planes must look at each sample to know whether it counts.
  const rgb = asked.kind === "rgba8" || asked.kind === "rgba32";
  // Of colours no bounds are kept.
  const skip = asked.skip && !rgb && !asked.plane && !(asked.clip && ACCUMULATES.has(asked.rendering));
  const variant = { ...asked, skip };
  const mode = (rgb ? RGB_MODES : MODES)[variant.rendering];
  const cutAway = variant.clip && ACCUMULATES.has(variant.rendering);
  // A discarded invocation goes on as a helper: without the return it would march on for nothing.
  const miss = `discard; return ${variant.depth ? "Fragment(vec4f(0.0), 1.0)" : "vec4f(0.0)"};`;
  const result = variant.depth
    ? "return Fragment(vec4f(color.rgb, color.a * u.shape.w), depthAt(hit));"
    : "return vec4f(color.rgb, color.a * u.shape.w);";
  const code = /* wgsl */ `
${VOLUME_UNIFORM_BLOCK}
${BINDINGS}
${COLOR}
${valueAt(variant)}
${rgb ? RGB_AT : ""}
${variant.clip ? CLIP : ""}
${variant.rendering === "iso" ? LIGHT : ""}
${variant.skip ? LEAP : ""}
struct Fragment { @location(0) color: vec4f, @builtin(frag_depth) depth: f32 };
${FULL_TARGET}
@fragment fn fs(@builtin(position) at: vec4f) -> ${variant.depth ? "Fragment" : "@location(0) vec4f"} {
  let eye = u.origin.xyz + at.x * u.originX.xyz + at.y * u.originY.xyz;
  let ray = normalize(u.direction.xyz + at.x * u.directionX.xyz + at.y * u.directionY.xyz);
  ${rayOf(variant)}
  var color = vec4f(0.0);
  var i = 0.0;
  ${cutAway ? "var anyKept = false;" : ""}
  ${mode.before}
  ${march(variant, mode)}
  ${cutAway ? "if (!anyKept) { MISS }" : ""}
  ${mode.after}
  ${result}
}
`;
  return code.replaceAll("MISS", miss);
}
