/** The rooms that are open: each notebook has one at most, made when it is needed and freed when it has been idle. */
import * as Y from "yjs";
import type { DocumentStore } from "./documents.ts";
import { storageSentence } from "./failure.ts";
import { RoomClose } from "./member.ts";
import { Room, type RoomEvents } from "./room.ts";

/** A document stays in memory this long after its last use. */
const IDLE_MS = 30_000;
/** What follows from changes (search, times, versions) is done this long after the first of them. */
const SETTLE_MS = 3_000;

const TOUCH_EVERY_MS = 1000;

/** What the rooms tell. */
export interface RoomsEvents {
  /** A notebook changed at this time; told at most each second. */
  touched(id: string, at: number): void;
  /** Changes of a while ago: the document is whole, and may be read. `changed`: since it was opened. */
  settled(room: Room, changed: boolean): void;
  log(line: string): void;
}

interface Entry {
  readonly room: Room;
  idle: NodeJS.Timeout | undefined;
  settle: NodeJS.Timeout | undefined;
  /** Something is to be done that follows from changes. */
  dirty: boolean;
  /** When it last changed, and when that was last told; 0 for never. */
  changedAt: number;
  touchedAt: number;
}

/** All rooms of a relay. */
export class Rooms {
  readonly #documents: DocumentStore;
  readonly #events: RoomsEvents;
  readonly #entries = new Map<string, Entry>();

  constructor(documents: DocumentStore, events: RoomsEvents) {
    this.#documents = documents;
    this.#events = events;
  }

  /** The room of a notebook; undefined where there is no such notebook. It is freed by itself. */
  open(id: string): Room | undefined {
    let entry = this.#entries.get(id);
    if (!entry) {
      const doc = new Y.Doc();
      const size = this.#documents.load(id, doc);
      if (!size) return undefined;
      const events: RoomEvents = {
        changed: (room) => this.#changed(room),
        failed: (room, cause) => this.#failed(room, cause),
      };
      const room = new Room(id, doc, size, this.#documents, events);
      entry = { room, idle: undefined, settle: undefined, dirty: false, changedAt: 0, touchedAt: 0 };
      this.#entries.set(id, entry);
      // A relay that was killed may not have done what follows from the last changes.
      if (size.updates > 0) this.#settleSoon(entry);
    }
    this.#rest(entry);
    return entry.room;
  }

  /** The room, if it is open. */
  find(id: string): Room | undefined {
    return this.#entries.get(id)?.room;
  }

  /** Rooms that are open. */
  list(): Room[] {
    return [...this.#entries.values()].map(({ room }) => room);
  }

  /** A notebook was deleted: nobody may go on writing to it. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#forget(entry);
    entry.room.tell({ type: "revoked" });
    entry.room.end(RoomClose.REVOKED, "the notebook was deleted");
    entry.room.destroy();
  }

  /** Does what is left to do, and frees all. */
  stop(): void {
    for (const entry of [...this.#entries.values()]) {
      this.#settle(entry);
      this.#forget(entry);
      entry.room.end(1001, "the relay stops");
      entry.room.destroy();
    }
  }

  #changed(room: Room): void {
    const entry = this.#entries.get(room.id);
    if (!entry) return;
    entry.changedAt = Date.now();
    if (entry.changedAt - entry.touchedAt >= TOUCH_EVERY_MS) this.#touch(entry);
    this.#settleSoon(entry);
  }

  #settleSoon(entry: Entry): void {
    entry.dirty = true;
    if (entry.settle) return;
    entry.settle = setTimeout(() => this.#settle(entry), SETTLE_MS);
    entry.settle.unref();
  }

  #touch(entry: Entry): void {
    entry.touchedAt = entry.changedAt;
    try {
      this.#events.touched(entry.room.id, entry.changedAt);
    } catch (cause) {
      // The change itself is kept.
      this.#events.log(`The time of notebook ${entry.room.id} could not be kept: ${String(cause)}`);
    }
  }

  #settle(entry: Entry): void {
    clearTimeout(entry.settle);
    entry.settle = undefined;
    if (!entry.dirty) return;
    entry.dirty = false;
    try {
      if (this.#documents.isLong(entry.room.size)) this.#compact(entry.room);
      if (entry.touchedAt !== entry.changedAt) this.#touch(entry);
      this.#events.settled(entry.room, entry.changedAt > 0);
    } catch (cause) {
      // The changes themselves are kept; this is tried again after the next one.
      this.#events.log(`Notebook ${entry.room.id} could not be settled: ${String(cause)}`);
    }
  }

  /** Frees a room when it has been idle. */
  #rest(entry: Entry): void {
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => {
      if (entry.room.members.size > 0) {
        this.#rest(entry);
        return;
      }
      this.#settle(entry);
      if (entry.room.size.updates > 0) this.#compact(entry.room);
      this.#forget(entry);
      entry.room.destroy();
    }, IDLE_MS);
    entry.idle.unref();
  }

  #compact(room: Room): void {
    try {
      this.#documents.compact(room.id, room.doc, room.size);
    } catch (cause) {
      this.#events.log(`The log of notebook ${room.id} could not be merged: ${String(cause)}`);
    }
  }

  /** What is in memory is not what is on disk: it goes, and those who were here come back to what is. */
  #failed(room: Room, cause: unknown): void {
    this.#events.log(`A change of notebook ${room.id} could not be kept: ${String(cause)}`);
    const entry = this.#entries.get(room.id);
    if (entry) this.#forget(entry);
    room.tell({ type: "error", message: storageSentence(cause) });
    room.end(RoomClose.TRY_AGAIN, "a change could not be kept");
    // Within the transaction that made the change the document cannot go.
    setImmediate(() => room.destroy());
  }

  #forget(entry: Entry): void {
    clearTimeout(entry.idle);
    clearTimeout(entry.settle);
    if (this.#entries.get(entry.room.id) === entry) this.#entries.delete(entry.room.id);
  }
}
