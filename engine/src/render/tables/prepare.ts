/** Layers over tables: which drawing is whose. */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { TableSource } from "../../data/table.ts";
import type { Preparation } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { preparePoints } from "./points.ts";
import { prepareShapes } from "./shapes.ts";
import { prepareSurface } from "./surface.ts";
import { prepareTracks } from "./tracks.ts";
import { prepareVectors } from "./vectors.ts";

/**
 * Prepares a layer over a table; undefined when nothing of it is on the screen.
 * @throws TableError when the table lacks a column
 */
export function prepareTable(
  layer: TableLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  switch (layer.type) {
    case "points":
      return preparePoints(layer, source, context);
    case "shapes":
      return prepareShapes(layer, source, context);
    case "vectors":
      return prepareVectors(layer, source, context);
    case "surface":
      return prepareSurface(layer, source, context);
    case "tracks":
      return prepareTracks(layer, source, context);
  }
}
