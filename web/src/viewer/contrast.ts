/** <ep-contrast>: contrast limits on the histogram of what is shown. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type PropertyValues, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { plain } from "../ui/slider.ts";
import { unlessTyping } from "../ui/unless-typing.ts";

interface Histogram {
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** New limits from a moved one and those of now. */
type Limits = (value: number, now: readonly [number, number]) => [number, number];

const BINS = 128;
/** The histogram is asked for again this long after the slice last changed. */
const REST_MS = 350;

/** A filled outline of the counts (their logarithm, so that few bright voxels show) over a range, in a 100 x 100 box. */
export function outline(histogram: Histogram, low: number, high: number): string {
  const { counts, min, max } = histogram;
  const most = Math.max(0, ...counts.map((count) => Math.log1p(count))) || 1;
  const x = (value: number) => ((value - low) / (high - low || 1)) * 100;
  const width = (max - min) / Math.max(1, counts.length);
  const steps = counts.map((count, index) => {
    const y = 100 - (Math.log1p(count) / most) * 100;
    const from = x(min + index * width);
    return `L${from.toFixed(2)} ${y.toFixed(1)}L${x(min + (index + 1) * width).toFixed(2)} ${y.toFixed(1)}`;
  });
  return `M${x(min).toFixed(2)} 100${steps.join("")}L${x(max).toFixed(2)} 100Z`;
}

