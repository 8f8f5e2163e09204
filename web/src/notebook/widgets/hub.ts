/**
 * The widgets of one notebook: passes comm messages between the kernel and the frames that show widgets, and keeps the newest
 * state of each model, so that a frame that comes later begins where the others are. See README.md.
 */
import type { OutputItem } from "@eyepiece/protocol/kernel/messages.ts";
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { CommEvent, KernelClient } from "../kernel-client.ts";
import type { FrameComm, FromFrame, ToFrame } from "./messages.ts";
import { endsOf, isRecord, modelOf, modelsOf, pathsOf, type WidgetModelInfo, withBuffers } from "./states.ts";

const WIDGET_TARGET = "jupyter.widget";
const CONTROL_TARGET = "jupyter.widget.control";
/** Messages of frames whose answers are still told apart. */
const SENT_KEPT = 1000;

/** A frame as the hub sees it. */
export interface WidgetFrame {
  send(message: ToFrame): void;
  /** What the kernel printed on a message of this frame. */
  printed(item: OutputItem): void;
}

/**
 * Whether a model is there. `asking`: the kernel was asked; `kept`: only as the notebook keeps it; `closed`: the kernel's code closed it;
 * `refused`: this person may not ask.
 */
export type ModelPresence = "here" | "asking" | "kept" | "gone" | "no-kernel" | "closed" | "refused";

/** The parts of a kernel's client that widgets need. */
export type WidgetKernel = Pick<
  KernelClient,
  "status" | "state" | "comm" | "onComm" | "onCommOutput" | "onCommDone"
>;

/** See the file's comment. */
export class WidgetHub {
  readonly #kernel: WidgetKernel;
  readonly #kept: () => ReadonlyMap<string, WidgetModelInfo>;
  readonly #models = new Map<string, WidgetModelInfo>();
  readonly #closed = new Set<string>();
  /** Frames, each with the models that it has. */
  readonly #frames = new Map<WidgetFrame, Set<string>>();
  readonly #sent = new Map<string, WidgetFrame>();
  /** Those of them that the kernel is not done with. */
  readonly #pending = new Set<string>();
  /** Counts up when models came or went. */
  readonly #changed = signal(0);
  readonly #stop: () => void;
  /** Which run of which kernel the models belong to; undefined without one. */
  #life: number | undefined;
  /** The comm on which the kernel was asked for all models. */
  #control: string | undefined;
  #answered = false;

  /** Whether this person may speak to the kernel's widgets. */
  readonly mayUse: () => boolean;

