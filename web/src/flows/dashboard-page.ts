/** <ep-flows-dashboard>: what runs now, what failed lately, and how each flow does. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { personContext } from "../services/contexts.ts";
import { sparkline } from "../training/sparkline.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { listRuns, type RunLine } from "./api.ts";
import "./flows-nav.ts";
import { FlowsLive, Soon } from "./live.ts";
import { type FlowNumbers, getStatistics, type Statistics } from "./panel-api.ts";
import { rowStyles, runRow } from "./run-rows.ts";
import "./throughput.ts";
import { duration } from "./words.ts";

/** Windows that are looked at, in hours. */
const WINDOWS = [
  [1, "the last hour"],
  [24, "the last day"],
  [168, "the last week"],
  [720, "the last 30 days"],
] as const;
const RUNNING = 10;
const ERRORS = 5;
/** Many changes at once are one question. */
const GATHER_MS = 300;

/** See the file's comment. */
export class EpFlowsDashboard extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #soon = new Soon(this, () => this.#ask());
  #hours = 24;
  #everybody = false;
  #running: readonly RunLine[] = [];
  #errors: readonly RunLine[] = [];
  #going = 0;
  #statistics: Statistics | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    rowStyles,
    css`
      h2 {
        margin-bottom: 8px;
      }
      td.num,
      th.num {
        text-align: right;
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
    new FlowsLive(
      this,
      ({ type }) => this.#soon.after(type === "all" ? 0 : GATHER_MS),
      () => this.#running.length > 0,
    );
  }

  async #ask(): Promise<void> {
    const [hours, everybody] = [this.#hours, this.#everybody];
    try {
      const [running, errors, statistics] = await Promise.all([
        listRuns({ status: "starting,running,awaiting", pp: RUNNING }),
        listRuns({ status: "error", pp: ERRORS }),
        getStatistics(hours, everybody),
      ]);
      if (hours !== this.#hours || everybody !== this.#everybody) return;
      [this.#running, this.#going] = [running.items.append, running.total];
      // That somebody called a run off is no failure.
      this.#errors = errors.items.append.filter(({ error }) => error !== "cancelled");
      this.#statistics = statistics;
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const now = Date.now();
    const statistics = this.#statistics;
    return html`
      <ep-flows-nav at="/flows/dashboard"></ep-flows-nav>
      <div class="head">
        <h1>Dashboard</h1>
        <span class="actions">
          ${this.#person.value.person?.role === "owner" ? this.#scope() : nothing}
          <select class="field" aria-label="Window of time" @change=${(event: Event) => this.#look({ hours: Number((event.target as HTMLSelectElement).value) })}>
            ${WINDOWS.map(([hours, words]) => html`<option value=${hours} ?selected=${hours === this.#hours}>${words}</option>`)}
          </select>
        </span>
      </div>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      ${
        statistics
          ? html`${this.#now(now)} ${this.#failures(now)} ${this.#flows(statistics)} ${this.#plot(statistics)}`
          : this.#trouble === ""
            ? html`<p role="status" class="quiet">Asking the node.</p>`
            : nothing
      }
    `;
  }

  #scope(): TemplateResult {
    return html`<select class="field" aria-label="Whose runs are counted" @change=${(event: Event) => this.#look({ everybody: (event.target as HTMLSelectElement).value === "all" })}>
      <option value="mine" ?selected=${!this.#everybody}>my runs</option>
      <option value="all" ?selected=${this.#everybody}>everybody's, in numbers</option>
    </select>`;
  }

  #now(now: number): TemplateResult {
    return html`<section aria-labelledby="now">
      <h2 id="now">Running now${this.#going > this.#running.length ? html` <span class="quiet num">${this.#running.length} of ${this.#going}</span>` : nothing}</h2>
      ${
        this.#running.length === 0
          ? html`<p class="hint">Nothing of yours runs. <a href="/flows">Choose a flow</a> to start it.</p>`
          : html`<ul class="rows">${this.#running.map((run) => runRow(run, now))}</ul>`
      }
    </section>`;
  }

  #failures(now: number): TemplateResult | typeof nothing {
    if (this.#errors.length === 0) return nothing;
    return html`<section aria-labelledby="failed">
      <div class="head"><h2 id="failed">Failed lately</h2><a class="button" href="/timeline?status=error">All that failed</a></div>
      <ul class="rows">${this.#errors.map((run) => runRow(run, now))}</ul>
    </section>`;
  }

  #flows({ flows }: Statistics): TemplateResult {
    if (flows.length === 0)
      return html`<section><h2>Flows</h2><p class="hint">No run was started in this time. Numbers of each flow appear here with its first run.</p></section>`;
    return html`<section aria-labelledby="flows">
      <h2 id="flows">Flows</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Numbers of each flow">
        <table>
          <thead>
            <tr>
              <th scope="col">Flow</th>
              <th scope="col" class="num">Runs</th>
              <th scope="col" class="num">Finished</th>
              <th scope="col" class="num">Failed</th>
              <th scope="col" class="num">Success</th>
              <th scope="col" class="num">Median</th>
              <th scope="col" class="num">p95</th>
              <th scope="col">Started</th>
            </tr>
          </thead>
          <tbody>
            ${flows.map(row)}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #plot({ throughput, flows }: Statistics): TemplateResult | typeof nothing {
    if (flows.length === 0) return nothing;
    return html`<section aria-labelledby="throughput">
      <h2 id="throughput">Throughput</h2>
      <ep-flow-throughput .numbers=${throughput}></ep-flow-throughput>
    </section>`;
  }

  #look(change: { hours?: number; everybody?: boolean }): void {
    this.#hours = change.hours ?? this.#hours;
    this.#everybody = change.everybody ?? this.#everybody;
    this.#soon.after(0);
  }
}
customElements.define("ep-flows-dashboard", EpFlowsDashboard);

function row(flow: FlowNumbers): TemplateResult {
  const seconds = (value: number | null) => (value === null ? "" : duration(value));
  const success = flow.success === null ? "" : `${Math.round(flow.success * 100)} %`;
  return html`<tr>
    <td class="name">${flow.uid === null ? flow.summary : html`<a href=${`/flows/form/${flow.uid}`}>${flow.summary}</a>`}</td>
    <td class="num">${flow.count.toLocaleString()}</td>
    <td class="num">${flow.finished.toLocaleString()}</td>
    <td class="num">${flow.failed === 0 ? "0" : html`<span class="bad">${flow.failed.toLocaleString()}</span>`}</td>
    <td class="num">${success}</td>
    <td class="num">${seconds(flow.median)}</td>
    <td class="num">${seconds(flow.p95)}</td>
    <td>${sparkline(flow.recent, `Runs of ${flow.summary} that were started, over time`)}</td>
  </tr>`;
}
