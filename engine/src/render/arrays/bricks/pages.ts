/** The table that leads a ray from a place to the slot of the finest brick that is here. Pure. */
import type { Vector3 } from "../../../model/matrix.ts";
import { type BrickLevel, EDGE, type Selected } from "./select.ts";

/** What of a slot the table tells. */
export interface Slot {
  /** Place in the atlas, in slots. */
  readonly at: Vector3;
  /** Bounds of its values, in the texture's units. */
  readonly min: number;
  readonly max: number;
}

/** The part of a level that the table covers. */
export interface Window {
  readonly level: number;
  /** First brick. */
  readonly low: Vector3;
  /** Bricks along x, y, z. */
  readonly size: Vector3;
  /** Its first cell's place in the table. */
  readonly start: number;
}

/** Four floats a cell: slot (x + 64 y + 4096 z; -1: nothing), level, min, max. */
export interface Pages {
  readonly windows: readonly Window[];
  readonly cells: Float32Array<ArrayBuffer>;
}

/** Slots along one axis of an atlas, at most. */
export const SLOTS = 64;

/** @param slotOf the slot of a brick that is in the atlas */
export function makePages(
  levels: readonly BrickLevel[],
  selected: readonly Selected[],
  slotOf: (brick: Selected) => Slot | undefined,
): Pages {
  const windows = windowsOf(selected);
  const cells = new Float32Array(4 * windows.reduce((sum, { size }) => sum + size[0] * size[1] * size[2], 0));
  cells.fill(-1);
  const own = new Map<number, Float32Array>();
  for (const brick of selected) {
    const window = windows.find(({ level }) => level === brick.level);
    const slot = slotOf(brick);
    if (window === undefined || slot === undefined) continue;
    const cell = cellOf(window, brick.index);
    const [x, y, z] = slot.at;
    own.set(cell, Float32Array.of(x + SLOTS * (y + SLOTS * z), brick.level, slot.min, slot.max));
  }
  // Coarse levels first: finer ones take from them what they lack.
  const done: Window[] = [];
  for (const window of windows.toReversed()) {
    const level = levels[window.level];
    const [nx, ny, nz] = window.size;
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++) {
          const cell = window.start + (z * ny + y) * nx + x;
          const found = own.get(cell);
          if (found !== undefined) cells.set(found, 4 * cell);
          else if (level !== undefined) {
            const index: Vector3 = [window.low[0] + x, window.low[1] + y, window.low[2] + z];
            const from = standIn(levels, done, level, index);
            if (from !== undefined) cells.copyWithin(4 * cell, 4 * from, 4 * from + 4);
          }
        }
    done.unshift(window);
  }
  return { windows, cells };
}

function windowsOf(selected: readonly Selected[]): Window[] {
  const boxes = new Map<number, { low: number[]; high: number[] }>();
  for (const { level, index } of selected) {
    const box = boxes.get(level);
    if (box === undefined) boxes.set(level, { low: [...index], high: [...index] });
    else
      for (let k = 0; k < 3; k++) {
        box.low[k] = Math.min(box.low[k] ?? 0, index[k] ?? 0);
        box.high[k] = Math.max(box.high[k] ?? 0, index[k] ?? 0);
      }
  }
  let start = 0;
  return [...boxes]
    .sort(([a], [b]) => a - b)
    .map(([level, { low, high }]): Window => {
      const size = low.map((from, k) => (high[k] ?? 0) - from + 1) as unknown as Vector3;
      const window = { level, low: low as unknown as Vector3, size, start };
      start += size[0] * size[1] * size[2];
      return window;
    });
}

function cellOf({ low, size, start }: Window, index: Vector3): number {
  return start + ((index[2] - low[2]) * size[1] + index[1] - low[1]) * size[0] + index[0] - low[0];
}

/** The cell of the finest coarser window that holds the middle of a brick. */
function standIn(
  levels: readonly BrickLevel[],
  windows: readonly Window[],
  level: BrickLevel,
  index: Vector3,
): number | undefined {
  for (const window of windows) {
    const coarser = levels[window.level];
    if (coarser === undefined) continue;
    const place = (k: 0 | 1 | 2): number => {
      // A brick that is cropped has its middle inside the level.
      const middle = (index[k] * EDGE + Math.min((index[k] + 1) * EDGE, level.shape[k])) / 2;
      const texel = (middle - level.offset[k]) / level.scale[k];
      const own = Math.floor((texel * coarser.scale[k] + coarser.offset[k]) / EDGE);
      return Math.min(Math.ceil(coarser.shape[k] / EDGE) - 1, Math.max(0, own));
    };
    const at: Vector3 = [place(0), place(1), place(2)];
    if (
      at.every((one, k) => one >= (window.low[k] ?? 0) && one < (window.low[k] ?? 0) + (window.size[k] ?? 0))
    )
      return cellOf(window, at);
  }
  return undefined;
}
