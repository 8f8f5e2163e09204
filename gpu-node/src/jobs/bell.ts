/** Wakes those who wait for news of a job. */
export class Bell {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Wakes all who wait for this job. */
  ring(job: string): void {
    const waiting = this.#waiting.get(job);
    this.#waiting.delete(job);
    for (const wake of waiting ?? []) wake();
  }

  /** Wakes everybody. */
  ringAll(): void {
    for (const job of [...this.#waiting.keys()]) this.ring(job);
  }

  /** Settles at the next ring, or when the signal is aborted. */
  next(job: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(job) ?? new Set();
      this.#waiting.set(job, waiting);
      const wake = () => {
        waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}
