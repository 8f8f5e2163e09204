/** <ep-project-notebooks>: the notebooks of a project: new, import, open from a node or those that are shipped, rename, move, delete. */
import { html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { noticesContext } from "../services/contexts.ts";
import {
  changeNotebook,
  createNotebook,
  deleteNotebook,
  importNotebook,
  listNotebooks,
  type NotebookInfo,
  type ProjectInfo,
} from "../services/notebooks.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import "./move-dialog.ts";
import type { EpMoveDialog } from "./move-dialog.ts";
import "./open-notebook.ts";
import type { EpOpenNotebook } from "./open-notebook.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

/** See the file's comment. */
export class EpProjectNotebooks extends EpElement {
  static override properties = { project: { attribute: false }, guest: { attribute: false } };
  declare project: ProjectInfo;
  declare guest: boolean;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #list = new Loaded(this, async () => {
    const { items, kept } = await listNotebooks(this.project.id);
    return { kept, items: [...items].sort((a, b) => b.updated_ms - a.updated_ms) };
  });

  static override styles = [sharedStyles, pageStyles, sectionStyles];

  constructor() {
    super();
    this.guest = false;
  }

  override render(): TemplateResult {
    const may = this.project.rights.includes("edit");
    const notebooks = this.#list.value?.items;
    return html`<section aria-labelledby="notebooks">
      <div class="head">
        <h2 id="notebooks">Notebooks</h2>
        ${may ? this.#tools() : nothing}
      </div>
      ${this.#list.value?.kept ? html`<p class="quiet">No network: these are kept on this browser.</p>` : nothing}
      ${this.#list.trouble === "" ? nothing : html`<p role="alert">${this.#list.trouble}</p>`}
      ${
        notebooks === undefined
          ? html`<p class="quiet" role="status">${this.#list.trouble === "" ? "Asking for the notebooks." : ""}</p>`
          : notebooks.length === 0
            ? html`<div class="empty"><p>No notebook yet.${may ? " Make one, or drop an .ipynb anywhere on this page." : ""}</p></div>`
            : html`<ul class="rows" aria-label="Notebooks">${notebooks.map((one) => this.#row(one))}</ul>`
      }
      <ep-move-dialog @moved=${() => void this.#list.again()}></ep-move-dialog>
      <ep-open-notebook
        .project=${this.project.id}
        @opened=${(event: CustomEvent<string>) => this.#router.value.go({ page: "notebook", notebook: event.detail })}
      ></ep-open-notebook>
    </section>`;
  }

  #tools(): TemplateResult {
    return html`<div class="actions">
      <label class="button framed">
        <ep-icon name="upload"></ep-icon>Import
        <input
          class="hidden-text"
          type="file"
          multiple
          accept=".ipynb,application/x-ipynb+json"
          aria-label="Import notebooks (.ipynb)"
          @change=${(event: Event) => {
            const field = event.target as HTMLInputElement;
            void this.import([...(field.files ?? [])]).then(() => {
              field.value = "";
            });
          }}
        />
      </label>
      ${
        this.guest
          ? nothing
          : html`<button
              class="button framed"
              type="button"
              @click=${() => this.renderRoot.querySelector<EpOpenNotebook>("ep-open-notebook")?.show()}
            >
              <ep-icon name="folderOpen"></ep-icon>Open
            </button>`
      }
      <button class="button primary" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#new()}>
        <ep-icon name="plus"></ep-icon>New notebook
      </button>
    </div>`;
  }

  #row(one: NotebookInfo): TemplateResult {
    return html`<li>
      <a class="main" href=${`/notebook/${one.id}`}>
        <ep-icon name="book"></ep-icon><span class="name">${one.name}</span>
        <time class="aside push" datetime=${new Date(one.updated_ms).toISOString()} title=${moment(one.updated_ms)}>
          ${ago(one.updated_ms)}
        </time>
      </a>
      ${
        one.rights.includes("edit")
          ? html`<button class="button icon" type="button" aria-label=${`Rename ${one.name}`} title="Rename" @click=${() => void this.#rename(one)}>
              <ep-icon name="pencil"></ep-icon>
            </button>`
          : nothing
      }
      ${
        one.own
          ? html`<button
                class="button icon"
                type="button"
                aria-label=${`Move ${one.name}`}
                title="Move to another project"
                @click=${() => this.renderRoot.querySelector<EpMoveDialog>("ep-move-dialog")?.show(one)}
              >
                <ep-icon name="arrowRight"></ep-icon>
              </button>
              <button class="button icon" type="button" aria-label=${`Delete ${one.name}`} title="Delete" @click=${() => void this.#delete(one)}>
                <ep-icon name="trash"></ep-icon>
              </button>`
          : nothing
      }
    </li>`;
  }

  /** Imports .ipynb files. One alone is opened. */
  async import(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    let last = "";
    for (const file of files) {
      await this.#work.run(async () => {
        last = await importNotebook(file.name.replace(/\.ipynb$/i, ""), file, this.project.id);
      });
    }
    if (files.length === 1 && last !== "") this.#router.value.go({ page: "notebook", notebook: last });
    else await this.#list.again();
  }

  async #new(): Promise<void> {
    await this.#work.run(async () => {
      const notebook = await createNotebook("Untitled", this.project.id);
      this.#router.value.go({ page: "notebook", notebook });
    });
  }

  async #rename(one: NotebookInfo): Promise<void> {
    const name = await this.#confirm.value.ask({
      title: "Rename the notebook",
      words: "Its address stays the same.",
      field: { label: "Name", value: one.name },
      action: "Rename",
    });
    if (name === undefined || name.trim() === one.name) return;
    await this.#work.run(() => changeNotebook(one.id, { name }));
    await this.#list.again();
  }

  async #delete(one: NotebookInfo): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${one.name}?`,
      words:
        "Its cells, outputs, all its versions and the links to it go with it, and cannot be brought back. Its kernel's variables are lost.",
      action: "Delete the notebook",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => deleteNotebook(one.id));
    await this.#list.again();
  }
}
customElements.define("ep-project-notebooks", EpProjectNotebooks);
