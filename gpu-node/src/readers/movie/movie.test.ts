import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P } from "node-av/constants";
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Packet, Rational } from "node-av/lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSource } from "../open.ts";
import { TestFolder } from "../testing/files.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());
const [WIDTH, HEIGHT, COUNT] = [96, 64, 40];
const path = join(folder.path, "movie.mp4");

/** Gray that rises with time, so that each picture is known again. */
const grayOf = (frame: number) => 20 + frame * 5;

/** A movie with B-frames and three groups of pictures, by FFmpeg. */
async function makeMovie(file: string): Promise<void> {
  const format = new FormatContext();
  format.allocOutputContext2(null, "mp4", file);
  const codec = Codec.findEncoderByName("libx264" as never);
  if (!codec) throw new Error("no encoder");
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = WIDTH;
  context.height = HEIGHT;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, 10);
  context.framerate = new Rational(10, 1);
  context.gopSize = 16;
  context.maxBFrames = 3;
  // A global header: avcC, as files have it.
  context.flags = (1 << 22) as never;
  await context.open2(
    codec,
    Dictionary.fromObject({ preset: "veryfast", crf: "10", "x264-params": "scenecut=0" }),
  );
  const stream = format.newStream(null);
  if (!stream) throw new Error("no stream");
  stream.codecpar.fromContext(context);
  stream.timeBase = new Rational(1, 10);
  await format.openOutput();
  await format.writeHeader(null);
  const packet = new Packet();
  packet.alloc();
  const drain = async () => {
    while ((await context.receivePacket(packet)) >= 0) {
      packet.streamIndex = 0;
      packet.rescaleTs(context.timeBase, stream.timeBase);
      await format.interleavedWriteFrame(packet);
    }
  };
  for (let i = 0; i < COUNT; i++) {
    const frame = new Frame();
    frame.alloc();
    frame.format = AV_PIX_FMT_YUV420P;
    frame.width = WIDTH;
    frame.height = HEIGHT;
    frame.getBuffer(0);
    frame.fromBuffer(
      Buffer.concat([
        Buffer.alloc(WIDTH * HEIGHT, 16 + Math.round((grayOf(i) * 219) / 255)),
        Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
      ]),
    );
    frame.pts = BigInt(i);
    await context.sendFrame(frame);
    frame.free();
    await drain();
  }
  await context.sendFrame(null);
  await drain();
  await format.writeTrailer();
  await format.closeOutput();
  packet.free();
  context.freeContext();
}

beforeAll(() => makeMovie(path));

const openMovie = async (file: string) => {
  const [layer] = await openSource(file, folder.options);
  if (!layer) throw new Error("nothing was opened");
  return layer;
};

describe("a movie", () => {
  test("is a time-lapse, any picture of which can be had in any order", async () => {
    expect(AV_CODEC_ID_H264).toBeDefined();
    const { source, rgb, defaults } = await openMovie(path);
    expect([rgb, source.levels[0]?.shape]).toEqual([true, [COUNT, HEIGHT, WIDTH]]);
    expect(defaults.scale?.[0]).toBeCloseTo(0.1);
    for (const time of [0, 39, 5, 6, 7, 4, 17, 16, 15, 38, 20, 33, 1]) {
      const { data } = await source.readBrick(0, [time, 0, 0]);
      expect(Math.abs(Number(data[3 * 1000]) - grayOf(time)), `picture ${time}`).toBeLessThanOrEqual(2);
    }
    await source.dispose();
    await expect(source.readBrick(0, [0, 0, 0])).rejects.toThrow("closed");
  });

  test("is given up when nobody waits", async () => {
    const { source } = await openMovie(path);
    const abort = new AbortController();
    const read = source.readBrick(0, [30, 0, 0], { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(read).rejects.toThrow("enough");
    expect((await source.readBrick(0, [2, 0, 0])).shape).toEqual([1, HEIGHT, WIDTH]);
    await source.dispose();
  });

  test("that is damaged is refused in words", async () => {
    const bytes = readFileSync(path);
    const cases: [Uint8Array, RegExp][] = [
      [bytes.subarray(0, 2000), /cut short|table of pictures is missing/],
      [Buffer.from("hello, this is no movie"), /does not begin/],
      [new Uint8Array(), /table of pictures is missing/],
    ];
    const claims = Buffer.from(bytes);
    const at = claims.indexOf("stsz");
    claims.writeUInt32BE(7, at + 8);
    claims.writeUInt32BE(4_000_000_000, at + 12);
    cases.push([claims, /more than 5000000 pictures/]);
    for (const [content, message] of cases)
      await expect(openMovie(folder.write("bad.mp4", content))).rejects.toMatchObject({
        name: "SourceError",
        message: expect.stringMatching(message),
      });
    const noise = Buffer.from(bytes);
    const mdat = noise.indexOf("mdat") + 200;
    noise.fill(0xa5, mdat, mdat + 400);
    const { source } = await openMovie(folder.write("noise.mp4", noise));
    await source
      .readBrick(0, [3, 0, 0])
      .catch((cause: unknown) => expect(cause).toMatchObject({ name: "SourceError" }));
    await source.dispose();
  });
});
