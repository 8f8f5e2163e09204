/** A person's timeline as server-sent events: each run that changes, each that is removed, and that the catalogue has changed. */
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";
import { keepAlive } from "../watching/alive.ts";
import type { Change, Changes } from "../watching/changes.ts";

/** Bytes that wait for a slow client; beyond, it is told to ask for all anew. */
const MAX_WAITING = 64 * 1024;
/** Changes that are told to who comes back; who missed more asks anew. */
const MAX_MISSED = 200;
/** The list notes a change a moment after it has happened: what is told twice does no harm. */
const OVERLAP_MS = 1000;

/** What the stream is made of. */
export interface TimelineSource {
  readonly executions: Executions;
  readonly changes: Changes;
  /** A run as a line of the timeline. */
  readonly line: (execution: Execution) => object;
}

/**
 * The stream. Events: `run` with a line, `removed` with a name, `catalogue`, `reset` (changes were missed), `alive`. Their ids are times.
 * @param after id of the last event that the client has; undefined for one that begins, which hears of what comes
 */
export function timelineStream(
  { executions, changes, line }: TimelineSource,
  user: string,
  after: number | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let [ended, missed] = [false, false];
  let stop = (): void => {};
  let quiet = (): void => {};
  let caughtUp = (): void => {};
  const end = (): void => {
    ended = true;
    stop();
    quiet();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (event: string, data: unknown): void => {
          if (ended || missed) return;
          if ((controller.desiredSize ?? 0) <= 0) {
            missed = true;
            return;
          }
          try {
            const text = `id: ${Date.now()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
            controller.enqueue(encoder.encode(text));
          } catch {
            // The client went away, and the stream was closed under us.
            end();
          }
        };
        const tell = (change: Change): void => {
          if (change.what === "catalogue") send("catalogue", {});
          else if (change.execution.user !== user) return;
          else if (change.what === "run") send("run", line(change.execution));
          else send("removed", { fid: change.execution.fid });
        };
        caughtUp = () => {
          if (!missed) return;
          missed = false;
          send("reset", {});
        };
        stop = changes.on(tell);
        quiet = keepAlive((bytes) => {
          if (!ended && (controller.desiredSize ?? 0) > 0) controller.enqueue(bytes);
        });
        // The first word says that the line is there, and from when on nothing is missed.
        if (after === undefined) send("open", {});
        else resume(after);

        function resume(at: number): void {
          const since = at - OVERLAP_MS;
          const gone = changes.removedSince(since);
          const changed = executions.list({ user, since: since / 1000, limit: MAX_MISSED + 1 });
          if (gone === undefined || changed.length > MAX_MISSED) {
            send("reset", {});
            return;
          }
          send("open", {});
          for (const execution of gone) tell({ what: "removed", execution });
          for (const execution of changed.reverse()) tell({ what: "run", execution });
          // Which flows there are may have changed meanwhile; nobody counts that.
          send("catalogue", {});
        }
      },
      pull: () => caughtUp(),
      cancel: end,
    },
    { highWaterMark: MAX_WAITING, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
