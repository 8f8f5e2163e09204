/** Small dense matrices as rows of numbers; sizes come from the number of axes, so at most 17. */
export type Matrix = readonly (readonly number[])[];

/** Entry (row, column); 0 outside, which the callers' shapes exclude. */
export function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}

/** The n x n identity. */
export function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (_, column) => (row === column ? 1 : 0)),
  );
}

/** a @ b. */
export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = b[0]?.length ?? 0;
  return a.map((row) =>
    Array.from({ length: columns }, (_, column) =>
      row.reduce((sum, value, k) => sum + value * at(b, k, column), 0),
    ),
  );
}

/** matrix @ vector. */
export function apply(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, k) => sum + value * (vector[k] ?? 0), 0));
}

/** An affine (n+1) x (n+1) matrix on an n-vector. */
export function applyAffine(matrix: Matrix, point: readonly number[]): number[] {
  return apply(matrix, [...point, 1]).slice(0, -1);
}

/** The inverse, by Gauss-Jordan elimination with pivoting; undefined when the matrix is singular. */
export function inverse(matrix: Matrix): number[][] | undefined {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...(identity(n)[i] ?? [])]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(at(rows, row, column)) > Math.abs(at(rows, pivot, column))) pivot = row;
    }
    const pivotRow = rows[pivot];
    const other = rows[column];
    const value = pivotRow?.[column] ?? 0;
    if (pivotRow === undefined || other === undefined || value === 0 || !Number.isFinite(value))
      return undefined;
    rows[pivot] = other;
    const scaled = pivotRow.map((entry) => entry / value);
    rows[column] = scaled;
    for (let row = 0; row < n; row++) {
      const target = rows[row];
      const factor = target?.[column] ?? 0;
      if (row === column || target === undefined || factor === 0) continue;
      rows[row] = target.map((entry, k) => entry - factor * (scaled[k] ?? 0));
    }
  }
  return rows.map((row) => row.slice(n));
}

/** Rows and columns `axes` of an affine matrix, and its translation on them. */
export function sliceAffine(matrix: Matrix, axes: readonly number[]): number[][] {
  const last = matrix.length - 1;
  const kept = [...axes, last];
  return kept.map((row) => kept.map((column) => at(matrix, row, column)));
}

export type Vector3 = readonly [number, number, number];

/** a . b */
export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
/** a - b */
export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
/** a + b * k */
export function addScaled(a: Vector3, b: Vector3, k: number): Vector3 {
  return [a[0] + b[0] * k, a[1] + b[1] * k, a[2] + b[2] * k];
}
/** a / |a|; a itself when it is zero. */
export function normalize(a: Vector3): Vector3 {
  const length = Math.sqrt(dot(a, a));
  return length === 0 ? a : [a[0] / length, a[1] / length, a[2] / length];
}
/** A vector of numbers as three. */
export function vector3(values: readonly number[]): Vector3 {
  return [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0];
}
