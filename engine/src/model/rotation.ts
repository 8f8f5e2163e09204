/** Rotations as quaternions [w, x, y, z], and to and from napari's angles. */
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";
import { rotationMatrix } from "./camera.ts";
import { at, type Matrix } from "./matrix.ts";

/** [w, x, y, z], of length 1. */
export type Quaternion = readonly [number, number, number, number];

/** The quaternion of a rotation matrix. */
export function fromMatrix(m: Matrix): Quaternion {
  const [a, b, c] = [at(m, 0, 0), at(m, 1, 1), at(m, 2, 2)];
  const half = (value: number): number => Math.sqrt(Math.max(0, value)) / 2;
  // The greatest of the four is found from the diagonal, the others from it.
  const w = half(1 + a + b + c);
  const x = half(1 + a - b - c);
  const y = half(1 - a + b - c);
  const z = half(1 - a - b + c);
  const greatest = Math.max(w, x, y, z);
  const k = 1 / (4 * greatest);
  const [yz, zx, xy] = [at(m, 2, 1) - at(m, 1, 2), at(m, 0, 2) - at(m, 2, 0), at(m, 1, 0) - at(m, 0, 1)];
  const [sxy, szx, syz] = [at(m, 1, 0) + at(m, 0, 1), at(m, 0, 2) + at(m, 2, 0), at(m, 2, 1) + at(m, 1, 2)];
  if (greatest === w) return [w, yz * k, zx * k, xy * k];
  if (greatest === x) return [yz * k, x, sxy * k, szx * k];
  if (greatest === y) return [zx * k, sxy * k, y, syz * k];
  return [xy * k, szx * k, syz * k, z];
}

/** The rotation matrix of a quaternion. */
export function toMatrix([w, x, y, z]: Quaternion): number[][] {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
}

/** The shortest way from one rotation to another, at an even pace; `t` 0..1. */
export function slerp(a: Quaternion, b: Quaternion, t: number): Quaternion {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = dot < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, Math.abs(dot)));
  const sine = Math.sin(angle);
  const [p, q] = sine < 1e-6 ? [1 - t, t] : [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine];
  const mixed = a.map((value, i) => p * value + sign * q * (b[i] ?? 0));
  const length = Math.hypot(...mixed) || 1;
  return mixed.map((value) => value / length) as unknown as Quaternion;
}

/** napari's angles (degrees) of a rotation matrix Rx(-rx) Ry(-ry) Rz(-rz). */
export function anglesOf(m: Matrix): Camera["angles"] {
  const degrees = (radians: number): number => (-radians * 180) / Math.PI;
  const rest = Math.hypot(at(m, 0, 0), at(m, 0, 1));
  const y = Math.atan2(at(m, 0, 2), rest);
  // Looking along an axis, x and z turn the same way: one of them does it all.
  if (rest < 1e-9) return [degrees(Math.atan2(at(m, 2, 1), at(m, 1, 1))), degrees(y), 0];
  const x = Math.atan2(-at(m, 1, 2), at(m, 2, 2));
  return [degrees(x), degrees(y), degrees(Math.atan2(-at(m, 0, 1), at(m, 0, 0)))];
}

/** Angles between two, on the shortest way. */
export function mixAngles(a: Camera["angles"], b: Camera["angles"], t: number): Camera["angles"] {
  if (a.every((value, i) => value === b[i])) return a;
  return anglesOf(toMatrix(slerp(fromMatrix(rotationMatrix(a)), fromMatrix(rotationMatrix(b)), t)));
}
