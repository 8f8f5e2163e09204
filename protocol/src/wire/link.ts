/**
 * A link: one WebSocket after another that carry the same channels. The side that opens channels (a browser, or the relay
 * towards a node) and the side that accepts them (a node) are the same class; see README.md for the states.
 */
import { Channel, type ChannelFacts, type ChannelHost } from "./channel.ts";
import { ChannelError, ProtocolError } from "./errors.ts";
import {
  type Credit,
  decodeCredit,
  encodeCredit,
  frameMessage,
  Kind,
  PingFlag,
  payloadOf,
  readHeader,
} from "./header.ts";
import { decodeMessage, encodeMessage, type eyepiece, wire } from "./messages.ts";
import { Priority, SOCKET_BUFFER, type Transport } from "./transport.ts";
import { agreeVersion } from "./version.ts";

type Hello = eyepiece.wire.Hello.$Properties;
type Identity = eyepiece.wire.Identity.$Properties;

/** down: no socket. greeting: HELLO sent. up: HELLO exchanged. refused: the versions do not meet; it stays so. */
export type LinkState = "down" | "greeting" | "up" | "refused";

/** Asks to open a channel. */
export interface OpenRequest {
  readonly service: string;
  readonly node?: string;
  readonly mode?: number;
  readonly params?: Uint8Array;
  readonly priority?: Priority;
}

/** An OPEN from the other side: answer with `accept` or `reject`, once. */
export interface IncomingChannel {
  readonly facts: ChannelFacts;
  readonly channel: Channel;
  accept(params?: Uint8Array): Channel;
  reject(code: string, message: string): void;
}

export interface LinkOptions {
  readonly hello: () => Hello;
  /** Called for each OPEN of the other side; without it every OPEN is rejected. */
  readonly onOpen?: (incoming: IncomingChannel) => void;
  readonly onState?: (state: LinkState, reason?: string) => void;
  readonly onHello?: (hello: Hello) => void;
  /** How long a broken channel waits for its RESUME on the accepting side, in milliseconds. */
  readonly retention?: number;
}

/** Most channels of one link. */
export const MAX_CHANNELS = 4096;
const RESUME_RETRY_MS = [100, 250, 500, 1000, 2000];

interface Slot {
  readonly channel: Channel;
  readonly own: boolean;
  id: number;
  retries: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  resuming: boolean;
}

