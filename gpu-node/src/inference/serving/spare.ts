/** A worker that has imported everything and waits for a model, so that the first answer of one does not wait for Python. */
import { WorkerChild, type WorkerOptions } from "../workers/child.ts";

/** After a model was taken: its first answer goes before. */
const NEXT_MS = 3000;

/** Keeps one ready while models are being used. */
export class SpareWorker {
  readonly #options: () => WorkerOptions;
  readonly #idleMs: number;
  #child: WorkerChild | undefined;
  #next: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param idleMs ended when nobody has asked for so long; 0: never */
  constructor(options: () => WorkerOptions, idleMs: number) {
    this.#options = options;
    this.#idleMs = idleMs;
  }

  /** Somebody uses models: has one ready soon. */
  warm(): void {
    if (this.#closed) return;
    clearTimeout(this.#idle);
    if (this.#idleMs > 0) this.#idle = setTimeout(() => this.#end(), this.#idleMs).unref();
    if (this.#child?.alive || this.#next) return;
    this.#start();
  }

  /** The one that waits, or a new one (`fresh`); it is the caller's from now on. */
  take(): { readonly child: WorkerChild; readonly fresh: boolean } {
    const fresh = !this.#child?.alive;
    const child = this.#child?.alive ? this.#child : new WorkerChild(this.#options());
    this.#child = undefined;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => {
      this.#next = undefined;
      if (!this.#closed) this.#start();
    }, NEXT_MS).unref();
    return { child, fresh };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#next);
    clearTimeout(this.#idle);
    this.#end();
  }

  #start(): void {
    const child = new WorkerChild(this.#options());
    this.#child = child;
    // One that cannot start is not tried again until somebody asks for a model, and is told why.
    void child.ended.then(() => {
      if (this.#child === child) this.#child = undefined;
    });
  }

  #end(): void {
    this.#child?.kill();
    this.#child = undefined;
  }
}
