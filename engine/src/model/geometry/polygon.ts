/** The inside of a polygon as triangles. */
import Tess2 from "tess2";
import { EMPTY_MESH, type Mesh } from "./mesh.ts";

/**
 * Fills a closed outline by the even-odd rule: where it crosses itself, what it goes around twice stays empty. Holes are outlines that the
 * path goes to and comes back from.
 * @param outline pairs, one after another
 * @returns pairs as vertices of a mesh whose first entry is `depth`
 */
export function polygonMesh(outline: readonly number[], depth = 0): Mesh {
  if (outline.length < 6 || outline.some((value) => !Number.isFinite(value))) return EMPTY_MESH;
  if (isConvex(outline)) return fan(outline, depth);
  const filled = Tess2.tesselate({
    contours: [outline],
    windingRule: Tess2.WINDING_ODD,
    elementType: Tess2.POLYGONS,
    polySize: 3,
    vertexSize: 2,
  });
  if (filled === undefined) return EMPTY_MESH;
  return {
    vertices: withDepth(filled.vertices, depth),
    triangles: Uint32Array.from(filled.elements),
  };
}

/** Triangles around the first vertex of a convex outline. */
export function fan(outline: ArrayLike<number>, depth: number): Mesh {
  const count = outline.length / 2;
  const triangles = new Uint32Array(Math.max(0, count - 2) * 3);
  for (let i = 0; i + 2 < count; i++) triangles.set([0, i + 1, i + 2], i * 3);
  return { vertices: withDepth(outline, depth), triangles };
}

function withDepth(pairs: ArrayLike<number>, depth: number): Float64Array {
  const out = new Float64Array((pairs.length / 2) * 3);
  for (let i = 0; i < pairs.length / 2; i++) {
    out[i * 3] = depth;
    out[i * 3 + 1] = pairs[i * 2] ?? 0;
    out[i * 3 + 2] = pairs[i * 2 + 1] ?? 0;
  }
  return out;
}

/** All turns go the same way, and once around in all. */
function isConvex(outline: readonly number[]): boolean {
  const count = outline.length / 2;
  const at = (i: number, k: number): number => outline[(i % count) * 2 + k] ?? 0;
  let sign = 0;
  let turned = 0;
  for (let i = 0; i < count; i++) {
    const [ax, ay] = [at(i + 1, 0) - at(i, 0), at(i + 1, 1) - at(i, 1)];
    const [bx, by] = [at(i + 2, 0) - at(i + 1, 0), at(i + 2, 1) - at(i + 1, 1)];
    const cross = ax * by - ay * bx;
    turned += Math.abs(Math.atan2(cross, ax * bx + ay * by));
    if (cross === 0) continue;
    if (sign !== 0 && Math.sign(cross) !== sign) return false;
    sign = Math.sign(cross);
  }
  return sign !== 0 && turned < 2 * Math.PI + 1e-6;
}
