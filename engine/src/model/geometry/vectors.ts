/** Vectors as triangles: lines, triangles and arrows; in space two sheets that cross. */
import type { VectorsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Column } from "../../data/table.ts";
import type { Vector3 } from "../matrix.ts";

/** All vectors' triangles, the same number of vertices and indices for each; first the first sheets of all, then the second ones. */
export interface VectorsMesh {
  readonly vertices: Float32Array<ArrayBuffer>;
  readonly triangles: Uint32Array<ArrayBuffer>;
  readonly sheets: number;
  /** Vertices of one vector, and indices of one of its sheets. */
  readonly verticesEach: number;
  readonly indicesEach: number;
}

/** A vertex: its share of the length, and its distance from the axis in half widths. */
type Corner = readonly [along: number, aside: number];
interface Style {
  readonly corners: readonly Corner[];
  readonly triangles: readonly number[];
}

/** The shaft ends and the head begins at three quarters of an arrow. */
const STYLES: Readonly<Record<VectorsLayer["vector_style"], Style>> = {
  line: {
    corners: [
      [0, -1],
      [0, 1],
      [1, -1],
      [1, 1],
    ],
    triangles: [0, 1, 2, 1, 2, 3],
  },
  triangle: {
    corners: [
      [0, -1],
      [0, 1],
      [1, 0],
    ],
    triangles: [0, 1, 2],
  },
  arrow: {
    corners: [
      [0, -1],
      [0, 1],
      [0.75, -1],
      [0.75, 1],
      [0.75, -2],
      [0.75, 2],
      [1, 0],
    ],
    triangles: [0, 1, 2, 1, 2, 3, 4, 5, 6],
  },
};

/**
 * Triangulates vectors.
 * @param displayed axes in displayed order; the first is -1 in 2D
 * @param origin is taken off all vertices
 */
export function vectorsMesh(
  position: Column,
  direction: Column,
  { vector_style, edge_width, length }: Pick<VectorsLayer, "vector_style" | "edge_width" | "length">,
  displayed: readonly [number, number, number],
  origin: Vector3,
): VectorsMesh {
  const { corners, triangles } = STYLES[vector_style];
  const flat = displayed[0] < 0;
  const sheets = flat ? 1 : 2;
  const verticesEach = corners.length * sheets;
  const indicesEach = triangles.length;
  const count = position.data.length / position.width;
  const vertices = new Float32Array(count * verticesEach * 3);
  const indices = new Uint32Array(count * indicesEach * sheets);
  const entry = ({ data, width }: Column, i: number, axis: number): number =>
    axis < 0 ? 0 : (data[i * width + axis] ?? 0);
  let v = 0;
  for (let i = 0; i < count; i++) {
    const d = displayed.map((axis) => entry(direction, i, axis) * length);
    for (let sheet = 0; sheet < sheets; sheet++) {
      const aside = perpendicular(d, flat, sheet);
      const first = v / 3;
      for (const [along, off] of corners) {
        for (let k = 0; k < 3; k++) {
          const start = entry(position, i, displayed[k] ?? -1) - (origin[k] ?? 0);
          vertices[v++] = start + along * (d[k] ?? 0) + (off * edge_width * (aside[k] ?? 0)) / 2;
        }
      }
      let n = (sheet * count + i) * indicesEach;
      for (const one of triangles) indices[n++] = first + one;
    }
  }
  return { vertices, triangles: indices, sheets, verticesEach, indicesEach };
}

/** A unit vector across the direction: in the plane; in space across the last axis, and across the first for the second sheet. */
function perpendicular(
  d: readonly number[],
  flat: boolean,
  sheet: number,
): readonly [number, number, number] {
  const [a = 0, b = 0, c = 0] = d;
  const across: readonly [number, number, number] = flat ? [0, c, -b] : sheet === 0 ? [b, -a, 0] : [0, c, -b];
  const size = Math.hypot(...across);
  return size === 0 ? [0, 0, 0] : [across[0] / size, across[1] / size, across[2] / size];
}
