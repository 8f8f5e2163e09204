/** Work at times that a table knows: one timer, for the earliest. */

/** The longest that a timer is told to wait; a clock that is set anew is noticed by then. */
const MAX_WAIT_MS = 60_000;
/** After a failure of the table itself. */
const AGAIN_MS = 5000;

/** See the file's comment. */
export class DueTimer {
  readonly #next: () => number | undefined;
  readonly #work: () => Promise<void>;
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #closed = false;

  /** @param next when there is work, in milliseconds since 1970; @param work does what is due, and changes when the next is */
  constructor(next: () => number | undefined, work: () => Promise<void>, log: (line: string) => void) {
    this.#next = next;
    this.#work = work;
    this.#log = log;
  }

  /** Something was changed: it is looked when the next work is. */
  look(): void {
    if (this.#closed || this.#working) return;
    const at = this.#next();
    clearTimeout(this.#timer);
    if (at === undefined) return;
    const wait = Math.min(MAX_WAIT_MS, Math.max(0, at - Date.now()));
    this.#timer = setTimeout(() => this.#due(), wait);
    this.#timer.unref();
  }

  /** Waits for what is being done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  #due(): void {
    this.#working = this.#work()
      .catch(async (cause: unknown) => {
        this.#log(`flows: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      })
      .finally(() => {
        this.#working = undefined;
        this.look();
      });
  }
}
