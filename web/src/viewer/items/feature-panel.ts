/** <ep-feature-panel>: the features table below the canvas, which folds away; there for layers that are made of items, and for labels. */
import { isFeatured } from "@eyepiece/engine/model/label-features.ts";
import { signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import "./feature-table.ts";

/** See the file's comment. */
export class EpFeaturePanel extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #open = signal(false);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        background: var(--panel);
        font-size: 12px;
      }
      .bar {
        width: 100%;
        justify-content: flex-start;
        border-top: 1px solid var(--line);
        border-radius: 0;
      }
      ep-feature-table {
        height: clamp(140px, 30vh, 340px);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const session = this.#session.value;
    const layer = session.scene.value?.layers.find(({ id }) => id === session.selected.value);
    if (!layer || !isFeatured(layer)) return nothing;
    const open = this.#open.value;
    return html`
      <button
        class="button bar"
        type="button"
        aria-expanded=${open ? "true" : "false"}
        @click=${() => {
          this.#open.value = !open;
        }}
      >
        <ep-icon name=${open ? "chevronDown" : "table"}></ep-icon>Features table
      </button>
      ${open ? html`<ep-feature-table></ep-feature-table>` : nothing}
    `;
  }
}
customElements.define("ep-feature-panel", EpFeaturePanel);
