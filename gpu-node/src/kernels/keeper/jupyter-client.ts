/**
 * The sockets of one kernel. The keeper is the only subscriber of iopub: everything that the kernel prints passes here, in order.
 */
import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { type JupyterMessage, type JupyterRequest, JupyterWire } from "./jupyter-message.ts";

/** Where a kernel's five sockets are: `<path>-<n>`, as Jupyter names ipc sockets. */
export interface KernelAddress {
  /** As this process reaches them. */
  readonly path: string;
  readonly key: string;
}

/** Jupyter's port numbers, which for ipc are only the endings of names. */
export const PORTS = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 } as const;

type Reply = JupyterMessage;
type Via = "shell" | "control";

/** Called for each message of the kernel that is no reply to an `ask`. */
export interface JupyterListener {
  onIopub(message: JupyterMessage): void;
  onStdin(message: JupyterMessage): void;
}

/** A connection to a kernel. Requests are answered by their parent's id, in whatever order the kernel likes. */
export class JupyterClient {
  readonly #wire: JupyterWire;
  readonly #shell: Dealer;
  readonly #control: Dealer;
  readonly #stdin: Dealer;
  readonly #iopub: Subscriber;
  readonly #waiting = new Map<string, (reply: Reply | undefined) => void>();
  readonly #queues = new Map<Dealer, Promise<void>>();
  /** Settles when the kernel can ask: a question to somebody who is not connected yet would be dropped, and waited on for ever. */
  readonly asking: Promise<void>;
  #closed = false;

  constructor(address: KernelAddress, listener: JupyterListener) {
    this.#wire = new JupyterWire(address.key);
    // stdin requests are routed by the identity that the execute request came from.
    const identity = randomUUID();
    const dealer = () => new Dealer({ routingId: identity, linger: 0, sendHighWaterMark: 0 });
    this.#shell = dealer();
    this.#stdin = dealer();
    this.#control = new Dealer({ linger: 0 });
    // A dropped message could be the one that says a cell has ended.
    this.#iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    this.asking = new Promise((resolve) => this.#stdin.events.on("handshake", () => resolve()));
    const at = (port: number) => `ipc://${address.path}-${port}`;
    this.#shell.connect(at(PORTS.shell_port));
    this.#stdin.connect(at(PORTS.stdin_port));
    this.#control.connect(at(PORTS.control_port));
    this.#iopub.connect(at(PORTS.iopub_port));
    this.#iopub.subscribe();
    void this.#read(this.#shell, (message) => this.#answered(message));
    void this.#read(this.#control, (message) => this.#answered(message));
    void this.#read(this.#stdin, (message) => listener.onStdin(message));
    void this.#read(this.#iopub, (message) => listener.onIopub(message));
  }

  /** Sends and waits for the reply; undefined when the connection ended first or after `timeoutMs`. */
  ask(via: Via, request: JupyterRequest, timeoutMs?: number): Promise<Reply | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const { id, frames } = this.#wire.encode(request);
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => done(undefined), timeoutMs);
      const done = (reply: Reply | undefined) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(reply);
      };
      this.#waiting.set(id, done);
      this.#send(via === "shell" ? this.#shell : this.#control, frames);
    });
  }

  /** Sends what has no reply: comm messages and answers to input(). @returns the message's id */
  tell(via: "shell" | "stdin", request: JupyterRequest): string {
    const { id, frames } = this.#wire.encode(request);
    if (!this.#closed) this.#send(via === "shell" ? this.#shell : this.#stdin, frames);
    return id;
  }

  /** Ends the connection; who waits for a reply is told that none comes. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub]) socket.close();
    for (const done of [...this.#waiting.values()]) done(undefined);
  }

  #answered(message: JupyterMessage): void {
    this.#waiting.get(message.parent)?.(message);
  }

  /** ZeroMQ sockets take one send at a time. */
  #send(socket: Dealer, frames: (Buffer | Uint8Array)[]): void {
    const before = this.#queues.get(socket) ?? Promise.resolve();
    const sent = before.then(async () => {
      try {
        if (!this.#closed) await socket.send(frames);
      } catch (cause) {
        if (!this.#closed) throw cause;
      }
    });
    this.#queues.set(socket, sent);
  }

  async #read(socket: Dealer | Subscriber, handle: (message: JupyterMessage) => void): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = this.#wire.decode(frames);
        if (message) handle(message);
      }
    } catch (cause) {
      if (!this.#closed) throw cause;
    }
  }
}
