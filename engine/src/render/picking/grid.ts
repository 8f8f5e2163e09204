/** Items in cells of equal size, by the boxes that they take up in two axes. */

/** Boxes of items: four numbers each (low vertical, low horizontal, high vertical, high horizontal). */
export type Boxes = Float64Array;

/** Finds items near a place without asking all of them. */
export class ItemGrid {
  readonly #low: readonly [number, number];
  readonly #perUnit: readonly [number, number];
  readonly #down: number;
  readonly #across: number;
  readonly #starts: Uint32Array;
  readonly #items: Uint32Array;
  /** Items that would take up too many cells; they are asked each time. */
  readonly #large: Uint32Array;

  /** @param boxes of all items; one that is not a number is nowhere */
  constructor(boxes: Boxes) {
    const count = boxes.length / 4;
    let [lowV, lowH, highV, highH] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < boxes.length; i += 4) {
      const [a, b, c, d] = [
        boxes[i] as number,
        boxes[i + 1] as number,
        boxes[i + 2] as number,
        boxes[i + 3] as number,
      ];
      if (a < lowV) lowV = a;
      if (b < lowH) lowH = b;
      if (c > highV) highV = c;
      if (d > highH) highH = d;
    }
    // About two items a cell.
    const side = Math.max(1, Math.min(1024, Math.round(Math.sqrt(count / 2))));
    this.#down = side;
    this.#across = side;
    this.#low = [Number.isFinite(lowV) ? lowV : 0, Number.isFinite(lowH) ? lowH : 0];
    this.#perUnit = [highV > lowV ? side / (highV - lowV) : 0, highH > lowH ? side / (highH - lowH) : 0];
    const large: number[] = [];
    const starts = new Uint32Array(side * side + 1);
    const each = (visit: (item: number, cell: number) => void, found?: number[]): void => {
      for (let item = 0; item < count; item++) {
        const at = item * 4;
        if (!((boxes[at] as number) <= (boxes[at + 2] as number))) continue;
        const v0 = this.#cell(0, boxes[at] as number);
        const v1 = this.#cell(0, boxes[at + 2] as number);
        const h0 = this.#cell(1, boxes[at + 1] as number);
        const h1 = this.#cell(1, boxes[at + 3] as number);
        if ((v1 - v0 + 1) * (h1 - h0 + 1) > MOST_CELLS) {
          found?.push(item);
          continue;
        }
        for (let v = v0; v <= v1; v++) for (let h = h0; h <= h1; h++) visit(item, v * side + h);
      }
    };
    each((_, cell) => {
      starts[cell + 1] = (starts[cell + 1] as number) + 1;
    }, large);
    for (let cell = 0; cell < side * side; cell++)
      starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
    const next = starts.slice();
    const items = new Uint32Array(starts.at(-1) ?? 0);
    each((item, cell) => {
      const at = next[cell] as number;
      items[at] = item;
      next[cell] = at + 1;
    });
    this.#starts = starts;
    this.#items = items;
    this.#large = Uint32Array.from(large);
  }

  /** Items whose box may meet a rectangle, the last one first, each once. */
  near(low: readonly [number, number], high: readonly [number, number]): Uint32Array {
    const found: number[] = [...this.#large];
    const [v0, v1] = [this.#cell(0, low[0]), this.#cell(0, high[0])];
    const [h0, h1] = [this.#cell(1, low[1]), this.#cell(1, high[1])];
    for (let v = v0; v <= v1; v++)
      for (let h = h0; h <= h1; h++) {
        const cell = v * this.#across + h;
        for (let i = this.#starts[cell] as number; i < (this.#starts[cell + 1] as number); i++)
          found.push(this.#items[i] as number);
      }
    const sorted = Uint32Array.from(found).sort().reverse();
    return sorted.filter((item, i) => i === 0 || sorted[i - 1] !== item);
  }

  #cell(k: 0 | 1, value: number): number {
    const cells = k === 0 ? this.#down : this.#across;
    return Math.min(cells - 1, Math.max(0, Math.floor((value - this.#low[k]) * this.#perUnit[k])));
  }
}

/** An item in more cells than this is kept apart. */
const MOST_CELLS = 64;
