/** <ep-stage-result>: what a stage came to: figures, compression, benchmarks, samples. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { Benchmark, Score, StageResult } from "./api.ts";
import type { SamplesAt } from "./entries.ts";
import { measured, metricWords } from "./words.ts";

const ASIDE = new Set(["total_steps"]);

/** A score with how sure it is. */
export function scoreWords(
  { score, margin }: Pick<Score, "score" | "margin">,
  better: string | undefined,
): string {
  if (better !== "higher") return score.toFixed(3);
  const sure = margin === null || margin === 0 ? "" : ` ± ${Math.round(100 * margin)}`;
  return `${Math.round(100 * score)} %${sure}`;
}

/** See the file's comment. */
export class EpStageResult extends EpElement {
  static override properties = {
    result: { attribute: false },
    samples: { attribute: false },
    benchmarks: { attribute: false },
  };
  declare result: StageResult | null;
  declare samples: readonly SamplesAt[];
  /** What is known of the benchmarks. */
  declare benchmarks: readonly Benchmark[];
  #step: number | undefined;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        display: grid;
        gap: 24px;
        max-width: none;
        margin: 0;
        padding: 0;
      }
      section {
        margin: 0 !important;
        min-width: 0;
      }
      .samples {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .samples li {
        padding: 8px 12px;
        border-left: 2px solid var(--line-strong);
        background: var(--panel);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .samples b {
        color: var(--quiet);
        font-weight: 400;
      }
      .num {
        text-align: right;
      }
    `,
  ];

  constructor() {
    super();
    this.result = null;
    this.samples = [];
    this.benchmarks = [];
  }

  override render(): TemplateResult {
    return html`${this.#benchmarks()}${this.#samples()}${this.#compression()}${this.#figures()}`;
  }

  #figures(): TemplateResult | typeof nothing {
    const facts = Object.entries(this.result ?? {}).flatMap(([name, value]) =>
      typeof value === "number" && !ASIDE.has(name) ? [[name, measured(name, value)] as const] : [],
    );
    const peak = this.result?.peak_source;
    if (facts.length === 0) return nothing;
    return html`<section aria-labelledby="figures">
      <div class="head"><h2 id="figures">What it came to</h2></div>
      <dl>
        ${facts.map(([name, value]) => html`<dt>${metricWords(name)}</dt><dd>${value}</dd>`)}
        ${typeof peak === "string" ? html`<dt>MFU is against</dt><dd>${peak}</dd>` : nothing}
      </dl>
    </section>`;
  }

  #compression(): TemplateResult | typeof nothing {
    const rows = this.result?.compression;
    if (!rows) return nothing;
    return html`<section aria-labelledby="compression">
      <div class="head"><h2 id="compression">Compression against bytes</h2></div>
      <div class="scroll">
        <table aria-labelledby="compression">
          <thead>
            <tr><th>Text</th><th class="num">Bytes</th><th class="num">Tokens</th><th class="num">Bytes a token</th></tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) => html`<tr>
                <td>${row.text}</td>
                <td class="num">${measured("count", row.bytes)}</td>
                <td class="num">${measured("count", row.tokens)}</td>
                <td class="num">${row.bytes_per_token.toFixed(2)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #benchmarks(): TemplateResult | typeof nothing {
    const scores = Object.entries(this.result?.benchmarks ?? {});
    if (scores.length === 0) return nothing;
    return html`<section aria-labelledby="scores">
      <div class="head"><h2 id="scores">Benchmarks</h2></div>
      <div class="scroll">
        <table aria-labelledby="scores">
          <thead>
            <tr><th>Benchmark</th><th class="num">Score</th><th class="num">By chance</th><th class="num">Items</th></tr>
          </thead>
          <tbody>
            ${scores.map(([name, score]) => {
              const known = this.benchmarks.find(({ id }) => id === name);
              return html`<tr title=${known?.about ?? nothing}>
                <td>${known?.title ?? name}</td>
                <td class="num">${scoreWords(score, known?.better ?? (name.includes("bits") ? "lower" : "higher"))}</td>
                <td class="num">${known?.chance == null ? "" : `${100 * known.chance} %`}</td>
                <td class="num">${score.items ?? ""}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <p class="hint">
        They are small, and about the text that ships with this project. Sums and words to spell were held out of training; the
        animals were not.
      </p>
    </section>`;
  }

  #samples(): TemplateResult | typeof nothing {
    const given = this.result?.samples;
    const all = this.samples.length > 0 ? this.samples : given ? [{ step: -1, samples: given }] : [];
    const shown = all.find(({ step }) => step === this.#step) ?? all[0];
    if (!shown || shown.samples.length === 0) return nothing;
    return html`<section aria-labelledby="samples">
      <div class="head">
        <h2 id="samples">Samples</h2>
        ${
          all.length > 1
            ? html`<label class="line">
                <span>At step</span>
                <select class="field" @change=${(event: Event) => this.#at((event.target as HTMLSelectElement).value)}>
                  ${all.map(({ step }) => html`<option value=${step} ?selected=${step === shown.step}>${step}</option>`)}
                </select>
              </label>`
            : nothing
        }
      </div>
      <ul class="samples" aria-labelledby="samples">
        ${shown.samples.map(({ prompt, text }) => html`<li><b>${prompt}</b>${prompt === "" || /^\s/.test(text) ? "" : " "}${text}</li>`)}
      </ul>
    </section>`;
  }

  #at(step: string): void {
    this.#step = Number(step);
    this.requestUpdate();
  }
}
customElements.define("ep-stage-result", EpStageResult);
