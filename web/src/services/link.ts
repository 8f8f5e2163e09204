/** The page's way to the worker that holds the link, and the connection's state. */
import type { ChannelState } from "@eyepiece/protocol/wire/channel.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as Comlink from "comlink";
import type { ChannelDown, ChannelRequest, ChannelUp, LinkStatus, WorkerApi } from "../worker/api.ts";

/** A channel as the main thread sees it. */
export interface PageChannel {
  readonly state: () => ChannelState;
  send(bytes: Uint8Array): void;
  close(): void;
  /** Settles when it is over. */
  readonly closed: Promise<{ readonly code: string; readonly message: string }>;
}

export interface ChannelHandlers {
  readonly onMessage: (bytes: Uint8Array) => void;
  readonly onState?: (state: ChannelState) => void;
  /** Bytes sent and not acknowledged. */
  readonly onPending?: (bytes: number) => void;
}

/** Starts the worker and connects it. */
export class LinkService {
  readonly #status = signal<LinkStatus>({ phase: "connecting" });
  readonly status: ReadonlySignal<LinkStatus> = this.#status;
  readonly #worker: Comlink.Remote<WorkerApi>;

  constructor() {
    const worker = new Worker(new URL("../worker/link-worker.ts", import.meta.url), { type: "module" });
    worker.onerror = (event) => {
      const reason = `The page's worker failed: ${event.message || "it did not load"}. Reload the page.`;
      this.#status.value = { phase: "refused", reason };
    };
    this.#worker = Comlink.wrap<WorkerApi>(worker);
  }

  /** Connects, for as long as the page lives. */
  connect(): void {
    const address = new URL("/link", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const report = Comlink.proxy((status: LinkStatus) => {
      this.#status.value = status;
    });
    this.#call(this.#worker.connect(address.href, report));
    window.addEventListener("online", () => this.retry());
  }

  /** Tries again at once. */
  retry(): void {
    this.#call(this.#worker.retry());
  }

  /** Opens a channel to a service. */
  open(request: ChannelRequest, handlers: ChannelHandlers): PageChannel {
    const { port1, port2 } = new MessageChannel();
    let state: ChannelState = "opening";
    const up = (message: ChannelUp) => port1.postMessage(message);
    const closed = new Promise<{ code: string; message: string }>((resolve) => {
      port1.onmessage = (event: MessageEvent<ChannelDown>) => {
        const message = event.data;
        if (message.type === "message") handlers.onMessage(message.bytes);
        else if (message.type === "pending") handlers.onPending?.(message.bytes);
        else if (message.type === "state") {
          state = message.state;
          handlers.onState?.(state);
        } else {
          state = "closed";
          port1.close();
          resolve({ code: message.code, message: message.message });
        }
      };
    });
    this.#call(this.#worker.openChannel(request, Comlink.transfer(port2, [port2])));
    return {
      state: () => state,
      send: (bytes) => up({ type: "send", bytes }),
      close: () => up({ type: "close", code: "done", message: "" }),
      closed,
    };
  }

  /** Begins a view's stream; what goes through the port is viewer/worker/api.ts. */
  openView(session: string, view: string, notebook = ""): MessagePort {
    const { port1, port2 } = new MessageChannel();
    // ?compositor=canvas2d or webgpu chooses one where the page would choose another.
    const compositor = new URLSearchParams(location.search).get("compositor") ?? "";
    this.#call(
      this.#worker.openView({ session, view, notebook, compositor }, Comlink.transfer(port2, [port2])),
    );
    return port1;
  }

  #call(answer: Promise<void>): void {
    answer.catch((cause: unknown) => {
      const reason = `The page's worker failed: ${cause instanceof Error ? cause.message : String(cause)}`;
      this.#status.value = { phase: "refused", reason };
    });
  }
}
