/** Turns: which waiting job begins when, and with which GPUs. What a job does with its turn is not looked at here. */
import type { GpuLeases, Lease } from "./leases.ts";
import { nextJob, type Share, type WaitingJob } from "./queue.ts";

/** A waiting job as it is looked at. */
export interface Candidate extends WaitingJob {
  /** That it asks for. */
  readonly gpus: number;
  /** Of one GPU that it shares; 0 or left out for whole ones. */
  readonly gpuBytes?: number;
}

/** What there is to choose from. */
export interface TurnSource {
  /** All that wait, those included that have a turn already. */
  waiting(): readonly Candidate[];
  /** For each person, the number of the latest start of a job of theirs. */
  served(): ReadonlyMap<string, number>;
}

/** A job's turn, from its choice to `end`. */
export interface Turn {
  readonly id: string;
  readonly person: string;
  /** That it is to have: what it asks for, or all that there are. */
  readonly gpus: number;
  /** Of one GPU that it shares; 0 for whole ones. */
  readonly gpuBytes: number;
  /** Aborted when the job is called off. */
  readonly stop: AbortController;
}

/** Bounds of what runs at once. */
export interface TurnLimits {
  readonly runningPerPerson: number;
  /** Jobs without a GPU. */
  readonly withoutGpu: number;
}

/** A waiting job's place. */
export interface Place {
  readonly id: string;
  readonly person: string;
  /** From 1, over all people, as turns would come if nobody handed in more. */
  readonly position: number;
  /** Why it does not begin now, a sentence to its owner. */
  readonly why: string;
}

/** Gives turns. Only one job collects GPUs at a time, so that none waits for another in a ring. */
export class Turns {
  readonly #leases: GpuLeases;
  readonly #limits: TurnLimits;
  readonly #source: TurnSource;
  readonly #begin: (turn: Turn) => void;
  readonly #turns = new Map<string, Turn>();
  #collecting: Turn | undefined;
  #closed = false;

  /** @param begin told of each turn; it calls `acquire`, and `end` in the end, and neither within this call */
  constructor(leases: GpuLeases, limits: TurnLimits, source: TurnSource, begin: (turn: Turn) => void) {
    this.#leases = leases;
    this.#limits = limits;
    this.#source = source;
    this.#begin = begin;
  }

  /** A job's turn, where it has one. */
  of(id: string): Turn | undefined {
    return this.#turns.get(id);
  }

  /** All turns. */
  all(): readonly Turn[] {
    return [...this.#turns.values()];
  }

  /** Gives turns while there are jobs that can have one. */
  schedule(): void {
    while (!this.#closed) {
      const onCpu = this.all().filter(({ gpus }) => gpus === 0).length;
      const able = this.#source.waiting().filter(({ id, gpus }) => {
        if (this.#turns.has(id)) return false;
        return this.#leases.available(gpus) > 0
          ? this.#collecting === undefined
          : onCpu < this.#limits.withoutGpu;
      });
      const next = nextJob(able, this.#shares(), this.#limits.runningPerPerson);
      const asked = able.find(({ id }) => id === next?.id);
      if (!asked) return;
      const { id, person } = asked;
      const turn: Turn = {
        ...{ id, person },
        gpus: this.#leases.available(asked.gpus),
        gpuBytes: asked.gpuBytes ?? 0,
        stop: new AbortController(),
      };
      this.#turns.set(id, turn);
      if (turn.gpus > 0) this.#collecting = turn;
      this.#begin(turn);
    }
  }

  /** The GPUs of a turn, when it has all; undefined when it was called off meanwhile. */
  async acquire(turn: Turn): Promise<Lease | undefined> {
    try {
      return await this.#leases.acquire(turn.id, turn.gpus, turn.stop.signal, turn.gpuBytes);
    } catch (cause) {
      if (turn.stop.signal.aborted) return undefined;
      throw cause;
    } finally {
      if (this.#collecting === turn) {
        this.#collecting = undefined;
        this.schedule();
      }
    }
  }

  /** A turn is over, and its GPUs are given back. The next one comes by `schedule`. */
  end(turn: Turn): void {
    if (this.#turns.get(turn.id) === turn) this.#turns.delete(turn.id);
  }

  /** All waiting jobs in the order in which their turns would come. */
  line(): readonly Place[] {
    const waiting = [...this.#source.waiting()];
    const shares = this.#shares();
    const places: Place[] = [];
    // Who has its turn, and collects, is before all others.
    const first = waiting.filter(({ id }) => this.#turns.has(id));
    let served = Math.max(0, ...[...shares.values()].map(({ servedAt }) => servedAt));
    for (let rest = waiting.filter(({ id }) => !this.#turns.has(id)); ; ) {
      const next = first.shift() ?? nextJob(rest, shares, Number.POSITIVE_INFINITY);
      const job = next && waiting.find(({ id }) => id === next.id);
      if (!job) return places;
      const { id, person } = job;
      places.push({ id, person, position: places.length + 1, why: this.#why(job) });
      const share = shares.get(person) ?? { running: 0, weight: 0, servedAt: 0 };
      shares.set(person, { ...share, servedAt: ++served });
      rest = rest.filter((one) => one.id !== id);
    }
  }

  #why({ id, person, gpus, gpuBytes = 0 }: Candidate): string {
    const wanted = this.#leases.available(gpus);
    if (this.#turns.has(id)) {
      if (wanted === 0) return "It begins.";
      if (gpuBytes > 0)
        return `It has its turn and waits until a GPU has ${(gpuBytes / 1024 ** 3).toFixed(1)} GiB to share.`;
      return `It has its turn and waits until ${wanted === 1 ? "a GPU is" : `${wanted} GPUs are`} free.`;
    }
    const running = this.all().filter((turn) => turn.person === person).length;
    if (running >= this.#limits.runningPerPerson)
      return `${running === 1 ? "One of your jobs runs" : `${running} of your jobs run`}, as many as may at once.`;
    if (wanted > 0) return "Another job has its turn, and collects GPUs.";
    const most = this.#limits.withoutGpu;
    return `${most === 1 ? "One job without a GPU runs" : `${most} jobs without a GPU run`}, as many as may at once.`;
  }

  /** Gives no more turns. Those that were given go on. */
  close(): void {
    this.#closed = true;
  }

  #shares(): Map<string, Share> {
    const shares = new Map<string, Share>();
    for (const [person, servedAt] of this.#source.served())
      shares.set(person, { running: 0, weight: 0, servedAt });
    for (const { person, gpus } of this.#turns.values()) {
      const share = shares.get(person) ?? { running: 0, weight: 0, servedAt: 0 };
      const weight = share.weight + Math.max(1, gpus);
      shares.set(person, { ...share, running: share.running + 1, weight });
    }
    return shares;
  }
}
