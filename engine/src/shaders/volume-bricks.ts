/**
 * WGSL of a volume in bricks of several levels: one ray a pixel through the finest level's texel space, in which the bricks lie.
 *
 * A ray goes from cell to cell of the page tables. In a cell it samples the level of the brick that is there: sample k of a level lies at
 * tNear + k h, where h is that level's step, about 0.8 of its voxels. `w` is how many steps of the finest level one such step is.
 */
import type { Rendering } from "@eyepiece/protocol/scene/schema.ts";
import { APRON, CELLS, SLOT_EDGE } from "../render/arrays/bricks/atlas.ts";
import { SLOTS } from "../render/arrays/bricks/pages.ts";
import { EDGE } from "../render/arrays/bricks/select.ts";
import { CELL } from "../render/arrays/skip-grid.ts";
import { COLOR, texelValue } from "./color.ts";
import { CLIP, FULL_TARGET, rayOf, VOLUME_UNIFORM_BLOCK, type VolumeVariant } from "./volume.ts";

/** Levels of a pyramid, at most. */
export const MAX_LEVELS = 20;
/** Floats of the atlas's uniform block. */
export const ATLAS_UNIFORMS = 8 + MAX_LEVELS * 16;

const ATLAS = /* wgsl */ `
struct Level {
  scale: vec4f,   // its texel is p * scale + offset; w: the first cell of its table
  offset: vec4f,
  low: vec4f,     // the first brick of its table
  size: vec4f,    // bricks of its table; 0: none
};
struct Atlas {
  inverse: vec4f, // 1 / texels of the atlas
  counts: vec4f,  // levels, the finest with a table, a step that leaves a cell for certain, voxels of a plane's step
  levels: array<Level, ${MAX_LEVELS}>,
};
@group(0) @binding(3) var lut: texture_2d<f32>;
@group(0) @binding(7) var lutSampler: sampler;
@group(0) @binding(8) var<storage, read> pages: array<vec4f>;
@group(0) @binding(9) var<uniform> atlas: Atlas;
// Least and greatest value of each cell of each slot.
@group(0) @binding(10) var cells: texture_3d<f32>;
fn within(p: vec3f) -> vec3f { return clamp(p, vec3f(0.001), u.shape.xyz - 0.001); }
// The cell that holds a place, and the level of its table; -1 where there is none.
fn find(p: vec3f) -> vec2i {
  for (var l = i32(atlas.counts.y); l < i32(atlas.counts.x); l++) {
    let size = atlas.levels[l].size.xyz;
    let c = floor((p * atlas.levels[l].scale.xyz + atlas.levels[l].offset.xyz) / ${EDGE}.0) - atlas.levels[l].low.xyz;
    if (all(c >= vec3f(0.0)) && all(c < size)) {
      return vec2i(i32(atlas.levels[l].scale.w + (c.z * size.y + c.y) * size.x + c.x), l);
    }
  }
  return vec2i(-1, i32(atlas.counts.x) - 1);
}
fn slotOf(cell: vec4f) -> vec3f {
  let code = u32(cell.x);
  return vec3f(f32(code % ${SLOTS}u), f32(code / ${SLOTS}u % ${SLOTS}u), f32(code / ${SLOTS * SLOTS}u)) * ${SLOT_EDGE}.0;
}
// What to add to a texel of the cell's level to come to the atlas's.
fn shiftOf(cell: vec4f, p: vec3f) -> vec3f {
  let l = i32(cell.y);
  let brick = floor((p * atlas.levels[l].scale.xyz + atlas.levels[l].offset.xyz) / ${EDGE}.0);
  return slotOf(cell) + ${APRON}.0 - ${EDGE}.0 * brick;
}
// A sample anywhere.
fn valueAt(p: vec3f) -> f32 {
  let inside = within(p);
  let f = find(inside);
  if (f.x < 0) { return 0.0; }
  let cell = pages[f.x];
  if (cell.x < 0.0) { return 0.0; }
  let l = i32(cell.y);
  let q = p * atlas.levels[l].scale.xyz + atlas.levels[l].offset.xyz + shiftOf(cell, inside);
  let slot = slotOf(cell);
  return sampleAt(clamp(q, slot + 0.5, slot + ${SLOT_EDGE - 0.5}));
}
`;

