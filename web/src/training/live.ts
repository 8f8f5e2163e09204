/** What the node tells by itself: jobs, files, the queue and GPUs, by one WebSocket while a page is in sight. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { TuningJob } from "./api.ts";

/** What holds some of a GPU. */
export interface GpuHold {
  readonly use: string;
  readonly bytes: number;
  /** The whole of it. */
  readonly exclusive: boolean;
  /** The job that holds it, where that is one's own. */
  readonly job_id: string | null;
}

/** A GPU that jobs may have. Sizes are bytes. */
export interface GpuFacts {
  readonly id: string;
  readonly name: string;
  readonly total: number;
  readonly free: number;
  /** There for scheduling only: nothing is computed on it. */
  readonly fake: boolean;
  readonly held: readonly GpuHold[];
}

/** Who waits for what, as one may see it. */
export interface Queue {
  /** Jobs of everybody. */
  readonly waiting: number;
  readonly mine: readonly { readonly job_id: string; readonly position: number; readonly why: string }[];
  readonly gpus: readonly GpuFacts[];
}

/** A message of the socket; others are for other clients. */
export type LiveMessage =
  /** Jobs of other kinds than fine-tuning tell their `id`, `kind` and `status` only. */
  | { readonly type: "job"; readonly job: TuningJob & { readonly kind: string } }
  | { readonly type: "files" }
  | { readonly type: "queue"; readonly queue: Queue };

const RETRY_MS = [500, 1000, 2000, 5000, 15_000];

/** See the file's comment. `told` is called with each message, `turned` when the socket comes or goes. Nothing is thrown. */
export class Live implements ReactiveController {
  readonly #told: (message: LiveMessage) => void;
  readonly #turned: () => void;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #on = false;
  #open = false;

  constructor(host: ReactiveControllerHost, told: (message: LiveMessage) => void, turned: () => void) {
    this.#told = told;
    this.#turned = turned;
    host.addController(this);
  }

  /** Whether changes come by themselves now: else one has to ask. */
  get open(): boolean {
    return this.#open;
  }

  hostConnected(): void {
    this.#on = true;
    document.addEventListener("visibilitychange", this.#seen);
    this.#seen();
  }

  hostDisconnected(): void {
    this.#on = false;
    document.removeEventListener("visibilitychange", this.#seen);
    this.#seen();
  }

  readonly #seen = (): void => {
    const wanted = this.#on && document.visibilityState === "visible";
    if (wanted && !this.#socket) this.#connect();
    if (!wanted) this.#leave();
  };

  #leave(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    socket?.close(1000);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/v1/monitor/live`);
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      // The first word, and not the connection: a relay whose node is away accepts, and closes.
      if (!this.#open) {
        this.#open = true;
        this.#failures = 0;
        this.#turned();
      }
      this.#told(JSON.parse(data) as LiveMessage);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      const was = this.#open;
      this.#open = false;
      if (was) this.#turned();
      const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 15_000;
      this.#failures += 1;
      this.#timer = setTimeout(this.#seen, pause * (0.75 + Math.random() / 2));
    };
  }
}
