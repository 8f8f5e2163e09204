/** What a brush, a bucket and a polygon do to a label image, by napari's rules (0.9.2). */
import type { LabelOp, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { EditableSource, LabelEdit } from "../data/editable-source.ts";
import { gather, type Range } from "../data/gather.ts";
import { roundHalfEven } from "./transform.ts";

/** An edit that cannot be made; the message is for people. */
export class LabelEditError extends Error {
  override readonly name = "LabelEditError";
}

type Edit = Exclude<LabelOp, { op: "labels.swap" }>;

/** Voxels that a fill looks at, at most. */
const MOST_FILLED = 128 * 1024 * 1024;

/** The box of voxels that an edit may change, within the image: what must be at hand. */
export function editedBox(edit: Edit, layer: LabelsLayer): Range[] {
  const { shape } = layer.data;
  if (edit.op === "labels.shapes") {
    const boxes = edit.shapes.map((one) => editedBox(asEdit(one, edit.id), layer));
    return shape.map((_, axis): Range => {
      const along = boxes.flatMap((box) => (box.every(([a, b]) => a < b) ? [box[axis] ?? [0, 0]] : []));
      if (along.length === 0) return [0, 0];
      // Not Math.min(...): there may be more shapes than a call has arguments.
      return along.reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)]) as Range;
    });
  }
  checkAxes(edit, layer);
  if (edit.op === "labels.fill") {
    const box = shape.map((size, axis): Range => {
      if (edit.axes.includes(axis)) return [0, size];
      const at = roundHalfEven(edit.point[axis] ?? 0);
      return at >= 0 && at < size ? [at, at + 1] : [0, 0];
    });
    const voxels = box.reduce((n, [start, stop]) => n * (stop - start), 1);
    if (voxels > MOST_FILLED)
      throw new LabelEditError(
        `Filling would look at ${voxels.toExponential(1)} voxels of ${layer.name}. Fill in fewer dimensions, or paint.`,
      );
    return box;
  }
  const reach = edit.op === "labels.paint" ? reaches(edit, layer) : shape.map(() => 0);
  return shape.map((size, axis): Range => {
    const places = edit.points.map((point) => point[axis] ?? 0);
    const low = places.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = places.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const extra = Math.ceil(reach[axis] ?? 0) + 1;
    const spread = edit.axes.includes(axis) ? extra : 0;
    const start = Math.max(0, roundHalfEven(low) - spread);
    const stop = Math.min(size, roundHalfEven(high) + spread + 1);
    return start < stop ? [start, stop] : [0, 0];
  });
}

/** Carries out an edit; the bricks of its box are at hand. */
export function makeEdit(edit: Edit, layer: LabelsLayer, source: EditableSource): LabelEdit {
  const writing = source.edit();
  if (edit.op === "labels.shapes")
    for (const one of edit.shapes) {
      const drawn = asEdit(one, edit.id);
      if (drawn.op === "labels.paint") paint(drawn, layer, writing);
      else polygon(drawn, writing);
    }
  else if (edit.op === "labels.paint") paint(edit, layer, writing);
  else if (edit.op === "labels.polygon") polygon(edit, writing);
  else fill(edit, layer, source, writing);
  return writing;
}

type Shape = Extract<Edit, { op: "labels.shapes" }>["shapes"][number];

/** A shape as the edit that draws it: a polygon, or a stroke of one voxel. */
function asEdit(
  { points, value, axes, filled }: Shape,
  id: string,
): Extract<Edit, { op: "labels.polygon" | "labels.paint" }> {
  const common = { id, points, value, axes, only: null };
  return filled ? { op: "labels.polygon", ...common } : { op: "labels.paint", ...common, brush_size: 1 };
}

function checkAxes(edit: Exclude<Edit, { op: "labels.shapes" }>, layer: LabelsLayer): void {
  const n = layer.data.shape.length;
  if (edit.axes.some((axis) => axis >= n) || new Set(edit.axes).size !== edit.axes.length)
    throw new LabelEditError(`${layer.name} has ${n} axes; an edit in ${edit.axes.join(", ")} does not fit.`);
  const points = edit.op === "labels.fill" ? [edit.point] : edit.points;
  if (points.some((point) => point.length !== n))
    throw new LabelEditError(`Each place in ${layer.name} needs ${n} coordinates.`);
}

/** Scales of the edited axes, the least being 1: a brush is round in the world. */
function roundness(axes: readonly number[], layer: LabelsLayer): number[] {
  const scales = axes.map((axis) => Math.abs(layer.scale[axis] ?? 1) || 1);
  const least = Math.min(...scales);
  return scales.map((scale) => scale / least);
}

function radiusOf(size: number): number {
  return Math.floor(size / 2) + 0.5;
}

function reaches(edit: Extract<Edit, { op: "labels.paint" }>, layer: LabelsLayer): number[] {
  const scales = roundness(edit.axes, layer);
  const reach = layer.data.shape.map(() => 0);
  for (const [i, axis] of edit.axes.entries()) reach[axis] = radiusOf(edit.brush_size) / (scales[i] ?? 1) + 1;
  return reach;
}

interface Row {
  /** Offsets on all edited axes but the last. */
  readonly offsets: readonly number[];
  /** The row reaches so far to both sides. */
  readonly half: number;
}

/** The rows of a brush, along the last of the edited axes. */
function brushRows(size: number, scales: readonly number[]): Row[] {
  const radius = radiusOf(size);
  const last = scales.length - 1;
  const rows: Row[] = [];
  const walk = (axis: number, offsets: number[], left: number): void => {
    const scale = scales[axis] ?? 1;
    if (axis === last) {
      rows.push({ offsets: [...offsets], half: Math.floor(Math.sqrt(left) / scale + 1e-9) });
      return;
    }
    const reach = Math.floor(radius / scale);
    for (let offset = -reach; offset <= reach; offset++) {
      const rest = left - (offset * scale) ** 2;
      if (rest >= 0) walk(axis + 1, [...offsets, offset], rest);
    }
  };
  walk(0, [], radius ** 2);
  return rows;
}

