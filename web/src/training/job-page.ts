/** <ep-job-page>: one training job: how it goes, its curves, its log, its checkpoints, and what it was asked. */
import { css, html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import {
  deleteJob,
  getFile,
  getJob,
  type JobCheckpoint,
  listCheckpoints,
  moveJob,
  type TuningJob,
} from "./api.ts";
import "./chart.ts";
import { checkpointList, withModel } from "./checkpoints.ts";
import { CurveReader, type Curves } from "./curves.ts";
import "./job-log.ts";
import { Told } from "./told.ts";
import { colourOf, isOver, METHOD_WORDS, nameOf, statusWord, timeOf } from "./words.ts";

/** Curves that are about the work, not about the model: they are not shown first. */
const ASIDE = new Set(["epoch", "eta_seconds", "step"]);

/** See the file's comment. */
export class EpJobPage extends EpElement {
  static override properties = { job: {} };
  declare job: string;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #told = new Told(
    this,
    () => this.#ask(),
    (message) => message.type === "job" && message.job.id === this.job,
  );
  /** Counts what was asked: the log asks when this does. */
  #news = 0;
  #facts: TuningJob | undefined;
  #reader: CurveReader | undefined;
  #curves: Curves = {};
  #checkpoints: readonly JobCheckpoint[] = [];
  /** Names of the files, by id; those that were deleted have none. */
  readonly #files = new Map<string, string>();
  #chosen = new Set<string>(["loss"]);
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .columns dl {
        grid-template-columns: fit-content(50%) minmax(0, 1fr);
      }
      .columns :is(dt, dd) {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .panel {
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      wa-progress-bar {
        --track-height: 4px;
        margin: 12px 0;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(220px, 320px);
        gap: 24px;
        margin-top: 24px;
      }
      .columns section {
        margin-top: 0 !important;
      }
      .columns > div {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 24px;
        align-content: start;
        min-width: 0;
      }
      .metrics {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin-bottom: 8px;
      }
      .checkpoints {
        max-height: 240px;
        overflow-y: auto;
      }
      @media (max-width: 900px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#router.value.setTitle("");
  }

  async #ask(): Promise<boolean> {
    try {
      this.#facts = await getJob(this.job);
      this.#router.value.setTitle(`Training ${nameOf(this.#facts)}`);
      this.#reader ??= new CurveReader(this.job);
      [this.#curves, this.#checkpoints] = await Promise.all([
        this.#reader.read(),
        listCheckpoints(this.job),
        this.#nameFiles(this.#facts),
      ]);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.#news += 1;
    this.requestUpdate();
    return this.#facts ? !isOver(this.#facts.status) : true;
  }

  async #nameFiles({ training_file: training, validation_file: held }: TuningJob): Promise<void> {
    for (const id of [training, held ?? ""]) {
      if (id === "" || this.#files.has(id)) continue;
      this.#files.set(id, "");
      await getFile(id).then(
        ({ filename }) => this.#files.set(id, filename),
        () => this.#files.set(id, "a file that was deleted"),
      );
    }
  }

  override render(): TemplateResult {
    const job = this.#facts;
    const trouble = this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`;
    if (!job)
      return html`${trouble}${this.#trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}`;
    return html`
      <p><a href="/models">Training</a></p>
      <div class="first">
        <h1>${nameOf(job)}</h1>
        <span class="state" style=${`--colour: ${colourOf(job.status)}`} role="status">
          <span class="dot"></span>${statusWord(job.status)}
        </span>
        <span class="quiet num">${timeOf(job, Date.now())}</span>
        <span class="actions">${this.#actions(job)}</span>
      </div>
      ${trouble} ${this.#progress(job)}
      ${job.status === "succeeded" ? nothing : html`<p class=${job.status === "failed" ? "bad" : "quiet"}>${job.status_reason}</p>`}
      ${this.#chart()}
      <div class="columns">
        <div><ep-job-log .job=${job.id} .news=${this.#news}></ep-job-log></div>
        <div>${this.#asked(job)} ${checkpointList(this.#checkpoints)}</div>
      </div>
    `;
  }

  #actions(job: TuningJob): TemplateResult {
    const button = (
      words: string,
      icon: "pause" | "play" | "square" | "trash",
      act: () => void,
      grave = false,
    ) =>
      html`<button class=${grave ? "button framed" : "button framed"} type="button" ?disabled=${this.#work.busy} @click=${act}>
        <ep-icon name=${icon}></ep-icon>${words}
      </button>`;
    const may = (...states: string[]): boolean => states.includes(job.status);
    return html`
      ${
        job.fine_tuned_model
          ? html`<a class="button primary" href=${withModel("/chat", job.fine_tuned_model)}>Chat with it</a>
              <a class="button framed" href=${withModel("/evaluate", job.fine_tuned_model)}>Evaluate</a>
              <a class="button framed" href=${withModel("/models/new", job.fine_tuned_model)}>Train further</a>`
          : nothing
      }
      ${may("running", "queued", "pending_resume") ? button("Pause", "pause", () => void this.#move("pause")) : nothing}
      ${may("paused") ? button("Resume", "play", () => void this.#move("resume")) : nothing}
      ${isOver(job.status) ? nothing : button("Cancel", "square", () => void this.#cancel(job))}
      ${isOver(job.status) ? button("Delete", "trash", () => void this.#delete(job)) : nothing}
    `;
  }

  #progress(job: TuningJob): TemplateResult | typeof nothing {
    if (isOver(job.status) || job.started_at === null) return nothing;
    const all = job.estimated_finish === null ? undefined : job.estimated_finish - job.started_at;
    const share = all === undefined || all <= 0 ? 0 : Math.min(1, (Date.now() / 1000 - job.started_at) / all);
    return html`<wa-progress-bar
      label="Share of the time"
      .value=${Math.round(share * 100)}
      ?indeterminate=${all === undefined && job.status === "running"}
    ></wa-progress-bar>`;
  }

  #chart(): TemplateResult | typeof nothing {
    const names = Object.keys(this.#curves).filter((name) => !ASIDE.has(name));
    if (names.length === 0) return nothing;
    const shown = names.filter((name) => this.#chosen.has(name));
    const curves = (shown.length > 0 ? shown : names.slice(0, 1)).flatMap((name) => {
      const curve = this.#curves[name];
      return curve ? [{ label: name, ...curve }] : [];
    });
    return html`<section aria-label="Curves" class="panel">
      <div class="metrics" role="group" aria-label="Figures">
        ${names.map(
          (name) => html`<button
            class="button"
            type="button"
            aria-pressed=${shown.includes(name) ? "true" : "false"}
            @click=${() => this.#toggle(name)}
          >
            ${name}
          </button>`,
        )}
      </div>
      <ep-chart .curves=${curves} label="Curves"></ep-chart>
    </section>`;
  }

  #toggle(name: string): void {
    if (!this.#chosen.delete(name)) this.#chosen.add(name);
    this.requestUpdate();
  }

  #asked(job: TuningJob): TemplateResult {
    const rows: [string, string | number | null][] = [
      ["Method", METHOD_WORDS[job.method.type]],
      ["Model", job.model],
      ["Trained on", this.#fileName(job.training_file)],
      ["Validated on", this.#fileName(job.validation_file)],
      ["Makes", job.fine_tuned_model],
      ["Ray cluster", job.ray ? `${job.ray.address}, ${job.ray.num_workers} workers` : null],
      [
        "GPUs",
        job.ray
          ? job.ray.use_gpu
            ? "the cluster's, one a worker"
            : "none"
          : job.devices.length > 0
            ? job.devices.join(", ")
            : `${job.num_gpus || "none: the CPU"}`,
      ],
      ["Seed", job.seed],
      ["Tokens", job.trained_tokens],
      ...Object.entries(job.hyperparameters).map(
        ([name, value]) =>
          [name, typeof value === "object" ? JSON.stringify(value) : String(value)] as [string, string],
      ),
    ];
    return html`<section aria-labelledby="asked">
      <div class="head"><h2 id="asked">What was asked</h2></div>
      <dl>
        ${rows.map(([name, value]) => (value === null ? nothing : html`<dt>${name}</dt><dd class="num">${value}</dd>`))}
      </dl>
    </section>`;
  }

  #fileName(id: string | null): string | null {
    return id === null || id === "" ? null : this.#files.get(id) || id;
  }

  async #move(move: "cancel" | "pause" | "resume"): Promise<void> {
    await this.#work.run(async () => {
      this.#facts = await moveJob(this.job, move);
    });
    await this.#told.now();
  }

  async #cancel(job: TuningJob): Promise<void> {
    const last = this.#checkpoints[0]?.step_number;
    const answer = await this.#confirm.value.ask({
      title: `Cancel the training of ${nameOf(job)}?`,
      words:
        last === undefined
          ? "No checkpoint is kept yet: what it has learned is lost."
          : `What it has learned since step ${last} is lost; the checkpoints stay.`,
      action: "Cancel the training",
      grave: true,
    });
    if (answer !== undefined) await this.#move("cancel");
  }

  async #delete(job: TuningJob): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${nameOf(job)}?`,
      words: "Its log, its checkpoints and the model that it made are lost, and cannot be brought back.",
      action: "Delete the job",
      grave: true,
    });
    if (answer === undefined) return;
    if (await this.#work.run(() => deleteJob(job.id))) this.#router.value.go({ page: "models", filter: "" });
  }
}
customElements.define("ep-job-page", EpJobPage);
