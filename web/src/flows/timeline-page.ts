/** <ep-timeline-page>: all runs of a person, the newest first, with filters that the address says. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { listRuns, type RunLine, type State } from "./api.ts";
import "./flows-nav.ts";
import { type FlowsChange, FlowsLive, Soon } from "./live.ts";
import { getStatistics, type Throughput } from "./panel-api.ts";
import { rowStyles, runRow } from "./run-rows.ts";
import "./throughput.ts";
import { STATE_WORDS } from "./words.ts";

const PAGE = 50;
const MOST = 200;
/** Many changes at once are one question. */
const GATHER_MS = 150;

/** See the file's comment. `words`, `status`: what is looked for. */
export class EpTimelinePage extends EpElement {
  static override properties = { words: {}, status: {} };
  declare words: string;
  declare status: string;
  readonly #router = new Shared(this, routerContext);
  readonly #soon = new Soon(this, () => this.#ask());
  #runs: readonly RunLine[] | undefined;
  #total = 0;
  #size = PAGE;
  #trouble = "";
  #throughput: Throughput | undefined;
  #plotted = false;

  static override styles = [
    sharedStyles,
    pageStyles,
    rowStyles,
    css`
      details {
        margin-bottom: 12px;
      }
      summary {
        min-height: var(--hit);
        cursor: pointer;
      }
    `,
  ];

  constructor() {
    super();
    this.words = "";
    this.status = "";
    new FlowsLive(
      this,
      (change) => this.#hear(change),
      () => this.#runs?.some(({ finish }) => finish === null) ?? false,
    );
  }

  #hear(change: FlowsChange): void {
    if (change.type === "catalogue") return;
    const runs = this.#runs;
    const at = change.type === "run" ? (runs?.findIndex(({ fid }) => fid === change.run.fid) ?? -1) : -1;
    // With a filter, a run that has changed may not belong here any more: the node says.
    if (change.type === "run" && runs && at >= 0 && this.status === "") {
      this.#runs = runs.with(at, change.run);
      this.requestUpdate();
    } else this.#soon.after(change.type === "all" ? 0 : GATHER_MS);
  }

  protected override updated(changed: Map<string, unknown>): void {
    const others = ["words", "status"].some((name) => changed.has(name) && changed.get(name) !== undefined);
    if (others) this.#soon.after(0);
  }

  async #ask(): Promise<void> {
    const [words, status] = [this.words, this.status];
    try {
      const { items, total } = await listRuns({ q: words, status, pp: this.#size });
      if (words !== this.words || status !== this.status) return;
      [this.#runs, this.#total, this.#trouble] = [items.append, total, ""];
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    if (this.#plotted) void this.#plot();
  }

  /** The plot is asked for when somebody looks at it. */
  async #plot(): Promise<void> {
    try {
      this.#throughput = (await getStatistics(24)).throughput;
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const runs = this.#runs;
    return html`
      <ep-flows-nav at="/timeline"></ep-flows-nav>
      <div class="head">
        <h1>Runs</h1>
        <span class="actions">
          <select class="field" aria-label="State" @change=${(event: Event) => this.#look({ status: (event.target as HTMLSelectElement).value })}>
            <option value="" ?selected=${this.status === ""}>all states</option>
            ${(Object.keys(STATE_WORDS) as State[]).map(
              (state) =>
                html`<option value=${state} ?selected=${state === this.status}>${STATE_WORDS[state]}</option>`,
            )}
          </select>
          <input
            class="field"
            type="search"
            placeholder="Search runs"
            aria-label="Search runs"
            .value=${this.words}
            @input=${(event: Event) => this.#look({ words: (event.target as HTMLInputElement).value })}
          />
        </span>
      </div>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      ${runs ? this.#list(runs) : this.#trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}
    `;
  }

  #list(runs: readonly RunLine[]): TemplateResult {
    if (runs.length === 0) {
      return this.words === "" && this.status === ""
        ? html`<div class="empty"><p>You have started nothing yet. <a href="/flows">Choose a flow</a>.</p></div>`
        : html`<div class="empty">
            <p>No run is like this.</p>
            <button class="button framed" type="button" @click=${() => this.#look({ words: "", status: "" })}>Show all runs</button>
          </div>`;
    }
    const now = Date.now();
    return html`<details @toggle=${(event: Event) => this.#lookAtPlot((event.target as HTMLDetailsElement).open)}>
      <summary>Throughput of the last day</summary>
      ${this.#throughput ? html`<ep-flow-throughput .numbers=${this.#throughput}></ep-flow-throughput>` : html`<p class="quiet">Asking the node.</p>`}
    </details>
    <ul class="rows">${repeat(
      runs,
      ({ fid }) => fid,
      (run) => runRow(run, now),
    )}</ul>
      <p class="hint num">${runs.length} of ${this.#total.toLocaleString()} runs</p>
      ${runs.length < this.#total && this.#size < MOST ? html`<button class="button framed" type="button" @click=${() => this.#more()}>Show more</button>` : nothing}`;
  }

  #lookAtPlot(open: boolean): void {
    this.#plotted = open;
    if (open) void this.#plot();
  }

  #more(): void {
    this.#size = Math.min(MOST, this.#size + PAGE);
    this.#soon.after(0);
  }

  #look(change: { words?: string; status?: string }): void {
    const { words, status } = { words: this.words, status: this.status, ...change };
    this.#router.value.go({ page: "timeline", words, status }, { replace: true });
  }
}
customElements.define("ep-timeline-page", EpTimelinePage);
