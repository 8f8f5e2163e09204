/** Requests of the viewer service and their answers, matched by id. */
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import type { ViewerEvent } from "./decoded.ts";

export type ViewerRequest = eyepiece.viewer.ViewerRequest.$Properties;

interface Waiting {
  readonly resolve: (event: ViewerEvent) => void;
  readonly reject: (error: ChannelError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Sends requests and settles them. */
export class Requests {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** The id of the request that `ask` sends next. */
  get nextId(): number {
    return this.#count + 1;
  }

  /**
   * Asks, and waits for the answer for at most `deadline` milliseconds.
   * @throws ChannelError with the session's words when it says no, does not answer, or goes away.
   */
  ask(what: Omit<ViewerRequest, "id">, deadline = 30_000): Promise<ViewerEvent> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new ChannelError("deadline", "The session did not answer in time."));
      }, deadline);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#send(encodeMessage(viewer.ViewerRequest, { ...what, id } as ViewerRequest));
    });
  }

  /** An event that answers something. */
  answer(event: ViewerEvent): void {
    const waiting = this.#waiting.get(event.replyTo);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(event.replyTo);
    if (event.failure) waiting.reject(new ChannelError(event.failure.code, event.failure.message));
    else waiting.resolve(event);
  }

  /** The channel is over: nothing will be answered. */
  fail(code: string, message: string): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new ChannelError(code, message || "The session went away before it answered."));
    }
    this.#waiting.clear();
  }
}
