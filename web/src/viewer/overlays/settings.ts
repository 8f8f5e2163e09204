/** <ep-overlay-settings>: what is drawn over the picture, and where; and the camera's perspective. */
import { CANVAS_POSITIONS, type Overlays, type OverlaysPatch } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { preferencesContext, sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/popover.ts";
import { unlessTyping } from "../../ui/unless-typing.ts";
import { overlaysOf, setOverlays } from "./current.ts";

/** Those that are on or off. */
type Shown = Exclude<keyof Overlays, "layer_names">;
/** Those that have a place. */
type Placed = Exclude<keyof Overlays, "bounding_box">;

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
    const { scale_bar, axes, text } = this.#overlays;
    return html`<ep-popover label="Overlays and camera" icon="ruler">
      <div class="rows">
        ${this.#placed("Scale bar", "scale_bar")} ${scale_bar.visible ? this.#unit(scale_bar.unit) : nothing}
        ${this.#placed("Axes", "axes")} ${axes.visible ? this.#labels(axes.labels) : nothing}
        ${this.#placed("Color bar", "color_bar")} ${this.#placed("Current slice", "current_slice")}
        ${this.#placed("Text overlay", "text")} ${text.visible ? this.#text(text) : nothing}
        <span>Layers' names</span> ${this.#position("Layers' names", "layer_names")}
        ${this.#shown("Bounding boxes", "bounding_box")} <span class="quiet">of all layers</span> ${this.#perspective()}
      </div>
    </ep-popover>`;
  }

  get #overlays(): Overlays {
    return overlaysOf(this.#session.value, this.#preferences.value);
  }

  #set(patch: OverlaysPatch): void {
    setOverlays(this.#session.value, this.#preferences.value, patch);
  }

  #tick(label: string, now: boolean, change: (on: boolean) => void, kind = ""): TemplateResult {
    return html`<label class=${kind}>
      <input
        type="checkbox"
        .checked=${live(now)}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      ${label}
    </label>`;
  }

  #shown(label: string, name: Shown): TemplateResult {
    return this.#tick(label, this.#overlays[name].visible, (visible) => this.#set({ [name]: { visible } }));
  }

  #position(label: string, name: Placed): TemplateResult {
    const now = this.#overlays[name].position;
    return html`<select
      class="field"
      aria-label=${`${label}, position`}
      @change=${(event: Event) => {
        const position = CANVAS_POSITIONS.find((one) => one === (event.target as HTMLSelectElement).value);
        if (position) this.#set({ [name]: { position } });
      }}
    >
      ${CANVAS_POSITIONS.map(
        (one) => html`<option value=${one} ?selected=${one === now}>${one.replace("_", " ")}</option>`,
      )}
    </select>`;
  }

  #placed(label: string, name: Shown & Placed): TemplateResult {
    return html`${this.#shown(label, name)} ${this.#position(label, name)}`;
  }

  #labels(now: boolean): TemplateResult {
    return html`${this.#tick("Axes' labels", now, (labels) => this.#set({ axes: { labels } }), "sub")}<span></span>`;
  }

  #unit(now: string): TemplateResult {
    return html`<span class="sub">Unit</span>
      <select
        class="field"
        aria-label="Scale bar, unit"
        @change=${(event: Event) => this.#set({ scale_bar: { unit: (event.target as HTMLSelectElement).value } })}
      >
        ${UNITS.map(
          (unit) =>
            html`<option value=${unit} ?selected=${unit === now}>${unit === "" ? "of the layers" : unit}</option>`,
        )}
      </select>`;
  }

  #text({ text, font_size }: Overlays["text"]): TemplateResult {
    return html`<span class="sub">Words</span>
      <input
        class="field"
        aria-label="Text, words"
        maxlength="500"
        .value=${unlessTyping(text)}
        @input=${(event: Event) => this.#set({ text: { text: (event.target as HTMLInputElement).value } })}
      />
      <span class="sub">Size</span>
      <input
        class="field"
        type="number"
        aria-label="Text, size"
        min="6"
        max="96"
        .value=${unlessTyping(String(font_size))}
        @change=${(event: Event) => {
          const { valueAsNumber } = event.target as HTMLInputElement;
          if (Number.isFinite(valueAsNumber))
            this.#set({ text: { font_size: Math.min(96, Math.max(6, valueAsNumber)) } });
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
