/** Hands on points: add, choose, move, delete. */
import { column } from "@eyepiece/engine/data/table.ts";
import type { PointsLayer, Rows } from "@eyepiece/protocol/scene/schema.ts";
import type { OverlayItem } from "../worker/api.ts";
import { clipboard, type ItemsHost } from "./items-host.ts";
import type { Space } from "./space.ts";
import { NoTool, type Touch } from "./tool.ts";

/** A press that moves less is a click, in CSS pixels; napari's. */
export const CLICK = 5;
/** What is chosen is drawn in this colour. */
export const CHOSEN = "#5cc8ff";
/** Moves go to the node this often while the pointer is down. */
const SEND_MS = 80;

type Drag =
  | { readonly kind: "press"; readonly from: Touch; last: Touch }
  | { readonly kind: "box"; readonly from: Touch; last: Touch; readonly before: readonly number[] }
  | {
      readonly kind: "move";
      readonly from: Touch;
      last: Touch;
      start: MoveStart | undefined;
      readonly merge: string;
    };

/** The chosen points as they were when the drag began. */
interface MoveStart {
  readonly indices: readonly number[];
  readonly positions: readonly number[];
  readonly from: readonly number[];
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** See the file's comment. */
export class PointsTool extends NoTool {
  override readonly cursor: string;
  readonly #items: ItemsHost<PointsLayer>;
  readonly #mode: string;
  #drag: Drag | undefined;
  #hover: number | undefined;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(items: ItemsHost<PointsLayer>, mode: string) {
    super();
    this.#items = items;
    this.#mode = mode;
    this.cursor = mode === "add" ? "crosshair" : "default";
  }

