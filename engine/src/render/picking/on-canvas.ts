/** Items under places of the whole canvas, grid or not. */
import type { Scene, TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import type { TableSource } from "../../data/table.ts";
import type { Size } from "../../model/camera.ts";
import { gridCells } from "../grid.ts";
import { itemsIn, pickItem } from "./pick.ts";

/** A rectangle of the canvas; a point when both corners are one. */
export interface CanvasBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Rows of the items in a rectangle, rising; of a point at most one: the item that is seen there. */
export function itemsOnCanvas(
  scene: Scene,
  layer: TableLayer,
  source: TableSource,
  view: View,
  canvas: Size,
  box: CanvasBox,
): number[] {
  const index = scene.layers.findIndex(({ id }) => id === layer.id);
  const cell = gridCells(view.grid, canvas, scene.layers.length).find(({ layers }) =>
    layers.includes(index),
  )?.cell;
  const size = cell ?? canvas;
  const [left, top] = [cell?.x ?? 0, cell?.y ?? 0];
  const { x0, y0, x1, y1 } = box;
  if (x0 === x1 && y0 === y1) {
    const item = pickItem(layer, source, view, size, { x: x0 - left, y: y0 - top });
    return item === undefined ? [] : [item.index];
  }
  return [
    ...itemsIn(layer, source, view, size, { x0: x0 - left, y0: y0 - top, x1: x1 - left, y1: y1 - top }),
  ];
}
