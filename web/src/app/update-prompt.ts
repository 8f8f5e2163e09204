/** <ep-update-prompt>: says that a newer version of the app is here, and begins it when asked. */
import { css, html, nothing, type TemplateResult } from "lit";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { updatesContext } from "./updates.ts";

/** See the file's comment. */
export class EpUpdatePrompt extends EpElement {
  readonly #updates = new Shared(this, updatesContext);
  #later = false;

  static override styles = [
    sharedStyles,
    css`
      [role="status"] {
        position: fixed;
        left: 50%;
        bottom: 64px;
        z-index: 40;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        width: max-content;
        max-width: calc(100vw - 24px);
        padding: 8px 8px 8px 14px;
        border: 1px solid var(--accent);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        transform: translateX(-50%);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (!this.#updates.value.ready.value || this.#later) return nothing;
    return html`<div role="status">
      <span>A newer version of Eyepiece is here.</span>
      <button class="button primary" type="button" @click=${() => this.#updates.value.apply()}>Reload now</button>
      <button
        class="button framed"
        type="button"
        @click=${() => {
          this.#later = true;
          this.requestUpdate();
        }}
      >
        Later
      </button>
    </div>`;
  }
}
customElements.define("ep-update-prompt", EpUpdatePrompt);
