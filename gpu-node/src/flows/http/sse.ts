/** An execution as server-sent events: what is stored, then each write as it comes. */
import type { Event, Kind } from "../executions/events.ts";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";

/** How often a silent stream says that it is there. */
const ALIVE_MS = 3000;
const PAGE = 500;
/** Bytes that wait for a slow client; the file has the rest. */
const MAX_WAITING = 256 * 1024;

/** The stream. @param kinds all where undefined; @param after number of the last event that the client has */
export function eventStream(
  executions: Executions,
  execution: Execution,
  kinds: readonly Kind[] | undefined,
  after: number,
): ReadableStream<Uint8Array> {
  const wanted = kinds && new Set<Kind>(kinds);
  const encoder = new TextEncoder();
  let [cursor, ended] = [after, false];
  let stop: (() => void) | undefined;
  let alive: NodeJS.Timeout | undefined;
  let pump = (): void => {};
  const end = (): void => {
    ended = true;
    stop?.();
    clearInterval(alive);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => {
          try {
            controller.enqueue(encoder.encode(text));
          } catch {
            // The client went away, and the stream was closed under us.
            end();
          }
        };
        pump = (): void => {
          while (!ended && !executions.closed && (controller.desiredSize ?? 0) > 0) {
            const now = executions.find(execution.fid);
            if (!now) {
              send(block("eof", cursor, `${seconds()}:removed`));
              if (!ended) controller.close();
              end();
              return;
            }
            const events = executions.after(now, cursor, PAGE);
            cursor = events.at(-1)?.id ?? cursor;
            const text = events.filter(({ kind }) => !wanted || wanted.has(kind)).map(written);
            if (text.length > 0) send(text.join(""));
            if (events.length === PAGE) continue;
            if (isOver(now.state)) {
              send(block("eof", cursor, `${seconds()}:end of stream`));
              if (!ended) controller.close();
              end();
            }
            return;
          }
        };
        stop = executions.watch(execution, pump);
        alive = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) send(block("alive", 0, `${seconds()}:alive`));
        }, ALIVE_MS);
        pump();
      },
      pull: () => pump(),
      cancel: end,
    },
    { highWaterMark: MAX_WAITING, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}

function written({ id, timestamp, kind, message }: Event): string {
  return block(kind, id, `${timestamp}:${message}`);
}

/** A number of 0 is not told: a client that comes back would begin anew. */
function block(event: string, id: number, data: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return `${id > 0 ? `id: ${id}\n` : ""}event: ${event}\n${lines.join("\n")}\n\n`;
}

function seconds(): number {
  return Date.now() / 1000;
}
