/** Those who look at one session at the same time, as the session tells each of the others. */
import * as v from "valibot";
import { View } from "../scene/schema.ts";

/** One who looks. */
export const Onlooker = v.object({
  /** The view's name within the session. */
  view: v.pipe(v.string(), v.maxLength(256)),
  name: v.pipe(v.string(), v.maxLength(256)),
  /** Camera, dims and grid. */
  at: View,
  /** Their canvas in CSS pixels: what the zoom counts in. */
  size: v.object({ width: v.number(), height: v.number() }),
  /** The pointer in the world, one number for each axis; null when it is not over the canvas. */
  pointer: v.nullable(v.pipe(v.array(v.number()), v.maxLength(16))),
});
export type Onlooker = v.InferOutput<typeof Onlooker>;

/** All others, in the order in which they came. */
export const Onlookers = v.pipe(v.array(Onlooker), v.maxLength(1000));

/** Canvases that a page shows beside its main one end so; nobody sits at them. */
const BESIDE = /-(side|top|space)$/;

/** Whether a view is one's own page's. */
export function isBeside(view: string): boolean {
  return BESIDE.test(view);
}
