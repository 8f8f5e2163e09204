/** Exact pictures: pixels as PNG, by FFmpeg's encoder. */
import { AV_PIX_FMT_RGB24, AV_PIX_FMT_RGBA, SWS_POINT } from "node-av/constants";
import { Codec, CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from "node-av/lib";
import { EncodeError } from "../encode/video-encoder.ts";

/** Encodes opaque RGBA rows of `width` pixels, tightly packed, as a PNG without alpha. Level 1 to 9: time for size. */
export async function encodePng(
  rgba: Uint8Array,
  width: number,
  height: number,
  level = 1,
): Promise<Uint8Array> {
  const codec = Codec.findEncoderByName("png" as Parameters<typeof Codec.findEncoderByName>[0]);
  if (!codec) throw new EncodeError("This FFmpeg has no PNG encoder.");
  using context = new CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_RGB24;
  context.timeBase = new Rational(1, 1);
  context.threadCount = 1;
  context.setOption("compression_level", level);
  check(await context.open2(codec), "opening the PNG encoder");
  using frame = new Frame();
  frame.alloc();
  frame.format = AV_PIX_FMT_RGB24;
  frame.width = width;
  frame.height = height;
  check(frame.getBuffer(0), "memory for a picture");
  using scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_RGB24, SWS_POINT);
  const target = frame.data?.[0];
  if (!target) throw new EncodeError("The picture has no memory.");
  const source = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  await scaler.scale([source], [width * 4], 0, height, [target], [frame.linesize[0] ?? width * 3]);
  frame.pts = 0n;
  using packet = new Packet();
  packet.alloc();
  check(await context.sendFrame(frame), "encoding a PNG");
  check(await context.receivePacket(packet), "taking the PNG");
  if (!packet.data) throw new EncodeError("The PNG encoder gave nothing.");
  return new Uint8Array(packet.data);
}

function check(code: number, what: string): void {
  if (code < 0) throw new EncodeError(`${what} failed (FFmpeg ${code})`);
}
