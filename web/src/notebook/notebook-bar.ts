/** <ep-notebook-bar>: name, what can be done, the kernel, who is here, and whether all is kept. */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import type { IconName } from "../ui/icon.ts";
import "../ui/popover.ts";
import { unlessTyping } from "../ui/unless-typing.ts";
import type { NotebookView } from "./notebook-view.ts";

type Command = Parameters<NotebookView["command"]>[0];

/** See the file's comment. Fires `versions`; `share` where one may share. */
export class EpNotebookBar extends EpElement {
  static override properties = { view: { attribute: false }, panels: { attribute: false } };
  declare view: NotebookView | undefined;
  declare panels: { readonly contents: boolean; readonly variables: boolean; readonly comments: boolean };
  readonly #notices = new Shared(this, noticesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 4px 12px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
        overflow-x: auto;
        scrollbar-width: none;
        --icon-size: 16px;
      }
      .name {
        min-width: 110px;
        flex: 0 1 220px;
        border-color: transparent;
        background: transparent;
        font-weight: 600;
        text-overflow: ellipsis;
      }
      .name:hover,
      .name:focus {
        border-color: var(--line-strong);
        background: var(--raised);
      }
      .gap {
        flex: 1;
      }
      .split {
        flex: none;
        width: 1px;
        height: 20px;
        margin: 0 4px;
        background: var(--line);
      }
      .people {
        display: flex;
        padding-left: 4px;
      }
      .people span {
        display: grid;
        place-items: center;
        width: 22px;
        height: 22px;
        margin-left: -4px;
        border: 2px solid var(--panel);
        border-radius: 50%;
        font-size: 10px;
        font-weight: 700;
        color: #0e1116;
      }
      .kept {
        font-size: 11px;
        color: var(--quiet);
        white-space: nowrap;
      }
      .kept.bad {
        color: var(--bad);
      }
      .menu {
        display: grid;
        min-width: 220px;
        gap: 1px;
      }
      .menu .button {
        justify-content: flex-start;
        gap: 10px;
      }
      .menu kbd {
        margin-left: auto;
        font: 11px var(--mono);
        color: var(--quiet);
      }
      .menu hr {
        width: 100%;
        margin: 4px 0;
        border: 0;
        border-top: 1px solid var(--line);
      }
      @media (max-width: 700px) {
        .wide {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.panels = { contents: false, variables: false, comments: false };
  }

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    return html`
      ${this.#icon("list", "Contents", "contents", this.panels.contents)}
      <input
        class="field name"
        aria-label="Name of the notebook"
        .value=${unlessTyping(view.document.name.value)}
        ?readonly=${!view.mayEdit}
        @change=${(event: Event) => this.#rename(event, view)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter") (event.target as HTMLInputElement).blur();
        }}
      />
      <span class="split"></span>
      ${view.mayEdit ? html`${this.#icon("plus", "Insert a cell below (B)", "below")} ${this.#icon("scissors", "Cut cells (X)", "cut", false, true)} ${this.#icon("copy", "Copy cells (C)", "copy", false, true)}` : nothing}
      ${
        view.mayRun
          ? html`${this.#icon("play", "Run and go on (Shift-Enter)", "run-next")}
            ${this.#icon("square", "Interrupt the kernel (I I)", "interrupt")}
            ${this.#icon("rotate", "Restart the kernel (0 0)", "restart", false, true)}
            ${this.#icon("fastForward", "Run all cells", "run-all")}`
          : nothing
      }
      ${this.#type(view)} ${this.#menu(view)}
      <span class="gap"></span>
      ${this.#people(view)} ${this.#kept(view)}
      <slot></slot>
      <ep-kernel-chip .view=${view}></ep-kernel-chip>
      ${this.#icon("message", comments(view.comments.open.value), "comments", this.panels.comments)}
      ${this.#icon("variable", "Variables and files", "variables", this.panels.variables)}
    `;
  }

  #icon(icon: IconName, label: string, command: Command, pressed?: boolean, wide = false): TemplateResult {
    const toggles = command === "contents" || command === "variables" || command === "comments";
    return html`<button
      class=${`button icon ${wide ? "wide" : ""}`}
      type="button"
      aria-label=${label}
      aria-pressed=${toggles ? String(pressed === true) : nothing}
      title=${label}
      @click=${() => this.view?.command(command)}
    >
      <ep-icon name=${icon}></ep-icon>
    </button>`;
  }

  #type(view: NotebookView): TemplateResult | typeof nothing {
    const active = view.document.cells.value.find((cell) => cell.id === view.selection.active.value);
    if (!view.mayEdit || !active) return nothing;
    return html`<select
      class="field wide"
      aria-label="Type of the cell"
      .value=${live(active.type)}
      @change=${(event: Event) => view.command((event.target as HTMLSelectElement).value as "code")}
    >
      <option value="code" ?selected=${active.type === "code"}>Code</option>
      <option value="markdown" ?selected=${active.type === "markdown"}>Markdown</option>
      <option value="raw" ?selected=${active.type === "raw"}>Raw</option>
    </select>`;
  }

  #menu(view: NotebookView): TemplateResult {
    const item = (icon: IconName, label: string, act: () => void, key = ""): TemplateResult =>
      html`<button
        class="button"
        type="button"
        @click=${(event: Event) => {
          (event.currentTarget as HTMLElement)
            .closest("ep-popover")
            ?.shadowRoot?.querySelector<HTMLElement>("[popover]")
            ?.hidePopover();
          act();
        }}
      >
        <ep-icon name=${icon}></ep-icon>${label}${key === "" ? nothing : html`<kbd>${key}</kbd>`}
      </button>`;
    const command = (name: Command) => () => view.command(name);
    return html`<ep-popover label="More" icon="more">
      <div class="menu">
        ${
          view.mayRun
            ? html`${item("play", "Run all above", command("run-above"))}
              ${item("play", "Run this and all below", command("run-below"))}
              ${item("rotate", "Restart and run all", command("restart-run"))}
              <hr />`
            : nothing
        }
        ${
          view.mayEdit
            ? html`${item("eraser", "Clear the outputs of the cell", command("clear"))}
              ${item("eraser", "Clear all outputs", command("clear-all"))}
              <hr />`
            : nothing
        }
        ${item("search", "Find and replace", command("find"), "F")}
        ${item("list", "Line numbers", command("numbers"), "L")}
        ${item("history", "Versions", () => this.dispatchEvent(new CustomEvent("versions")))}
        ${item("download", "Download .ipynb", () => void this.#download(view))}
        ${item("bell", "Notify me when a long cell ends", () => this.#notify())}
        ${item("help", "Keys", command("help"), "H")}
      </div>
    </ep-popover>`;
  }

  #people(view: NotebookView): TemplateResult | typeof nothing {
    const people = view.document.present.value;
    if (people.length === 0) return nothing;
    return html`<div class="people" role="group" aria-label="Here now">
      ${people.slice(0, 5).map((one) => html`<span style=${`background:${one.color}`} title=${one.name}>${initials(one.name)}</span>`)}
      ${people.length > 5 ? html`<span style="background: var(--quiet)" title="More people">+${people.length - 5}</span>` : nothing}
    </div>`;
  }

  #kept(view: NotebookView): TemplateResult {
    const { phase } = view.document.phase.value;
    const bad = view.document.trouble.value !== "";
    const words = bad
      ? "not kept"
      : phase === "live"
        ? "kept"
        : phase === "loading"
          ? "opening"
          : "kept here";
    const title = bad
      ? view.document.trouble.value
      : phase === "live"
        ? "Every edit is kept at once"
        : "Edits are kept in this browser, and go out when the relay is back";
    return html`<span class=${`kept ${bad ? "bad" : ""}`} role="status" title=${title}>${words}</span>`;
  }

  #rename(event: Event, view: NotebookView): void {
    const field = event.target as HTMLInputElement;
    const name = field.value.trim();
    const before = view.document.name.value;
    if (name === "" || name === before) {
      field.value = before;
      return;
    }
    view.document.rename(name).catch((cause: unknown) => {
      field.value = before;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#notices.value.show("bad", `The notebook was not renamed: ${reason}`);
    });
  }

  async #download(view: NotebookView): Promise<void> {
    await view.keepWidgets();
    const anchor = document.createElement("a");
    anchor.href = `/api/notebooks/${view.document.id}/export`;
    anchor.download = `${view.document.name.value || "notebook"}.ipynb`;
    anchor.click();
  }

  #notify(): void {
    if (!("Notification" in window)) {
      this.#notices.value.show("warn", "This browser shows no notifications.");
      return;
    }
    void Notification.requestPermission().then((answer) => {
      if (answer === "granted")
        this.#notices.value.show(
          "good",
          "You will be told when a cell that took over 10 s ends, while you look at something else.",
        );
      else
        this.#notices.value.show(
          "warn",
          "The browser does not allow notifications for this page: allow them in its settings.",
        );
    });
  }
}
customElements.define("ep-notebook-bar", EpNotebookBar);

/** The name of the comments' button. */
function comments(open: number): string {
  return open === 0 ? "Comments" : `Comments, ${open} open`;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}
