/** <ep-flow-log>: what a run printed and told its author; searched as one types. */
import { css, html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { ansiHtml, terminalPlain } from "../notebook/outputs/ansi.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { logStyles } from "../ui/log-styles.ts";
import type { RunEvent } from "./run-watch.ts";

/** Lines that are drawn at once: the newest. */
const DRAWN = 500;

/** See the file's comment. `count`: how many lines there were in all; it changes when `lines` does. */
export class EpFlowLog extends EpElement {
  static override properties = {
    lines: { attribute: false },
    count: { type: Number },
    words: { state: true },
  };
  declare lines: readonly RunEvent[];
  declare count: number;
  declare words: string;
  #atEnd = true;

  static override styles = [
    sharedStyles,
    logStyles,
    css`
      li {
        white-space: pre-wrap;
      }
      li.debug {
        color: var(--quiet);
      }
      li.stderr {
        color: var(--warn);
      }
    `,
  ];

  constructor() {
    super();
    this.lines = [];
    this.count = 0;
    this.words = "";
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector("ol");
    // At the end it stays at the end; whoever reads further up is left there.
    if (list && this.#atEnd) list.scrollTop = list.scrollHeight;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.count === 0) return nothing;
    const wanted = this.words.trim().toLowerCase();
    const found =
      wanted === ""
        ? this.lines
        : this.lines.filter(({ message }) => terminalPlain(message).toLowerCase().includes(wanted));
    const shown = found.slice(-DRAWN);
    return html`<div class="head">
        <h2 id="log">Log</h2>
        <span class="quiet num">${shown.length < this.count ? `the last ${shown.length} of ${this.count.toLocaleString()} lines` : nothing}</span>
        <input
          class="field"
          type="search"
          placeholder="Search the log"
          aria-label="Search the log"
          .value=${this.words}
          @input=${(event: Event) => {
            this.words = (event.target as HTMLInputElement).value;
          }}
        />
      </div>
      <ol aria-labelledby="log" tabindex="0" @scroll=${(event: Event) => this.#scrolled(event.target as HTMLElement)}>
        ${repeat(
          shown,
          ({ id }) => id,
          (
            { kind, message }, // A line stays as it is: of five hundred, only those that have come are read for their colours.
          ) => html`<li class=${kind}>${guard([message], () => unsafeHTML(ansiHtml(message)))}</li>`,
        )}
      </ol>`;
  }

  #scrolled(list: HTMLElement): void {
    this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
  }
}
customElements.define("ep-flow-log", EpFlowLog);
