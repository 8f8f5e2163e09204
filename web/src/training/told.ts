/** Asks when the node tells that something changed, and by the clock where nothing tells. */
import type { ReactiveControllerHost } from "lit";
import { Live, type LiveMessage } from "./live.ts";
import { Poll } from "./poll.ts";

/** See the file's comment. */
export class Told {
  readonly #poll: Poll;
  readonly #live: Live;

  /**
   * @param ask says whether there may be more to come; never rejects
   * @param concerns whether a message is about what the host shows
   */
  constructor(
    host: ReactiveControllerHost,
    ask: () => Promise<boolean>,
    concerns: (message: LiveMessage) => boolean,
  ) {
    this.#poll = new Poll(host, async () => (await ask()) && !this.#live.open);
    this.#live = new Live(
      host,
      (message) => {
        if (concerns(message)) this.#poll.soon();
      },
      () => void this.#poll.now(),
    );
  }

  /** Asks at once. */
  now(): Promise<void> {
    return this.#poll.now();
  }
}

/** Whether a message tells of a job of one of these kinds. */
export const ofKind =
  (...kinds: readonly string[]) =>
  (message: LiveMessage): boolean =>
    message.type === "job" && kinds.includes(message.job.kind);
