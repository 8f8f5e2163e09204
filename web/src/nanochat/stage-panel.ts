/** <ep-stage-panel>: one stage of a run: its form, how it goes, its curves, and what it came to. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { duration } from "../training/words.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import {
  type About,
  moveStage,
  type Run,
  readLog,
  type Settings,
  type StageState,
  startStage,
} from "./api.ts";
import { EntryReader } from "./entries.ts";
import "./stage-curves.ts";
import "./stage-form.ts";
import "./stage-result.ts";
import { colourOf, isOpen, stateWords } from "./words.ts";

/** See the file's comment. It asks when `news` changes, and tells its host of each newer state of the run by the event `run`. */
export class EpStagePanel extends EpElement {
  static override properties = {
    run: { attribute: false },
    about: { attribute: false },
    stage: {},
    news: { type: Number },
  };
  declare run: Run;
  declare about: About;
  declare stage: string;
  declare news: number;
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #entries = new Loaded(this, () => this.#read());
  #reader: EntryReader | undefined;
  #log: string | undefined;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: none;
        margin: 0;
        padding: 0;
      }
      .first {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
      }
      .panel {
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        min-width: 0;
      }
      .parts {
        display: grid;
        gap: 24px;
        margin-top: 16px;
        grid-template-columns: minmax(0, 1fr);
      }
      wa-progress-bar {
        --track-height: 4px;
      }
      pre {
        max-height: 320px;
        margin: 8px 0 0;
        overflow: auto;
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .said {
        max-height: 200px;
        margin: 0;
        padding: 0;
        overflow-y: auto;
        list-style: none;
      }
      .said li {
        padding: 2px 0;
        overflow-wrap: anywhere;
      }
      .said time {
        color: var(--quiet);
        margin-right: 8px;
      }
      .warn {
        color: var(--warn);
      }
    `,
  ];

  constructor() {
    super();
    this.news = 0;
  }

  async #read(): Promise<void> {
    if (!this.#state?.job) return;
    this.#reader ??= new EntryReader(this.run.id, this.stage);
    await this.#reader.read();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    // Once it is there it asks by itself.
    if (changed.has("news") && this.hasUpdated) void this.#entries.again();
  }

  get #state(): StageState | undefined {
    return this.run.stages.find(({ stage }) => stage === this.stage);
  }

  override render(): TemplateResult | typeof nothing {
    const state = this.#state;
    const facts = this.about.stages.find(({ stage }) => stage === this.stage);
    if (!state || !facts) return nothing;
    const open = isOpen(state);
    return html`
      <div class="first">
        <h2>${facts.title}</h2>
        <span class="state" role="status" style=${`--colour: ${colourOf(state)}`}><span class="dot"></span>${stateWords(state)}</span>
        <span class="quiet num">${this.#time(state)}</span>
        <span class="actions">${this.#actions(state)}</span>
      </div>
      <p class="hint">${facts.about}</p>
      ${state.stale ? html`<p class="warn">A stage before it was done again since: run it again to begin from that.</p>` : nothing}
      ${state.state === "failed" ? html`<p class="bad" role="alert">${state.reason}</p>` : nothing}
      ${this.#entries.trouble === "" ? nothing : html`<p role="alert">${this.#entries.trouble}</p>`} ${this.#progress(state)}
      <div class="parts">
        <div class="panel">
          <ep-stage-form
            .settings=${facts.settings[this.run.engine] ?? []}
            .files=${facts.files[this.run.engine] ?? []}
            .values=${state.settings}
            .words=${this.#words(state)}
            .why=${this.#why(state, facts.needs)}
            ?disabled=${open || this.#work.busy}
            @begin=${(event: CustomEvent<Settings>) => void this.#begin(event.detail)}
          ></ep-stage-form>
        </div>
        ${this.#curves(facts.title)}
        <ep-stage-result
          .result=${state.result}
          .samples=${this.#reader?.samples ?? []}
          .benchmarks=${this.about.benchmarks}
        ></ep-stage-result>
        ${this.#told(state)}
      </div>
    `;
  }

  #curves(title: string): TemplateResult | typeof nothing {
    const metrics = this.#reader?.metrics ?? {};
    // One point is no curve.
    if (!Object.values(metrics).some(({ steps }) => steps.length > 1)) return nothing;
    return html`<section class="panel" aria-label="Curves">
      <ep-stage-curves .sources=${[{ label: title, metrics }]} .label=${title}></ep-stage-curves>
    </section>`;
  }

  #actions(state: StageState): TemplateResult {
    const button = (words: string, icon: "pause" | "play" | "square", act: () => void) =>
      html`<button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${act}>
        <ep-icon name=${icon}></ep-icon>${words}
      </button>`;
    const may = (...states: string[]): boolean => states.includes(state.state);
    return html`
      ${state.model ? html`<a class="button framed" href=${`/chat?model=${encodeURIComponent(state.model)}`}>Chat with it</a>` : nothing}
      ${may("running", "queued", "pending_resume") ? button("Pause", "pause", () => void this.#move("pause")) : nothing}
      ${may("paused") ? button("Resume", "play", () => void this.#move("resume")) : nothing}
      ${isOpen(state) ? button("Cancel the stage", "square", () => void this.#cancel(state)) : nothing}
    `;
  }

  #progress(state: StageState): TemplateResult | typeof nothing {
    if (!isOpen(state) || state.started_at === null) return nothing;
    const { total, step = 0 } = this.#reader ?? {};
    return html`<wa-progress-bar
      label="Share of the steps"
      .value=${total ? Math.round((100 * step) / total) : 0}
      ?indeterminate=${total === undefined && state.state === "running"}
    ></wa-progress-bar>`;
  }

  #time({ started_at: from, finished_at: to, state }: StageState): string {
    if (from === null) return "";
    const ran = duration((to ?? Date.now() / 1000) - from);
    const { total, step = 0, metrics } = this.#reader ?? {};
    const left = metrics?.eta_seconds?.values.at(-1);
    const steps = total && step ? `, step ${step} of ${total}` : "";
    return state === "running" && left ? `${ran}${steps}, about ${duration(left)} left` : ran;
  }

  /** Of the button: whether it goes on from a checkpoint the node decides, by what it is told. */
  #words({ state, checkpoint_step: step }: StageState): string {
    if (state === "failed" || state === "cancelled")
      return step === null ? "Try again" : `Try again from step ${step}`;
    return state === "succeeded" ? "Run again" : "Run";
  }

  #why({ state }: StageState, needs: readonly string[]): string {
    if (isOpen({ state })) return "";
    const missing = needs.filter(
      (need) => this.run.stages.find(({ stage }) => stage === need)?.state !== "succeeded",
    );
    if (missing.length === 0) return "";
    const titles = missing.map(
      (need) => this.about.stages.find(({ stage }) => stage === need)?.title ?? need,
    );
    return `It begins from what ${titles.join(" and ")} made: run that first.`;
  }

  #told({ job }: StageState): TemplateResult | typeof nothing {
    const said = this.#reader?.said ?? [];
    if (job === null || said.length === 0) return nothing;
    return html`<section aria-labelledby="told">
      <div class="head"><h2 id="told">What happened</h2></div>
      <ul class="said num" aria-labelledby="told" tabindex="0">
        ${said.map(
          ({ at, level, message }) => html`<li class=${level === "error" ? "bad" : level}>
            <time datetime=${new Date(at * 1000).toISOString()}>${new Date(at * 1000).toLocaleTimeString()}</time>${message}
          </li>`,
        )}
      </ul>
      <details @toggle=${(event: Event) => void this.#printed(event.target as HTMLDetailsElement)}>
        <summary>What its program printed</summary>
        <pre tabindex="0" aria-label="What its program printed">${this.#log ?? "Asking the node."}</pre>
      </details>
    </section>`;
  }

  async #printed(details: HTMLDetailsElement): Promise<void> {
    if (!details.open) return;
    await this.#work.run(async () => {
      const log = await readLog(this.run.id, this.stage);
      this.#log = log === "" ? "It printed nothing." : log;
    });
  }

  async #begin(settings: Settings): Promise<void> {
    await this.#work.run(async () => this.#show(await startStage(this.run.id, this.stage, settings)));
  }

  async #move(move: "pause" | "resume" | "cancel"): Promise<void> {
    await this.#work.run(async () => this.#show(await moveStage(this.run.id, this.stage, move)));
  }

  async #cancel({ checkpoint_step: step }: StageState): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: "Cancel this stage?",
      words:
        step === null
          ? "It has kept no checkpoint yet: what it has done is lost."
          : `What it has done since step ${step} is lost; from there it can be tried again.`,
      action: "Cancel it",
      grave: true,
    });
    if (answer !== undefined) await this.#move("cancel");
  }

  #show(run: Run): void {
    this.dispatchEvent(new CustomEvent("run", { detail: run }));
  }
}
customElements.define("ep-stage-panel", EpStagePanel);
