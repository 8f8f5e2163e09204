/**
 * The GPU ledger: who holds how much of which device. Everything on the node that allocates on a GPU reserves here first.
 * A device is shared (by bytes) or exclusive (one holder, the whole of it). Pure bookkeeping in the node's process; its
 * children end with it, so nothing is kept on disk.
 */

/** What a reservation is for. */
export type Use = "viewer" | "kernel" | "inference" | "training" | "flows" | "encoder";

export interface LedgerDevice {
  readonly id: string;
  readonly name: string;
  /** Bytes that may be given out in all. */
  readonly bytes: number;
  /** Encoder sessions that the device can hold at once; Infinity for software. */
  readonly encoders: number;
}

export interface Reservation {
  readonly id: number;
  readonly device: string;
  readonly use: Use;
  readonly holder: string;
  readonly bytes: number;
  readonly exclusive: boolean;
}

/** The device has not what was asked for: the message says what holds it. */
export class LedgerRefusal extends Error {
  override readonly name = "LedgerRefusal";
}

interface Request {
  readonly device: string;
  readonly use: Use;
  readonly holder: string;
  readonly bytes: number;
  readonly exclusive?: boolean;
  /** Asked to give bytes back; answers with the bytes that it keeps. It must have let go before it answers. */
  readonly shrink?: (bytes: number) => Promise<number>;
}

interface Held extends Reservation {
  readonly shrink: Request["shrink"];
}

interface Waiting {
  readonly request: Request;
  readonly resolve: (reservation: Reservation) => void;
  readonly reject: (reason: Error) => void;
}

/** Reservations of all devices. */
export class GpuLedger {
  readonly #devices: ReadonlyMap<string, LedgerDevice>;
  readonly #held = new Map<number, Held>();
  readonly #queue: Waiting[] = [];
  #next = 1;

  constructor(devices: readonly LedgerDevice[]) {
    this.#devices = new Map(devices.map((device) => [device.id, device]));
  }

  /** All devices with what is reserved on them. */
  report(): readonly (LedgerDevice & {
    readonly free: number;
    readonly reservations: readonly Reservation[];
  })[] {
    return [...this.#devices.values()].map((device) => ({
      ...device,
      free: this.#free(device),
      reservations: this.#of(device.id).map(({ shrink: _, ...reservation }) => reservation),
    }));
  }

  /**
   * Reserves at once, asking holders to shrink when that is needed.
   * @throws LedgerRefusal when it does not fit even then.
   */
  async reserve(request: Request): Promise<Reservation> {
    const device = this.#device(request.device);
    const refusal = this.#refusal(device, request);
    if (!refusal) return this.#grant(request);
    if (request.exclusive || this.#of(device.id).some((held) => held.exclusive))
      throw new LedgerRefusal(refusal);
    let missing = request.bytes - this.#free(device);
    for (const held of this.#of(device.id).sort((a, b) => b.bytes - a.bytes)) {
      if (missing <= 0) break;
      if (!held.shrink) continue;
      const keeps = await held.shrink(Math.max(0, held.bytes - missing));
      if (!this.#held.has(held.id)) continue;
      const bytes = Math.min(held.bytes, keeps);
      this.#held.set(held.id, { ...held, bytes });
      missing = request.bytes - this.#free(device);
    }
    const still = this.#refusal(device, request);
    if (still) throw new LedgerRefusal(still);
    return this.#grant(request);
  }

  /** Reserves in turn: first come, first served; nobody who waits is overtaken by a later wish for the same device. */
  wait(request: Request, signal?: AbortSignal): Promise<Reservation> {
    this.#device(request.device);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, resolve, reject };
      this.#queue.push(waiting);
      signal?.addEventListener(
        "abort",
        () => {
          const at = this.#queue.indexOf(waiting);
          if (at < 0) return;
          this.#queue.splice(at, 1);
          reject(
            signal.reason instanceof Error ? signal.reason : new Error("The wait for the GPU was given up."),
          );
          this.#serve();
        },
        { once: true },
      );
      this.#serve();
    });
  }

  /** Gives a reservation back; once is enough and twice does no harm. */
  release(id: number): void {
    if (this.#held.delete(id)) this.#serve();
  }

  /** Gives back all that a holder has: it is gone. */
  releaseAll(holder: string): void {
    for (const held of [...this.#held.values()]) if (held.holder === holder) this.#held.delete(held.id);
    this.#serve();
  }

  #device(id: string): LedgerDevice {
    const device = this.#devices.get(id);
    if (!device) throw new LedgerRefusal(`There is no device ${id} here.`);
    return device;
  }

  #of(device: string): Held[] {
    return [...this.#held.values()].filter((held) => held.device === device);
  }

  #free(device: LedgerDevice): number {
    const held = this.#of(device.id);
    if (held.some((one) => one.exclusive)) return 0;
    return device.bytes - held.reduce((sum, one) => sum + one.bytes, 0);
  }

  #refusal(device: LedgerDevice, request: Request): string | undefined {
    const held = this.#of(device.id);
    const holders = held.map((one) => `${one.holder} (${one.use}, ${megabytes(one.bytes)})`).join(", ");
    const exclusive = held.find((one) => one.exclusive);
    if (exclusive) return `${device.name} is held whole by ${exclusive.holder} (${exclusive.use}).`;
    if (request.exclusive && held.length > 0) return `${device.name} is in use by ${holders}.`;
    if (request.use === "encoder") {
      const open = held.filter((one) => one.use === "encoder").length;
      return open < device.encoders
        ? undefined
        : `${device.name} has its ${device.encoders} encoders in use.`;
    }
    if (request.bytes <= this.#free(device)) return undefined;
    const free = megabytes(this.#free(device));
    return `${device.name} has ${free} of ${megabytes(device.bytes)} free and ${megabytes(request.bytes)} are wanted; in use by ${holders || "nobody"}.`;
  }

  #grant(request: Request): Reservation {
    const device = this.#device(request.device);
    const reservation: Held = {
      id: this.#next++,
      device: request.device,
      use: request.use,
      holder: request.holder,
      bytes: request.exclusive ? device.bytes : request.bytes,
      exclusive: request.exclusive ?? false,
      shrink: request.shrink,
    };
    this.#held.set(reservation.id, reservation);
    const { shrink: _, ...told } = reservation;
    return told;
  }

  #serve(): void {
    const blocked = new Set<string>();
    for (const waiting of [...this.#queue]) {
      const { request } = waiting;
      if (blocked.has(request.device)) continue;
      if (this.#refusal(this.#device(request.device), request)) {
        blocked.add(request.device);
        continue;
      }
      this.#queue.splice(this.#queue.indexOf(waiting), 1);
      waiting.resolve(this.#grant(request));
    }
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
