/** Places on the canvas, and triangles under a point of it. */
import { at, inverse, type Matrix } from "../../model/matrix.ts";
import type { PickQuestion } from "./pick.ts";

/** A place on the canvas; undefined behind the eye. */
export interface CanvasPlace {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  /** 1 on the plane through the camera's centre; sizes shrink by it. */
  readonly w: number;
}

/** Projects a data triple. */
export function onCanvas(m: Matrix, a: number, b: number, c: number): CanvasPlace | undefined {
  const row = (k: number): number => at(m, k, 0) * a + at(m, k, 1) * b + at(m, k, 2) * c + at(m, k, 3);
  const w = row(3);
  return w > 0 ? { x: row(0) / w, y: row(1) / w, depth: row(2) / w, w } : undefined;
}

/** In 2D the data coordinates (vertical, horizontal) under the question's rectangle: its least and greatest. */
export function dataBox({ toCanvas, low, high }: PickQuestion): {
  low: [number, number];
  high: [number, number];
} {
  const flat = [0, 1, 3].map((row) => [at(toCanvas, row, 1), at(toCanvas, row, 2), at(toCanvas, row, 3)]);
  const back = inverse(flat);
  const corners = [
    [low[0], low[1]],
    [high[0], low[1]],
    [low[0], high[1]],
    [high[0], high[1]],
  ].map(([x = 0, y = 0]) =>
    [0, 1].map((row) => at(back ?? [], row, 0) * x + at(back ?? [], row, 1) * y + at(back ?? [], row, 2)),
  );
  const least = (k: number): number => Math.min(...corners.map((corner) => corner[k] ?? 0));
  const most = (k: number): number => Math.max(...corners.map((corner) => corner[k] ?? 0));
  return { low: [least(0), least(1)], high: [most(0), most(1)] };
}

/** Canvas pixels for a data unit in 2D, at least along any direction. */
export function leastScale({ toCanvas }: PickQuestion): number {
  const column = (k: number): number => Math.hypot(at(toCanvas, 0, k), at(toCanvas, 1, k));
  const [a, b] = [column(1), column(2)];
  const area = Math.abs(at(toCanvas, 0, 1) * at(toCanvas, 1, 2) - at(toCanvas, 0, 2) * at(toCanvas, 1, 1));
  return area / Math.max(a, b, 1e-300);
}

/** Shares of a triangle's corners at a point; undefined outside of it. */
export function sharesAt(
  p: readonly [number, number],
  a: CanvasPlace,
  b: CanvasPlace,
  c: CanvasPlace,
): readonly [number, number, number] | undefined {
  const area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  if (area === 0) return undefined;
  const u = ((b.x - p[0]) * (c.y - p[1]) - (b.y - p[1]) * (c.x - p[0])) / area;
  const v = ((c.x - p[0]) * (a.y - p[1]) - (c.y - p[1]) * (a.x - p[0])) / area;
  const w = 1 - u - v;
  if (u < 0 || v < 0 || w < 0) return undefined;
  // Perspective: what is nearer has more of the canvas than of the triangle.
  const [ua, vb, wc] = [u / a.w, v / b.w, w / c.w];
  const sum = ua + vb + wc;
  return [ua / sum, vb / sum, wc / sum];
}

/** True when a segment meets a rectangle. */
export function meetsBox(
  a: CanvasPlace,
  b: CanvasPlace,
  low: readonly [number, number],
  high: readonly [number, number],
): boolean {
  let [from, to] = [0, 1];
  for (const [start, way, least, most] of [
    [a.x, b.x - a.x, low[0], high[0]],
    [a.y, b.y - a.y, low[1], high[1]],
  ] as const) {
    if (way === 0) {
      if (start < least || start > most) return false;
      continue;
    }
    const [t0, t1] = [(least - start) / way, (most - start) / way];
    from = Math.max(from, Math.min(t0, t1));
    to = Math.min(to, Math.max(t0, t1));
  }
  return from <= to;
}

/** True when a triangle meets a rectangle. */
export function triangleMeetsBox(
  a: CanvasPlace,
  b: CanvasPlace,
  c: CanvasPlace,
  low: readonly [number, number],
  high: readonly [number, number],
): boolean {
  return (
    meetsBox(a, b, low, high) ||
    meetsBox(b, c, low, high) ||
    meetsBox(c, a, low, high) ||
    sharesAt(low, a, b, c) !== undefined
  );
}
