/**
 * Where code looks: a kernel's `viewer.dims` and `viewer.camera`. What it sets moves every view that shows the session, and is
 * what those who come later begin with. Kept in the session's folder.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resetView } from "@eyepiece/engine/model/view.ts";
import {
  Camera,
  Dims,
  Grid,
  noOverlays,
  OverlaysPatch,
  type View,
  withOverlays,
} from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import * as v from "valibot";

/** What of a view code may set; the range follows from the layers. */
export const LookPatch = v.object({
  camera: v.optional(v.partial(Camera)),
  dims: v.optional(v.partial(v.omit(Dims, ["ndim", "range"]))),
  grid: v.optional(v.partial(Grid)),
  overlays: v.optional(OverlaysPatch),
});
/** See {@link LookPatch}. */
export type LookPatch = v.InferOutput<typeof LookPatch>;

/** A change of where everybody looks. */
export const LookWish = v.object({
  set: v.optional(LookPatch, {}),
  /** First the whole scene is fitted to the canvas: `keep` leaves the angles. */
  reset: v.optional(v.picklist(["keep", "zero"])),
  /** With `reset`: the part of the canvas that stays free around the scene. */
  margin: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)), 0.05),
});
/** See the value. */
export type LookWish = v.InferOutput<typeof LookWish>;

const RESET_MARGIN = 0.05;

/** A view after code had its way with it. @throws Error when the axes do not fit */
export function looked(view: View, canvas: Canvas, { set, reset, margin }: LookWish): View {
  const dims = { ...view.dims, ...defined(set.dims) };
  checkDims(dims);
  const turned =
    dims.ndisplay !== view.dims.ndisplay || dims.order.some((axis, at) => axis !== view.dims.order[at]);
  let next: View = { ...view, dims, grid: { ...view.grid, ...defined(set.grid) } };
  if (set.overlays) next = { ...next, overlays: withOverlays(view.overlays ?? noOverlays(), set.overlays) };
  // As in napari: other axes are shown, so the camera is to find them.
  if (reset !== undefined || turned) next = resetView(next, canvas, { keepAngles: reset !== "zero" });
  if (reset !== undefined && margin !== RESET_MARGIN) {
    const zoom = (next.camera.zoom * (1 - margin)) / (1 - RESET_MARGIN);
    next = { ...next, camera: { ...next.camera, zoom } };
  }
  return { ...next, camera: { ...next.camera, ...defined(set.camera) } };
}

function checkDims({ ndim, order, point, margin_left, margin_right, axis_labels }: Dims): void {
  for (const [name, values] of Object.entries({ order, point, margin_left, margin_right, axis_labels }))
    if (values.length !== ndim)
      throw new Error(`${name} of the dims needs ${ndim} entries, not ${values.length}.`);
  if (order.some((axis) => axis >= ndim) || new Set(order).size !== ndim)
    throw new Error(`The order of the dims names each of the ${ndim} axes once.`);
}

/** What code has set so far. */
export class CodeLook {
  readonly #path: string;
  #set: LookPatch = {};

  constructor(folder: string) {
    this.#path = join(folder, "look.json");
    if (!existsSync(this.#path)) return;
    const read = v.safeParse(LookPatch, JSON.parse(readFileSync(this.#path, "utf8")));
    if (read.success) this.#set = read.output;
  }

  /** A new view as code would have it. */
  over(view: View, canvas: Canvas): View {
    try {
      return looked(view, canvas, { set: this.#set, margin: RESET_MARGIN });
    } catch {
      // The scene has other axes since: code says nothing of those.
      return view;
    }
  }

  /** Remembers. A reset forgets where the camera was. */
  keep({ set, reset }: LookWish): void {
    const camera = { ...(reset === undefined ? this.#set.camera : {}), ...defined(set.camera) };
    const overlays = this.#set.overlays ?? {};
    this.#set = {
      camera,
      dims: { ...this.#set.dims, ...defined(set.dims) },
      grid: { ...this.#set.grid, ...defined(set.grid) },
      ...((set.overlays || this.#set.overlays) && { overlays: mergedPatch(overlays, set.overlays ?? {}) }),
    };
    writeFileSync(`${this.#path}.next`, JSON.stringify(this.#set));
    renameSync(`${this.#path}.next`, this.#path);
  }

  /** Whether code has said anything of the displayed axes. */
  get ndisplay(): 2 | 3 | undefined {
    return this.#set.dims?.ndisplay;
  }
}

/** Both changes, the later one where they differ. */
function mergedPatch(first: OverlaysPatch, then: OverlaysPatch): OverlaysPatch {
  const names = new Set([...Object.keys(first), ...Object.keys(then)]) as Set<keyof OverlaysPatch>;
  return Object.fromEntries([...names].map((name) => [name, { ...first[name], ...defined(then[name]) }]));
}

function defined<T extends object>(value: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value ?? {}).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
