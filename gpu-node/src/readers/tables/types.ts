/** What files of items give. */
import type { Table } from "@eyepiece/engine/data/table.ts";

/** One layer to be of points, shapes, tracks or a surface; columns as `engine/src/model/columns.ts` names them. */
export interface TableResult {
  readonly kind: "points" | "shapes" | "tracks" | "surface";
  readonly table: Table;
  readonly defaults: { readonly name: string; readonly axis_labels?: string[] };
  /** What was opened, for people. */
  readonly label: string;
}
