/** Ordinary HTTP requests that a service of a node answers, streamed both ways. */
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { decodeMessage, encodeMessage, type eyepiece, node, wire } from "@eyepiece/protocol/wire/messages.ts";
import { Priority } from "@eyepiece/protocol/wire/transport.ts";
import type { Person } from "../accounts/accounts.ts";
import { type Exchange, HttpError } from "../http/exchange.ts";
import type { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import { answerHeaders, requestHeaders } from "./headers.ts";
import { openLocal } from "./local.ts";
import { Spool } from "./spool.ts";

type HttpMessage = eyepiece.node.HttpMessage.$Properties;

/** Bytes of a request's body that may wait; beyond, the client is made to wait. */
const MAX_WAITING = 512 * 1024;
/** Bytes of it that are held in memory when the client cannot be made to wait; the rest waits on disk. */
const MAX_HELD = 8 * 1024 * 1024;

/** Where a request goes. */
export interface Target {
  /** Empty: the person's default node. */
  readonly node: string;
  readonly service: string;
  /** Path and query as the service sees them. */
  readonly path: string;
  /** What was cut off the path, for services that make links. */
  readonly prefix: string;
  /** The answer is shown on the app's own origin. */
  readonly own: boolean;
}

/** The body of a request, held back until there is a channel for it. Make it before the first await. */
export class RequestBody {
  readonly #exchange: Exchange;
  #waiting: { bytes: Uint8Array; last: boolean }[] = [];
  #take: ((bytes: Uint8Array, last: boolean) => void) | undefined;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.onBody((bytes, last) => {
      if (this.#take) this.#take(bytes, last);
      else {
        this.#waiting.push({ bytes: bytes.slice(), last });
        if (!last) exchange.pause();
      }
    });
  }

  /** Hands over what came and what comes. */
  start(take: (bytes: Uint8Array, last: boolean) => void): void {
    this.#take = take;
    // First, so that who is handed too much can pause it again.
    this.#exchange.resume();
    for (const { bytes, last } of this.#waiting) take(bytes, last);
    this.#waiting = [];
  }
}

/** Sends a request through the tunnel and its answer back. Resolves when that is over. @param folder for what has to wait */
export async function tunnel(
  exchange: Exchange,
  body: Pick<RequestBody, "start">,
  target: Target,
  person: Person,
  switchboard: Switchboard,
  scheme: string,
  folder: string,
  onPeer: (peer: Peer) => void,
): Promise<void> {
  const { channel, peer } = openLocal(switchboard, person, {
    service: "http",
    node: target.node,
    mode: wire.Mode.TRANSIENT,
    priority: Priority.BULK,
  });
  onPeer(peer);
  exchange.onAbort(() => channel.close("aborted", "The client went away."));
  send(channel, {
    request: {
      method: exchange.method,
      path: target.path,
      service: target.service,
      headers: requestHeaders(exchange.headers, target.prefix, scheme),
    },
  });
  sendBody(channel, body, exchange, folder);
  const answer = new Answer(exchange, target.own);
  channel.onMessage = async (message) => {
    if (await answer.take(decodeMessage(node.HttpMessage, message))) channel.close();
  };
  const error = await channel.closed;
  if (!exchange.over) answer.broke(error.code, error.message);
}

function sendBody(
  channel: Channel,
  body: Pick<RequestBody, "start">,
  exchange: Exchange,
  folder: string,
): void {
  const spool = new Spool(folder);
  let paused = false;
  let [ended, told] = [false, false];
  const finish = () => {
    if (!told) send(channel, { end: {} });
    told = true;
  };
  const forward = (bytes: Uint8Array) => {
    // The library's memory is valid during the call only, and encoding copies it.
    if (bytes.byteLength > 0) send(channel, { body: bytes });
  };
  channel.onReady = () => {
    if (!paused || channel.pending > MAX_WAITING / 2) return;
    while (spool.bytes > 0 && channel.pending <= MAX_WAITING) forward(spool.take(MAX_WAITING));
    if (spool.bytes > 0) return;
    paused = false;
    if (ended) finish();
    else if (channel.pending <= MAX_WAITING) exchange.resume();
    else paused = true;
  };
  void channel.closed.then(() => spool.close());
  body.start((bytes, last) => {
    if (channel.state === "closed") return;
    ended ||= last;
    // A socket that is full is read on by the library although it is paused; from a fast client that is gigabytes.
    if (paused && (spool.bytes > 0 || channel.pending > MAX_HELD)) {
      try {
        spool.add(bytes);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        exchange.fail(new HttpError(507, "disk_full", `The relay has no room for what is sent: ${why}.`));
        channel.close("failed", "The relay has no room.");
      }
      return;
    }
    forward(bytes);
    if (last) finish();
    else if (!paused && channel.pending > MAX_WAITING) {
      paused = true;
      exchange.pause();
    }
  });
}

/** The answer of a service, as far as it has come. */
class Answer {
  readonly #exchange: Exchange;
  readonly #own: boolean;
  #begun = false;

  constructor(exchange: Exchange, own: boolean) {
    this.#exchange = exchange;
    this.#own = own;
  }

  /** One message of the node; true after the last. */
  async take(message: eyepiece.node.HttpMessage): Promise<boolean> {
    if (message.response && !this.#begun) {
      this.#begun = true;
      const { headers, length } = answerHeaders(message.response.headers ?? [], this.#own);
      const status = message.response.status ?? 0;
      this.#exchange.begin(status >= 200 && status <= 599 ? status : 502, headers, length);
    } else if (message.body && this.#begun) {
      await this.#exchange.write(message.body);
    } else if (message.end) {
      if (message.end.failure) this.broke("failed", message.end.failure);
      else if (this.#begun) this.#exchange.finish();
      else this.broke("failed", "The service gave no answer.");
      return true;
    }
    return false;
  }

  /** No whole answer will come. */
  broke(code: string, message: string): void {
    if (this.#begun) this.#exchange.abort();
    else this.#exchange.fail(httpError(code, message));
  }
}

/** A channel's end as an HTTP status. */
export function httpError(code: string, message: string): HttpError {
  if (code === "unavailable") return new HttpError(503, code, message);
  if (code === "not_found") return new HttpError(404, code, message);
  if (code === "forbidden") return new HttpError(403, code, message);
  if (code === "too_many") return new HttpError(503, code, message);
  return new HttpError(502, "bad_gateway", message || "The connection to the node broke.");
}

/** Sends one message of the tunnel. */
export function send(channel: Channel, message: HttpMessage): void {
  if (channel.state !== "closed") channel.send(encodeMessage(node.HttpMessage, message));
}
