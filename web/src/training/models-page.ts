/** <ep-models-page>: one's training jobs, compared where several are chosen, above the models that there are. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import { getQueue, listJobs, type TuningJob } from "./api.ts";
import "./chart.ts";
import { CurveReader } from "./curves.ts";
import { Live, type LiveMessage, type Queue } from "./live.ts";
import "./model-list.ts";
import { Poll } from "./poll.ts";
import "./queue-panel.ts";
import { sparkline } from "./sparkline.ts";
import { colourOf, figure, isOver, METHOD_WORDS, nameOf, statusWord, timeOf } from "./words.ts";

const PAGE = 50;
/** Curves side by side: more cannot be told apart. */
const MOST_COMPARED = 6;
const FILTERS = ["all", "running", "waiting", "succeeded", "failed", "cancelled"] as const;
type Filter = (typeof FILTERS)[number];

/** See the file's comment. `filter` is behind the address's `?`, so that a link shows the same. */
export class EpModelsPage extends EpElement {
  static override properties = { filter: {} };
  declare filter: string;
  readonly #router = new Shared(this, routerContext);
  readonly #poll = new Poll(this, () => this.#ask());
  readonly #live = new Live(
    this,
    (message) => this.#hear(message),
    () => void this.#poll.now(),
  );
  #queue: Queue | undefined;
  #limit = PAGE;
  #jobs: readonly TuningJob[] | undefined;
  #more = false;
  #trouble = "";
  readonly #readers = new Map<string, CurveReader>();
  readonly #done = new Set<string>();
  readonly #compared = new Set<string>();
  #metric = "loss";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      td.name {
        max-width: 280px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      td.tick {
        width: 1px;
        padding-right: 0;
      }
      .right {
        text-align: right;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-bottom: 8px;
      }
      .compare {
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        margin-bottom: 12px;
      }
      pre {
        margin: 0;
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.filter = "";
  }

  async #ask(): Promise<boolean> {
    try {
      const [{ data, has_more }, queue] = await Promise.all([listJobs(this.#limit), getQueue()]);
      this.#queue = queue;
      this.#jobs = data;
      this.#more = has_more;
      this.#trouble = "";
      await Promise.all(data.map((job) => this.#look(job)));
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    // Where the node tells by itself, asking is for what a message was lost of.
    return !this.#live.open && (this.#jobs?.some(({ status }) => !isOver(status)) ?? false);
  }

  /** What changed, as the node tells it. */
  #hear(message: LiveMessage): void {
    if (message.type === "queue") this.#queue = message.queue;
    else if (message.type === "job" && this.#jobs) {
      const { job } = message;
      const at = this.#jobs.findIndex(({ id }) => id === job.id);
      if (at >= 0) {
        this.#jobs = this.#jobs.with(at, job);
        void this.#look(job).then(() => this.requestUpdate());
      } else if (job.kind === "fine-tuning" && (this.#jobs[0]?.created_at ?? 0) <= job.created_at)
        void this.#poll.now();
    }
    this.requestUpdate();
  }

  /** The curves of a job: once when it is over, and each time while it runs. */
  async #look(job: TuningJob): Promise<void> {
    const known = this.#readers.get(job.id);
    // The last figures come with the end: one look more, then never again.
    if (job.started_at === null || (known && this.#done.has(job.id))) return;
    const reader = known ?? new CurveReader(job.id);
    this.#readers.set(job.id, reader);
    try {
      await reader.read();
      if (isOver(job.status)) this.#done.add(job.id);
    } catch (cause) {
      console.info(`The curves of ${job.id} did not come:`, cause);
    }
  }

  override render(): TemplateResult {
    return html`
      <section aria-labelledby="jobs">
        <div class="head">
          <h2 id="jobs">Training</h2>
          <span class="actions">
            <a class="button framed" href="/models/nanochat"><ep-icon name="layers"></ep-icon>nanochat</a>
            <a class="button framed" href="/data"><ep-icon name="database"></ep-icon>Files to train on</a>
            <a class="button primary" href="/models/new"><ep-icon name="plus"></ep-icon>Train a model</a>
          </span>
        </div>
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`} ${this.#compare()} ${this.#table()}
      </section>
      <ep-queue-panel
        .queue=${this.#queue}
        .names=${new Map((this.#jobs ?? []).map((job) => [job.id, nameOf(job)]))}
      ></ep-queue-panel>
      <ep-model-list
        .made=${new Map((this.#jobs ?? []).map((job) => [job.fine_tuned_model ?? "", nameOf(job)]))}
      ></ep-model-list>
    `;
  }

  #table(): TemplateResult | typeof nothing {
    const jobs = this.#jobs;
    if (!jobs)
      return this.#trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing;
    if (jobs.length === 0) {
      return html`<div class="empty">
        <p>
          Nothing was trained yet. A job takes a model that lies on the node and a file of examples, and makes a model that you can
          chat with. Begin with <a href="/data">a file</a>, or with any client of OpenAI's API:
        </p>
        <pre>from openai import OpenAI
client = OpenAI(base_url="${location.origin}/v1", api_key="...")  # a token from your account page
file = client.files.create(file=open("examples.jsonl", "rb"), purpose="fine-tune")
client.fine_tuning.jobs.create(model="...", training_file=file.id)</pre>
      </div>`;
    }
    const shown = jobs.filter((job) => this.#passes(job));
    return html`
      <nav aria-label="Which jobs">
        ${FILTERS.map((name) => {
          const on = (this.filter || "all") === name;
          return html`<button class="button" type="button" aria-pressed=${on ? "true" : "false"} @click=${() => this.#filterBy(name)}>
            ${name}
          </button>`;
        })}
      </nav>
      <div class="scroll">
        <table aria-label="Jobs">
          <thead>
            <tr>
              <th><span class="hidden-text">Compare</span></th>
              <th>Name</th>
              <th>State</th>
              <th>Method</th>
              <th>Loss</th>
              <th class="right">Step</th>
              <th>Time</th>
              <th>Begun</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              shown,
              ({ id }) => id,
              (job) => this.#row(job),
            )}
          </tbody>
        </table>
      </div>
      ${shown.length === 0 ? html`<p class="quiet" role="status">No job is ${this.filter}.</p>` : nothing}
      ${
        this.#more
          ? html`<p>
              <button class="button framed" type="button" @click=${() => this.#olderToo()}>Older ones too</button>
            </p>`
          : nothing
      }
    `;
  }

  #row(job: TuningJob): TemplateResult {
    const loss = this.#readers.get(job.id)?.curves.loss;
    const last = loss?.values.at(-1);
    const name = nameOf(job);
    return html`<tr>
      <td class="tick">
        <input
          type="checkbox"
          aria-label=${`Compare ${name}`}
          .checked=${this.#compared.has(job.id)}
          ?disabled=${!loss || (this.#compared.size >= MOST_COMPARED && !this.#compared.has(job.id))}
          @change=${(event: Event) => this.#choose(job.id, (event.target as HTMLInputElement).checked)}
        />
      </td>
      <td class="name"><a href=${`/models/${job.id}`} title=${job.id}>${name}</a></td>
      <td>
        <span class="state" style=${`--colour: ${colourOf(job.status)}`} title=${job.status_reason}>
          <span class="dot"></span>${statusWord(job.status)}
        </span>
      </td>
      <td>${METHOD_WORDS[job.method.type]}</td>
      <td class="num">
        ${loss ? sparkline(loss.values, `Loss of ${name}`) : nothing}
        ${last === undefined || last === null ? nothing : figure(last)}
      </td>
      <td class="num right">${loss?.steps.at(-1) ?? ""}</td>
      <td class="num">${timeOf(job, Date.now())}</td>
      <td>
        <time datetime=${new Date(job.created_at * 1000).toISOString()} title=${moment(job.created_at * 1000)}>
          ${ago(job.created_at * 1000)}
        </time>
      </td>
    </tr>`;
  }

  #compare(): TemplateResult | typeof nothing {
    const chosen = (this.#jobs ?? []).filter(({ id }) => this.#compared.has(id));
    if (chosen.length < 2) return nothing;
    const names = [
      ...new Set(chosen.flatMap(({ id }) => Object.keys(this.#readers.get(id)?.curves ?? {}))),
    ].sort();
    const curves = chosen.flatMap((job) => {
      const curve = this.#readers.get(job.id)?.curves[this.#metric];
      return curve ? [{ label: `${nameOf(job)} ${ago(job.created_at * 1000)}`, ...curve }] : [];
    });
    return html`<div class="compare">
      <label class="line">
        <span>Compare</span>
        <select
          class="field"
          aria-label="Figure to compare"
          @change=${(event: Event) => {
            this.#metric = (event.target as HTMLSelectElement).value;
            this.requestUpdate();
          }}
        >
          ${names.map((name) => html`<option ?selected=${name === this.#metric}>${name}</option>`)}
        </select>
      </label>
      <ep-chart .curves=${curves} .label=${this.#metric}></ep-chart>
    </div>`;
  }

  #passes({ status }: TuningJob): boolean {
    const filter = this.filter as Filter | "";
    if (filter === "" || filter === "all") return true;
    if (filter === "waiting") return !isOver(status) && status !== "running";
    return status === filter;
  }

  #filterBy(filter: Filter): void {
    this.#router.value.go({ page: "models", filter: filter === "all" ? "" : filter }, { replace: true });
  }

  #choose(id: string, on: boolean): void {
    if (on) this.#compared.add(id);
    else this.#compared.delete(id);
    this.requestUpdate();
  }

  #olderToo(): void {
    this.#limit = Math.min(1000, this.#limit * 4);
    void this.#poll.now();
  }
}
customElements.define("ep-models-page", EpModelsPage);