  override down(touch: Touch): boolean {
    if (!this.#items.at()) return false;
    if (this.#mode === "add") {
      this.#drag = { kind: "press", from: touch, last: touch };
      return true;
    }
    const at = { x0: touch.x, y0: touch.y, x1: touch.x, y1: touch.y };
    const found = this.#items.within(at);
    const before = touch.shift ? this.#items.chosen : [];
    if (found instanceof Promise) {
      this.#drag = { kind: "box", from: touch, last: touch, before };
      const drag = this.#drag;
      void found.then((items) => {
        if (items.length > 0 && this.#drag === drag) this.#grab(items[0] ?? 0, touch);
      });
    } else if (found.length > 0) this.#grab(found[0] ?? 0, touch);
    else this.#drag = { kind: "box", from: touch, last: touch, before };
    this.#items.host.redraw();
    return true;
  }

  /** The pointer is on an item: it is chosen, or with Shift no longer, and follows the pointer. */
  #grab(item: number, touch: Touch): void {
    const { chosen } = this.#items;
    if (touch.shift)
      this.#items.choose(chosen.includes(item) ? chosen.filter((one) => one !== item) : [...chosen, item]);
    else if (!chosen.includes(item)) this.#items.choose([item]);
    const merge = this.#items.host.session.newMerge();
    this.#drag = { kind: "move", from: touch, last: touch, start: undefined, merge };
  }

  override move(touches: readonly Touch[]): void {
    const last = touches.at(-1);
    if (!last || !this.#drag) return;
    this.#drag.last = last;
    if (this.#drag.kind === "move") {
      this.#begin(this.#drag);
      this.#later();
    }
    this.#items.host.redraw();
  }

  override up(touch: Touch): void {
    const drag = this.#drag;
    this.#drag = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!drag) return;
    drag.last = touch;
    const far = Math.hypot(touch.x - drag.from.x, touch.y - drag.from.y);
    if (drag.kind === "press") {
      if (far < CLICK) this.#add(touch);
    } else if (drag.kind === "move") {
      if (far > 0) this.#moveTo(drag);
    } else if (far < CLICK) this.#items.choose(drag.before);
    else void this.#chooseBox(drag);
    this.#items.host.redraw();
  }

  override cancel(): void {
    const drag = this.#drag;
    this.#drag = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (drag?.kind === "move" && drag.start && this.#sentAt > 0) this.#items.host.session.undo();
    this.#items.host.redraw();
  }

  override hover(touch: Touch | undefined): void {
    const table = this.#items.table();
    const found =
      touch && table && this.#mode === "select"
        ? this.#items.within({ x0: touch.x, y0: touch.y, x1: touch.x, y1: touch.y })
        : [];
    const [item] = Array.isArray(found) ? (found as readonly number[]) : [];
    if (item === this.#hover) return;
    this.#hover = item;
    this.#items.host.redraw();
  }

  /** The second press of two is a point more, as the first was. */
  override double(): boolean {
    return true;
  }

  override key(name: string): boolean {
    const at = this.#items.at();
    if (!at) return false;
    const { chosen } = this.#items;
    const arrow = ARROWS[name.replace("S-", "")];
    if (["Delete", "Backspace", "1"].includes(name)) {
      if (chosen.length === 0) return false;
      this.#items.remove();
    } else if (name === "a" || name === "C-a") void this.#chooseShown();
    else if (name === "S-a") this.#items.choose(Array.from({ length: this.#items.count }, (_, i) => i));
    else if (name === "C-c") this.#copy();
    else if (name === "C-v") this.#paste();
    else if (name === "Escape" && chosen.length > 0) this.#items.choose([]);
    else if (arrow && chosen.length > 0 && this.#mode === "select") {
      const by = name.startsWith("S-") ? 10 : 1;
      this.#nudge(at.space, [arrow[0] * by, arrow[1] * by]);
    } else return false;
    return true;
  }

  override overlay(): readonly OverlayItem[] {
    const at = this.#items.at();
    if (!at) return [];
    const { space } = at;
    const items: OverlayItem[] = [];
    const chosen = this.#items.rows();
    const unit = space.pixels / (this.#items.host.session.view.peek()?.camera.zoom ?? 1);
    if (chosen) {
      const { rows } = chosen;
      const shift =
        this.#drag?.kind === "move" && this.#drag.start ? this.#shift(this.#drag, space) : undefined;
      const positions =
        shift && this.#drag?.kind === "move"
          ? (this.#drag.start?.positions ?? [])
          : (rows.columns.position ?? []);
      const points: number[] = [];
      const sizes: number[] = [];
      for (let i = 0; i < rows.count; i++) {
        const own = positions.slice(i * space.ndim, (i + 1) * space.ndim).map((value) => value ?? 0);
        const size = rows.columns.size?.[i] ?? 1;
        if (!inSlice(own, space)) continue;
        points.push(...space.toScene(shift ? own.map((value, axis) => value + (shift[axis] ?? 0)) : own));
        sizes.push(Math.max(size * unit, 6 / (space.pixels / unit)));
      }
      items.push({ form: "ring", points, world: sizes, stroke: CHOSEN, width: 2 });
    }
    const table = this.#items.table()?.table;
    if (this.#hover !== undefined && table && this.#hover < table.count) {
      const position = column(table, "position").data.subarray(
        this.#hover * space.ndim,
        (this.#hover + 1) * space.ndim,
      );
      const world = (column(table, "size").data[this.#hover] ?? 1) * unit;
      items.push({ form: "ring", points: space.toScene([...position]), world, stroke: "#fff", width: 1 });
    }
    if (this.#drag?.kind === "box") items.push(rectangle(this.#drag.from, this.#drag.last, space));
    return items;
  }

  #shift(drag: Extract<Drag, { kind: "move" }>, space: Space): number[] {
    const to = space.toData(drag.last.x, drag.last.y);
    return to.map((value, axis) => value - (drag.start?.from[axis] ?? value));
  }

  #later(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#drag?.kind === "move") this.#moveTo(this.#drag);
    }, SEND_MS);
  }

  /** Notes where the chosen points were. */
  #begin(drag: Extract<Drag, { kind: "move" }>): void {
    const at = this.#items.at();
    const chosen = drag.start ? undefined : this.#items.rows();
    if (!at || !chosen || chosen.indices.length === 0) return;
    const positions = (chosen.rows.columns.position ?? []).map((value) => value ?? 0);
    drag.start = { indices: chosen.indices, positions, from: at.space.toData(drag.from.x, drag.from.y) };
  }

  /** Sends where the chosen points are now. */
  #moveTo(drag: Extract<Drag, { kind: "move" }>): void {
    const at = this.#items.at();
    if (!at) return;
    this.#begin(drag);
    if (!drag.start) return;
    this.#sentAt = performance.now();
    this.#place(drag.start, this.#shift(drag, at.space), drag.merge);
  }

  #place(
    { indices, positions }: Pick<MoveStart, "indices" | "positions">,
    shift: readonly number[],
    merge: string,
  ): void {
    const at = this.#items.at();
    if (!at) return;
    const n = at.space.ndim;
    const position = positions.map((value, i) => value + (shift[i % n] ?? 0));
    const rows: Rows = { count: indices.length, columns: { position }, features: {} };
    this.#items.send([{ op: "items.set", id: at.layer.id, indices: [...indices], rows }], merge);
  }

  #nudge(space: Space, [down, right]: readonly [number, number]): void {
    const chosen = this.#items.rows();
    if (!chosen) return;
    const shift = new Array<number>(space.ndim).fill(0);
    const [v, h] = space.displayed.slice(-2);
    if (v !== undefined) shift[v] = down;
    if (h !== undefined) shift[h] = right;
    const positions = (chosen.rows.columns.position ?? []).map((value) => value ?? 0);
    this.#place({ indices: chosen.indices, positions }, shift, "");
  }

  #add({ x, y }: Touch): void {
    const at = this.#items.at();
    if (!at) return;
    const { layer, space } = at;
    const rows: Rows = { count: 1, columns: { position: space.toData(x, y) }, features: {} };
    const next = this.#items.count;
    this.#items.send([{ op: "items.insert", id: layer.id, rows }]);
    this.#items.choose([next]);
  }