/** See the file's comment. */
export class EpContrast extends EpElement {
  static override properties = { layer: { attribute: false }, disabled: { type: Boolean } };
  declare layer: ImageLayer | undefined;
  declare disabled: boolean;
  readonly #session = new Shared(this, sessionContext);
  #histogram: Histogram | undefined;
  #of = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #merge = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      .graph {
        position: relative;
        height: 64px;
        border-radius: 4px;
        background: var(--ground);
        overflow: hidden;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .bars {
        fill: var(--quiet);
        opacity: 0.55;
      }
      .kept {
        fill: var(--accent);
        opacity: 0.14;
      }
      .edge {
        stroke: var(--accent);
        stroke-width: 1.5;
        vector-effect: non-scaling-stroke;
      }
      .thumbs {
        position: relative;
        height: var(--hit);
        margin: -4px -6px 0;
      }
      .thumbs input {
        position: absolute;
        inset: 0;
        pointer-events: none;
        --track: transparent;
      }
      .thumbs input::-webkit-slider-thumb {
        pointer-events: auto;
      }
      .thumbs input::-moz-range-thumb {
        pointer-events: auto;
      }
      .numbers {
        display: grid;
        grid-template-columns: 1fr auto auto 1fr;
        gap: 4px;
        align-items: center;
      }
      .numbers .field {
        width: 100%;
      }
      .button {
        font-size: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.layer = undefined;
    this.disabled = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    const { layer } = this;
    if (!layer) return;
    const dims = this.#session.value.dims.value;
    const loaded = this.#session.value.loading.value.complete;
    const of = JSON.stringify([layer.id, layer.data.version, dims?.point, dims?.ndisplay, loaded]);
    if (of === this.#of) return;
    // Another layer's histogram is wrong at once; another slice's is only a little old.
    if (JSON.parse(this.#of || "[]")[0] !== layer.id) this.#histogram = undefined;
    this.#of = of;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(layer.id), this.#histogram ? REST_MS : 0);
  }

  async #ask(layer: string): Promise<void> {
    try {
      const event = await this.#session.value.ask({ histogram: { layer, bins: BINS } });
      if (!event.histogram || this.layer?.id !== layer) return;
      const { counts, min, max } = event.histogram;
      // Nothing but NaN is on the screen: there is no least and no greatest.
      this.#histogram = min <= max && Number.isFinite(max - min) ? { counts, min, max } : undefined;
      this.requestUpdate();
    } catch (cause) {
      // The limits can be set without it; it is asked for again at the next change.
      console.info("No histogram:", cause);
    }
  }

  override render(): TemplateResult {
    const { layer } = this;
    if (!layer) return html``;
    // Read here, so that the histogram follows the slice.
    const dims = this.#session.value.dims.value;
    const loading = this.#session.value.loading.value;
    const [low, high] = layer.contrast_limits;
    const [from, to] = layer.contrast_limits_range;
    const x = (value: number) => (to > from ? ((value - from) / (to - from)) * 100 : 0);
    const hint =
      dims && !loading.complete ? "Histogram of what is loaded so far" : "Histogram of what is shown";
    return html`
      <div class="graph" title=${hint}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          ${this.#histogram ? svg`<path class="bars" d=${outline(this.#histogram, from, to)} />` : ""}
          ${svg`<rect class="kept" x=${x(low)} y="0" width=${Math.max(0, x(high) - x(low))} height="100" />
            <path class="edge" d=${`M${x(low)} 0V100M${x(high)} 0V100`} />`}
        </svg>
      </div>
      <div class="thumbs">
        ${this.#thumb("Contrast minimum", low, (value, [, top]) => [Math.min(value, top - this.#step()), top])}
        ${this.#thumb("Contrast maximum", high, (value, [bottom]) => [bottom, Math.max(value, bottom + this.#step())])}
      </div>
      <div class="numbers">
        ${this.#number("Contrast minimum, number", low, (value, [, top]) => [value, Math.max(top, value + this.#step())])}
        <button class="button framed" type="button" title="Limits of what is shown" ?disabled=${this.disabled} @click=${this.#auto}>
          Auto
        </button>
        <button
          class="button framed"
          type="button"
          title="The slider spans the whole range of what is shown"
          ?disabled=${this.disabled || !this.#histogram}
          @click=${this.#full}
        >
          Full
        </button>
        ${this.#number("Contrast maximum, number", high, (value, [bottom]) => [Math.min(bottom, value - this.#step()), value])}
      </div>
    `;
  }

  #thumb(label: string, value: number, limits: Limits): TemplateResult {
    const [from, to] = this.layer?.contrast_limits_range ?? [0, 1];
    return html`<input
      type="range"
      aria-label=${label}
      min=${from}
      max=${to}
      step=${this.#step()}
      ?disabled=${this.disabled}
      .value=${live(String(value))}
      @input=${(event: Event) => {
        if (this.#merge === "") this.#merge = this.#session.value.newMerge();
        this.#set(limits((event.target as HTMLInputElement).valueAsNumber, this.#limits()), this.#merge);
      }}
      @change=${() => {
        this.#merge = "";
      }}
    />`;
  }

  #number(label: string, value: number, limits: Limits): TemplateResult {
    return html`<input
      class="field"
      type="number"
      step="any"
      aria-label=${label}
      ?disabled=${this.disabled}
      .value=${unlessTyping(plain(value))}
      @change=${(event: Event) => {
        const number = (event.target as HTMLInputElement).valueAsNumber;
        if (Number.isFinite(number)) this.#set(limits(number, this.#limits()), "");
      }}
    />`;
  }

  /** The sliders' step, and the least that the limits are apart. */
  #step(): number {
    const [from, to] = this.layer?.contrast_limits_range ?? [0, 1];
    const whole = this.layer && !this.layer.data.dtype.startsWith("float") && to - from > 50;
    return whole ? 1 : (to - from) / 1000 || 1e-3;
  }

  /** As they are when the hand moves, which may be before the next drawing. */
  #limits(): [number, number] {
    return this.layer?.contrast_limits ?? [0, 1];
  }

  /** Limits outside of the slider's range widen it. */
  #set(limits: [number, number], merge: string): void {
    const { layer } = this;
    if (!layer) return;
    const [from, to] = layer.contrast_limits_range;
    const wider: [number, number] = [Math.min(from, limits[0]), Math.max(to, limits[1])];
    const widened = wider[0] !== from || wider[1] !== to;
    const set = { contrast_limits: limits, ...(widened ? { contrast_limits_range: wider } : {}) };
    this.#session.value.apply([{ op: "layer.set", id: layer.id, set }], merge);
  }

  readonly #auto = (): void => {
    if (this.layer) this.#session.value.autoContrast(this.layer.id);
  };

  readonly #full = (): void => {
    const { layer } = this;
    if (!layer || !this.#histogram) return;
    const { min, max } = this.#histogram;
    const [low, high] = layer.contrast_limits;
    if (!(max > min)) return;
    const contrast_limits: [number, number] = [Math.max(low, min), Math.min(high, max)];
    const inside = contrast_limits[1] > contrast_limits[0];
    const set = {
      contrast_limits_range: [min, max] as [number, number],
      ...(inside ? { contrast_limits } : {}),
    };
    this.#session.value.apply([{ op: "layer.set", id: layer.id, set }]);
  };
}
customElements.define("ep-contrast", EpContrast);