function reading(variant: BrickVariant): string {
  const bindings = `${texelValue(variant.kind)}
@group(0) @binding(1) var data: texture_3d<f32>;
@group(0) @binding(2) var dataSampler: sampler;
`;
  if (variant.linear && variant.filterable)
    return `${bindings}fn sampleAt(q: vec3f) -> f32 { return texelValue(textureSampleLevel(data, dataSampler, q * atlas.inverse.xyz, 0.0)); }`;
  const voxel = `${bindings}fn voxel(i: vec3i) -> f32 { return texelValue(textureLoad(data, i, 0)); }
`;
  if (!variant.linear) return `${voxel}fn sampleAt(q: vec3f) -> f32 { return voxel(vec3i(floor(q))); }`;
  return `${voxel}fn sampleAt(q: vec3f) -> f32 {
  let r = q - 0.5; let i = vec3i(floor(r)); let f = r - floor(r);
  let a = mix(voxel(i), voxel(i + vec3i(1, 0, 0)), f.x);
  let b = mix(voxel(i + vec3i(0, 1, 0)), voxel(i + vec3i(1, 1, 0)), f.x);
  let c = mix(voxel(i + vec3i(0, 0, 1)), voxel(i + vec3i(1, 0, 1)), f.x);
  let d = mix(voxel(i + vec3i(0, 1, 1)), voxel(i + vec3i(1, 1, 1)), f.x);
  return mix(mix(a, b, f.y), mix(c, d, f.y), f.z);
}`;
}

/** As on a volume's own texture, with the gradient over 1.5 voxels of the level that is there. */
const LIGHT = /* wgsl */ `
fn lit(p: vec3f, value: f32, ray: vec3f, scale: vec3f) -> f32 {
  var normal: vec3f;
  var brightest = value;
  for (var axis = 0; axis < 3; axis++) {
    var offset = vec3f(0.0);
    offset[axis] = 1.5 / scale[axis];
    let a = valueAt(p - offset);
    let b = valueAt(p + offset);
    normal[axis] = a - b;
    brightest = max(max(a, b), brightest);
  }
  let length2 = dot(normal, normal);
  let facing = select(0.0, abs(dot(normal, normalize(ray * scale))) * inverseSqrt(length2), length2 > 0.0);
  return brightest * (0.2 + facing) + pow(facing, 40.0);
}
`;

/** `s` is where the sample lies: at `origin + way * s`; the next of its level is at `s + h`. */
interface Mode {
  readonly before: string;
  /** Uses `value`, `s`, `h`, `w`, `level`; sets `ended` and breaks to end the ray. */
  readonly sample: string;
  /** True when samples in a cell with these bounds (`m.x` least, `m.y` greatest) cannot change anything. */
  readonly skip: string;
  /** Run before a leap of `leap` samples of the finest level. */
  readonly leap?: string;
  /** A cell that is not leapt over is read to the first sample beyond it. */
  readonly beyond?: boolean;
  readonly after: string;
}

function extreme(better: ">" | "<", end: string, skip: string): Mode {
  return {
    before: "var best = u.rules.x; var bestAt = 0.0; var bestStep = 0.0;",
    sample: `if (value ${better} best) { best = value; bestAt = s; bestStep = h; if (${end}) { ended = true; break; } }`,
    skip,
    after: `if (bestStep == 0.0) { MISS }
  hit = origin + way * (bestAt - 0.5 * bestStep);
  for (var k = 0; k < 10; k++) {
    let p = origin + way * (bestAt + bestStep * (0.1 * f32(k) - 0.5));
    let value = valueAt(p);
    if (value ${better} best) { best = value; hit = p; }
  }
  color = colorOf(best);`,
  };
}

