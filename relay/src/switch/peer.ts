/** One end of a link as the switch sees it: a browser, a node, or the relay's own tunnel. */
import { frameMessage, HEADER_BYTES, Kind } from "@eyepiece/protocol/wire/header.ts";
import { encodeMessage, type eyepiece, wire } from "@eyepiece/protocol/wire/messages.ts";
import type { Person } from "../accounts/accounts.ts";
import type { Route } from "./route.ts";

/** What the switch needs of a socket. */
export interface Socket {
  /** 0: queued behind others; 1: sent; 2: refused, the queue is full. */
  send(message: Uint8Array): number;
  end(code: number, reason: string): void;
}

/** Close codes of the relay's sockets. */
export const CloseCode = {
  /** The versions do not meet; the CLOSE before it says more. */
  REFUSED: 4001,
  /** What came is not the protocol. */
  PROTOCOL: 4002,
  /** A newer connection of the same node took its place. */
  REPLACED: 4003,
  /** Its session or right ended. */
  REVOKED: 4004,
  /** It did not read what it had asked for. */
  TOO_SLOW: 4005,
  GOING_AWAY: 1001,
} as const;

export type Side = "browser" | "node";

/** A link that the switch serves. Channel ids in `routes` are those of this hop. */
export class Peer {
  readonly side: Side;
  readonly socket: Socket;
  /** False for the relay's own channels, which are no client. */
  readonly client: boolean;
  /** Browser side: who it is. */
  readonly person: Person | undefined;
  /** Node side: the name that its token was made for. */
  readonly nodeName: string;
  readonly routes = new Map<number, Route>();
  /** What it said of itself; undefined until then, and nothing else is taken from it before. */
  hello: eyepiece.wire.Hello | undefined;
  gone = false;
  #nextId = 1;

  constructor(side: Side, socket: Socket, who: { person?: Person; nodeName?: string }, client = true) {
    this.side = side;
    this.socket = socket;
    this.client = client;
    this.person = who.person;
    this.nodeName = who.nodeName ?? "";
  }

  /** An id for a channel that the relay opens on this hop. */
  newId(): number {
    do {
      this.#nextId = this.#nextId >= 0x7fffffff ? 1 : this.#nextId + 1;
    } while (this.routes.has(this.#nextId));
    return this.#nextId;
  }

  /** Sends a whole message; a peer whose queue is full is ended, and resumes when it can. */
  send(message: Uint8Array): void {
    if (this.gone) return;
    if (this.socket.send(message) === 2) this.end(CloseCode.TOO_SLOW, "too much is waiting to be read");
  }

  /** Sends a message of the relay's own. */
  tell(id: number, kind: Kind, payload: Uint8Array, flags = 0): void {
    this.send(frameMessage(id, kind, payload, flags));
  }

  /** Says no to an OPEN or RESUME. */
  reject(id: number, code: string, message: string): void {
    this.tell(id, Kind.REJECT, encodeMessage(wire.Reject, { code, message }));
  }

  end(code: number, reason: string): void {
    if (this.gone) return;
    // A close frame holds 123 bytes of reason at most.
    this.socket.end(code, reason.slice(0, 120));
  }
}

/** Payload bytes of a message. */
export function payloadLength(message: Uint8Array): number {
  return message.byteLength - HEADER_BYTES;
}
