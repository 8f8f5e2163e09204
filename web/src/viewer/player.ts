/** Plays an axis: one step at a time, at a rate, to an end, round and round, or back and forth. */
import { pointToStep, stepCount, stepToPoint } from "@eyepiece/engine/model/view.ts";
import type { Dims } from "@eyepiece/protocol/scene/schema.ts";

/** napari's modes: stop at the end, begin again, go back. */
export const LOOP_MODES = ["once", "loop", "back and forth"] as const;
export type LoopMode = (typeof LOOP_MODES)[number];

/** How an axis is played. */
export interface Play {
  readonly fps: number;
  readonly mode: LoopMode;
  readonly direction: 1 | -1;
}

/** The next step of an axis, and which way it goes on; undefined at the end of a single run. */
export function nextStep(
  dims: Dims,
  axis: number,
  play: Play,
): { point: number; direction: 1 | -1 } | undefined {
  const range = dims.range[axis];
  if (!range) return undefined;
  const count = stepCount(range);
  const at = pointToStep(range, dims.point[axis] ?? 0);
  let direction = play.direction;
  let next = at + direction;
  if (next < 0 || next >= count) {
    if (play.mode === "once" || count < 2) return undefined;
    if (play.mode === "loop") next = direction > 0 ? 0 : count - 1;
    else {
      direction = direction > 0 ? -1 : 1;
      next = at + direction;
    }
  }
  return { point: stepToPoint(range, next), direction };
}
