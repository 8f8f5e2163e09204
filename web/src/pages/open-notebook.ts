/** <ep-open-notebook>: makes one's own copy of a notebook that is shipped, or that lies in the node's folders. Fires `opened` with its id. */
import { css, html, nothing, type TemplateResult } from "lit";
import { nodeContext } from "../services/contexts.ts";
import type { Folder } from "../services/node.ts";
import {
  importNotebook,
  loadShipped,
  type ShippedNotebook,
  shippedNotebooks,
} from "../services/notebooks.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import type { IconName } from "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";

/** See the file's comment. `project`: where the copy goes; undefined for the default one. */
export class EpOpenNotebook extends EpElement {
  static override properties = { project: {} };
  declare project: string | undefined;
  readonly #node = new Shared(this, nodeContext);
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  #open = false;
  #shipped: readonly ShippedNotebook[] = [];
  #folder: Folder | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 560px;
      }
      h3 {
        margin: 16px 0 6px;
        color: var(--quiet);
        font-size: 12px;
      }
      h3:first-child {
        margin-top: 0;
      }
      ul {
        max-height: 260px;
        margin: 0;
        padding: 4px;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        list-style: none;
      }
      li .button {
        justify-content: flex-start;
        width: 100%;
        white-space: normal;
        height: auto;
        min-height: var(--hit);
        text-align: left;
        overflow-wrap: anywhere;
      }
      .where {
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--quiet);
        font: 12px var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Opens it, and looks again what there is. */
  show(): void {
    this.#open = true;
    this.#trouble = "";
    this.requestUpdate();
    void this.#ask(async () => {
      this.#shipped = await shippedNotebooks();
    });
    void this.#go(this.#folder?.path ?? "");
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const entries = (this.#folder?.entries ?? []).filter((entry) => entry.folder || isNotebook(entry.name));
    return html`<wa-dialog label="Open a notebook" open @wa-after-hide=${this.#hidden}>
      ${
        this.#shipped.length === 0
          ? nothing
          : html`<h3>That come with Eyepiece</h3>
              <ul aria-label="Notebooks that come with Eyepiece">
                ${this.#shipped.map(({ name, title }) =>
                  this.#entry("book", title, () => this.#make(() => loadShipped(name, this.project))),
                )}
              </ul>`
      }
      <h3>On the node</h3>
      <div class="where">
        <button
          class="button icon"
          type="button"
          aria-label="Up one folder"
          title="Up one folder"
          ?disabled=${!this.#folder || this.#folder.path === ""}
          @click=${() => void this.#go(this.#folder?.parent ?? "")}
        >
          <ep-icon name="cornerLeftUp"></ep-icon>
        </button>
        <span>${this.#folder?.path || "Folders that this node opens from"}</span>
      </div>
      <ul aria-label="Notebooks on the node">
        ${entries.map((entry) =>
          entry.folder
            ? this.#entry("folder", entry.name, () => void this.#go(entry.path))
            : this.#entry("book", entry.name, () => this.#make(() => this.#import(entry.path))),
        )}
        ${this.#folder && entries.length === 0 ? html`<li class="quiet">No notebooks in this folder.</li>` : nothing}
      </ul>
      <p class="quiet">You get a copy; the file stays as it is.</p>
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
    </wa-dialog>`;
  }

  #entry(icon: IconName, words: string, act: () => void): TemplateResult {
    return html`<li>
      <button class="button" type="button" ?disabled=${this.#work.busy} @click=${act}>
        <ep-icon name=${icon}></ep-icon>${words}
      </button>
    </li>`;
  }

  readonly #hidden = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    this.#open = false;
    this.requestUpdate();
  };

  async #import(path: string): Promise<string> {
    const { name, bytes } = await this.#node.value.readNotebook(path);
    return importNotebook(name.replace(/\.ipynb$/i, ""), new Blob([bytes]), this.project);
  }

  #make(make: () => Promise<string>): void {
    this.#trouble = "";
    void this.#work.run(async () => {
      const id = await make();
      this.#open = false;
      this.dispatchEvent(new CustomEvent("opened", { detail: id }));
    });
  }

  async #go(path: string): Promise<void> {
    await this.#ask(async () => {
      this.#folder = await this.#node.value.folder(path);
    });
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }
}
customElements.define("ep-open-notebook", EpOpenNotebook);

function isNotebook(name: string): boolean {
  return name.toLowerCase().endsWith(".ipynb");
}
