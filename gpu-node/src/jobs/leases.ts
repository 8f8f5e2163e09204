/** GPUs for jobs from the node's ledger: several whole ones at once, a share of one, or none; and without taking any from who holds them. */
import type { GpuLedger, LedgerDevice, Use } from "../sessions/ledger.ts";

/** GPUs that one job holds. */
export interface Lease {
  readonly devices: readonly string[];
  /** Gives them back; twice does no harm. */
  release(): void;
}

/** Bytes of a device that exists for scheduling only. */
const FAKE_BYTES = 8 * 1024 ** 3;

/** Devices that `EYEPIECE_FAKE_GPUS` asks for (Arbor's `ARBOR_MOCK_GPU` is one): they can be leased, and nothing can be computed on them. */
export function fakeDevices(environment: NodeJS.ProcessEnv): LedgerDevice[] {
  const one = /^(1|true|yes)$/i.test(environment.ARBOR_MOCK_GPU ?? "") ? 1 : 0;
  const count = Number(environment.EYEPIECE_FAKE_GPUS || one);
  if (!Number.isInteger(count) || count < 1) return [];
  return Array.from({ length: Math.min(count, 64) }, (_, index) => ({
    ...{ id: `fake-${index}`, name: `fake GPU ${index}`, bytes: FAKE_BYTES, encoders: 0 },
  }));
}

/** Leases of whole devices. */
export class GpuLeases {
  readonly #ledger: GpuLedger;
  readonly #use: Use;
  readonly devices: readonly string[];

  /** @param devices ids of the ledger's devices that jobs may have */
  constructor(ledger: GpuLedger, devices: readonly string[], use: Use = "training") {
    this.#ledger = ledger;
    this.#use = use;
    this.devices = devices;
  }

  /** How many of the GPUs wanted there are at all. */
  available(wanted: number): number {
    return Math.min(wanted, this.devices.length);
  }

  /**
   * Waits until it has that many, keeping those that it has: what was begun comes to an end although others ask for
   * less. Only one such wait may be open at a time, or two could wait for each other.
   * @param share bytes of one device that others may use beside it; 0 for whole ones
   * @throws the signal's reason, Error where no device is as large
   */
  async acquire(holder: string, count: number, signal: AbortSignal, share = 0): Promise<Lease> {
    signal.throwIfAborted();
    const held = new Map<string, number>();
    const release = () => {
      for (const id of held.values()) this.#ledger.release(id);
      held.clear();
    };
    if (count === 0) return { devices: [], release };
    const enough = new AbortController();
    const stop = AbortSignal.any([enough.signal, signal]);
    const asked = share > 0 ? this.#withRoom(share) : this.#whole(count);
    const done = Promise.withResolvers<void>();
    for (const device of asked) {
      const wish = { device, use: this.#use, holder, bytes: share, exclusive: share === 0 } as const;
      this.#ledger.wait(wish, stop).then(
        ({ id }) => {
          if (stop.aborted || held.size >= count) {
            this.#ledger.release(id);
            return;
          }
          held.set(device, id);
          if (held.size < count) return;
          done.resolve();
          enough.abort(new Error("Enough GPUs were found."));
        },
        (cause: unknown) => {
          if (signal.aborted) done.reject(cause);
        },
      );
    }
    signal.addEventListener("abort", () => done.reject(signal.reason), { once: true });
    try {
      await done.promise;
    } catch (cause) {
      release();
      throw cause;
    }
    return { devices: [...held.keys()], release };
  }

  /** Free devices first, and no more wishes for these than are needed: a wish that is granted is held for a moment. */
  #whole(count: number): readonly string[] {
    const report = this.#ledger.report();
    const busy = (id: string) => Number(report.find((device) => device.id === id)?.reservations.length ?? 0);
    const free = this.devices.filter((id) => busy(id) === 0).slice(0, count);
    if (free.length === count) return free;
    return this.devices.filter((id) => busy(id) > 0 || free.includes(id));
  }

  /** The device on which it fits most tightly now; all on which it fits when others are gone. */
  #withRoom(bytes: number): readonly string[] {
    const mine = this.#ledger.report().filter(({ id }) => this.devices.includes(id));
    const [best] = mine.filter(({ free }) => free >= bytes).sort((a, b) => a.free - b.free);
    if (best) return [best.id];
    const large = mine.filter((device) => device.bytes >= bytes).map(({ id }) => id);
    if (large.length > 0) return large;
    const most = Math.max(0, ...mine.map((device) => device.bytes));
    throw new Error(
      `It asks for ${(bytes / 1024 ** 3).toFixed(1)} GiB of a GPU, and the largest for jobs here has ${(most / 1024 ** 3).toFixed(1)} GiB.`,
    );
  }
}
