/** One end of a channel, as services and pages see it. */
import type { eyepiece } from "../generated/messages.js";
import { ChannelError } from "./errors.ts";
import { type Credit, DataFlag, MAX_DATA } from "./header.ts";
import { ReliableReceiver, ReliableSender, type Segment } from "./reliable.ts";
import type { Priority } from "./transport.ts";

type Identity = eyepiece.wire.Identity.$Properties;

/**
 * opening: OPEN sent, no answer. open: data flow. broken: the link is down and the channel waits to resume.
 * closed: over; `closed` has settled.
 */
export type ChannelState = "opening" | "open" | "broken" | "closed";

/** What a channel asks of its link. */
export interface ChannelHost {
  /** The channel has something to send. */
  wake(channel: Channel): void;
  sendCredit(channel: Channel, credit: Credit): void;
  sendClose(channel: Channel, code: string, message: string): void;
}

/** What names and describes a channel. */
export interface ChannelFacts {
  readonly service: string;
  readonly node: string;
  /** wire.Mode */
  readonly mode: number;
  /** 128 random bits, as hexadecimal. */
  readonly key: string;
  readonly params: Uint8Array;
  readonly priority: Priority;
  /** Who opened it, on the side that accepts; the relay's word. */
  readonly identity?: Identity;
}

/** At most this many pictures are under way on a pixel channel. */
export const PIXEL_FRAMES_IN_FLIGHT = 2;

/**
 * A channel. Messages are whole byte arrays, in order; on a pixel channel `ready()` says whether another picture may go.
 * Handlers run one after the other; what a handler returns is awaited before more is granted to the sender.
 */
export class Channel {
  readonly facts: ChannelFacts;
  /** Resolves when the channel is over; never rejects. */
  readonly closed: Promise<ChannelError>;
  /** Called with each whole message. */
  onMessage: (message: Uint8Array) => void | Promise<void> = () => {};
  /** Called when sent bytes were acknowledged or the channel (re)opened: a pixel sender looks at `ready()` again. */
  onReady: () => void = () => {};
  /** Called when the state changed. */
  onState: (state: ChannelState) => void = () => {};

  #state: ChannelState = "opening";
  #host: ChannelHost;
  #sender: ReliableSender | undefined;
  #receiver: ReliableReceiver | undefined;
  #pixels:
    | { pending: Segment[]; sent: number; acknowledged: number; parts: Uint8Array[]; received: number }
    | undefined;
  #settle: (error: ChannelError) => void = () => {};
  #handling: Promise<void> = Promise.resolve();
  #queued = 0;

  constructor(host: ChannelHost, facts: ChannelFacts, pixels: boolean) {
    this.facts = facts;
    this.#host = host;
    if (pixels) this.#pixels = { pending: [], sent: 0, acknowledged: 0, parts: [], received: 0 };
    else {
      // Nothing may go before the other side has said how much.
      this.#sender = new ReliableSender(0);
      this.#receiver = new ReliableReceiver();
    }
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get state(): ChannelState {
    return this.#state;
  }

  /** Bytes (pictures, on a pixel channel) sent or waiting and not acknowledged. */
  get pending(): number {
    if (this.#pixels) return this.#pixels.sent - this.#pixels.acknowledged;
    return this.#sender?.pending ?? 0;
  }

  /** Whether a pixel channel may take another picture now. */
  ready(): boolean {
    return this.#state === "open" && this.pending < PIXEL_FRAMES_IN_FLIGHT;
  }

  /** Queues a message. @throws ChannelError when the channel is closed. */
  send(message: Uint8Array): void {
    if (this.#state === "closed") throw new ChannelError("closed", "The channel is closed.");
    if (this.#sender) this.#sender.push(message);
    else if (this.#pixels) {
      const pixels = this.#pixels;
      pixels.sent += 1;
      for (let at = 0; at < message.byteLength; at += MAX_DATA) {
        const bytes = message.subarray(at, at + MAX_DATA);
        const flags = at + MAX_DATA >= message.byteLength ? DataFlag.END : 0;
        pixels.pending.push({ offset: 0, bytes, flags });
      }
    }
    this.#host.wake(this);
  }

  /** Ends the channel for both sides. */
  close(code = "done", message = ""): void {
    if (this.#state === "closed") return;
    this.#host.sendClose(this, code, message);
    this.end(new ChannelError(code, message));
  }

  /** For the link: the next segment to send. */
  take(): Segment | undefined {
    if (this.#state !== "open") return undefined;
    return this.#sender ? this.#sender.take() : this.#pixels?.pending.shift();
  }

  /** For the link: a DATA payload arrived. Its bytes must stay unchanged. */
  receive(payload: Uint8Array, flags: number): void {
    if (this.#receiver) {
      const message = this.#receiver.receive(payload, flags);
      if (message) this.#deliver(message);
      // Parts of an unfinished message are granted at once: only whole messages can wait for the application.
      else if (this.#queued === 0) this.#grant();
    } else if (this.#pixels) {
      this.#pixels.parts.push(payload);
      if ((flags & DataFlag.END) === 0) return;
      const message = concatenate(this.#pixels.parts);
      this.#pixels.parts = [];
      this.#pixels.received += 1;
      this.#deliver(message);
    }
  }

  /** For the link: a CREDIT arrived. */
  credit(credit: Credit): void {
    if (this.#sender) {
      this.#sender.credit(credit);
      this.#host.wake(this);
    } else if (this.#pixels) {
      this.#pixels.acknowledged = Math.min(
        Math.max(this.#pixels.acknowledged, credit.received),
        this.#pixels.sent,
      );
    }
    this.onReady();
  }

  /** On a pixel channel the reader acknowledges each picture itself, when it was shown. */
  acknowledge(): void {
    if (!this.#pixels || this.#state !== "open") return;
    this.#host.sendCredit(this, { received: this.#pixels.received, limit: 0 });
  }

  /** For the link: what RESUME or OPEN tells the other side. */
  position(): Credit {
    return this.#receiver?.grant() ?? { received: 0, limit: 0 };
  }

  /** For the link: the other side accepted, or resumed from `received`. */
  opened(limit: number, received?: number): void {
    if (this.#state === "closed") return;
    if (this.#sender) {
      if (received === undefined) this.#sender.credit({ received: 0, limit });
      else this.#sender.resume(received, limit);
    }
    this.#change("open");
    this.#host.wake(this);
    this.onReady();
  }

  /** For the link: it went down. */
  broke(): void {
    if (this.#state === "open") this.#change("broken");
  }

  /** For the link: the channel is over. */
  end(error: ChannelError): void {
    if (this.#state === "closed") return;
    this.#change("closed");
    this.#settle(error);
  }

  #change(state: ChannelState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onState(state);
  }

  #deliver(message: Uint8Array): void {
    this.#queued += 1;
    this.#handling = this.#handling.then(async () => {
      try {
        await this.onMessage(message);
      } catch (cause) {
        this.close("internal", cause instanceof Error ? cause.message : "The message could not be handled.");
      } finally {
        this.#queued -= 1;
        if (this.#queued === 0) this.#grant();
      }
    });
  }

  #grant(): void {
    const credit = this.#receiver?.consume();
    if (credit && this.#state === "open") this.#host.sendCredit(this, credit);
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
