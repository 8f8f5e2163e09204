/** <ep-view-buttons>: 2D and 3D, reset, roll, transpose, grid, screenshot, what is drawn over the picture, undo. */
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext, sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { IconName } from "../ui/icon.ts";
import "../ui/icon.ts";
import "./axes-order.ts";
import "./grid-settings.ts";
import "./overlays/settings.ts";
import {
  reset,
  roll,
  screenshot,
  toggleDisplay,
  toggleGrid,
  toggleRecording,
  transpose,
} from "./view-actions.ts";

/** See the file's comment. Fires `help`, `ortho` and `animate`. */
export class EpViewButtons extends EpElement {
  static override properties = { ortho: { attribute: false }, animating: { attribute: false } };
  /** Four canvases are shown. */
  declare ortho: boolean;
  /** The strip of key frames is shown. */
  declare animating: boolean;
  readonly #session = new Shared(this, sessionContext);
  readonly #notices = new Shared(this, noticesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 2px;
        padding: 4px 8px;
      }
      @media (max-width: 700px) {
        :host {
          flex-wrap: nowrap;
          overflow-x: auto;
          scrollbar-width: none;
        }
        :host > * {
          flex: none;
        }
      }
      .switch {
        display: flex;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        overflow: hidden;
        margin-right: 6px;
      }
      .switch .button {
        border: 0;
        border-radius: 0;
        font-size: 12px;
        font-weight: 600;
      }
      .sep {
        width: 1px;
        height: 18px;
        margin: 0 4px;
        background: var(--line);
      }
      .recording {
        padding: 0 6px;
        color: var(--bad);
        font-size: 12px;
        white-space: nowrap;
      }
    `,
  ];

  constructor() {
    super();
    this.ortho = false;
    this.animating = false;
  }

  override render(): TemplateResult {
    const session = this.#session.value;
    const dims = session.dims.value;
    const three = dims?.ndisplay === 3;
    const flat = (dims?.ndim ?? 2) < 3;
    const { canUndo, canRedo } = session.history.value;
    const may = session.facts.value?.rights.includes("edit") ?? false;
    return html`
      <div class="switch" role="group" aria-label="Displayed dimensions">
        ${this.#mode("2D", !three, flat)} ${this.#mode("3D", three, flat)}
      </div>
      ${this.#button("Reset view", "Ctrl-R", "house", () => reset(session))}
      ${this.#button("Roll axes", "Ctrl-E", "rotate", () => roll(session))}
      ${this.#button("Transpose axes", "Ctrl-T or T", "arrowLeftRight", () => transpose(session))}
      <ep-axes-order></ep-axes-order>
      ${this.#button("Grid", "Ctrl-G", "grid", () => toggleGrid(session), { pressed: session.grid.value?.enabled ?? false })}
      <ep-grid-settings></ep-grid-settings>
      ${this.#button("Orthogonal views", "Alt-O", "panels", () => this.dispatchEvent(new CustomEvent("ortho")), { pressed: this.ortho, off: flat })}
      ${this.#button("Screenshot", "Alt-S", "camera", () => void screenshot(session, this.#notices.value))}
      ${this.#record()}
      ${this.#button("Animation", "Alt-A", "film", () => this.dispatchEvent(new CustomEvent("animate")), { pressed: this.animating })}
      <ep-overlay-settings></ep-overlay-settings>
      <span class="sep"></span>
      ${this.#button("Undo", "Ctrl-Z", "undo", () => session.undo(), { off: !canUndo || !may })}
      ${this.#button("Redo", "Ctrl-Shift-Z", "redo", () => session.undo(true), { off: !canRedo || !may })}
      ${this.#button("Keys", "?", "help", () => this.dispatchEvent(new CustomEvent("help")))}
    `;
  }

  #mode(name: "2D" | "3D", on: boolean, off: boolean): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-label=${name}
      aria-pressed=${on ? "true" : "false"}
      title=${`${name} (Ctrl-Y)`}
      ?disabled=${off && name === "3D"}
      @click=${() => on || toggleDisplay(this.#session.value)}
    >
      ${name}
    </button>`;
  }

  #button(
    label: string,
    key: string,
    icon: IconName,
    act: () => void,
    state: { readonly pressed?: boolean; readonly off?: boolean } = {},
  ): TemplateResult {
    return html`<button
      class="button icon"
      type="button"
      aria-label=${label}
      aria-pressed=${state.pressed === undefined ? nothing : String(state.pressed)}
      title=${`${label} (${key})`}
      ?disabled=${state.off ?? false}
      @click=${act}
    >
      <ep-icon name=${icon}></ep-icon>
    </button>`;
  }

  #record(): TemplateResult {
    const state = this.#session.value.recording.value;
    const words = state
      ? `${(state.milliseconds / 1000).toFixed(0)} s · ${(state.bytes / 1e6).toFixed(1)} MB`
      : "";
    return html`
      ${this.#button(state ? "End the recording" : "Record a film", "Alt-R", state ? "square" : "record", () => toggleRecording(this.#session.value, this.#notices.value), { pressed: state !== undefined })}
      ${state ? html`<span class="recording num" role="status">${words}</span>` : nothing}
    `;
  }
}
customElements.define("ep-view-buttons", EpViewButtons);
