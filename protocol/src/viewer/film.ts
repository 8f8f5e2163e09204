/** Key-frame animations: what a page keeps, plays and asks the node to film. */
import * as v from "valibot";
import { Overlays, View } from "../scene/schema.ts";

/** How the way to the next key frame passes. */
export const Ease = v.picklist(["linear", "ease", "hold"]);
export type Ease = v.InferOutput<typeof Ease>;

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0.04), v.maxValue(3600));

/** One key frame. */
export const KeyFrame = v.object({
  view: View,
  /** Properties of layers, by the layers' ids: those that may change on the way. */
  layers: v.record(v.pipe(v.string(), v.maxLength(64)), v.record(v.string(), v.unknown())),
  /** Until the next key frame; the last one's does not count. */
  seconds,
  ease: Ease,
});
export type KeyFrame = v.InferOutput<typeof KeyFrame>;

/** The most pictures of a film. */
export const MOST_PICTURES = 36_000;

/** What is to be filmed. */
export const Film = v.object({
  keys: v.pipe(v.array(KeyFrame), v.minLength(2), v.maxLength(1000)),
  width: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(7680)),
  height: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4320)),
  fps: v.pipe(v.number(), v.minValue(1), v.maxValue(120)),
  /** The canvas that the views' zoom counts in. */
  canvas: v.object({ width: v.pipe(v.number(), v.minValue(1)), height: v.pipe(v.number(), v.minValue(1)) }),
  name: v.pipe(v.string(), v.maxLength(256)),
  /** What lies over its pictures, whatever the key frames had. */
  overlays: v.optional(Overlays),
  /** The layer whose colours a colour bar shows. */
  selected: v.optional(v.string()),
});
export type Film = v.InferOutput<typeof Film>;