/** Joins channels to whatever socket there is. */
export class Link implements ChannelHost {
  readonly #options: LinkOptions;
  readonly #byId = new Map<number, Slot>();
  readonly #byChannel = new Map<Channel, Slot>();
  readonly #ready: [Set<Channel>, Set<Channel>, Set<Channel>, Set<Channel>] = [
    new Set(),
    new Set(),
    new Set(),
    new Set(),
  ];
  #transport: Transport | undefined;
  #state: LinkState = "down";
  #nextId = 1;
  #pumpTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #pings = new Map<number, () => void>();
  #pingCount = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Channels that are not closed. */
  get channels(): readonly Channel[] {
    return [...this.#byChannel.keys()];
  }

  /** Uses a socket that is open. The caller feeds `receive` and calls `detach` when it closes. */
  attach(transport: Transport): void {
    this.detach("replaced by a newer connection");
    this.#transport = transport;
    this.#change("greeting");
    this.#send(0, Kind.HELLO, encodeMessage(wire.Hello, this.#options.hello()));
  }

  /** The socket is gone: channels break and wait. */
  detach(reason = "the connection closed"): void {
    this.#transport = undefined;
    clearTimeout(this.#pumpTimer);
    this.#pumpTimer = undefined;
    this.#byId.clear();
    this.#pings.clear();
    for (const slot of [...this.#byChannel.values()]) this.#interrupt(slot);
    if (this.#state !== "refused") this.#change("down", reason);
  }

  /** Opens a channel; it may be written to at once and sends when it is open. */
  open(request: OpenRequest): Channel {
    const mode = request.mode ?? wire.Mode.RELIABLE;
    const facts: ChannelFacts = {
      service: request.service,
      node: request.node ?? "",
      mode,
      key: randomKey(),
      params: request.params ?? new Uint8Array(),
      priority: request.priority ?? (mode === wire.Mode.PIXELS ? Priority.PIXELS : Priority.CONTROL),
    };
    const channel = new Channel(this, facts, mode === wire.Mode.PIXELS);
    const slot: Slot = { channel, own: true, id: 0, retries: 0, timer: undefined, resuming: false };
    this.#byChannel.set(channel, slot);
    if (this.#state === "up") this.#begin(slot);
    return channel;
  }

  /**
   * Takes one message of the socket. The link keeps no reference to it except in DATA, whose bytes must stay unchanged.
   * @throws ProtocolError when the other side breaks the protocol: close the socket.
   */
  receive(message: Uint8Array): void {
    const header = readHeader(message);
    const payload = payloadOf(message);
    if (header.kind === Kind.DATA) {
      this.#byId.get(header.channel)?.channel.receive(payload, header.flags);
      return;
    }
    if (header.kind === Kind.CREDIT) {
      this.#byId.get(header.channel)?.channel.credit(decodeCredit(payload));
      return;
    }
    if (header.kind === Kind.HELLO) this.#hello(decodeMessage(wire.Hello, payload));
    else if (header.kind === Kind.PING) this.#ping(payload, header.flags);
    else if (header.kind === Kind.OPEN) this.#incoming(header.channel, decodeMessage(wire.Open, payload));
    else if (header.kind === Kind.RESUME) this.#resumed(header.channel, decodeMessage(wire.Resume, payload));
    else this.#answered(header.channel, header.kind, payload);
  }

  /** Measures a round trip, in milliseconds; never settles when the link breaks. */
  ping(): Promise<number> {
    const id = ++this.#pingCount;
    const started = performance.now();
    const payload = new Uint8Array(8);
    new DataView(payload.buffer).setUint32(0, id, true);
    return new Promise((resolve) => {
      this.#pings.set(id, () => resolve(performance.now() - started));
      this.#send(0, Kind.PING, payload);
    });
  }

  /** Ends all channels. */
  dispose(): void {
    for (const channel of this.channels) channel.close("done", "");
    this.detach("closed");
  }

  wake(channel: Channel): void {
    this.#ready[channel.facts.priority].add(channel);
    this.#pump();
  }

  sendCredit(channel: Channel, credit: Credit): void {
    const slot = this.#byChannel.get(channel);
    if (slot?.id) this.#send(slot.id, Kind.CREDIT, encodeCredit(credit));
  }

  sendClose(channel: Channel, code: string, message: string): void {
    const slot = this.#byChannel.get(channel);
    if (!slot) return;
    if (slot.id) this.#send(slot.id, Kind.CLOSE, encodeMessage(wire.Close, { code, message }));
    this.#forget(slot);
  }

  #change(state: LinkState, reason?: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState?.(state, reason);
  }

  #send(id: number, kind: Kind, payload: Uint8Array, flags = 0): void {
    this.#transport?.send(frameMessage(id, kind, payload, flags));
  }

  #hello(hello: Hello): void {
    try {
      agreeVersion(hello);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#send(0, Kind.CLOSE, encodeMessage(wire.Close, { code: "refused", message: reason }));
      this.#change("refused", reason);
      this.#transport?.close(4001, "refused");
      return;
    }
    this.#options.onHello?.(hello);
    this.#change("up");
    for (const slot of [...this.#byChannel.values()]) if (slot.own) this.#begin(slot);
  }

  /** Sends OPEN for a new channel, RESUME for one that was open before. */
  #begin(slot: Slot): void {
    const { channel } = slot;
    clearTimeout(slot.timer);
    slot.id = this.#nextId;
    this.#nextId = this.#nextId >= 0x7fffffff ? 1 : this.#nextId + 1;
    this.#byId.set(slot.id, slot);
    const { received, limit } = channel.position();
    const key = fromHex(channel.facts.key);
    const { service, node, mode, params } = channel.facts;
    slot.resuming = channel.state === "broken";
    if (slot.resuming) {
      const resume = { key, received, service, node, params, window: limit };
      this.#send(slot.id, Kind.RESUME, encodeMessage(wire.Resume, resume));
    } else {
      this.#send(
        slot.id,
        Kind.OPEN,
        encodeMessage(wire.Open, { service, node, mode, key, params, window: limit }),
      );
    }
  }

  #ping(payload: Uint8Array, flags: number): void {
    if (payload.byteLength !== 8) throw new ProtocolError("PING has 8 bytes");
    if ((flags & PingFlag.ANSWER) === 0) {
      this.#send(0, Kind.PING, payload, PingFlag.ANSWER);
      return;
    }
    const id = new DataView(payload.buffer, payload.byteOffset, 8).getUint32(0, true);
    this.#pings.get(id)?.();
    this.#pings.delete(id);
  }

  #incoming(id: number, open: eyepiece.wire.Open): void {
    if (id === 0 || this.#byId.has(id)) throw new ProtocolError(`OPEN of channel ${id}, which is taken`);
    const reject = (code: string, message: string) =>
      this.#send(id, Kind.REJECT, encodeMessage(wire.Reject, { code, message }));
    const onOpen = this.#options.onOpen;
    if (!onOpen) {
      reject("not_found", "No service is offered on this side of the link.");
      return;
    }
    if (this.#byChannel.size >= MAX_CHANNELS) {
      reject("too_many", `A link has ${MAX_CHANNELS} channels at most.`);
      return;
    }
    if (open.key.byteLength !== 16) throw new ProtocolError("a channel's key has 16 bytes");
    const identity: Identity | null | undefined = open.identity;
    const facts: ChannelFacts = {
      service: open.service,
      node: open.node,
      mode: open.mode,
      key: toHex(open.key),
      params: open.params,
      priority:
        open.mode === wire.Mode.PIXELS
          ? Priority.PIXELS
          : open.mode === wire.Mode.TRANSIENT
            ? Priority.BULK
            : Priority.CONTROL,
      ...(identity ? { identity } : {}),
    };
    const channel = new Channel(this, facts, open.mode === wire.Mode.PIXELS);
    const slot: Slot = { channel, own: false, id, retries: 0, timer: undefined, resuming: false };
    onOpen({
      facts,
      channel,
      accept: (params = new Uint8Array()) => {
        this.#byId.set(id, slot);
        this.#byChannel.set(channel, slot);
        this.#send(id, Kind.ACCEPT, encodeMessage(wire.Accept, { window: channel.position().limit, params }));
        channel.opened(open.window);
        return channel;
      },
      reject: (code, message) => {
        reject(code, message);
        channel.end(new ChannelError(code, message));
      },
    });
  }

  #resumed(id: number, resume: eyepiece.wire.Resume): void {
    const answered = this.#byId.get(id);
    if (answered?.own) {
      answered.retries = 0;
      answered.resuming = false;
      answered.channel.opened(resume.window, resume.received);
      return;
    }
    const key = toHex(resume.key);
    const slot = [...this.#byChannel.values()].find(
      (candidate) => !candidate.own && candidate.channel.facts.key === key,
    );
    if (id === 0 || answered) throw new ProtocolError(`RESUME of channel ${id}, which is taken`);
    // Someone else, the same person with other rights, or another service's checks: the channel must be opened anew.
    const same =
      slot &&
      slot.channel.facts.service === resume.service &&
      rightsOf(slot.channel.facts.identity) === rightsOf(resume.identity);
    if (!slot || !same) {
      const message = "This channel is not known here any more.";
      this.#send(id, Kind.CLOSE, encodeMessage(wire.Close, { code: "lost", message }));
      return;
    }
    clearTimeout(slot.timer);
    this.#byId.delete(slot.id);
    slot.channel.broke();
    slot.id = id;
    this.#byId.set(id, slot);
    const { received, limit } = slot.channel.position();
    this.#send(id, Kind.RESUME, encodeMessage(wire.Resume, { key: resume.key, received, window: limit }));
    slot.channel.opened(resume.window, resume.received);
  }

  #answered(id: number, kind: Kind, payload: Uint8Array): void {
    const slot = this.#byId.get(id);
    if (kind === Kind.ACCEPT) {
      const accept = decodeMessage(wire.Accept, payload);
      slot?.channel.opened(accept.window);
      return;
    }
    const { code, message } =
      kind === Kind.REJECT ? decodeMessage(wire.Reject, payload) : decodeMessage(wire.Close, payload);
    if (id === 0) {
      if (code === "refused") this.#change("refused", message);
      this.#transport?.close(4001, code);
      return;
    }
    if (!slot) return;
    const pause = code === "interrupted" || (slot.resuming && code === "unavailable");
    if (pause) this.#interrupt(slot);
    else {
      this.#forget(slot);
      slot.channel.end(new ChannelError(code, message));
    }
  }

  /** The way to the other end is gone: reliable channels wait, the others are over. */
  #interrupt(slot: Slot): void {
    this.#byId.delete(slot.id);
    slot.id = 0;
    const { channel } = slot;
    if (channel.state === "opening" && slot.own) return;
    if (channel.facts.mode !== wire.Mode.RELIABLE) {
      this.#forget(slot);
      channel.end(new ChannelError("interrupted", "The connection broke."));
      return;
    }
    channel.broke();
    clearTimeout(slot.timer);
    if (slot.own) {
      const wait = RESUME_RETRY_MS[Math.min(slot.retries, RESUME_RETRY_MS.length - 1)] ?? 1000;
      slot.retries += 1;
      if (this.#transport) slot.timer = setTimeout(() => this.#state === "up" && this.#begin(slot), wait);
    } else {
      slot.timer = setTimeout(() => {
        this.#forget(slot);
        channel.end(new ChannelError("lost", "The other side did not come back."));
      }, this.#options.retention ?? 120_000);
    }
  }

  #forget(slot: Slot): void {
    clearTimeout(slot.timer);
    if (slot.id) this.#byId.delete(slot.id);
    this.#byChannel.delete(slot.channel);
    for (const set of this.#ready) set.delete(slot.channel);
  }

  /** Moves segments into the socket, the most urgent channels first, one each in turn, while the socket is not full. */
  #pump(): void {
    const transport = this.#transport;
    if (!transport || this.#state !== "up") return;
    for (const set of this.#ready) {
      while (set.size > 0) {
        for (const channel of [...set]) {
          if (transport.bufferedAmount >= SOCKET_BUFFER) {
            // WebSocket has no event for a drained buffer.
            this.#pumpTimer ??= setTimeout(() => {
              this.#pumpTimer = undefined;
              this.#pump();
            }, 4);
            return;
          }
          const segment = channel.take();
          const id = this.#byChannel.get(channel)?.id;
          if (segment && id) this.#send(id, Kind.DATA, segment.bytes, segment.flags);
          else set.delete(channel);
        }
      }
    }
  }
}

/** What a channel was opened with, as one text that compares. */
function rightsOf(identity: Identity | null | undefined): string {
  const { userId, role, scope, rights } = identity ?? {};
  return JSON.stringify([userId ?? "", role ?? "", scope ?? "", [...(rights ?? [])].sort()]);
}

function randomKey(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