const MODES: Record<Rendering, Mode> = {
  mip: extreme(">", "best >= u.limits.y", "m.y <= best"),
  minip: extreme("<", "best <= u.limits.x", "m.x >= best"),
  attenuated_mip: {
    before: "var best = u.rules.x; var sum = 0.0; var fade = exp(u.rules.z); var found = false;",
    sample: `sum += w * 0.8 * clamp((value - u.limits.x) / (u.limits.y - u.limits.x), 0.0, 1.0);
      fade = exp(-u.rules.z * (sum - 1.0));
      if (best > fade * u.limits.y) { ended = true; break; }
      if (value * fade > best) { best = value * fade; hit = origin + way * s; found = true; }`,
    skip: "m.y <= u.limits.x && m.y * fade <= best",
    after: "if (!found) { MISS }\n  color = colorOf(best);",
  },
  translucent: {
    before: "var sum = vec4f(0.0);",
    sample: `let c = colorOf(value);
      let a1 = sum.a;
      let a2 = (1.0 - pow(1.0 - c.a, w)) * (1.0 - a1);
      let alpha = max(a1 + a2, 0.001);
      sum = vec4f(sum.rgb * (a1 / alpha) + c.rgb * (a2 / alpha), alpha);
      if (alpha > 0.99) { ended = true; break; }`,
    skip: "m.y <= u.planeNormal.w && u.first.a == 0.0",
    leap: "sum.a = max(sum.a, 0.001);",
    after: "color = sum;",
  },
  additive: {
    before: "var sum = vec4f(0.0);",
    sample: "sum = 1.0 - (1.0 - sum) * pow(1.0 - colorOf(value), vec4f(w));",
    skip: "m.y <= u.planeNormal.w && all(u.first.rgb == vec3f(0.0))",
    leap: "sum.a = 1.0 - (1.0 - sum.a) * pow(1.0 - u.first.a, leap);",
    after: "color = sum;",
  },
  average: {
    before: "var mean = 0.0; var counted = 0.0;",
    sample: "counted += w; mean += (value - mean) * (w / counted);",
    skip: "m.x == m.y && leap > 0.0",
    leap: "mean = (mean * counted + m.x * leap) / (counted + leap); counted += leap;",
    after: "if (counted == 0.0) { MISS }\n  color = colorOf(mean);",
  },
  iso: {
    before: "var found = false;",
    sample: `if (value > u.rules.y - 0.2) {
        for (var j = 0; j < 10; j++) {
          let p = origin + way * (s + h * (0.1 * f32(j) - 1.0));
          FINE
          if (fine > u.rules.y) {
            color = colorOf(lit(p, fine, ray, atlas.levels[level].scale.xyz));
            hit = p; found = true; ended = true;
            break;
          }
        }
        if (ended) { break; }
      }`,
    skip: "m.y <= u.rules.y",
    beyond: true,
    after: "if (!found) { MISS }",
  },
};

const ACCUMULATES: ReadonlySet<Rendering> = new Set<Rendering>(["translucent", "additive", "average"]);

/** What the shader is specialised for. */
export interface BrickVariant
  extends Pick<VolumeVariant, "kind" | "rendering" | "filterable" | "plane" | "clip" | "skip" | "depth"> {
  /** Else nearest. */
  readonly linear: boolean;
}

function alongPlane(mode: Mode, kept: string): string {
  return `let facing = dot(ray, u.planeNormal.xyz);
  if (facing == 0.0) { MISS }
  let meets = eye + ray * (dot(u.planePosition.xyz - eye, u.planeNormal.xyz) / facing);
  if (any(meets < vec3f(0.0)) || any(meets > u.shape.xyz)) { MISS }
  let w = atlas.counts.w;
  let n = floor(max(1.0, u.planePosition.w / w) / 0.8 + 0.5);
  let way = u.planeNormal.xyz * w;
  let origin = meets - way * (n / 2.0);
  let h = 1.0;
  var hit = meets;
  ${mode.before}
  for (var s = 0.0; s < n && !ended; s += 1.0) {
    let p = origin + way * s;
    ${kept}
    let level = find(within(p)).y;
    let value = valueAt(p);
    ${mode.sample}
  }`;
}

