/** <ep-json-tree>: a JSON value that unfolds. */
import { css, html, LitElement, type TemplateResult } from "lit";

/** Entries of one level that are shown at first. */
const STEP = 100;

/** See the file's comment. */
export class EpJsonTree extends LitElement {
  static override properties = { value: { attribute: false }, name: {}, open: { type: Boolean } };
  declare value: unknown;
  declare name: string;
  declare open: boolean;
  #shown = STEP;

  static override styles = css`
    :host {
      display: block;
      font: 12px var(--mono);
    }
    summary {
      cursor: pointer;
    }
    .in {
      padding-left: 16px;
    }
    .name {
      color: var(--code-function);
    }
    .string {
      color: var(--code-string);
      overflow-wrap: anywhere;
    }
    .other {
      color: var(--code-number);
    }
    .quiet {
      color: var(--quiet);
    }
    button {
      font: inherit;
      color: var(--accent);
      background: none;
      border: 0;
      padding: 0;
      cursor: pointer;
    }
  `;

  constructor() {
    super();
    this.name = "";
    this.open = false;
  }

  override render(): TemplateResult {
    const { value } = this;
    const name = this.name === "" ? "" : html`<span class="name">${this.name}</span>: `;
    if (typeof value !== "object" || value === null) {
      const words = typeof value === "string" ? JSON.stringify(value) : String(value);
      return html`<div>${name}<span class=${typeof value === "string" ? "string" : "other"}>${words}</span></div>`;
    }
    const entries = Object.entries(value);
    const kind = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
    return html`<details ?open=${this.open} @toggle=${this.#toggle}>
      <summary>${name}<span class="quiet">${kind}</span></summary>
      ${
        this.open
          ? html`<div class="in">
            ${entries
              .slice(0, this.#shown)
              .map(([key, one]) => html`<ep-json-tree .name=${key} .value=${one}></ep-json-tree>`)}
            ${
              entries.length > this.#shown
                ? html`<button type="button" @click=${this.#more}>
                  ${entries.length - this.#shown} more
                </button>`
                : ""
            }
          </div>`
          : ""
      }
    </details>`;
  }

  readonly #toggle = (event: Event): void => {
    this.open = (event.target as HTMLDetailsElement).open;
  };

  readonly #more = (): void => {
    this.#shown += STEP * 10;
    this.requestUpdate();
  };
}
customElements.define("ep-json-tree", EpJsonTree);
