/**
 * Calls of tools that go on, by who made them. A client of the protocol before 2026-07-28 calls one off by a request of its own, which
 * says the call's number only; requests stand alone here, so that the number has to be found.
 */

/** A number that a client gave; clients of one person may give the same. */
export type CallId = string | number;

/** See the file's comment. */
export class Calls {
  readonly #running = new Map<string, Set<AbortController>>();

  /** A call begins. @returns what ends it, and what is called when it is over */
  begin(person: string, id: CallId, signal: AbortSignal): { signal: AbortSignal; end: () => void } {
    const key = keyOf(person, id);
    const stop = new AbortController();
    const same = this.#running.get(key) ?? new Set();
    this.#running.set(key, same.add(stop));
    const end = (): void => {
      same.delete(stop);
      if (same.size === 0 && this.#running.get(key) === same) this.#running.delete(key);
    };
    return { signal: AbortSignal.any([signal, stop.signal]), end };
  }

  /** Calls one off; nothing where two have this number: which is meant cannot be told. */
  cancel(person: string, id: CallId): void {
    const [call, another] = this.#running.get(keyOf(person, id)) ?? [];
    if (call && !another) call.abort(new Error("The call was cancelled."));
  }
}

function keyOf(person: string, id: CallId): string {
  return `${person} ${typeof id} ${id}`;
}
