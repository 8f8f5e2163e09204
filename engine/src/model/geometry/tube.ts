/** A path through space as a tube of ten sides, as napari draws the edges of shapes in 3D. */
import { dot, normalize, subtract, type Vector3 } from "../matrix.ts";
import { type Mesh, MeshBuilder } from "./mesh.ts";

const SIDES = 10;

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** @param radius of the tube: napari takes the whole edge width */
export function tubeMesh(path: readonly Vector3[], closed: boolean, radius: number): Mesh {
  const out = new MeshBuilder();
  const points = path.filter((p, i) => i === 0 || Math.hypot(...subtract(p, path[i - 1] ?? p)) > 0);
  const [first, last] = [points[0], points.at(-1)];
  if (closed && points.length > 1 && first && last && Math.hypot(...subtract(first, last)) === 0)
    points.pop();
  if (points.length < 2 || !(radius > 0)) return out.build();
  const count = points.length;
  const at = (i: number): Vector3 => points[(i + count) % count] ?? [0, 0, 0];
  const tangents = points.map((_, i) => {
    const before = closed || i > 0 ? at(i - 1) : at(i);
    const after = closed || i < count - 1 ? at(i + 1) : at(i);
    return normalize(subtract(after, before));
  });
  // A frame that is carried along without turning about the path.
  const start = tangents[0] ?? [1, 0, 0];
  const least = start.map(Math.abs);
  const axis = least.indexOf(Math.min(...least));
  let normal = normalize(cross(start, [axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0]));
  for (const [i, tangent] of tangents.entries()) {
    const along = dot(normal, tangent);
    normal = normalize(subtract(normal, [tangent[0] * along, tangent[1] * along, tangent[2] * along]));
    const binormal = cross(tangent, normal);
    const p = at(i);
    for (let side = 0; side < SIDES; side++) {
      const angle = (side / SIDES) * 2 * Math.PI;
      const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
      out.vertex(
        p[0] + c * normal[0] + s * binormal[0],
        p[1] + c * normal[1] + s * binormal[1],
        p[2] + c * normal[2] + s * binormal[2],
      );
    }
  }
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    for (let side = 0; side < SIDES; side++) {
      const next = ((i + 1) % count) * SIDES;
      const turned = (side + 1) % SIDES;
      const [a, b] = [i * SIDES + side, next + side];
      const [c, d] = [next + turned, i * SIDES + turned];
      out.triangle(a, b, d);
      out.triangle(b, c, d);
    }
  }
  return out.build();
}
