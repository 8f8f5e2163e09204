/** Slows guessing: after some failures of one key (an address, an account), each further attempt waits twice as long. */

const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
const MAX_KEYS = 10_000;

/** Failures by key. `now` gives milliseconds. */
export class RateLimit {
  readonly #failures = new Map<string, { count: number; last: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Milliseconds until the key may be tried again; 0: now. `free`: failures without a wait. */
  waitFor(key: string, free = FREE_FAILURES): number {
    const entry = this.#failures.get(key);
    if (!entry || entry.count < free) return 0;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (entry.count - free), LONGEST_WAIT_MS);
    return Math.max(0, entry.last + wait - this.#now());
  }

  failed(key: string): void {
    const entry = this.#failures.get(key);
    const now = this.#now();
    const stale = !entry || now - entry.last > 2 * LONGEST_WAIT_MS;
    this.#failures.delete(key);
    this.#failures.set(key, { count: stale ? 1 : entry.count + 1, last: now });
    // The oldest go first, so that many keys cannot fill the memory.
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_KEYS && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** Forgets a key. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Takes one failure back: what was counted before its outcome was known has gone well. */
  succeeded(key: string): void {
    const entry = this.#failures.get(key);
    if (!entry) return;
    if (entry.count <= 1) this.#failures.delete(key);
    else entry.count -= 1;
  }
}
