/**
 * The page's end of the `bricks` service: asks for data of the scene's layers, and hears of their edits. Whatever breaks, the relay's
 * link, the node or the session's process, what was asked and not answered is asked again when they are back.
 *
 *     opening --ready--> asking <--broken, resumed-- waiting
 *        ^------ closed, tried again ------|          any --forbidden, not found--> refused
 */
import { decodeBrick, MOST_BRICK_BYTES } from "@eyepiece/engine/data/brick-wire.ts";
import { type Brick, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { inflate } from "@eyepiece/engine/data/inflate.ts";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { MAX_ASSEMBLED } from "@eyepiece/protocol/wire/header.ts";
import type { Link } from "@eyepiece/protocol/wire/link.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { Priority } from "@eyepiece/protocol/wire/transport.ts";
import type { Decoded } from "../../services/decoded.ts";
import { backoff } from "../../worker/socket.ts";

type Request = eyepiece.viewer.BrickRequest.$Properties;
type Event = Decoded<eyepiece.viewer.BrickEvent.$Properties>;
export type DataFound = NonNullable<Event["data"]>;

/** Where a brick is in its source. */
export interface BrickPlace {
  readonly level: number;
  readonly index: readonly number[];
}

interface Ask {
  readonly place: BrickPlace & { readonly source: string };
  readonly resolve: (brick: Brick) => void;
  readonly reject: (error: Error) => void;
}

/** What the client tells. */
export interface BrickEvents {
  /** Facts of data that are wanted; told again when the session came back, and when a table was edited. */
  readonly onData: (found: DataFound) => void;
  readonly onChanged: (source: string, places: readonly BrickPlace[]) => void;
  /** The session does not serve this page; plain words. */
  readonly onRefused: (reason: string) => void;
}

/** See the file's comment. */
export class BrickClient {
  readonly #link: Pick<Link, "open">;
  readonly #params: Uint8Array;
  readonly #events: BrickEvents;
  readonly #wanted = new Set<string>();
  readonly #asks = new Map<number, Ask>();
  readonly #syncs = new Map<number, () => void>();
  #channel: Channel | undefined;
  #ready = false;
  #id = 0;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param params an encoded ViewerParams */
  constructor(link: Pick<Link, "open">, params: Uint8Array, events: BrickEvents) {
    this.#link = link;
    this.#params = params;
    this.#events = events;
    this.#open();
  }

  /** Asks for the facts of exactly these data, and forgets the others. */
  want(sources: ReadonlySet<string>): void {
    for (const source of this.#wanted) if (!sources.has(source)) this.#wanted.delete(source);
    for (const source of sources) {
      if (this.#wanted.has(source)) continue;
      this.#wanted.add(source);
      this.#send({ data: { source } });
    }
  }

  /** Reads a brick. @throws SourceError with the session's words; the signal's reason */
  brick(source: string, level: number, index: readonly number[], signal?: AbortSignal): Promise<Brick> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      this.#id += 1;
      const id = this.#id;
      const ask: Ask = { place: { source, level, index }, resolve, reject };
      this.#asks.set(id, ask);
      signal?.addEventListener(
        "abort",
        () => {
          if (this.#asks.delete(id)) this.#send({ cancel: { id } });
          reject(signal.reason);
        },
        { once: true },
      );
      this.#ask(id, ask);
    });
  }

  /** Settles when all edits were told that the session knew of when it was asked. */
  sync(): Promise<void> {
    return new Promise((resolve) => {
      this.#id += 1;
      this.#syncs.set(this.#id, resolve);
      this.#send({ sync: { id: this.#id } });
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#fail("The page draws no more.");
    this.#channel?.close();
  }

  #open(): void {
    const channel = this.#link.open({ service: "bricks", params: this.#params, priority: Priority.BULK });
    this.#channel = channel;
    this.#ready = false;
    channel.onMessage = (bytes) => {
      if (!this.#disposed) this.#event(decodeMessage(viewer.BrickEvent, bytes, MAX_ASSEMBLED) as Event);
    };
    void channel.closed.then(({ code, message }) => {
      if (this.#disposed || this.#channel !== channel) return;
      this.#ready = false;
      if (["unauthorized", "forbidden", "not_found", "revoked", "refused", "invalid"].includes(code)) {
        this.#fail(message);
        this.#events.onRefused(message);
        return;
      }
      this.#timer = setTimeout(() => this.#open(), backoff(this.#attempts, Math.random()));
      this.#attempts += 1;
    });
  }

  /** What is sent before the session is ready is sent when it is. */
  #send(request: Request): void {
    if (this.#ready && this.#channel && this.#channel.state !== "closed")
      this.#channel.send(encodeMessage(viewer.BrickRequest, request));
  }

  #ask(id: number, { place }: Ask): void {
    this.#send({ brick: { id, ...place, index: [...place.index] } });
  }

  #event(event: Event): void {
    if (event.ready) this.#begin();
    else if (event.data) this.#events.onData(event.data);
    else if (event.brick) this.#found(event.brick.id, event.brick.brick);
    else if (event.failed) this.#take(event.failed.id)?.reject(new SourceError(event.failed.message));
    else if (event.changed) this.#events.onChanged(event.changed.source, event.changed.bricks);
    else if (event.stale && this.#wanted.has(event.stale.source))
      this.#send({ data: { source: event.stale.source } });
    else if (event.sync) {
      this.#syncs.get(event.sync.id)?.();
      this.#syncs.delete(event.sync.id);
    }
  }

  #begin(): void {
    this.#ready = true;
    this.#attempts = 0;
    for (const source of this.#wanted) this.#send({ data: { source } });
    for (const [id, ask] of this.#asks) this.#ask(id, ask);
    for (const id of this.#syncs.keys()) this.#send({ sync: { id } });
  }

  #take(id: number): Ask | undefined {
    const ask = this.#asks.get(id);
    this.#asks.delete(id);
    return ask;
  }

  #found(id: number, bytes: Uint8Array): void {
    const ask = this.#take(id);
    if (!ask) return;
    decodeBrick(bytes, MOST_BRICK_BYTES, inflate).then(({ brick }) => ask.resolve(brick), ask.reject);
  }

  #fail(message: string): void {
    for (const { reject } of this.#asks.values()) reject(new SourceError(message));
    this.#asks.clear();
    for (const resolve of this.#syncs.values()) resolve();
    this.#syncs.clear();
  }
}
