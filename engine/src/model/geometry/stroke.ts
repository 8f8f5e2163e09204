/** A path of a width as triangles: mitre joins, bevels where a mitre would be too long. */
import { type Mesh, MeshBuilder } from "./mesh.ts";

/** A mitre longer than this many half widths becomes a bevel. */
const MITRE_LIMIT = 3;

type Point = readonly [number, number];

/**
 * The outline of a flat path.
 * @param path pairs (vertical, horizontal)
 * @param depth of all vertices
 */
export function strokeMesh(path: readonly Point[], closed: boolean, width: number, depth = 0): Mesh {
  const points = withoutRepeats(path, closed);
  const out = new MeshBuilder();
  if (points.length < 2 || !(width > 0)) return out.build();
  const count = points.length;
  const at = (i: number): Point => points[closed ? (i + count) % count : i] ?? [0, 0];
  const segments = closed ? count : count - 1;
  const normals = Array.from({ length: segments }, (_, i) => normalOf(at(i), at(i + 1)));
  const normal = (i: number): Point => {
    const k = closed ? (i + segments) % segments : Math.min(segments - 1, Math.max(0, i));
    return normals[k] ?? [0, 0];
  };
  const add = (p: Point, offset: Point, sign: number): number =>
    out.vertex(depth, p[0] + sign * width * offset[0], p[1] + sign * width * offset[1]);
  // Where each vertex's segments begin and end: [minus side, plus side] for the segment that arrives and the one that leaves.
  const joints = Array.from({ length: closed ? count : points.length }, (_, i) => {
    const p = at(i);
    const [before, after] = [normal(i - 1), normal(i)];
    const sum: Point = [0.5 * (before[0] + after[0]), 0.5 * (before[1] + after[1])];
    const along = sum[0] * before[0] + sum[1] * before[1];
    const mitre: Point = Math.abs(along) > 1e-10 ? [sum[0] / along, sum[1] / along] : [0, 0];
    const squared = mitre[0] ** 2 + mitre[1] ** 2;
    const end = !closed && (i === 0 || i === points.length - 1);
    if (end || squared <= MITRE_LIMIT ** 2) {
      // A path that turns right back has a mitre of no length: the stroke is pinched there.
      const half: Point = [0.5 * mitre[0], 0.5 * mitre[1]];
      const both: Point = [add(p, half, -1), add(p, half, 1)];
      return { arrive: both, leave: both };
    }
    // The outer side gets two corners and a triangle between them, the inner one a point half a width away.
    const length = Math.sqrt(squared);
    const inner: Point = [(0.5 * mitre[0]) / length, (0.5 * mitre[1]) / length];
    const cross = after[0] * before[1] - after[1] * before[0];
    const outer = cross < 0 ? 1 : -1;
    const half = (n: Point): Point => [0.5 * n[0], 0.5 * n[1]];
    const inside = add(p, inner, -outer);
    const first = add(p, half(before), outer);
    const second = add(p, half(after), outer);
    out.triangle(inside, first, second);
    const pair = (corner: number): Point => (outer < 0 ? [corner, inside] : [inside, corner]);
    return { arrive: pair(first), leave: pair(second) };
  });
  for (let i = 0; i < segments; i++) {
    const from = joints[i]?.leave ?? [0, 0];
    const to = joints[(i + 1) % joints.length]?.arrive ?? [0, 0];
    out.triangle(from[0], from[1], to[1]);
    out.triangle(from[0], to[1], to[0]);
  }
  return out.build();
}

/** The unit normal (dx, -dy) of a segment; zero for a point. */
function normalOf(a: Point, b: Point): Point {
  const [down, right] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(down, right);
  return length === 0 ? [0, 0] : [right / length, -down / length];
}

function withoutRepeats(path: readonly Point[], closed: boolean): Point[] {
  const out = path.filter((p, i) => {
    const before = path[i - 1];
    return before === undefined || before[0] !== p[0] || before[1] !== p[1];
  });
  const [first, last] = [out[0], out.at(-1)];
  if (closed && out.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]) out.pop();
  return out;
}
