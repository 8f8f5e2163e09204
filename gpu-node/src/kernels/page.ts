/** One page that looks at a kernel: what it follows, and how far it has read. A slow page reads the log at its own pace. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import {
  type ExecutionStatus,
  encodeKernel,
  type KernelEvent,
  type OutputItem,
} from "@eyepiece/protocol/kernel/messages.ts";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { type ExecutionStore, LogReader, OVER } from "./executions.ts";

/** Bytes that may be on their way to a page before it is sent more of a log. */
const AHEAD_BYTES = 512 * 1024;
/** Bytes beyond which a page is given up: widgets that send faster than it can take. */
const LOST_BYTES = 64 << 20;
const WHOLE_PIECE = 1 << 20;

interface Follow {
  /** Items sent, and items that there are. */
  sent: number;
  total: number;
  /** Of the log's file; there once something had to be read. */
  reader: LogReader | undefined;
}

/** Who looks. */
export interface PageCaller {
  readonly userId: string;
  readonly role: string;
  readonly rights: readonly string[];
}

/** A page. */
export class Page {
  readonly caller: PageCaller;
  readonly channel: Channel;
  readonly #store: ExecutionStore;
  readonly #follows = new Map<string, Follow>();
  /** Those of which not all was sent. */
  readonly #behind = new Set<string>();

  constructor(channel: Channel, caller: PageCaller, store: ExecutionStore) {
    this.channel = channel;
    this.caller = caller;
    this.#store = store;
    channel.onReady = () => this.#pump();
  }

  /** Sends an event. */
  send(event: KernelEvent, buffers: readonly Uint8Array[] = []): void {
    if (this.channel.state === "closed") return;
    if (this.channel.pending > LOST_BYTES) {
      this.channel.close("slow", "This page could not take what the kernel sends; open it again.");
      return;
    }
    this.channel.send(encodeKernel(event, 0, buffers));
  }

  /**
   * Sends where an execution stands. Of one that has printed nothing yet, all that it prints follows without being asked for:
   * a question would cost the first output a round trip.
   */
  tell(status: ExecutionStatus): void {
    this.send(status);
    const { execution, state, items } = status;
    if (items > 0 || OVER.has(state) || this.#follows.has(execution)) return;
    this.#follows.set(execution, { sent: 0, total: 0, reader: undefined });
  }

  /** Sends a log from item `from` on, and what follows. */
  follow(execution: string, from: number): void {
    // How many there are is found out by reading.
    const follow = { sent: from, total: Number.POSITIVE_INFINITY, reader: undefined };
    this.#follows.set(execution, follow);
    this.#read(execution, follow);
  }

  /** The log of an execution grew. `items` may be left out when there were too many. */
  grew(execution: string, from: number, items: readonly OutputItem[]): void {
    const follow = this.#follows.get(execution);
    if (!follow) return;
    const total = from + items.length;
    if (follow.sent === from && items.length > 0 && this.channel.pending < AHEAD_BYTES) {
      this.send({ type: "output", execution, from, items });
      follow.sent = total;
      follow.total = total;
      return;
    }
    follow.total = total;
    this.#read(execution, follow);
  }

  /** A piece of the file that a `cut` item names. */
  whole(execution: string, from: number, to: number): void {
    const file = this.#store.file(execution, "full.txt");
    let handle: number;
    try {
      handle = openSync(file, "r");
    } catch {
      const message = "There is no longer output of this cell than what it shows.";
      this.send({ type: "reply", to, error: { code: "not_found", message } });
      return;
    }
    try {
      const piece = new Uint8Array(WHOLE_PIECE);
      const got = readSync(handle, piece, 0, WHOLE_PIECE, from);
      const bytes = statSync(file).size;
      const next = from + got;
      this.send({ type: "reply", to, content: { bytes, ...(next < bytes && { next }) } }, [
        piece.subarray(0, got),
      ]);
    } finally {
      closeSync(handle);
    }
  }

  #pump(): void {
    for (const execution of this.#behind) {
      const follow = this.#follows.get(execution);
      if (follow) this.#read(execution, follow);
    }
  }

  #read(execution: string, follow: Follow): void {
    while (
      follow.sent < follow.total &&
      this.channel.state !== "closed" &&
      this.channel.pending < AHEAD_BYTES
    ) {
      follow.reader ??= new LogReader(this.#store.file(execution, "jsonl"));
      const { reader } = follow;
      reader.skipTo(follow.sent);
      const items = reader.next < follow.sent ? [] : reader.read();
      if (items.length === 0) {
        // All that is there was sent; whether more comes, `grew` tells.
        follow.total = follow.sent;
        break;
      }
      this.send({ type: "output", execution, from: follow.sent, items });
      follow.sent += items.length;
    }
    if (follow.sent < follow.total) this.#behind.add(execution);
    else this.#behind.delete(execution);
  }
}
