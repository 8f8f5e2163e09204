/** The depiction plane's normal and its place along it, in data units of the displayed axes. */
import { dot, normalize, type Vector3, vector3 } from "@eyepiece/engine/model/matrix.ts";
import type { Plane } from "@eyepiece/protocol/scene/schema.ts";

/** napari's buttons: x is the last displayed axis; oblique looks along the diagonal. */
export const NORMALS: readonly (readonly [string, [number, number, number]])[] = [
  ["x", [0, 0, 1]],
  ["y", [0, 1, 0]],
  ["z", [1, 0, 0]],
  ["oblique", [1, 1, 1]],
];

/** How far the plane is along its normal, and how far it can go within a box of `shape` voxels. */
export function planeTravel(
  plane: Plane,
  shape: readonly number[],
): { at: number; min: number; max: number } {
  const normal = normalize(vector3(plane.normal));
  let min = 0;
  let max = 0;
  for (const [axis, component] of normal.entries()) {
    const reach = component * Math.max(0, (shape[axis] ?? 1) - 1);
    min += Math.min(0, reach);
    max += Math.max(0, reach);
  }
  return { at: dot(normal, vector3(plane.position)), min, max };
}

/** The plane moved along its normal. */
export function movePlane(plane: Plane, at: number): Plane {
  const normal = normalize(vector3(plane.normal));
  const by = at - dot(normal, vector3(plane.position));
  const position = plane.position.map((value, axis) => value + by * (normal[axis] ?? 0)) as [
    number,
    number,
    number,
  ];
  return { ...plane, position };
}

/** Whether two normals point the same way. */
export function sameNormal(a: Vector3, b: Vector3): boolean {
  return dot(normalize(a), normalize(b)) > 1 - 1e-6;
}
