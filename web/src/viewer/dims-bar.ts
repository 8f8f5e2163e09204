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
import { plain } from "../ui/slider.ts";
import { slidOrder } from "./axes.ts";
import { LOOP_MODES, nextStep, type Play } from "./player.ts";
import { shortUnit } from "./worker/scale-bar.ts";

const DEFAULT_PLAY: Play = { fps: 10, mode: "loop", direction: 1 };

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
      <span class="label" title=${`Axis ${label}`}>${label}</span>
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
    const thickness = (dims.margin_left[axis] ?? 0) + (dims.margin_right[axis] ?? 0);
    const thicken = (event: Event): void => {
      const half = Math.max(0, (event.target as HTMLInputElement).valueAsNumber || 0) / 2;
      const put = (values: readonly number[]) =>
        values.map((value, index) => (index === axis ? half : value));
      const margins = { margin_left: put(dims.margin_left), margin_right: put(dims.margin_right) };
      this.#session.value.setView({ dims: { ...dims, ...margins } });
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
          .value=${String(play.fps)}
          @change=${(event: Event) => {
            const fps = (event.target as HTMLInputElement).valueAsNumber;
            if (fps > 0) change({ fps: Math.min(120, fps), direction: 1 });
            else if (fps < 0) change({ fps: Math.min(120, -fps), direction: -1 });
          }}
        />
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
        <span>Slice thickness</span>
        <input aria-label="Slice thickness" class="field" type="number" min="0" step="any" .value=${plain(thickness)} @change=${thicken} />
      </div>
    </ep-popover>`;
  }

  #unit(dims: Dims, axis: number): string {
    const layer = this.#session.value.scene.value?.layers.find((one) => layerNdim(one) === dims.ndim);
    return layer?.units[axis] ?? "pixel";
  }
}
customElements.define("ep-dims-bar", EpDimsBar);
