/** WGSL of lines whose width is in canvas pixels, with smoothed sides as GL's: tracks, and the normals of surfaces. */
import { QUAD_CORNER, tableHeader } from "./table.ts";

/** What a lines shader is specialised for. */
export interface LinesVariant {
  /** Each end has a time, and fades by it. */
  readonly timed: boolean;
  readonly clip: boolean;
}

/** The whole module: a quad for each segment. */
export function linesShader({ timed, clip }: LinesVariant): string {
  return /* wgsl */ `${tableHeader(clip)}
// own[0]: width in canvas pixels; 1 to fade by time. own[1]: the time now, lengths of tail and head.
struct Vertex {
  @builtin(position) position: vec4f,
  // Across and along, in pixels from the middle; half of width and length.
  @location(0) @interpolate(linear) place: vec2f,
  @location(1) @interpolate(flat) half: vec2f,
  @location(2) color: vec4f,
  ${clip ? "@location(3) data: vec3f," : ""}
};
${
  timed
    ? `fn alphaAt(time: f32) -> f32 {
  if (u.own[0].y == 0.0) { return 1.0; }
  let now = u.own[1].x; let tail = u.own[1].y; let head = u.own[1].z;
  // Without a head a line ends sharply at the present, not on its way to the next point.
  if (time > now + head) { return select(0.0, -1000.0, head == 0.0); }
  return clamp(1.0 - (head + now - time) / (tail + head), 0.0, 1.0);
}`
    : ""
}
@group(0) @binding(1) var<storage, read> starts: array<f32>;
@group(0) @binding(2) var<storage, read> ends: array<f32>;
@group(0) @binding(3) var<storage, read> startColors: array<u32>;
@group(0) @binding(4) var<storage, read> endColors: array<u32>;
${timed ? "@group(0) @binding(5) var<storage, read> times: array<vec2f>;" : ""}
@vertex fn vs(@builtin(vertex_index) index: u32) -> Vertex {
  var out: Vertex;
  let i = index / 6u;
  let corner = ${QUAD_CORNER};
  let start = vec3f(starts[3u * i], starts[3u * i + 1u], starts[3u * i + 2u]);
  let end = vec3f(ends[3u * i], ends[3u * i + 1u], ends[3u * i + 2u]);
  let startColor = unpack4x8unorm(startColors[i]); let endColor = unpack4x8unorm(endColors[i]);
  out.position = NOWHERE;
  let a = project(start); let b = project(end);
  if (!(a.w > u.near) || !(b.w > u.near)) { return out; }
  let scale = vec2f(1.0, -1.0) / u.perPixel;
  let left = a.xy / a.w * scale; let right = b.xy / b.w * scale;
  let way = right - left;
  let size = length(way);
  let along = select(vec2f(1.0, 0.0), way / size, size > 0.0);
  let across = vec2f(-along.y, along.x);
  let atEnd = corner >> 1u;
  let side = f32(corner & 1u) * 2.0 - 1.0;
  let half = vec2f(max(u.own[0].x * u.ratio, 1.0) * 0.5, size * 0.5);
  let place = vec2f(side * (half.x + 0.5), (f32(atEnd) * 2.0 - 1.0) * (half.y + 0.5));
  let pixel = (left + right) * 0.5 + across * place.x + along * place.y;
  let w = select(a.w, b.w, atEnd == 1u); let z = select(a.z, b.z, atEnd == 1u);
  out.position = vec4f(pixel / scale * w, z, w);
  out.place = place;
  out.half = half;
  out.color = select(startColor, endColor, atEnd == 1u);
  ${timed ? "out.color.a *= alphaAt(select(times[i].x, times[i].y, atEnd == 1u));" : ""}
  ${clip ? "out.data = select(start, end, atEnd == 1u);" : ""}
  return out;
}
@fragment fn fs(in: Vertex) -> @location(0) vec4f {
  let cover = clamp(in.half + 0.5 - abs(in.place), vec2f(0.0), vec2f(1.0));
  let alpha = clamp(in.color.a, 0.0, 1.0) * cover.x * cover.y;
  if (in.color.a <= 0.0 || alpha <= 0.0${clip ? " || isCut(in.data)" : ""}) { discard; return vec4f(0.0); }
  return vec4f(in.color.rgb, alpha * u.opacity);
}
`;
}
