/** Edits of shapes that take one press: vertices more and less, order, the clipboard. */
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import type { Rows, SceneOp, ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import { segmentDistance, shapeTypeOf, verticesOf } from "../items/geometry.ts";
import { clipboard, type ItemsHost } from "./items-host.ts";
import { isNear, rowsOf } from "./shape-places.ts";
import type { Space } from "./space.ts";
import type { Touch } from "./tool.ts";

/** A vertex more on the edge of a chosen shape (of any, where none is chosen) that is under the pointer. */
export function insertVertex(items: ItemsHost<ShapesLayer>, touch: Touch, space: Space): void {
  const table = items.table()?.table;
  const id = items.at()?.layer.id;
  if (!table || id === undefined) return;
  const all = Array.from({ length: table.count }, (_, i) => i);
  const rows = items.chosen.length > 0 ? items.chosen : all;
  let best = { distance: touch.reach, row: -1, after: 0 };
  for (const row of rows) {
    const type = shapeTypeOf(table, row);
    if (type === "ellipse") continue;
    const places = verticesOf(table, row).map((vertex) => space.toCanvas(vertex));
    const closed = type === "rectangle" || type === "polygon";
    for (let i = 0; i < places.length - (closed ? 0 : 1); i++) {
      const [a, b] = [places[i], places[(i + 1) % places.length]];
      if (!a || !b) continue;
      const { distance } = segmentDistance([touch.y, touch.x], [a.y, a.x], [b.y, b.x]);
      if (distance < best.distance) best = { distance, row, after: i };
    }
  }
  if (best.row < 0) return;
  const before = verticesOf(table, best.row);
  const fresh = before.toSpliced(best.after + 1, 0, space.toData(touch.x, touch.y));
  const kind = shapeTypeOf(table, best.row);
  const type = kind === "rectangle" ? "polygon" : kind === "line" ? "path" : kind;
  const changed = rowsOf([fresh], [SHAPE_TYPES.indexOf(type)]);
  items.send([{ op: "items.set", id, indices: [best.row], rows: changed }]);
  items.choose([best.row]);
}

/** A vertex less; a shape that has too few goes. */
export function removeVertex(items: ItemsHost<ShapesLayer>, touch: Touch, space: Space): void {
  const table = items.table()?.table;
  const id = items.at()?.layer.id;
  if (!table || id === undefined) return;
  for (let row = table.count - 1; row >= 0; row--) {
    const kind = shapeTypeOf(table, row);
    if (kind === "ellipse") continue;
    const vertices = verticesOf(table, row);
    const vertex = vertices.findIndex((place) => isNear(touch, space.toCanvas(place)));
    if (vertex < 0) continue;
    const left = vertices.toSpliced(vertex, 1);
    const type = kind === "rectangle" ? "polygon" : kind;
    const few = left.length < (type === "polygon" ? 3 : 2);
    const op: SceneOp = few
      ? { op: "items.remove", id, indices: [row] }
      : { op: "items.set", id, indices: [row], rows: rowsOf([left], [SHAPE_TYPES.indexOf(type)]) };
    items.send([op]);
    return;
  }
}

/** Brings the chosen shapes before all others, or behind them. */
export function orderShapes(items: ItemsHost<ShapesLayer>, front: boolean): void {
  const table = items.table()?.table;
  const at = items.at();
  const { chosen } = items;
  const all = table?.columns.get("z_index")?.data;
  if (!all || !at || chosen.length === 0) return;
  const ends = Array.from(all);
  const z = front ? Math.max(...ends) + 1 : Math.min(...ends) - 1;
  const rows: Rows = { count: 1, columns: { z_index: [z] }, features: {} };
  items.send([{ op: "items.set", id: at.layer.id, indices: [...chosen], rows }]);
}

/** Adds the shapes of the clipboard, in the slice that is shown. */
export function pasteShapes(items: ItemsHost<ShapesLayer>, layer: ShapesLayer, space: Space): void {
  const { type, rows } = clipboard;
  if (type !== "shapes" || !rows) return;
  const n = space.ndim;
  const numbers = rows.columns.vertices ?? [];
  if (numbers.length !== (rows.lengths ?? []).reduce((sum, length) => sum + length * n, 0)) return;
  const vertices = numbers.map((value, i) => {
    const hidden = space.hidden.indexOf(i % n);
    return hidden < 0 ? value : (space.cut[hidden] ?? value);
  });
  const features = Object.fromEntries(
    Object.entries(rows.features).filter(([name]) => layer.data.features.includes(name)),
  );
  const next = items.count;
  const fresh: Rows = { ...rows, columns: { ...rows.columns, vertices }, features };
  items.send([{ op: "items.insert", id: layer.id, rows: fresh }]);
  items.choose(Array.from({ length: rows.count }, (_, i) => next + i));
}
