/** Which points later ones cover. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Table } from "../../data/table.ts";
import type { LayerContext } from "../layer-context.ts";
import type { TableSlice } from "./frame.ts";
import type { PointRows } from "./point-rows.ts";
import type { PointsLook } from "./points.ts";

/** The points that can be seen. */
export function visiblePoints(
  _layer: PointsLayer,
  _table: Table,
  _slice: TableSlice,
  rows: PointRows,
  _look: PointsLook,
  _context: LayerContext,
): PointRows {
  return rows;
}
