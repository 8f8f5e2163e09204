import type { Grid } from "@eyepiece/protocol/scene/schema.ts";
import { expect, it } from "vitest";
import { cellSize, placeInCell } from "./cells.ts";

const canvas = { width: 800, height: 600 };
const grid = (enabled: boolean): Grid => ({ enabled, shape: [-1, -1], stride: 1, spacing: 0 });

it("without a grid the canvas is one cell", () => {
  expect(placeInCell(grid(false), canvas, 3, 500, 400)).toEqual({ size: canvas, x: 500, y: 400 });
  expect(cellSize(grid(false), canvas, 0)).toEqual(canvas);
});

it("places are found in their cells", () => {
  expect(placeInCell(grid(true), canvas, 4, 500, 400)).toEqual({
    size: { width: 400, height: 300 },
    x: 100,
    y: 100,
  });
  expect(cellSize(grid(true), canvas, 2)).toEqual({ width: 400, height: 600 });
});
