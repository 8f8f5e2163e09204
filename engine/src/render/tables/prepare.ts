/** Layers over tables: which drawing is whose. */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { TableSource } from "../../data/table.ts";
import type { Preparation } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";

/** Prepares a layer over a table; undefined when nothing of it is on the screen. */
export function prepareTable(
  _layer: TableLayer,
  _source: TableSource,
  _context: LayerContext,
): Preparation | undefined {
  return undefined;
}
