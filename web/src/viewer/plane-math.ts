/** Planes through a box: the depiction's in data units of the displayed axes, clipping planes in world units of them. */
import { addScaled, dot, normalize, subtract, type Vector3, vector3 } from "@eyepiece/engine/model/matrix.ts";
import type { Plane } from "@eyepiece/protocol/scene/schema.ts";

/** napari's buttons: x is the last displayed axis; oblique looks along the diagonal. */
export const NORMALS: readonly (readonly [string, [number, number, number]])[] = [
  ["x", [0, 0, 1]],
  ["y", [0, 1, 0]],
  ["z", [1, 0, 0]],
  ["oblique", [1, 1, 1]],
];

/** Where a plane is along its normal, and how far it can go. */
export interface Travel {
  readonly at: number;
  readonly min: number;
  readonly max: number;
}

/** A plane without its thickness. */
type Flat = Pick<Plane, "position" | "normal">;

/** How far a plane is along its normal, and how far it can go within a box of [low, high] for each axis. */
export function travelWithin(plane: Flat, box: readonly (readonly [number, number])[]): Travel {
  const normal = normalize(vector3(plane.normal));
  let min = 0;
  let max = 0;
  for (const [axis, component] of normal.entries()) {
    const [low, high] = box[axis] ?? [0, 0];
    min += Math.min(component * low, component * high);
    max += Math.max(component * low, component * high);
  }
  return { at: dot(normal, vector3(plane.position)), min, max };
}

/** The same within a box of `shape` voxels. */
export function planeTravel(plane: Flat, shape: readonly number[]): Travel {
  return travelWithin(
    plane,
    [0, 1, 2].map((axis): [number, number] => [0, Math.max(0, (shape[axis] ?? 1) - 1)]),
  );
}

/** The plane moved along its normal. */
export function movePlane<P extends Flat>(plane: P, at: number): P {
  const normal = normalize(vector3(plane.normal));
  const by = at - dot(normal, vector3(plane.position));
  const position = plane.position.map((value, axis) => value + by * (normal[axis] ?? 0)) as [
    number,
    number,
    number,
  ];
  return { ...plane, position };
}

/** Corners of what a plane cuts out of a box, one after the other around it; none where they do not meet. */
export function planeCorners(plane: Flat, box: readonly (readonly [number, number])[]): Vector3[] {
  const normal = normalize(vector3(plane.normal));
  const at = dot(normal, vector3(plane.position));
  const end = (axis: number, bit: number): number => box[axis]?.[bit ? 1 : 0] ?? 0;
  const found: Vector3[] = [];
  for (let corner = 0; corner < 8; corner += 1) {
    const bits = [corner & 1, (corner >> 1) & 1, (corner >> 2) & 1];
    for (let axis = 0; axis < 3; axis += 1) {
      if (bits[axis]) continue;
      const from = vector3(bits.map((bit, k) => end(k, bit)));
      const to = vector3(bits.map((bit, k) => end(k, k === axis ? 1 : bit)));
      const [a, b] = [dot(normal, from) - at, dot(normal, to) - at];
      // An edge that lies in the plane is met by its neighbours.
      if (a === b || a * b > 0) continue;
      const place = addScaled(from, subtract(to, from), a / (a - b));
      if (!found.some((one) => Math.hypot(...subtract(one, place)) < 1e-9)) found.push(place);
    }
  }
  const middle = vector3(
    [0, 1, 2].map((k) => found.reduce((sum, one) => sum + (one[k] ?? 0), 0) / found.length),
  );
  const [u, w] = across(normal);
  const angle = (one: Vector3): number => {
    const out = subtract(one, middle);
    return Math.atan2(dot(out, w), dot(out, u));
  };
  return found.length < 3 ? [] : found.sort((a, b) => angle(a) - angle(b));
}

/** Two directions that lie in a plane, at right angles. */
function across(normal: Vector3): readonly [Vector3, Vector3] {
  const least = normal
    .map(Math.abs)
    .reduce((best, value, k, all) => (value < (all[best] ?? 0) ? k : best), 0);
  const axis = vector3([0, 1, 2].map((k) => (k === least ? 1 : 0)));
  const u = normalize(addScaled(axis, normal, -dot(axis, normal)));
  const [a, b, c] = normal;
  return [u, [b * u[2] - c * u[1], c * u[0] - a * u[2], a * u[1] - b * u[0]]];
}

/** A place on the canvas. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * How far along a normal a drag by (dx, dy) canvas pixels goes, so that what was grabbed stays under the pointer as well as
 * it can; `from` and `to` are the ends of one unit of the normal on the canvas, `pixels` a unit across the line of sight. A
 * normal towards the eye is taken for a sixth of its length: else a breath of the hand would move the plane out of the data.
 */
export function alongNormal(from: Spot, to: Spot, pixels: number, dx: number, dy: number): number {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return (x * dx + y * dy) / Math.max(x * x + y * y, (pixels / 6) ** 2, 1e-12);
}

/** Whether a place lies within a polygon. */
export function inPolygon(corners: readonly Spot[], { x, y }: Spot): boolean {
  let inside = false;
  for (const [i, a] of corners.entries()) {
    const b = corners.at(i - 1);
    if (b && a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Whether two normals point the same way. */
export function sameNormal(a: Vector3, b: Vector3): boolean {
  return dot(normalize(a), normalize(b)) > 1 - 1e-6;
}
