/** Gets a shared service from the elements around. */
import { type Context, ContextConsumer } from "@lit/context";
import type { ReactiveControllerHost } from "lit";

/** A service as an element has it while it is connected. */
export class Shared<T> {
  readonly #consumer: ContextConsumer<Context<unknown, T>, ReactiveControllerHost & HTMLElement>;
  readonly #host: HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement, context: Context<unknown, T>) {
    this.#host = host;
    this.#consumer = new ContextConsumer(host, { context });
  }

  /** @throws when no element around the host gives it: a mistake in the page's structure. */
  get value(): T {
    const { value } = this.#consumer;
    if (value === undefined) throw new Error(`<${this.#host.localName}> stands outside of the app.`);
    return value;
  }
}
