/**
 * One view's pictures: the newest pose is drawn, never a queue of old ones.
 *
 *     idle --input, scene or data changed--> moving: a quick picture, H.264
 *     moving --REST_MS without change--> refining: full resolution in tiles, then an exact still, PNG
 *     refining --change--> moving (what was refined so far is dropped)
 *     refining --the still is large for the network--> a full H.264 picture; the still once nobody moved for as long as it takes
 *     refining --still sent--> idle: no timer, no work
 */

import { ResolutionControl } from "@eyepiece/engine/render/resolution.ts";
import { Scrub } from "@eyepiece/engine/render/scrub.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import { encodeFrame } from "@eyepiece/protocol/viewer/frame.ts";
import { type Canvas, poseOf } from "@eyepiece/protocol/viewer/pose.ts";
import { type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { workingEncoders } from "../encode/probe.ts";
import { VideoEncoder } from "../encode/video-encoder.ts";
import type { DrawnPicture, Painter } from "./painter.ts";
import { Parts } from "./parts.ts";
import { encodePng } from "./picture.ts";
import { canvasPixels } from "./pose.ts";
import { RateControl } from "./rate-control.ts";

type FrameHead = eyepiece.viewer.FrameHead.$Properties;

/** A view that has not changed for so long is at rest. */
export const REST_MS = 150;
/** Data arriving while nobody moves are shown at most this often. */
const DATA_MS = 120;
/** A still that would occupy the viewer's network for longer than this waits for somebody who rests as long. */
const STILL_SECONDS = 1.5;
/** Rest after which the exact still goes out however slow the network seems. */
const LONGEST_REST_MS = 8000;
const MAX_ENCODERS = 2;

/** What the view's owner wants to see. */
export interface ViewWish {
  readonly inputId: number;
  readonly canvas: Canvas;
  readonly moving: boolean;
  readonly visible: boolean;
  /** A film is made of what is sent: one resolution, and no picture that is not in the stream of video. */
  readonly recording: boolean;
  /** Microseconds on this clock. */
  readonly receivedUs: number;
}

/** One of the two kinds of change after which a picture is wanted. */
type Change = "view" | "data";

export interface ViewLoopOptions {
  /** The view's own among the session's. */
  readonly name: string;
  readonly painter: Painter;
  /** Where the view looks now. */
  readonly view: () => View;
  /** Milliseconds that a picture of a kind may take while the view moves. */
  readonly budgetMs: (kind: string) => number;
  readonly send: (message: Uint8Array) => void;
  readonly fail: (error: Error) => void;
  readonly loading: (progress: number, complete: boolean) => void;
  /** Data that the picture needs cannot be read; told once for each reason. */
  readonly trouble: (message: string) => void;
}

/** This process's clock in microseconds, comparable between processes of one machine. */
export function clockUs(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}

/** Draws, encodes and sends for one view. */
export class ViewLoop {
  /** Whether encoders on the device may be opened. */
  hardwareEncoder = true;
  readonly #options: ViewLoopOptions;
  readonly #rate = new RateControl();
  readonly #resolution: ResolutionControl;
  readonly #parts: Parts;
  readonly #scrub = new Scrub();
  readonly #encoders = new Map<string, VideoEncoder>();
  #wish: ViewWish | undefined;
  #open = false;
  #acknowledged = 0;
  #dirty = false;
  #needKey = true;
  /** Rises with every change: a refinement that sees another number gives up. */
  #generation = 0;
  #changedAt = 0;
  #drawnAt = 0;
  #refined = true;
  /** When a still goes out that seemed too large for the network; 0 for none. */
  #stillAt = 0;
  /** The fraction of the film that is being made. */
  #filmed: number | undefined;
  #running = false;
  #kicked = false;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #disposed = false;
  #loaded = true;
  #lastFailure = "";

  constructor(options: ViewLoopOptions) {
    this.#options = options;
    this.#resolution = new ResolutionControl(options.budgetMs);
    this.#parts = new Parts(this.#resolution);
  }

  /** The view's newest wish; older ones that were not drawn yet are never drawn. */
  want(wish: ViewWish): void {
    const shown = this.#wish?.visible ?? false;
    this.#wish = wish;
    if (wish.visible && !shown) this.#needKey = true;
    this.change("view");
  }

  /** Something that the picture shows has changed. */
  change(kind: Change): void {
    this.#dirty = true;
    this.#refined = false;
    if (kind === "view") {
      this.#generation += 1;
      this.#changedAt = performance.now();
      this.#stillAt = 0;
    }
    this.#kick();
  }

  /** The next picture is one that can be decoded alone. */
  keyframe(): void {
    this.#needKey = true;
    this.change("view");
  }

  /** How far the pixel channel is. */
  pixels(open: boolean, acknowledged: number): void {
    if (!open || acknowledged < this.#acknowledged) {
      this.#rate.reset();
      this.#acknowledged = 0;
    }
    if (open && !this.#open) {
      this.#needKey = true;
      this.change("view");
    }
    this.#open = open;
    if (acknowledged > this.#acknowledged) {
      this.#rate.acknowledged(acknowledged - this.#acknowledged, performance.now());
      this.#acknowledged = acknowledged;
    }
    this.#kick();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    // An encoder in use ends with the picture that uses it.
    if (!this.#running) await this.#closeEncoders();
  }

  #kick(): void {
    if (this.#disposed) return;
    if (this.#running) {
      this.#kicked = true;
      return;
    }
    this.#running = true;
    this.#kicked = false;
    this.#run()
      .catch((cause: unknown) =>
        this.#options.fail(cause instanceof Error ? cause : new Error(String(cause), { cause })),
      )
      .finally(() => {
        this.#running = false;
        if (this.#disposed) void this.#closeEncoders();
        // What came when the run had looked for the last time.
        else if (this.#kicked) this.#kick();
      });
  }

  async #run(): Promise<void> {
    for (;;) {
      clearTimeout(this.#timer);
      const wish = this.#wish;
      if (this.#disposed || !wish?.visible || !this.#open || wish.canvas.width < 2 || wish.canvas.height < 2)
        return;
      // Two pictures are under way: the next acknowledgement comes back here.
      if (this.#rate.inFlight >= 2) return;
      const now = performance.now();
      if (this.#dirty) {
        const onlyData = now - this.#changedAt > REST_MS && !wish.moving && !this.#needKey;
        if (onlyData && now - this.#drawnAt < DATA_MS) return this.#later(DATA_MS - (now - this.#drawnAt));
        this.#dirty = false;
        await this.#quick(wish);
      } else if (!this.#refined && !wish.moving) {
        const rested = now - this.#changedAt;
        const wait = Math.max(REST_MS - rested, this.#stillAt - now);
        if (wait > 0) return this.#later(wait);
        await this.#refine(wish);
      } else return;
    }
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#kick(), ms);
  }

  /** A picture that answers the hand. */
  async #quick(wish: ViewWish): Promise<void> {
    const kind = this.#options.painter.kind(this.#options.view());
    const { width, height } = canvasPixels(wish.canvas);
    const fraction = this.#fraction(wish, kind, width * height);
    const drawn = await this.#draw(wish, even(width * fraction), even(height * fraction), kind);
    await this.#sendVideo(wish, drawn);
  }

  /** The share of the canvas's pixels along each side that is drawn. A film has one resolution, not below half. */
  #fraction(wish: ViewWish, kind: string, pixels: number): number {
    if (!wish.recording) this.#filmed = undefined;
    else if (this.#filmed !== undefined) return this.#filmed;
    const chosen = this.#resolution.choose(kind, pixels, this.#rate.bitrate);
    if (wish.recording) this.#filmed = Math.max(0.5, chosen);
    return this.#filmed ?? chosen;
  }

  /** Full resolution; in tiles where that takes long, so that a new input is answered soon. */
  async #refine(wish: ViewWish): Promise<void> {
    const generation = this.#generation;
    // Said before it is drawn: data that come meanwhile, also those of other views and small pictures, take it back.
    this.#refined = true;
    const kind = this.#options.painter.kind(this.#options.view());
    const { width, height } = canvasPixels(wish.canvas);
    if (this.#parts.showsHalf(kind, width * height)) {
      const half = await this.#patiently(wish, even(width / 2), even(height / 2), kind, generation);
      if (!half) return;
      await this.#sendVideo(wish, half);
      if (this.#stale(generation)) return;
    }
    const drawn = await this.#patiently(wish, width, height, kind, generation);
    if (!drawn) return;
    if (wish.recording) {
      const fraction = this.#fraction(wish, kind, width * height);
      await this.#sendVideo(
        wish,
        await this.#draw(wish, even(width * fraction), even(height * fraction), kind),
      );
    }
    const encodeStarted = performance.now();
    const png = await encodePng(drawn.pixels.bytes, width, height);
    if (this.#stale(generation)) return;
    const seconds = (png.byteLength * 8) / (this.#rate.throughput ?? Number.POSITIVE_INFINITY);
    const rest = seconds > STILL_SECONDS ? Math.min(LONGEST_REST_MS, seconds * 1000) : 0;
    if (performance.now() - this.#changedAt < rest) {
      await this.#sendVideo(wish, await this.#draw(wish, even(width), even(height), kind));
      if (this.#stale(generation)) return;
      this.#refined = false;
      this.#stillAt = this.#changedAt + rest;
      return;
    }
    const encodeUs = (performance.now() - encodeStarted) * 1000;
    this.#emit(wish, drawn, png, {
      picture: viewer.Picture.PNG,
      key: false,
      codec: "",
      convertUs: drawn.readUs,
      encodeUs,
      exact: drawn.complete,
    });
  }

  /** A picture in tiles; undefined when something changed meanwhile. */
  async #patiently(
    wish: ViewWish,
    width: number,
    height: number,
    kind: string,
    generation: number,
  ): Promise<DrawnPicture | undefined> {
    const tiles = this.#parts.count(kind, width * height);
    const drawn = await this.#options.painter.draw(this.#options.view(), wish.canvas, width, height, {
      viewId: this.#options.name,
      tiles,
      learnt: (pixels, ms) => this.#parts.learn(kind, pixels, ms, { count: tiles, pixels: width * height }),
      full: true,
      ahead: this.#ahead(),
      abandoned: () => this.#stale(generation),
    });
    if (!drawn) return undefined;
    this.#tellLoading(drawn);
    return this.#stale(generation) ? undefined : drawn;
  }

  /** What is expected next, so that it is read before it is asked for. */
  #ahead(): View["dims"]["point"][] {
    const view = this.#options.view();
    this.#scrub.observe(view, performance.now());
    return this.#scrub.ahead(view, this.#options.painter.readMs);
  }

  #stale(generation: number): boolean {
    return generation !== this.#generation || this.#disposed || !this.#open;
  }

  async #draw(wish: ViewWish, width: number, height: number, kind: string): Promise<DrawnPicture> {
    const ahead = this.#ahead();
    const drawn = await this.#options.painter.draw(this.#options.view(), wish.canvas, width, height, {
      viewId: this.#options.name,
      tiles: 1,
      full: false,
      patient: ahead.length > 0,
      draft: wish.moving || performance.now() - this.#changedAt < REST_MS,
      ahead,
    });
    if (!drawn) throw new Error("A picture was abandoned that nobody may abandon.");
    this.#drawnAt = performance.now();
    this.#resolution.learn(kind, width * height, drawn.ownMs);
    this.#tellLoading(drawn);
    return drawn;
  }

  #tellLoading(drawn: DrawnPicture): void {
    const failure = drawn.failure?.message ?? "";
    if (failure !== "" && failure !== this.#lastFailure) this.#options.trouble(failure);
    this.#lastFailure = failure;
    if (drawn.complete && this.#loaded) return;
    this.#loaded = drawn.complete;
    this.#options.loading(drawn.progress, drawn.complete);
  }

  async #sendVideo(wish: ViewWish, drawn: DrawnPicture): Promise<void> {
    const encoder = await this.#encoder(drawn.width, drawn.height);
    encoder.setBitrate(this.#rate.bitrate);
    const key = this.#needKey || encoder !== this.#last;
    // Before the encoder works: who asks for a keyframe meanwhile asks for the next picture.
    this.#needKey = false;
    // What fails in between leaves nothing to build on.
    this.#last = undefined;
    const packet = await encoder.encode(drawn.pixels, { key, timeUs: clockUs() });
    this.#last = encoder;
    this.#emit(wish, drawn, packet.bytes, {
      picture: viewer.Picture.H264,
      key: packet.key,
      codec: packet.codec,
      convertUs: drawn.readUs + packet.convertUs,
      encodeUs: packet.encodeUs,
      exact: false,
    });
  }

  #last: VideoEncoder | undefined;

  #emit(wish: ViewWish, drawn: DrawnPicture, bytes: Uint8Array, extra: Partial<FrameHead>): void {
    if (!this.#open) return;
    this.#frame += 1;
    const message = encodeFrame(
      {
        frame: this.#frame,
        inputId: wish.inputId,
        width: drawn.width,
        height: drawn.height,
        cropWidth: drawn.width,
        cropHeight: drawn.height,
        pose: poseOf(drawn.view, wish.canvas),
        revision: drawn.revision,
        receivedUs: wish.receivedUs,
        queueUs: Math.max(0, drawn.startedUs - wish.receivedUs),
        renderUs: drawn.renderUs,
        sentUs: clockUs(),
        ...extra,
      },
      bytes,
    );
    this.#rate.sent(message.byteLength, performance.now());
    this.#options.send(message);
  }

  async #encoder(width: number, height: number): Promise<VideoEncoder> {
    const name = `${width}x${height}`;
    const known = this.#encoders.get(name);
    this.#encoders.delete(name);
    const among = (await workingEncoders()).filter((one) => this.hardwareEncoder || !one.hardware);
    const encoder = known ?? (await VideoEncoder.open({ width, height, bitrate: this.#rate.bitrate }, among));
    this.#encoders.set(name, encoder);
    for (const [oldest, idle] of this.#encoders) {
      if (this.#encoders.size <= MAX_ENCODERS) break;
      this.#encoders.delete(oldest);
      await idle[Symbol.asyncDispose]();
    }
    return encoder;
  }

  async #closeEncoders(): Promise<void> {
    const encoders = [...this.#encoders.values()];
    this.#encoders.clear();
    await Promise.all(encoders.map((encoder) => encoder[Symbol.asyncDispose]()));
  }
}

/** H.264 with 4:2:0 colour has even sides. */
function even(size: number): number {
  return Math.max(16, Math.floor(size / 2) * 2);
}
