/** From what a run asks for to what it holds: GPUs of the node's ledger, then a lease of Ray; both until the run is over. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { GpuLeases } from "../../jobs/leases.ts";
import type { GpuLedger } from "../../sessions/ledger.ts";
import { cudaVisible, type JobDevice } from "../../trainer/devices.ts";
import type { Gateway } from "../agent/gateway.ts";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { RayCluster } from "./cluster.ts";
import type { Granted } from "./messages.ts";
import type { Wanted } from "./options.ts";
import type { HeadRoom } from "./order.ts";

/** How often a run that waits for several GPUs at once looks again. */
const LOOK_MS = 1000;

/** The GPUs that flows may have. */
export interface FlowGpus {
  readonly ledger: GpuLedger;
  readonly devices: readonly JobDevice[];
}

/** What a head of the node's own gives out: GPUs by number, which of them a run gets is the ledger's. */
export function roomOf(cpus: number, { devices }: FlowGpus): HeadRoom {
  const ids = devices.map(({ id }) => id);
  return { cpus, gpus: devices.length, memory: 0, cuda: cudaVisible(devices, ids) };
}

/** What a run that asked holds. */
export interface Held {
  /** Variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a run has of the ledger: whole devices where `bytes` is 0. */
const HeldGpus = v.object({ devices: v.array(v.string()), bytes: v.number() });
type HeldGpus = v.InferOutput<typeof HeldGpus>;
const NOTHING: HeldGpus = { devices: [], bytes: 0 };

interface Gpus {
  readonly cuda: string;
  readonly held: HeldGpus;
  release(): void;
}

/** Leases of all runs. */
export class LeasedRuns {
  readonly #cluster: RayCluster;
  readonly #executions: Executions;
  readonly #gateway: Gateway;
  readonly #gpus: FlowGpus;
  readonly #leases: GpuLeases;
  /** One wish for GPUs at a time, so that no two wait for each other's. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(cluster: RayCluster, executions: Executions, gateway: Gateway, gpus: FlowGpus) {
    this.#cluster = cluster;
    this.#executions = executions;
    this.#gateway = gateway;
    this.#gpus = gpus;
    const ids = gpus.devices.map(({ id }) => id);
    this.#leases = new GpuLeases(gpus.ledger, ids, "flows");
    cluster.leases.onHeld = (granted) => this.#again(granted);
  }

  /** A run that asks for nothing may go to another machine of a cluster that is there. */
  join(): void {
    this.#cluster.join();
  }

  /**
   * Waits for all that is wanted; the execution tells what for. Given back when the execution is over.
   * @throws Error with a sentence
   */
  async acquire(fid: string, wanted: Wanted, signal: AbortSignal): Promise<Held> {
    const say = this.#executions.teller(fid);
    const gpus = this.#cluster.own ? await this.#acquireGpus(fid, wanted.gpus, signal, say) : undefined;
    const release = () => {
      this.#cluster.leases.release(fid);
      gpus?.release();
    };
    signal.addEventListener("abort", release, { once: true });
    try {
      signal.throwIfAborted();
      const onLost = (why: string) => this.#lost(fid, why);
      const note = JSON.stringify(gpus?.held ?? NOTHING);
      const granted = await abortable(
        this.#cluster.lease(fid, wanted, note, { onWaits: say, onLost }),
        signal,
      );
      this.#executions.whenOver(fid, release);
      return { env: { CUDA_VISIBLE_DEVICES: gpus ? gpus.cuda : granted.gpus.join(",") } };
    } catch (cause) {
      release();
      throw cause;
    }
  }

  async #acquireGpus(
    fid: string,
    count: number,
    signal: AbortSignal,
    say: (why: string) => void,
  ): Promise<Gpus> {
    if (count === 0) return { cuda: "", held: NOTHING, release: () => {} };
    const { devices, ledger } = this.#gpus;
    if (Math.ceil(count) > devices.length)
      throw new Error(
        `The run asks for ${count} GPUs, and this machine has ${devices.length} that flows may use.`,
      );
    const before = this.#turn;
    const turn = Promise.withResolvers<void>();
    this.#turn = turn.promise;
    const waits = setTimeout(() => say(`Waits for ${count} GPU: others have them.`), LOOK_MS);
    try {
      await abortable(before, signal);
      if (count > 1) return await this.#several(fid, count, signal);
      const largest = Math.max(...ledger.report().map(({ bytes }) => bytes));
      const share = count < 1 ? Math.ceil(count * largest) : 0;
      const lease = await this.#leases.acquire(holder(fid), 1, signal, share);
      const held = { devices: [...lease.devices], bytes: share };
      return { cuda: cudaVisible(devices, held.devices), held, release: () => lease.release() };
    } finally {
      clearTimeout(waits);
      turn.resolve();
    }
  }

  /** All at once or none: who holds some and waits for others may wait for a job that does the same. */
  async #several(fid: string, count: number, signal: AbortSignal): Promise<Gpus> {
    const { devices, ledger } = this.#gpus;
    for (;;) {
      const busy = new Set(
        ledger.report().flatMap((device) => (device.reservations.length > 0 ? [device.id] : [])),
      );
      const free = devices.filter(({ id }) => !busy.has(id)).slice(0, count);
      if (free.length === count) {
        const held = { devices: free.map(({ id }) => id), bytes: 0 };
        const release = await this.#reserve(fid, held);
        return { cuda: cudaVisible(devices, held.devices), held, release };
      }
      await sleep(LOOK_MS, undefined, { signal });
    }
  }

  /** Ends a run; what it has left goes back when it is over, and not before its processes have ended. */
  #lost(fid: string, why: string): void {
    // The agent may not know of it yet.
    if (this.#executions.find(fid)?.state === "starting") this.#executions.fail(fid, why);
    this.#gateway.cancel(fid, why);
  }

  /** Reserves at once. @throws LedgerRefusal; nothing is held then */
  async #reserve(fid: string, { devices, bytes }: HeldGpus): Promise<() => void> {
    const { ledger } = this.#gpus;
    const ids: number[] = [];
    const release = () => {
      for (const id of ids.splice(0)) ledger.release(id);
    };
    try {
      for (const device of devices) {
        const wish = { device, use: "flows", holder: holder(fid), bytes, exclusive: bytes === 0 } as const;
        ids.push((await ledger.reserve(wish)).id);
      }
    } catch (cause) {
      release();
      throw cause;
    }
    return release;
  }

  /** A lease that a node before this one gave: its run goes on, and has its GPUs in this node's ledger again. */
  #again(granted: Granted): boolean {
    const { fid, note } = granted;
    const execution = this.#executions.find(fid);
    if (!execution || isOver(execution.state)) return false;
    let over = false;
    let giveBack = () => {};
    this.#cluster.leases.adopt(granted, (why) => this.#lost(fid, why));
    this.#executions.whenOver(fid, () => {
      over = true;
      this.#cluster.leases.release(fid);
      giveBack();
    });
    const held = v.safeParse(HeldGpus, JSON.parse(note));
    this.#reserve(fid, held.success ? held.output : NOTHING).then(
      (release) => {
        giveBack = release;
        if (over) release();
      },
      // Something else took it since; the run has it all the same, and ends when it ends.
      () => {},
    );
    return true;
  }
}

function holder(fid: string): string {
  return `a flow's run ${fid}`;
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
