/** <ep-admin-audit>: the audit log, the newest first, a page at a time, filtered by words. */
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../services/api.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { moment } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

interface Entry {
  readonly id: number;
  readonly at: number;
  readonly actor_name: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string;
  readonly address: string;
}

const PAGE = 100;
/** Pages that a filter looks through at once; the log is long, and a rare word may be far back. */
const LOOK_THROUGH = 10;

/** See the file's comment. */
export class EpAdminAudit extends EpElement {
  #entries: Entry[] = [];
  #more = true;
  #busy = false;
  #words = "";
  #trouble = "";

  static override styles = [sharedStyles, pageStyles, sectionStyles];

  override firstUpdated(): void {
    void this.#load();
  }

  get #shown(): readonly Entry[] {
    const words = this.#words.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.#entries;
    return this.#entries.filter((entry) => {
      const text =
        `${entry.actor_name} ${entry.action} ${entry.target} ${entry.detail} ${entry.address}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  /** The next page; with a filter as many as bring a page of what is looked for. */
  async #load(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      const before = this.#shown.length;
      for (let i = 0; i < LOOK_THROUGH && this.#more; i++) {
        const last = this.#entries.at(-1);
        const query = last ? `&before=${last.id}` : "";
        const { entries } = await api<{ entries: readonly Entry[] }>(
          "GET",
          `/api/admin/audit?limit=${PAGE}${query}`,
        );
        this.#entries.push(...entries);
        this.#more = entries.length === PAGE;
        if (this.#words === "" || this.#shown.length - before >= PAGE / 2) break;
      }
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }

  override render(): TemplateResult {
    const shown = this.#shown;
    return html`<section aria-labelledby="audit">
      <div class="head">
        <h2 id="audit">Audit log</h2>
        <input
          class="field"
          type="search"
          aria-label="Filter the audit log"
          placeholder="Name, action, address"
          @input=${(event: Event) => {
            this.#words = (event.target as HTMLInputElement).value;
            this.requestUpdate();
          }}
        />
      </div>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      <div class="scroll" tabindex="0" role="region" aria-label="Audit log">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">To what</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(
              (entry) => html`<tr>
                <td class="num">${moment(entry.at)}</td>
                <td>${entry.actor_name || "nobody"}</td>
                <td>${entry.action}</td>
                <td>${entry.detail || entry.target}</td>
                <td class="quiet">${entry.address}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="actions" style="margin-top: 8px">
        <span class="quiet" role="status">
          ${this.#words === "" ? `${shown.length} ${shown.length === 1 ? "entry" : "entries"}` : `${shown.length} of ${this.#entries.length} entries`}
        </span>
        ${
          this.#more
            ? html`<button class="button framed" type="button" ?disabled=${this.#busy} @click=${() => void this.#load()}>
                Older entries
              </button>`
            : nothing
        }
      </div>
    </section>`;
  }
}
customElements.define("ep-admin-audit", EpAdminAudit);
