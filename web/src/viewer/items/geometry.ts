/** Places of items, boxes around them, and what moves, scales and turns them. Flat: two displayed axes, (vertical, horizontal). */
import { column, type Table } from "@eyepiece/engine/data/table.ts";
import { SHAPE_TYPES, type ShapeType } from "@eyepiece/engine/model/columns.ts";

export type Flat = readonly [number, number];
/** a b c / d e f: (v, h) to (a v + b h + c, d v + e h + f). */
export type Affine2 = readonly [number, number, number, number, number, number];

/** Vertices of a shape, in all axes. */
export function verticesOf(table: Table, row: number): number[][] {
  const { data, width, offsets } = column(table, "vertices");
  const out: number[][] = [];
  for (let i = offsets?.[row] ?? 0; i < (offsets?.[row + 1] ?? 0); i++)
    out.push(Array.from(data.subarray(i * width, (i + 1) * width)));
  return out;
}

/** What kind of shape a row is. */
export function shapeTypeOf(table: Table, row: number): ShapeType {
  return SHAPE_TYPES[column(table, "shape_type").data[row] ?? 0] ?? "polygon";
}

/** A point's place, in all axes. */
export function positionOf(table: Table, row: number): number[] {
  const { data, width } = column(table, "position");
  return Array.from(data.subarray(row * width, (row + 1) * width));
}

/** The least box around flat points; undefined without any. */
export function boxOf(points: Iterable<Flat>): { low: Flat; high: Flat } | undefined {
  let [v0, h0, v1, h1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [v, h] of points) {
    [v0, h0] = [Math.min(v0, v), Math.min(h0, h)];
    [v1, h1] = [Math.max(v1, v), Math.max(h1, h)];
  }
  return v0 <= v1 ? { low: [v0, h0], high: [v1, h1] } : undefined;
}

/** Handles of a box: the corners and the middles of the sides, and one to turn it, `away` above. */
export function handlesOf(low: Flat, high: Flat, away: number): { name: string; at: Flat; fixed: Flat }[] {
  const [v0, h0] = low;
  const [v1, h1] = high;
  const [vm, hm] = [(v0 + v1) / 2, (h0 + h1) / 2];
  const of = (name: string, at: Flat, fixed: Flat) => ({ name, at, fixed });
  return [
    of("corner", [v0, h0], [v1, h1]),
    of("corner", [v0, h1], [v1, h0]),
    of("corner", [v1, h1], [v0, h0]),
    of("corner", [v1, h0], [v0, h1]),
    of("vertical", [v0, hm], [v1, hm]),
    of("vertical", [v1, hm], [v0, hm]),
    of("horizontal", [vm, h0], [vm, h1]),
    of("horizontal", [vm, h1], [vm, h0]),
    of("turn", [v0 - away, hm], [vm, hm]),
  ];
}

export const IDENTITY2: Affine2 = [1, 0, 0, 0, 1, 0];

/** By a vector. */
export function moved([v, h]: Flat): Affine2 {
  return [1, 0, v, 0, 1, h];
}

/**
 * A handle dragged from where it was to a place, the fixed point staying: scaling, or turning about it.
 * @param even both axes alike; of a turn, whole steps of 15 degrees
 * @param units lengths of one step of the two axes in the world: turns are round there
 */
export function handled(
  name: string,
  fixed: Flat,
  from: Flat,
  to: Flat,
  even: boolean,
  units: Flat = [1, 1],
): Affine2 {
  const [fv, fh] = fixed;
  if (name === "turn") {
    const angle = ([v, h]: Flat): number => Math.atan2((v - fv) * units[0], (h - fh) * units[1]);
    const step = Math.PI / 12;
    const turned = angle(to) - angle(from);
    const by = even ? Math.round(turned / step) * step : turned;
    const [c, s] = [Math.cos(by), Math.sin(by)];
    const k = units[1] / units[0];
    // In world units (vertical, horizontal) a turn from horizontal towards vertical, brought back to data units.
    const [a, b, d, e] = [c, s * k, -s / k, c];
    return [a, b, fv - a * fv - b * fh, d, e, fh - d * fv - e * fh];
  }
  const factor = (i: 0 | 1): number => {
    const before = from[i] - fixed[i];
    return before === 0 ? 1 : (to[i] - fixed[i]) / before;
  };
  let [sv, sh] = [name === "horizontal" ? 1 : factor(0), name === "vertical" ? 1 : factor(1)];
  if (even && name === "corner") {
    const most = Math.max(Math.abs(sv), Math.abs(sh));
    [sv, sh] = [Math.sign(sv) * most, Math.sign(sh) * most];
  }
  // Nothing is made so flat that it could not be made large again.
  const solid = (value: number): number => (Math.abs(value) < 1e-3 ? 1e-3 * (Math.sign(value) || 1) : value);
  [sv, sh] = [solid(sv), solid(sh)];
  return [sv, 0, fv * (1 - sv), 0, sh, fh * (1 - sh)];
}

/** A flat point after a motion. */
export function applied2([a, b, c, d, e, f]: Affine2, [v, h]: Flat): Flat {
  return [a * v + b * h + c, d * v + e * h + f];
}

/** How far a point is from a segment, and how far along it the nearest place is (0 to 1). */
export function segmentDistance(p: Flat, a: Flat, b: Flat): { distance: number; along: number } {
  const [dv, dh] = [b[0] - a[0], b[1] - a[1]];
  const length = dv * dv + dh * dh;
  const raw = length === 0 ? 0 : ((p[0] - a[0]) * dv + (p[1] - a[1]) * dh) / length;
  const along = Math.min(1, Math.max(0, raw));
  return { distance: Math.hypot(p[0] - a[0] - along * dv, p[1] - a[1] - along * dh), along };
}
