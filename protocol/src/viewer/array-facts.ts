/** What a page must know of an array to ask for its bricks: the facts of the engine's `ChunkSource`. */
import * as v from "valibot";
import { DataInfo } from "../scene/schema.ts";
import { finite, MAX_NDIM } from "../scene/values.ts";

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const axes = <T extends v.GenericSchema>(entry: T) => v.pipe(v.array(entry), v.maxLength(MAX_NDIM));

/** See the file's comment. All lists have `ndim` entries, without the colours' axis. */
export const ArrayFacts = v.pipe(
  v.object({
    dtype: DataInfo.entries.dtype,
    ndim: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_NDIM)),
    channels: v.picklist([0, 3, 4]),
    /** Finest first. */
    levels: v.pipe(
      v.array(
        v.object({
          shape: axes(v.pipe(v.number(), v.integer(), v.minValue(0))),
          chunk: axes(size),
          scale: axes(finite),
          translate: axes(finite),
        }),
      ),
      v.minLength(1),
      v.maxLength(64),
    ),
  }),
  v.check(
    ({ ndim, levels }) => levels.every((level) => Object.values(level).every((list) => list.length === ndim)),
    "The levels have other axes than the array.",
  ),
);
export type ArrayFacts = v.InferOutput<typeof ArrayFacts>;
