/** <ep-run-compare>: the same figure of one stage of several runs, beside each other. */
import { css, html, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { Poll } from "../training/poll.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import type { About, Run } from "./api.ts";
import { EntryReader } from "./entries.ts";
import "./stage-curves.ts";
import { isOpen } from "./words.ts";

/** Stages with curves. */
const STAGES = ["base", "sft", "rl"];

/** See the file's comment. */
export class EpRunCompare extends EpElement {
  static override properties = { runs: { attribute: false }, about: { attribute: false } };
  declare runs: readonly Run[];
  declare about: About;
  readonly #readers = new Map<string, EntryReader>();
  readonly #poll = new Poll(this, () => this.#ask());
  #stage = "base";
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: none;
        margin: 0 0 12px;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      label.line {
        margin-bottom: 8px;
      }
    `,
  ];

  constructor() {
    super();
    this.runs = [];
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("runs") && changed.get("runs") !== undefined) void this.#poll.now();
  }

  #of(run: Run) {
    return run.stages.find(({ stage }) => stage === this.#stage);
  }

  #reader(run: Run): EntryReader {
    const key = `${run.id}/${this.#stage}`;
    const reader = this.#readers.get(key) ?? new EntryReader(run.id, this.#stage);
    this.#readers.set(key, reader);
    return reader;
  }

  async #ask(): Promise<boolean> {
    try {
      const begun = this.runs.filter((run) => this.#of(run)?.job);
      await Promise.all(begun.map((run) => this.#reader(run).read()));
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    return this.runs.some((run) => {
      const state = this.#of(run);
      return state !== undefined && isOpen(state);
    });
  }

  override render(): TemplateResult {
    const sources = this.runs.map((run) => ({ label: run.name, metrics: this.#reader(run).metrics }));
    return html`
      <label class="line">
        <span>Compare the stage</span>
        <select class="field" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          ${STAGES.map((name) => {
            const title = this.about.stages.find(({ stage }) => stage === name)?.title ?? name;
            return html`<option value=${name} ?selected=${name === this.#stage}>${title}</option>`;
          })}
        </select>
      </label>
      ${this.#trouble === "" ? "" : html`<p role="alert">${this.#trouble}</p>`}
      <ep-stage-curves .sources=${sources} label="Runs"></ep-stage-curves>
    `;
  }

  #choose(stage: string): void {
    this.#stage = stage;
    void this.#poll.now();
  }
}
customElements.define("ep-run-compare", EpRunCompare);
