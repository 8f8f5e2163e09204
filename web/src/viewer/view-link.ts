/** An exact view as the end of an address: camera, dims, grid, overlays and the selected layer. */
import { followScene } from "@eyepiece/engine/model/view.ts";
import {
  Camera,
  Dims,
  Grid,
  noOverlays,
  Overlays,
  type Scene,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";

/** A view, and which layer's controls are shown. */
export interface LinkedView {
  readonly view: View;
  readonly selected: string | undefined;
}

/** What the address holds: ranges and labels follow from the layers, so they are left out. */
const Link = v.object({
  camera: Camera,
  dims: v.pick(Dims, ["ndim", "ndisplay", "order", "point", "margin_left", "margin_right"]),
  grid: Grid,
  overlays: v.optional(Overlays),
  layer: v.optional(v.pipe(v.string(), v.maxLength(64))),
});

/** The part `view=...` of an address's fragment. */
export function viewFragment({ view, selected }: LinkedView): string {
  const { ndim, ndisplay, order, point, margin_left, margin_right } = view.dims;
  const link: v.InferInput<typeof Link> = {
    camera: view.camera,
    dims: { ndim, ndisplay, order, point, margin_left, margin_right },
    grid: view.grid,
    ...(view.overlays && { overlays: unlike(view.overlays, noOverlays()) }),
    ...(selected !== undefined && { layer: selected }),
  };
  // Digits beyond a millionth of a pixel only make the address long.
  const text = JSON.stringify(link, (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(9)) : value,
  );
  const bytes = new TextEncoder().encode(text);
  const base64 = btoa(String.fromCharCode(...bytes));
  return `view=${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** What of the overlays is not as those that nobody has touched: an address is to be short. */
function unlike(overlays: Overlays, plain: Overlays): v.InferInput<typeof Overlays> {
  const names = Object.keys(plain) as (keyof Overlays)[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const known = new Map(Object.entries(plain[name]));
      const changes = Object.entries(overlays[name]).filter(([key, value]) => known.get(key) !== value);
      return changes.length > 0 ? [[name, Object.fromEntries(changes)]] : [];
    }),
  );
}

/** The view that a fragment (with or without #) holds; undefined when there is none, or none that can be read. */
export function readFragment(fragment: string): v.InferOutput<typeof Link> | undefined {
  const part = /(?:^|[#&])view=([A-Za-z0-9_-]+)/.exec(fragment)?.[1];
  if (part === undefined) return undefined;
  try {
    const text = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return v.parse(Link, JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    console.info("The address holds a view that cannot be read:", String(cause));
    return undefined;
  }
}

/** The linked view of a scene: axes that it has lost or won since are as in any other view. */
export function linkedView(link: v.InferOutput<typeof Link>, scene: Scene, present: View): LinkedView {
  const same = link.dims.ndim === present.dims.ndim;
  const dims = same ? { ...present.dims, ...link.dims } : present.dims;
  const overlays = link.overlays ?? present.overlays;
  const view = { camera: link.camera, dims: followScene(dims, scene), grid: link.grid, overlays };
  const selected = scene.layers.some((layer) => layer.id === link.layer) ? link.layer : undefined;
  return { view: same ? view : present, selected };
}
