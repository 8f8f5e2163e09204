/** <ep-job-log>: what a job told, the newest last, and what its program printed; searched as one types. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded } from "../ui/loaded.ts";
import { logStyles } from "../ui/log-styles.ts";
import { type JobEvent, listEvents, readPrinted } from "./api.ts";

const MOST = 1000;
/** Bytes of the end of what was printed. */
const MOST_PRINTED = 256 * 1024;

/** See the file's comment. It asks when `news` changes. */
export class EpJobLog extends EpElement {
  static override properties = { job: {}, news: { type: Number }, words: { state: true } };
  declare job: string;
  declare news: number;
  declare words: string;
  readonly #events = new Loaded<readonly JobEvent[]>(
    this,
    async () => (await listEvents(this.job, MOST)).data,
  );
  readonly #printed = new Loaded<string>(this, async () =>
    this.#what === "printed" ? await readPrinted(this.job, MOST_PRINTED) : "",
  );
  #what: "events" | "printed" = "events";
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
      .head > span {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
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
    this.news = 0;
    this.words = "";
  }

  protected override willUpdate(changes: PropertyValues): void {
    // Once it is there it asks by itself.
    if (changes.has("news") && this.hasUpdated) void this.#asked.again();
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector("ol");
    // At the end it stays at the end; whoever reads further up is left there.
    if (list && (this.#atEnd || !list.dataset.seen)) list.scrollTop = list.scrollHeight;
    if (list) list.dataset.seen = "yes";
  }
  #atEnd = true;

  get #asked(): Loaded<unknown> {
    return this.#what === "printed" ? this.#printed : this.#events;
  }

  override render(): TemplateResult {
    const wanted = this.words.trim().toLowerCase();
    const lines = this.#what === "printed" ? this.#printedLines(wanted) : this.#eventLines(wanted);
    const none = wanted === "" ? "Nothing was told yet." : "No line has these words.";
    return html`<div class="head">
        <h2 id="log">Log</h2>
        <span>
          <select class="field" aria-label="What is shown" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
            <option value="events">What happened</option>
            <option value="printed">What its program printed</option>
          </select>
          ${this.#what === "printed" ? nothing : this.#stepsTick()}
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
      ${this.#asked.trouble === "" ? nothing : html`<p role="alert">${this.#asked.trouble}</p>`}
      <ol
        aria-labelledby="log"
        tabindex="0"
        @scroll=${(event: Event) => {
          const list = event.target as HTMLElement;
          this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
        }}
      >
        ${lines}
        ${lines.length > 0 ? nothing : html`<li class="quiet">${this.#asked.value === undefined ? "Asking the node." : none}</li>`}
      </ol>`;
  }

  #stepsTick(): TemplateResult {
    return html`<label class="line">
        <input
          type="checkbox"
          .checked=${this.#steps}
          @change=${(event: Event) => {
            this.#steps = (event.target as HTMLInputElement).checked;
            this.requestUpdate();
          }}
        />
        Steps
      </label>`;
  }

  #eventLines(wanted: string): TemplateResult[] {
    return (this.#events.value ?? [])
      .filter(
        ({ type, message }) =>
          (this.#steps || wanted !== "" || type !== "metrics") && message.toLowerCase().includes(wanted),
      )
      .toReversed()
      .map(({ created_at, level, message }) => {
        const at = new Date(created_at * 1000);
        return html`<li class=${level}><time datetime=${at.toISOString()}>${at.toLocaleTimeString()}</time> ${message}</li>`;
      });
  }

  #printedLines(wanted: string): TemplateResult[] {
    return (
      (this.#printed.value ?? "")
        .split("\n")
        // A bar of progress is written over itself.
        .map((line) => line.split("\r").findLast((part) => part !== "") ?? "")
        .filter((line) => line !== "" && line.toLowerCase().includes(wanted))
        .slice(-MOST)
        .map((line) => html`<li>${line}</li>`)
    );
  }

  #choose(what: string): void {
    this.#what = what === "printed" ? "printed" : "events";
    this.requestUpdate();
    void this.#asked.again();
  }
}
customElements.define("ep-job-log", EpJobLog);
