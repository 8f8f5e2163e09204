/** Shapes under a canvas point: their faces and edges as they are drawn. */
import { column, type TableSource } from "../../data/table.ts";
import { originOf } from "../tables/layout.ts";
import { shapeIndices, shapeOrder, shapesMeshOf } from "../tables/shapes.ts";
import type { PickedItem, PickQuestion } from "./pick.ts";
import { trianglesAt } from "./triangles.ts";

/** Shapes that the question meets, the last drawn first. */
export function* shapeCandidates(source: TableSource, question: PickQuestion): Generator<PickedItem> {
  const { slice } = question;
  const { table } = source;
  const order = shapeOrder(table, slice.hidden);
  if (order.length === 0) return;
  const origin = originOf(column(table, "vertices"), slice.displayed);
  const mesh = shapesMeshOf(source, slice.displayed, origin);
  const { indices, starts } = shapeIndices(mesh, order);
  for (const { triangle, depth } of trianglesAt({ positions: mesh.vertices, indices, origin }, question)) {
    yield { index: order[shapeOf(starts, triangle * 3)] ?? 0, depth };
  }
}

/** Which entry of the order an index belongs to: the last start that is not beyond it. */
function shapeOf(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
