/**
 * Slices of which the screen shows fewer voxels than there are: with nearest interpolation a pixel shows one voxel, so only those are taken
 * from the bricks, converted and sent. A plane of 8192^2 on a canvas of 700^2 is half a million values instead of 67 million.
 */
import { stridesOf } from "../../data/array.ts";
import type { Brick } from "../../data/chunk-source.ts";
import { bricksOf, type GatherRequest, type GatherTarget, projectedCount } from "../../data/gather.ts";
import { at } from "../../model/matrix.ts";
import type { PixelBox } from "../draw.ts";

import { type LayerPlan, levelSize } from "../plan.ts";
import type { SliceBox } from "./slice-draw.ts";

/** Voxels a pixel from which on picking is worth it: below, a texture that pans keep is. */
const FEW = 2;

/** The voxels that a box of pixels shows. */
export interface Picks {
  /** The pixels whose voxels lie in the level. */
  readonly box: PixelBox;
  /** For each row and column of pixels the voxel on the first and second displayed axis. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/**
 * Which voxels the pixels show; undefined where rows and columns of pixels are none of voxels, or nearly all voxels are shown.
 * @param few voxels a pixel across or down at least
 */
export function picksOf(
  plan: LayerPlan,
  level: number,
  { pixelsToVoxels, box, ranges }: SliceBox,
  few = FEW,
): Picks | undefined {
  const { layer, slice, source } = plan;
  const info = source.levels[level];
  if (info === undefined || layer.type !== "image" || layer.interpolation2d !== "nearest") return undefined;
  if (slice.displayed.some((axis) => axis < 0) || projectedCount({ ranges, axes: slice.displayed }) > 1)
    return undefined;
  // Voxel row = a x + b y + c of the pixel (x, y): a must be 0, and for columns b.
  const askew = Math.max(Math.abs(at(pixelsToVoxels, 0, 0)), Math.abs(at(pixelsToVoxels, 1, 1)));
  const [down, right] = [at(pixelsToVoxels, 0, 1), at(pixelsToVoxels, 1, 0)];
  const least = Math.min(Math.abs(down), Math.abs(right));
  if (least < few || askew * Math.max(box.x1, box.y1) > 1e-6) return undefined;
  const line = (i: 0 | 1, step: number, from: number, to: number): { first: number; voxels: Int32Array } => {
    const axis = slice.displayed[i] ?? 0;
    const start = ranges[axis]?.[0] ?? 0;
    // As the shader counts, in single precision from the texture's corner, so that a pixel on a border falls to the same side.
    const origin = Math.fround(at(pixelsToVoxels, i, 2) + 0.5 - start);
    const per = Math.fround(step);
    const size = levelSize(slice, info, i);
    const found: number[] = [];
    let first = from;
    for (let pixel = from; pixel < to; pixel++) {
      const voxel = Math.floor(Math.fround(origin + Math.fround((pixel + 0.5) * per))) + start;
      if (voxel < 0 || voxel >= size) {
        if (found.length === 0) first = pixel + 1;
      } else found.push(voxel);
    }
    return { first, voxels: Int32Array.from(found) };
  };
  const rows = line(0, down, box.y0, box.y1);
  const columns = line(1, right, box.x0, box.x1);
  return {
    box: {
      x0: columns.first,
      y0: rows.first,
      x1: columns.first + columns.voxels.length,
      y1: rows.first + rows.voxels.length,
    },
    rows: rows.voxels,
    columns: columns.voxels,
  };
}

/** Takes the voxels, `inner` elements each, row by row; those of missing bricks are 0. */
export function pick(
  request: GatherRequest,
  { rows, columns }: Picks,
  brickAt: (index: readonly number[]) => Brick | undefined,
  target: GatherTarget,
): void {
  const { level, inner, axes } = request;
  const [down = 0, right = 0] = axes;
  const width = columns.length;
  for (const index of bricksOf(level, request.ranges)) {
    const brick = brickAt(index);
    if (brick === undefined) continue;
    const strides = stridesOf(brick.shape, inner);
    const originOf = (axis: number): number => (index[axis] ?? 0) * (level.chunk[axis] ?? 1);
    /** Of the picks those in the brick, which lie in a row: the first one's place, and all offsets in the brick. */
    const part = (picks: Int32Array, axis: number): { first: number; offsets: Int32Array } => {
      const low = originOf(axis);
      const high = low + (brick.shape[axis] ?? 0);
      const inside = (voxel: number): boolean => voxel >= low && voxel < high;
      // Picks rise or fall evenly: the first inside is found by halving.
      const rises = (picks[0] ?? 0) <= (picks.at(-1) ?? 0);
      let [first, after] = [0, picks.length];
      while (first < after) {
        const middle = (first + after) >> 1;
        const voxel = picks[middle] ?? 0;
        if (rises ? voxel < low : voxel >= high) first = middle + 1;
        else after = middle;
      }
      let end = first;
      while (end < picks.length && inside(picks[end] ?? -1)) end++;
      const stride = strides[axis] ?? 0;
      return {
        first,
        offsets: picks.subarray(first, end).map((voxel) => (voxel - low) * stride),
      };
    };
    const y = part(rows, down);
    const x = part(columns, right);
    // The hidden axes have one voxel each.
    const hidden = request.ranges.reduce(
      (sum, [start], axis) =>
        axes.includes(axis) ? sum : sum + (start - originOf(axis)) * (strides[axis] ?? 0),
      0,
    );
    const { data } = brick;
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      for (const [j, row] of y.offsets.entries())
        for (const [i, column] of x.offsets.entries())
          target[(y.first + j) * width + x.first + i] = Number(data[hidden + row + column] ?? 0n);
    } else {
      for (let j = 0; j < y.offsets.length; j++) {
        const from = hidden + (y.offsets[j] as number);
        const to = ((y.first + j) * width + x.first) * inner;
        takeRow(data, from, x.offsets, inner, target, to);
      }
    }
  }
}

/** One row, in a function of its own that sees few types. */
function takeRow(
  data: Exclude<Brick["data"], BigInt64Array | BigUint64Array>,
  from: number,
  offsets: Int32Array,
  inner: number,
  target: GatherTarget,
  to: number,
): void {
  if (inner === 1) {
    for (let i = 0; i < offsets.length; i++) target[to + i] = data[from + (offsets[i] as number)] as number;
    return;
  }
  for (let i = 0; i < offsets.length; i++)
    for (let c = 0; c < inner; c++)
      target[to + i * inner + c] = data[from + (offsets[i] as number) + c] as number;
}
