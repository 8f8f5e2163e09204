/** <ep-dims-bar>: a slider for each axis that is not on the screen, with play and its settings. */
import { pointToStep, stepCount, stepToPoint } from "@eyepiece/engine/model/view.ts";
import { type Dims, layerNdim } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import "../ui/popover.ts";
import { shortUnit } from "@eyepiece/engine/overlays/scale-bar.ts";
import { plain } from "../ui/slider.ts";
import { unlessTyping } from "../ui/unless-typing.ts";
import { slidOrder } from "./axes.ts";
import { renameAxis } from "./axes-order.ts";
import { LOOP_MODES, nextStep, type Play } from "./player.ts";

const DEFAULT_PLAY: Play = { fps: 10, mode: "loop", direction: 1 };

/** A field for a distance along an axis, in world units. */
function distance(label: string, value: number, set: (value: number) => void): TemplateResult {
  const change = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).valueAsNumber;
    set(Number.isFinite(typed) ? Math.max(0, typed) : 0);
  };
  return html`<span>${label}</span>
    <input aria-label=${label} class="field" type="number" min="0" step="any" .value=${unlessTyping(plain(value))} @change=${change} />`;
}

/** See the file's comment. `focused` is the axis of the arrow keys; `focus-axis` is fired to change it. */
export class EpDimsBar extends EpElement {
  static override properties = { focused: { attribute: false } };
  declare focused: number | undefined;
  readonly #session = new Shared(this, sessionContext);
  readonly #plays = new Map<number, Play>();
  #playing: { axis: number; timer: ReturnType<typeof setInterval> } | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 2px;
        min-width: 0;
        padding: 4px 8px;
        font-size: 12px;
      }
      .axis {
        display: grid;
        grid-template-columns: minmax(20px, max-content) auto minmax(60px, 1fr) minmax(92px, max-content) auto;
        align-items: center;
        gap: 8px;
      }
      .label {
        max-width: 90px;
        overflow: hidden;
        text-overflow: ellipsis;
        color: var(--quiet);
      }
      .label[hidden] {
        display: none;
      }
      .rename {
        width: 80px;
      }
      .focused .label {
        color: var(--accent);
      }
      .at {
        text-align: right;
        white-space: nowrap;
      }
      .settings {
        display: grid;
        grid-template-columns: auto 110px;
        gap: 8px;
        align-items: center;
      }
      .settings .field {
        box-sizing: border-box;
        width: 100%;
      }
      @media (max-width: 700px) {
        .axis {
          grid-template-columns: minmax(14px, max-content) auto minmax(60px, 1fr) auto auto;
          gap: 4px;
        }
        .world {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.focused = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  override render(): TemplateResult {
    const dims = this.#session.value.dims.value;
    if (!dims) return html``;
    const axes = slidOrder(dims);
    if (axes.length === 0) return html`<span class="quiet">All axes are on the screen.</span>`;
    return html`${axes.map((axis) => this.#axis(dims, axis))}`;
  }

  /** Starts or stops playing an axis. */
  toggle(axis: number): void {
    if (this.#playing?.axis === axis) {
      this.stop();
      return;
    }
    this.stop();
    const { fps } = this.#play(axis);
    this.#playing = { axis, timer: setInterval(() => this.#advance(axis), 1000 / fps) };
    this.requestUpdate();
  }

  /** Stops playing. */
  stop(): void {
    if (!this.#playing) return;
    clearInterval(this.#playing.timer);
    this.#playing = undefined;
    this.requestUpdate();
  }

  #play(axis: number): Play {
    return this.#plays.get(axis) ?? DEFAULT_PLAY;
  }

  #advance(axis: number): void {
    const view = this.#session.value.view.peek();
    const play = this.#play(axis);
    const next = view && nextStep(view.dims, axis, play);
    if (!view || !next) {
      this.stop();
      return;
    }
    this.#plays.set(axis, { ...play, direction: next.direction });
    this.#go(view.dims, axis, next.point);
  }

  #go(dims: Dims, axis: number, point: number): void {
    const moved = dims.point.map((value, index) => (index === axis ? point : value));
    this.#session.value.setView({ dims: { ...dims, point: moved } }, { moving: true });
  }

  #axis(dims: Dims, axis: number): TemplateResult {
    const range = dims.range[axis] ?? [0, 0, 1];
    const count = stepCount(range);
    const at = pointToStep(range, dims.point[axis] ?? 0);
    const label = dims.axis_labels[axis] ?? `${axis}`;
    const unit = shortUnit(this.#unit(dims, axis));
    const playing = this.#playing?.axis === axis;
    const world = plain(dims.point[axis] ?? 0);
    return html`<div class=${`axis ${this.focused === axis ? "focused" : ""}`}>
      <span
        class="label"
        title=${`Axis ${label}: a click gives it the arrow keys, a double click renames it`}
        @click=${() => this.dispatchEvent(new CustomEvent("focus-axis", { detail: axis }))}
        @dblclick=${(event: Event) => this.#rename(event.currentTarget as HTMLElement, dims, axis)}
        >${label}</span
      >
      <button
        class="button icon"
        type="button"
        aria-label=${playing ? `Pause ${label}` : `Play ${label}`}
        aria-pressed=${playing ? "true" : "false"}
        title=${playing ? `Pause ${label}` : `Play ${label}`}
        @click=${() => this.toggle(axis)}
      >
        <ep-icon name=${playing ? "pause" : "play"}></ep-icon>
      </button>
      <input
        type="range"
        aria-label=${`Axis ${label}`}
        aria-valuetext=${`${world} ${unit}, ${at + 1} of ${count}`}
        min="0"
        max=${count - 1}
        step="1"
        style=${`--at: ${count > 1 ? at / (count - 1) : 0}`}
        .value=${live(String(at))}
        @focus=${() => this.dispatchEvent(new CustomEvent("focus-axis", { detail: axis }))}
        @input=${(event: Event) =>
          this.#go(dims, axis, stepToPoint(range, (event.target as HTMLInputElement).valueAsNumber))}
      />
      <span class="at num">
        <span class="world">${world}${unit === "px" ? "" : ` ${unit}`} ·</span> ${at}<span class="quiet">/${count - 1}</span>
      </span>
      ${this.#settings(dims, axis, label)}
    </div>`;
  }

  /** Puts a field over the label until Enter, Escape or the focus goes elsewhere. */
  #rename(label: HTMLElement, dims: Dims, axis: number): void {
    if (!this.#session.value.mayEdit || label.nextElementSibling?.matches("input.rename")) return;
    const field = document.createElement("input");
    field.className = "field rename";
    field.value = dims.axis_labels[axis] ?? "";
    field.ariaLabel = `Name of axis ${field.value}`;
    let open = true;
    const close = (keep: boolean): void => {
      if (!open) return;
      open = false;
      const name = field.value.trim();
      field.remove();
      label.hidden = false;
      if (keep && name !== "") renameAxis(this.#session.value, dims, axis, name);
    };
    field.addEventListener("blur", () => close(true));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Escape") close(event.key === "Enter");
    });
    label.hidden = true;
    label.after(field);
    field.select();
    field.focus();
  }

  #settings(dims: Dims, axis: number, label: string): TemplateResult {
    const play = this.#play(axis);
    const change = (changes: Partial<Play>): void => {
      this.#plays.set(axis, { ...play, ...changes });
      if (this.#playing?.axis === axis) {
        this.stop();
        this.toggle(axis);
      }
      this.requestUpdate();
    };
    const margins = { before: dims.margin_left[axis] ?? 0, after: dims.margin_right[axis] ?? 0 };
    const thicken = (changes: Partial<typeof margins>): void => {
      const next = { ...margins, ...changes };
      const put = (values: readonly number[], value: number) =>
        dims.range.map((_, index) => (index === axis ? value : (values[index] ?? 0)));
      const both = {
        margin_left: put(dims.margin_left, next.before),
        margin_right: put(dims.margin_right, next.after),
      };
      this.#session.value.setView({ dims: { ...dims, ...both } });
    };
    return html`<ep-popover label=${`Settings of axis ${label}`} icon="sliders">
      <div class="settings">
        <span>Steps per second</span>
        <input
          aria-label="Steps per second"
          class="field"
          type="number"
          min="-120"
          max="120"
          step="any"
          .value=${unlessTyping(String(play.fps * play.direction))}
          @change=${(event: Event) => {
            const fps = (event.target as HTMLInputElement).valueAsNumber;
            if (fps > 0) change({ fps: Math.min(120, fps), direction: 1 });
            else if (fps < 0) change({ fps: Math.min(120, -fps), direction: -1 });
            else this.requestUpdate();
          }}
        />
        <span>Direction</span>
        <select
          aria-label="Direction"
          class="field"
          @change=${(event: Event) => change({ direction: (event.target as HTMLSelectElement).value === "back" ? -1 : 1 })}
        >
          <option value="on" ?selected=${play.direction === 1}>forward</option>
          <option value="back" ?selected=${play.direction === -1}>backward</option>
        </select>
        <span>At the end</span>
        <select
          aria-label="At the end"
          class="field"
          @change=${(event: Event) => {
            const mode = LOOP_MODES.find((one) => one === (event.target as HTMLSelectElement).value);
            if (mode) change({ mode });
          }}
        >
          ${LOOP_MODES.map((mode) => html`<option value=${mode} ?selected=${mode === play.mode}>${mode}</option>`)}
        </select>
        ${distance("Slice thickness", margins.before + margins.after, (value) => thicken({ before: value / 2, after: value / 2 }))}
        ${distance("Margin before", margins.before, (before) => thicken({ before }))}
        ${distance("Margin after", margins.after, (after) => thicken({ after }))}
      </div>
    </ep-popover>`;
  }

  #unit(dims: Dims, axis: number): string {
    const layer = this.#session.value.scene.value?.layers.find((one) => layerNdim(one) === dims.ndim);
    return layer?.units[axis] ?? "pixel";
  }
}
customElements.define("ep-dims-bar", EpDimsBar);
