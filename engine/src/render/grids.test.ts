import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addToGrid, cellGrid, coarsen } from "./arrays/skip-grid.ts";
import { gridCells, gridShape } from "./grid.ts";
import { GpuPool } from "./pool.ts";

describe("cells", () => {
  test("bounds hold every voxel that a linear sample in the cell touches, whatever the bricks", () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 1, max: 19 }),
          fc.integer({ min: 1, max: 11 }),
          fc.integer({ min: 1, max: 9 }),
        ),
        fc.integer({ min: 3, max: 20 }),
        fc.integer(),
        (shape, brick, seed) => {
          const [nx, ny, nz] = shape;
          const data = new Float32Array(nx * ny * nz).map((_, i) => Math.sin(i * 12.9898 + seed) * 100);
          const grid = cellGrid(shape, 4);
          for (let z = 0; z < nz; z += brick)
            for (let y = 0; y < ny; y += brick)
              for (let x = 0; x < nx; x += brick) {
                const size: [number, number, number] = [
                  Math.min(brick, nx - x),
                  Math.min(brick, ny - y),
                  Math.min(brick, nz - z),
                ];
                const part = new Float32Array(size[0] * size[1] * size[2]);
                for (let i = 0; i < part.length; i++) {
                  const px = x + (i % size[0]);
                  const py = y + (Math.floor(i / size[0]) % size[1]);
                  const pz = z + Math.floor(i / (size[0] * size[1]));
                  part[i] = data[(pz * ny + py) * nx + px] ?? 0;
                }
                addToGrid(grid, part, [x, y, z], size);
              }
          const near = (c: number, n: number): number[] =>
            Array.from({ length: 6 }, (_, k) => 4 * c - 1 + k).filter((i) => i >= 0 && i < n);
          for (let c = 0; c < grid.bounds.length / 2; c++) {
            const cx = c % grid.size[0];
            const cy = Math.floor(c / grid.size[0]) % grid.size[1];
            const cz = Math.floor(c / (grid.size[0] * grid.size[1]));
            const values = near(cz, nz).flatMap((z) =>
              near(cy, ny).flatMap((y) => near(cx, nx).map((x) => data[(z * ny + y) * nx + x] ?? 0)),
            );
            expect(grid.bounds[2 * c]).toBe(Math.min(...values));
            expect(grid.bounds[2 * c + 1]).toBe(Math.max(...values));
          }
          const coarse = coarsen(grid, shape, 16);
          expect(Math.min(...coarse.bounds)).toBe(Math.min(...data));
          expect(Math.max(...coarse.bounds)).toBe(Math.max(...data));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a voxel that is not a number opens its cell", () => {
    const grid = cellGrid([4, 4, 4], 4);
    const data = new Float32Array(64);
    data[21] = Number.NaN;
    addToGrid(grid, data, [0, 0, 0], [4, 4, 4]);
    expect([...grid.bounds]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe("grid mode", () => {
  const grid = { enabled: true, shape: [-1, -1] as [number, number], stride: 1, spacing: 0 };
  test("cells are filled row by row from the top left", () => {
    expect(gridShape(grid, 5)).toEqual([2, 3]);
    const cells = gridCells(grid, { width: 300, height: 200 }, 4);
    expect(cells.map(({ cell, layers }) => [cell.x, cell.y, ...layers])).toEqual([
      [0, 0, 0],
      [150, 0, 1],
      [0, 100, 2],
      [150, 100, 3],
    ]);
  });
  test("stride puts several layers in a cell; negative strides start with the last", () => {
    const layers = (stride: number) =>
      gridCells({ ...grid, stride }, { width: 2, height: 2 }, 4).map((one) => one.layers);
    expect(layers(2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(layers(-2)).toEqual([
      [2, 3],
      [0, 1],
    ]);
  });
});

test("the pool evicts the least recently used, never what the frame uses", () => {
  const destroyed: string[] = [];
  const pool = new GpuPool(20);
  const use = (key: string) =>
    pool.use(key, () => ({ value: { key }, bytes: 10, destroy: () => destroyed.push(key) }));
  pool.nextFrame();
  use("a");
  use("b");
  pool.nextFrame();
  use("a");
  use("c");
  expect(destroyed).toEqual(["b"]);
  use("d");
  expect(pool.bytes).toBe(30);
  pool.nextFrame();
  pool.setBudget(10);
  expect(destroyed).toEqual(["b", "a", "c"]);
});

test("what is dropped while a frame may draw it goes with the next one", () => {
  const destroyed: string[] = [];
  const pool = new GpuPool(100);
  const use = (key: string) =>
    pool.use(key, () => ({ value: { key }, bytes: 10, destroy: () => destroyed.push(key) }));
  use("volume/old");
  pool.nextFrame();
  use("volume/new");
  pool.drop("volume/");
  expect([destroyed, pool.bytes, pool.has("volume/new")]).toEqual([["volume/old"], 0, false]);
  use("volume/new");
  pool.nextFrame();
  expect(destroyed).toEqual(["volume/old", "volume/new"]);
  expect(pool.bytes).toBe(10);
});
