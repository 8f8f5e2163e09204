/** The loop of a view with a real painter and encoder. */
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";
import { decodeFrame } from "@eyepiece/protocol/viewer/frame.ts";
import { viewer } from "@eyepiece/protocol/wire/messages.ts";
import { expect, test, vi } from "vitest";
import { openGpu } from "../gpu/open.ts";
import { Painter } from "./painter.ts";
import { ViewLoop } from "./view-loop.ts";

/** Data arrive (of a small picture, of another view) just when the first picture at rest is drawn. */
class InterruptedPainter extends Painter {
  onFirst: (() => void) | undefined;
  override async draw(...asked: Parameters<Painter["draw"]>): ReturnType<Painter["draw"]> {
    const drawn = await super.draw(...asked);
    if (!asked[4].full) return drawn;
    this.onFirst?.();
    this.onFirst = undefined;
    return drawn;
  }
}

test("a view at rest ends with the exact picture, also when data arrive while that is drawn", async () => {
  const gpu = await openGpu();
  const renderer = await Renderer.create({ device: gpu.device, software: true });
  const source = memorySource("m", [{ data: new Uint8Array(64 * 48).fill(90), shape: [48, 64] }]);
  renderer.setSource(source);
  const scene: Scene = { revision: 1, title: "", layers: [await imageLayer("m", source)] };
  const canvas = { width: 64, height: 48, pixelRatio: 1 };
  const view = defaultView(scene, canvas);
  const painter = new InterruptedPainter(renderer, gpu, () => scene);
  const sent: string[] = [];
  const loop = new ViewLoop({
    name: "v",
    painter,
    view: () => view,
    budgetMs: () => 50,
    send: (bytes) => {
      const { head } = decodeFrame(bytes);
      sent.push(head.picture === viewer.Picture.PNG ? "still" : "video");
      setImmediate(() => loop.pixels(true, sent.length));
    },
    fail: (error) => sent.push(error.message),
    loading: () => {},
    trouble: (message) => sent.push(message),
  });
  renderer.onChange = () => loop.change("data");
  painter.onFirst = () => loop.change("data");
  loop.pixels(true, 0);
  loop.want({ inputId: 1, canvas, moving: false, visible: true, recording: false, receivedUs: 0 });
  // The change is answered by a picture in a hurry, and that one by a still.
  await vi.waitFor(() => expect(sent.join(" ")).toMatch(/still video.* still$/), { timeout: 20_000 });
  await loop.dispose();
  renderer.dispose();
  gpu.dispose();
});