function alongRay(mode: Mode, variant: BrickVariant, kept: string): string {
  const sampled = mode.beyond
    ? "var value = 0.0; if (s < leave) { value = sampleAt(q0 + dq * k); } else { value = valueAt(origin + way * s); }"
    : "let value = sampleAt(q0 + dq * k);";
  const leap =
    mode.leap === undefined
      ? ""
      : `let leap = max(0.0, ceil((leave - tNear) / reference - 0.001) - ceil((t - tNear) / reference - 0.001));`;
  const run = (
    end: string,
  ): string => `for (; k < ${mode.beyond ? `min(${end} + 1.0, count)` : end}; k += 1.0) {
      let s = tNear + k * h;
      ${kept === "" ? "" : `let p = eye + ray * s;\n      ${kept}`}
      ${sampled}
      ${mode.sample}
    }`;
  // Within a brick from cell to cell, each with bounds of its own.
  const inCells = `let corner = slotOf(cell) + ${APRON}.0;
    let corners = vec3i(slotOf(cell) / ${SLOT_EDGE}.0 + 0.5) * ${CELLS};
    let steps = select(dq, vec3f(1e-12), abs(dq) < vec3f(1e-12));
    while (k < stop && !ended) {
      let c = clamp(floor((q0 + dq * k - corner) / ${CELL}.0), vec3f(0.0), vec3f(${CELLS - 1}.0));
      let m = textureLoad(cells, corners + vec3i(c), 0).xy;
      let out = (corner + (c + forward) * ${CELL}.0 - q0) / steps;
      let next = min(max(k + 1.0, ceil(min(out.x, min(out.y, out.z)))), stop);
      ${mode.leap === undefined ? "" : "let leap = (next - k) * w;"}
      if (${mode.skip}) { ${mode.leap ?? ""} k = next; continue; }
      ${run("next")}
    }`;
  return `${rayOf({ plane: false })}
  let origin = eye;
  let way = ray;
  let span = tFar - tNear;
  let reference = span / n;
  let forward = select(vec3f(0.0), vec3f(1.0), slope > vec3f(0.0));
  let nudge = atlas.counts.z;
  var t = tNear;
  var level = -1;
  var k = 0.0;
  var h = 1.0;
  var w = 1.0;
  var count = 0.0;
  ${mode.before}
  for (var guard = 0; guard < 20000 && t < tFar && !ended; guard++) {
    let inside = within(eye + ray * (t + nudge));
    let f = find(inside);
    let scale = atlas.levels[f.y].scale.xyz;
    let offset = atlas.levels[f.y].offset.xyz;
    let wall = ((floor((inside * scale + offset) / ${EDGE}.0) + forward) * ${EDGE}.0 - offset) / scale;
    let walls = (wall - eye) / slope;
    let leave = min(max(min(walls.x, min(walls.y, walls.z)), t + nudge), tFar);
    var cell = vec4f(-1.0);
    if (f.x >= 0) { cell = pages[f.x]; }
    if (cell.x < 0.0) { t = leave; continue; }
    ${leap}
    ${variant.skip ? `{ let m = cell.zw; if (${mode.skip}) { ${mode.leap ?? ""} t = leave; continue; } }` : ""}
    let own = i32(cell.y);
    let grain = atlas.levels[own].scale.xyz;
    if (own != level) {
      level = own;
      count = max(1.0, floor(span * length(ray * grain) / 0.8 + 0.5));
      h = span / count;
      w = h / reference;
      k = 0.0;
    }
    // Samples on the wall are taken once: by the cell that they are in by a hair's breadth.
    k = max(k, ceil((t - tNear) / h - 1e-4));
    let q0 = (eye + ray * tNear) * grain + atlas.levels[own].offset.xyz + shiftOf(cell, inside);
    let dq = ray * grain * h;
    ${variant.rendering === "iso" ? `let lowest = slotOf(cell) + 0.5; let highest = lowest + ${SLOT_EDGE - 1}.0;` : ""}
    let stop = min(count, ceil((leave - tNear) / h - 1e-4));
    ${variant.skip ? inCells : run("stop")}
    t = leave;
  }`;
}

/** The whole module. */
export function brickVolumeShader(asked: BrickVariant): string {
  const accumulates = ACCUMULATES.has(asked.rendering);
  // In the brick itself where it reaches: one look-up less.
  const fine = asked.plane
    ? "let fine = valueAt(p);"
    : `let q = q0 + dq * (k + 0.1 * f32(j) - 1.0);
          var fine = 0.0;
          if (s < leave && all(q >= lowest) && all(q <= highest)) { fine = sampleAt(q); } else { fine = valueAt(p); }`;
  const variant = { ...asked, skip: asked.skip && !asked.plane && !(asked.clip && accumulates) };
  const mode = MODES[variant.rendering];
  const cutAway = variant.clip && accumulates;
  const kept = variant.clip ? `if (!kept(p)) { continue; } ${cutAway ? "anyKept = true;" : ""}` : "";
  // A discarded invocation goes on as a helper: without the return it would march on for nothing.
  const miss = `discard; return ${variant.depth ? "Fragment(vec4f(0.0), 1.0)" : "vec4f(0.0)"};`;
  const result = variant.depth
    ? "return Fragment(vec4f(color.rgb, color.a * u.shape.w), depthAt(hit));"
    : "return vec4f(color.rgb, color.a * u.shape.w);";
  const code = /* wgsl */ `
${VOLUME_UNIFORM_BLOCK}
${ATLAS}
${COLOR}
${reading(variant)}
${variant.clip ? CLIP : ""}
${variant.rendering === "iso" ? LIGHT : ""}
struct Fragment { @location(0) color: vec4f, @builtin(frag_depth) depth: f32 };
${FULL_TARGET}
@fragment fn fs(@builtin(position) at: vec4f) -> ${variant.depth ? "Fragment" : "@location(0) vec4f"} {
  let eye = u.origin.xyz + at.x * u.originX.xyz + at.y * u.originY.xyz;
  let ray = normalize(u.direction.xyz + at.x * u.directionX.xyz + at.y * u.directionY.xyz);
  var color = vec4f(0.0);
  var ended = false;
  ${cutAway ? "var anyKept = false;" : ""}
  ${variant.plane ? alongPlane(mode, kept) : alongRay(mode, variant, kept)}
  ${cutAway ? "if (!anyKept) { MISS }" : ""}
  ${mode.after}
  ${result}
}
`;
  return code.replaceAll("FINE", fine).replaceAll("MISS", miss);
}
