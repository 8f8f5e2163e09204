/** One H.264 stream: pictures in, packets out, one for one. */
import {
  AV_HWDEVICE_TYPE_VAAPI,
  AV_HWDEVICE_TYPE_VULKAN,
  AV_LOG_ERROR,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_VAAPI,
  AV_PIX_FMT_VULKAN,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  SWS_BILINEAR,
} from "node-av/constants";
import {
  Codec,
  CodecContext,
  Dictionary,
  Frame,
  HardwareDeviceContext,
  HardwareFramesContext,
  Log,
  Packet,
  Rational,
  SoftwareScaleContext,
} from "node-av/lib";
import { type EncodeRate, type EncoderCandidate, ffmpegName } from "./candidates.ts";
import { codecString, isKeyPacket } from "./h264.ts";

Log.setLevel(AV_LOG_ERROR);

/** Pixels of one picture, rows top to bottom. */
export type Pixels =
  | { readonly format: "rgba"; readonly bytes: Uint8Array; readonly stride: number }
  /** Rows of Y, then rows of interleaved U and V at half the resolution, all `stride` bytes apart. */
  | { readonly format: "nv12"; readonly bytes: Uint8Array; readonly stride: number };

/** One encoded picture. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly key: boolean;
  /** WebCodecs codec string; of the last keyframe's SPS. */
  readonly codec: string;
  /** Microseconds spent in colour conversion or copying, and in the encoder. */
  readonly convertUs: number;
  readonly encodeUs: number;
}

/** The encoder failed, or there is none. */
export class EncodeError extends Error {
  override readonly name = "EncodeError";
}

/** An open encoder of one size. `encode` is not reentrant. */
export class VideoEncoder implements AsyncDisposable {
  readonly candidate: EncoderCandidate;
  readonly width: number;
  readonly height: number;
  readonly #context: CodecContext;
  readonly #frame: Frame;
  readonly #uploaded: Frame | undefined;
  readonly #frames: HardwareFramesContext | undefined;
  readonly #packet: Packet;
  #scaler: SoftwareScaleContext | undefined;
  #codec = "";
  #bitrate: number;

