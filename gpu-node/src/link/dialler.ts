/** Keeps one WebSocket under a link: connects, watches for silence, connects again. */
import { ProtocolError } from "@eyepiece/protocol/wire/errors.ts";
import type { Link } from "@eyepiece/protocol/wire/link.ts";
import WebSocket from "ws";
import { type TlsTrust, trusted } from "./trust.ts";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;
/** A ping goes out this often; no answer to one by the next means that the connection is dead. */
const PING_MS = 10_000;
const HANDSHAKE_MS = 10_000;

export interface DiallerOptions {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly maxPayload: number;
  readonly link: Link;
  readonly tls?: TlsTrust;
  readonly log: (line: string) => void;
  /** The relay will never take this node as it is; nothing is dialled any more. */
  readonly onRefused: (reason: string) => void;
}

/** idle -> connecting -> connected -> waiting -> connecting ...; stopped is final. */
export class Dialler {
  readonly #options: DiallerOptions;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #stopped = false;

  constructor(options: DiallerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#connect().catch((cause: unknown) =>
      this.#lost(cause instanceof Error ? cause.message : String(cause)),
    );
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000, "the node stops");
    // A peer that never answers the close must not keep the process alive.
    if (socket) setTimeout(() => socket.terminate(), 1000).unref();
  }

  async #connect(): Promise<void> {
    const { url, headers, maxPayload, link, tls } = this.#options;
    const trust = url.startsWith("wss:") && tls ? await trusted(url, tls) : {};
    if (this.#stopped) return;
    const socket = new WebSocket(url, {
      headers,
      maxPayload,
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_MS,
      ...trust,
    });
    this.#socket = socket;
    let alive = true;
    let heart: ReturnType<typeof setInterval> | undefined;
    let reason = "the connection closed";

    socket.on("unexpected-response", (_request, response) => {
      response.resume();
      socket.terminate();
      if (response.statusCode === 401 || response.statusCode === 403) {
        this.#refused(
          `The relay does not accept this node's token (${response.statusCode}): make a new one with \`eyepiece token create\`.`,
        );
      } else reason = `the relay answered ${response.statusCode}`;
    });
    socket.on("open", () => {
      link.attach({
        send: (message) => socket.send(message),
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
        close: (code, text) => socket.close(code, text),
      });
      heart = setInterval(() => {
        if (!alive) {
          reason = "the relay does not answer";
          socket.terminate();
          return;
        }
        alive = false;
        socket.ping();
      }, PING_MS);
    });
    socket.on("pong", () => {
      alive = true;
    });
    socket.on("message", (data, isBinary) => {
      alive = true;
      try {
        if (!isBinary || !(data instanceof Buffer)) throw new ProtocolError("messages are binary");
        link.receive(data);
      } catch (cause) {
        if (!(cause instanceof ProtocolError)) throw cause;
        reason = cause.message;
        socket.close(4002, cause.message.slice(0, 120));
      }
      if (link.state === "up") this.#attempts = 0;
    });
    socket.on("error", (cause) => {
      reason = cause.message;
    });
    socket.on("close", (code, text) => {
      clearInterval(heart);
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (code === 4003) {
        reason = "another connection of this node took its place";
        // Two programs with one token would otherwise push each other out many times a second.
        this.#attempts = 6;
      }
      link.detach(reason);
      if (code === 4001) this.#refused(text.toString() || "The relay refuses this node.");
      else this.#lost(reason);
    });
  }

  #refused(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.onRefused(reason);
  }

  #lost(reason: string): void {
    if (this.#stopped) return;
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#attempts, LONGEST_WAIT_MS);
    // Between half and all of it: nodes that lost one relay do not come back in step.
    const wait = longest * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.#options.log(`Relay: ${reason}; trying again in ${(wait / 1000).toFixed(1)} s.`);
    this.#timer = setTimeout(() => this.start(), wait);
  }
}
