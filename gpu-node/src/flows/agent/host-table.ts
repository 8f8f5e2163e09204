/** The hosts that the agent has, as far as the gateway was told. */
import { GatewayError } from "./errors.ts";

/** A service may import large libraries. */
const HOST_MS = 120_000;

interface Starting {
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (cause: Error) => void;
}

/** All of them, by name. */
export class HostTable {
  readonly #ready = new Set<string>();
  readonly #starting = new Map<string, Starting>();

  /** Those that are ready. */
  get names(): readonly string[] {
    return [...this.#ready];
  }

  /** Whether it is ready. */
  has(name: string): boolean {
    return this.#ready.has(name);
  }

  /** Waits until a host is ready. @param start sends the order for it, where nobody has yet @throws GatewayError with what the service said */
  async ensure(name: string, start: () => void): Promise<void> {
    if (this.#ready.has(name)) return;
    const starting = this.#starting.get(name);
    if (starting) return starting.done;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new GatewayError(`The service did not start within ${HOST_MS / 1000} s.`)),
      HOST_MS,
    );
    const done = promise.finally(() => {
      clearTimeout(timer);
      this.#starting.delete(name);
    });
    this.#starting.set(name, { done, resolve, reject });
    start();
    return done;
  }

  /** The agent tells how one is. */
  told(name: string, ready: boolean, why: string): void {
    const starting = this.#starting.get(name);
    if (ready) {
      this.#ready.add(name);
      starting?.resolve();
    } else {
      this.#ready.delete(name);
      starting?.reject(new GatewayError(why));
    }
  }

  /** It is about to be ended. */
  forget(name: string): void {
    this.#ready.delete(name);
  }

  /** Those that are ready, by the agent's own word. */
  reset(ready: readonly string[]): void {
    this.#ready.clear();
    for (const name of ready) this.#ready.add(name);
  }

  /** The agent has died, and all of them with it. */
  died(): void {
    this.#ready.clear();
    for (const { reject } of this.#starting.values())
      reject(new GatewayError("The agent of flows has died."));
  }
}
