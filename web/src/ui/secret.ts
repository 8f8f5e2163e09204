/** <ep-secret label="…" value="…">: a secret that is shown this once, with a button that copies it. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { sharedStyles } from "./element.ts";
import "./icon.ts";

/** Copies text. @returns whether the browser did */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (cause) {
    console.info("The browser does not let the page copy:", cause);
    return false;
  }
}

/** See the file's comment. */
export class EpSecret extends LitElement {
  static override properties = { label: {}, value: {} };
  declare label: string;
  declare value: string;
  #said = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 6px;
        padding: 12px;
        border: 1px solid var(--good);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .row {
        display: flex;
        gap: 8px;
      }
      .field {
        flex: 1;
        font: 12px var(--mono);
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.value = "";
  }

  override render(): TemplateResult {
    return html`
      <span>${this.label}</span>
      <div class="row">
        <input
          class="field"
          readonly
          aria-label=${this.label}
          .value=${this.value}
          @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}
        />
        <button class="button framed" type="button" @click=${() => void this.#copy()}>
          <ep-icon name="copy"></ep-icon>Copy
        </button>
      </div>
      <span class="quiet" role="status">${this.#said}</span>
    `;
  }

  async #copy(): Promise<void> {
    const done = await copyText(this.value);
    this.#said = done
      ? "Copied."
      : "The browser does not let the page copy: select the text and copy it yourself.";
    if (!done) this.renderRoot.querySelector("input")?.select();
    this.requestUpdate();
  }
}
customElements.define("ep-secret", EpSecret);
