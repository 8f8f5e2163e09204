/** Hands on a whole layer: a box with handles that move, scale and turn it, by its affine. 2D. */
import { at, identity, inverse, type Matrix, multiply } from "@eyepiece/engine/model/matrix.ts";
import { isArrayLayer, type Layer } from "@eyepiece/protocol/scene/schema.ts";
import { type Affine2, type Flat, handled, handlesOf, moved } from "../items/geometry.ts";
import type { OverlayItem } from "../worker/api.ts";
import { CHOSEN } from "./points-tool.ts";
import { flat, unflat, unitsOf } from "./shape-places.ts";
import type { Space } from "./space.ts";
import { NoTool, type ToolHost, type Touch } from "./tool.ts";

const AWAY = 28;
const SEND_MS = 60;

interface Drag {
  last: Touch;
  /** The layer and its place when the drag began: the motion is of that. */
  readonly space: Space;
  readonly affine: Matrix;
  readonly motion: (to: Flat, even: boolean) => Affine2;
  readonly merge: string;
}

/** See the file's comment. */
export class TransformTool extends NoTool {
  override readonly cursor = "move";
  readonly #host: ToolHost;
  #drag: Drag | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = false;

  constructor(host: ToolHost) {
    super();
    this.#host = host;
  }

  override down(touch: Touch): boolean {
    const layer = this.#host.layer();
    const space = this.#host.space();
    const box = layer && space && boxIn(layer, space);
    if (!layer || !space || !box || space.ndisplay === 3) return false;
    const n = space.ndim;
    const affine = layer.affine.length === n + 1 ? layer.affine : identity(n + 1);
    const merge = this.#host.session.newMerge();
    const begin = (motion: Drag["motion"]): boolean => {
      this.#drag = { last: touch, space, affine, motion, merge };
      this.#sent = false;
      return true;
    };
    const units = unitsOf(space);
    for (const handle of handlesOf(box.low, box.high, AWAY / space.pixels)) {
      const place = space.toCanvas(unflat(handle.at, space, box.like));
      if (!place || Math.hypot(place.x - touch.x, place.y - touch.y) > touch.reach + 3) continue;
      return begin((to, even) => handled(handle.name, handle.fixed, handle.at, to, even, units));
    }
    const from = flat(space.toData(touch.x, touch.y), space);
    const inside = [0, 1].every((i) => {
      const value = from[i as 0 | 1];
      return value >= box.low[i as 0 | 1] && value <= box.high[i as 0 | 1];
    });
    if (!inside) return false;
    return begin((to) => moved([to[0] - from[0], to[1] - from[1]]));
  }

  override move(touches: readonly Touch[]): void {
    const last = touches.at(-1);
    if (!this.#drag || !last) return;
    this.#drag.last = last;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send();
    }, SEND_MS);
  }

  override up(touch: Touch): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#drag) this.#drag.last = touch;
    if (this.#sent) this.#send();
    this.#drag = undefined;
  }

  override cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drag = undefined;
    if (this.#sent) this.#host.session.undo();
    this.#sent = false;
  }

  override double(): boolean {
    return true;
  }

  override overlay(): readonly OverlayItem[] {
    const layer = this.#host.layer();
    const space = this.#host.space();
    const box = layer && space && boxIn(layer, space);
    if (!box || !space || space.ndisplay === 3) return [];
    const scene = (place: Flat) => [...space.toScene(unflat(place, space, box.like))];
    const { low, high } = box;
    const corners: Flat[] = [low, [low[0], high[1]], high, [high[0], low[1]]];
    const handles = handlesOf(low, high, AWAY / space.pixels);
    const turn = handles.find(({ name }) => name === "turn")?.at ?? low;
    const squares = handles.filter(({ name }) => name !== "turn").flatMap((one) => scene(one.at));
    return [
      { form: "line", points: corners.flatMap(scene), closed: true, stroke: CHOSEN, width: 1.5 },
      { form: "line", points: [...scene([low[0], (low[1] + high[1]) / 2]), ...scene(turn)], stroke: CHOSEN },
      { form: "box", points: squares, size: 10, fill: "#fff", stroke: CHOSEN, width: 1.5 },
      { form: "disc", points: scene(turn), size: 11, fill: "#fff", stroke: CHOSEN, width: 1.5 },
    ];
  }

  #send(): void {
    const layer = this.#host.layer();
    const drag = this.#drag;
    if (!layer || !drag) return;
    // Where the pointer was in the layer as it lay when the drag began.
    const to = flat(drag.space.toData(drag.last.x, drag.last.y), drag.space);
    const motion = drag.motion(to, drag.last.shift);
    const affine = transformed(drag.affine, drag.space, motion);
    if (!affine) return;
    this.#sent = true;
    this.#host.session.apply([{ op: "layer.set", id: layer.id, set: { affine } }], drag.merge);
  }
}

/**
 * The affine of a layer whose data are moved in two displayed axes: W = F D F^-1 in the world, F the way from those axes to the world,
 * before the present affine.
 */
export function transformed(affine: Matrix, space: Space, motion: Affine2): number[][] | undefined {
  const n = space.ndim;
  const [v, h] = space.displayed.slice(-2);
  if (v === undefined || h === undefined) return undefined;
  const like = new Array<number>(n).fill(0);
  const origin = space.toScene(like);
  const column = (axis: number): Flat => {
    const place = space.toScene(like.map((_, i) => (i === axis ? 1 : 0)));
    return [place[1] - origin[1], place[2] - origin[2]];
  };
  const [cv, ch] = [column(v), column(h)];
  const forward = [
    [cv[0], ch[0], origin[1]],
    [cv[1], ch[1], origin[2]],
    [0, 0, 1],
  ];
  const back = inverse(forward);
  if (!back) return undefined;
  const [a, b, c, d, e, f] = motion;
  const world = multiply(
    multiply(forward, [
      [a, b, c],
      [d, e, f],
      [0, 0, 1],
    ]),
    back,
  );
  const whole = identity(n + 1);
  const axes = [v, h, n];
  for (const [i, row] of axes.entries())
    for (const [k, other] of axes.entries()) {
      const entries = whole[row];
      if (entries && row < n) entries[other] = at(world, i, k);
    }
  return multiply(whole, affine);
}

/** The layer's box in the two displayed axes, and the place of the slice on the others. */
function boxIn(layer: Layer, space: Space): { low: Flat; high: Flat; like: number[] } | undefined {
  const ends: readonly (readonly number[])[] = isArrayLayer(layer)
    ? layer.data.shape.map((size) => [-0.5, size - 0.5])
    : layer.data.extent;
  const [v, h] = space.displayed.slice(-2);
  const [ev, eh] = [ends[v ?? -1], ends[h ?? -1]];
  if (!ev || !eh) return undefined;
  const like = new Array<number>(space.ndim).fill(0);
  for (const [i, axis] of space.hidden.entries()) like[axis] = space.cut[i] ?? 0;
  return { low: [ev[0] ?? 0, eh[0] ?? 0], high: [ev[1] ?? 1, eh[1] ?? 1], like };
}
