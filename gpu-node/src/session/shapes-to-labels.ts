/** Shapes drawn into a label image, as napari does: shape i becomes label i + 1, those of a higher z index over the others. */
import { column, type Table } from "@eyepiece/engine/data/table.ts";
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import { ellipseOutline } from "@eyepiece/engine/model/geometry/shape.ts";
import type { LabelOp } from "@eyepiece/protocol/scene/schema.ts";

type Drawn = Extract<LabelOp, { op: "labels.shapes" }>["shapes"];

/** Voxels of the image, which are all looked at when shapes are drawn into it. */
const MOST_VOXELS = 128 * 1024 * 1024;
/** Shapes, and corners of all of them: one operation has them all. */
const MOST_SHAPES = 10_000;
const MOST_CORNERS = 500_000;

/** The image and what is drawn into it. */
export interface ShapesAsLabels {
  readonly shape: readonly number[];
  readonly shapes: Drawn;
}

/** See the file's comment; a string says why not. The image begins at the data's origin and holds the farthest corner. */
export function shapesAsLabels(table: Table): ShapesAsLabels | string {
  const { data, width, offsets } = column(table, "vertices");
  const types = column(table, "shape_type").data;
  const z = column(table, "z_index").data;
  if (table.count === 0 || !offsets) return "there are no shapes";
  if (table.count > MOST_SHAPES || data.length / width > MOST_CORNERS)
    return `there are too many: at most ${MOST_SHAPES} shapes of ${MOST_CORNERS} corners become labels`;
  const axes = Array.from({ length: width }, (_, axis) => axis);
  const shape = axes.map((axis) => {
    let most = 0;
    for (let i = axis; i < data.length; i += width) most = Math.max(most, data[i] ?? 0);
    return Math.round(most) + 1;
  });
  const voxels = shape.reduce((product, size) => product * size, 1);
  if (!(voxels <= MOST_VOXELS)) return `they spread over ${shape.join(" × ")} voxels, which is too much`;
  const order = Array.from({ length: table.count }, (_, i) => i).sort((a, b) => (z[a] ?? 0) - (z[b] ?? 0));
  const shapes = order.map((i) => {
    const [from = 0, to = 0] = [offsets[i], offsets[i + 1]];
    const corners = Array.from({ length: to - from }, (_, k) =>
      axes.map((axis) => data[(from + k) * width + axis] ?? 0),
    );
    const type = SHAPE_TYPES[types[i] ?? 0] ?? "polygon";
    const plane = planeOf(corners);
    const points = type === "ellipse" ? outline(corners, plane) : corners;
    return { points, value: i + 1, axes: plane, filled: type !== "line" && type !== "path" };
  });
  return { shape, shapes };
}

/** The two axes in which a shape lies: those that its corners differ in, else the last ones. */
function planeOf(corners: readonly (readonly number[])[]): [number, number] {
  const [first = []] = corners;
  const varied = first.flatMap((value, axis) => (corners.some((one) => one[axis] !== value) ? [axis] : []));
  const others = first.map((_, axis) => axis).filter((axis) => !varied.includes(axis));
  const chosen = [...varied.slice(-2), ...others.toReversed()].slice(0, 2).sort((a, b) => a - b);
  return [chosen[0] ?? 0, chosen[1] ?? 1];
}

function outline(corners: readonly (readonly number[])[], [down, across]: [number, number]): number[][] {
  const [first = []] = corners;
  return ellipseOutline(corners.map((one) => [0, one[down] ?? 0, one[across] ?? 0])).map(([, y, x]) =>
    first.map((value, axis) => (axis === down ? y : axis === across ? x : value)),
  );
}
