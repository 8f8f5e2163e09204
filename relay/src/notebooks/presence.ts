/** Who is where in a notebook: cursors and names, which are told to those in the same notebook and kept by nobody. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type * as Y from "yjs";
import { type Member, Message } from "./member.ts";

/** Bytes that wait for a member beyond which they are told of no cursors: text comes first. */
const MAX_WAITING = 64 * 1024;
/** Bytes of one message: a cursor and a name are some hundred. */
const MAX_BYTES = 16 * 1024;
/** Pages that one connection may speak for. */
const MAX_CLIENTS = 4;

/** The presence of one room. */
export class Presence {
  readonly #awareness: Awareness;
  readonly #members: ReadonlySet<Member>;
  /** Yjs's client numbers, and whose they are: nobody moves another's cursor. */
  readonly #owners = new Map<number, Member>();

  constructor(doc: Y.Doc, members: ReadonlySet<Member>) {
    this.#awareness = new Awareness(doc);
    // The relay is nobody's cursor.
    this.#awareness.setLocalState(null);
    this.#members = members;
  }

  /** Tells a new member who is there. */
  greet(member: Member): void {
    const clients = [...this.#awareness.getStates().keys()];
    if (clients.length > 0) member.send(this.#encode(clients));
  }

  /** One message of a member: `update` is what `message` wraps. @throws Error for what is not the protocol */
  receive(member: Member, update: Uint8Array, message: Uint8Array): void {
    if (update.byteLength > MAX_BYTES) throw new Error("a cursor is too large");
    const clients = clientsOf(update);
    // A page that slept tells of all whom it no longer heard of: that is not its to say.
    if (clients.length > MAX_CLIENTS) return;
    for (const client of clients) {
      const owner = this.#owners.get(client);
      // A page that comes back may be here before its old connection is seen to be gone.
      if (owner && owner !== member && owner.userId !== member.userId) return;
    }
    const own = [...this.#owners].filter(([, owner]) => owner === member).map(([client]) => client);
    if (new Set([...own, ...clients]).size > MAX_CLIENTS) throw new Error("too many cursors");
    for (const client of clients) this.#owners.set(client, member);
    applyAwarenessUpdate(this.#awareness, update, member);
    this.#tell(message, member);
  }

  /** A member is gone, and the cursors with them. */
  leave(member: Member): void {
    const clients = [...this.#owners].filter(([, owner]) => owner === member).map(([client]) => client);
    for (const client of clients) this.#owners.delete(client);
    const shown = clients.filter((client) => this.#awareness.getStates().has(client));
    if (shown.length === 0) return;
    removeAwarenessStates(this.#awareness, shown, member);
    this.#tell(this.#encode(shown), member);
  }

  destroy(): void {
    this.#awareness.destroy();
  }

  #tell(message: Uint8Array, except: Member): void {
    for (const member of this.#members) {
      if (member !== except && member.buffered <= MAX_WAITING) member.send(message);
    }
  }

  #encode(clients: number[]): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, Message.AWARENESS);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, clients));
    return encoding.toUint8Array(encoder);
  }
}

/** The client numbers of an update. @throws Error for what is none */
function clientsOf(update: Uint8Array): number[] {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  const clients: number[] = [];
  for (let index = 0; index < Math.min(count, MAX_CLIENTS + 1); index++) {
    clients.push(decoding.readVarUint(decoder));
    decoding.readVarUint(decoder);
    JSON.parse(decoding.readVarString(decoder));
  }
  return clients;
}