  async #chooseBox({ from, last, before }: Extract<Drag, { kind: "box" }>): Promise<void> {
    const found = await this.#items.within({ x0: from.x, y0: from.y, x1: last.x, y1: last.y });
    this.#items.choose([...before, ...found]);
  }

  async #chooseShown(): Promise<void> {
    const size = this.#items.host.session.size;
    if (size) this.#items.choose(await this.#items.within({ x0: 0, y0: 0, x1: size.width, y1: size.height }));
  }

  #copy(): void {
    const chosen = this.#items.rows();
    if (!chosen) return;
    clipboard.type = "points";
    clipboard.rows = chosen.rows;
  }

  /** Into the slice that is shown. */
  #paste(): void {
    const at = this.#items.at();
    const { type, rows } = clipboard;
    if (!at || type !== "points" || !rows) return;
    const { layer, space } = at;
    const n = space.ndim;
    const old = rows.columns.position ?? [];
    if (old.length !== rows.count * n) return;
    const position = old.map((value, i) => {
      const hidden = space.hidden.indexOf(i % n);
      return hidden < 0 ? value : (space.cut[hidden] ?? value);
    });
    const features = Object.fromEntries(
      Object.entries(rows.features).filter(([name]) => layer.data.features.includes(name)),
    );
    const fresh: Rows = { ...rows, columns: { ...rows.columns, position }, features };
    const next = this.#items.count;
    this.#items.send([{ op: "items.insert", id: layer.id, rows: fresh }]);
    this.#items.choose(Array.from({ length: rows.count }, (_, i) => next + i));
  }
}

/** Whether a point shows in the slice: within half a step of it, as napari cuts. */
export function inSlice(position: readonly number[], space: Space): boolean {
  return space.hidden.every((axis, i) => Math.abs((position[axis] ?? 0) - (space.cut[i] ?? 0)) <= 0.5 + 1e-9);
}

/** The rectangle that is dragged over the canvas. */
export function rectangle(from: Touch, to: Touch, space: Space): OverlayItem {
  const corners = [
    [from.x, from.y],
    [to.x, from.y],
    [to.x, to.y],
    [from.x, to.y],
  ] as const;
  const points = corners.flatMap(([x, y]) => [...space.toScene(space.toData(x, y))]);
  return { form: "area", points, closed: true, stroke: CHOSEN, fill: "rgb(92 200 255 / 15%)", width: 1 };
}
