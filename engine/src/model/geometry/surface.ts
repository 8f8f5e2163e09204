/** Normals of a triangle mesh. */

/** The cross product of each face's sides, not of length 1; triples in displayed order in, triples out. */
export function faceNormals(positions: ArrayLike<number>, faces: ArrayLike<number>): Float64Array {
  const out = new Float64Array(faces.length);
  const entry = (corner: number, k: number): number => positions[(faces[corner] ?? 0) * 3 + k] ?? 0;
  for (let f = 0; f < faces.length; f += 3) {
    const side = (corner: number, k: number): number => entry(f + corner, k) - entry(f, k);
    const [a0, a1, a2] = [side(1, 0), side(1, 1), side(1, 2)];
    const [b0, b1, b2] = [side(2, 0), side(2, 1), side(2, 2)];
    out[f] = a1 * b2 - a2 * b1;
    out[f + 1] = a2 * b0 - a0 * b2;
    out[f + 2] = a0 * b1 - a1 * b0;
  }
  return out;
}

/** Unit normals of vertices: the sum over their faces, so that large faces count for more. */
export function vertexNormals(
  positions: ArrayLike<number>,
  faces: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const perFace = faceNormals(positions, faces);
  const sums = new Float64Array(positions.length);
  for (let i = 0; i < faces.length; i++) {
    const vertex = (faces[i] ?? 0) * 3;
    const face = i - (i % 3);
    for (let k = 0; k < 3; k++) sums[vertex + k] = (sums[vertex + k] ?? 0) + (perFace[face + k] ?? 0);
  }
  return unit(sums);
}

/** Triples of length 1; those of length 0 stay. */
export function unit(triples: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const out = new Float32Array(triples.length);
  for (let i = 0; i < triples.length; i += 3) {
    const size = Math.hypot(triples[i] ?? 0, triples[i + 1] ?? 0, triples[i + 2] ?? 0) || 1;
    for (let k = 0; k < 3; k++) out[i + k] = (triples[i + k] ?? 0) / size;
  }
  return out;
}
