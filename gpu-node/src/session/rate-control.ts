/**
 * How much a viewer's network takes: a ceiling in bits per second, learnt from how pictures are acknowledged. Pure: times
 * come in as arguments.
 */

/** Bits per second. */
export const MIN_BITRATE = 200_000;
export const MAX_BITRATE = 40_000_000;
export const START_BITRATE = 12_000_000;

/** A picture takes longer than this beyond the usual: the network is behind. Milliseconds. */
const LATE_MS = 80;
const RISE = 1.08;
const FALL = 0.7;

interface Sent {
  readonly at: number;
  readonly bytes: number;
}

/** The controller of one view. */
export class RateControl {
  #bitrate = START_BITRATE;
  #unacknowledged: Sent[] = [];
  /** The quickest acknowledgement seen, slowly forgotten: the network without a queue. Milliseconds. */
  #base = Number.POSITIVE_INFINITY;
  /** Bits per second that arrived, of pictures large enough to tell; undefined until one was. */
  #throughput: number | undefined;
  #lastAck = 0;
  #lastFall = 0;

  /** Ceiling for the encoder, bits per second. */
  get bitrate(): number {
    return this.#bitrate;
  }

  /** Pictures under way. */
  get inFlight(): number {
    return this.#unacknowledged.length;
  }

  /** Measured throughput in bits per second, while it is what limits; undefined when nothing has shown a limit. */
  get throughput(): number | undefined {
    return this.#throughput;
  }

  /** A picture went out. */
  sent(bytes: number, now: number): void {
    this.#unacknowledged.push({ at: now, bytes });
  }

  /** `count` more pictures were acknowledged. */
  acknowledged(count: number, now: number): void {
    for (let i = 0; i < count; i++) {
      const picture = this.#unacknowledged.shift();
      if (!picture) return;
      this.#learn(picture, now);
    }
  }

  /** Nothing that was sent will be acknowledged: the channel begins again. */
  reset(): void {
    this.#unacknowledged = [];
    this.#base = Number.POSITIVE_INFINITY;
  }

  /** The oldest unacknowledged picture's age in milliseconds; 0 when there is none. */
  waiting(now: number): number {
    const oldest = this.#unacknowledged[0];
    return oldest ? now - oldest.at : 0;
  }

  #learn(picture: Sent, now: number): void {
    const took = now - picture.at;
    this.#base = Math.min(this.#base * 1.002 + 0.01, took);
    // A picture's own time on the wire starts when the one before it was through. One that was alone has waited for its viewer, too, as all do.
    const alone = picture.at >= this.#lastAck;
    const onWire = Math.max(1, alone ? took - this.#base : now - this.#lastAck);
    this.#lastAck = now;
    const late = took > this.#base + LATE_MS;
    if (picture.bytes > 8_000 && took > 30) {
      const bits = (picture.bytes * 8 * 1000) / onWire;
      this.#throughput = this.#throughput === undefined ? bits : this.#throughput * 0.7 + bits * 0.3;
    } else if (!late && this.#throughput !== undefined && this.#throughput < MAX_BITRATE) {
      this.#throughput *= 1.02;
      if (this.#throughput >= MAX_BITRATE) this.#throughput = undefined;
    }
    if (late) {
      // One fall for each queue, not for each picture in it.
      if (now - this.#lastFall < took) return;
      this.#lastFall = now;
      const aim = this.#throughput === undefined ? this.#bitrate * FALL : this.#throughput * 0.8;
      this.#bitrate = clamp(Math.min(this.#bitrate * FALL, aim));
    } else this.#bitrate = clamp(this.#bitrate * RISE);
  }
}

function clamp(bitrate: number): number {
  return Math.min(MAX_BITRATE, Math.max(MIN_BITRATE, bitrate));
}
