/** WGSL of points: a quad for each, the symbol as a signed distance in canvas pixels. */
import { QUAD_CORNER, tableHeader } from "./table.ts";

/** What a points shader is specialised for. */
export interface PointsVariant {
  /** Bit i: symbol i occurs; see `SYMBOLS`. */
  readonly symbols: number;
  readonly spherical: boolean;
  readonly clip: boolean;
  /** The pass has depths, which spheres write. */
  readonly depth: boolean;
}

/**
 * Distances of the fourteen symbols, in napari's order. `p` is the offset from the centre in canvas pixels, y down, `s` the diameter; below
 * zero is inside. They are not all true distances: the border's look at corners follows from them.
 */
const DISTANCES: readonly string[] = [
  // arrow
  `let a = abs(p.y); let h = 0.5 * s;
   return max(abs(p.x) + a - h, -(p.x + a + 0.25 * s - h)) * 0.70710678;`,
  // clobber: three discs whose middle lies a quarter of their shift below the centre
  `let k = 0.36 / sqrt(3.0) * s; let q = vec2f(p.x, p.y - 0.25 * k);
   let up = length(q - vec2f(0.0, -k));
   let side = length(vec2f(abs(q.x), q.y) - vec2f(0.8660254, 0.5) * k);
   return min(up, side) - 0.32 * s;`,
  // cross
  `let a = abs(p);
   return min(max(a.x - s / 6.0, a.y - 0.5 * s), max(a.y - s / 6.0, a.x - 0.5 * s));`,
  // diamond
  `return (abs(p.x) + abs(p.y) - 0.5 * s) * 0.70710678;`,
  // disc
  `return length(p) - 0.5 * s;`,
  // hbar
  `return max(abs(p.y) - s / 6.0, abs(p.x) - 0.5 * s);`,
  // ring
  `let l = length(p); return max(l - 0.5 * s, 0.25 * s - l);`,
  // square
  `return max(abs(p.x), abs(p.y)) - 0.5 * s;`,
  // star: five spikes, each a wedge of 36 degrees above a line
  `var best = 1e9;
   for (var i = 0; i < 5; i++) {
     let c = STAR_TURNS[i];
     let y0 = p.y - 0.05 * s;
     let q = vec2f(c.x * p.x - c.y * y0, c.y * p.x + c.x * y0);
     let tip = q.y + 0.5 * s;
     let wedge = 0.95105652 * abs(q.x) - 0.30901699 * tip;
     best = min(best, max(q.y - 0.1 * s, wedge));
   }
   return best;`,
  // tailed_arrow
  `let a = abs(p.y); let h = 0.5 * s;
   let head = max(abs(p.x) + a - h, -(p.x + a + 0.25 * s - h));
   let bar = max(a - s / 8.0 * 0.70710678, -p.x - h);
   let end = p.x + a - h;
   let tail = max(bar, end);
   if (head <= tail) { return head * 0.70710678; }
   return tail * select(1.0, 0.70710678, end >= bar);`,
  // triangle_down
  `return triangle(vec2f(p.x, -p.y), s);`,
  // triangle_up
  `return triangle(p, s);`,
  // vbar
  `return max(abs(p.x) - s / 6.0, abs(p.y) - 0.5 * s);`,
  // x
  `let a = abs(vec2f(p.x + p.y, p.y - p.x)) * 0.70710678;
   return min(max(a.x - s / 6.0, a.y - 0.5 * s), max(a.y - s / 6.0, a.x - 0.5 * s));`,
];

const HELPERS = /* wgsl */ `
const STAR_TURNS = array<vec2f, 5>(vec2f(1.0, 0.0), vec2f(0.30901699, 0.95105652), vec2f(-0.80901699, 0.58778525),
  vec2f(-0.80901699, -0.58778525), vec2f(0.30901699, -0.95105652));
// Equilateral, standing on its base.
fn triangle(p: vec2f, s: f32) -> f32 {
  let height = s * 0.8660254;
  let slanted = 0.8660254 * abs(p.x) - 0.5 * (p.y - height / 6.0) + height / 6.0 - height / 2.0;
  return max(slanted, p.y - height / 2.0);
}
`;

