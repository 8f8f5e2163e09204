/** Rotations as people type them: the angle in the plane of the last two axes. */
import type { Matrix } from "@eyepiece/engine/model/matrix.ts";

const NEAR = 1e-9;

/** The identity of n axes. */
export function identityMatrix(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

/** Whether a matrix changes nothing. */
export function isIdentity(matrix: Matrix): boolean {
  return matrix.every((row, i) => row.every((value, j) => Math.abs(value - (i === j ? 1 : 0)) < NEAR));
}

/** The rotation of n axes by an angle in the plane of the last two, napari's `rotate=degrees`. */
export function rotationBy(degrees: number, n: number): number[][] {
  const matrix = identityMatrix(n);
  // Quarter turns are exact.
  const quarters = degrees / 90;
  const exact = Number.isInteger(quarters);
  const turn = ((quarters % 4) + 4) % 4;
  const cos = exact ? ([1, 0, -1, 0][turn] ?? 1) : Math.cos((degrees * Math.PI) / 180);
  const sin = exact ? ([0, 1, 0, -1][turn] ?? 0) : Math.sin((degrees * Math.PI) / 180);
  const [a, b] = [matrix[n - 2], matrix[n - 1]];
  if (a && b) {
    [a[n - 2], a[n - 1]] = [cos, -sin || 0];
    [b[n - 2], b[n - 1]] = [sin, cos];
  }
  return matrix;
}

/** The angle of a rotation in the plane of the last two axes, in degrees; undefined when it turns others, too. */
export function angleOf(rotate: Matrix, n: number): number | undefined {
  if (rotate.length !== n || n < 2) return 0;
  const degrees = (Math.atan2(rotate[n - 1]?.[n - 2] ?? 0, rotate[n - 1]?.[n - 1] ?? 1) * 180) / Math.PI;
  const plain = rotationBy(degrees, n);
  const same = rotate.every((row, i) =>
    row.every((value, j) => Math.abs(value - (plain[i]?.[j] ?? 0)) < 1e-6),
  );
  return same ? Number(degrees.toPrecision(9)) : undefined;
}
