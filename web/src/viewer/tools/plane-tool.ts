/** The plane of a volume in the hand: Shift and a drag on it move it along its normal, as in napari. */
import type { ArrayLayer } from "@eyepiece/protocol/scene/schema.ts";
import { alongNormal, inPolygon, movePlane, planeCorners, planeTravel } from "../plane-math.ts";
import type { OverlayItem } from "../worker/api.ts";
import type { Space } from "./space.ts";
import { NoTool, type ToolHost, type Touch } from "./tool.ts";

interface Grip {
  readonly merge: string;
  readonly x: number;
  readonly y: number;
  /** Where the plane was when it was grabbed. */
  readonly plane: ArrayLayer["plane"];
}

/** See the file's comment. All else is left to the camera. */
export class PlaneTool extends NoTool {
  readonly #host: ToolHost;
  #grip: Grip | undefined;

  constructor(host: ToolHost) {
    super();
    this.#host = host;
  }

  override down(touch: Touch): boolean {
    const now = this.#now();
    if (!touch.shift || !now || !this.#host.session.mayEdit) return false;
    const corners = this.#corners(now).map((point) => now.space.toCanvas(point));
    if (
      !inPolygon(
        corners.flatMap((place) => (place ? [place] : [])),
        touch,
      )
    )
      return false;
    this.#grip = { merge: this.#host.session.newMerge(), x: touch.x, y: touch.y, plane: now.layer.plane };
    this.#host.redraw();
    return true;
  }

  override move(touches: readonly Touch[]): void {
    const last = touches.at(-1);
    if (last) this.#go(last);
  }

  override up(_touch: Touch): void {
    this.#grip = undefined;
    this.#host.redraw();
  }

  override cancel(): void {
    const now = this.#now();
    if (this.#grip && now) this.#set(now.layer, this.#grip.plane, this.#grip.merge);
    this.#grip = undefined;
    this.#host.redraw();
  }

  /** The plane's border, while it moves. */
  override overlay(): readonly OverlayItem[] {
    const now = this.#now();
    if (!this.#grip || !now) return [];
    const points = this.#corners(now).flatMap((point) => [...now.space.toScene(point)]);
    return [{ form: "line", points, closed: true, stroke: "#5cc8ff", width: 1.5 }];
  }

  #go({ x, y }: Touch): void {
    const now = this.#now();
    const grip = this.#grip;
    if (!now || !grip) return;
    const { layer, space } = now;
    const { min, max, at } = planeTravel(grip.plane, this.#shape(now));
    const from = space.toCanvas(this.#point(now, grip.plane.position));
    const to = space.toCanvas(this.#point(now, movePlane(grip.plane, at + 1).position));
    if (!from || !to) return;
    const by = alongNormal(from, to, space.pixels, x - grip.x, y - grip.y);
    this.#set(layer, movePlane(grip.plane, Math.min(max, Math.max(min, at + by))), grip.merge);
    this.#host.redraw();
  }

  #set(layer: ArrayLayer, plane: ArrayLayer["plane"], merge: string): void {
    this.#host.session.apply([{ op: "layer.set", id: layer.id, set: { plane } }], merge);
  }

  #now(): { readonly layer: ArrayLayer; readonly space: Space } | undefined {
    const layer = this.#host.layer();
    const space = this.#host.space();
    if (!space || (layer?.type !== "image" && layer?.type !== "labels")) return undefined;
    if (space.ndisplay !== 3 || space.displayed.length !== 3 || layer.depiction !== "plane") return undefined;
    return { layer, space };
  }

  #shape({ layer, space }: { readonly layer: ArrayLayer; readonly space: Space }): number[] {
    return space.displayed.map((axis) => layer.data.shape[axis] ?? 1);
  }

  /** A data point of all axes from one of the displayed. */
  #point({ space }: { readonly space: Space }, shown: readonly number[]): number[] {
    const point = new Array<number>(space.ndim).fill(0);
    for (const [i, axis] of space.displayed.entries()) point[axis] = shown[i] ?? 0;
    for (const [i, axis] of space.hidden.entries()) point[axis] = space.cut[i] ?? 0;
    return point;
  }

  #corners(now: { readonly layer: ArrayLayer; readonly space: Space }): number[][] {
    const box = this.#shape(now).map((size): [number, number] => [-0.5, size - 0.5]);
    return planeCorners(now.layer.plane, box).map((corner) => this.#point(now, corner));
  }
}
