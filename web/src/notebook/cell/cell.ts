/** <ep-cell>: one cell: its state, its text, its outputs. */
import type { CellView } from "@eyepiece/protocol/notebook/document.ts";
import type { ReadonlySignal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import type { IconName } from "../../ui/icon.ts";
import "../editor/code-editor.ts";
import type { EditorHost, EpCodeEditor } from "../editor/code-editor.ts";
import { type Attachments, renderMarkdown } from "../markdown.ts";
import "../outputs/outputs.ts";
import type { NotebookView } from "../notebook-view.ts";
import { katexStyles } from "../outputs/katex-styles.ts";
import { proseStyles } from "../outputs/styles.ts";
import { cellStyles } from "./cell-styles.ts";
import { type CellStatus, cellStatus, duration, stateWords } from "./status.ts";

/** A line of text is about so high; for the room of what is not made yet. */
const LINE = 19.5;

/** See the file's comment. `near`: on the screen or close to it; others are only room. */
export class EpCell extends EpElement {
  static override properties = {
    cell: { attribute: false },
    view: { attribute: false },
    near: { attribute: false },
    folded: { attribute: false },
    numbers: { attribute: false },
  };
  declare cell: CellView | undefined;
  declare view: NotebookView | undefined;
  declare near: ReadonlySignal<boolean> | undefined;
  /** Cells below this heading that are folded away; 0 for none. */
  declare folded: number;
  declare numbers: boolean;
  #rendered: { source: string; attachments: unknown; html: string } | undefined;
  #height = 0;
  #made = false;
  #tick: ReturnType<typeof setInterval> | undefined;
  #drop: "before" | "after" | undefined;
  #host: EditorHost | undefined;
  #text: CellView["source"] | undefined;
  readonly #typed = (): void => this.requestUpdate();

  static override styles = [sharedStyles, proseStyles, katexStyles, cellStyles];

  constructor() {
    super();
    this.folded = 0;
    this.numbers = false;
    // Of the whole element: between two cells is where people let go.
    this.addEventListener("dragover", (event) => this.#dragOver(event));
    this.addEventListener("dragleave", () => this.#dragEnd());
    this.addEventListener("drop", (event) => this.#dropped(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
    this.#tick = undefined;
    this.#text?.unobserve(this.#typed);
    this.#text = undefined;
  }

  /** The editor, while the cell is near and shows its text. */
  get editor(): EpCodeEditor | null {
    return this.renderRoot.querySelector("ep-code-editor");
  }

  override willUpdate(): void {
    const near = this.near?.value ?? false;
    // What is made now keeps its room when it goes.
    if (this.#made && !near) this.#height = this.offsetHeight;
    this.#made = near;
    // Markdown that is shown, and the mark of a changed cell, follow the text; an editor follows by itself.
    const text = near ? this.cell?.source : undefined;
    if (text !== this.#text) {
      this.#text?.unobserve(this.#typed);
      text?.observe(this.#typed);
      this.#text = text;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { cell, view } = this;
    if (!cell || !view) return nothing;
    if (!this.#made) return html`<div style=${`height:${this.#room(cell)}px`}></div>`;
    const active = view.selection.active.value === cell.id;
    const editing = active && view.selection.mode.value === "edit";
    this.toggleAttribute("active", active);
    this.toggleAttribute("editing", editing);
    this.toggleAttribute(
      "selected",
      view.selection.ids.value.length > 1 && view.selection.ids.value.includes(cell.id),
    );
    const status = this.#status(cell, view);
    this.#clock(status.state === "running");
    const others = view.document.present.value.filter((one) => one.cell === cell.id);
    return html`
      ${this.#tools(cell, view)}
      ${this.#drop ? html`<div class=${`drop ${this.#drop}`}></div>` : nothing}
      <div
        class="cell"
        role="group"
        aria-label=${`${cell.type === "code" ? "Code" : cell.type === "markdown" ? "Markdown" : "Raw"} cell${stateWords(status) === "" ? "" : `, ${stateWords(status)}`}`}
        @mousedown=${(event: MouseEvent) => this.#pressed(event)}
      >
        <div class=${`bar ${status.state}`} title=${stateWords(status)}></div>
        <div
          class="side num"
          draggable=${view.mayEdit ? "true" : "false"}
          title="Drag to move"
          @click=${(event: MouseEvent) => {
            if (!event.shiftKey) view.selection.select(cell.id);
          }}
          @dragstart=${this.#dragStart}
        >
          ${cell.type === "code" ? `[${this.#number(status)}]` : ""} ${this.#said(cell, view)}
        </div>
        <div class="main">${this.#source(cell, view, editing)} ${this.#foot(status)} ${this.#outputs(cell, view)}</div>
      </div>
      ${others.length > 0 ? html`<div class="who">${others.map((one) => html`<span style=${`background:${one.color}`} title=${one.name}></span>`)}</div>` : nothing}
    `;
  }

  /** How much was said about the cell. */
  #said(cell: CellView, view: NotebookView): TemplateResult | typeof nothing {
    const count = view.comments.openOf(cell.id);
    if (count === 0) return nothing;
    return html`<button
      class="button said num"
      type="button"
      aria-label=${`${count} ${count === 1 ? "comment" : "comments"}`}
      title="Comments"
      @click=${() => {
        view.selection.select(cell.id);
        if (!view.page?.shows("comments")) view.command("comments");
      }}
    >
      <ep-icon name="message"></ep-icon>${count}
    </button>`;
  }

  #number(status: CellStatus): string {
    if (status.state === "running" || status.state === "queued") return "*";
    return status.count === undefined ? " " : String(status.count);
  }

  #status(cell: CellView, view: NotebookView): CellStatus {
    const { execution } = cell;
    if (cell.type !== "code" || !execution) return cellStatus(undefined, undefined, false);
    const ran = view.ranSource(execution.id);
    const changed = ran !== undefined && ran !== cell.source.toString();
    return cellStatus(view.kernel.execution(execution.id).value, view.rows.value.get(execution.id), changed);
  }

  #source(cell: CellView, view: NotebookView, editing: boolean): TemplateResult {
    const hidden = (cell.metadata.jupyter as { source_hidden?: unknown } | undefined)?.source_hidden === true;
    if (hidden && !editing) {
      return html`<button class="button folded" type="button" @click=${() => view.toggleSource(cell)}>
        <ep-icon name="chevronRight"></ep-icon>${firstLine(cell.source.toString())}
      </button>`;
    }
    if (cell.type === "markdown" && !editing) {
      const words = this.#markdown(cell);
      return html`<div class="shown prose" tabindex="-1" @dblclick=${() => view.edit(cell.id)}>
        ${words === "" ? html`<span class="quiet">Empty Markdown: press Enter to write.</span>` : unsafeHTML(words)}
        ${this.folded > 0 ? html`<button class="button folded" type="button" @click=${() => view.toggleSection(cell.id)}><ep-icon name="chevronRight"></ep-icon>${this.folded} ${this.folded === 1 ? "cell" : "cells"} folded</button>` : nothing}
      </div>`;
    }
    this.#host ??= view.editorHost();
    const language =
      cell.type === "code" ? view.language.value : cell.type === "markdown" ? "markdown" : "text";
    return html`<div class="code">
      <ep-code-editor
        .text=${cell.source}
        .awareness=${view.document.awareness}
        .host=${cell.type === "code" ? this.#host : undefined}
        .language=${language}
        .label=${`${cell.type} cell`}
        .hint=${cell.type === "code" ? "" : "Markdown, with $maths$"}
        .numbers=${this.numbers && cell.type === "code"}
        .wrap=${cell.type !== "code"}
        .locked=${!view.mayEdit}
        @focusin=${() => view.focused(cell.id)}
        @editor-escape=${() => view.leave()}
        @leave-up=${(event: Event) => view.leaveEdge(event, cell.id, -1)}
        @leave-down=${(event: Event) => view.leaveEdge(event, cell.id, 1)}
      ></ep-code-editor>
    </div>`;
  }

  #markdown(cell: CellView): string {
    const source = cell.source.toString();
    const attachments = cell.map.get("attachments");
    if (this.#rendered?.source !== source || this.#rendered.attachments !== attachments) {
      const html = renderMarkdown(source, (attachments ?? {}) as Attachments);
      this.#rendered = { source, attachments, html };
    }
    return this.#rendered.html;
  }

  #foot(status: CellStatus): TemplateResult | typeof nothing {
    if (status.state === "none") return nothing;
    const now = Date.now();
    const time = status.started === undefined ? "" : duration((status.ended ?? now) - status.started);
    const when = status.ended === undefined ? "" : `Ran ${new Date(status.ended).toLocaleString()}`;
    const words = ["queued", "lost", "cancelled", "stale"].includes(status.state) ? stateWords(status) : "";
    return html`<div class="foot num" title=${when}>
      ${words === "" ? nothing : html`<span>${words}</span>`}<span>${time}</span>
    </div>`;
  }

  #outputs(cell: CellView, view: NotebookView): TemplateResult | typeof nothing {
    const { execution } = cell;
    if (cell.type !== "code" || !execution) return nothing;
    const state = view.outputs.of(execution.id);
    const input = view.kernel.input.value;
    const count = state.value.outputs.length;
    const asked =
      input?.execution === execution.id
        ? html`<form class="ask" @submit=${(event: SubmitEvent) => this.#answer(event, view)}>
            <label for="answer">${input.prompt}</label>
            <input
              id="answer"
              class="field"
              type=${input.password ? "password" : "text"}
              autocomplete="off"
              aria-label=${input.prompt || "Input for the running cell"}
              autofocus
            />
            <button class="button framed">Send</button>
          </form>`
        : nothing;
    if (count === 0) return asked;
    const hidden =
      cell.metadata.collapsed === true ||
      (cell.metadata.jupyter as { outputs_hidden?: unknown } | undefined)?.outputs_hidden === true;
    if (hidden) {
      return html`<button class="button folded" type="button" @click=${() => view.toggleOutputs(cell)}>
          <ep-icon name="chevronRight"></ep-icon>${count} ${count === 1 ? "output" : "outputs"} hidden
        </button>
        ${asked}`;
    }
    return html`<div class="outputs">
      <ep-outputs .state=${state} .node=${execution.node} .notebook=${view.document.id} ?scrolled=${cell.metadata.scrolled === true} @download-log=${() => void view.downloadLog(execution.id)}></ep-outputs>
      ${asked}
    </div>`;
  }

  #tools(cell: CellView, view: NotebookView): TemplateResult | typeof nothing {
    if (!view.mayEdit && !view.mayRun) return nothing;
    const tool = (icon: IconName, label: string, act: () => void): TemplateResult =>
      html`<button
        class="button icon"
        type="button"
        aria-label=${label}
        title=${label}
        @click=${() => {
          view.selection.select(cell.id, view.selection.mode.value);
          act();
        }}
      >
        <ep-icon name=${icon}></ep-icon>
      </button>`;
    const status = this.#status(cell, view);
    const busy = status.state === "running" || status.state === "queued";
    return html`<div class="tools" role="toolbar" aria-label="Cell">
      ${
        cell.type === "code" && view.mayRun
          ? busy
            ? tool("square", status.state === "running" ? "Interrupt" : "Take out of the queue", () =>
                view.stop(cell),
              )
            : tool("play", "Run this cell", () => view.command("run"))
          : nothing
      }
      ${
        view.mayEdit
          ? html`${tool("arrowUp", "Move up", () => view.command("move-up"))}
            ${tool("arrowDown", "Move down", () => view.command("move-down"))}
            ${tool("plus", "Insert below", () => view.command("below"))}
            ${tool("trash", "Delete", () => view.command("delete"))}`
          : nothing
      }
    </div>`;
  }

  #answer(event: SubmitEvent, view: NotebookView): void {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLInputElement>("#answer");
    const execution = this.cell?.execution?.id;
    if (field && execution !== undefined) view.kernel.answer(execution, field.value);
  }

  #pressed(event: MouseEvent): void {
    const { cell, view } = this;
    if (!cell || !view || event.button !== 0) return;
    const inEditor = event
      .composedPath()
      .some((one) => one instanceof HTMLElement && one.localName === "ep-code-editor");
    if (event.shiftKey && !inEditor) {
      event.preventDefault();
      view.selection.extend(cell.id);
    } else if (!inEditor && !this.#mayDrag(event)) view.selection.select(cell.id);
  }

  /** A press on one of several that are chosen may begin to drag them all: what is chosen changes when it was a click. */
  #mayDrag(event: MouseEvent): boolean {
    const ids = this.view?.selection.ids.value ?? [];
    const onSide = event.composedPath().some((one) => one instanceof HTMLElement && one.matches(".side"));
    return onSide && ids.length > 1 && ids.includes(this.cell?.id ?? "");
  }

  readonly #dragStart = (event: DragEvent): void => {
    const { cell, view } = this;
    if (!cell || !view) return;
    const ids = view.selection.ids.value.includes(cell.id) ? view.selection.ids.value : [cell.id];
    event.dataTransfer?.setData("application/x-eyepiece-cells", JSON.stringify(ids));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  };

  readonly #dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("application/x-eyepiece-cells")) return;
    event.preventDefault();
    const side = this.#sideOf(event);
    if (side !== this.#drop) {
      this.#drop = side;
      this.requestUpdate();
    }
  };

  #sideOf(event: DragEvent): "before" | "after" {
    const box = this.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2 ? "before" : "after";
  }

  readonly #dragEnd = (): void => {
    this.#drop = undefined;
    this.requestUpdate();
  };

  readonly #dropped = (event: DragEvent): void => {
    // By where it is let go: on the way between the cell's own parts it was, for a moment, nowhere.
    const side = this.#sideOf(event);
    this.#drop = undefined;
    this.requestUpdate();
    const ids = event.dataTransfer?.getData("application/x-eyepiece-cells") ?? "";
    if (ids === "" || !this.cell || !this.view) return;
    event.preventDefault();
    this.view.drop(JSON.parse(ids) as string[], this.cell.id, side);
  };

  #clock(running: boolean): void {
    if (running && this.#tick === undefined) this.#tick = setInterval(() => this.requestUpdate(), 100);
    else if (!running && this.#tick !== undefined) {
      clearInterval(this.#tick);
      this.#tick = undefined;
    }
  }

  #room(cell: CellView): number {
    if (this.#height > 0) return this.#height;
    const lines = cell.source.toString().split("\n").length;
    return Math.max(38, Math.round(lines * LINE + 20));
  }
}
customElements.define("ep-cell", EpCell);

function firstLine(text: string): string {
  const line = text.split("\n").find((one) => one.trim() !== "") ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line || "hidden";
}
