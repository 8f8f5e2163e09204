/** A run followed to its end. */
import { type Event, isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";

/** Events that are read in one go. */
const PAGE = 500;

/**
 * Tells each event of an execution from its first on, and resolves with how it is at its end; undefined where it was removed.
 * @param signal ends the following, not the run @throws the signal's reason
 */
export function follow(
  executions: Executions,
  execution: Execution,
  told: (event: Event) => void,
  signal: AbortSignal,
): Promise<Execution | undefined> {
  return new Promise((resolve, reject) => {
    let cursor = 0;
    let stop = (): void => {};
    const done = (end: () => void): void => {
      stop();
      signal.removeEventListener("abort", aborted);
      end();
    };
    const aborted = (): void => done(() => reject(signal.reason));
    const pump = (): void => {
      for (;;) {
        const now = executions.closed ? undefined : executions.find(execution.fid);
        if (!now) {
          done(() => resolve(undefined));
          return;
        }
        const events = executions.after(now, cursor, PAGE);
        for (const event of events) told(event);
        cursor = events.at(-1)?.id ?? cursor;
        if (events.length === PAGE) continue;
        if (isOver(now.state)) done(() => resolve(now));
        return;
      }
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", aborted);
    stop = executions.watch(execution, pump);
    pump();
  });
}
