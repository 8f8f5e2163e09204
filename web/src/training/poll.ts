/** Asks again while its element is on the page and the tab is in sight. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** See the file's comment. `ask` says whether there may be more to come: else it is asked rarely. Never rejects. */
export class Poll implements ReactiveController {
  readonly #ask: () => Promise<boolean>;
  readonly #often: number;
  readonly #rarely: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
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

  /** Asks at once. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    const more = await this.#ask();
    clearTimeout(this.#timer);
    if (this.#on && document.visibilityState === "visible")
      this.#timer = setTimeout(() => void this.now(), more ? this.#often : this.#rarely);
  }

  readonly #seen = (): void => {
    if (document.visibilityState === "visible") void this.now();
  };
}
