/** The frame's side of its messages with the page, and comms as ipywidgets know them. */
import type { ICallbacks, IClassicComm } from "@jupyter-widgets/base";
import type { FrameComm, FromFrame, ToFrame } from "../messages.ts";
import { isRecord } from "../states.ts";

/** Tells the page something. */
export function tell(message: FromFrame): void {
  parent.postMessage(message, "*");
}

/** Calls for each message of the page. */
export function listen(heard: (message: ToFrame) => void): void {
  addEventListener("message", (event: MessageEvent<ToFrame>) => {
    if (event.source === parent) heard(event.data);
  });
}

type Handler = (message: unknown) => void;

/** One comm: what is sent goes to the page, which passes it to the kernel and to its other frames. */
export class PageComm implements IClassicComm {
  readonly comm_id: string;
  readonly target_name = "jupyter.widget";
  readonly #callbacks = new Map<string, ICallbacks>();
  readonly #early: FrameComm[] = [];
  #onMessage: Handler | undefined;
  #onClose: Handler | undefined;

  constructor(id: string) {
    this.comm_id = id;
  }

  /** The kernel's side made every comm there is. */
  open(): string {
    throw new Error("A widget that is made in the page has nothing in the kernel that it belongs to.");
  }

  send(
    data: unknown,
    callbacks?: ICallbacks,
    _metadata?: unknown,
    buffers?: readonly (ArrayBuffer | ArrayBufferView)[],
  ): string {
    return this.#send("comm_msg", data, callbacks, buffers);
  }

  close(data?: unknown): string {
    return this.#send("comm_close", data);
  }

  on_msg(handler: Handler): void {
    this.#onMessage = handler;
    // The model is made some time after its state came.
    for (const message of this.#early.splice(0)) this.receive(message);
  }

  on_close(handler: Handler): void {
    this.#onClose = handler;
  }

  /** A message of the kernel, or of another frame. */
  receive(message: FrameComm): void {
    if (!this.#onMessage) {
      this.#early.push(message);
      return;
    }
    const { comm, kind, data, message: parent_id } = message;
    const shaped = {
      header: { msg_type: kind },
      parent_header: parent_id ? { msg_id: parent_id } : {},
      content: { comm_id: comm, data },
      buffers: message.buffers.map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    };
    if (kind === "comm_close") this.#onClose?.(shaped);
    else this.#onMessage(shaped);
  }

  /** The kernel is done with a message; whether it was this comm's. */
  done(message: string): boolean {
    const callbacks = this.#callbacks.get(message);
    if (!callbacks) return false;
    this.#callbacks.delete(message);
    // Models send their next change when the kernel is done with the last one.
    const status: unknown = { content: { execution_state: "idle" } };
    (callbacks.iopub?.status as Handler | undefined)?.(status);
    return true;
  }

  #send(
    kind: FrameComm["kind"],
    data: unknown,
    callbacks?: ICallbacks,
    buffers: readonly (ArrayBuffer | ArrayBufferView)[] = [],
  ): string {
    const message = crypto.randomUUID === undefined ? randomName() : crypto.randomUUID();
    if (callbacks) this.#callbacks.set(message, callbacks);
    tell({
      type: "comm",
      comm: this.comm_id,
      kind,
      data: isRecord(data) ? { ...data } : {},
      buffers: buffers.map(bytesOf),
      message,
    });
    return message;
  }
}

/** Frames of an address without TLS have no randomUUID. */
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
  return view.slice();
}