function paint(edit: Extract<Edit, { op: "labels.paint" }>, layer: LabelsLayer, writing: LabelEdit): void {
  const { axes, value, only } = edit;
  const last = axes.at(-1) ?? 0;
  const rows = brushRows(edit.brush_size, roundness(axes, layer));
  let before = "";
  for (const point of alongPath(edit.points, edit.brush_size)) {
    const centre = point.map(roundHalfEven);
    const name = centre.join();
    if (name === before) continue;
    before = name;
    const at = [...centre];
    for (const { offsets, half } of rows) {
      for (const [i, offset] of offsets.entries()) {
        const axis = axes[i] ?? 0;
        at[axis] = (centre[axis] ?? 0) + offset;
      }
      const middle = centre[last] ?? 0;
      writing.span(at, last, middle - half, middle + half + 1, value, only);
    }
  }
}

/** The points of a stroke, and between them as many as make it whole: four for each brush's width. */
function* alongPath(points: readonly (readonly number[])[], brush: number): Generator<readonly number[]> {
  let before: readonly number[] | undefined;
  for (const point of points) {
    if (before !== undefined) {
      const from = before;
      const far = point.reduce((most, value, axis) => Math.max(most, Math.abs(value - (from[axis] ?? 0))), 0);
      const steps = Math.round((far / brush) * 4);
      for (let step = 1; step < steps; step++)
        yield point.map((value, axis) => (from[axis] ?? 0) + ((value - (from[axis] ?? 0)) * step) / steps);
    }
    yield point;
    before = point;
  }
}

/** Voxels whose centres lie in a polygon of the last two edited axes, by the even-odd rule. */
function polygon(edit: Extract<Edit, { op: "labels.polygon" }>, writing: LabelEdit): void {
  const { axes, points, value, only } = edit;
  const [down, across] = [axes.at(-2) ?? 0, axes.at(-1) ?? 0];
  const corners = points.map((point) => [point[down] ?? 0, point[across] ?? 0] as const);
  const at = (points[0] ?? []).map(roundHalfEven);
  const low = corners.reduce((least, [y]) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const high = corners.reduce((most, [y]) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  for (let y = Math.ceil(low); y <= high; y++) {
    const crossings: number[] = [];
    for (const [i, [y0, x0]] of corners.entries()) {
      const [y1, x1] = corners[(i + 1) % corners.length] ?? [y0, x0];
      if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    at[down] = y;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.ceil(crossings[i] ?? 0);
      const to = Math.floor(crossings[i + 1] ?? 0) + 1;
      writing.span(at, across, from, to, value, only);
    }
  }
}

/** Gives the label under a point another value: where it is connected by faces, or everywhere. */
function fill(
  edit: Extract<Edit, { op: "labels.fill" }>,
  layer: LabelsLayer,
  source: EditableSource,
  writing: LabelEdit,
): void {
  const info = source.levels[0];
  const ranges = editedBox(edit, layer);
  if (info === undefined || ranges.some(([start, stop]) => start >= stop)) return;
  const axes = [...edit.axes].sort((a, b) => a - b);
  const shape = axes.map((axis) => info.shape[axis] ?? 1);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((n, size) => n * size, 1));
  const labels = new Float64Array(shape.reduce((n, size) => n * size, 1));
  const request = { level: info, inner: 1, ranges, axes, projection: "none" as const };
  gather(request, (index) => source.brickAt(0, index), labels);
  const start = axes.map((axis) => roundHalfEven(edit.point[axis] ?? 0));
  if (start.some((value, i) => value < 0 || value >= (shape[i] ?? 0))) return;
  const first = start.reduce((sum, value, i) => sum + value * (strides[i] ?? 0), 0);
  const old = labels[first] as number;
  if (old === edit.value || (edit.only !== null && old !== edit.only)) return;
  const chosen = edit.contiguous
    ? connected(labels, shape, strides, first)
    : Uint8Array.from(labels, (label) => (label === old ? 1 : 0));
  const at = edit.point.map(roundHalfEven);
  const last = axes.at(-1) ?? 0;
  const width = shape.at(-1) ?? 1;
  for (let row = 0; row < labels.length; row += width) {
    let rest = row;
    for (const [i, axis] of axes.entries()) {
      const stride = strides[i] ?? 1;
      at[axis] = Math.floor(rest / stride);
      rest -= (at[axis] ?? 0) * stride;
    }
    for (let x = 0; x < width; ) {
      if (chosen[row + x] === 0) {
        x++;
        continue;
      }
      const from = x;
      while (x < width && chosen[row + x] !== 0) x++;
      writing.span(at, last, from, x, edit.value, null);
    }
  }
}

/** 1 where a voxel is joined to the first one by faces between equal labels. */
function connected(
  labels: Float64Array,
  shape: readonly number[],
  strides: readonly number[],
  first: number,
): Uint8Array {
  const label = labels[first];
  const found = new Uint8Array(labels.length);
  found[first] = 1;
  let front = [first];
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      let rest = at;
      for (const [axis, stride] of strides.entries()) {
        const place = Math.floor(rest / stride);
        rest -= place * stride;
        for (const by of [-1, 1]) {
          if (place + by < 0 || place + by >= (shape[axis] ?? 0)) continue;
          const other = at + by * stride;
          if (found[other] !== 0 || labels[other] !== label) continue;
          found[other] = 1;
          next.push(other);
        }
      }
    }
    front = next;
  }
  return found;
}
