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
      <div id="panel" popover role="dialog" aria-label=${this.label} @toggle=${this.#place}><slot></slot></div>
    `;
  }

  /** Above the button if it fits there, else below; always within the window. */
  readonly #place = (event: ToggleEvent): void => {
    this.dispatchEvent(new CustomEvent("open-changed", { detail: event.newState === "open" }));
    if (event.newState !== "open") return;
    const panel = event.target as HTMLElement;
    const anchor = this.getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    const left = Math.max(8, Math.min(anchor.right - box.width, innerWidth - box.width - 8));
    const above = anchor.top - box.height - 6;
    panel.style.left = `${left}px`;
    panel.style.top = `${above >= 8 ? above : Math.min(anchor.bottom + 6, innerHeight - box.height - 8)}px`;
  };
}
customElements.define("ep-popover", EpPopover);
