/** An execution as server-sent events: what is stored, then each write as it comes. */
import type { Event, Kind } from "../executions/events.ts";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";
import { keepAlive } from "../watching/alive.ts";

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
  // `behind`: there may be something that was not sent. A stream that is at the end reads nothing when the client takes its last bytes.
  let [cursor, ended, behind] = [after, false, true];
  let stop: (() => void) | undefined;
  let quiet: (() => void) | undefined;
  let pump = (): void => {};
  const end = (): void => {
    ended = true;
    stop?.();
    quiet?.();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const put = (bytes: Uint8Array): void => {
          try {
            controller.enqueue(bytes);
          } catch {
            // The client went away, and the stream was closed under us.
            end();
          }
        };
        const send = (text: string): void => put(encoder.encode(text));
        pump = (): void => {
          while (behind && !ended && !executions.closed && (controller.desiredSize ?? 0) > 0) {
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
            behind = false;
            if (isOver(now.state)) {
              send(block("eof", cursor, `${seconds()}:end of stream`));
              if (!ended) controller.close();
              end();
            }
            return;
          }
        };
        stop = executions.watch(execution, () => {
          behind = true;
          pump();
        });
        quiet = keepAlive((bytes) => {
          if ((controller.desiredSize ?? 0) > 0) put(bytes);
        });
        pump();
      },
      pull: () => pump(),
      cancel: end,
    },
    { highWaterMark: MAX_WAITING, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}

/** A stream as an answer. */
export function streamed(stream: ReadableStream<Uint8Array>): Response {
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // A proxy that collects an answer would hold back what is live.
      "x-accel-buffering": "no",
    },
  });
}

function written({ id, timestamp, kind, message }: Event): string {
  return block(kind, id, `${timestamp}:${message}`);
}

function block(event: string, id: number, data: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return `${id > 0 ? `id: ${id}\n` : ""}event: ${event}\n${lines.join("\n")}\n\n`;
}

function seconds(): number {
  return Date.now() / 1000;
}