  /** @param kept models that the notebook keeps, for those that no kernel has */
  constructor(
    kernel: WidgetKernel,
    mayUse: () => boolean,
    kept: () => ReadonlyMap<string, WidgetModelInfo> = () => new Map(),
  ) {
    this.#kept = kept;
    this.#kernel = kernel;
    this.mayUse = mayUse;
    kernel.onComm = (event) => this.#received(event);
    kernel.onCommOutput = (message, item) => this.#sent.get(message)?.printed(item);
    kernel.onCommDone = (message) => this.#done(message);
    let open = false;
    this.#stop = effect(() => {
      const life = kernel.status.value?.started_ms;
      const was = open;
      open = kernel.state.value.state === "open";
      if (kernel.status.value && life !== this.#life) this.#begin(life);
      else if (open && !was) this.#back();
    });
  }

  /** Changes whenever models come or go. */
  get changed(): ReadonlySignal<number> {
    return this.#changed;
  }

  /** All models that the kernel has. */
  get models(): ReadonlyMap<string, WidgetModelInfo> {
    return this.#models;
  }

  /** Whether a model can be shown; asks the kernel when that is not known. */
  presence(model: string): ModelPresence {
    const presence = this.#presence(model);
    const away = presence === "no-kernel" || presence === "gone" || presence === "refused";
    return away && this.#kept().has(model) ? "kept" : presence;
  }

  #presence(model: string): ModelPresence {
    if (this.#models.has(model)) return "here";
    const state = this.#kernel.status.value?.state;
    // At first nothing is known of the kernel.
    if (state === undefined && this.#kernel.state.value.state !== "away") return "asking";
    if (this.#life === undefined || state === "restarting" || state === "starting") return "no-kernel";
    if (this.#closed.has(model)) return "closed";
    if (!this.mayUse()) return "refused";
    if (this.#kernel.state.value.state !== "open") return "asking";
    if (this.#control === undefined && !this.#answered) this.#ask();
    return this.#answered ? "gone" : "asking";
  }

  /** A frame is there, and empty. */
  join(frame: WidgetFrame): void {
    this.#frames.set(frame, new Set());
  }

  /** A frame is gone. */
  leave(frame: WidgetFrame): void {
    this.#frames.delete(frame);
    for (const [message, sender] of this.#sent)
      if (sender === frame) {
        this.#sent.delete(message);
        this.#pending.delete(message);
      }
  }

  /** A frame said something. */
  heard(frame: WidgetFrame, message: Extract<FromFrame, { type: "ask" | "comm" }>): void {
    const has = this.#frames.get(frame);
    if (!has) return;
    if (message.type === "ask") {
      const info = this.#models.get(message.model) ?? this.#kept().get(message.model);
      if (info) has.add(message.model);
      frame.send({ type: "model", model: message.model, ...(info && { info }) });
      for (const link of this.#models.keys()) this.#link(link, frame, has);
      return;
    }
    // Code in a frame reaches the comms of widgets that it shows, and no others.
    if (!this.mayUse() || !has.has(message.comm) || this.#sent.has(message.message)) return;
    if (!this.#models.has(message.comm)) return;
    const { comm, kind, data, buffers } = message;
    this.#sent.set(message.message, frame);
    this.#pending.add(message.message);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > SENT_KEPT && oldest !== undefined) {
      this.#sent.delete(oldest);
      this.#pending.delete(oldest);
    }
    if (data.method === "update") {
      this.#merge(comm, data, buffers);
      this.#tell({ type: "comm", comm, kind, data, buffers, message: "" }, frame);
    }
    this.#kernel.comm(
      { type: "comm", msg_type: kind, content: { comm_id: comm, data }, msg_id: message.message },
      buffers,
    );
  }

  dispose(): void {
    this.#stop();
    this.#frames.clear();
    this.#kernel.onComm = () => {};
    this.#kernel.onCommOutput = () => {};
    this.#kernel.onCommDone = () => {};
  }

  /** A link of ipywidgets (`jslink`) has no view, so that nobody asks for it: who has one of its ends gets it. */
  #link(id: string, frame: WidgetFrame, has: Set<string>): void {
    const info = this.#models.get(id);
    if (!info || has.has(id) || !endsOf(info).some((end) => has.has(end))) return;
    has.add(id);
    frame.send({ type: "model", model: id, info });
  }

  #done(message: string): void {
    this.#pending.delete(message);
    this.#sent.get(message)?.send({ type: "done", message });
  }

  #received(event: CommEvent): void {
    const { comm_id } = event.content;
    if (typeof comm_id !== "string") return;
    const data = isRecord(event.content.data) ? event.content.data : {};
    if (comm_id === this.#control) {
      this.#controlled(event.msg_type, data, event.buffers);
      return;
    }
    if (event.msg_type === "comm_open") {
      if (event.content.target_name !== WIDGET_TARGET || !isRecord(data.state)) return;
      this.#models.set(comm_id, modelOf(withBuffers(data.state, pathsOf(data.buffer_paths), event.buffers)));
      for (const [frame, has] of this.#frames) this.#link(comm_id, frame, has);
      this.#changed.value += 1;
      return;
    }
    if (!this.#models.has(comm_id)) return;
    const message = event.parent_id ?? "";
    const told: FrameComm = {
      type: "comm",
      comm: comm_id,
      kind: event.msg_type,
      data,
      buffers: event.buffers,
      message,
    };
    if (event.msg_type === "comm_close") {
      this.#models.delete(comm_id);
      this.#closed.add(comm_id);
      this.#tell(told);
      this.#changed.value += 1;
      return;
    }
    const sender = data.method === "echo_update" ? this.#sent.get(message) : undefined;
    if (sender) {
      // The echo of this page's own change: all other frames have had it, perhaps with newer ones after it.
      if (this.#frames.get(sender)?.has(comm_id)) sender.send(told);
      return;
    }
    if (data.method === "update" || data.method === "echo_update") this.#merge(comm_id, data, event.buffers);
    this.#tell(told);
  }

  #merge(comm: string, data: Readonly<Record<string, unknown>>, buffers: readonly Uint8Array[]): void {
    const model = this.#models.get(comm);
    if (!model || !isRecord(data.state)) return;
    const state = withBuffers(data.state, pathsOf(data.buffer_paths), buffers);
    this.#models.set(comm, { ...model, state: { ...model.state, ...state } });
  }

  #tell(message: FrameComm, except?: WidgetFrame): void {
    for (const [frame, has] of this.#frames) {
      if (frame !== except && has.has(message.comm)) frame.send(message);
      if (message.kind === "comm_close") has.delete(message.comm);
    }
  }

  /** Another run of the kernel: it has none of the models. */
  #begin(life: number | undefined): void {
    this.#life = life;
    this.#models.clear();
    this.#closed.clear();
    this.#sent.clear();
    this.#pending.clear();
    this.#control = undefined;
    this.#answered = false;
    this.#changed.value = this.#changed.peek() + 1;
  }

  /** What the kernel said while the page was away is lost: it is asked for all of it. */
  #back(): void {
    // Nobody will say of these that they are done, and models wait for it with their next change.
    for (const message of [...this.#pending]) this.#done(message);
    this.#control = undefined;
    this.#answered = false;
    if (this.#models.size > 0) this.#ask();
    this.#changed.value = this.#changed.peek() + 1;
  }

  #ask(): void {
    const comm_id = crypto.randomUUID();
    this.#control = comm_id;
    this.#answered = false;
    this.#kernel.comm({
      type: "comm",
      msg_type: "comm_open",
      content: { comm_id, target_name: CONTROL_TARGET, data: {} },
      metadata: { version: "1.0.0" },
    });
    this.#kernel.comm({
      type: "comm",
      msg_type: "comm_msg",
      content: { comm_id, data: { method: "request_states" } },
    });
  }

  #controlled(
    kind: CommEvent["msg_type"],
    data: Readonly<Record<string, unknown>>,
    buffers: readonly Uint8Array[],
  ): void {
    const comm_id = this.#control;
    if (kind === "comm_msg") {
      if (data.method !== "update_states") return;
      for (const [id, info] of modelsOf(data, buffers)) {
        const known = this.#models.has(id);
        this.#models.set(id, info);
        if (known)
          this.#tell({
            type: "comm",
            comm: id,
            kind: "comm_msg",
            data: { method: "update", state: info.state, buffer_paths: [] },
            buffers: [],
            message: "",
          });
      }
      this.#kernel.comm({ type: "comm", msg_type: "comm_close", content: { comm_id, data: {} } });
    }
    // A kernel whose code has not imported ipywidgets closes the comm at once: it has no widgets.
    this.#control = undefined;
    this.#answered = true;
    this.#changed.value += 1;
  }
}
