/** The grid's cells, as hands and overlays meet them: all cells share one camera. */
import type { Size } from "@eyepiece/engine/model/camera.ts";
import { type Cell, gridCells } from "@eyepiece/engine/render/grid.ts";
import type { Grid } from "@eyepiece/protocol/scene/schema.ts";

/** A place within the cell that it lies in. */
export interface CellPlace {
  readonly size: Size;
  readonly x: number;
  readonly y: number;
}

/** The cell under a place of the canvas, and the place in it. Between cells, and without a grid, the whole canvas. */
export function placeInCell(grid: Grid, canvas: Size, layers: number, x: number, y: number): CellPlace {
  const inside = (cell: Cell) =>
    x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height;
  const cell = gridCells(grid, canvas, layers).find((one) => inside(one.cell))?.cell;
  if (!cell) return { size: canvas, x, y };
  return { size: { width: cell.width, height: cell.height }, x: x - cell.x, y: y - cell.y };
}

/** What the camera has to fit its picture into. */
export function cellSize(grid: Grid, canvas: Size, layers: number): Size {
  const cell = gridCells(grid, canvas, layers)[0]?.cell;
  return cell ? { width: cell.width, height: cell.height } : canvas;
}
