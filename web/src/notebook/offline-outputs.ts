/** Keeps for the day without a network what ran while this page watched: the list of runs, and their outputs as the relay has them. */

import { localStore } from "../documents/local-store.ts";
import type { ExecutionRow } from "../documents/notebook-document.ts";
import { loadStored } from "./stored-outputs.ts";

/** After the last of some runs: the outputs came live already, so that nothing waits for this. */
const PAUSE_MS = 1500;
/** A page without a network does without outputs that are larger. */
const MOST_BYTES = 8 << 20;

/** Of one notebook. */
export class OfflineOutputs {
  readonly #notebook: string;
  readonly #rows: () => Iterable<ExecutionRow>;
  readonly #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(notebook: string, rows: () => Iterable<ExecutionRow>) {
    this.#notebook = notebook;
    this.#rows = rows;
  }

  /** A run has changed. */
  note(row: ExecutionRow): void {
    if (row.blob && (row.bytes ?? 0) <= MOST_BYTES) this.#wanted.add(row.blob);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), PAUSE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #keep(): Promise<void> {
    try {
      await localStore.keep(executionsAddress(this.#notebook), [...this.#rows()]);
      for (const blob of this.#wanted) {
        await loadStored(this.#notebook, blob);
        this.#wanted.delete(blob);
      }
    } catch (cause) {
      // The next run tries again; what is on the screen is not touched.
      console.info("Outputs are not kept for a time without a network:", cause);
    }
  }
}

/** Where the runs of a notebook are asked for, and the name under which they are kept. */
export function executionsAddress(notebook: string): string {
  return `/api/notebooks/${notebook}/executions`;
}
