/** Faces of a surface under a canvas point, with the value there. */
import type { SurfaceLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { TableSource } from "../../data/table.ts";
import { surfaceView, valuesOf } from "../tables/surface-mesh.ts";
import type { PickedItem, PickQuestion } from "./pick.ts";
import { trianglesAt } from "./triangles.ts";

/** Faces that the question meets, the last drawn first. */
export function* surfaceCandidates(
  layer: SurfaceLayer,
  { table }: TableSource,
  question: PickQuestion,
): Generator<PickedItem> {
  const view = surfaceView(layer, table, question.view.dims);
  if (view === undefined) return;
  const { positions, faces, rows, origin } = view;
  const values = table.columns.has("values") ? valuesOf(table, view) : undefined;
  for (const { triangle, depth, shares } of trianglesAt({ positions, indices: faces, origin }, question)) {
    const value =
      values &&
      shares.reduce((sum, share, k) => sum + share * (values[faces[triangle * 3 + k] ?? 0] ?? 0), 0);
    yield { index: rows?.[triangle] ?? triangle, depth, ...(value !== undefined && { value }) };
  }
}
