/** Bodies of requests that are not small JSON: streamed, and bounded. */
import { type Exchange, HttpError } from "../http/exchange.ts";
import type { RequestBody } from "../tunnel/http.ts";
import { Spool } from "../tunnel/spool.ts";

/** What is read of a request's body. */
type Body = Pick<RequestBody, "start">;

/** Bytes of a body that may wait for the disk before the client is made to wait. */
const MAX_WAITING = 1024 * 1024;
/** Bytes that are held in memory when the client cannot be made to wait; the rest waits on disk. */
const MAX_HELD = 8 * 1024 * 1024;

/** Bodies of which the last part came. */
const ended = new WeakSet<Body>();

/** Lets the rest of a body pass by: a client that still sends would not see the answer. */
export function discard(exchange: Exchange, body: Body): Promise<void> {
  if (ended.has(body) || exchange.over) return Promise.resolve();
  return new Promise((resolve) => {
    exchange.onAbort(resolve);
    body.start((_bytes, last) => {
      if (last) resolve();
    });
  });
}

/** The parts of a body as they come; the client waits while they are not taken. @param folder for what it sends all the same */
export async function* bodyParts(exchange: Exchange, body: Body, folder: string): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  const spool = new Spool(folder);
  let waiting = 0;
  let over: "last" | "aborted" | undefined;
  let failed: unknown;
  let closed = false;
  let wake: (() => void) | undefined;
  exchange.onAbort(() => {
    over ??= "aborted";
    wake?.();
  });
  body.start((bytes, last) => {
    if (last) ended.add(body);
    // Nobody reads any more.
    if (closed) return;
    // A socket that is full is read on by the library although it is paused; from a fast client that is gigabytes.
    if (spool.bytes > 0 || waiting > MAX_HELD) {
      try {
        if (failed === undefined) spool.add(bytes);
      } catch (cause) {
        failed = cause;
      }
    } else {
      parts.push(bytes.slice());
      waiting += bytes.byteLength;
    }
    if (waiting > MAX_WAITING && !last) exchange.pause();
    if (last) over = "last";
    wake?.();
  });
  try {
    for (;;) {
      // What is on disk came after what is in memory.
      const part = parts.shift() ?? (spool.bytes > 0 ? spool.take(MAX_WAITING) : undefined);
      if (part) {
        // Of the spool only once nothing is held in memory.
        waiting = Math.max(0, waiting - part.byteLength);
        if (waiting < MAX_WAITING / 2 && spool.bytes === 0) exchange.resume();
        if (part.byteLength > 0) yield part;
      } else if (failed !== undefined) throw failed;
      else if (over === "last") return;
      else if (over === "aborted") throw new HttpError(400, "aborted", "The request was aborted.");
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    closed = true;
    spool.close();
  }
}

/** A whole body as text. @throws HttpError 413 beyond `limit` bytes, 400 for what is not UTF-8 */
export async function bodyText(
  exchange: Exchange,
  body: Body,
  limit: number,
  folder: string,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bodyParts(exchange, body, folder)) {
    size += part.byteLength;
    if (size > limit) {
      throw new HttpError(
        413,
        "too_large",
        `The request is larger than ${Math.floor(limit / 1024 / 1024)} MiB.`,
      );
    }
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (cause) {
    if (cause instanceof TypeError) throw new HttpError(400, "invalid", "The body is not text in UTF-8.");
    throw cause;
  }
}