/** Symbols whose drawn part never leaves the square of their diameter and border. */
const WITHIN = new Set([2, 4, 5, 6, 7, 12]);

/** The whole module. */
export function pointsShader({ symbols, spherical, clip, depth }: PointsVariant): string {
  const used = DISTANCES.map((_, i) => i).filter((i) => (symbols >> i) & 1);
  const [only] = used.length === 1 ? used : [];
  const tight = used.every((i) => WITHIN.has(i));
  const round = only === 4 || only === 6;
  const cases = used.map((i) => `case ${i}u: { return distance${i}(p, s); }`).join("\n    ");
  return /* wgsl */ `${tableHeader(clip)}
// own[0]: canvas pixels for a unit of size, antialiasing, the least and the greatest diameter.
// own[1].x: 1 when the border is a share of the size; yz: what a unit towards the eye changes of clip z and w.
// own[2], own[3]: data triples for a canvas pixel to the right and down.
struct Corner {
  @builtin(position) position: vec4f,
  @location(0) offset: vec2f,
  @location(1) @interpolate(flat) shape: vec2f,
  @location(2) @interpolate(flat) face: vec4f,
  @location(3) @interpolate(flat) border: vec4f,
  ${used.length > 1 ? "@location(4) @interpolate(flat) symbol: u32," : ""}
  ${clip ? "@location(5) data: vec3f," : ""}
  ${spherical ? "@location(6) @interpolate(flat) sphere: vec2f," : ""}
};
@group(0) @binding(1) var<storage, read> centers: array<f32>;
@group(0) @binding(2) var<storage, read> sizes: array<f32>;
@group(0) @binding(3) var<storage, read> borders: array<f32>;
@group(0) @binding(4) var<storage, read> faces: array<u32>;
@group(0) @binding(5) var<storage, read> borderColors: array<u32>;
${used.length > 1 ? "@group(0) @binding(6) var<storage, read> symbols: array<u32>;" : ""}
// Not by instances: adapters that compute on the CPU make a draw of each.
@vertex fn vs(@builtin(vertex_index) index: u32) -> Corner {
  var out: Corner;
  let i = index / 6u;
  let corner = ${QUAD_CORNER};
  let center = vec3f(centers[3u * i], centers[3u * i + 1u], centers[3u * i + 2u]);
  let size = sizes[i]; let border = borders[i];
  let face = unpack4x8unorm(faces[i]); let borderColor = unpack4x8unorm(borderColors[i]);
  let at = project(center);
  out.position = NOWHERE;
  if (!(at.w > u.near) || !(size > 0.0)) { return out; }
  var s = size * u.own[0].x / at.w;
  var e = select(min(border, size) * u.own[0].x / at.w, border * s, u.own[1].x == 1.0);
  let wished = s;
  s = min(max(s, u.own[0].z), u.own[0].w);
  if (s != wished) { e = min(max(e * (s / wished), 0.5 * u.own[0].z), 0.5 * s); }
  let aa = u.own[0].y;
  let half = 0.5 * s + ${tight ? "0.5 * e + aa" : "2.0 * (e + 1.5 * aa)"};
  let offset = half * vec2f(f32(corner & 1u) * 2.0 - 1.0, f32(corner >> 1u) * 2.0 - 1.0);
  out.position = vec4f(at.xy + offset * vec2f(1.0, -1.0) * u.ratio * u.perPixel * at.w, at.zw);
  out.offset = offset;
  out.shape = vec2f(s, e);
  out.face = vec4f(face.rgb, face.a * ${spherical ? "1.0" : "u.opacity"});
  out.border = vec4f(borderColor.rgb, borderColor.a * min(e, 1.0) * ${spherical ? "1.0" : "u.opacity"});
  ${used.length > 1 ? "out.symbol = symbols[i];" : ""}
  ${clip ? "out.data = center + (offset.x * u.own[2].xyz + offset.y * u.own[3].xyz) * at.w;" : ""}
  ${
    spherical
      ? `// The depth at the centre, and the way from there to the sphere's front.
  let front = at.zw + u.own[1].yz * (0.5 * size * u.own[0].x / u.zoom);
  out.sphere = vec2f(at.z / at.w, front.x / front.y - at.z / at.w);`
      : ""
  }
  return out;
}
${HELPERS}
${used.map((i) => `fn distance${i}(p: vec2f, s: f32) -> f32 {\n  ${DISTANCES[i]}\n}`).join("\n")}
${
  only === undefined
    ? `fn distanceOf(symbol: u32, p: vec2f, s: f32) -> f32 {
  switch symbol {
    ${cases}
    default: { return 1e9; }
  }
}`
    : ""
}
${spherical ? LIGHT : ""}
${spherical && depth ? "struct Lit { @location(0) color: vec4f, @builtin(frag_depth) depth: f32 };" : ""}
@fragment fn fs(in: Corner) -> ${spherical && depth ? "Lit" : "@location(0) vec4f"} {
  let s = in.shape.x; let e = in.shape.y; let aa = u.own[0].y;
  let reach = 0.5 * e + aa;
  ${
    round
      ? `// Most pixels that a disc misses are known without a root.
  let far = 0.5 * s + reach;
  if (dot(in.offset, in.offset) > far * far) { ${miss(spherical && depth)} }`
      : ""
  }
  let r = ${only === undefined ? "distanceOf(in.symbol, in.offset, s)" : `distance${only}(in.offset, s)`};
  if (r > reach${clip ? " || isCut(in.data)" : ""}) { ${miss(spherical && depth)} }
  ${
    spherical
      ? `let n = normalAt(in.offset * 2.0 / s);
  let face = lit(in.face, n); let border = lit(in.border, n);`
      : "let face = in.face; let border = in.border;"
  }
  let d = abs(r) - max(0.5 * e - aa, 0.0);
  var color = border;
  if (d >= 0.0) {
    if (e == 0.0) {
      color = face;
      if (r > -aa) { let t = 1.0 + r / aa; color.a *= exp(-t * t); }
    } else {
      // Without antialiasing there is no way between.
      let t = d / aa; let a = select(exp(-t * t), 0.0, aa == 0.0 && d > 0.0);
      if (r > 0.0) { color = vec4f(border.rgb, a * border.a); }
      else { color = mix(face, border, a); }
    }
  }
  ${spherical ? "color.a *= u.opacity;" : ""}
  ${spherical && depth ? "return Lit(color, clamp(in.sphere.x + n.z * in.sphere.y, 0.0, 1.0));" : "return color;"}
}
`;
}

function miss(depth: boolean): string {
  return depth ? "discard; return Lit(vec4f(0.0), 1.0);" : "discard; return vec4f(0.0);";
}

/** A ball lit from the top right: ambient 0.3, a narrow highlight. */
const LIGHT = /* wgsl */ `
fn normalAt(p: vec2f) -> vec3f {
  let q = clamp(p, vec2f(-1.0), vec2f(1.0));
  return vec3f(q, sqrt(clamp(1.0 - dot(q, q), 0.0, 1.0)));
}
fn lit(color: vec4f, n: vec3f) -> vec4f {
  let light = vec3f(1.0, -1.0, 1.0) / sqrt(3.0);
  let diffuse = 0.3 + clamp(dot(light, n), 0.0, 1.0);
  let specular = pow(clamp(dot(reflect(light, n), vec3f(0.0, 0.0, -1.0)), 0.0, 1.0), 80.0);
  return vec4f(color.rgb * diffuse + specular, color.a);
}
`;
