/**
 * Hears of notebooks that were deleted, while this node was here or away: one question to the relay stays open, and names what this node
 * keeps. Only the relay's word that a notebook was deleted counts; not knowing it is none.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type RelayAddress, RelayCalls } from "./relay-calls.ts";

/** A question stays open for so long; a kernel that is newer than the question is in the next one. */
const WAIT_SECONDS = 20;
const TIMEOUT_MS = 40_000;
/** Pause after a question that failed, and where there is nothing to ask for. */
const PAUSE_MS = 3000;
/** A relay that does not know the question will not learn it soon. */
const UNKNOWN_MS = 600_000;

const Answer = v.object({ deleted: v.array(v.string()) });

/** See the file's comment. */
export class Deletions {
  readonly #calls: RelayCalls;
  readonly #closed = new AbortController();
  readonly #kept: () => readonly string[];
  readonly #remove: (notebook: string) => void;

  /** @param kept notebooks that this node has something of; `remove` is called for those that are gone */
  constructor(relay: RelayAddress, kept: () => readonly string[], remove: (notebook: string) => void) {
    this.#calls = new RelayCalls(relay);
    this.#kept = kept;
    this.#remove = remove;
    void this.#watch();
  }

  close(): void {
    this.#closed.abort();
    this.#calls.close();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const pause = await this.#ask().catch(() => PAUSE_MS);
      // Ends early when this is closed.
      if (pause > 0) await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** @returns how long to wait before the next question */
  async #ask(): Promise<number> {
    const notebooks = this.#kept();
    if (notebooks.length === 0) return PAUSE_MS;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const body = { notebooks, wait: WAIT_SECONDS };
    const answer = await this.#calls.send("POST", "/api/nodes/deleted-notebooks", body, signal);
    if (!answer.ok) return answer.status === 404 || answer.status === 405 ? UNKNOWN_MS : PAUSE_MS;
    const { deleted } = v.parse(Answer, JSON.parse(answer.text));
    for (const notebook of deleted) if (notebooks.includes(notebook)) this.#remove(notebook);
    return 0;
  }
}
