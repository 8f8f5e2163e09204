/** The current slice in words: each axis that is cut, its world coordinate, and the thickness if it has one. */

import type { Dims } from "@eyepiece/protocol/scene/schema.ts";
import { stepCount } from "../model/view.ts";
import { shortUnit } from "./scale-bar.ts";

/** See the file's comment. Empty when nothing is cut. */
export function sliceWords(dims: Dims, units: readonly string[]): string {
  return dims.order
    .slice(0, -dims.ndisplay)
    .filter((axis) => stepCount(dims.range[axis] ?? [0, 0, 1]) > 1)
    .sort((a, b) => a - b)
    .map((axis) => {
      const at = dims.point[axis] ?? 0;
      const [before, after] = [dims.margin_left[axis] ?? 0, dims.margin_right[axis] ?? 0];
      const unit = shortUnit(units[axis] ?? "pixel");
      const place = before > 0 || after > 0 ? `${plain(at - before)} to ${plain(at + after)}` : plain(at);
      return `${dims.axis_labels[axis] ?? axis} = ${place}${unit === "px" ? "" : ` ${unit}`}`;
    })
    .join(", ");
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
