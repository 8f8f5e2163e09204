/**
 * Which notebooks were deleted, for the nodes that keep kernels and folders of theirs. A trigger notes each, whichever way it went; a
 * notebook that was never here is not deleted, so that a node which comes to another relay loses nothing.
 */
import type { DatabaseSync } from "node:sqlite";

/** See the file's comment. */
export class DeletedNotebooks {
  readonly #database: DatabaseSync;
  readonly #waiting = new Set<() => void>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Those of `ids` that were deleted. */
  among(ids: readonly string[]): string[] {
    return this.#database
      .prepare("SELECT id FROM deleted_notebooks WHERE id IN (SELECT value FROM json_each(?))")
      .all(JSON.stringify(ids))
      .map((row) => String(row.id));
  }

  /** Wakes who waits: something was deleted. */
  tell(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** As `among`; where there is none of them, waits for one, at most for `ms`. */
  async wait(ids: readonly string[], ms: number, gone: AbortSignal): Promise<string[]> {
    const deadline = Date.now() + ms;
    for (;;) {
      const found = this.among(ids);
      const left = deadline - Date.now();
      if (found.length > 0 || left <= 0 || gone.aborted) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          gone.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        this.#waiting.add(wake);
        gone.addEventListener("abort", wake);
      });
    }
  }
}
