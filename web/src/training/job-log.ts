/** <ep-job-log>: what a job told, the newest last, and what its program printed; searched as one types. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { logStyles } from "../ui/log-styles.ts";
import { type JobEvent, listEvents } from "./api.ts";
import { Poll } from "./poll.ts";

const MOST = 1000;

/** See the file's comment. `over`: nothing more comes. */
export class EpJobLog extends EpElement {
  static override properties = { job: {}, over: { type: Boolean }, words: { state: true } };
  declare job: string;
  declare over: boolean;
  declare words: string;
  readonly #poll = new Poll(this, () => this.#ask());
  #events: readonly JobEvent[] = [];
  #trouble = "";
  #steps = false;

  static override styles = [
    sharedStyles,
    logStyles,
    css`
      time {
        color: var(--quiet);
      }
      .warn {
        color: var(--warn);
      }
      .error {
        color: var(--bad);
      }
      label.line {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  constructor() {
    super();
    this.over = false;
    this.words = "";
  }

  async #ask(): Promise<boolean> {
    try {
      this.#events = (await listEvents(this.job, MOST)).data;
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
    return !this.over;
  }

  protected override willUpdate(changes: PropertyValues): void {
    // The last words of a job come with its end.
    if (changes.has("over") && this.over) void this.#poll.now();
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector("ol");
    // At the end it stays at the end; whoever reads further up is left there.
    if (list && (this.#atEnd || !list.dataset.seen)) list.scrollTop = list.scrollHeight;
    if (list) list.dataset.seen = "yes";
  }
  #atEnd = true;

  override render(): TemplateResult {
    const wanted = this.words.trim().toLowerCase();
    const shown = this.#events
      .filter(
        ({ type, message }) =>
          (this.#steps || wanted !== "" || type !== "metrics") && message.toLowerCase().includes(wanted),
      )
      .toReversed();
    return html`<div class="head">
        <h2 id="log">Log</h2>
        <span>
          <label class="line">
            <input
              type="checkbox"
              .checked=${this.#steps}
              @change=${(event: Event) => {
                this.#steps = (event.target as HTMLInputElement).checked;
                this.requestUpdate();
              }}
            />
            Steps
          </label>
          <input
            class="field"
            type="search"
            placeholder="Search"
            aria-label="Search the log"
            @input=${(event: Event) => {
              this.words = (event.target as HTMLInputElement).value;
            }}
          />
        </span>
      </div>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      <ol
        aria-labelledby="log"
        tabindex="0"
        @scroll=${(event: Event) => {
          const list = event.target as HTMLElement;
          this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
        }}
      >
        ${repeat(
          shown,
          ({ id }) => id,
          ({ created_at, level, message }) => {
            const at = new Date(created_at * 1000);
            return html`<li class=${level}>
              <time datetime=${at.toISOString()}>${at.toLocaleTimeString()}</time> ${message}
            </li>`;
          },
        )}
        ${shown.length === 0 ? html`<li class="quiet">${wanted === "" ? "Nothing was told yet." : "No line has these words."}</li>` : nothing}
      </ol>`;
  }
}
customElements.define("ep-job-log", EpJobLog);
