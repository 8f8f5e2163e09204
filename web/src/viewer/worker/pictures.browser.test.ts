/** Pictures from bytes to the canvas, by every way there is, in a real browser. */
import { viewer } from "@eyepiece/protocol/wire/messages.ts";
import { expect } from "chai";
import { type Compositor, chooseCompositor } from "./compositor.ts";
import { FrameDecoder, type Picture } from "./decoder.ts";
import type { Matrix3 } from "./reproject.ts";
import { IDENTITY3 } from "./reproject.ts";

const WIDTH = 64;
const HEIGHT = 48;
/** One step of luma and one of chroma are at most this much of a colour. */
const ROUNDING = 4;
/** The 2D canvas converts NV12 more coarsely than I420; software decoders give I420. */
const COARSE = 10;
type Rgb = readonly [number, number, number];

/** BT.709, limited range: the values of a colour's luma and chroma, 0..255. */
function yuv([r, g, b]: Rgb): Rgb {
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const chroma = (value: number, scale: number) => 128 + ((value - y) / scale) * (224 / 255);
  return [Math.round(16 + y * (219 / 255)), Math.round(chroma(b, 1.8556)), Math.round(chroma(r, 1.5748))];
}

/** Four quarters, in even sizes so that no chroma is shared. */
const QUARTERS: readonly Rgb[] = [
  [200, 40, 40],
  [40, 180, 60],
  [60, 60, 220],
  [128, 128, 128],
];
const quarterAt = (x: number, y: number): Rgb =>
  QUARTERS[(x < WIDTH / 2 ? 0 : 1) + (y < HEIGHT / 2 ? 0 : 2)] ?? [0, 0, 0];

function videoFrame(format: "I420" | "NV12"): VideoFrame {
  const chroma = (WIDTH / 2) * (HEIGHT / 2);
  const data = new Uint8Array(WIDTH * HEIGHT + 2 * chroma);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [luma, u, v] = yuv(quarterAt(x, y));
      data[y * WIDTH + x] = luma;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const at = (y / 2) * (WIDTH / 2) + x / 2;
      const first = WIDTH * HEIGHT + (format === "NV12" ? 2 * at : at);
      data[first] = u;
      data[first + (format === "NV12" ? 1 : chroma)] = v;
    }
  }
  const colorSpace = { matrix: "bt709", primaries: "bt709", transfer: "bt709", fullRange: false } as const;
  return new VideoFrame(data, { format, codedWidth: WIDTH, codedHeight: HEIGHT, timestamp: 0, colorSpace });
}

const head = (changes: object = {}) =>
  Object.assign(new viewer.FrameHead(), {
    ...{ frame: 1, width: WIDTH, height: HEIGHT, cropWidth: WIDTH, cropHeight: HEIGHT },
    ...changes,
  });
const picture = (image: Picture["image"]): Picture => ({
  image,
  head: head(),
  bytes: 1,
  arrived: 0,
  decoded: 0,
});

/** Draws and reads the canvas back: a function from a pixel to its colour. */
async function drawn(
  compositor: Compositor,
  canvas: OffscreenCanvas,
  forward: Matrix3,
): Promise<(x: number, y: number) => Rgb> {
  compositor.draw(forward);
  const bitmap = canvas.transferToImageBitmap();
  const copy = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!copy) throw new Error("no 2D canvas");
  copy.drawImage(bitmap, 0, 0);
  const { data } = copy.getImageData(0, 0, bitmap.width, bitmap.height);
  return (x, y) => {
    const at = (y * bitmap.width + x) * 4;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  };
}

function expectColour(got: Rgb, wanted: Rgb, tolerance: number): void {
  const off = Math.max(...got.map((value, index) => Math.abs(value - (wanted[index] ?? 0))));
  expect(off, `${got} for ${wanted}`).to.be.at.most(tolerance);
}

