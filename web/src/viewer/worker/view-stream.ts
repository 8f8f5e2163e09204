/**
 * One view's stream in the worker: its two channels, the newest pose on its way to the node, the pictures on their way to
 * the canvas. It opens its channels again by itself, whatever broke.
 */

import type { Overlays } from "@eyepiece/protocol/scene/schema.ts";
import { decodeFrame } from "@eyepiece/protocol/viewer/frame.ts";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import type { Link } from "@eyepiece/protocol/wire/link.ts";
import { encodeMessage, type eyepiece, viewer, wire } from "@eyepiece/protocol/wire/messages.ts";
import { decodeEvent } from "../../services/decoded.ts";
import type { ViewRequest } from "../../worker/api.ts";
import { backoff } from "../../worker/socket.ts";
import { RenderPlace } from "../here/render-place.ts";
import { film, Recorder } from "../recording/recorder.ts";
import type { ViewDown, ViewUp } from "./api.ts";
import { canDecode, FrameDecoder, type Picture } from "./decoder.ts";
import { toPose } from "./pose.ts";
import { Screen } from "./screen.ts";
import { epochNow, StreamTiming } from "./timing.ts";

type ViewerRequest = eyepiece.viewer.ViewerRequest.$Properties;
type Pose = Extract<ViewUp, { type: "pose" }>;

/** Requests of the worker's own count from here, so that they never meet the main thread's. */
const OWN_IDS = 2 ** 40;
const STATS_EVERY = 500;
/** Milliseconds between words on a recording. */
const RECORDING_EVERY = 500;
const CLOCK_EVERY = 5000;

/** See the file's comment. */
export class ViewStream {
  readonly #link: Link;
  readonly #params: Uint8Array;
  readonly #port: MessagePort;
  readonly #timing = new StreamTiming();
  readonly #decoder: FrameDecoder;
  readonly #screen: Screen;
  readonly #place: RenderPlace;
  #control: Channel | undefined;
  #frames: Channel | undefined;
  #recorder: Recorder | undefined;
  #recordTimer: ReturnType<typeof setInterval> | undefined;
  #pose: Pose | undefined;
  #unsent: { firstAt: number } | undefined;
  /** The node has not heard the newest input. */
  #behind = false;
  /** What the session knows of them. */
  #overlaysTold: Overlays | undefined;
  #visible = true;
  #inputId = 0;
  #ownId = OWN_IDS;
  #attempts = 0;
  #disposed = false;
  #statsTimer: ReturnType<typeof setTimeout> | undefined;
  #clockTimer: ReturnType<typeof setInterval>;
  #keyframeAsked = 0;
  #newest = -1;
  #revision = -1;

