/** Hands on shapes that are there: choose, move, scale, turn; vertices; order. */
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import { shapeOutline } from "@eyepiece/engine/model/geometry/shape.ts";
import type { ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import {
  type Affine2,
  applied2,
  boxOf,
  type Flat,
  handled,
  handlesOf,
  moved,
  shapeTypeOf,
  verticesOf,
} from "../items/geometry.ts";
import type { OverlayItem } from "../worker/api.ts";
import { clipboard, type ItemsHost } from "./items-host.ts";
import { CHOSEN, CLICK, rectangle } from "./points-tool.ts";
import { insertVertex, orderShapes, pasteShapes, removeVertex } from "./shape-edits.ts";
import { flat, isNear, rowsOf, unflat, unitsOf } from "./shape-places.ts";
import type { Space } from "./space.ts";
import { NoTool, type Touch } from "./tool.ts";

/** Changes go to the node this often while the pointer is down. */
const SEND_MS = 80;
/** The handle that turns is so far from the box, in CSS pixels. */
const AWAY = 24;

/** Chosen shapes: their rows, kinds and vertices. */
interface Chosen {
  readonly indices: readonly number[];
  readonly vertices: readonly (readonly number[])[][];
}

type Drag =
  | { readonly kind: "box"; readonly from: Touch; last: Touch; readonly before: readonly number[] }
  | {
      readonly kind: "change";
      readonly from: Touch;
      last: Touch;
      readonly start: Chosen;
      readonly motion: (to: Flat, even: boolean) => Affine2;
      readonly merge: string;
    }
  | {
      readonly kind: "vertex";
      readonly from: Touch;
      last: Touch;
      readonly row: number;
      readonly vertex: number;
      readonly start: readonly (readonly number[])[];
      readonly type: number;
      readonly merge: string;
    };

/** See the file's comment. */
export class ShapesTool extends NoTool {
  override readonly cursor: string;
  readonly #items: ItemsHost<ShapesLayer>;
  readonly #mode: string;
  #drag: Drag | undefined;
  #sent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hover: number | undefined;

  constructor(items: ItemsHost<ShapesLayer>, mode: string) {
    super();
    this.#items = items;
    this.#mode = mode;
    this.cursor = mode.startsWith("vertex") ? "crosshair" : "default";
  }

  override down(touch: Touch): boolean {
    const at = this.#items.at();
    if (!at || at.space.ndisplay === 3) return false;
    if (this.#mode === "vertex_insert") insertVertex(this.#items, touch, at.space);
    else if (this.#mode === "vertex_remove") removeVertex(this.#items, touch, at.space);
    else if (!this.#takeHandle(touch, at.space)) void this.#takeShape(touch, at.space);
    this.#sent = false;
    this.#items.host.redraw();
    return true;
  }

  override move(touches: readonly Touch[]): void {
    const last = touches.at(-1);
    if (!last || !this.#drag) return;
    this.#drag.last = last;
    if (this.#drag.kind !== "box" && !this.#timer)
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#send();
      }, SEND_MS);
    this.#items.host.redraw();
  }

  override up(touch: Touch): void {
    const drag = this.#drag;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!drag) return;
    drag.last = touch;
    const far = Math.hypot(touch.x - drag.from.x, touch.y - drag.from.y);
    if (drag.kind === "box") {
      if (far < CLICK) this.#items.choose(drag.before);
      else void this.#chooseBox(drag);
    } else if (far > 0) this.#send();
    this.#drag = undefined;
    this.#items.host.redraw();
  }

  override cancel(): void {
    this.#drag = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#sent) this.#items.host.session.undo();
    this.#sent = false;
    this.#items.host.redraw();
  }

  override hover(touch: Touch | undefined): void {
    const found = touch && this.#items.table() ? this.#items.within(point(touch)) : [];
    const [item] = Array.isArray(found) ? (found as readonly number[]) : [];
    if (item === this.#hover) return;
    this.#hover = item;
    this.#items.host.redraw();
  }

  override double(): boolean {
    return true;
  }

  override key(name: string): boolean {
    const at = this.#items.at();
    if (!at) return false;
    const { chosen } = this.#items;
    if (name === "Delete" || name === "Backspace") {
      if (chosen.length === 0) return false;
      this.#items.remove();
    } else if (name === "a" || name === "C-a")
      this.#items.choose(Array.from({ length: this.#items.count }, (_, i) => i));
    else if (name === "C-c") {
      const rows = this.#items.rows();
      if (rows) Object.assign(clipboard, { type: "shapes", rows: rows.rows });
    } else if (name === "C-v") pasteShapes(this.#items, at.layer, at.space);
    else if (name === "f" || name === "b") orderShapes(this.#items, name === "f");
    else if (name === "Escape" && chosen.length > 0) this.#items.choose([]);
    else return false;
    return true;
  }

  override overlay(): readonly OverlayItem[] {
    const at = this.#items.at();
    if (!at || at.space.ndisplay === 3) return [];
    const { space } = at;
    const out: OverlayItem[] = [];
    const table = this.#items.table()?.table;
    if (table && this.#hover !== undefined && this.#hover < table.count && !this.#drag)
      out.push(
        this.#outline(shapeTypeOf(table, this.#hover), verticesOf(table, this.#hover), space, "#fff", 1),
      );
    const chosen = this.#drag && this.#drag.kind !== "box" ? this.#dragged(space) : this.#chosen();
    if (chosen) {
      for (const [i, vertices] of chosen.vertices.entries()) {
        const type = table ? shapeTypeOf(table, chosen.indices[i] ?? 0) : "polygon";
        out.push(this.#outline(type, vertices, space, CHOSEN, 2));
      }
      if (this.#mode === "select") out.push(...this.#handles(chosen, space));
      else {
        const points = chosen.vertices.flat().flatMap((vertex) => [...space.toScene(vertex)]);
        out.push({ form: "box", points, size: 8, fill: "#fff", stroke: CHOSEN, width: 1.5 });
      }
    }
    if (this.#drag?.kind === "box") out.push(rectangle(this.#drag.from, this.#drag.last, space));
    return out;
  }

  #outline(
    type: (typeof SHAPE_TYPES)[number],
    vertices: readonly (readonly number[])[],
    space: Space,
    stroke: string,
    width: number,
  ): OverlayItem {
    const { path, closed } = shapeOutline(
      type,
      vertices.map((vertex) => space.toScene(vertex)),
    );
    return { form: "line", points: path.flatMap((one) => [...one]), closed, stroke, width };
  }

  #handles(chosen: Chosen, space: Space): OverlayItem[] {
    const box = this.#box(chosen, space);
    if (!box) return [];
    const scene = (at: Flat) => [...space.toScene(unflat(at, space, chosen.vertices[0]?.[0] ?? []))];
    const { low, high } = box;
    const corners: Flat[] = [low, [low[0], high[1]], high, [high[0], low[1]]];
    const handles = handlesOf(low, high, AWAY / space.pixels);
    const squares = handles.filter(({ name }) => name !== "turn").flatMap(({ at }) => scene(at));
    const turn = handles.find(({ name }) => name === "turn");
    const top: Flat = [low[0], (low[1] + high[1]) / 2];
    return [
      { form: "line", points: corners.flatMap(scene), closed: true, stroke: CHOSEN, width: 1, dashed: true },
      { form: "line", points: turn ? [...scene(top), ...scene(turn.at)] : [], stroke: CHOSEN, width: 1 },
      { form: "box", points: squares, size: 9, fill: "#fff", stroke: CHOSEN, width: 1.5 },
      {
        form: "disc",
        points: turn ? scene(turn.at) : [],
        size: 10,
        fill: "#fff",
        stroke: CHOSEN,
        width: 1.5,
      },
    ];
  }

  #chosen(): Chosen | undefined {
    const found = this.#items.rows();
    if (!found || found.indices.length === 0) return undefined;
    const { rows, indices } = found;
    const numbers = rows.columns.vertices ?? [];
    const n = this.#items.at()?.space.ndim ?? 2;
    let at = 0;
    const vertices = (rows.lengths ?? []).map((length) =>
      Array.from({ length }, () => {
        const vertex = numbers.slice(at, at + n).map((value) => value ?? 0);
        at += n;
        return vertex;
      }),
    );
    return { indices, vertices };
  }

  #box(chosen: Chosen, space: Space): { low: Flat; high: Flat } | undefined {
    return boxOf(chosen.vertices.flat().map((vertex) => flat(vertex, space)));
  }

  #takeHandle(touch: Touch, space: Space): boolean {
    const chosen = this.#chosen();
    if (!chosen) return false;
    const { host } = this.#items;
    if (this.#mode === "direct") {
      for (const [i, vertices] of chosen.vertices.entries())
        for (const [vertex, place] of vertices.entries()) {
          if (!isNear(touch, space.toCanvas(place))) continue;
          const row = chosen.indices[i] ?? 0;
          const table = this.#items.table()?.table;
          const type = table ? shapeTypeOf(table, row) : "polygon";
          // An ellipse is known by its box: a corner alone cannot move.
          if (type === "ellipse") return false;
          const fresh = SHAPE_TYPES.indexOf(type === "rectangle" ? "polygon" : type);
          const merge = host.session.newMerge();
          this.#drag = {
            kind: "vertex",
            from: touch,
            last: touch,
            row,
            vertex,
            start: vertices,
            type: fresh,
            merge,
          };
          return true;
        }
      return false;
    }
    const box = this.#box(chosen, space);
    if (!box) return false;
    const like = chosen.vertices[0]?.[0] ?? [];
    for (const { name, at, fixed } of handlesOf(box.low, box.high, AWAY / space.pixels)) {
      if (!isNear(touch, space.toCanvas(unflat(at, space, like)))) continue;
      const motion = (to: Flat, even: boolean) => handled(name, fixed, at, to, even, unitsOf(space));
      const merge = host.session.newMerge();
      this.#drag = { kind: "change", from: touch, last: touch, start: chosen, motion, merge };
      return true;
    }
    return false;
  }

  async #takeShape(touch: Touch, space: Space): Promise<void> {
    const found = this.#items.within(point(touch));
    const before = touch.shift ? this.#items.chosen : [];
    const box: Drag = { kind: "box", from: touch, last: touch, before };
    this.#drag = box;
    // Without waiting where the answer is here: the drag begins with this press.
    const items = Array.isArray(found) ? (found as readonly number[]) : await found;
    const [item] = items;
    if (item === undefined || this.#drag !== box) return;
    const { chosen } = this.#items;
    if (touch.shift)
      this.#items.choose(chosen.includes(item) ? chosen.filter((one) => one !== item) : [...chosen, item]);
    else if (!chosen.includes(item)) this.#items.choose([item]);
    const start = this.#chosen();
    if (!start) return;
    const from = flat(space.toData(touch.x, touch.y), space);
    const motion = (to: Flat): Affine2 => moved([to[0] - from[0], to[1] - from[1]]);
    const merge = this.#items.host.session.newMerge();
    this.#drag = { kind: "change", from: touch, last: box.last, start, motion, merge };
    this.#items.host.redraw();
  }

  /** The chosen shapes as the drag has them now. */
  #dragged(space: Space): Chosen | undefined {
    const drag = this.#drag;
    if (!drag || drag.kind === "box") return undefined;
    const to = flat(space.toData(drag.last.x, drag.last.y), space);
    if (drag.kind === "vertex") {
      const vertices = drag.start.map((one, i) => (i === drag.vertex ? unflat(to, space, one) : [...one]));
      return { indices: [drag.row], vertices: [vertices] };
    }
    const matrix = drag.motion(to, drag.last.shift);
    const vertices = drag.start.vertices.map((shape) =>
      shape.map((vertex) => unflat(applied2(matrix, flat(vertex, space)), space, vertex)),
    );
    return { indices: drag.start.indices, vertices };
  }

  #send(): void {
    const at = this.#items.at();
    const drag = this.#drag;
    const now = at && this.#dragged(at.space);
    if (!at || !drag || drag.kind === "box" || !now) return;
    const rows = rowsOf(now.vertices, drag.kind === "vertex" ? [drag.type] : undefined);
    this.#items.send([{ op: "items.set", id: at.layer.id, indices: [...now.indices], rows }], drag.merge);
    this.#sent = true;
  }

  async #chooseBox({ from, last, before }: Extract<Drag, { kind: "box" }>): Promise<void> {
    const found = await this.#items.within({ x0: from.x, y0: from.y, x1: last.x, y1: last.y });
    this.#items.choose([...before, ...found]);
  }
}

const point = ({ x, y }: Touch) => ({ x0: x, y0: y, x1: x, y1: y });
