import { AV_CODEC_ID_H264 } from "node-av/constants";
import { Codec, CodecContext, Frame, Packet } from "node-av/lib";
import { afterEach, describe, expect, it } from "vitest";
import { CANDIDATES } from "./candidates.ts";
import { codecString, isKeyPacket, reorderFrames } from "./h264.ts";
import { EncodeError, VideoEncoder } from "./video-encoder.ts";

const software = CANDIDATES.filter((candidate) => candidate.name === "libx264");
const width = 320;
const height = 240;

/** A smooth picture that moves with `shift`. */
function picture(shift: number): Uint8Array {
  const bytes = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const value = 128 + 100 * Math.sin((x + shift) / 23) * Math.cos(y / 31);
      bytes.set([value, value, value, 255], at);
    }
  }
  return bytes;
}

/** Luma of decoded packets, by FFmpeg's own decoder. */
async function decode(packets: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const codec = Codec.findDecoder(AV_CODEC_ID_H264);
  if (!codec) throw new Error("no decoder");
  const context = new CodecContext();
  context.allocContext3(codec);
  await context.open2(codec);
  const out: Uint8Array[] = [];
  for (const bytes of packets) {
    const packet = new Packet();
    packet.alloc();
    packet.data = Buffer.from(bytes);
    await context.sendPacket(packet);
    const frame = new Frame();
    frame.alloc();
    if ((await context.receiveFrame(frame)) >= 0 && frame.data?.[0]) {
      const stride = frame.linesize[0] ?? width;
      const luma = new Uint8Array(width * height);
      for (let y = 0; y < height; y++) {
        luma.set(frame.data[0].subarray(y * stride, y * stride + width), y * width);
      }
      out.push(luma);
    }
    frame.free();
    packet.free();
  }
  context.freeContext();
  return out;
}

describe("VideoEncoder", () => {
  let encoder: VideoEncoder | undefined;
  afterEach(async () => {
    await encoder?.[Symbol.asyncDispose]();
    encoder = undefined;
  });
  const open = async (bitrate = 4_000_000) => {
    encoder = await VideoEncoder.open({ width, height, bitrate }, software);
    return encoder;
  };

  it("gives one packet a picture, which a decoder shows at once and much like the original", async () => {
    const video = await open();
    const packets: Uint8Array[] = [];
    for (let i = 1; i <= 5; i++) {
      const pixels = { format: "rgba", bytes: picture(i * 3), stride: width * 4 } as const;
      packets.push((await video.encode(pixels, { key: i === 1, timeUs: i * 16_000 })).bytes);
    }
    const shown = await decode(packets);
    expect(shown).toHaveLength(5);
    const original = picture(15);
    let squares = 0;
    for (let i = 0; i < width * height; i++) {
      // Limited range back to full.
      const value = ((shown[4]?.[i] ?? 0) - 16) * (255 / 219);
      squares += (value - (original[i * 4] ?? 0)) ** 2;
    }
    const psnr = 10 * Math.log10((255 * 255 * width * height) / squares);
    expect(psnr).toBeGreaterThan(36);
  });

  it("makes a keyframe when asked and only then, and says its codec from the SPS", async () => {
    const video = await open();
    const keys: boolean[] = [];
    for (let i = 1; i <= 6; i++) {
      const pixels = { format: "rgba", bytes: picture(i), stride: width * 4 } as const;
      const packet = await video.encode(pixels, { key: i === 1 || i === 4, timeUs: i * 16_000 });
      keys.push(packet.key);
      expect(packet.key).toBe(isKeyPacket(packet.bytes));
      if (packet.key) expect(codecString(packet.bytes)).toBe(packet.codec);
      expect(packet.codec).toMatch(/^avc1\.42[0-9A-F]{4}$/);
    }
    expect(keys).toEqual([true, false, false, true, false, false]);
  });

  it("promises decoders that no picture is reordered", async () => {
    const video = await open();
    const pixels = { format: "rgba", bytes: picture(0), stride: width * 4 } as const;
    const packet = await video.encode(pixels, { key: true, timeUs: 1000 });
    expect(reorderFrames(packet.bytes)).toBe(0);
  });

  it("sends fewer bytes when the ceiling falls", async () => {
    const video = await open(20_000_000);
    const noise = (seed: number) => {
      const bytes = new Uint8Array(width * height * 4);
      let state = seed;
      for (let i = 0; i < bytes.length; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        bytes[i] = state >>> 24;
      }
      return bytes;
    };
    const run = async (from: number) => {
      let sum = 0;
      for (let i = from; i < from + 20; i++) {
        const pixels = { format: "rgba", bytes: noise(i), stride: width * 4 } as const;
        sum += (await video.encode(pixels, { key: false, timeUs: i * 16_667 })).bytes.byteLength;
      }
      return sum;
    };
    const before = await run(1);
    video.setBitrate(1_000_000);
    const after = await run(21);
    expect(after).toBeLessThan(before / 4);
  });

  it("takes NV12 as it is", async () => {
    const video = await open();
    const bytes = new Uint8Array(width * height * 1.5).fill(128);
    bytes.fill(90, 0, width * height);
    const packet = await video.encode({ format: "nv12", bytes, stride: width }, { key: true, timeUs: 5 });
    const [shown] = await decode([packet.bytes]);
    expect(Math.abs((shown?.[width * 100 + 100] ?? 0) - 90)).toBeLessThanOrEqual(1);
  });

  it("says what was tried when nothing works", async () => {
    await expect(VideoEncoder.open({ width: 1, height: 1, bitrate: 1e6 }, software)).rejects.toThrow(
      EncodeError,
    );
    await expect(VideoEncoder.open({ width: 1, height: 1, bitrate: 1e6 }, software)).rejects.toThrow(
      /libx264/,
    );
  });
});
