/** Pictures of a movie, decoded from the one before that can be begun with. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import {
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_VP9,
  AV_LOG_ERROR,
  AV_PIX_FMT_RGB24,
} from "node-av/constants";
import { Codec, CodecContext, Frame, Log, Packet, SoftwareScaleContext } from "node-av/lib";
import type { Resource } from "../resource.ts";
import type { MovieTrack } from "./demux.ts";

Log.setLevel(AV_LOG_ERROR);

const IDS = { h264: AV_CODEC_ID_H264, hevc: AV_CODEC_ID_HEVC, vp9: AV_CODEC_ID_VP9, av1: AV_CODEC_ID_AV1 };
/** Bytes of decoded pictures that are kept, beside the last one. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** FFmpeg's "send more first" and "that was all". */
const AGAIN = -11;
const END = -541478725;

/** Decodes one track. Pictures are asked for by their number in the order in which they are shown. */
export class MovieDecoder {
  readonly #resource: Resource;
  readonly #track: MovieTrack;
  /** RGB by the number of the sample. */
  readonly #kept = new Map<number, Uint8Array>();
  #run: Run | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(resource: Resource, track: MovieTrack) {
    this.#resource = resource;
    this.#track = track;
  }

  /** RGB, row by row. @throws SourceError; the signal's reason when aborted */
  frame(number: number, signal: AbortSignal): Promise<Uint8Array> {
    // One decoder, so one at a time; a picture that nobody wants any more is passed over.
    const result = this.#queue.then(() => this.#frame(number, signal));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#queue;
    this.#end();
    this.#kept.clear();
  }

  #end(): void {
    this.#run?.close();
    this.#run = undefined;
  }

  async #frame(number: number, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const { shown, samples } = this.#track;
    const { label } = this.#resource;
    const wanted = shown[number];
    if (wanted === undefined) throw new SourceError(`${label} has no picture ${number}.`);
    const kept = this.#kept.get(wanted);
    if (kept) return kept;
    let begin = beginOf(this.#track, wanted);
    // Going on is cheaper than beginning again, as long as the picture is still to come.
    const going =
      this.#run && this.#run.begin >= begin && this.#run.next <= wanted + 1 && !this.#run.given.has(wanted);
    if (!going) {
      this.#end();
      this.#run = await Run.open(this.#track, begin, label);
    }
    const run = this.#run;
    if (!run) throw new SourceError(`${label} cannot be decoded.`);
    try {
      for (;;) {
        signal.throwIfAborted();
        const picture = await run.step(this.#resource, signal);
        if (picture === undefined) break;
        this.#keep(picture.sample, picture.rgb);
        if (picture.sample === wanted) return picture.rgb;
        // Far beyond it, it will not come: it was damaged.
        if (run.next > wanted + 64) break;
      }
    } catch (cause) {
      this.#end();
      throw cause;
    }
    this.#end();
    begin = samples[wanted]?.offset ?? 0;
    throw new SourceError(`${label} has a picture (${number}) that cannot be decoded, at byte ${begin}.`);
  }

  #keep(sample: number, rgb: Uint8Array): void {
    this.#kept.delete(sample);
    this.#kept.set(sample, rgb);
    let total = [...this.#kept.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    for (const [oldest, { byteLength }] of this.#kept) {
      if (total <= KEPT_BYTES || oldest === sample) break;
      this.#kept.delete(oldest);
      total -= byteLength;
    }
  }
}

/** The sample to begin with: pictures that are shown before the one that starts a group may need the group before. */
function beginOf({ samples }: MovieTrack, wanted: number): number {
  const time = samples[wanted]?.time ?? 0;
  let at = wanted;
  for (; at > 0; at--) {
    const sample = samples[at];
    if (sample?.sync && sample.time <= time) break;
  }
  return at;
}

/** One way through the samples. */
class Run {
  readonly begin: number;
  /** The sample that is fed next. */
  next: number;
  /** Samples whose pictures came out. */
  readonly given = new Set<number>();
  readonly #track: MovieTrack;
  readonly #label: string;
  readonly #context: CodecContext;
  readonly #frame: Frame;
  #scaler: SoftwareScaleContext | undefined;
  /** The size that the scaler takes. */
  #scaled = "";
  #flushed = false;

