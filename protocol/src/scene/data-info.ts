/** What a layer says of its data. Told by the node, never set by a client. */
import * as v from "valibot";
import { count, finite, MAX_NDIM, name } from "./values.ts";

const source = {
  /** Names the source on the node; opaque to clients. */
  source: name,
  /** Rises with each edit of the data. */
  version: count,
  nbytes: v.number(),
  /** What the person opened, for people to read: a file's name or an address without its credentials. */
  label: name,
};

/** What is known of an array without reading it. `nbytes` is at full resolution. */
export const DataInfo = v.object({
  ...source,
  /** Full-resolution shape, without the trailing channel axis of an rgb image. */
  shape: v.pipe(v.array(count), v.maxLength(MAX_NDIM)),
  dtype: v.picklist([
    "uint8",
    "int8",
    "uint16",
    "int16",
    "uint32",
    "int32",
    "uint64",
    "int64",
    "float32",
    "float64",
  ]),
  /** Shapes of the pyramid's levels, finest first; one entry when there is no pyramid. */
  levels: v.pipe(v.array(v.array(v.number())), v.maxLength(64)),
});
export type DataInfo = v.InferOutput<typeof DataInfo>;

/** What is known of a table's items. */
export const TableInfo = v.object({
  ...source,
  /** Items: points, shapes, vectors, vertices of tracks, faces of a surface. */
  count,
  ndim: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MAX_NDIM)),
  /** Data coordinates over all items, [least, greatest] for each axis; empty when there is none. */
  extent: v.pipe(v.array(v.tuple([finite, finite])), v.maxLength(MAX_NDIM)),
  /** Names of the features, and the words of those that are words (at most 1000, else none). */
  features: v.optional(v.pipe(v.array(name), v.maxLength(1024)), []),
});
export type TableInfo = v.InferOutput<typeof TableInfo>;
