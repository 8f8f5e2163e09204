/** Vectors under a canvas point. */
import type { VectorsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type TableSource } from "../../data/table.ts";
import { originOf } from "../tables/layout.ts";
import { vectorRows, vectorsMeshOf } from "../tables/vectors.ts";
import type { PickedItem, PickQuestion } from "./pick.ts";
import { trianglesAt } from "./triangles.ts";

/** Vectors that the question meets, the last drawn first. */
export function* vectorCandidates(
  layer: VectorsLayer,
  source: TableSource,
  question: PickQuestion,
): Generator<PickedItem> {
  const { slice } = question;
  const { table } = source;
  const rows = vectorRows(layer, source, slice.hidden);
  const shown = rows === undefined ? undefined : new Set(rows);
  const origin = originOf(column(table, "position"), slice.displayed);
  const mesh = vectorsMeshOf(layer, source, slice.displayed, origin);
  const each = mesh.indicesEach / 3;
  const triangles = { positions: mesh.vertices, indices: mesh.triangles, origin };
  for (const { triangle, depth } of trianglesAt(triangles, question)) {
    const index = Math.floor(triangle / each) % table.count;
    if (shown === undefined || shown.has(index)) yield { index, depth };
  }
}
