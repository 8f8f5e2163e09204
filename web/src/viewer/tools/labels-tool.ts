/** Hands on a labels layer: paint, erase, fill, pick, polygon. */
import { labelColor } from "@eyepiece/engine/model/labels.ts";
import { css } from "@eyepiece/engine/overlays/css.ts";
import type { LabelsLayer, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import type { OverlayItem } from "../worker/api.ts";
import type { Space } from "./space.ts";
import { SurfaceBrush, seenAt } from "./surface-brush.ts";
import { NoTool, type ToolHost, type Touch } from "./tool.ts";

/** What is painted goes to the node this often while the pointer is down. */
const SEND_MS = 60;

/** The axes that an edit spreads in: the last ones as the person sees them. */
export function editedAxes(layer: LabelsLayer, space: Space): number[] {
  const order = [...space.hidden, ...space.displayed];
  return order.slice(-Math.min(layer.n_edit_dimensions, order.length));
}

/** The world's diameter of a brush: round, and counted in the finest of the edited axes. */
export function brushDiameter(layer: LabelsLayer, axes: readonly number[]): number {
  const scales = axes.map((axis) => Math.abs(layer.scale[axis] ?? 1) || 1);
  return layer.brush_size * Math.min(...scales);
}

/** Which voxels an edit may change. */
function onlyOf(layer: LabelsLayer, erases: boolean): number | null {
  if (!layer.preserve_labels) return null;
  return erases ? layer.selected_label : layer.colormap.background_value;
}

interface Painted {
  readonly item: OverlayItem;
  until: number | undefined;
}

/** See the file's comment. */
export class LabelsTool extends NoTool {
  override readonly cursor: string;
  readonly #host: ToolHost;
  readonly #mode: string;
  /** What was painted and is not in the node's picture. */
  #painted: Painted[] = [];
  /** Of the stroke under the pointer: what was not sent. */
  #points: number[][] | undefined;
  #merge = "";
  #sent = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** In 3D: the stroke under the pointer. */
  #surface: SurfaceBrush | undefined;
  #corners: number[][] = [];
  #pointer: Touch | undefined;

  constructor(host: ToolHost, mode: string) {
    super();
    this.#host = host;
    this.#mode = mode;
    this.cursor = mode === "paint" || mode === "erase" ? "none" : "crosshair";
  }

  override down(touch: Touch): boolean {
    const at = this.#at();
    if (!at) return false;
    const point = at.space.toData(touch.x, touch.y);
    if (this.#mode === "paint" || this.#mode === "erase") {
      this.#merge = this.#host.session.newMerge();
      this.#sent = 0;
      if (at.space.ndisplay === 3) {
        this.#surface = new SurfaceBrush(this.#host, (points) => this.#paintSeen(points));
        this.#surface.over([touch]);
      } else {
        this.#points = [point];
        this.#timer = setTimeout(() => this.#flush(), SEND_MS);
      }
    } else if (this.#mode === "polygon") {
      if (at.space.ndisplay === 3) return false;
      this.#corners.push(point);
    } else if (this.#mode === "fill") {
      if (at.space.ndisplay === 3) void this.#fillSeen(touch);
      else this.#fill(at.layer, at.space, point);
    } else void this.#pick(touch);
    this.#pointer = touch;
    this.#host.redraw();
    return true;
  }

  override move(touches: readonly Touch[]): void {
    const space = this.#host.space();
    this.#pointer = touches.at(-1);
    this.#surface?.over(touches);
    if (space && this.#points) for (const { x, y } of touches) this.#points.push(space.toData(x, y));
    if (this.#points && !this.#timer) this.#timer = setTimeout(() => this.#flush(), SEND_MS);
    this.#host.redraw();
  }

  override up(touch: Touch): void {
    this.#pointer = touch;
    if (this.#points) this.#flush();
    this.#points = undefined;
    // What the pointer passed over is still painted as the answers come.
    this.#surface = undefined;
    this.#host.redraw();
  }

  override cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const begun = (this.#points ?? this.#surface) !== undefined && this.#sent > 0;
    this.#points = undefined;
    this.#surface?.drop();
    this.#surface = undefined;
    this.#painted = [];
    if (this.#mode === "polygon") this.#corners.pop();
    if (begun) this.#host.session.undo();
    this.#host.redraw();
  }

  override hover(touch: Touch | undefined): void {
    this.#pointer = touch;
    if (touch || this.#mode !== "polygon") this.#host.redraw();
  }

  override double(): boolean {
    if (this.#mode === "polygon") this.#finish();
    return true;
  }

  override key(name: string): boolean {
    if (this.#mode !== "polygon") return false;
    if (name === "Enter") this.#finish();
    else if (name === "Escape") this.#corners = [];
    else if (name === "Backspace") this.#corners.pop();
    else return false;
    this.#host.redraw();
    return true;
  }

  override dispose(): void {
    if (this.#points) this.#flush();
    clearTimeout(this.#timer);
  }

  override overlay(): readonly OverlayItem[] {
    const at = this.#at();
    if (!at) return [];
    const shown = this.#host.session.pictured.peek();
    this.#painted = this.#painted.filter(({ until }) => until === undefined || until > shown);
    const items: OverlayItem[] = this.#painted.map(({ item, until }) =>
      until === undefined ? item : { ...item, until },
    );
    if (this.#points) items.push(this.#stroke(at.layer, at.space, this.#points));
    const brush = this.#mode === "paint" || this.#mode === "erase";
    const { space } = at;
    const under =
      space.ndisplay === 3
        ? this.#surface?.at
        : this.#pointer && space.toData(this.#pointer.x, this.#pointer.y);
    if (brush && under) {
      const points = space.toScene(under);
      const world = brushDiameter(at.layer, editedAxes(at.layer, at.space));
      items.push({ form: "ring", points, world, stroke: "rgb(0 0 0 / 70%)", width: 3 });
      items.push({ form: "ring", points, world, stroke: "#fff", width: 1 });
    }
    if (this.#corners.length > 0) items.push(...this.#polygon(at.layer, at.space));
    return items;
  }

  #polygon(layer: LabelsLayer, space: Space): OverlayItem[] {
    const colour = labelColor(layer.colormap)(layer.selected_label);
    const pointer = this.#pointer && space.toData(this.#pointer.x, this.#pointer.y);
    const corners = [...this.#corners, ...(pointer ? [pointer] : [])];
    const points = corners.flatMap((corner) => [...space.toScene(corner)]);
    const marks = this.#corners.flatMap((corner) => [...space.toScene(corner)]);
    return [
      { form: "area", points, closed: true, fill: css(colour, 0.35), stroke: css(colour), width: 2 },
      { form: "disc", points: marks, fill: "#fff", stroke: "#000", size: 7 },
    ];
  }

  #at(): { layer: LabelsLayer; space: Space } | undefined {
    const layer = this.#host.layer();
    const space = this.#host.space();
    return layer?.type === "labels" && layer.editable && space ? { layer, space } : undefined;
  }

  #stroke(layer: LabelsLayer, space: Space, points: readonly (readonly number[])[]): OverlayItem {
    const erases = this.#mode === "erase";
    const colour = labelColor(layer.colormap)(layer.selected_label);
    return {
      form: "stroke",
      points: points.flatMap((point) => [...space.toScene(point)]),
      // What lies under labels is not known here: an eraser darkens until the picture comes.
      stroke: erases ? "rgb(0 0 0 / 40%)" : css(colour, layer.opacity),
      world: brushDiameter(layer, editedAxes(layer, space)),
    };
  }

  /** Sends what was painted since the last time. */
  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const at = this.#at();
    const points = this.#points;
    if (!at || !points || (points.length === 1 && this.#sent > 0)) return;
    const { layer, space } = at;
    this.#predict(this.#stroke(layer, space, points), [this.#paint(layer, space, points)]);
    // The next part begins where this one ended.
    this.#points = points.slice(-1);
    this.#sent += 1;
  }

  #paint(layer: LabelsLayer, space: Space, points: number[][]): SceneOp {
    const erases = this.#mode === "erase";
    return {
      op: "labels.paint",
      id: layer.id,
      points,
      value: erases ? layer.colormap.background_value : layer.selected_label,
      brush_size: layer.brush_size,
      axes: editedAxes(layer, space),
      only: onlyOf(layer, erases),
    };
  }

  /** In 3D nothing is predicted: what a stroke covers is known to the node alone. */
  #paintSeen(points: number[][]): void {
    const at = this.#at();
    if (at?.space.ndisplay !== 3) return;
    this.#sent += 1;
    this.#host.session.apply([this.#paint(at.layer, at.space, points)], this.#merge);
  }

  #predict(item: OverlayItem, ops: readonly SceneOp[]): void {
    const painted: Painted = { item, until: undefined };
    this.#painted.push(painted);
    void this.#host.session.send(ops, this.#merge).then((revision) => {
      if (revision === undefined) this.#painted = this.#painted.filter((one) => one !== painted);
      else painted.until = revision;
      this.#host.redraw();
    });
  }

  #fill(layer: LabelsLayer, space: Space, point: number[]): void {
    this.#host.session.apply([
      {
        op: "labels.fill",
        id: layer.id,
        point,
        value: layer.selected_label,
        axes: editedAxes(layer, space),
        contiguous: layer.contiguous,
        only: onlyOf(layer, false),
      },
    ]);
  }

  /** In 3D what is filled is the region that is seen under the pointer. */
  async #fillSeen(touch: Touch): Promise<void> {
    const seen = await seenAt(this.#host, touch);
    const at = this.#at();
    if (at && seen?.length === at.space.ndim) this.#fill(at.layer, at.space, seen);
  }

  #finish(): void {
    const at = this.#at();
    const points = this.#corners;
    this.#corners = [];
    if (!at || points.length < 3) return;
    const { layer, space } = at;
    this.#merge = this.#host.session.newMerge();
    const colour = labelColor(layer.colormap)(layer.selected_label);
    const item: OverlayItem = {
      form: "area",
      points: points.flatMap((point) => [...space.toScene(point)]),
      closed: true,
      fill: css(colour, layer.opacity),
    };
    const axes = editedAxes(layer, space);
    const [value, only] = [layer.selected_label, onlyOf(layer, false)];
    this.#predict(item, [{ op: "labels.polygon", id: layer.id, points, value, axes, only }]);
    this.#host.redraw();
  }

  async #pick({ x, y }: Touch): Promise<void> {
    const { session } = this.#host;
    const layer = this.#host.layer();
    if (layer?.type !== "labels") return;
    const { value } = await session.ask({ valueAt: { x, y, layer: layer.id } });
    const label = Number(value?.value ?? "");
    if (value && value.value !== "" && Number.isSafeInteger(label))
      session.apply([{ op: "layer.set", id: layer.id, set: { selected_label: label } }]);
  }
}
