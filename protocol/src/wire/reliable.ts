/**
 * The two halves of a reliable channel, without a socket: bytes counted from the channel's birth, so that a break of the
 * link is only a pause. Offsets are payload bytes; DATA messages are kept and sent again whole.
 */
import { ProtocolError } from "./errors.ts";
import { type Credit, DataFlag, MAX_ASSEMBLED, MAX_DATA } from "./header.ts";

/** Bytes that a sender may have unacknowledged on one channel. */
export const CHANNEL_WINDOW = 1024 * 1024;

/** One DATA message to be. */
export interface Segment {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly flags: number;
}

/** Cuts application messages into segments, keeps what is not acknowledged, and rewinds after a break. */
export class ReliableSender {
  readonly #kept: Segment[] = [];
  /** Index in #kept of the next segment to send. */
  #next = 0;
  #written = 0;
  #acknowledged = 0;
  #limit: number;

  constructor(limit = CHANNEL_WINDOW) {
    this.#limit = limit;
  }

  /** Bytes accepted and not yet acknowledged. */
  get pending(): number {
    return this.#written - this.#acknowledged;
  }

  /** Adds an application message of at least one byte. The bytes must not change afterwards. */
  push(message: Uint8Array): void {
    // An empty message has no place in a count of bytes, so a resume could lose or repeat it.
    if (message.byteLength === 0) throw new ProtocolError("an application message has at least one byte");
    if (message.byteLength > MAX_ASSEMBLED) {
      throw new ProtocolError(`a message of ${message.byteLength} bytes is longer than ${MAX_ASSEMBLED}`);
    }
    for (let start = 0; start < message.byteLength; ) {
      const bytes = message.subarray(start, start + MAX_DATA);
      start += bytes.byteLength;
      const flags = start >= message.byteLength ? DataFlag.END : 0;
      this.#kept.push({ offset: this.#written, bytes, flags });
      this.#written += bytes.byteLength;
    }
  }

  /** The next segment within the receiver's limit, or undefined when there is none to send. */
  take(): Segment | undefined {
    const segment = this.#kept[this.#next];
    if (segment === undefined || segment.offset + segment.bytes.byteLength > this.#limit) return undefined;
    this.#next += 1;
    return segment;
  }

  /** Applies a CREDIT; old and repeated ones change nothing. @throws ProtocolError for bytes never sent. */
  credit(credit: Credit): void {
    if (credit.received > this.#written) {
      throw new ProtocolError(`byte ${credit.received} is acknowledged, and ${this.#written} were written`);
    }
    this.#limit = Math.max(this.#limit, credit.limit);
    if (credit.received <= this.#acknowledged) return;
    this.#acknowledged = credit.received;
    let dropped = 0;
    for (const segment of this.#kept) {
      if (segment.offset + segment.bytes.byteLength > this.#acknowledged) break;
      dropped += 1;
    }
    this.#kept.splice(0, dropped);
    this.#next = Math.max(0, this.#next - dropped);
  }

  /**
   * Starts again from what the other side has, after a break.
   * @throws ProtocolError when that is no longer kept or was never written.
   */
  resume(received: number, limit: number): void {
    if (received < this.#acknowledged || received > this.#written) {
      throw new ProtocolError(
        `cannot resume at byte ${received}: bytes ${this.#acknowledged} to ${this.#written} are kept`,
      );
    }
    this.#limit = Math.max(this.#limit, limit);
    const index = this.#kept.findIndex((segment) => segment.offset >= received);
    this.#next = index < 0 ? this.#kept.length : index;
    this.credit({ received, limit });
  }
}

/** Joins segments into application messages and says when to grant more. */
export class ReliableReceiver {
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #received = 0;
  #granted: number;
  #consumed = 0;
  readonly #window: number;

  constructor(window = CHANNEL_WINDOW) {
    this.#window = window;
    this.#granted = window;
  }

  /** Payload bytes received. */
  get received(): number {
    return this.#received;
  }

  /** The offset up to which the other side may send. */
  get limit(): number {
    return this.#granted;
  }

  /**
   * Takes one DATA payload; the application message when it is the last of one.
   * @throws ProtocolError for bytes beyond what was granted or a message beyond `MAX_ASSEMBLED`.
   */
  receive(payload: Uint8Array, flags: number): Uint8Array | undefined {
    if (this.#received + payload.byteLength > this.#granted) {
      throw new ProtocolError(`DATA beyond the ${this.#granted} bytes that were granted`);
    }
    if (this.#partBytes + payload.byteLength > MAX_ASSEMBLED) {
      throw new ProtocolError(`a message longer than ${MAX_ASSEMBLED} bytes`);
    }
    this.#received += payload.byteLength;
    const end = (flags & DataFlag.END) !== 0;
    if (end && this.#parts.length === 0) return payload;
    this.#parts.push(payload);
    this.#partBytes += payload.byteLength;
    if (!end) return undefined;
    const whole = new Uint8Array(this.#partBytes);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.byteLength;
    }
    this.#parts = [];
    this.#partBytes = 0;
    return whole;
  }

  /**
   * Says that the application is done with everything received so far.
   * @returns a CREDIT that is worth sending (a quarter of the window has passed), or undefined.
   */
  consume(): Credit | undefined {
    this.#consumed = this.#received;
    if (this.#consumed + this.#window - this.#granted < this.#window / 4) return undefined;
    return this.grant();
  }

  /** The CREDIT that states the present. */
  grant(): Credit {
    this.#granted = Math.max(this.#granted, this.#consumed + this.#window);
    return { received: this.#received, limit: this.#granted };
  }
}
