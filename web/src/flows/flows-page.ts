/** <ep-flows-page>: the catalogue of flows, found by words and tags, and what runs now. */
import { css, html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { type Catalogue, type Flow, listFlows, listRuns, type RunLine } from "./api.ts";
import "./flows-nav.ts";
import "./flows-wait.ts";
import { type FlowsChange, FlowsLive, Soon } from "./live.ts";
import { rowStyles, runRow } from "./run-rows.ts";
import { authorLine } from "./words.ts";

const RUNS = 5;
/** Many changes at once are one question. */
const GATHER_MS = 150;
/** While services start, the node has words for how far they are. */
const PREPARING_MS = 1000;

/** See the file's comment. `words`, `tag`: what is looked for. */
export class EpFlowsPage extends EpElement {
  static override properties = { words: {}, tag: {} };
  declare words: string;
  declare tag: string;
  readonly #router = new Shared(this, routerContext);
  #catalogue: Catalogue | undefined;
  #runs: readonly RunLine[] = [];
  #trouble = "";
  readonly #soon = new Soon(this, () => this.#ask());

  static override styles = [
    sharedStyles,
    pageStyles,
    rowStyles,
    css`
      .tags {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-bottom: 12px;
      }
      .cards {
        grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
      }
      .card p {
        margin: 0;
        flex: 1;
      }
      .card .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        color: var(--quiet);
        font-size: 12px;
      }
      .card .tag {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 9px;
      }
    `,
  ];

  constructor() {
    super();
    this.words = "";
    this.tag = "";
    new FlowsLive(
      this,
      (change) => this.#hear(change),
      () => this.#runs.some(({ finish }) => finish === null),
    );
  }

  #hear(change: FlowsChange): void {
    const at = change.type === "run" ? this.#runs.findIndex(({ fid }) => fid === change.run.fid) : -1;
    if (change.type === "run" && at >= 0) {
      this.#runs = this.#runs.with(at, change.run);
      this.requestUpdate();
    } else this.#soon.after(change.type === "all" ? 0 : GATHER_MS);
  }

  async #ask(): Promise<void> {
    try {
      const [catalogue, runs] = await Promise.all([listFlows(), listRuns({ pp: RUNS })]);
      this.#catalogue = catalogue;
      this.#runs = runs.items.append;
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    if (this.isConnected && this.#catalogue?.preparing) this.#soon.after(PREPARING_MS);
  }

  override render(): TemplateResult {
    const catalogue = this.#catalogue;
    return html`
      <ep-flows-nav at="/flows"></ep-flows-nav>
      <section>
        <div class="head">
          <h1>Flows</h1>
          <input
            class="field"
            type="search"
            placeholder="Search flows"
            aria-label="Search flows"
            .value=${this.words}
            @input=${(event: Event) => this.#look({ words: (event.target as HTMLInputElement).value })}
          />
        </div>
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
        ${catalogue ? this.#shelf(catalogue) : this.#trouble === "" ? html`<ep-flows-wait></ep-flows-wait>` : nothing}
      </section>
      ${this.#runs.length === 0 ? nothing : this.#recent()}
    `;
  }

  #shelf({ items, preparing }: Catalogue): TemplateResult {
    const tags = [...new Set(items.flatMap((flow) => flow.tags))].sort();
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const found = items.filter(
      (flow) =>
        words.every((word) => textOf(flow).includes(word)) &&
        (this.tag === "" || flow.tags.includes(this.tag)),
    );
    return html`
      ${
        tags.length === 0
          ? nothing
          : html`<div class="tags" role="group" aria-label="Tags">
            ${tags.map(
              (tag) =>
                html`<button class="button" type="button" aria-pressed=${tag === this.tag ? "true" : "false"}
                  @click=${() => this.#look({ tag: tag === this.tag ? "" : tag })}>${tag}</button>`,
            )}
          </div>`
      }
      ${
        preparing === null
          ? nothing
          : html`<ep-flows-wait words=${`${preparing}.`}></ep-flows-wait>
              <p class="hint">${items.length === 0 ? "Flows" : "Further flows"} appear here when it is done.</p>`
      }
      <ul class="cards">
        ${found.map((flow) => html`<li>${card(flow)}</li>`)}
      </ul>
      ${found.length > 0 || preparing !== null ? nothing : this.#empty(items.length)}
    `;
  }

  #empty(all: number): TemplateResult {
    if (all > 0)
      return html`<div class="empty">
        <p>None of ${all} flows is like this.</p>
        <button class="button framed" type="button" @click=${() => this.#look({ words: "", tag: "" })}>Show all flows</button>
      </div>`;
    return html`<div class="empty"><p>This node has no flows yet. A flow is a Python function with a form; an operator exposes it.</p></div>`;
  }

  #recent(): TemplateResult {
    return html`<section aria-label="Recent runs">
      <div class="head">
        <h2>Recent runs</h2>
        <a class="button" href="/timeline">All runs</a>
      </div>
      <ul class="rows">${this.#runs.map((run) => runRow(run, Date.now()))}</ul>
    </section>`;
  }

  #look(change: { words?: string; tag?: string }): void {
    const { words, tag } = { words: this.words, tag: this.tag, ...change };
    // The address says what is looked for, so that a link shows the same.
    this.#router.value.go({ page: "flows", words, tag }, { replace: true });
  }
}
customElements.define("ep-flows-page", EpFlowsPage);

function card(flow: Flow): TemplateResult {
  return html`<a class="card" href=${`/flows/form/${flow.uid}`}>
    <strong>${flow.summary}</strong>
    <p>${flow.description ?? nothing}</p>
    <span class="foot">
      ${flow.deprecated ? html`<span class="tag">deprecated</span>` : nothing}
      ${flow.tags.map((tag) => html`<span class="tag">${tag}</span>`)}
      <span>${[authorLine(flow.author, flow.organization), flow.version && `version ${flow.version}`].filter(Boolean).join(", ")}</span>
    </span>
  </a>`;
}

function textOf({ summary, description, author, organization, tags }: Flow): string {
  return [summary, description, author, organization, ...tags].filter(Boolean).join(" ").toLowerCase();
}