for (const kind of ["webgpu", "canvas2d"] as const) {
  describe(`the ${kind} compositor`, () => {
    let canvas: OffscreenCanvas;
    let compositor: Compositor;
    beforeEach(async () => {
      canvas = new OffscreenCanvas(WIDTH, HEIGHT);
      compositor = await chooseCompositor(canvas, kind, () => {});
      compositor.resize(WIDTH, HEIGHT);
    });
    afterEach(() => compositor.dispose());

    it("is the one that was asked for", () => {
      expect(compositor.kind).to.equal(kind);
    });

    for (const format of ["I420", "NV12"] as const) {
      it(`shows the colours of a ${format} frame in BT.709, limited range`, async () => {
        await compositor.take(picture(videoFrame(format)));
        const at = await drawn(compositor, canvas, IDENTITY3);
        for (const [x, y] of [
          [10, 10],
          [50, 10],
          [10, 40],
          [50, 40],
        ] as const) {
          const coarse = kind === "canvas2d" && format === "NV12";
          expectColour(at(x, y), quarterAt(x, y), coarse ? COARSE : ROUNDING);
        }
      });
    }

    it("moves the picture where the pose wants it, and leaves black beside it", async () => {
      await compositor.take(picture(videoFrame("I420")));
      const at = await drawn(compositor, canvas, [1, 0, 0.25, 0, 1, 0, 0, 0, 1]);
      expectColour(at(4, 4), [0, 0, 0], 0);
      expectColour(at(WIDTH / 4 + 8, 8), quarterAt(8, 8), ROUNDING);
      expectColour(at(WIDTH - 4, 8), quarterAt(WIDTH - 4 - WIDTH / 4, 8), ROUNDING);
    });

    it("scales a smaller picture up to the canvas", async () => {
      compositor.resize(WIDTH * 2, HEIGHT * 2);
      await compositor.take(picture(videoFrame("I420")));
      const at = await drawn(compositor, canvas, IDENTITY3);
      expectColour(at(WIDTH * 2 - 10, 10), quarterAt(WIDTH - 5, 5), ROUNDING);
      expectColour(at(10, HEIGHT * 2 - 10), quarterAt(5, HEIGHT - 5), ROUNDING);
    });

    it("shows a still exactly, every pixel", async () => {
      const source = new OffscreenCanvas(WIDTH, HEIGHT);
      const context = source.getContext("2d");
      if (!context) throw new Error("no 2D canvas");
      const pixels = context.createImageData(WIDTH, HEIGHT);
      for (let index = 0; index < WIDTH * HEIGHT; index += 1) {
        pixels.data.set([index % 256, (index * 7) % 256, (index * 31) % 256, 255], index * 4);
      }
      context.putImageData(pixels, 0, 0);
      const png = new Uint8Array(await (await source.convertToBlob({ type: "image/png" })).arrayBuffer());
      const { promise, resolve, reject } = Promise.withResolvers<Picture>();
      const decoder = new FrameDecoder({
        ...{
          onPicture: resolve,
          onDropped: () => {},
          onBroken: (why) => reject(new Error(why)),
          now: () => 0,
        },
      });
      decoder.push(head({ picture: viewer.Picture.PNG }), png, 0);
      await compositor.take(await promise);
      const at = await drawn(compositor, canvas, IDENTITY3);
      let different = 0;
      for (let index = 0; index < WIDTH * HEIGHT; index += 1) {
        const wanted = pixels.data.subarray(index * 4, index * 4 + 3);
        const got = at(index % WIDTH, Math.floor(index / WIDTH));
        if (got.some((value, channel) => value !== wanted[channel])) different += 1;
      }
      expect(different).to.equal(0);
    });
  });
}

describe("the decoder", () => {
  /** Encodes pictures as the node does: Annex B, parameter sets with each keyframe. */
  async function encoded(count: number): Promise<{ key: boolean; data: Uint8Array }[]> {
    const chunks: { key: boolean; data: Uint8Array }[] = [];
    const { promise, reject } = Promise.withResolvers<never>();
    const encoder = new VideoEncoder({
      output: (chunk) => {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        chunks.push({ key: chunk.type === "key", data });
      },
      error: reject,
    });
    encoder.configure({
      ...{
        codec: "avc1.42001f",
        width: WIDTH,
        height: HEIGHT,
        avc: { format: "annexb" },
        latencyMode: "realtime",
      },
    });
    for (let index = 0; index < count; index += 1) {
      const frame = videoFrame("I420");
      encoder.encode(frame, { keyFrame: index === 0 });
      frame.close();
    }
    await Promise.race([encoder.flush(), promise]);
    encoder.close();
    return chunks;
  }

  function decoding() {
    const shown: number[] = [];
    const broken: string[] = [];
    let dropped = 0;
    const decoder = new FrameDecoder({
      onPicture: (one) => {
        shown.push(one.head.frame);
        one.image.close();
      },
      onDropped: () => {
        dropped += 1;
      },
      onBroken: (why) => broken.push(why),
      now: () => 0,
    });
    return { decoder, shown, broken, dropped: () => dropped };
  }

  const soon = async (holds: () => boolean): Promise<void> => {
    for (const end = performance.now() + 20_000; !holds() && performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  it("gives each picture as it comes, without waiting for the next", async () => {
    const chunks = await encoded(4);
    const { decoder, shown, broken } = decoding();
    for (const [index, { key, data }] of chunks.entries()) {
      decoder.push(head({ frame: index + 1, key, codec: key ? "avc1.42001f" : "" }), data, 0);
      await soon(() => shown.length === index + 1);
      expect(shown.at(-1)).to.equal(index + 1);
    }
    expect(broken).to.deep.equal([]);
    decoder.reset();
  });

  it("asks for a keyframe when the chain does not begin with one, and drops what it cannot show", async () => {
    const [, second] = await encoded(2);
    const { decoder, shown, broken, dropped } = decoding();
    if (!second) throw new Error("two pictures were encoded");
    decoder.push(head({ frame: 2 }), second.data, 0);
    expect(broken.length).to.equal(1);
    expect(dropped()).to.equal(1);
    expect(shown).to.deep.equal([]);
  });

  it("survives bytes that are no picture, and goes on with the next keyframe", async () => {
    const [first] = await encoded(1);
    if (!first) throw new Error("a picture was encoded");
    const { decoder, shown, broken, dropped } = decoding();
    decoder.push(head({ key: true, codec: "avc1.42001f" }), new Uint8Array(100).fill(7), 0);
    await soon(() => broken.length > 0);
    expect(dropped()).to.be.greaterThan(0);
    decoder.push(head({ frame: 9, key: true, codec: "avc1.42001f" }), first.data, 0);
    await soon(() => shown.length > 0);
    expect(shown).to.deep.equal([9]);
    decoder.reset();
  });
});
