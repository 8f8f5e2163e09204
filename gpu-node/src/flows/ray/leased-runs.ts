/** From what a run asks for to what it holds: GPUs of the node's ledger, then a lease of Ray; both until the run is over. */
import { setTimeout as sleep } from "node:timers/promises";
import { GpuLeases } from "../../jobs/leases.ts";
import type { GpuLedger } from "../../sessions/ledger.ts";
import { cudaVisible, type JobDevice } from "../../trainer/devices.ts";
import type { Gateway } from "../agent/gateway.ts";
import { eventNow, isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { RayCluster } from "./cluster.ts";
import type { Wanted } from "./options.ts";
import type { HeadRoom } from "./order.ts";

/** How often a run that waits for several GPUs at once looks again. */
const LOOK_MS = 1000;
/** Reasons that one run tells. */
const MAX_TOLD = 20;

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

interface Gpus {
  readonly cuda: string;
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
    cluster.onHeld = ({ fid, ...rest }) => {
      const execution = executions.find(fid);
      if (!execution || isOver(execution.state)) return false;
      cluster.adopt({ fid, ...rest }, (why) => gateway.cancel(fid, why));
      this.#untilOver(fid, () => cluster.release(fid));
      return true;
    };
  }

  /**
   * Waits for all that is wanted; the execution tells what for. Given back when the execution is over.
   * @throws Error with a sentence
   */
  async acquire(fid: string, wanted: Wanted, signal: AbortSignal): Promise<Held> {
    const say = this.#teller(fid);
    const gpus = this.#cluster.own ? await this.#acquireGpus(fid, wanted.gpus, signal, say) : undefined;
    const release = () => {
      this.#cluster.release(fid);
      gpus?.release();
    };
    signal.addEventListener("abort", release, { once: true });
    try {
      signal.throwIfAborted();
      const onLost = (why: string) => {
        gpus?.release();
        this.#gateway.cancel(fid, why);
      };
      const granted = await abortable(this.#cluster.lease(fid, wanted, say, onLost), signal);
      this.#untilOver(fid, release);
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
    if (count === 0) return { cuda: "", release: () => {} };
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
      return { cuda: cudaVisible(devices, lease.devices), release: () => lease.release() };
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
        const held = await Promise.all(
          free.map(({ id }) =>
            ledger.reserve({ device: id, use: "flows", holder: holder(fid), bytes: 0, exclusive: true }),
          ),
        );
        const ids = free.map(({ id }) => id);
        const release = () => {
          for (const { id } of held) ledger.release(id);
        };
        return { cuda: cudaVisible(devices, ids), release };
      }
      await sleep(LOOK_MS, undefined, { signal });
    }
  }

  /** Calls it once, when the execution is over or gone. */
  #untilOver(fid: string, release: () => void): void {
    const execution = this.#executions.find(fid);
    if (!execution || isOver(execution.state)) {
      release();
      return;
    }
    const stop = this.#executions.watch(execution, () => {
      const now = this.#executions.find(fid);
      if (now && !isOver(now.state)) return;
      release();
      // Not within the round of watchers that calls this.
      queueMicrotask(stop);
    });
  }

  /** Tells as an event of the run what it waits for: not the same twice, and not for ever. */
  #teller(fid: string): (why: string) => void {
    const told = new Set<string>();
    return (why) => {
      if (told.has(why) || told.size >= MAX_TOLD) return;
      told.add(why);
      this.#executions.append(fid, [eventNow("agent", JSON.stringify({ Text: { body: why } }))]);
    };
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
