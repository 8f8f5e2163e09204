/** One WebSocket after another under a link, with backoff, and with an honest account of how it is. */
import type { Link, LinkState } from "@eyepiece/protocol/wire/link.ts";
import type { LinkStatus } from "./api.ts";

const FIRST_WAIT = 200;
const LONGEST_WAIT = 5000;
const PING_EVERY = 2000;
/** No answer for this long is shown as a stall. */
const STALL_AFTER = 3000;
/** No answer for this long is taken for a dead connection. */
const DEAD_AFTER = 20_000;
const CONNECT_WITHIN = 10_000;

/** How long to wait before attempt `n` (from 0), in milliseconds; `random` is 0..1. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT);
  return Math.round(base * (0.75 + 0.5 * random));
}

/** Connects a link to an address for as long as the page lives. */
export class LinkSocket {
  readonly #link: Link;
  readonly #report: (status: LinkStatus) => void;
  readonly #address: string;
  #socket: WebSocket | undefined;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pinger: ReturnType<typeof setInterval> | undefined;
  #pingSent: number | undefined;
  #heard = 0;
  #phase: LinkStatus["phase"] = "waiting";
  #roundTrip: number | undefined;

  constructor(link: Link, address: string, report: (status: LinkStatus) => void) {
    this.#link = link;
    this.#address = address;
    this.#report = report;
    this.#connect();
  }

  /** Tries again now, if it waits. */
  retry(): void {
    if (this.#phase !== "waiting") return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** The link tells of its state here. */
  linkChanged(state: LinkState, reason?: string): void {
    if (state === "up") {
      this.#attempt = 0;
      this.#heard = performance.now();
      this.#tell("live");
      this.#pinger ??= setInterval(() => this.#ping(), PING_EVERY);
      this.#ping();
    } else if (state === "refused") {
      this.#tell("refused", { reason: reason ?? "The relay speaks another version: reload the page." });
    }
  }

  #tell(phase: LinkStatus["phase"], more: Partial<LinkStatus> = {}): void {
    this.#phase = phase;
    const trip = this.#roundTrip === undefined ? {} : { roundTrip: this.#roundTrip };
    this.#report({ phase, ...trip, ...more });
  }

  #connect(): void {
    this.#tell("connecting");
    const socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const late = setTimeout(() => this.#lost(socket, "The relay does not answer."), CONNECT_WITHIN);
    socket.onopen = () => {
      clearTimeout(late);
      this.#link.attach({
        send: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
        close: (code, reason) => socket.close(code, reason),
      });
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      this.#heard = performance.now();
      if (this.#phase === "stalled") this.#tell("live");
      if (!(event.data instanceof ArrayBuffer)) return;
      try {
        this.#link.receive(new Uint8Array(event.data));
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        this.#lost(socket, `The relay broke the protocol: ${words}.`);
      }
    };
    socket.onclose = () => {
      clearTimeout(late);
      this.#lost(socket, "The connection to the relay broke.");
    };
  }

  #lost(socket: WebSocket, reason: string): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    clearInterval(this.#pinger);
    this.#pinger = undefined;
    this.#pingSent = undefined;
    const refused = this.#link.state === "refused";
    this.#link.detach(reason);
    if (refused) return;
    const wait = backoff(this.#attempt, Math.random());
    this.#attempt += 1;
    this.#tell("waiting", { retryAt: Date.now() + wait, reason });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #ping(): void {
    const now = performance.now();
    if (this.#pingSent !== undefined) {
      const silent = now - Math.max(this.#heard, this.#pingSent);
      if (silent > DEAD_AFTER && this.#socket) this.#lost(this.#socket, "The relay stopped answering.");
      else if (silent > STALL_AFTER && this.#phase === "live") {
        this.#tell("stalled", { reason: "The relay has not answered for some seconds." });
      }
      return;
    }
    this.#pingSent = now;
    void this.#link.ping().then((trip) => {
      this.#pingSent = undefined;
      this.#roundTrip = trip;
      if (this.#phase === "live" || this.#phase === "stalled") this.#tell("live");
    });
  }
}
