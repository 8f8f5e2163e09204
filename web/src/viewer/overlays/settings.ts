/** <ep-overlay-settings>: what is drawn over the picture, and where; and the camera's perspective. */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { preferencesContext, sessionContext } from "../../services/contexts.ts";
import type { Kept } from "../../services/preferences.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/popover.ts";
import { unlessTyping } from "../../ui/unless-typing.ts";
import { CANVAS_POSITIONS } from "./positions.ts";

/** Settings that are on or off. */
type Switch = { [K in keyof Kept]: Kept[K] extends boolean ? K : never }[keyof Kept];
/** Settings that are places. */
type Place = Extract<keyof Kept, `${string}Position`>;

/** Units that a person may want the scale bar in; empty: the one that suits. */
const UNITS = ["", "nm", "um", "mm", "cm", "m", "pixel"] as const;

/** See the file's comment. */
export class EpOverlaySettings extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #preferences = new Shared(this, preferencesContext);

  static override styles = [
    sharedStyles,
    css`
      .rows {
        display: grid;
        grid-template-columns: auto minmax(0, 128px);
        align-items: center;
        gap: 4px 12px;
        font-size: 12px;
      }
      input[type="checkbox"] {
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--accent);
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
      }
      .rows .field {
        box-sizing: border-box;
        width: 100%;
      }
      .sub {
        padding-left: 24px;
        color: var(--quiet);
      }
      .perspective {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .perspective input {
        min-width: 0;
        flex: 1;
      }
    `,
  ];

  override render(): TemplateResult {
    const kept = this.#preferences.value.values.value;
    return html`<ep-popover label="Overlays and camera" icon="ruler">
      <div class="rows">
        ${this.#placed("Scale bar", "scaleBar", "scaleBarPosition")}
        ${kept.scaleBar ? this.#unit(kept) : nothing} ${this.#placed("Axes", "axes", "axesPosition")}
        ${kept.axes ? html`${this.#tick("Axes' labels", "axesLabels", "sub")}<span></span>` : nothing}
        ${this.#placed("Color bar", "colorBar", "colorBarPosition")}
        ${this.#placed("Current slice", "slice", "slicePosition")} ${this.#placed("Text overlay", "text", "textPosition")}
        ${kept.text ? this.#text(kept) : nothing}
        <span>Layers' names</span> ${this.#position("Layers' names", "namePosition")}
        ${this.#tick("Bounding boxes", "boundingBox")} <span class="quiet">of all layers</span> ${this.#perspective()}
      </div>
    </ep-popover>`;
  }

  #set(changes: Partial<Kept>): void {
    this.#preferences.value.set(changes);
  }

  #tick(label: string, name: Switch, kind = ""): TemplateResult {
    return html`<label class=${kind}>
      <input
        type="checkbox"
        .checked=${live(this.#preferences.value.values.value[name])}
        @change=${(event: Event) => this.#set({ [name]: (event.target as HTMLInputElement).checked })}
      />
      ${label}
    </label>`;
  }

  #position(label: string, name: Place): TemplateResult {
    const now = this.#preferences.value.values.value[name];
    return html`<select
      class="field"
      aria-label=${`${label}, position`}
      @change=${(event: Event) => {
        const chosen = CANVAS_POSITIONS.find((one) => one === (event.target as HTMLSelectElement).value);
        if (chosen) this.#set({ [name]: chosen });
      }}
    >
      ${CANVAS_POSITIONS.map(
        (one) => html`<option value=${one} ?selected=${one === now}>${one.replace("_", " ")}</option>`,
      )}
    </select>`;
  }

  #placed(label: string, name: Switch, place: Place): TemplateResult {
    return html`${this.#tick(label, name)} ${this.#position(label, place)}`;
  }

  #unit(kept: Kept): TemplateResult {
    return html`<span class="sub">Unit</span>
      <select
        class="field"
        aria-label="Scale bar, unit"
        @change=${(event: Event) => this.#set({ scaleBarUnit: (event.target as HTMLSelectElement).value })}
      >
        ${UNITS.map(
          (unit) =>
            html`<option value=${unit} ?selected=${unit === kept.scaleBarUnit}>${unit === "" ? "of the layers" : unit}</option>`,
        )}
      </select>`;
  }

  #text(kept: Kept): TemplateResult {
    return html`<span class="sub">Words</span>
      <input
        class="field"
        aria-label="Text, words"
        maxlength="500"
        .value=${unlessTyping(kept.textWords)}
        @input=${(event: Event) => this.#set({ textWords: (event.target as HTMLInputElement).value })}
      />
      <span class="sub">Size</span>
      <input
        class="field"
        type="number"
        aria-label="Text, size"
        min="6"
        max="96"
        .value=${unlessTyping(String(kept.textSize))}
        @change=${(event: Event) => {
          const { valueAsNumber } = event.target as HTMLInputElement;
          if (Number.isFinite(valueAsNumber))
            this.#set({ textSize: Math.min(96, Math.max(6, valueAsNumber)) });
        }}
      />`;
  }

  #perspective(): TemplateResult | typeof nothing {
    const session = this.#session.value;
    if (session.dims.value?.ndisplay !== 3) return nothing;
    const perspective = session.perspective.value;
    const change = (event: Event): void => {
      const camera = session.view.peek()?.camera;
      const degrees = (event.target as HTMLInputElement).valueAsNumber;
      if (camera) session.setView({ camera: { ...camera, perspective: degrees } }, { moving: true });
    };
    return html`<span>Perspective</span>
      <span class="perspective">
        <input
          type="range"
          aria-label="Perspective, degrees"
          min="0"
          max="90"
          step="1"
          style=${`--at: ${perspective / 90}`}
          .value=${live(String(perspective))}
          @input=${change}
        />
        <span class="num">${perspective}°</span>
      </span>`;
  }
}
customElements.define("ep-overlay-settings", EpOverlaySettings);
