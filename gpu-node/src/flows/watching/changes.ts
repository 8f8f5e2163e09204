/** Changes of executions and of the catalogue, told to as many as want to hear of them. */
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";

/** What has changed: an execution, as it is now; one that was removed; which flows there are. */
export type Change =
  | { readonly what: "run"; readonly execution: Execution }
  | { readonly what: "removed"; readonly execution: Execution }
  | { readonly what: "catalogue" };
export type OnChange = (change: Change) => void;

/** Removals that are remembered for those who come back. */
const MAX_REMOVED = 500;

/** See the file's comment. */
export class Changes {
  readonly #listeners = new Set<OnChange>();
  readonly #log: (line: string) => void;
  readonly #removed: { readonly at: number; readonly execution: Execution }[] = [];
  /** Milliseconds since 1970: of what was removed before, nothing is known. */
  #knownFrom = Date.now();

  /** @param log told of a listener that failed: the others hear of the change all the same */
  constructor(executions: Executions, log: (line: string) => void) {
    this.#log = log;
    executions.onChange = (execution) => {
      const now = executions.find(execution.fid);
      if (!now) this.#keep(execution);
      this.#tell(now ? { what: "run", execution: now } : { what: "removed", execution });
    };
  }

  /** Which flows there are, or how their services are, has changed. */
  readonly catalogue = (): void => this.#tell({ what: "catalogue" });

  /** What was removed since then, in milliseconds; undefined where that is not known any more. */
  removedSince(at: number): readonly Execution[] | undefined {
    if (at < this.#knownFrom) return undefined;
    return this.#removed.filter((one) => one.at >= at).map(({ execution }) => execution);
  }

  /** Calls `listener` at each change, until the answer is called. */
  on(listener: OnChange): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #keep(execution: Execution): void {
    this.#removed.push({ at: Date.now(), execution });
    if (this.#removed.length <= MAX_REMOVED) return;
    const dropped = this.#removed.shift();
    if (dropped) this.#knownFrom = dropped.at + 1;
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (cause) {
        this.#log(`flows: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      }
    }
  }
}
