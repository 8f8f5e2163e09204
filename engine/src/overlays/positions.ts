/** Where on the canvas what lies over the picture is put. */
import type { CanvasPosition } from "@eyepiece/protocol/scene/schema.ts";

/** A rectangle in CSS pixels. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something of a size that wants a place. */
export interface Wanting {
  readonly position: CanvasPosition;
  readonly width: number;
  readonly height: number;
}

/** Distance from the edges, and between things that share a place. */
const MARGIN = 14;
const GAP = 8;
/** Space that a corner of the canvas has not, in CSS pixels: something else is there. */
export type Taken = Partial<Record<CanvasPosition, number>>;

/** Whether a frame's corner of this name is the canvas's. */
function atCorner(position: CanvasPosition, frame: Frame, canvas: Pick<Frame, "width" | "height">): boolean {
  const [row, column] = position.split("_");
  const x = column === "left" ? frame.x : canvas.width - frame.x - frame.width;
  const y = row === "top" ? frame.y : canvas.height - frame.y - frame.height;
  return x < 1 && y < 1;
}

/** Corners of the things on the canvas, in their order: those of one place of the frame are stacked, the first one at the edge. */
export function placed(
  frame: Frame,
  things: readonly Wanting[],
  canvas: Pick<Frame, "width" | "height">,
  taken: Taken = {},
): { readonly x: number; readonly y: number }[] {
  const heights = new Map<CanvasPosition, number>();
  for (const { position, height } of things)
    heights.set(position, (heights.get(position) ?? -GAP) + height + GAP);
  const used = new Map<CanvasPosition, number>();
  return things.map(({ position, width, height }) => {
    const [row, column] = position.split("_");
    const before = used.get(position) ?? 0;
    used.set(position, before + height + GAP);
    const inset = MARGIN + (atCorner(position, frame, canvas) ? (taken[position] ?? 0) : 0);
    const x =
      column === "left"
        ? MARGIN
        : column === "right"
          ? frame.width - MARGIN - width
          : (frame.width - width) / 2;
    const y =
      row === "top"
        ? inset + before
        : row === "bottom"
          ? frame.height - inset - before - height
          : (frame.height - (heights.get(position) ?? 0)) / 2 + before;
    return { x: frame.x + x, y: frame.y + y };
  });
}
