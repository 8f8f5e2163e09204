/** Leases that runs have or wait for, as far as the node knows. */
import { GatewayError } from "../agent/errors.ts";
import type { ClusterMessage, Granted } from "./messages.ts";
import type { Wanted } from "./options.ts";

/** What a lease's run is told. */
export interface LeaseListener {
  /** What it waits for. */
  readonly onWaits: (why: string) => void;
  /** Once, when what was granted is lost. */
  readonly onLost: (why: string) => void;
}

interface Lease extends LeaseListener {
  readonly wanted: Wanted;
  readonly note: string;
  readonly resolve: (granted: Granted) => void;
  readonly reject: (cause: Error) => void;
  granted?: Granted;
}

/** What the table stands on. */
export interface LeaseTableOptions {
  /** To the program that has the cluster; nothing where it is away. */
  readonly send: (message: Readonly<Record<string, unknown>>) => void;
  /** There is one more, or one less. */
  readonly onCount: () => void;
}

/** All of them, by the names of their runs. */
export class LeaseTable {
  readonly #options: LeaseTableOptions;
  readonly #leases = new Map<string, Lease>();
  /** Asked for leases that are held and that this node has not given: those of a node before it. */
  onHeld: (granted: Granted) => boolean = () => false;

  constructor(options: LeaseTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#leases.size;
  }

  /** How many are granted. */
  get granted(): number {
    return [...this.#leases.values()].filter(({ granted }) => granted).length;
  }

  /** Waits for one. @param note comes back with it, to a node after this one, too @throws GatewayError where it cannot be had */
  add(fid: string, wanted: Wanted, note: string, listener: LeaseListener): Promise<Granted> {
    const { promise, resolve, reject } = Promise.withResolvers<Granted>();
    this.#leases.set(fid, { wanted, note, ...listener, resolve, reject });
    this.#options.onCount();
    return promise;
  }

  /** One of a node before this one goes on. */
  adopt(granted: Granted, onLost: (why: string) => void): void {
    const none = () => {};
    const wanted = { cpus: 0, gpus: 0, memory: 0, resources: {} };
    const { fid, note } = granted;
    this.#leases.set(fid, { wanted, note, onWaits: none, onLost, resolve: none, reject: none, granted });
    this.#options.onCount();
  }

  /** Gives back what a run has, or waits for. Twice does no harm. */
  release(fid: string): void {
    if (!this.#leases.delete(fid)) return;
    this.#options.send({ type: "release", fid });
    this.#options.onCount();
  }

  /** Asks for one that waits. */
  ask(fid: string): void {
    const lease = this.#leases.get(fid);
    if (lease && !lease.granted)
      this.#options.send({ type: "lease", fid, ...lease.wanted, note: lease.note });
  }

  /** Asks for all that wait. */
  askAll(): void {
    for (const fid of this.#leases.keys()) this.ask(fid);
  }

  /** What the program says of one. */
  hear(message: Extract<ClusterMessage, { type: "waits" | "granted" | "lost" }>): void {
    const lease = this.#leases.get(message.fid);
    if (message.type === "waits") lease?.onWaits(message.why);
    else if (message.type === "lost") this.lose(message.fid, message.why);
    // Called off meanwhile.
    else if (!lease) this.#options.send({ type: "release", fid: message.fid });
    else if (!lease.granted) {
      lease.granted = message;
      lease.resolve(message);
    }
  }

  /** The program says which it holds. */
  greet(held: readonly Granted[]): void {
    for (const granted of held) {
      const known = this.#leases.get(granted.fid);
      if (known && !known.granted) {
        known.granted = granted;
        known.resolve(granted);
      } else if (!known && !this.onHeld(granted)) this.#options.send({ type: "release", fid: granted.fid });
    }
    const there = new Set(held.map(({ fid }) => fid));
    for (const [fid, { granted }] of this.#leases)
      if (granted && !there.has(fid)) this.lose(fid, "The run's lease was lost.");
  }

  /** One is lost, or cannot be had. */
  lose(fid: string, why: string): void {
    const lease = this.#leases.get(fid);
    if (!lease) return;
    this.#leases.delete(fid);
    this.#options.onCount();
    if (lease.granted) lease.onLost(why);
    else lease.reject(new GatewayError(why));
  }

  /** All are lost, or those that are granted. */
  loseAll(why: string, which: "all" | "granted"): void {
    for (const [fid, { granted }] of [...this.#leases]) if (granted || which === "all") this.lose(fid, why);
  }
}
