/** Which axes have a slider. */
import { stepCount } from "@eyepiece/engine/model/view.ts";
import type { Dims } from "@eyepiece/protocol/scene/schema.ts";

/** Axes that are not on the screen and have more than one step, in their own order. */
export function slidOrder(dims: Dims): number[] {
  return dims.order
    .slice(0, -dims.ndisplay)
    .filter((axis) => stepCount(dims.range[axis] ?? [0, 0, 1]) > 1)
    .sort((a, b) => a - b);
}
