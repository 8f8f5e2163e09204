/** <ep-chart>: curves against steps, drawn by uPlot in the colours of the theme. Drag to zoom, double click for all. */
import { css, html, type TemplateResult, unsafeCSS } from "lit";
import type uPlot from "uplot";
import uplotStyles from "uplot/dist/uPlot.min.css?inline";
import { preferencesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { figure } from "./words.ts";

/** One curve. */
export interface Curve {
  readonly label: string;
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
}

/** Colours of curves, in their order: told apart also by who sees few colours, on both grounds. */
const COLOURS = ["#3aa8e8", "#e0952f", "#35b07f", "#d8607c", "#9a7ae0", "#9aa235"];
const HEIGHT = 260;
/** Between two ticks: there are no halves of steps. */
const STEPS = Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power)).flat();

/** The library, once it was needed. */
let Plot: typeof uPlot | undefined;

/** Fetches it. It formats numbers by the browser's language as it loads, and fails where that is none: `en-US@posix` under LANG=C. */
async function loadPlot(): Promise<void> {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
  }
  Plot = (await import("uplot")).default;
}

/** See the file's comment. `label` names it for who does not see it. */
export class EpChart extends EpElement {
  static override properties = {
    curves: { attribute: false },
    label: {},
    unit: {},
    whole: { type: Boolean },
  };
  declare curves: readonly Curve[];
  declare label: string;
  /** What the horizontal axis counts. */
  declare unit: string;
  /** The values are counts: there are no halves of them. */
  declare whole: boolean;
  readonly #preferences = new Shared(this, preferencesContext);
  #plot: uPlot | undefined;
  #drawn = "";
  #theme = "";
  readonly #size = new ResizeObserver(() => this.#resize());

  static override styles = [
    sharedStyles,
    unsafeCSS(uplotStyles),
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .plot {
        min-height: ${HEIGHT}px;
      }
      .u-legend {
        color: var(--text);
        font-size: 12px;
        text-align: left;
      }
      .u-legend .u-value {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    this.curves = [];
    this.label = "Chart";
    this.unit = "step";
    this.whole = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!Plot)
      loadPlot().then(
        () => this.requestUpdate(),
        (cause: unknown) => console.error("Curves cannot be drawn:", cause),
      );
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#drawn = "";
  }

  override render(): TemplateResult {
    // Read here, so that another theme draws it again.
    this.#theme = this.#preferences.value.values.value.theme;
    return html`<div class="plot" role="img" aria-label=${this.#words()}></div>`;
  }

  protected override updated(): void {
    this.#draw();
  }

  /** The newest figures, for who does not see the curves. */
  #words(): string {
    const last = this.curves.map(({ label, steps, values }) => {
      const at = values.findLastIndex((value) => value !== null);
      return at < 0 ? `${label} has no figures yet` : `${label} ${figure(values[at] ?? 0)} at ${steps[at]}`;
    });
    return `${this.label}: ${last.join(", ")}`;
  }

  #draw(): void {
    const place = this.renderRoot.querySelector<HTMLElement>(".plot");
    if (!place || !Plot) return;
    const data = joined(this.curves);
    const shape = JSON.stringify([this.#theme, this.unit, this.curves.map(({ label }) => label)]);
    if (this.#plot && shape === this.#drawn) {
      // What somebody has zoomed into stays in sight.
      const { min, max } = this.#plot.scales.x ?? {};
      const before = this.#plot.data[0];
      const whole = min === before[0] && max === before.at(-1);
      this.#plot.setData(data, whole || before.length === 0);
      showNewest(this.#plot);
      return;
    }
    this.#plot?.destroy();
    this.#drawn = shape;
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour("--quiet"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { show: false },
    };
    this.#plot = new Plot(
      {
        ...{ width: Math.max(200, this.clientWidth), height: HEIGHT },
        scales: { x: { time: false } },
        hooks: { setLegend: [showNewest] },
        axes: [
          {
            ...axis,
            incrs: STEPS,
            size: 32,
            label: this.unit,
            labelSize: 18,
            labelGap: 0,
            labelFont: "11px system-ui",
          },
          {
            ...axis,
            size: 56,
            ...(this.whole && { incrs: STEPS }),
            values: (_plot, ticks) => ticks.map((tick) => figure(tick)),
          },
        ],
        series: [
          {
            label: this.unit,
            value: (_plot: uPlot, value: number | null) => (value === null ? "" : String(value)),
          },
          ...this.curves.map(({ label }, i) => ({
            ...{ label, stroke: COLOURS[i % COLOURS.length] ?? "#3aa8e8", width: 1.5, spanGaps: true },
            points: { show: data[0].length < 40 },
            value: (_plot: uPlot, value: number | null) => (value === null ? "" : figure(value)),
          })),
        ],
      },
      data,
      place,
    );
    showNewest(this.#plot);
  }

  #resize(): void {
    this.#plot?.setSize({ width: Math.max(200, this.clientWidth), height: HEIGHT });
  }
}
customElements.define("ep-chart", EpChart);

/** Where no pointer is over the curves, the words below them are of the newest figures: never a name without a number. */
function showNewest(plot: uPlot): void {
  const last = (plot.data[0]?.length ?? 0) - 1;
  if (plot.cursor.idx !== null && plot.cursor.idx !== undefined && (plot.cursor.left ?? -1) >= 0) return;
  if (last < 0) return;
  const idxs = plot.data.map((row, at) => (at === 0 ? last : row.findLastIndex((value) => value !== null)));
  // Without its hook, which is this.
  plot.setLegend({ idxs: idxs.map((at) => (at < 0 ? null : at)) }, false);
}

/** Curves over one axis: each has a value, or none, at every step that any of them has. */
export function joined(curves: readonly Curve[]): uPlot.AlignedData {
  const steps = [...new Set(curves.flatMap((curve) => curve.steps))].sort((a, b) => a - b);
  const at = new Map(steps.map((step, i) => [step, i]));
  const rows = curves.map((curve) => {
    const row: (number | null)[] = new Array(steps.length).fill(null);
    for (const [i, step] of curve.steps.entries()) row[at.get(step) ?? 0] = curve.values[i] ?? null;
    return row;
  });
  return [steps, ...rows];
}
