/** The gateway's end of a line to a process of flows: a WebSocket on a unix socket that only this user's processes can enter. */
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import * as v from "valibot";
import { type WebSocket, WebSocketServer } from "ws";
import { MAX_MESSAGE } from "./messages.ts";

/** Whom the line tells. */
export interface LineListener<M> {
  onMessage(message: M): void;
  /** `onMessage` threw; the line is broken for it. */
  onFailure(cause: unknown): void;
  /** The line has broken; the other side dials again if it lives. */
  onBroken(): void;
}

/** Listens, and has at most one on the other side: a second one that dials takes the place of the first. */
export class Line<M> {
  readonly #schema: v.GenericSchema<unknown, M>;
  readonly #listener: LineListener<M>;
  readonly #server: Server;
  #socket: WebSocket | undefined;

  /** @param schema of what the other side says */
  constructor(schema: v.GenericSchema<unknown, M>, listener: LineListener<M>) {
    this.#schema = schema;
    this.#listener = listener;
    this.#server = createServer((_, response) => response.writeHead(426).end());
    const sockets = new WebSocketServer({
      server: this.#server,
      maxPayload: MAX_MESSAGE,
      perMessageDeflate: false,
    });
    sockets.on("connection", (socket) => this.#take(socket));
    // The server's own, which it passes on: who listens hears of them.
    sockets.on("error", () => {});
  }

  /** @param path of the socket; what a node that was killed left there goes */
  async listen(path: string): Promise<void> {
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(path, resolve);
    });
  }

  /** Whether somebody is there. */
  get open(): boolean {
    return this.#socket !== undefined;
  }

  /** Sends a message; nothing where nobody is there, and false. */
  send(message: Readonly<Record<string, unknown>>): boolean {
    if (!this.#socket) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Breaks the line: the other side dials again; an agent begins behind what is stored then. */
  break(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#socket?.close();
    this.#server.close();
  }

  #take(socket: WebSocket): void {
    this.#socket?.terminate();
    this.#socket = socket;
    socket.on("message", (data) => {
      const read = v.safeParse(this.#schema, parsed(String(data)));
      if (!read.success) {
        socket.close(1008, "this is no message for a gateway");
        return;
      }
      try {
        this.#listener.onMessage(read.output);
      } catch (cause) {
        // A full disk: the agent keeps what is not acknowledged, and begins there when it has dialled again.
        this.#listener.onFailure(cause);
        socket.terminate();
      }
    });
    // An error is followed by the end.
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#listener.onBroken();
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
