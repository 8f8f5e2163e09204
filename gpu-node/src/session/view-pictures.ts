/** Pictures that a page asks of its view: of the canvas, and small ones of layers. */
import { defaultCamera, resetView, sceneRanges } from "@eyepiece/engine/model/view.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import { encodePng } from "./picture.ts";
import { canvasPixels } from "./pose.ts";
import type { Session } from "./session.ts";

type Taken = eyepiece.viewer.ScreenshotTaken.$Properties;

/** A small picture of one layer alone, as PNG. @throws ChannelError */
export async function thumbnail(
  { host, painter }: Pick<Session, "host" | "painter">,
  { dims: seen, grid }: View,
  ask: eyepiece.viewer.Thumbnail.$Properties,
): Promise<Taken> {
  const { scene } = host;
  const layer = scene.layers.find((one) => one.id === ask.layer);
  if (!layer) throw new ChannelError("not_found", "This layer is not there any more.");
  const size = Math.min(128, Math.max(8, ask.size || 32));
  const dims: View["dims"] = { ...seen, ndisplay: 2 };
  const own = sceneRanges({ ...scene, layers: [layer] });
  // A layer of fewer axes lies in the last ones.
  const missing = dims.ndim - own.length;
  const range = dims.range.map((all, axis) => own[axis - missing] ?? all);
  const view = resetView(
    { camera: defaultCamera(), dims: { ...dims, range }, grid: { ...grid, enabled: false } },
    { width: size, height: size },
  );
  const drawn = await painter.thumbnail(view, layer, size);
  if (!drawn) throw new ChannelError("failed", "The small picture could not be drawn.");
  return { png: await encodePng(drawn.pixels.bytes, size, size, 6), width: size, height: size };
}

/** The exact picture of a view, as PNG, with what lies over it unless it is asked for bare. */
export async function screenshot(
  session: Pick<Session, "host" | "painter" | "layOver">,
  {
    view,
    canvas,
    selected,
  }: { readonly view: View; readonly canvas: Canvas; readonly selected: string | undefined },
  ask: eyepiece.viewer.Screenshot.$Properties,
): Promise<Taken> {
  const own = canvasPixels(canvas);
  const width = Math.min(8192, ask.width || own.width);
  const height = Math.min(8192, ask.height || own.height);
  const { scene } = session.host;
  const drawn = await session.painter.still(view, canvas, width, height);
  const { bytes } = drawn.pixels;
  if (!ask.bare) session.layOver(bytes, width, height, canvas, { view, scene, selected });
  return { png: await encodePng(bytes, width, height, 6), width, height };
}
