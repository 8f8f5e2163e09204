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

/** An order of axes with one of them at another place, counted from the first; places beyond the ends are the ends. */
export function movedAxis(order: readonly number[], axis: number, place: number): number[] {
  const rest = order.filter((one) => one !== axis);
  rest.splice(Math.min(rest.length, Math.max(0, place)), 0, axis);
  return rest;
}
