/** Asks again while its element is on the page and the tab is in sight. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** See the file's comment. `ask` says whether there may be more to come: else it is asked rarely. Never rejects. */
export class Poll implements ReactiveController {
  readonly #ask: () => Promise<boolean>;
  readonly #often: number;
  readonly #rarely: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A question that is under way, and the one that follows it. */
  #asking: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #asked = 0;
  #on = false;

  constructor(host: ReactiveControllerHost, ask: () => Promise<boolean>, often = 1000, rarely = 10_000) {
    this.#ask = ask;
    this.#often = often;
    this.#rarely = rarely;
    host.addController(this);
  }

  hostConnected(): void {
    this.#on = true;
    document.addEventListener("visibilitychange", this.#seen);
    queueMicrotask(() => void this.now());
  }

  hostDisconnected(): void {
    this.#on = false;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Asks at once, or when what is asked now is answered: an answer is never older than the call. */
  now(): Promise<void> {
    if (!this.#asking) return this.#once();
    this.#next ??= this.#asking.then(() => this.#once());
    return this.#next;
  }

  /** Asks at once, or as soon as that is not more often than it would by itself. */
  soon(): void {
    if (!this.#on || document.visibilityState !== "visible") return;
    const wait = this.#asked + this.#often - Date.now();
    if (wait <= 0) void this.now();
    else if (!this.#asking) this.#after(wait);
    else void this.now();
  }

  #once(): Promise<void> {
    this.#next = undefined;
    clearTimeout(this.#timer);
    this.#asked = Date.now();
    const asking = this.#ask()
      .then((more) => this.#after(more ? this.#often : this.#rarely))
      .finally(() => {
        this.#asking = undefined;
      });
    this.#asking = asking;
    return asking;
  }

  #after(wait: number): void {
    clearTimeout(this.#timer);
    if (this.#on && document.visibilityState === "visible")
      this.#timer = setTimeout(() => void this.now(), wait);
  }

  readonly #seen = (): void => {
    if (document.visibilityState === "visible") void this.now();
  };
}
