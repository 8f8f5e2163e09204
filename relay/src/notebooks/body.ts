/** Bodies of requests that are not small JSON: streamed, and bounded. */
import { type Exchange, HttpError } from "../http/exchange.ts";
import type { RequestBody } from "../tunnel/http.ts";

/** Bytes of a body that may wait for the disk before the client is made to wait. */
const MAX_WAITING = 1024 * 1024;

/** Bodies of which the last part came. */
const ended = new WeakSet<RequestBody>();

/** Lets the rest of a body pass by: a client that still sends would not see the answer. */
export function discard(exchange: Exchange, body: RequestBody): Promise<void> {
  if (ended.has(body) || exchange.over) return Promise.resolve();
  return new Promise((resolve) => {
    exchange.onAbort(resolve);
    body.start((_bytes, last) => {
      if (last) resolve();
    });
  });
}

/** The parts of a body as they come; the client waits while they are not taken. */
export async function* bodyParts(exchange: Exchange, body: RequestBody): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let waiting = 0;
  let over: "last" | "aborted" | undefined;
  let wake: (() => void) | undefined;
  exchange.onAbort(() => {
    over ??= "aborted";
    wake?.();
  });
  body.start((bytes, last) => {
    parts.push(bytes.slice());
    waiting += bytes.byteLength;
    if (waiting > MAX_WAITING && !last) exchange.pause();
    if (last) {
      over = "last";
      ended.add(body);
    }
    wake?.();
  });
  for (;;) {
    const part = parts.shift();
    if (part) {
      waiting -= part.byteLength;
      if (waiting < MAX_WAITING / 2) exchange.resume();
      if (part.byteLength > 0) yield part;
    } else if (over === "last") return;
    else if (over === "aborted") throw new HttpError(400, "aborted", "The request was aborted.");
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

/** A whole body as text. @throws HttpError 413 beyond `limit` bytes, 400 for what is not UTF-8 */
export async function bodyText(exchange: Exchange, body: RequestBody, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bodyParts(exchange, body)) {
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
