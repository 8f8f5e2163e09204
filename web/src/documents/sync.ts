/** Keeps a Yjs document equal with the relay's over /api/notebooks/{id}/sync. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import { messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import type { Doc } from "yjs";

const SYNC = 0;
const AWARENESS = 1;
/** Close codes after which trying again is useless. */
const FINAL = new Map([
  [4001, "This notebook was deleted, or is not shared with you any more."],
  [4003, "You have no right to this notebook, or it does not exist."],
]);
const AWAY =
  "The relay cannot be reached. Your edits are kept in this browser and go out when it is back; cells run then, too.";
const RETRY_MS = [300, 1000, 2000, 5000, 10_000];

/** connecting: first attempt. live: both sides have what the other had. offline: waits to try again. */
export type SyncState = "connecting" | "live" | "offline" | "refused";

/** What a document is told. */
export interface SyncHandlers {
  onState(state: SyncState, reason: string): void;
  /** A JSON message of the relay. */
  onEvent(event: unknown): void;
}

/** See the file's comment. Origin of the changes that it applies: the object itself. */
export class DocumentSync {
  readonly #doc: Doc;
  readonly #awareness: Awareness;
  readonly #address: string;
  readonly #handlers: SyncHandlers;
  #socket: WebSocket | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;
  readonly #online = (): void => {
    if (!this.#socket) this.#connect();
  };

  constructor(doc: Doc, awareness: Awareness, notebook: string, handlers: SyncHandlers) {
    this.#doc = doc;
    this.#awareness = awareness;
    this.#handlers = handlers;
    const address = new URL(`/api/notebooks/${notebook}/sync`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.#address = address.href;
    doc.on("update", this.#changed);
    awareness.on("update", this.#aware);
    window.addEventListener("online", this.#online);
    handlers.onState("connecting", "");
    this.#connect();
  }

  /** Ends the socket; others see this page's cursor go. */
  dispose(): void {
    this.#disposed = true;
    removeAwarenessStates(this.#awareness, [this.#doc.clientID], "gone");
    this.#doc.off("update", this.#changed);
    this.#awareness.off("update", this.#aware);
    window.removeEventListener("online", this.#online);
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    if (this.#disposed) return;
    const socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, SYNC);
      writeSyncStep1(encoder, this.#doc);
      this.#send(encoder);
      this.#sendAwareness([this.#doc.clientID]);
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => this.#receive(event.data);
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      const others = [...this.#awareness.getStates().keys()].filter((id) => id !== this.#doc.clientID);
      removeAwarenessStates(this.#awareness, others, this);
      if (this.#disposed) return;
      const reason = FINAL.get(event.code);
      if (reason !== undefined) {
        this.#handlers.onState("refused", reason);
        return;
      }
      // A relay that restarts is back at the first attempt: nobody needs to read about it.
      this.#handlers.onState("offline", this.#failures > 0 ? AWAY : "");
      const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 10_000;
      this.#failures += 1;
      this.#timer = setTimeout(() => this.#connect(), pause * (0.75 + Math.random() / 2));
    };
  }

  #receive(data: ArrayBuffer | string): void {
    if (typeof data === "string") {
      this.#handlers.onEvent(JSON.parse(data));
      return;
    }
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(decoder), this);
    else if (type === SYNC) {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, SYNC);
      const kind = readSyncMessage(decoder, encoder, this.#doc, this);
      if (encoding.length(encoder) > 1) this.#send(encoder);
      if (kind === messageYjsSyncStep2) {
        this.#failures = 0;
        this.#handlers.onState("live", "");
      }
    }
  }

  readonly #changed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, SYNC);
    writeUpdate(encoder, update);
    this.#send(encoder);
  };

  readonly #aware = (
    change: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin !== this) this.#sendAwareness([...change.added, ...change.updated, ...change.removed]);
  };

  #sendAwareness(clients: number[]): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, clients));
    this.#send(encoder);
  }

  #send(encoder: encoding.Encoder): void {
    // What cannot be sent now is exchanged when the socket is back: the two sides then compare what they have.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encoding.toUint8Array(encoder));
  }
}
