/** Changes of executions, told to as many as want to hear of them. */
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";

/** Told of an execution as it is after the change; `removed` where it is no more. */
export type OnChange = (execution: Execution, removed: boolean) => void;

/** See the file's comment. */
export class Changes {
  readonly #listeners = new Set<OnChange>();

  /** @param log told of a listener that failed: the others hear of the change all the same */
  constructor(executions: Executions, log: (line: string) => void) {
    executions.onChange = (execution) => {
      const removed = executions.find(execution.fid) === undefined;
      for (const listener of this.#listeners) {
        try {
          listener(execution, removed);
        } catch (cause) {
          log(`flows: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
        }
      }
    };
  }

  /** Calls `listener` at each change, until the answer is called. */
  on(listener: OnChange): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
