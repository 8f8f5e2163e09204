/** One view of a session as the relay has it: a channel for requests and events, one for pictures, one for bricks. */
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import type { ViewCaller } from "../session/ipc.ts";
import type { SessionProcess, ViewSink } from "./session-process.ts";

/** The channels of one view, and the session's way back to them. */
export class PairSink implements ViewSink {
  readonly caller: ViewCaller;
  readonly hardwareEncoder: boolean;
  readonly #process: SessionProcess;
  readonly #view: string;
  readonly #gone: () => void;
  #control: Channel | undefined;
  #pixels: Channel | undefined;
  #bricks: Channel | undefined;
  #sent = 0;

  constructor(
    caller: ViewCaller,
    process: SessionProcess,
    view: string,
    hardwareEncoder: boolean,
    gone: () => void,
  ) {
    this.caller = caller;
    this.hardwareEncoder = hardwareEncoder;
    this.#process = process;
    this.#view = view;
    this.#gone = gone;
  }

  attachControl(channel: Channel): void {
    const before = this.#control;
    this.#control = channel;
    before?.close("replaced", "This view was opened again elsewhere.");
    channel.onMessage = (bytes) => this.#process.request(this.#view, bytes);
    this.#whenClosed(channel, () => {
      if (this.#control === channel) this.#control = undefined;
    });
    this.#process.join(this.#view, this);
    // The pixel channel may have come first, when there was no view yet to tell of it.
    if (this.#pixels) this.#tellPixels(this.#pixels);
    if (this.#bricks) this.#process.bricks(this.#view, true);
  }

  attachPixels(channel: Channel): void {
    const before = this.#pixels;
    this.#pixels = channel;
    this.#sent = 0;
    before?.close("replaced", "This view was opened again elsewhere.");
    const tell = () => this.#tellPixels(channel);
    channel.onReady = tell;
    channel.onState = tell;
    this.#whenClosed(channel, () => {
      if (this.#pixels !== channel) return;
      this.#pixels = undefined;
      this.#process.pixels(this.#view, false, 0);
    });
    // The session learns of a new channel by its beginning at nothing acknowledged.
    this.#process.pixels(this.#view, false, 0);
    tell();
  }

  attachBricks(channel: Channel): void {
    const before = this.#bricks;
    this.#bricks = channel;
    before?.close("replaced", "This view was opened again elsewhere.");
    channel.onMessage = (bytes) => this.#process.brick(this.#view, bytes);
    channel.onReady = () => this.#process.bricksTaken(this.#view);
    this.#whenClosed(channel, () => {
      if (this.#bricks !== channel) return;
      this.#bricks = undefined;
      this.#process.bricks(this.#view, false);
    });
    this.#process.bricks(this.#view, true);
  }

  brick(bytes: Uint8Array): void {
    if (this.#bricks && this.#bricks.state !== "closed") this.#bricks.send(bytes);
  }

  bricksPending(): number {
    return this.#bricks?.pending ?? 0;
  }

  event(bytes: Uint8Array): void {
    if (this.#control && this.#control.state !== "closed") this.#control.send(bytes);
  }

  picture(bytes: Uint8Array): void {
    // A picture for a channel that is no longer open is stale, and the next channel begins with a keyframe.
    if (this.#pixels?.state !== "open") return;
    this.#sent += 1;
    this.#pixels.send(bytes);
  }

  close(code: string, message: string): void {
    this.#control?.close(code, message);
    this.#pixels?.close(code, message);
    this.#bricks?.close(code, message);
  }

  #tellPixels(channel: Channel): void {
    if (this.#pixels !== channel) return;
    this.#process.pixels(this.#view, channel.state === "open", this.#sent - channel.pending);
  }

  #whenClosed(channel: Channel, then: () => void): void {
    void channel.closed.then(() => {
      then();
      if (this.#control || this.#pixels || this.#bricks) return;
      this.#gone();
      this.#process.leave(this.#view, this);
    });
  }
}
