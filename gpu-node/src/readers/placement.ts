/** Where the axes of an array point in space, as napari's scale, translate and affine. */
import type { LayerDefaults } from "./types.ts";

/**
 * @param steps for each axis of the array the step in space from one voxel to the next, or its length where it is no axis
 *   of space. Coordinates of space are in the order of the array's axes, slowest first.
 * @param origin the first voxel's centre in space
 */
export function placeAxes(
  steps: readonly (readonly number[] | number)[],
  origin: readonly number[],
): Pick<LayerDefaults, "scale" | "translate" | "affine"> {
  const spatial = steps.flatMap((step, axis) => (typeof step === "number" ? [] : [axis]));
  const lengthOf = (step: readonly number[] | number): number => {
    const length = typeof step === "number" ? Math.abs(step) : Math.hypot(...step);
    return Number.isFinite(length) && length > 1e-12 ? length : 1;
  };
  const scale = steps.map(lengthOf);
  const usable =
    spatial.length > 0 &&
    origin.length === spatial.length &&
    origin.every(Number.isFinite) &&
    spatial.every((axis) => {
      const step = steps[axis];
      return (
        typeof step === "object" &&
        step.length === spatial.length &&
        step.every(Number.isFinite) &&
        Math.hypot(...step) > 1e-12
      );
    });
  if (!usable) return { scale, translate: steps.map(() => 0) };
  const direction = (row: number, axis: number): number => {
    const step = steps[axis];
    return typeof step === "object" ? (step[row] ?? 0) / (scale[axis] ?? 1) : 0;
  };
  const straight = spatial.every((axis, column) =>
    spatial.every((_, row) => Math.abs(direction(row, axis) - (row === column ? 1 : 0)) < 1e-4),
  );
  if (straight) return { scale, translate: steps.map((_, axis) => origin[spatial.indexOf(axis)] ?? 0) };
  const n = steps.length;
  const affine = Array.from({ length: n + 1 }, (_, row) =>
    Array.from({ length: n + 1 }, (_, column) => {
      const [i, j] = [spatial.indexOf(row), spatial.indexOf(column)];
      if (i >= 0 && j >= 0) return direction(i, column);
      if (i >= 0 && column === n) return origin[i] ?? 0;
      return row === column ? 1 : 0;
    }),
  );
  return { scale, translate: steps.map(() => 0), affine };
}
