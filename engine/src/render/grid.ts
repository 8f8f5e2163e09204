/** napari's grid mode: which rectangle of the canvas a layer is drawn in. */
import type { Grid } from "@eyepiece/protocol/scene/schema.ts";
import type { Size } from "../model/camera.ts";

/** A rectangle in canvas pixels. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The grid's resolved [rows, columns] for a number of layers. */
export function gridShape(grid: Grid, layers: number): [number, number] {
  const cells = Math.max(1, Math.ceil(layers / Math.max(1, Math.abs(grid.stride))));
  let [rows, columns] = grid.shape;
  if (rows <= 0 && columns <= 0) {
    columns = Math.ceil(Math.sqrt(cells));
    rows = Math.ceil(cells / columns);
  } else if (rows <= 0) rows = Math.ceil(cells / columns);
  else if (columns <= 0) columns = Math.ceil(cells / rows);
  return [Math.max(1, rows), Math.max(1, columns)];
}

/** The cells of a canvas, each with the indices of its layers, bottom to top. Without a grid: one cell with all. */
export function gridCells(grid: Grid, size: Size, layers: number): { cell: Cell; layers: number[] }[] {
  const all = Array.from({ length: layers }, (_, i) => i);
  if (!grid.enabled) return [{ cell: { x: 0, y: 0, ...size }, layers: all }];
  const [rows, columns] = gridShape(grid, layers);
  // A spacing below 1 is a share of a cell.
  const share = (size.width / columns + size.height / rows) / 2;
  const spacing = grid.spacing < 1 ? Math.floor(grid.spacing * share) : grid.spacing;
  const width = (size.width - spacing * (columns - 1)) / columns;
  const height = (size.height - spacing * (rows - 1)) / rows;
  const stride = Math.max(1, Math.abs(grid.stride));
  const found = Array.from({ length: rows * columns }, (_, i) => ({
    cell: {
      x: (i % columns) * (width + spacing),
      y: Math.floor(i / columns) * (height + spacing),
      width,
      height,
    },
    layers: [] as number[],
  }));
  for (const index of all) {
    const order = grid.stride < 0 ? layers - 1 - index : index;
    found[Math.floor(order / stride) % found.length]?.layers.push(index);
  }
  return found.filter((one) => one.layers.length > 0);
}
