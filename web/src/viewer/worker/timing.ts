/** From input to photon: what each picture's way cost, by stage, on one clock. */
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import type { Stages, StreamStats } from "./api.ts";

type FrameHead = eyepiece.viewer.FrameHead;

/** Milliseconds since the epoch, with the fraction that Date lacks. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Relates the node's clock to this one: the probe with the shortest round trip knows best. */
export class NodeClock {
  #best: { trip: number; offset: number; at: number } | undefined;

  /** `sent` and `now` in ms here, `node` in ms there. A shorter trip, or one of this last minute, replaces the older. */
  answer(sent: number, node: number, now: number): void {
    const trip = now - sent;
    const best = this.#best;
    if (best && trip > best.trip && now - best.at < 60_000) return;
    this.#best = { trip, offset: node - (sent + trip / 2), at: now };
  }

  /** A time of the node on this clock; undefined before the first answer. */
  here(node: number): number | undefined {
    return this.#best ? node - this.#best.offset : undefined;
  }
}

/** One picture's own times, in ms since the epoch. */
export interface PictureTimes {
  readonly head: FrameHead;
  readonly bytes: number;
  readonly arrived: number;
  readonly decoded: number;
  /** It was drawn in this page: no network lies between. */
  readonly here?: boolean;
}

interface Sample {
  readonly at: number;
  readonly total: number | undefined;
  readonly stages: Stages;
}

const KEPT = 120;
const STAGE_NAMES = [
  "wait",
  "up",
  "queue",
  "render",
  "convert",
  "encode",
  "down",
  "decode",
  "present",
] as const;

/** Collects inputs and pictures and answers with figures. */
export class StreamTiming {
  readonly clock = new NodeClock();
  /** Inputs on their way: id to when the person did it and when it was sent. */
  readonly #inputs = new Map<number, { at: number; sent: number }>();
  #samples: Sample[] = [];
  #arrivals: { at: number; bytes: number }[] = [];
  #answered = 0;
  #shown = 0;
  #reprojected = 0;

  /** An input went out. */
  sent(id: number, at: number, sent: number): void {
    this.#inputs.set(id, { at, sent });
    if (this.#inputs.size > 500) {
      const oldest = this.#inputs.keys().next().value;
      if (oldest !== undefined) this.#inputs.delete(oldest);
    }
  }

  /** A picture came in. */
  arrived(at: number, bytes: number): void {
    this.#arrivals.push({ at, bytes });
    if (this.#arrivals.length > 1000) this.#arrivals.shift();
  }

  /** The last picture was drawn again for a newer pose. */
  redrawn(): void {
    this.#reprojected += 1;
  }

  /** A picture is on the screen at `now`. Only the first that shows an input counts for input to photon. */
  presented(times: PictureTimes, now: number): void {
    const { head } = times;
    this.#shown += 1;
    const input = this.#inputs.get(head.inputId);
    const fresh = input !== undefined && head.inputId > this.#answered;
    this.#answered = Math.max(this.#answered, head.inputId);
    for (const id of this.#inputs.keys()) if (id < head.inputId) this.#inputs.delete(id);
    const received = times.here ? undefined : this.clock.here(head.receivedUs / 1000);
    const sent = times.here ? undefined : this.clock.here(head.sentUs / 1000);
    const stages: Stages = {
      wait: input ? Math.max(0, input.sent - input.at) : 0,
      up: input && received !== undefined ? Math.max(0, received - input.sent) : 0,
      queue: head.queueUs / 1000,
      render: head.renderUs / 1000,
      convert: head.convertUs / 1000,
      encode: head.encodeUs / 1000,
      down: sent === undefined ? 0 : Math.max(0, times.arrived - sent),
      decode: times.decoded - times.arrived,
      present: now - times.decoded,
    };
    this.#samples.push({ at: now, total: fresh && input ? now - input.at : undefined, stages });
    if (this.#samples.length > KEPT) this.#samples.shift();
  }

  /** Begins anew: pictures come from another place, and have another way. */
  forget(): void {
    this.#samples = [];
  }

  /** The figures of the last second (rates) and of the last pictures (medians). */
  figures(
    now: number,
  ): Pick<StreamStats, "fps" | "p50" | "p95" | "megabits" | "stages" | "shown" | "reprojected"> {
    this.#arrivals = this.#arrivals.filter((arrival) => now - arrival.at < 1000);
    const totals = this.#samples.flatMap((sample) => (sample.total === undefined ? [] : [sample.total]));
    const answers = this.#samples.filter((sample) => sample.total !== undefined);
    const of = answers.length > 0 ? answers : this.#samples;
    const stages = Object.fromEntries(
      STAGE_NAMES.map((name) => [
        name,
        quantile(
          of.map((sample) => sample.stages[name]),
          0.5,
        ),
      ]),
    ) as unknown as Stages;
    return {
      fps: this.#samples.filter((sample) => now - sample.at < 1000).length,
      p50: quantile(totals, 0.5),
      p95: quantile(totals, 0.95),
      megabits: (this.#arrivals.reduce((sum, arrival) => sum + arrival.bytes, 0) * 8) / 1e6,
      stages,
      shown: this.#shown,
      reprojected: this.#reprojected,
    };
  }
}

/** The q-quantile by the nearest rank; 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
}
