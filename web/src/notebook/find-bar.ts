/** <ep-find-bar>: find and replace over all cells. Fires `found` {id, from, to}. */
import { css, html, nothing, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { expressionOf, findAll, type Match, replacementOf } from "./find.ts";
import type { NotebookView } from "./notebook-view.ts";

/** See the file's comment. */
export class EpFindBar extends EpElement {
  static override properties = { view: { attribute: false } };
  declare view: NotebookView | undefined;
  #open = false;
  #query = "";
  #by = "";
  #case = false;
  #regex = false;
  #at = -1;

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: sticky;
        top: 0;
        z-index: 4;
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
        max-width: 620px;
        margin: 0 auto 8px;
        padding: 6px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        font-size: 12px;
      }
      input {
        flex: 1 1 150px;
      }
      .count {
        min-width: 80px;
        color: var(--quiet);
      }
    `,
  ];

  /** Opens the bar with the focus in it. */
  show(): void {
    this.#open = true;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector<HTMLInputElement>("input");
      field?.focus();
      field?.select();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!this.#open || !view) return nothing;
    void view.document.texts.value;
    const { matches, words } = this.#matches(view);
    const count =
      words !== ""
        ? words
        : this.#query === ""
          ? ""
          : `${Math.min(this.#at + 1, matches.length)} of ${matches.length}`;
    const toggle = (label: string, text: string, on: boolean, act: () => void): TemplateResult =>
      html`<button class="button" type="button" aria-label=${label} title=${label} aria-pressed=${on ? "true" : "false"} @click=${() => {
        act();
        this.#at = -1;
        this.requestUpdate();
      }}>${text}</button>`;
    return html`<form role="search" @submit=${(event: Event) => this.#submit(event)} @keydown=${(event: KeyboardEvent) => this.#key(event)}>
      <input class="field" type="text" placeholder="Find" aria-label="Find" .value=${this.#query} @input=${(
        event: Event,
      ) => {
        this.#query = (event.target as HTMLInputElement).value;
        this.#at = -1;
        this.requestUpdate();
      }} />
      ${toggle("Match case", "Aa", this.#case, () => {
        this.#case = !this.#case;
      })}
      ${toggle("Regular expression", ".*", this.#regex, () => {
        this.#regex = !this.#regex;
      })}
      <span class="count num" role="status">${count}</span>
      <button class="button icon" type="button" aria-label="Previous match" title="Previous match (Shift-Enter)" @click=${() => this.#go(-1)}><ep-icon name="arrowUp"></ep-icon></button>
      <button class="button icon" type="submit" aria-label="Next match" title="Next match (Enter)"><ep-icon name="arrowDown"></ep-icon></button>
      <button class="button icon" type="button" aria-label="Close" title="Close (Escape)" @click=${() => this.#close()}><ep-icon name="close"></ep-icon></button>
      ${
        view.mayEdit
          ? html`<input class="field" type="text" placeholder="Replace by" aria-label="Replace by" .value=${this.#by} @input=${(
              event: Event,
            ) => {
              this.#by = (event.target as HTMLInputElement).value;
            }} />
            <button class="button framed" type="button" ?disabled=${matches.length === 0} @click=${() => this.#replace(false)}>Replace</button>
            <button class="button framed" type="button" ?disabled=${matches.length === 0} @click=${() => this.#replace(true)}>Replace all</button>`
          : nothing
      }
    </form>`;
  }

  #matches(view: NotebookView): { matches: Match[]; words: string; expression: RegExp | undefined } {
    const expression = expressionOf({ query: this.#query, matchCase: this.#case, regex: this.#regex });
    if (typeof expression === "string") return { matches: [], words: expression, expression: undefined };
    return { matches: findAll(view.document.cells.value, expression), words: "", expression };
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#go(1);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      this.#go(-1);
    }
  }

  #close(): void {
    this.#open = false;
    this.requestUpdate();
    this.view?.page?.show(this.view.selection.active.value);
  }

  #go(by: -1 | 1): void {
    const { view } = this;
    if (!view) return;
    const { matches } = this.#matches(view);
    if (matches.length === 0) return;
    this.#at = (this.#at + by + matches.length) % matches.length;
    const match = matches[this.#at];
    if (!match) return;
    const cell = view.document.cells.value.find((one) => one.id === match.id);
    // Markdown shows its text only while it is edited.
    view.selection.select(match.id, cell?.type === "markdown" ? "edit" : "command");
    this.dispatchEvent(new CustomEvent("found", { detail: match }));
    this.requestUpdate();
  }

  #replace(all: boolean): void {
    const { view } = this;
    if (!view) return;
    const { matches, expression } = this.#matches(view);
    const first = Math.max(0, this.#at);
    const chosen = all ? matches : matches.slice(first, first + 1);
    if (!expression || chosen.length === 0) return;
    view.document.edit(() => {
      // From the end, so that earlier places stay where they are.
      for (const { id, from, to } of [...chosen].reverse()) {
        const source = view.document.cells.value.find((cell) => cell.id === id)?.source;
        const text = source?.toString().slice(from, to) ?? "";
        source?.delete(from, to - from);
        source?.insert(from, replacementOf(text, expression, this.#by, this.#regex));
      }
    });
    this.#at -= 1;
    if (!all) this.#go(1);
    else this.requestUpdate();
  }
}
customElements.define("ep-find-bar", EpFindBar);
