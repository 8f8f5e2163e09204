/** Operations on the items of a layer, and what takes them back. */
import type { ItemOp } from "@eyepiece/protocol/scene/schema.ts";
import { type Table, TableError } from "../data/table.ts";
import { insertRows, type RowDefaults, removeRows, setRows, takeRows } from "../data/table-rows.ts";
import { SYMBOLS } from "./columns.ts";
import type { FeaturedLayer } from "./label-features.ts";

/** What new items of a layer get where nothing is said: its current values. */
export function itemDefaults(layer: FeaturedLayer): RowDefaults {
  switch (layer.type) {
    case "points":
      return new Map([
        ["size", [layer.current_size]],
        ["symbol", [SYMBOLS.indexOf(layer.current_symbol)]],
        ["face_color", layer.current_face_color],
        ["border_color", layer.current_border_color],
        ["border_width", [layer.current_border_width]],
        ["shown", [1]],
      ]);
    case "shapes":
      return new Map([
        ["edge_width", [layer.current_edge_width]],
        ["edge_color", layer.current_edge_color],
        ["face_color", layer.current_face_color],
        ["z_index", [0]],
      ]);
    case "vectors":
      return new Map([["edge_color", [1, 0, 0, 1]]]);
    case "labels":
    case "surface":
    case "tracks":
      return new Map();
  }
}

/** A table after an operation, and the operation that restores it. */
export interface AppliedItems {
  readonly table: Table;
  readonly inverse: ItemOp;
}

/** Carries out an operation on items. The old table is not touched. @throws TableError when it does not fit */
export function applyItems(table: Table, layer: FeaturedLayer, op: ItemOp): AppliedItems {
  if (!layer.editable) throw new TableError(`${layer.name} is not editable.`);
  const { id } = op;
  switch (op.op) {
    case "items.insert": {
      const done = insertRows(table, op.rows, itemDefaults(layer), op.indices);
      return { table: done.table, inverse: { op: "items.remove", id, indices: [...done.indices] } };
    }
    case "items.remove": {
      const rows = takeRows(table, op.indices);
      return {
        table: removeRows(table, op.indices),
        inverse: { op: "items.insert", id, rows, indices: op.indices },
      };
    }
    case "items.set": {
      const rows = takeRows(table, op.indices, op.rows);
      return {
        table: setRows(table, op.indices, op.rows),
        inverse: { op: "items.set", id, indices: op.indices, rows },
      };
    }
  }
}
