/** What a layer holds, in a few words. */
import { isArrayLayer, type Layer } from "@eyepiece/protocol/scene/schema.ts";

const ITEMS = {
  points: ["point", "points"],
  shapes: ["shape", "shapes"],
  surface: ["triangle", "triangles"],
  tracks: ["vertex", "vertices"],
  vectors: ["vector", "vectors"],
} as const;

/** Shape and type of an array, or the number of items and axes. */
export function describeData(layer: Layer): string {
  if (isArrayLayer(layer)) {
    const { shape, dtype, levels } = layer.data;
    const colour = layer.type === "image" && layer.rgb ? ", colour" : "";
    return `${shape.join(" × ")} ${dtype}${colour}${levels.length > 1 ? `, ${levels.length} levels` : ""}`;
  }
  const { count, ndim } = layer.data;
  const [one, many] = ITEMS[layer.type];
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}, ${ndim}D`;
}
