/** <ep-evaluate-page>: models are asked what they were not trained on, and stand beside each other. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Benchmark } from "../nanochat/api.ts";
import { scoreWords } from "../nanochat/stage-result.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { ofKind, Told } from "../training/told.ts";
import { colourOf, duration, isOver, statusWord } from "../training/words.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import {
  deleteEvaluation,
  type Evaluation,
  evaluate,
  listBenchmarks,
  listEvaluated,
  listEvaluations,
  listResults,
  type Result,
} from "./api.ts";
import { evaluateStyles } from "./evaluate-styles.ts";
import { bestAt, type Row, rowsOf } from "./scores.ts";

/** Models of one request. */
const MOST_MODELS = 8;

/** See the file's comment. `model`: which is chosen at first. */
export class EpEvaluatePage extends EpElement {
  static override properties = { model: {} };
  declare model: string;
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #told = new Told(this, () => this.#ask(), ofKind("evaluation"));
  #benchmarks: readonly Benchmark[] | undefined;
  #models: readonly string[] = [];
  #evaluations: readonly Evaluation[] = [];
  #results: readonly Result[] = [];
  readonly #chosen = new Set<string>();
  readonly #left = new Set<string>();
  /** Whose answers are shown: model and benchmark. */
  #opened: Result | undefined;
  #trouble = "";

  static override styles = [sharedStyles, pageStyles, evaluateStyles];

  constructor() {
    super();
    this.model = "";
  }

  protected override willUpdate(changes: Map<string, unknown>): void {
    if (changes.has("model") && this.model !== "") this.#chosen.add(this.model);
  }

  async #ask(): Promise<boolean> {
    try {
      this.#benchmarks ??= await listBenchmarks();
      [this.#models, this.#evaluations, this.#results] = await Promise.all([
        listEvaluated(),
        listEvaluations(),
        listResults(),
      ]);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    // A checkpoint is in no list.
    if (this.model !== "" && !this.#models.includes(this.model)) this.#models = [this.model, ...this.#models];
    this.requestUpdate();
    return this.#evaluations.some(({ status }) => !isOver(status));
  }

