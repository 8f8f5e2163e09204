/** <ep-nanochat-page>: one's runs of nanochat, a new one, and several compared. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { ofKind, Told } from "../training/told.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import { type About, aboutPipeline, createRun, listRuns, type Run } from "./api.ts";
import "./compare.ts";
import { colourOf, doneOf, isOpen, keyFigure, stateWords } from "./words.ts";

/** Curves side by side: more cannot be told apart. */
const MOST_COMPARED = 6;

/** See the file's comment. */
export class EpNanochatPage extends EpElement {
  readonly #router = new Shared(this, routerContext);
  readonly #work = new Work(this, (sentence) => {
    this.#wrong = sentence;
  });
  #about: About | undefined;
  #runs: readonly Run[] | undefined;
  #engine = "bundled";
  /** Why there is nothing newer, and why no run was made. */
  #trouble = "";
  #wrong = "";
  readonly #compared = new Set<string>();

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: end;
      }
      form .hint {
        flex-basis: 100%;
        margin: 0;
      }
      .empty {
        margin-top: 16px;
      }
      .dots {
        display: inline-flex;
        gap: 4px;
        align-items: center;
      }
      td.tick {
        width: 1px;
        padding-right: 0;
      }
      td.name {
        max-width: 280px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  constructor() {
    super();
    new Told(this, () => this.#ask(), ofKind("nanochat"));
  }

  async #ask(): Promise<boolean> {
    try {
      this.#about ??= await aboutPipeline();
      this.#runs = await listRuns();
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    return this.#runs?.some((run) => run.going || run.stages.some(isOpen)) ?? false;
  }

  override render(): TemplateResult {
    const about = this.#about;
    const trouble = this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`;
    return html`
      <p><a href="/models">Models</a></p>
      <h1>nanochat</h1>
      <p class="hint">
        A language model from nothing: text, a tokenizer, pretraining, conversations, reinforcement learning, an evaluation, and a
        chat with what came of it.
      </p>
      ${trouble}
      ${about ? this.#form(about) : this.#trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}
      ${about && this.#runs ? this.#list(this.#runs, about) : nothing}
    `;
  }

  #form({ engines, gpus }: About): TemplateResult {
    const chosen = engines.find(({ name }) => name === this.#engine);
    return html`<section aria-labelledby="new">
      <div class="head"><h2 id="new">New run</h2></div>
      <form @submit=${(event: SubmitEvent) => void this.#create(event)}>
        <label class="stack">
          Name
          <input class="field" name="name" required maxlength="40" pattern="[A-Za-z0-9][A-Za-z0-9_.\\-]*" title="Letters, digits, dots and dashes" autocomplete="off" />
        </label>
        <label class="stack">
          Engine
          <select
            class="field"
            name="engine"
            @change=${(event: Event) => {
              this.#engine = (event.target as HTMLSelectElement).value;
              this.requestUpdate();
            }}
          >
            ${engines.map(({ name, title }) => html`<option value=${name} ?selected=${name === this.#engine}>${title}</option>`)}
          </select>
        </label>
        <button class="button primary" ?disabled=${this.#work.busy || !chosen?.available}>New run</button>
        <p class=${chosen?.available ? "hint" : "hint bad"}>
          ${chosen?.message} ${gpus > 0 ? "" : "This node has no GPU for it: the settings to begin with are for a CPU."}
        </p>
        ${this.#wrong === "" ? nothing : html`<p class="bad" role="alert">${this.#wrong}</p>`}
      </form>
    </section>`;
  }

  #list(runs: readonly Run[], about: About): TemplateResult {
    if (runs.length === 0)
      return html`<div class="empty">
        <p>There is no run yet. Name one, and let all its stages run: on two cores of a CPU that takes a few minutes.</p>
      </div>`;
    const compared = runs.filter(({ id }) => this.#compared.has(id));
    return html`<section aria-labelledby="runs">
      <div class="head"><h2 id="runs">Runs</h2></div>
      ${compared.length > 1 ? html`<ep-run-compare .runs=${compared} .about=${about}></ep-run-compare>` : nothing}
      <div class="scroll">
        <table aria-labelledby="runs">
          <thead>
            <tr>
              <th><span class="hidden-text">Compare</span></th>
              <th>Name</th>
              <th>Stages</th>
              <th>Newest</th>
              <th>Engine</th>
              <th>Begun</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              runs,
              ({ id }) => id,
              (run) => this.#row(run, about),
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #row(run: Run, about: About): TemplateResult {
    const newest = run.stages.findLast((stage) => stage.stage !== "evaluation" && keyFigure(stage) !== "");
    const begun = run.created_at * 1000;
    return html`<tr>
      <td class="tick">
        <input
          type="checkbox"
          aria-label=${`Compare ${run.name}`}
          .checked=${this.#compared.has(run.id)}
          ?disabled=${this.#compared.size >= MOST_COMPARED && !this.#compared.has(run.id)}
          @change=${(event: Event) => this.#choose(run.id, (event.target as HTMLInputElement).checked)}
        />
      </td>
      <td class="name"><a href=${`/models/nanochat/${run.id}`}>${run.name}</a></td>
      <td>
        <span class="dots" role="img" aria-label=${`${doneOf(run)} of ${run.stages.length} stages have succeeded`}>
          ${run.stages.map(
            (state) =>
              html`<span class="dot" style=${`--colour: ${colourOf(state)}`} title=${`${state.stage}: ${stateWords(state)}`}></span>`,
          )}
        </span>
        ${run.going ? html`<span class="quiet">going on</span>` : nothing}
      </td>
      <td class="num">${newest ? keyFigure(newest) : ""}</td>
      <td>${about.engines.find(({ name }) => name === run.engine)?.title ?? run.engine}</td>
      <td><time datetime=${new Date(begun).toISOString()} title=${moment(begun)}>${ago(begun)}</time></td>
    </tr>`;
  }

  #choose(id: string, on: boolean): void {
    if (on) this.#compared.add(id);
    else this.#compared.delete(id);
    this.requestUpdate();
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.#wrong = "";
    await this.#work.run(async () => {
      const { id } = await createRun(String(form.get("name")), String(form.get("engine")));
      this.#router.value.go({ page: "nanochat-run", run: id, stage: "" });
    });
  }
}
customElements.define("ep-nanochat-page", EpNanochatPage);
