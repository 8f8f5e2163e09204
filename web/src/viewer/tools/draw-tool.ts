/** Hands that draw a new shape: rectangles, ellipses, lines, paths, polygons. */
import { SHAPE_TYPES, type ShapeType } from "@eyepiece/engine/model/columns.ts";
import { shapeOutline } from "@eyepiece/engine/model/geometry/shape.ts";
import { css } from "@eyepiece/engine/overlays/css.ts";
import type { ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { OverlayItem } from "../worker/api.ts";
import type { ItemsHost } from "./items-host.ts";
import { CLICK } from "./points-tool.ts";
import { flat, rowsOf, unflat, unitsOf } from "./shape-places.ts";
import type { Space } from "./space.ts";
import { NoTool, type Touch } from "./tool.ts";

/** What each mode makes, and how: dragged from corner to corner, by clicks, or freely. */
const DRAWN: Readonly<
  Record<string, { readonly type: ShapeType; readonly by: "corners" | "clicks" | "hand" }>
> = {
  add_rectangle: { type: "rectangle", by: "corners" },
  add_ellipse: { type: "ellipse", by: "corners" },
  add_line: { type: "line", by: "corners" },
  add_polyline: { type: "path", by: "clicks" },
  add_path: { type: "path", by: "hand" },
  add_polygon: { type: "polygon", by: "clicks" },
  add_polygon_lasso: { type: "polygon", by: "hand" },
};
/** A line by hand has a vertex each so many CSS pixels. */
const STEP = 5;

/** Whether a mode draws. */
export function draws(mode: string): boolean {
  return mode in DRAWN;
}

/** See the file's comment. */
export class DrawTool extends NoTool {
  override readonly cursor = "crosshair";
  readonly #items: ItemsHost<ShapesLayer>;
  readonly #type: ShapeType;
  readonly #by: "corners" | "clicks" | "hand";
  /** The shape under way: corners, clicks or the line by hand, in data coordinates. */
  #points: number[][] = [];
  #from: Touch | undefined;
  #pointer: Touch | undefined;
  #last: Touch | undefined;

  constructor(items: ItemsHost<ShapesLayer>, mode: string) {
    super();
    this.#items = items;
    const { type, by } = DRAWN[mode] ?? { type: "polygon", by: "clicks" };
    this.#type = type;
    this.#by = by;
  }

  override down(touch: Touch): boolean {
    const at = this.#items.at();
    if (!at || at.space.ndisplay === 3) return false;
    const place = at.space.toData(touch.x, touch.y);
    if (this.#by === "clicks") this.#points.push(place);
    else this.#points = [place];
    this.#from = touch;
    this.#last = touch;
    this.#pointer = touch;
    this.#items.host.redraw();
    return true;
  }

  override move(touches: readonly Touch[]): void {
    const space = this.#items.at()?.space;
    this.#pointer = touches.at(-1);
    if (space && this.#by === "hand")
      for (const touch of touches) {
        if (this.#last && Math.hypot(touch.x - this.#last.x, touch.y - this.#last.y) < STEP) continue;
        this.#points.push(space.toData(touch.x, touch.y));
        this.#last = touch;
      }
    this.#items.host.redraw();
  }

  override up(touch: Touch): void {
    this.#pointer = touch;
    const far = this.#from ? Math.hypot(touch.x - this.#from.x, touch.y - this.#from.y) : 0;
    this.#from = undefined;
    if (this.#by === "clicks") {
      this.#items.host.redraw();
      return;
    }
    const space = this.#items.at()?.space;
    if (space && far >= CLICK)
      this.#make(this.#by === "corners" ? this.#corners(space, touch) : this.#points);
    this.#points = [];
    this.#items.host.redraw();
  }

  override cancel(): void {
    this.#from = undefined;
    if (this.#by === "clicks") this.#points.pop();
    else this.#points = [];
    this.#items.host.redraw();
  }

  override hover(touch: Touch | undefined): void {
    if (this.#by !== "clicks" || this.#points.length === 0) return;
    this.#pointer = touch;
    this.#items.host.redraw();
  }

  override double(): boolean {
    // The second press of the two put a vertex on the last one.
    if (this.#by === "clicks") {
      this.#points.pop();
      this.#finish();
    }
    return true;
  }

  override key(name: string): boolean {
    if (this.#by !== "clicks" || this.#points.length === 0) return false;
    if (name === "Enter" || name === "Escape") this.#finish();
    else if (name === "Backspace") this.#points.pop();
    else return false;
    this.#items.host.redraw();
    return true;
  }

  override dispose(): void {
    if (this.#by === "clicks") this.#finish();
  }

  override overlay(): readonly OverlayItem[] {
    const at = this.#items.at();
    if (!at || this.#points.length === 0) return [];
    const { layer, space } = at;
    const pointer = this.#pointer;
    let points: readonly (readonly number[])[] = this.#points;
    if (pointer && this.#by === "corners") points = this.#corners(space, pointer);
    else if (pointer && this.#by === "clicks") points = [...points, space.toData(pointer.x, pointer.y)];
    const { path, closed } = shapeOutline(
      this.#type,
      points.map((one) => space.toScene(one)),
    );
    const form = closed ? "area" : "line";
    const width = Math.max(1, layer.current_edge_width * space.pixels);
    const fill = css(layer.current_face_color, layer.opacity);
    const stroke = css(layer.current_edge_color, layer.opacity);
    const items: OverlayItem[] = [
      { form, points: path.flatMap((one) => [...one]), closed, stroke, width, ...(closed && { fill }) },
    ];
    if (this.#by === "clicks") {
      const marks = this.#points.flatMap((one) => [...space.toScene(one)]);
      items.push({ form: "box", points: marks, size: 7, fill: "#fff", stroke: "#000" });
    }
    return items;
  }

  /** The corners of what is dragged; with Shift it is as high as wide. */
  #corners(space: Space, to: Touch): number[][] {
    const [first] = this.#points;
    if (!first) return [];
    const [v0, h0] = flat(first, space);
    let [v1, h1] = flat(space.toData(to.x, to.y), space);
    if (to.shift && this.#type !== "line") {
      const [uv, uh] = unitsOf(space);
      const side = Math.max(Math.abs(v1 - v0) * uv, Math.abs(h1 - h0) * uh);
      [v1, h1] = [v0 + (Math.sign(v1 - v0) * side) / uv, h0 + (Math.sign(h1 - h0) * side) / uh];
    }
    const flats: readonly (readonly [number, number])[] =
      this.#type === "line"
        ? [
            [v0, h0],
            [v1, h1],
          ]
        : [
            [v0, h0],
            [v0, h1],
            [v1, h1],
            [v1, h0],
          ];
    return flats.map((one) => unflat(one, space, first));
  }

  #finish(): void {
    const points = this.#points;
    this.#points = [];
    this.#make(points);
  }

  #make(points: readonly (readonly number[])[]): void {
    const at = this.#items.at();
    if (!at || points.length < (this.#type === "polygon" ? 3 : 2)) return;
    const rows = rowsOf([points], [SHAPE_TYPES.indexOf(this.#type)]);
    const next = this.#items.count;
    this.#items.send([{ op: "items.insert", id: at.layer.id, rows }]);
    this.#items.choose([next]);
  }
}