  override render(): TemplateResult {
    const benchmarks = this.#benchmarks;
    return html`
      <h1>Evaluate</h1>
      <p class="hint">
        Small benchmarks that need no network. They are about the text that ships with this project: they tell models that learned it
        apart, and say little about others.
      </p>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      ${
        benchmarks
          ? html`${this.#form(benchmarks)} ${this.#scores(benchmarks)} ${this.#history()}`
          : this.#trouble === ""
            ? html`<p role="status" class="quiet">Asking the node.</p>`
            : nothing
      }
    `;
  }

  #form(benchmarks: readonly Benchmark[]): TemplateResult {
    if (this.#models.length === 0)
      return html`<div class="empty">
        <p>There is no model to evaluate yet. Make one by <a href="/models/nanochat">nanochat</a>, or <a href="/models/new">train one</a>.</p>
      </div>`;
    const chosen = this.#models.filter((id) => this.#chosen.has(id));
    const asked = benchmarks.filter(({ id }) => !this.#left.has(id));
    return html`<section aria-label="New evaluation">
      <div class="choices">
        <fieldset>
          <legend>Models</legend>
          <div>
            ${this.#models.map((id) => this.#tick(this.#chosen, id, id, chosen.length >= MOST_MODELS && !this.#chosen.has(id), false))}
          </div>
        </fieldset>
        <fieldset>
          <legend>Benchmarks</legend>
          <div>
            ${benchmarks.map(({ id, title, about }) => this.#tick(this.#left, id, html`<span>${title} <small>${about}</small></span>`, false, true))}
          </div>
        </fieldset>
      </div>
      <button
        class="button primary"
        type="button"
        ?disabled=${this.#work.busy || chosen.length === 0 || asked.length === 0}
        @click=${() => void this.#evaluate(chosen, asked)}
      >
        ${chosen.length > 1 ? `Evaluate ${chosen.length} models` : "Evaluate"}
      </button>
    </section>`;
  }

  /** @param left whether what is in the set is what is not ticked */
  #tick(set: Set<string>, id: string, words: unknown, disabled: boolean, left: boolean): TemplateResult {
    return html`<label>
      <input
        type="checkbox"
        .checked=${set.has(id) !== left}
        ?disabled=${disabled}
        @change=${(event: Event) => {
          if ((event.target as HTMLInputElement).checked !== left) set.add(id);
          else set.delete(id);
          this.requestUpdate();
        }}
      />
      ${words}
    </label>`;
  }

  #scores(benchmarks: readonly Benchmark[]): TemplateResult | typeof nothing {
    const rows = rowsOf(this.#results);
    if (rows.length === 0) return nothing;
    const shown = benchmarks.filter(({ id }) => rows.some(({ results }) => results[id]));
    const best = new Map(shown.map((benchmark) => [benchmark.id, bestAt(rows, benchmark)]));
    return html`<section aria-labelledby="scores">
      <div class="head"><h2 id="scores">Scores</h2></div>
      <div class="scroll">
        <table aria-labelledby="scores">
          <thead>
            <tr>
              <th>Model</th>
              ${shown.map(({ title, about, items }) => html`<th class="num" title=${about}>${title}<br />${items} items</th>`)}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              rows,
              ({ model }) => model,
              (row) => html`<tr>
                <td>${row.model}</td>
                ${shown.map((benchmark) => this.#score(row, benchmark, best.get(benchmark.id)?.has(row.model) ?? false))}
              </tr>`,
            )}
            <tr>
              <td class="quiet">by chance</td>
              ${shown.map(({ chance }) => html`<td class="num quiet">${chance === null ? "" : `${100 * chance} %`}</td>`)}
            </tr>
          </tbody>
        </table>
      </div>
      <p class="hint">± is half of the range in which 95 of 100 such scores would lie. A score shows the answers that it is of.</p>
      ${this.#answers()}
    </section>`;
  }

  #score({ model, results }: Row, { id, title, better }: Benchmark, best: boolean): TemplateResult {
    const result = results[id];
    if (!result) return html`<td></td>`;
    const words = scoreWords(result, better);
    const inside = html`<span class=${best ? "best" : ""}>${words}</span>`;
    if (result.examples.length === 0) return html`<td class="num">${inside}</td>`;
    return html`<td class="num">
      <button
        class="button"
        type="button"
        aria-label=${`${title} of ${model}: ${words}, show answers`}
        aria-pressed=${this.#opened === result ? "true" : "false"}
        @click=${() => this.#open(result)}
      >
        ${inside}
      </button>
    </td>`;
  }

  #answers(): TemplateResult | typeof nothing {
    const result = this.#opened;
    if (!result) return nothing;
    const title = this.#benchmarks?.find(({ id }) => id === result.benchmark)?.title ?? result.benchmark;
    return html`<h2 id="answers">${title}: answers of ${result.model}</h2>
      <ul class="answers" aria-labelledby="answers">
        ${result.examples.map(({ prompt, text, right }) => {
          const good = text.trim() === right;
          return html`<li class=${good ? "right" : ""}>
            <span class="quiet">${prompt}</span> ${text}${good ? " (right)" : html` <span class="quiet">(right: ${right})</span>`}
          </li>`;
        })}
      </ul>`;
  }

  #history(): TemplateResult | typeof nothing {
    if (this.#evaluations.length === 0) return nothing;
    return html`<section aria-labelledby="history">
      <div class="head"><h2 id="history">Evaluations</h2></div>
      <ul class="rows" aria-labelledby="history">
        ${repeat(
          this.#evaluations,
          ({ id }) => id,
          (one) => html`<li>
            <span class="main">
              <span class="state" style=${`--colour: ${colourOf(one.status)}`} title=${one.status_reason}>
                <span class="dot"></span>${statusWord(one.status)}
              </span>
              <span class="name" title=${one.model}>${one.model}</span>
              <span class="aside num">${this.#progress(one)}</span>
              <time class="aside push" datetime=${new Date(one.created_at * 1000).toISOString()} title=${moment(one.created_at * 1000)}>
                ${ago(one.created_at * 1000)}
              </time>
            </span>
            <button
              class="button icon"
              type="button"
              aria-label=${`${isOver(one.status) ? "Delete" : "Cancel"} the evaluation of ${one.model}`}
              title=${isOver(one.status) ? "Delete" : "Cancel"}
              ?disabled=${this.#work.busy}
              @click=${() => void this.#delete(one)}
            >
              <ep-icon name=${isOver(one.status) ? "trash" : "square"}></ep-icon>
            </button>
            ${one.status === "failed" ? html`<p class="bad why">${one.status_reason}</p>` : nothing}
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #progress({ status, benchmarks, done, created_at: from, finished_at: to }: Evaluation): string {
    const ran = duration((to ?? Date.now() / 1000) - from);
    return isOver(status) ? ran : `${done} of ${benchmarks.length}, ${ran}`;
  }

  #open(result: Result): void {
    this.#opened = this.#opened === result ? undefined : result;
    this.requestUpdate();
  }

  async #evaluate(models: readonly string[], benchmarks: readonly Benchmark[]): Promise<void> {
    await this.#work.run(async () => {
      await evaluate(
        models,
        benchmarks.map(({ id }) => id),
      );
    });
    await this.#told.now();
  }

  async #delete({ id, model, status }: Evaluation): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: isOver(status) ? "Delete this evaluation?" : "Cancel this evaluation?",
      words: isOver(status)
        ? `Its scores of ${model} are lost; it can be evaluated again.`
        : `What it has found out about ${model} so far is lost; it can be evaluated again.`,
      action: isOver(status) ? "Delete it" : "Cancel it",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => deleteEvaluation(id));
    this.#opened = undefined;
    await this.#told.now();
  }
}
customElements.define("ep-evaluate-page", EpEvaluatePage);
