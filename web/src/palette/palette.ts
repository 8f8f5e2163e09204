/** <ep-palette>: the command palette. Ctrl-K and Cmd-K open it anywhere; so does P where a notebook has the keys. */
import { css, html, nothing, type TemplateResult } from "lit";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { commandsContext, type PaletteCommand } from "./commands.ts";
import { find, type Match } from "./find.ts";

/** See the file's comment. */
export class EpPalette extends EpElement {
  readonly #commands = new Shared(this, commandsContext);
  /** What each source has said, in the sources' order. */
  #said: (readonly PaletteCommand[])[] = [];
  #typed = "";
  #at = 0;
  #shown = false;
  #count = 0;
  #alive = new AbortController();

  static override styles = [
    sharedStyles,
    css`
      dialog {
        width: min(600px, calc(100vw - 24px));
        max-width: none;
        max-height: min(70vh, 560px);
        margin: min(12vh, 120px) auto auto;
        padding: 0;
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        background: var(--panel);
        color: var(--text);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 35%);
      }
      .inner {
        display: flex;
        flex-direction: column;
        max-height: inherit;
      }
      .ask {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 0 14px;
        border-bottom: 1px solid var(--line);
        color: var(--quiet);
      }
      input {
        flex: 1;
        min-width: 0;
        height: 44px;
        border: 0;
        background: none;
        color: var(--text);
        font-size: 15px;
      }
      input:focus-visible {
        outline: none;
      }
      .ask:focus-within {
        box-shadow: inset 0 -2px var(--accent);
      }
      [role="listbox"] {
        flex: 1;
        min-height: 0;
        padding: 4px;
        overflow-y: auto;
      }
      [role="option"] {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: max(32px, var(--hit));
        padding: 2px 10px;
        border-radius: 4px;
        cursor: pointer;
      }
      [role="option"][aria-selected="true"] {
        background: var(--selection);
      }
      .title {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .title b {
        color: var(--accent);
      }
      .group {
        color: var(--quiet);
        font-size: 12px;
        white-space: nowrap;
      }
      [aria-selected="true"] .group {
        color: var(--text);
      }
      kbd {
        padding: 1px 5px;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        font: 11px var(--mono);
        white-space: nowrap;
      }
      p {
        margin: 0;
        padding: 12px 14px;
      }
      @media (max-width: 500px) {
        kbd {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    const { signal } = this.#alive;
    // Before editors, which have a key of their own there.
    window.addEventListener("keydown", (event) => this.#key(event), { capture: true, signal });
    window.addEventListener("keydown", (event) => this.#letter(event), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
  }

  override render(): TemplateResult {
    const open = this.#commands.value.open.value;
    if (open && !this.#shown) this.#begin();
    this.#shown = open;
    const matches = open ? this.#matches() : [];
    const at = Math.min(this.#at, matches.length - 1);
    return html`<dialog aria-label="Commands" @close=${this.#closed} @click=${this.#outside}>
      ${
        open
          ? html`<div class="inner">
              <div class="ask">
                <ep-icon name="search"></ep-icon>
                <input
                  role="combobox"
                  aria-label="Find a command, page, notebook or session"
                  aria-controls="list"
                  aria-expanded="true"
                  aria-autocomplete="list"
                  aria-activedescendant=${at >= 0 ? `option-${at}` : nothing}
                  placeholder="Commands, pages, notebooks, sessions"
                  autocomplete="off"
                  spellcheck="false"
                  @input=${this.#input}
                  @keydown=${(event: KeyboardEvent) => this.#choose(event, matches, at)}
                />
              </div>
              ${
                matches.length === 0
                  ? html`<p class="quiet" role="status">Nothing has these letters.</p>`
                  : html`<div id="list" role="listbox" aria-label="Commands">
                      ${matches.map((match, i) => this.#option(match, i, i === at))}
                    </div>`
              }
            </div>`
          : nothing
      }
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    if (this.#shown && !dialog.open) {
      dialog.showModal();
      this.renderRoot.querySelector("input")?.focus();
    } else if (!this.#shown && dialog.open) dialog.close();
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #option({ command, title }: Match, i: number, selected: boolean): TemplateResult {
    return html`<div
      id=${`option-${i}`}
      role="option"
      aria-selected=${selected ? "true" : "false"}
      @click=${() => this.#do(command)}
    >
      <ep-icon name=${command.icon}></ep-icon>
      <span class="title">${title.map(({ text, found }) => (found ? html`<b>${text}</b>` : text))}</span>
      <span class="group">${command.group}</span>
      ${command.keys === undefined ? nothing : html`<kbd>${command.keys}</kbd>`}
    </div>`;
  }

  #matches(): readonly Match[] {
    return find(this.#said.flat(), this.#typed);
  }

  /** Asks every source; those that answer later join. */
  #begin(): void {
    this.#typed = "";
    this.#at = 0;
    this.#count += 1;
    const count = this.#count;
    this.#said = this.#commands.value.sources.map((source, i) => {
      const said = source();
      if (!(said instanceof Promise)) return said;
      said.then(
        (later) => {
          if (count !== this.#count) return;
          this.#said = this.#said.with(i, later);
          this.requestUpdate();
        },
        (cause: unknown) => console.info("Some commands could not be listed:", cause),
      );
      return [];
    });
  }

  readonly #input = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.#at = 0;
    this.requestUpdate();
  };

  #choose(event: KeyboardEvent, matches: readonly Match[], at: number): void {
    const last = matches.length - 1;
    const to = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#at = to;
      this.requestUpdate();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const match = matches[at];
      if (match) this.#do(match.command);
    }
    // What is typed here is nobody else's.
    event.stopPropagation();
  }

  #do(command: PaletteCommand): void {
    this.#commands.value.hide();
    // The focus goes back first: commands may put it elsewhere.
    void this.updateComplete.then(() => command.act());
  }

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#commands.value.hide();
  };

  #key(event: KeyboardEvent): void {
    const letter = event.key.toLowerCase();
    if (letter !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const commands = this.#commands.value;
    if (!commands.open.peek()) commands.show();
    else if (this.#dialog?.open) commands.hide();
    else {
      // Escape has closed it, and the browser has not said so yet.
      const field = this.renderRoot.querySelector("input");
      if (field) field.value = "";
      this.#begin();
      this.requestUpdate();
    }
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  readonly #closed = (): void => {
    // It may have been opened again meanwhile.
    if (!this.#dialog?.open) this.#commands.value.hide();
  };

  /** P, where no field, editor or dialog takes letters, on a notebook's page. */
  #letter(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.key.toLowerCase() !== "p") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const path = event.composedPath();
    const takes = path.some(
      (one) =>
        one instanceof HTMLElement &&
        one.matches("input, select, textarea, wa-dialog, ep-code-editor, dialog"),
    );
    if (takes || !location.pathname.startsWith("/notebook/")) return;
    event.preventDefault();
    this.#commands.value.show();
  }
}
customElements.define("ep-palette", EpPalette);
