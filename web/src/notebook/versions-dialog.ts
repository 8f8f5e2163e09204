/** <ep-versions-dialog>: kept versions, what each differs in from now, and the way back. */
import { type CellChange, diffNotebooks, type NotebookDiff } from "@eyepiece/protocol/notebook/diff.ts";
import { readDocument } from "@eyepiece/protocol/notebook/document.ts";
import { parseNotebook } from "@eyepiece/protocol/notebook/nbformat.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { api, request } from "../services/api.ts";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { NotebookView } from "./notebook-view.ts";

interface Version {
  readonly id: string;
  readonly name: string;
  readonly created_ms: number;
  readonly author?: string;
}

/** See the file's comment. */
export class EpVersionsDialog extends EpElement {
  static override properties = { view: { attribute: false } };
  declare view: NotebookView | undefined;
  readonly #notices = new Shared(this, noticesContext);
  #open = false;
  #versions: readonly Version[] | undefined;
  #chosen: Version | undefined;
  #diff: NotebookDiff | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: min(960px, 94vw);
      }
      .both {
        display: grid;
        grid-template-columns: minmax(180px, 240px) minmax(0, 1fr);
        gap: 16px;
        min-height: 300px;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        max-height: 60vh;
        overflow: auto;
      }
      li .button {
        width: 100%;
        height: auto;
        padding: 6px 8px;
        justify-content: flex-start;
        text-align: left;
        white-space: normal;
      }
      .diff {
        max-height: 60vh;
        overflow: auto;
        font-size: 12px;
      }
      .change {
        margin-bottom: 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        overflow: hidden;
      }
      .change header {
        padding: 3px 8px;
        background: var(--raised);
        color: var(--quiet);
      }
      pre {
        margin: 0;
        padding: 2px 8px;
        font: 12px/1.45 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .added {
        background: color-mix(in srgb, var(--good) 16%, transparent);
      }
      .removed {
        background: color-mix(in srgb, var(--bad) 16%, transparent);
      }
      @media (max-width: 700px) {
        .both {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  /** Opens the dialog and asks for the versions. */
  show(): void {
    this.#open = true;
    this.#chosen = undefined;
    this.#diff = undefined;
    this.#trouble = "";
    this.requestUpdate();
    void this.#load();
  }

  get #address(): string {
    return `/api/notebooks/${this.view?.document.id ?? ""}/versions`;
  }

  async #load(): Promise<void> {
    try {
      this.#versions = (await api<{ versions: readonly Version[] }>("GET", this.#address)).versions;
    } catch (cause) {
      this.#trouble = sentence(cause);
    }
    this.requestUpdate();
  }

  async #choose(version: Version): Promise<void> {
    const { view } = this;
    if (!view) return;
    this.#chosen = version;
    this.#diff = undefined;
    this.requestUpdate();
    try {
      const text = await (await request("GET", `${this.#address}/${version.id}`)).text();
      const now = readDocument(view.document.doc, () => undefined);
      this.#diff = diffNotebooks(parseNotebook(text), now);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentence(cause);
    }
    this.requestUpdate();
  }

  async #restore(version: Version): Promise<void> {
    try {
      await api("POST", `${this.#address}/${version.id}/restore`);
      this.#open = false;
      this.#notices.value.show(
        "good",
        "The version is restored. What was there before is kept as a version, too.",
      );
    } catch (cause) {
      this.#trouble = sentence(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const chosen = this.#chosen;
    return html`<wa-dialog
      label="Versions"
      ?open=${this.#open}
      light-dismiss
      @wa-after-hide=${() => {
        this.#open = false;
      }}
    >
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      <div class="both">
        ${this.#list()}
        <div class="diff">
          ${chosen === undefined ? html`<p class="quiet">Choose a version: what changed since then stands here.</p>` : this.#changes()}
        </div>
      </div>
      ${
        chosen && this.view?.mayEdit
          ? html`<button slot="footer" class="button primary" type="button" @click=${() => void this.#restore(chosen)}>
              Restore this version
            </button>`
          : nothing
      }
    </wa-dialog>`;
  }

  #list(): TemplateResult {
    if (!this.#versions) return html`<p class="quiet" role="status">Asking for the versions.</p>`;
    if (this.#versions.length === 0)
      return html`<p class="quiet">None yet. Versions are kept from time to time, and with Ctrl-S.</p>`;
    return html`<ul>
      ${this.#versions.map(
        (version) => html`<li>
          <button class="button" type="button" aria-pressed=${this.#chosen?.id === version.id ? "true" : "false"} @click=${() => void this.#choose(version)}>
            <span>
              ${new Date(version.created_ms).toLocaleString()}<br />
              <span class="quiet">${version.name || "kept by itself"}${version.author ? ` · ${version.author}` : ""}</span>
            </span>
          </button>
        </li>`,
      )}
    </ul>`;
  }

  #changes(): TemplateResult {
    if (!this.#diff) return html`<p class="quiet" role="status">Comparing.</p>`;
    const changed = this.#diff.cells.filter((cell) => cell.kind !== "same");
    if (changed.length === 0) return html`<p class="quiet">Nothing changed since then.</p>`;
    return html`${changed.map((cell) => this.#change(cell))}`;
  }

  #change(cell: CellChange): TemplateResult {
    const fields = cell.fields.length > 0 ? ` · ${cell.fields.join(", ")}` : "";
    return html`<div class="change">
      <header>${cell.type} cell ${cell.kind}${cell.moved && cell.kind !== "moved" ? " and moved" : ""}${fields}</header>
      ${cell.lines
        .filter((line) => line.op !== "same" || line.text.length < 400)
        .map((line) => html`<pre class=${line.op}>${line.text.replace(/\n$/, "")}</pre>`)}
    </div>`;
  }
}
customElements.define("ep-versions-dialog", EpVersionsDialog);

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
