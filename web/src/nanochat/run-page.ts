/** <ep-run-page>: one run of nanochat: its stages as a row, and below it the one that is chosen. */
import { css, html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { ofKind, Told } from "../training/told.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import {
  type About,
  aboutPipeline,
  deleteRun,
  getRun,
  moveRun,
  type Run,
  reportAddress,
  type StageState,
} from "./api.ts";
import "./stage-panel.ts";
import { colourOf, isOpen, keyFigure, stateWords } from "./words.ts";

/** See the file's comment. `stage`: the chosen one; empty for the one that is up. */
export class EpRunPage extends EpElement {
  static override properties = { run: {}, stage: {} };
  declare run: string;
  declare stage: string;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #told = new Told(this, () => this.#ask(), ofKind("nanochat"));
  /** Counts what was asked: the stage asks when this does. */
  #news = 0;
  #about: About | undefined;
  #facts: Run | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .actions {
        margin-left: auto;
      }
      .stages {
        display: grid;
        grid-template-columns: repeat(6, minmax(0, 1fr));
        gap: 8px;
        margin: 16px 0 24px;
        padding: 0;
        list-style: none;
      }
      .stages button {
        display: grid;
        gap: 4px;
        align-content: start;
        width: 100%;
        height: 100%;
        padding: 8px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--text);
        font: inherit;
        text-align: left;
        cursor: pointer;
      }
      .stages button:hover {
        border-color: var(--line-strong);
        background: var(--raised);
      }
      .stages button[aria-pressed="true"] {
        border-color: var(--accent);
        background: var(--selection);
      }
      .stages .figure {
        color: var(--quiet);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      @media (max-width: 900px) {
        .stages {
          grid-template-columns: repeat(auto-fill, minmax(130px, 1fr));
        }
      }
    `,
  ];

  constructor() {
    super();
    this.stage = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#router.value.setTitle("");
  }

  async #ask(): Promise<boolean> {
    try {
      this.#about ??= await aboutPipeline();
      this.#facts = await getRun(this.run);
      this.#router.value.setTitle(`nanochat ${this.#facts.name}`);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.#news += 1;
    this.requestUpdate();
    return this.#facts ? this.#facts.going || this.#facts.stages.some(isOpen) : true;
  }

  override render(): TemplateResult {
    const [run, about] = [this.#facts, this.#about];
    const trouble = this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`;
    if (!run || !about)
      return html`${trouble}${this.#trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}`;
    const engine = about.engines.find(({ name }) => name === run.engine);
    const shown = this.#shown(run);
    return html`
      <p><a href="/models/nanochat">nanochat</a></p>
      <div class="first">
        <h1>${run.name}</h1>
        <span class="quiet" title=${engine?.message ?? nothing}>by the engine ${engine?.title ?? run.engine}</span>
        ${run.going ? html`<span class="state" style="--colour: var(--accent)"><span class="dot"></span>going on by itself</span>` : nothing}
        <span class="actions">${this.#actions(run)}</span>
      </div>
      ${trouble} ${run.note === "" ? nothing : html`<p class="hint">${run.note}</p>`}
      <ol class="stages" aria-label="Stages">
        ${run.stages.map((state) => this.#stage(state, about, state.stage === shown))}
      </ol>
      ${keyed(
        shown,
        html`<ep-stage-panel
          .run=${run}
          .about=${about}
          .stage=${shown}
          .news=${this.#news}
          @run=${(event: CustomEvent<Run>) => {
            this.#facts = event.detail;
            void this.#told.now();
          }}
        ></ep-stage-panel>`,
      )}
    `;
  }

  #stage(state: StageState, about: About, here: boolean): TemplateResult {
    const title = about.stages.find(({ stage }) => stage === state.stage)?.title ?? state.stage;
    return html`<li>
      <button type="button" aria-pressed=${here ? "true" : "false"} @click=${() => this.#choose(state.stage)}>
        <strong>${title}</strong>
        <span class="state" style=${`--colour: ${colourOf(state)}`}><span class="dot"></span>${stateWords(state)}</span>
        <span class="figure">${keyFigure(state)}</span>
      </button>
    </li>`;
  }

  #actions(run: Run): TemplateResult {
    const busy = this.#work.busy;
    const open = run.going || run.stages.some(isOpen);
    const any = run.stages.some(({ job }) => job !== null);
    return html`
      ${
        open
          ? html`<button class="button framed" type="button" ?disabled=${busy} @click=${() => void this.#stop()}>
              <ep-icon name="square"></ep-icon>Stop
            </button>`
          : html`<button class="button primary" type="button" ?disabled=${busy} @click=${() => void this.#move("run")}>
              <ep-icon name="play"></ep-icon>Run all
            </button>`
      }
      ${
        any
          ? html`<a class="button framed" href=${reportAddress(run.id)} download=${`${run.name}.md`}>
              <ep-icon name="download"></ep-icon>Report card
            </a>`
          : nothing
      }
      ${
        open
          ? nothing
          : html`<button class="button framed" type="button" ?disabled=${busy} @click=${() => void this.#delete(run)}>
              <ep-icon name="trash"></ep-icon>Delete
            </button>`
      }
    `;
  }

  /** The chosen stage; else the one that runs, the one that failed, or the next. */
  #shown({ stages }: Run): string {
    if (stages.some(({ stage }) => stage === this.stage)) return this.stage;
    const up = stages.find(isOpen) ?? stages.find(({ state }) => state !== "succeeded") ?? stages.at(-1);
    return up?.stage ?? "";
  }

  #choose(stage: string): void {
    this.#router.value.go({ page: "nanochat-run", run: this.run, stage }, { replace: true });
  }

  async #move(move: "run" | "stop"): Promise<void> {
    await this.#work.run(async () => {
      this.#facts = await moveRun(this.run, move);
      // What runs now is what one wants to see.
      this.#router.value.go({ page: "nanochat-run", run: this.run, stage: "" }, { replace: true });
    });
    await this.#told.now();
  }

  async #stop(): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: "Stop this run?",
      words:
        "The stage that runs is cancelled: what it has done since its last checkpoint is lost. Nothing follows it.",
      action: "Stop it",
      grave: true,
    });
    if (answer !== undefined) await this.#move("stop");
  }

  async #delete(run: Run): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${run.name}?`,
      words: "Its stages, their curves and the models that they made are lost, and cannot be brought back.",
      action: "Delete the run",
      grave: true,
    });
    if (answer === undefined) return;
    if (await this.#work.run(() => deleteRun(run.id))) this.#router.value.go({ page: "nanochat" });
  }
}
customElements.define("ep-run-page", EpRunPage);
