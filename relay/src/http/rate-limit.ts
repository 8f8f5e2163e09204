/** Slows guessing: after some failures from one address, each further attempt waits twice as long. */

const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
const MAX_ADDRESSES = 10_000;

/** Failures by address. `now` gives milliseconds. */
export class RateLimit {
  readonly #failures = new Map<string, { count: number; last: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Milliseconds until the address may try again; 0: now. */
  waitFor(address: string): number {
    const entry = this.#failures.get(address);
    if (!entry || entry.count < FREE_FAILURES) return 0;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (entry.count - FREE_FAILURES), LONGEST_WAIT_MS);
    return Math.max(0, entry.last + wait - this.#now());
  }

  failed(address: string): void {
    const entry = this.#failures.get(address);
    const now = this.#now();
    const stale = !entry || now - entry.last > 2 * LONGEST_WAIT_MS;
    this.#failures.delete(address);
    this.#failures.set(address, { count: stale ? 1 : entry.count + 1, last: now });
    // The oldest go first, so that many addresses cannot fill the memory.
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }
}
