/** Where shapes' vertices are: data, the two displayed axes, the canvas. */
import type { Rows } from "@eyepiece/protocol/scene/schema.ts";
import type { Flat } from "../items/geometry.ts";
import type { Space } from "./space.ts";
import type { Touch } from "./tool.ts";

/** A place in the two displayed axes. */
export function flat(vertex: readonly number[], { displayed }: Space): Flat {
  const [v = 0, h = 1] = displayed.slice(-2);
  return [vertex[v] ?? 0, vertex[h] ?? 0];
}

/** The place with the other axes of another one. */
export function unflat([pv, ph]: Flat, { displayed }: Space, like: readonly number[]): number[] {
  const out = [...like];
  const [v = 0, h = 1] = displayed.slice(-2);
  out[v] = pv;
  out[h] = ph;
  return out;
}

/** Lengths of the two displayed axes' steps on the screen: what is round is round there. */
export function unitsOf(space: Space): Flat {
  const origin = space.toScene(new Array<number>(space.ndim).fill(0));
  const [v = 0, h = 1] = space.displayed.slice(-2);
  const step = (axis: number): number => {
    const place = space.toScene(Array.from({ length: space.ndim }, (_, i) => (i === axis ? 1 : 0)));
    return Math.hypot(...place.map((value, i) => value - (origin[i] ?? 0))) || 1;
  };
  return [step(v), step(h)];
}

/** Whether a hand means a place on the canvas. */
export function isNear(touch: Touch, place: { x: number; y: number } | undefined): boolean {
  return place !== undefined && Math.hypot(place.x - touch.x, place.y - touch.y) <= touch.reach + 3;
}

/** Rows of shapes from their vertices. */
export function rowsOf(shapes: readonly (readonly (readonly number[])[])[], types?: readonly number[]): Rows {
  return {
    count: shapes.length,
    columns: { vertices: shapes.flat(2), ...(types && { shape_type: [...types] }) },
    lengths: shapes.map((vertices) => vertices.length),
    features: {},
  };
}
