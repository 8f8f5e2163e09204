/** How the data of a layer over a table reach the screen: which axes, which slice, which matrix. */
import type { Dims, TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Size } from "../../model/camera.ts";
import {
  applyAffine,
  at,
  identity,
  inverse,
  type Matrix,
  multiply,
  sliceAffine,
} from "../../model/matrix.ts";
import { dataToWorld } from "../../model/transform.ts";
import type { LayerContext } from "../layer-context.ts";
import { type CellCamera, worldToClip } from "../projection.ts";

/** An axis of the layer that is not on the screen. Data units. */
export interface HiddenAxis {
  readonly axis: number;
  readonly point: number;
  readonly left: number;
  readonly right: number;
}

/** A layer cut by a view's dims. */
export interface TableSlice {
  /** Three axes of the layer, in displayed order (depth, vertical, horizontal); -1 where there is none. */
  readonly displayed: readonly [number, number, number];
  readonly hidden: readonly HiddenAxis[];
  /** 4 x 4: data triples (as `displayed`) to displayed world triples. */
  readonly toWorld: Matrix;
}

/** Cuts a layer over a table. */
export function sliceTable(layer: TableLayer, dims: Dims, ndim = layer.data.ndim): TableSlice {
  const offset = dims.ndim - ndim;
  const shown = dims.order.slice(-dims.ndisplay).map((axis) => (axis >= offset ? axis - offset : -1));
  const displayed: [number, number, number] = [
    dims.ndisplay === 3 ? (shown[0] ?? -1) : -1,
    shown.at(-2) ?? -1,
    shown.at(-1) ?? -1,
  ];
  const full = dataToWorld(layer);
  const axes = Array.from({ length: ndim }, (_, axis) => axis).filter((axis) => !displayed.includes(axis));
  const toData = inverse(sliceAffine(full, axes)) ?? identity(axes.length + 1);
  const point = applyAffine(
    toData,
    axes.map((axis) => dims.point[axis + offset] ?? 0),
  );
  const hidden = axes.map((axis, i): HiddenAxis => {
    const scale = Math.abs(at(toData, i, i));
    return {
      axis,
      point: point[i] ?? 0,
      left: (dims.margin_left[axis + offset] ?? 0) * scale,
      right: (dims.margin_right[axis + offset] ?? 0) * scale,
    };
  });
  const last = full.length - 1;
  const toWorld = displayed.map((axis, i) =>
    axis < 0
      ? [0, 1, 2, 3].map((k) => (k === i ? 1 : 0))
      : [...displayed.map((other) => (other < 0 ? 0 : at(full, axis, other))), at(full, axis, last)],
  );
  return { displayed, hidden, toWorld: [...toWorld, [0, 0, 0, 1]] };
}

/** Floats of the uniform block; see `shaders/table.ts`. */
export const FRAME_UNIFORMS = 116;
/** Clipping planes that are tested. */
export const MAX_TABLE_PLANES = 16;
/** The first of the floats that are each layer type's own: 24 to 51. */
export const OWN_UNIFORMS = 24;

/** A data triple that positions on the GPU are relative to. */
export type Origin = readonly [number, number, number];

/** What all shaders of tables share: matrix, opacity, sizes, clipping planes. */
export function frameUniforms(
  layer: TableLayer,
  slice: TableSlice,
  origin: Origin,
  context: LayerContext,
): Float32Array<ArrayBuffer> {
  const u = new Float32Array(FRAME_UNIFORMS);
  const toWorld = shifted(slice.toWorld, origin);
  const clip = multiply(worldToClip(context.cell, context.target), toWorld);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++) u[column * 4 + row] = at(clip, row, column);
  const planes = layer.experimental_clipping_planes
    .filter((plane) => plane.enabled)
    .slice(0, MAX_TABLE_PLANES);
  u.set([layer.opacity, context.cell.ratio, planes.length, context.cell.camera.zoom], 16);
  u.set([2 / context.target.width, 2 / context.target.height, clipEdge(context.cell, context.target)], 20);
  for (const [i, { position, normal }] of planes.entries()) {
    const along = [0, 1, 2, 3].map(
      (k) => normal[0] * at(toWorld, 0, k) + normal[1] * at(toWorld, 1, k) + normal[2] * at(toWorld, 2, k),
    );
    const shift = normal[0] * position[0] + normal[1] * position[1] + normal[2] * position[2];
    u.set([along[0] ?? 0, along[1] ?? 0, along[2] ?? 0, (along[3] ?? 0) - shift], 52 + 4 * i);
  }
  return u;
}

/** True when planes cut the layer. */
export function isClipped(layer: TableLayer): boolean {
  return layer.experimental_clipping_planes.some((plane) => plane.enabled);
}

/** The matrix for data relative to an origin. */
export function shifted(toWorld: Matrix, origin: Origin): number[][] {
  return toWorld.map((row) => [
    ...row.slice(0, 3),
    (row[3] ?? 0) + (row[0] ?? 0) * origin[0] + (row[1] ?? 0) * origin[1] + (row[2] ?? 0) * origin[2],
  ]);
}

/** The least w that is drawn: what is nearer to the eye is cut away. */
function clipEdge(cell: CellCamera, _target: Size): number {
  return cell.ndisplay === 3 && cell.camera.perspective > 0 ? 0.01 : 0;
}