  private constructor(track: MovieTrack, begin: number, label: string, context: CodecContext) {
    this.begin = begin;
    this.next = begin;
    this.#track = track;
    this.#label = label;
    this.#context = context;
    this.#frame = new Frame();
    this.#frame.alloc();
  }

  static async open(track: MovieTrack, begin: number, label: string): Promise<Run> {
    const codec = Codec.findDecoder(IDS[track.codec]);
    if (!codec)
      throw new SourceError(`${label} is coded as ${track.codec}, for which there is no decoder here.`);
    const context = new CodecContext();
    context.allocContext3(codec);
    context.extraData = Buffer.from(track.setup);
    context.width = track.width;
    context.height = track.height;
    context.threadCount = 2;
    const code = await context.open2(codec);
    if (code < 0) {
      context.freeContext();
      throw new SourceError(`${label} cannot be decoded (FFmpeg ${code}).`);
    }
    return new Run(track, begin, label, context);
  }

  /** The next picture that comes out; undefined after the last. */
  async step(
    resource: Resource,
    signal: AbortSignal,
  ): Promise<{ sample: number; rgb: Uint8Array } | undefined> {
    for (;;) {
      const got = await this.#context.receiveFrame(this.#frame);
      if (got >= 0) {
        const sample = Number(this.#frame.pts);
        this.given.add(sample);
        const rgb = await this.#rgb();
        this.#frame.unref();
        return { sample, rgb };
      }
      if (got === END) return undefined;
      if (got !== AGAIN)
        throw new SourceError(`${this.#label} is damaged: a picture cannot be decoded (FFmpeg ${got}).`);
      await this.#feed(resource, signal);
    }
  }

  async #feed(resource: Resource, signal: AbortSignal): Promise<void> {
    const sample = this.#track.samples[this.next];
    if (!sample) {
      if (this.#flushed) throw new SourceError(`${this.#label} is damaged: its decoder does not end.`);
      this.#flushed = true;
      await this.#context.sendPacket(null);
      return;
    }
    const bytes = await resource.read(sample.offset, sample.size, signal);
    const packet = new Packet();
    packet.alloc();
    try {
      packet.data = Buffer.from(bytes);
      // The number comes out with the picture.
      packet.pts = BigInt(this.next);
      packet.dts = BigInt(this.next);
      const code = await this.#context.sendPacket(packet);
      this.next += 1;
      if (code < 0 && code !== AGAIN)
        throw new SourceError(`${this.#label} is damaged: a picture cannot be decoded (FFmpeg ${code}).`);
    } finally {
      packet.free();
    }
  }

  async #rgb(): Promise<Uint8Array> {
    const { width, height } = this.#track;
    const frame = this.#frame;
    // Streams change their resolution on the way; all pictures get the track's size, as in a player.
    const size = `${frame.width}x${frame.height}`;
    if (size !== this.#scaled) {
      this.#scaler?.freeContext();
      this.#scaler = undefined;
      this.#scaled = size;
    }
    if (!this.#scaler) {
      this.#scaler = new SoftwareScaleContext();
      this.#scaler.allocContext();
    }
    const out = new Frame();
    out.alloc();
    try {
      out.format = AV_PIX_FMT_RGB24;
      out.width = width;
      out.height = height;
      const memory = out.getBuffer(0);
      const rows = memory < 0 ? memory : await this.#scaler.scaleFrame(out, frame);
      const data = out.data?.[0];
      if (rows < 0 || !data)
        throw new SourceError(`${this.#label} has a picture whose colours cannot be converted.`);
      const stride = out.linesize[0] ?? width * 3;
      const rgb = new Uint8Array(width * height * 3);
      for (let y = 0; y < height; y++)
        rgb.set(data.subarray(y * stride, y * stride + width * 3), y * width * 3);
      return rgb;
    } finally {
      out.free();
    }
  }

  close(): void {
    this.#context.freeContext();
    this.#frame.free();
    this.#scaler?.freeContext();
  }
}
