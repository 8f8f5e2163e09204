/** <ep-popover label="…" icon="…">: a button that opens a small panel over the page; Escape or a click outside closes it. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { sharedStyles } from "./element.ts";
import type { IconName } from "./icon.ts";
import "./icon.ts";

/** See the file's comment. The panel's content is slotted; `button` is a slot for words in place of the icon. */
export class EpPopover extends LitElement {
  static override properties = { label: {}, icon: {}, words: {} };
  declare label: string;
  /** What the button's slot shows, so that its name has it, too. */
  declare words: string;
  declare icon: IconName;
  readonly #sizes = new ResizeObserver(([entry]) => this.#place(entry?.target as HTMLElement));

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        min-width: 200px;
        max-width: calc(100vw - 16px);
        max-height: calc(100vh - 16px);
        overflow-y: auto;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow);
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.words = "";
    this.icon = "settings";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override render(): TemplateResult {
    return html`
      <button
        class="button icon"
        type="button"
        popovertarget="panel"
        aria-label=${this.words === "" ? this.label : `${this.label}: ${this.words}`}
        aria-haspopup="dialog"
        title=${this.label}
      >
        <slot name="button"><ep-icon name=${this.icon}></ep-icon></slot>
      </button>
      <div id="panel" popover role="dialog" aria-label=${this.label} @toggle=${this.#toggled}><slot></slot></div>
    `;
  }

  readonly #toggled = (event: ToggleEvent): void => {
    this.dispatchEvent(new CustomEvent("open-changed", { detail: event.newState === "open" }));
    // Rows come and go while it is open: it finds its place anew.
    if (event.newState === "open") this.#sizes.observe(event.target as HTMLElement);
    else this.#sizes.disconnect();
    if (event.newState === "open") this.#place(event.target as HTMLElement);
  };

  /** Above the button if it fits there, else below; always within the window. */
  #place(panel: HTMLElement): void {
    const anchor = this.getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    const left = Math.max(8, Math.min(anchor.right - box.width, innerWidth - box.width - 8));
    const above = anchor.top - box.height - 6;
    panel.style.left = `${left}px`;
    panel.style.top = `${above >= 8 ? above : Math.min(anchor.bottom + 6, innerHeight - box.height - 8)}px`;
  }
}
customElements.define("ep-popover", EpPopover);