  constructor(link: Link, request: ViewRequest, port: MessagePort) {
    this.#link = link;
    this.#port = port;
    const { session, view, notebook } = request;
    this.#params = encodeMessage(viewer.ViewerParams, { session, view, notebook });
    this.#screen = new Screen(request.compositor, {
      onFrame: () => this.#sendInput(),
      onPresented: (picture, now) => this.#presented(picture, now),
      onRedrawn: () => this.#timing.redrawn(),
      onCanvasLost: () => this.#tell({ type: "canvas-lost" }),
      onTrouble: (message) => this.#tell({ type: "trouble", message }),
    });
    this.#place = new RenderPlace(link, this.#params, {
      tell: (message) => this.#tell(message),
      offer: (picture) => this.#offer(picture),
      changed: () => this.#placeChanged(),
      recording: () => this.#recorder !== undefined,
    });
    this.#decoder = new FrameDecoder({
      onPicture: (picture) => this.#decoded(picture),
      onDropped: () => this.#frames?.acknowledge(),
      onBroken: (reason) => this.#askKeyframe(reason),
      now: epochNow,
    });
    port.onmessage = (event: MessageEvent<ViewUp>) => this.#up(event.data);
    this.#clockTimer = setInterval(() => this.#probeClock(), CLOCK_EVERY);
    this.#openControl();
    if (canDecode()) this.#openFrames();
    else {
      this.#tell({
        type: "trouble",
        message:
          "This browser gives the page no video decoder (WebCodecs), so no picture can be shown. Open the page by " +
          "https:// or on localhost, in a current Chrome, Edge, Firefox or Safari.",
      });
    }
  }

  #tell(message: ViewDown): void {
    this.#port.postMessage(message);
  }

  #up(message: ViewUp): void {
    if (message.type === "pose") {
      this.#unsent ??= { firstAt: message.at };
      this.#pose = message;
      this.#screen.setPose(message.pose);
    } else if (message.type === "canvas") {
      this.#screen.attach(message.canvas, message.overlay);
      // A canvas that takes the place of a lost one has no picture to show.
      this.#unsent ??= { firstAt: epochNow() };
    } else if (message.type === "size") {
      this.#screen.setSize(message.size);
      this.#unsent ??= { firstAt: epochNow() };
    } else if (message.type === "overlay") this.#screen.setOverlay(message.overlay);
    else if (message.type === "tool") this.#screen.setTool(message.tool);
    else if (message.type === "request") this.#sendControl(message.bytes);
    else if (message.type === "record") {
      this.#record(message.on);
      this.#place.recorded();
    } else if (message.type === "place") this.#place.want(message.wanted);
    else if (message.type === "scene") this.#place.scene(message.scene);
    else if (message.type === "visible") {
      this.#visible = message.visible;
      this.#place.visible(message.visible);
      this.#unsent ??= { firstAt: epochNow() };
      // A hidden tab has no animation frames to send it in.
      this.#sendInput();
    } else this.#dispose();
  }

  #record(on: boolean): void {
    if (on === (this.#recorder !== undefined)) return;
    const recorder = this.#recorder;
    if (!recorder) {
      const fresh = new Recorder();
      this.#recorder = fresh;
      this.#unsent ??= { firstAt: epochNow() };
      this.#screen.wake();
      this.#recordTimer = setInterval(() => {
        const { bytes, milliseconds, pictures, full } = fresh;
        this.#tell({ type: "recording", state: { bytes, milliseconds, pictures: pictures.length } });
        if (full) this.#record(false);
        // The picture that was asked for may have been dropped on its way.
        else if (pictures.length === 0) this.#askKeyframe("a recording has not begun");
      }, RECORDING_EVERY);
      this.#tell({ type: "recording", state: { bytes: 0, milliseconds: 0, pictures: 0 } });
      this.#askKeyframe("a recording begins with one");
      return;
    }
    this.#recorder = undefined;
    this.#unsent ??= { firstAt: epochNow() };
    this.#screen.wake();
    clearInterval(this.#recordTimer);
    this.#tell({ type: "recording", state: undefined });
    film(recorder.pictures).then(
      (file) =>
        this.#tell({ type: "recorded", file, message: recorder.full ? "It ended by itself at 2 GiB." : "" }),
      (cause: unknown) => {
        this.#tell({
          type: "recorded",
          file: undefined,
          message: cause instanceof Error ? cause.message : String(cause),
        });
      },
    );
  }

  #dispose(): void {
    this.#disposed = true;
    clearInterval(this.#recordTimer);
    clearInterval(this.#clockTimer);
    clearTimeout(this.#statsTimer);
    this.#control?.close();
    this.#frames?.close();
    this.#decoder.reset();
    this.#place.dispose();
    this.#screen.dispose();
    this.#port.close();
  }

  #openControl(): void {
    if (this.#disposed) return;
    const channel = this.#link.open({ service: "viewer", params: this.#params });
    this.#control = channel;
    channel.onState = (state) => {
      if (state === "open") {
        this.#attempts = 0;
        if (this.#behind) {
          this.#unsent ??= { firstAt: epochNow() };
          this.#screen.wake();
        }
        this.#tell({ type: "control", open: true, code: "", message: "" });
        this.#probeClock();
      } else if (state === "broken") {
        this.#tell({ type: "control", open: false, code: "interrupted", message: "" });
      }
    };
    channel.onMessage = (bytes) => this.#event(bytes);
    void channel.closed.then((error) => {
      if (this.#disposed) return;
      this.#tell({ type: "control", open: false, code: error.code, message: error.message });
      if (isFinal(error.code)) return;
      this.#attempts += 1;
      setTimeout(() => this.#openControl(), backoff(this.#attempts, Math.random()));
    });
  }

  #openFrames(attempt = 0): void {
    if (this.#disposed) return;
    const channel = this.#link.open({ service: "frames", mode: wire.Mode.PIXELS, params: this.#params });
    let tries = attempt;
    this.#frames = channel;
    this.#decoder.reset();
    this.#newest = -1;
    channel.onState = (state) => {
      if (state !== "open") return;
      tries = 0;
      this.#unsent ??= { firstAt: epochNow() };
      this.#sendInput();
      this.#screen.wake();
    };
    channel.onMessage = (bytes) => {
      const arrived = epochNow();
      const { head, picture } = decodeFrame(bytes);
      this.#timing.arrived(arrived, bytes.byteLength);
      this.#recorder?.add(head, picture);
      this.#decoder.push(head, picture, arrived);
    };
    void channel.closed.then((error) => {
      if (this.#disposed || isFinal(error.code)) return;
      setTimeout(() => this.#openFrames(tries + 1), backoff(tries, Math.random()));
    });
  }

  #sendControl(bytes: Uint8Array): void {
    const channel = this.#control;
    if (channel && channel.state !== "closed") channel.send(bytes);
  }

  /** At most once an animation frame, and only when something is new. What is drawn here needs no connection. */
  #sendInput(): void {
    const { size } = this.#screen;
    const control = this.#control;
    const open = control?.state === "open";
    if (!this.#unsent || !this.#pose || !size || !(open || this.#place.here)) return;
    const { firstAt } = this.#unsent;
    this.#unsent = undefined;
    this.#behind = !open;
    this.#inputId += 1;
    const { pose, moving, chosen, selected } = this.#pose;
    this.#place.look({ pose, moving, inputId: this.#inputId, at: firstAt }, size);
    const request: ViewerRequest = {
      input: {
        inputId: this.#inputId,
        pose: toPose(pose, size),
        moving,
        visible: this.#visible,
        gridJson: JSON.stringify(pose.grid),
        overlaysJson: this.#overlaysNews(pose.overlays),
        chosen,
        selected,
        recording: this.#recorder !== undefined,
        here: this.#place.here,
      },
    };
    this.#timing.sent(this.#inputId, firstAt, epochNow());
    if (open) this.#sendControl(encodeMessage(viewer.ViewerRequest, request));
  }

  /** Overlays change seldom: they are told when they are new to the session, and then nothing. */
  #overlaysNews(overlays: Overlays | undefined): string {
    if (overlays === undefined || overlays === this.#overlaysTold || this.#behind) return "";
    this.#overlaysTold = overlays;
    return JSON.stringify(overlays);
  }

  #event(bytes: Uint8Array): void {
    const event = decodeEvent(bytes);
    if (event.replyTo < OWN_IDS) {
      if (event.welcome) {
        this.#place.welcome(event.welcome.adapterKind);
        // The session, new or back from its journal, knows no pose of ours yet; what the person did before this waited for
        // the connection, not for a picture.
        this.#unsent = { firstAt: epochNow() };
        this.#overlaysTold = undefined;
        this.#screen.wake();
      }
      this.#tell({ type: "event", bytes });
    } else if (event.clock) {
      this.#timing.clock.answer(event.clock.sentUs / 1000, event.clock.nodeUs / 1000, epochNow());
    }
  }

  #probeClock(): void {
    if (this.#control?.state !== "open" || !this.#visible) return;
    this.#ownId += 1;
    const clock = { sentUs: epochNow() * 1000 };
    this.#sendControl(encodeMessage(viewer.ViewerRequest, { id: this.#ownId, clock }));
  }

  #askKeyframe(reason: string): void {
    const now = performance.now();
    if (now - this.#keyframeAsked < 250) return;
    this.#keyframeAsked = now;
    console.info(`Eyepiece asks for a keyframe: ${reason}.`);
    this.#sendControl(encodeMessage(viewer.ViewerRequest, { id: 0, keyframe: {} }));
  }

  #decoded(picture: Picture): void {
    // A still may take longer to read than the video picture behind it; pictures may be under way when none is wanted any more.
    if (picture.head.frame < this.#newest || this.#place.here) {
      picture.image.close();
      this.#frames?.acknowledge();
      return;
    }
    this.#newest = picture.head.frame;
    this.#offer(picture);
    if (!this.#visible) this.#frames?.acknowledge();
  }

  #offer(picture: Picture): void {
    const replaced = this.#screen.offer(picture);
    if (replaced && replaced.here !== true) this.#frames?.acknowledge();
  }

  /** Pictures come from another place from now on. */
  #placeChanged(): void {
    this.#timing.forget();
    this.#unsent ??= { firstAt: epochNow() };
    this.#screen.wake();
    this.#sendInput();
  }

  #presented(picture: Picture, now: number): void {
    if (picture.here !== true) this.#frames?.acknowledge();
    this.#timing.presented(picture, now);
    if (this.#timing.figures(now).shown === 1) this.#tell({ type: "shown" });
    const { revision } = picture.head;
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#tell({ type: "revision", revision });
    }
    this.#statsTimer ??= setTimeout(() => this.#tellStats(picture.head.frame), STATS_EVERY);
  }

  /** Tells the figures, and once more when no picture came since: an idle view says 0. */
  #tellStats(lastFrame: number): void {
    this.#statsTimer = undefined;
    const head = this.#screen.shownHead;
    if (!head) return;
    const figures = this.#timing.figures(epochNow());
    const { compositor, shownHere } = this.#screen;
    if (!shownHere) this.#place.streamed(figures.stages);
    this.#tell({
      type: "stats",
      stats: {
        ...figures,
        ...{ width: head.cropWidth, height: head.cropHeight, exact: head.exact, revision: head.revision },
        ...{ compositor, here: shownHere },
      },
    });
    if (figures.fps > 0 || head.frame !== lastFrame) {
      this.#statsTimer = setTimeout(() => this.#tellStats(head.frame), STATS_EVERY);
    }
  }
}

/** Ends that trying again does not change. */
function isFinal(code: string): boolean {
  return ["unauthorized", "forbidden", "not_found", "revoked", "refused", "invalid", "done"].includes(code);
}
