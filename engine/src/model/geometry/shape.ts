/** One shape of a shapes layer as triangles: its face and its edge. */
import type { ShapeType } from "../columns.ts";
import type { Vector3 } from "../matrix.ts";
import { EMPTY_MESH, type Mesh } from "./mesh.ts";
import { fan, polygonMesh } from "./polygon.ts";
import { strokeMesh } from "./stroke.ts";
import { tubeMesh } from "./tube.ts";

/** A shape's triangles. The edge is drawn over the face. */
export interface ShapeMesh {
  readonly face: Mesh;
  readonly edge: Mesh;
}

/** Points on an ellipse's outline; the last one is the first. */
const ELLIPSE_POINTS = 100;

/** The corners of an ellipse's outline between its four bounding corners; one fewer than its points. */
export function ellipseOutline(corners: readonly Vector3[]): Vector3[] {
  const [a, b, c, d] = corners;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return [];
  const point = (i: number): Vector3 => {
    const angle = (2 * Math.PI * i) / (ELLIPSE_POINTS - 1);
    const [p, q] = [Math.cos(angle), Math.sin(angle)];
    const entry = (k: 0 | 1 | 2): number =>
      (a[k] + b[k] + c[k] + d[k]) / 4 + (p * (b[k] - a[k]) + q * (c[k] - b[k])) / 2;
    return [entry(0), entry(1), entry(2)];
  };
  return Array.from({ length: ELLIPSE_POINTS - 1 }, (_, i) => point(i));
}

/** The line that a shape's edge follows, and whether it comes back to its start. */
export function shapeOutline(
  type: ShapeType,
  vertices: readonly Vector3[],
): { path: readonly Vector3[]; closed: boolean } {
  if (type === "ellipse") return { path: ellipseOutline(vertices), closed: true };
  return { path: vertices, closed: type === "rectangle" || type === "polygon" };
}

/**
 * Triangulates a shape.
 * @param vertices in displayed order; in 2D the first entry is 0
 * @param flat the edge is a flat stroke (in 2D); else a tube
 */
export function shapeMesh(
  type: ShapeType,
  vertices: readonly Vector3[],
  edgeWidth: number,
  flat: boolean,
): ShapeMesh {
  const { path, closed } = shapeOutline(type, vertices);
  const edge = flat
    ? strokeMesh(
        path.map((p): [number, number] => [p[1], p[2]]),
        closed,
        edgeWidth,
      )
    : tubeMesh(path, closed, edgeWidth);
  return { face: closed ? faceMesh(type, path, flat) : EMPTY_MESH, edge };
}

function faceMesh(type: ShapeType, path: readonly Vector3[], flat: boolean): Mesh {
  if (flat) return filled(type, path, [1, 2], 0, 0);
  if (type !== "polygon") {
    // Four corners and an ellipse's rim lie around their middle wherever they are.
    return {
      vertices: Float64Array.from(path.flat()),
      triangles: fan(new Float64Array(path.length * 2), 0).triangles,
    };
  }
  // A polygon in space has a face only in a plane across an axis.
  for (const axis of [0, 1, 2] as const) {
    const value = path[0]?.[axis] ?? 0;
    if (path.every((p) => p[axis] === value)) {
      const [u, v] = [0, 1, 2].filter((one) => one !== axis) as [0 | 1 | 2, 0 | 1 | 2];
      return filled(type, path, [u, v], axis, value);
    }
  }
  return EMPTY_MESH;
}

function filled(
  type: ShapeType,
  path: readonly Vector3[],
  [u, v]: readonly [0 | 1 | 2, 0 | 1 | 2],
  axis: 0 | 1 | 2,
  value: number,
): Mesh {
  const pairs = path.flatMap((p) => [p[u], p[v]]);
  const mesh = type === "polygon" ? polygonMesh(pairs, value) : fan(pairs, value);
  if (axis === 0) return mesh;
  const vertices = new Float64Array(mesh.vertices.length);
  for (let i = 0; i < vertices.length; i += 3) {
    vertices[i + axis] = mesh.vertices[i] ?? 0;
    vertices[i + u] = mesh.vertices[i + 1] ?? 0;
    vertices[i + v] = mesh.vertices[i + 2] ?? 0;
  }
  return { vertices, triangles: mesh.triangles };
}
