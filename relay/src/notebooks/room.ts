/** One notebook's document in memory, while somebody has it open: what arrives is kept, then told to all others. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  messageYjsUpdate,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from "y-protocols/sync";
import * as Y from "yjs";
import type { DocumentStore, LogSize } from "./documents.ts";
import { type Member, Message, RoomClose, type RoomNotice } from "./member.ts";
import { Presence } from "./presence.ts";

/** Bytes that may wait for one member before they are let go; they come back and are brought up to date. */
const MAX_WAITING = 16 * 1024 * 1024;

/** Told of what happens in a room. */
export interface RoomEvents {
  /** The document changed, and the change is kept. */
  changed(room: Room): void;
  /** The document in memory is ahead of the disk, and must go. */
  failed(room: Room, cause: unknown): void;
}

/** The room of one notebook. */
export class Room {
  readonly id: string;
  readonly doc: Y.Doc;
  readonly members = new Set<Member>();
  readonly size: LogSize;
  readonly #presence: Presence;
  readonly #store: DocumentStore;
  readonly #events: RoomEvents;
  #failure: unknown;

  /** @param doc as it was loaded; `size` is its log's */
  constructor(id: string, doc: Y.Doc, size: LogSize, store: DocumentStore, events: RoomEvents) {
    this.id = id;
    this.doc = doc;
    this.size = size;
    this.#store = store;
    this.#events = events;
    this.#presence = new Presence(doc, this.members);
    doc.on("update", (update: Uint8Array, origin: unknown) => this.#keep(update, origin));
  }

  /** A member comes: is told who else is there, and asked for what only they have. */
  join(member: Member): void {
    this.members.add(member);
    if (member.mayEdit) {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, Message.SYNC);
      writeSyncStep1(encoder, this.doc);
      member.send(encoding.toUint8Array(encoder));
    }
    this.#presence.greet(member);
  }

  /** A member is gone. */
  leave(member: Member): void {
    if (this.members.delete(member)) this.#presence.leave(member);
  }

  /** One binary message of a member. Its bytes are not kept. What is not the protocol ends that member's connection. */
  receive(member: Member, message: Uint8Array): void {
    if (this.#failure !== undefined) return;
    try {
      const decoder = decoding.createDecoder(message);
      const kind = decoding.readVarUint(decoder);
      if (kind === Message.AWARENESS) {
        this.#presence.receive(member, decoding.readVarUint8Array(decoder), message);
      } else if (kind === Message.SYNC) this.#sync(member, decoder);
      else throw new Error(`there is no message ${kind}`);
    } catch (cause) {
      if (this.#failure !== undefined) return;
      member.end(
        RoomClose.PROTOCOL,
        `not the protocol: ${cause instanceof Error ? cause.message : ""}`.slice(0, 120),
      );
    }
  }

  #sync(member: Member, decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === messageYjsSyncStep1) {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, Message.SYNC);
      writeSyncStep2(encoder, this.doc, bytes);
      member.send(encoding.toUint8Array(encoder));
      return;
    }
    if (step !== messageYjsSyncStep2 && step !== messageYjsUpdate)
      throw new Error(`there is no step ${step}`);
    if (!member.mayEdit) {
      // An answer to step 1 that holds nothing is no attempt to change anything.
      if (bytes.byteLength > 2) {
        member.tell({
          type: "error",
          message: "This notebook is shared with you to look at: your changes are not kept.",
        });
      }
      return;
    }
    const waiting = this.doc.store.pendingStructs?.update;
    Y.applyUpdate(this.doc, bytes, member);
    if (this.#failure !== undefined) return;
    const pending = this.doc.store.pendingStructs?.update;
    if (pending && pending !== waiting) {
      // It builds on what never came: what is missing is asked for, and nothing is said to be kept.
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, Message.SYNC);
      writeSyncStep1(encoder, this.doc);
      member.send(encoding.toUint8Array(encoder));
    } else member.tell({ type: "saved", at: Date.now() });
  }

  /**
   * Changes the document from within the relay. @throws what keeping the change threw; then nothing is changed
   */
  change(work: (doc: Y.Doc) => void): void {
    this.doc.transact(() => work(this.doc), this);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Tells all members. */
  tell(notice: RoomNotice): void {
    for (const member of this.members) member.tell(notice);
  }

  /** Ends all connections. */
  end(code: number, reason: string): void {
    for (const member of [...this.members]) member.end(code, reason);
  }

  /** Frees the document. */
  destroy(): void {
    this.#presence.destroy();
    this.doc.destroy();
  }

  /** First to the disk, then to the others, in one encoding for all. */
  #keep(update: Uint8Array, origin: unknown): void {
    if (this.#failure !== undefined) return;
    try {
      this.#store.append(this.id, update, this.size);
    } catch (cause) {
      this.#failure = cause ?? new Error("the update could not be kept");
      this.#events.failed(this, cause);
      return;
    }
    if (this.members.size > 0) {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, Message.SYNC);
      writeUpdate(encoder, update);
      const message = encoding.toUint8Array(encoder);
      for (const member of this.members) {
        if (member === origin) continue;
        if (member.buffered > MAX_WAITING) member.end(RoomClose.TRY_AGAIN, "too slow to keep up");
        else member.send(message);
      }
    }
    this.#events.changed(this);
  }
}
