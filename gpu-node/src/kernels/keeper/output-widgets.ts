/**
 * Output widgets of ipywidgets (`widgets.Output`, and within it `interact`): what is printed while one holds the name of a message
 * belongs to the widget in place of the cell. Jupyter leaves that to the page; here the keeper does it, since a kernel runs on
 * without pages, and several pages would each do it.
 */
import { createHash } from "node:crypto";
import { applyOutput, NO_OUTPUTS, type Output, type OutputState } from "@eyepiece/protocol/kernel/outputs.ts";
import type { JupyterMessage } from "./jupyter-message.ts";
import { outputItem } from "./outputs.ts";

/** Pages are told at most so often: each time they are told all of it. */
const SHOW_MS = 50;
/** Characters of one stream that a widget keeps. */
const TEXT_KEPT = 200_000;
/** Own messages to the kernel whose answers are still told from its own changes. */
const KEPT = 200;

type Json = Readonly<Record<string, unknown>>;

/** Where outputs of a widget go. */
export interface OutputWidgetsHost {
  /** To the pages, as content of a comm_msg. */
  show(content: Json): void;
  /** To the kernel's own copy of the widget. @returns the message's name; undefined without a kernel */
  keep(content: Json): string | undefined;
}

interface OutputWidget {
  /** Message whose outputs it collects; empty for none. */
  collects: string;
  state: OutputState;
  timer: NodeJS.Timeout | undefined;
  /** The newest own message that the kernel has not answered; empty for none. */
  unanswered: string;
}

/** See the file's comment. */
export class OutputWidgets {
  readonly #host: OutputWidgetsHost;
  /** By comm; who began to collect last is last. */
  readonly #widgets = new Map<string, OutputWidget>();
  /** Own messages to the kernel, by name, each with the hash of the outputs that it has. */
  readonly #kept = new Map<string, string>();

  constructor(host: OutputWidgetsHost) {
    this.#host = host;
  }

  /** Looks at a comm message of the kernel. False: it is the echo of what the pages already have. */
  comm(message: JupyterMessage): boolean {
    const { comm_id } = message.content;
    if (typeof comm_id !== "string") return true;
    if (message.header.msg_type === "comm_close") {
      clearTimeout(this.#widgets.get(comm_id)?.timer);
      this.#widgets.delete(comm_id);
      return true;
    }
    const data = object(message.content.data);
    const state = object(data.state);
    if (message.header.msg_type === "comm_open" && state._model_name === "OutputModel")
      this.#widgets.set(comm_id, { collects: "", state: NO_OUTPUTS, timer: undefined, unanswered: "" });
    const widget = this.#widgets.get(comm_id);
    if (!widget) return true;
    if (Array.isArray(state.outputs)) {
      const own = this.#kept.get(message.parent);
      // Widgets may have collected more since, which the pages have.
      if (own !== undefined && own === hashOf(state.outputs)) {
        widget.unanswered = widget.unanswered === message.parent ? "" : widget.unanswered;
        return false;
      }
      widget.state = given(state.outputs);
      // What the kernel was told before it made this change is still to be heard by it.
      if (widget.unanswered) this.#keep(comm_id, widget);
    }
    if (typeof state.msg_id === "string") this.#collect(comm_id, widget, state.msg_id);
    return true;
  }

  /** Whether a widget took what a message prints. */
  takes(message: JupyterMessage): boolean {
    if (this.#widgets.size === 0) return false;
    const item = outputItem(message);
    if (!item) return false;
    if (item.op === "update") {
      // Each output with this name changes, wherever it is.
      for (const [id, widget] of this.#widgets)
        if (widget.state.outputs.some((one) => one.displayId === item.display_id)) {
          widget.state = applyOutput(widget.state, item);
          this.#showSoon(id, widget);
        }
      return false;
    }
    const found = [...this.#widgets].findLast(([, { collects }]) => collects === message.parent);
    if (!found || message.parent === "") return false;
    const [id, widget] = found;
    widget.state = shortened(applyOutput(widget.state, item));
    this.#showSoon(id, widget);
    return true;
  }

  /** The kernel is gone, and its widgets with it. */
  forget(): void {
    for (const { timer } of this.#widgets.values()) clearTimeout(timer);
    this.#widgets.clear();
  }

  #collect(id: string, widget: OutputWidget, name: string): void {
    const ends = widget.collects !== "" && name !== widget.collects;
    widget.collects = name;
    this.#widgets.delete(id);
    this.#widgets.set(id, widget);
    if (!ends) return;
    if (widget.timer) this.#show(id, widget);
    this.#keep(id, widget);
  }

  #keep(id: string, widget: OutputWidget): void {
    const sent = this.#host.keep(update(id, widget.state));
    if (sent === undefined) return;
    widget.unanswered = sent;
    this.#kept.set(sent, hashOf(widget.state.outputs.map((one) => one.output)));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #showSoon(id: string, widget: OutputWidget): void {
    widget.timer ??= setTimeout(() => this.#show(id, widget), SHOW_MS);
  }

  #show(id: string, widget: OutputWidget): void {
    clearTimeout(widget.timer);
    widget.timer = undefined;
    this.#host.show(update(id, widget.state));
  }
}

function update(comm_id: string, state: OutputState): Json {
  const outputs = state.outputs.map((one) => one.output);
  return { comm_id, data: { method: "update", state: { outputs }, buffer_paths: [] } };
}

function hashOf(outputs: unknown): string {
  return createHash("sha256").update(JSON.stringify(outputs)).digest("base64");
}

/** Outputs that the kernel's code put there itself (`append_stdout`, `outputs = ()`). */
function given(outputs: readonly unknown[]): OutputState {
  const known = outputs.filter((one): one is Output => {
    const { output_type, text } = object(one);
    return output_type === "stream" ? typeof text === "string" : typeof output_type === "string";
  });
  return {
    outputs: known.map((output, key) => ({ key, output })),
    clearing: false,
    next: known.length,
  };
}

/** Every change of a widget is sent as a whole, so that its text cannot grow without end. */
function shortened(state: OutputState): OutputState {
  const last = state.outputs.at(-1);
  if (last?.output.output_type !== "stream" || last.output.text.length <= TEXT_KEPT) return state;
  const text = last.output.text.slice(-TEXT_KEPT / 2);
  const cut = { ...last, output: { ...last.output, text: text.slice(text.indexOf("\n") + 1) } };
  return { ...state, outputs: [...state.outputs.slice(0, -1), cut] };
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
