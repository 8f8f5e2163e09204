/** The loop of a view with a real painter and encoder. */
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";
import { decodeFrame } from "@eyepiece/protocol/viewer/frame.ts";
import { viewer } from "@eyepiece/protocol/wire/messages.ts";
import { afterEach, expect, test, vi } from "vitest";
import { VideoEncoder } from "../encode/video-encoder.ts";
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

afterEach(() => vi.restoreAllMocks());

/** A view of a small picture, and what its loop sends. */
async function begin() {
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
      sent.push(head.picture === viewer.Picture.PNG ? "still" : head.key ? "key" : "video");
      setImmediate(() => loop.pixels(true, sent.length));
    },
    fail: (error) => sent.push(error.message),
    loading: () => {},
    trouble: (message) => sent.push(message),
  });
  renderer.onChange = () => loop.change("data");
  return {
    ...{ loop, painter, sent },
    look: () => {
      loop.pixels(true, 0);
      loop.want({ inputId: 1, canvas, moving: false, visible: true, recording: false, receivedUs: 0 });
    },
    end: async () => {
      await loop.dispose();
      renderer.dispose();
      gpu.dispose();
    },
  };
}

test("a view at rest ends with the exact picture, also when data arrive while that is drawn", async () => {
  const { loop, painter, sent, look, end } = await begin();
  painter.onFirst = () => loop.change("data");
  look();
  // The change is answered by a picture in a hurry (of another size on a busy machine: a keyframe then), and that one by a still.
  await vi.waitFor(() => expect(sent.join(" ")).toMatch(/still (key|video).* still$/), { timeout: 20_000 });
  await end();
});

test("a keyframe that is asked for while a picture is encoded comes with the next one", async () => {
  const { loop, sent, look, end } = await begin();
  const encode = VideoEncoder.prototype.encode;
  let asked = false;
  vi.spyOn(VideoEncoder.prototype, "encode").mockImplementation(function (this: VideoEncoder, ...given) {
    // The first picture is a keyframe of itself; the second is under way when somebody asks.
    if (!given[1].key && !asked) {
      asked = true;
      loop.keyframe();
    }
    return encode.apply(this, given);
  });
  look();
  await vi.waitFor(() => expect(sent).toContain("still"), { timeout: 20_000 });
  loop.change("view");
  await vi.waitFor(() => expect(sent.join(" ")).toMatch(/video key.* still$/), { timeout: 20_000 });
  await end();
});
