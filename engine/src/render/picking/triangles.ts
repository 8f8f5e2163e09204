/** Triangles under a canvas point, in the order in which they were given. */
import { Derived } from "../tables/derived.ts";
import { ItemGrid } from "./grid.ts";
import type { PickQuestion } from "./pick.ts";
import { dataBox, onCanvas, sharesAt, triangleMeetsBox } from "./project.ts";

/** Triangles as triples and indices; positions are relative to an origin. */
export interface PickTriangles {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
  readonly origin: readonly [number, number, number];
}

/** A triangle under the question's point. */
export interface TriangleHit {
  readonly triangle: number;
  readonly depth: number;
  /** Shares of the corners at the point; all equal for a rectangle. */
  readonly shares: readonly [number, number, number];
}

const grids = new Derived<Uint32Array, ItemGrid>(2);

/** Triangles that the question meets, the last one first. */
export function* trianglesAt(
  { positions, indices, origin }: PickTriangles,
  question: PickQuestion,
): Generator<TriangleHit> {
  const { toCanvas, low, high, view } = question;
  const isPoint = low[0] === high[0] && low[1] === high[1];
  const place = (triangle: number, corner: number) => {
    const v = (indices[triangle * 3 + corner] ?? 0) * 3;
    return onCanvas(
      toCanvas,
      (positions[v] ?? 0) + origin[0],
      (positions[v + 1] ?? 0) + origin[1],
      (positions[v + 2] ?? 0) + origin[2],
    );
  };
  const test = (triangle: number): TriangleHit | undefined => {
    const [a, b, c] = [place(triangle, 0), place(triangle, 1), place(triangle, 2)];
    if (a === undefined || b === undefined || c === undefined) return undefined;
    if (!isPoint) {
      if (!triangleMeetsBox(a, b, c, low, high)) return undefined;
      return { triangle, depth: (a.depth + b.depth + c.depth) / 3, shares: [1 / 3, 1 / 3, 1 / 3] };
    }
    const shares = sharesAt(low, a, b, c);
    if (shares === undefined) return undefined;
    return { triangle, depth: shares[0] * a.depth + shares[1] * b.depth + shares[2] * c.depth, shares };
  };
  if (view.dims.ndisplay === 3) {
    for (let t = indices.length / 3 - 1; t >= 0; t--) {
      const hit = test(t);
      if (hit !== undefined) yield hit;
    }
    return;
  }
  const grid = grids.get(indices, "", () => new ItemGrid(boxesOf(positions, indices)));
  const box = dataBox(question);
  const near = grid.near(
    [box.low[0] - origin[1], box.low[1] - origin[2]],
    [box.high[0] - origin[1], box.high[1] - origin[2]],
  );
  for (const t of near) {
    const hit = test(t);
    if (hit !== undefined) yield hit;
  }
}

function boxesOf(positions: Float32Array, indices: Uint32Array): Float64Array {
  const boxes = new Float64Array((indices.length / 3) * 4);
  for (let t = 0; t < indices.length / 3; t++) {
    for (let k = 0; k < 2; k++) {
      const value = (corner: number): number => positions[(indices[t * 3 + corner] ?? 0) * 3 + 1 + k] ?? 0;
      const [a, b, c] = [value(0), value(1), value(2)];
      boxes[4 * t + k] = Math.min(a, b, c);
      boxes[4 * t + 2 + k] = Math.max(a, b, c);
    }
  }
  return boxes;
}
