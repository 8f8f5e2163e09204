/** <ep-flow-more>: what is to follow on a run, and starting it by the clock. Tells `wish` with both. */
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import { copyText } from "../ui/secret.ts";
import { moment } from "../ui/when.ts";
import type { LaunchWish } from "./api.ts";
import type { Values } from "./elements.ts";
import { addSchedule, scheduleTimes, webhookKey } from "./panel-api.ts";

/** Times that are chosen most. */
const USUAL = [
  ["0 * * * *", "every hour"],
  ["0 9 * * *", "every day at 9:00"],
  ["0 9 * * 1-5", "on weekdays at 9:00"],
  ["0 9 * * 1", "on Mondays at 9:00"],
  ["0 9 1 * *", "on the first of a month at 9:00"],
] as const;
const ATTEMPTS = [0, 1, 2, 3, 5, 10];
/** After the last key. */
const LOOK_MS = 400;

/** See the file's comment. `flow`: its address. `values`: what is typed in the form now. */
export class EpFlowMore extends EpElement {
  static override properties = { flow: {}, values: { attribute: false } };
  declare flow: string;
  declare values: () => Values;
  readonly #notices = new Shared(this, noticesContext);
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  #wish: LaunchWish = { retries: 0, webhook: "" };
  #cron = "";
  #next: readonly string[] = [];
  #trouble = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        max-width: 560px;
        margin-top: 16px;
      }
      summary {
        min-height: var(--hit);
        cursor: pointer;
      }
      .grid {
        display: grid;
        gap: 12px;
        padding: 8px 0 0 16px;
      }
      label {
        display: grid;
        gap: 4px;
        color: var(--quiet);
        font-size: 12px;
      }
      .field {
        height: max(32px, var(--hit));
        color: var(--text);
        font-size: 13px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 8px;
      }
      .line .button {
        height: max(32px, var(--hit));
      }
      .line label {
        flex: 1 1 160px;
      }
      p {
        margin: 0;
        font-size: 12px;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    this.flow = "";
    this.values = () => ({});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    return html`<details>
      <summary>More: further attempts, word of its end, schedule</summary>
      <div class="grid">
        <label>
          Where it fails
          <select class="field" @change=${(event: Event) => this.#tell({ retries: Number((event.target as HTMLSelectElement).value) })}>
            ${ATTEMPTS.map((count) => html`<option value=${count}>${count === 0 ? "it is not started again" : `up to ${count} further ${count === 1 ? "attempt" : "attempts"}`}</option>`)}
          </select>
        </label>
        <div class="line">
          <label>
            Address that is told of its end (webhook)
            <input class="field" type="url" placeholder="https://example.org/hook" @input=${(event: Event) => this.#tell({ webhook: (event.target as HTMLInputElement).value.trim() })} />
          </label>
          <button class="button framed" type="button" @click=${() => void this.#copyKey()}>Copy the key that signs it</button>
        </div>
        <div class="line">
          <label>
            Starts by the clock
            <select class="field" @change=${(event: Event) => this.#look((event.target as HTMLSelectElement).value, 0)}>
              <option value="">choose when</option>
              ${USUAL.map(([cron, words]) => html`<option value=${cron} ?selected=${cron === this.#cron}>${words}</option>`)}
            </select>
          </label>
          <label>
            or as cron
            <input class="field" spellcheck="false" autocomplete="off" placeholder="0 9 * * 1-5" title="Minute, hour, day of the month, month, day of the week" .value=${this.#cron} @input=${(event: Event) => this.#look((event.target as HTMLInputElement).value, LOOK_MS)} />
          </label>
          <button class="button framed" type="button" ?disabled=${this.#work.busy || this.#next.length === 0} @click=${() => void this.#schedule()}>Add the schedule</button>
        </div>
        ${this.#trouble === "" ? nothing : html`<p class="bad" role="alert">${this.#trouble}</p>`}
        ${
          this.#next.length === 0
            ? nothing
            : html`<p class="quiet" role="status">In ${this.#zone}: ${this.#next.map((time) => moment(Date.parse(time))).join(", ")}. It hands in what is filled in above. <a href="/flows/schedules">Schedules</a></p>`
        }
      </div>
    </details>`;
  }

  #tell(change: Partial<LaunchWish>): void {
    this.#wish = { ...this.#wish, ...change };
    this.dispatchEvent(new CustomEvent("wish", { detail: this.#wish }));
  }

  #look(cron: string, ms: number): void {
    this.#cron = cron;
    this.#next = [];
    this.#trouble = "";
    this.requestUpdate();
    clearTimeout(this.#timer);
    if (cron.trim() !== "") this.#timer = setTimeout(() => void this.#times(cron), ms);
  }

  async #times(cron: string): Promise<void> {
    try {
      const next = await scheduleTimes(cron, this.#zone);
      if (cron !== this.#cron) return;
      this.#next = next;
      this.#trouble = next.length === 0 ? "These times never come: there is no such day." : "";
    } catch (cause) {
      if (cron === this.#cron) this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  async #schedule(): Promise<void> {
    this.#trouble = "";
    const { retries, webhook } = this.#wish;
    await this.#work.run(async () => {
      const { name } = await addSchedule({
        ...{ flow: this.flow, name: "", fields: this.values(), cron: this.#cron, timezone: this.#zone },
        ...{ enabled: true, retries, webhook: webhook === "" ? null : webhook },
      });
      this.#notices.value.show("good", `${name} starts by the clock now; it is in the list of schedules.`);
    });
  }

  async #copyKey(): Promise<void> {
    await this.#work.run(async () => {
      const key = await webhookKey();
      const copied = await copyText(key);
      this.#notices.value.show(
        copied ? "good" : "warn",
        copied ? "The key is in the clipboard. Whoever has it can check what is told." : `The key: ${key}`,
      );
    });
  }
}
customElements.define("ep-flow-more", EpFlowMore);
