/** Which places of a scrubbed or played axis come next: what the view did tells. Pure. */
import type { View } from "@eyepiece/protocol/scene/schema.ts";

type Point = View["dims"]["point"];

/** Steps that are looked ahead at least, and at most. */
const FEWEST = 2;
const MOST = 10;
/** A pause of so many milliseconds ends a movement. */
const PAUSE_MS = 2000;

/** Of reads, while an axis is scrubbed: without it a hand that is faster than they are would cancel each of them, and see nothing. */
export const SCRUB_PATIENCE = { blankMs: 200, coarseMs: 40 } as const;

/** Watches where a view is and expects that it goes on as it went. */
export class Scrub {
  #point: Point | undefined;
  #at = 0;
  #axis = -1;
  /** World units from one place to the next. */
  #stride = 0;
  /** Milliseconds from one place to the next. */
  #stepMs = 0;

  /** The view is here now. */
  observe(view: View, nowMs: number): void {
    const { point } = view.dims;
    const before = this.#point;
    if (before !== undefined && before.length === point.length && before.every((at, i) => at === point[i]))
      return;
    const moved = point.flatMap((at, axis) => (at === before?.[axis] ? [] : [axis]));
    const [axis = -1] = moved;
    const took = nowMs - this.#at;
    if (before === undefined || before.length !== point.length || moved.length !== 1) this.#axis = -1;
    else {
      const stride = (point[axis] ?? 0) - (before[axis] ?? 0);
      // Back to the start at the end of a loop is no change of direction.
      const [start = 0, stop = 0] = view.dims.range[axis] ?? [];
      const wraps = axis === this.#axis && Math.abs(stride) > (stop - start) / 2;
      const same = axis === this.#axis && Math.sign(stride) === Math.sign(this.#stride) && took < PAUSE_MS;
      if (!wraps) {
        this.#stepMs = same && this.#stepMs > 0 ? this.#stepMs + 0.3 * (took - this.#stepMs) : took;
        this.#stride = stride;
      }
      this.#axis = axis;
    }
    this.#point = point;
    this.#at = nowMs;
  }

  /**
   * Where the view will be, soonest first; none when it does not go along one axis.
   * @param readMs what reading what one place needs takes
   */
  ahead(view: View, readMs: number): Point[] {
    const { range, point } = view.dims;
    const axis = this.#axis;
    const [start = 0, stop = 0, step = 1] = range[axis] ?? [];
    if (
      axis < 0 ||
      this.#stride === 0 ||
      stop <= start ||
      view.dims.order.slice(-view.dims.ndisplay).includes(axis)
    )
      return [];
    const count = Math.min(MOST, FEWEST + Math.ceil(readMs / Math.max(1, this.#stepMs)));
    const size = Math.floor((stop - start) / (step || 1) + 1e-6) * (step || 1) + (step || 1);
    const places: Point[] = [];
    for (let i = 1; i <= count; i++) {
      const wanted = (point[axis] ?? 0) + i * this.#stride - start;
      // Played axes begin again at their end.
      const at = start + (((wanted % size) + size) % size);
      if (at === point[axis]) break;
      places.push(point.map((value, k) => (k === axis ? at : value)));
    }
    return places;
  }
}
