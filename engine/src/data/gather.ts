/** Dense boxes assembled from bricks: what a slice's or a volume's texture is filled with. */
import type { ProjectionMode } from "@eyepiece/protocol/scene/schema.ts";
import { stridesOf } from "./array.ts";
import type { Brick, BrickArray, LevelInfo } from "./chunk-source.ts";

export type Range = readonly [number, number];

/** A box of one level. */
export interface GatherRequest {
  readonly level: LevelInfo;
  /** 1, or the colours of a voxel. */
  readonly inner: number;
  /** [start, stop) on every axis of the level. */
  readonly ranges: readonly Range[];
  /** The axes of the result, slowest first; -1 stands for an axis of length 1 that the data lack. All others are projected. */
  readonly axes: readonly number[];
  readonly projection: ProjectionMode;
}

/** Something that array elements can be written to. */
export type GatherTarget = Uint8Array | Uint16Array | Float32Array;
/** As {@link GatherTarget}, or exact up to 2^53. */
type AnyTarget = GatherTarget | Float64Array;

/** The brick indices that a box touches, slowest axis first. */
export function bricksOf(level: LevelInfo, ranges: readonly Range[]): number[][] {
  let found: number[][] = [[]];
  for (const [axis, [start, stop]] of ranges.entries()) {
    const chunk = level.chunk[axis] ?? 1;
    if (stop <= start) return [];
    const first = Math.floor(start / chunk);
    const last = Math.floor((stop - 1) / chunk);
    const next: number[][] = [];
    for (const index of found) for (let i = first; i <= last; i++) next.push([...index, i]);
    found = next;
  }
  return found;
}

/** Elements of the result. */
export function gatheredShape(request: GatherRequest): number[] {
  return request.axes.map((axis) => (axis < 0 ? 1 : length(request.ranges[axis])));
}

function length(range: Range | undefined): number {
  return range === undefined ? 0 : Math.max(0, range[1] - range[0]);
}

/** How many voxels of the hidden axes fall on one of the result. */
export function projectedCount(request: Pick<GatherRequest, "ranges" | "axes">): number {
  return request.ranges.reduce((n, range, axis) => (request.axes.includes(axis) ? n : n * length(range)), 1);
}

/**
 * Fills `target` (C order over `axes`, `inner` elements a voxel) from the bricks at hand.
 * @param target of the result's size; it is filled anew; missing bricks leave 0
 * @returns how many bricks were missing
 */
export function gather(
  request: GatherRequest,
  brickAt: (index: readonly number[]) => Brick | undefined,
  target: AnyTarget,
): number {
  const count = projectedCount(request);
  const mode = count > 1 ? request.projection : "none";
  const first = mode === "max" ? Number.NEGATIVE_INFINITY : mode === "min" ? Number.POSITIVE_INFINITY : 0;
  if (first !== 0 && !(target instanceof Float32Array || target instanceof Float64Array))
    throw new TypeError("A projection needs a float target.");
  target.fill(first);
  const shape = gatheredShape(request);
  const strides = stridesOf(shape, request.inner);
  let missing = 0;
  for (const index of bricksOf(request.level, request.ranges)) {
    const brick = brickAt(index);
    if (brick === undefined) missing++;
    else place(request, index, brick, target, strides, mode);
  }
  if (mode === "mean") for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) / count;
  if (first !== 0 && missing > 0)
    for (let i = 0; i < target.length; i++) if (target[i] === first) target[i] = 0;
  return missing;
}

interface Loop {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** Adds the part of a brick that lies in the box. */
function place(
  request: GatherRequest,
  index: readonly number[],
  brick: Brick,
  target: AnyTarget,
  targetStrides: readonly number[],
  mode: ProjectionMode,
): void {
  const { inner } = request;
  const brickStrides = stridesOf(brick.shape, inner);
  let from = 0;
  let to = 0;
  const loops: Loop[] = [];
  const hidden: Loop[] = [];
  for (const [axis, range] of request.ranges.entries()) {
    const origin = (index[axis] ?? 0) * (request.level.chunk[axis] ?? 1);
    const start = Math.max(range[0], origin);
    const count = Math.min(range[1], origin + (brick.shape[axis] ?? 0)) - start;
    if (count <= 0) return;
    const stride = brickStrides[axis] ?? 0;
    from += (start - origin) * stride;
    const shown = request.axes.indexOf(axis);
    if (shown < 0) hidden.push({ count, from: stride, to: 0 });
    else {
      const step = targetStrides[shown] ?? 0;
      to += (start - range[0]) * step;
      loops.push({ count, from: stride, to: step });
    }
  }
  // The loop with the shortest target stride runs innermost, so that writes are in a row.
  loops.sort((a, b) => b.to - a.to);
  if (inner > 1) loops.push({ count: inner, from: 1, to: 1 });
  const all = [...hidden, ...loops];
  const innermost = all.pop() ?? { count: 1, from: 1, to: 1 };
  const write = writer(brick.data, target, innermost, mode);
  const walk = (depth: number, at: number, put: number): void => {
    const loop = all[depth];
    if (loop === undefined) {
      write(at, put);
      return;
    }
    for (let i = 0; i < loop.count; i++) walk(depth + 1, at + i * loop.from, put + i * loop.to);
  };
  walk(0, from, to);
}

/** A function that moves one row. The common cases are kept apart so that each loop sees one type. */
function writer(
  source: BrickArray,
  target: AnyTarget,
  row: Loop,
  mode: ProjectionMode,
): (from: number, to: number) => void {
  const { count, from: step, to: put } = row;
  const copies = mode === "none";
  if (copies && step === 1 && put === 1 && source.constructor === target.constructor) {
    const same = source as Uint8Array;
    return (from, to) => target.set(same.subarray(from, from + count), to);
  }
  if (source instanceof BigInt64Array || source instanceof BigUint64Array) {
    return (from, to) => {
      for (let i = 0; i < count; i++)
        combine(target, to + i * put, Number(source[from + i * step] ?? 0n), mode);
    };
  }
  if (copies) {
    return (from, to) => {
      for (let i = 0; i < count; i++) target[to + i * put] = source[from + i * step] ?? 0;
    };
  }
  return (from, to) => {
    for (let i = 0; i < count; i++) combine(target, to + i * put, source[from + i * step] ?? 0, mode);
  };
}

function combine(target: AnyTarget, at: number, value: number, mode: ProjectionMode): void {
  const before = target[at] ?? 0;
  if (mode === "none") target[at] = value;
  else if (mode === "max") target[at] = Math.max(before, value);
  else if (mode === "min") target[at] = Math.min(before, value);
  else target[at] = before + value;
}
