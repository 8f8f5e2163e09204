/** Something that an element asks for: its value, the trouble with it, and asking again. The last question wins. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** What went wrong, as a sentence for people. */
export function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** See the file's comment. It asks by itself when its element is connected, and when the network is back. */
export class Loaded<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ask: () => Promise<T>;
  #count = 0;
  /** The newest answer; kept while it is asked again. */
  value: T | undefined;
  /** Why there is no newer answer; empty when all is well. */
  trouble = "";

  constructor(host: ReactiveControllerHost, ask: () => Promise<T>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("online", this.#online);
    // Contexts are there when the element's own connectedCallback is over.
    queueMicrotask(() => void this.again());
  }

  hostDisconnected(): void {
    window.removeEventListener("online", this.#online);
    this.#count += 1;
  }

  readonly #online = (): void => {
    void this.again();
  };

  /** Asks again. Never rejects. */
  async again(): Promise<void> {
    this.#count += 1;
    const count = this.#count;
    try {
      const value = await this.#ask();
      if (count !== this.#count) return;
      this.value = value;
      this.trouble = "";
    } catch (cause) {
      if (count !== this.#count) return;
      this.trouble = sentenceOf(cause);
    }
    this.#host.requestUpdate();
  }
}

/** Work that a control begins: while it runs the control is off, and what goes wrong is told to `failed`. */
export class Work implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #failed: (sentence: string) => void;
  busy = false;

  constructor(host: ReactiveControllerHost, failed: (sentence: string) => void) {
    this.#host = host;
    this.#failed = failed;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Runs it, unless something runs already. @returns whether it succeeded */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.#host.requestUpdate();
    try {
      await work();
      return true;
    } catch (cause) {
      this.#failed(sentenceOf(cause));
      return false;
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }
}
