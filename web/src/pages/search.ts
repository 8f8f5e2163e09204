/** <ep-search>: words in the names and cells of all notebooks that one may see. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { routerContext } from "../app/context.ts";
import { type FoundNotebook, searchNotebooks } from "../services/notebooks.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { ago } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { firstMarked, marked } from "./snippet.ts";

/** Milliseconds without a key before it is asked. */
const PAUSE_MS = 200;

/** See the file's comment. */
export class EpSearch extends EpElement {
  static override properties = { query: {} };
  declare query: string;
  readonly #router = new Shared(this, routerContext);
  #found: readonly FoundNotebook[] | undefined;
  #trouble = "";
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      form {
        display: flex;
        gap: 8px;
        margin-bottom: 16px;
      }
      input {
        flex: 1;
        height: 36px !important;
        font-size: 15px;
      }
      .found {
        display: grid;
        gap: 4px;
        padding: 10px 12px;
        color: var(--text);
        text-decoration: none;
        min-width: 0;
        flex: 1;
      }
      .rows > li {
        padding: 0;
      }
      .title {
        display: flex;
        gap: 10px;
        align-items: baseline;
      }
      .title strong {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
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
    this.query = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("query")) void this.#ask();
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const words = this.query.trim();
    if (words === "") {
      this.#found = undefined;
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    try {
      this.#found = await searchNotebooks(words, asking.signal);
      this.#trouble = "";
    } catch (cause) {
      if (asking.signal.aborted) return;
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`
      <form role="search" @submit=${(event: SubmitEvent) => event.preventDefault()}>
        <input
          class="field"
          type="search"
          aria-label="Search your notebooks"
          placeholder="Words in names and cells"
          .value=${live(this.query)}
          @input=${this.#typed}
        />
      </form>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`} ${this.#results()}
    `;
  }

  #results(): TemplateResult {
    const found = this.#found;
    if (found === undefined) {
      return html`<p class="quiet">
        Finds notebooks with all of the words, or words that begin so, in their names and cells: yours and those shared with
        you.
      </p>`;
    }
    if (found.length === 0)
      return html`<p role="status">No notebook has these words. Try fewer of them, or their beginnings.</p>`;
    return html`<p class="quiet" role="status">
        ${found.length} ${found.length === 1 ? "notebook" : "notebooks"}
      </p>
      <ul class="rows" aria-label="Found">
        ${found.map((one) => html`<li>${this.#row(one)}</li>`)}
      </ul>`;
  }

  #row(one: FoundNotebook): TemplateResult {
    return html`<a class="found" href=${`/notebook/${one.notebook}${placeOf(one)}`}>
      <span class="title">
        <strong>${one.name}</strong>${one.line === undefined ? nothing : html`<span class="aside quiet num">line ${one.line} of its cell</span>`}
        <span class="aside quiet">${ago(one.updated_ms)}</span>
      </span>
      <pre>${marked(one.snippet).map((part) => (part.found ? html`<mark>${part.text}</mark>` : part.text))}</pre>
    </a>`;
  }

  readonly #typed = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    // The address shows the same to whoever it is sent to.
    this.#timer = setTimeout(
      () => this.#router.value.go({ page: "search", query }, { replace: true }),
      PAUSE_MS,
    );
  };
}
customElements.define("ep-search", EpSearch);

/** The place in the notebook, for its address. */
function placeOf({ cell, snippet }: FoundNotebook): string {
  if (cell !== undefined) return `#cell=${encodeURIComponent(cell)}`;
  const word = firstMarked(snippet);
  return word === "" ? "" : `#find=${encodeURIComponent(word)}`;
}
