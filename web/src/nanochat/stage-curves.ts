/** <ep-stage-curves>: figures of one stage, or one figure of several runs, against steps, time or FLOPs. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import "../training/chart.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { AXES, type Axis, curvesOver, type Metrics } from "./axis.ts";
import { metricWords } from "./words.ts";

/** Figures that are no curves to look at: they are axes. */
const ASIDE = new Set(["seconds", "flops", "tokens", "epoch", "eta_seconds", "documents", "bytes"]);
/** First among the figures. */
const FIRST = ["loss", "bits_per_byte", "reward", "tokens_per_second", "mfu", "memory_bytes"];

/** Where curves are from. */
export interface Source {
  readonly label: string;
  readonly metrics: Metrics;
}

/** The names of all figures of some sources, the telling ones first. */
export function figuresOf(sources: readonly Source[]): string[] {
  const names = new Set(sources.flatMap(({ metrics }) => Object.keys(metrics)));
  const rest = [...names].filter((name) => !FIRST.includes(name) && !ASIDE.has(name)).sort();
  return [...FIRST.filter((name) => names.has(name)), ...rest];
}

/** See the file's comment. */
export class EpStageCurves extends EpElement {
  static override properties = { sources: { attribute: false }, label: {} };
  declare sources: readonly Source[];
  declare label: string;
  #axis: Axis = "steps";
  #metric = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: none;
        margin: 0;
        padding: 0;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 24px;
        margin-bottom: 8px;
      }
      .choices label {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .choices > div {
        display: flex;
        gap: 4px;
        align-items: center;
      }
    `,
  ];

  constructor() {
    super();
    this.sources = [];
    this.label = "Curves";
  }

  override render(): TemplateResult | typeof nothing {
    const names = figuresOf(this.sources);
    const metric = names.includes(this.#metric) ? this.#metric : (names[0] ?? "");
    if (metric === "") return nothing;
    const asked = this.sources.map(({ label, metrics }) => ({
      ...{ metrics, metric, label: this.sources.length > 1 ? label : metricWords(metric) },
    }));
    const { curves, unit } = curvesOver(asked, this.#axis);
    return html`
      <div class="choices">
        <label>
          Figure
          <select class="field" @change=${(event: Event) => this.#show((event.target as HTMLSelectElement).value)}>
            ${names.map((name) => html`<option value=${name} ?selected=${name === metric}>${metricWords(name)}</option>`)}
          </select>
        </label>
        <div role="group" aria-label="Against">
          ${AXES.map(
            (axis) => html`<button
              class="button"
              type="button"
              aria-pressed=${axis === this.#axis ? "true" : "false"}
              @click=${() => this.#against(axis)}
            >
              ${axis}
            </button>`,
          )}
        </div>
      </div>
      ${
        curves.length === 0
          ? html`<p class="quiet" role="status">${metricWords(metric)} was not measured against ${this.#axis}.</p>`
          : html`<ep-chart .curves=${curves} .label=${`${this.label}: ${metricWords(metric)}`} .unit=${unit}></ep-chart>`
      }
    `;
  }

  #show(metric: string): void {
    this.#metric = metric;
    this.requestUpdate();
  }

  #against(axis: Axis): void {
    this.#axis = axis;
    this.requestUpdate();
  }
}
customElements.define("ep-stage-curves", EpStageCurves);
