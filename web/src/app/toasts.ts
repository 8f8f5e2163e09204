/** <ep-toasts>: notices in the corner, and what is under way above them. */
import { css, html, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";

/** See the file's comment. */
export class EpToasts extends EpElement {
  readonly #notices = new Shared(this, noticesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: fixed;
        right: 12px;
        bottom: 64px;
        z-index: 50;
        display: flex;
        flex-direction: column;
        gap: 8px;
        width: min(380px, calc(100vw - 24px));
        pointer-events: none;
      }
      .toast {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        padding: 8px 8px 8px 12px;
        border: 1px solid var(--line);
        border-left: 3px solid var(--colour);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      .words {
        flex: 1;
        padding: 4px 0;
        overflow-wrap: anywhere;
      }
      .task {
        padding: 8px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      wa-progress-bar {
        --track-height: 3px;
        margin-top: 6px;
      }
    `,
  ];

  override render(): TemplateResult {
    const notices = this.#notices.value;
    const colour = { info: "accent", good: "good", warn: "warn", bad: "bad" };
    return html`
      ${notices.tasks.value.map(
        (task) => html`<div class="task" role="status">
          ${task.text}
          <wa-progress-bar
            label=${task.text}
            ?indeterminate=${task.fraction < 0}
            .value=${Math.round(Math.max(0, task.fraction) * 100)}
          ></wa-progress-bar>
        </div>`,
      )}
      ${notices.list.value.map(
        (notice) => html`<div
          class="toast"
          role=${notice.level === "bad" ? "alert" : "status"}
          style=${`--colour: var(--${colour[notice.level]})`}
        >
          <span class="words">${notice.text}</span>
          <button class="button icon" type="button" aria-label="Dismiss" @click=${() => notices.dismiss(notice.id)}>
            <ep-icon name="close"></ep-icon>
          </button>
        </div>`,
      )}
    `;
  }
}
customElements.define("ep-toasts", EpToasts);