  private constructor(
    candidate: EncoderCandidate,
    rate: EncodeRate,
    context: CodecContext,
    frames: HardwareFramesContext | undefined,
  ) {
    this.candidate = candidate;
    this.width = rate.width;
    this.height = rate.height;
    this.#bitrate = rate.bitrate;
    this.#context = context;
    this.#frames = frames;
    this.#frame = new Frame();
    this.#frame.alloc();
    this.#frame.format = AV_PIX_FMT_NV12;
    this.#frame.width = rate.width;
    this.#frame.height = rate.height;
    this.#frame.colorRange = AVCOL_RANGE_MPEG;
    this.#frame.colorSpace = AVCOL_SPC_BT709;
    check(this.#frame.getBuffer(0), "memory for a picture");
    if (frames) {
      this.#uploaded = new Frame();
      this.#uploaded.alloc();
    }
    this.#packet = new Packet();
    this.#packet.alloc();
  }

  /**
   * Opens the first candidate that works at this size; width and height must be even.
   * @throws EncodeError naming what was tried.
   */
  static async open(rate: EncodeRate, among: readonly EncoderCandidate[]): Promise<VideoEncoder> {
    const failures: string[] = [];
    for (const candidate of among) {
      try {
        return await VideoEncoder.#openOne(candidate, rate);
      } catch (cause) {
        failures.push(`${candidate.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
    throw new EncodeError(
      `No H.264 encoder works here at ${rate.width}x${rate.height} (${failures.join("; ")}).`,
    );
  }

  static async #openOne(candidate: EncoderCandidate, rate: EncodeRate): Promise<VideoEncoder> {
    const codec = Codec.findEncoderByName(ffmpegName(candidate));
    if (!codec) throw new EncodeError("not part of this FFmpeg");
    const context = new CodecContext();
    context.allocContext3(codec);
    context.width = rate.width;
    context.height = rate.height;
    context.pixelFormat = AV_PIX_FMT_NV12;
    context.timeBase = new Rational(1, 1_000_000);
    context.framerate = new Rational(60, 1);
    context.gopSize = 1_000_000_000;
    context.maxBFrames = 0;
    context.colorRange = AVCOL_RANGE_MPEG;
    context.colorSpace = AVCOL_SPC_BT709;
    context.colorPrimaries = AVCOL_PRI_BT709;
    context.colorTrc = AVCOL_TRC_BT709;
    // Threads would each hold a picture back.
    context.threadCount = 1;
    let frames: HardwareFramesContext | undefined;
    try {
      applyRate(context, candidate, rate.bitrate);
      frames = candidate.device ? deviceFrames(context, candidate.device, rate) : undefined;
      const options = Dictionary.fromObject({ ...candidate.options });
      check(await context.open2(codec, options), "opening");
      const encoder = new VideoEncoder(candidate, rate, context, frames);
      await encoder.#prove();
      return encoder;
    } catch (cause) {
      context.freeContext();
      throw cause;
    }
  }

  /** Encodes one picture of grey: an encoder that opens may still fail at the first picture. */
  async #prove(): Promise<void> {
    const bytes = new Uint8Array(this.width * this.height * 1.5).fill(128);
    const first = await this.encode({ format: "nv12", bytes, stride: this.width }, { key: true, timeUs: 0 });
    if (!first.key || !first.codec) throw new EncodeError("its first packet is no keyframe");
  }

  /** Changes the ceiling of the rate, in bits per second, from the next picture on. */
  setBitrate(bitrate: number): void {
    if (Math.abs(bitrate - this.#bitrate) < this.#bitrate * 0.05) return;
    this.#bitrate = bitrate;
    applyRate(this.#context, this.candidate, bitrate);
  }

  /**
   * Encodes a picture of the encoder's size.
   * @param options.timeUs microseconds, rising from picture to picture.
   * @throws EncodeError
   */
  async encode(pixels: Pixels, options: { key: boolean; timeUs: number }): Promise<EncodedPicture> {
    const started = performance.now();
    check(this.#frame.makeWritable(), "writing a picture");
    if (pixels.format === "rgba") await this.#convert(pixels);
    else this.#copy(pixels);
    const converted = performance.now();
    let input = this.#frame;
    if (this.#uploaded && this.#frames) {
      this.#uploaded.unref();
      check(this.#frames.getBuffer(this.#uploaded, 0), "memory on the device");
      check(await this.#uploaded.hwframeTransferData(this.#frame, 0), "uploading a picture");
      input = this.#uploaded;
    }
    input.pts = BigInt(Math.round(options.timeUs));
    input.pictType = options.key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    check(await this.#context.sendFrame(input), "encoding");
    check(await this.#context.receivePacket(this.#packet), "taking the packet");
    const data = this.#packet.data;
    if (!data) throw new EncodeError("The encoder gave an empty packet.");
    const bytes = new Uint8Array(data);
    this.#packet.unref();
    const key = isKeyPacket(bytes);
    if (key) this.#codec = codecString(bytes) ?? this.#codec;
    const ended = performance.now();
    return {
      bytes,
      key,
      codec: this.#codec,
      convertUs: (converted - started) * 1000,
      encodeUs: (ended - converted) * 1000,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#context.freeContext();
    this.#frame.free();
    this.#uploaded?.free();
    this.#packet.free();
    this.#scaler?.freeContext();
    await Promise.resolve();
  }

  async #convert(pixels: Pixels): Promise<void> {
    const { width, height } = this;
    if (!this.#scaler) {
      this.#scaler = new SoftwareScaleContext();
      this.#scaler.getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_NV12, SWS_BILINEAR);
    }
    const planes = this.#planes();
    const source = Buffer.from(pixels.bytes.buffer, pixels.bytes.byteOffset, pixels.bytes.byteLength);
    const rows = await this.#scaler.scale(
      [source],
      [pixels.stride],
      0,
      height,
      planes.buffers,
      planes.strides,
    );
    if (rows !== height) throw new EncodeError(`The colour conversion made ${rows} of ${height} rows.`);
  }

  #copy(pixels: Pixels): void {
    const { buffers, strides } = this.#planes();
    const { width, height } = this;
    const rows = [height, height / 2];
    let at = 0;
    for (const [plane, buffer] of buffers.entries()) {
      const stride = strides[plane] ?? width;
      for (let row = 0; row < (rows[plane] ?? 0); row++, at += pixels.stride) {
        buffer.set(pixels.bytes.subarray(at, at + width), row * stride);
      }
    }
  }

  /** The planes of the frame: FFmpeg may keep both in one buffer. */
  #planes(): { buffers: Buffer[]; strides: number[] } {
    const strides = this.#frame.linesize.slice(0, 2);
    const data = this.#frame.data;
    const luma = data?.[0];
    const lumaBytes = (strides[0] ?? 0) * this.height;
    const chroma = data?.[1] ?? luma?.subarray(lumaBytes);
    if (!luma || !chroma) throw new EncodeError("The picture has no memory.");
    return { buffers: [luma, chroma], strides };
  }
}

function applyRate(context: CodecContext, candidate: EncoderCandidate, bitrate: number): void {
  const bits = BigInt(Math.round(bitrate));
  // x264's quality is the setting and the rate only its ceiling; the hardware encoders aim at the rate.
  if (candidate.hardware) context.bitRate = bits;
  context.rcMaxRate = bits;
  // A buffer of a few pictures: a keyframe must fit, and a burst must not queue in the network.
  context.rcBufferSize = Math.round(bitrate / (candidate.hardware ? 30 : 8));
}

function deviceFrames(
  context: CodecContext,
  device: "vaapi" | "vulkan",
  rate: EncodeRate,
): HardwareFramesContext {
  const hardware = new HardwareDeviceContext();
  const type = device === "vaapi" ? AV_HWDEVICE_TYPE_VAAPI : AV_HWDEVICE_TYPE_VULKAN;
  check(hardware.create(type), `a ${device} device`);
  const frames = new HardwareFramesContext();
  frames.alloc(hardware);
  frames.format = device === "vaapi" ? AV_PIX_FMT_VAAPI : AV_PIX_FMT_VULKAN;
  frames.swFormat = AV_PIX_FMT_NV12;
  frames.width = rate.width;
  frames.height = rate.height;
  frames.initialPoolSize = 4;
  check(frames.init(), `a pool of ${device} pictures`);
  context.pixelFormat = frames.format;
  context.hwDeviceCtx = hardware;
  context.hwFramesCtx = frames;
  return frames;
}

function check(code: number, what: string): void {
  if (code < 0) throw new EncodeError(`${what} failed (FFmpeg ${code})`);
}
