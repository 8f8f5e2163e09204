/** <ep-project>: one project: its notebooks, its files, whom it is shared with. Files can be dropped anywhere. */
import { css, html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { api } from "../services/api.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
import { getProject, type ProjectInfo } from "../services/notebooks.ts";
import "../sharing/share-dialog.ts";
import "../sharing/share-panel.ts";
import { confirmContext, type Loss } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { pageStyles } from "./page-styles.ts";
import "./project-files.ts";
import type { EpProjectFiles } from "./project-files.ts";
import "./project-notebooks.ts";
import type { EpProjectNotebooks } from "./project-notebooks.ts";

/** See the file's comment. `project` must not change: another project is another element. */
export class EpProject extends EpElement {
  static override properties = { project: {} };
  declare project: string;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #person = new Shared(this, personContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #info = new Loaded(this, async () => {
    const info = await getProject(this.project);
    this.#router.value.setTitle(info.name);
    return info;
  });
  #dropping = false;
  #alive = new AbortController();

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .drop {
        position: fixed;
        inset: 48px 8px 8px 52px;
        z-index: 20;
        display: grid;
        place-items: center;
        border: 2px dashed var(--accent);
        border-radius: 8px;
        background: color-mix(in srgb, var(--ground) 86%, transparent);
        font-size: 15px;
        pointer-events: none;
      }
      ep-share-panel {
        display: block;
        max-width: 640px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    const { signal } = this.#alive;
    const files = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    window.addEventListener(
      "dragover",
      (event) => {
        if (!files(event)) return;
        event.preventDefault();
        this.#drop(this.#mayEdit);
      },
      { signal },
    );
    window.addEventListener(
      "dragleave",
      (event) => {
        if (event.relatedTarget === null) this.#drop(false);
      },
      { signal },
    );
    window.addEventListener(
      "drop",
      (event) => {
        if (!files(event)) return;
        event.preventDefault();
        this.#drop(false);
        this.#take([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
    this.#router.value.setTitle("");
  }

  get #mayEdit(): boolean {
    return this.#info.value?.rights.includes("edit") ?? false;
  }

  override render(): TemplateResult {
    const info = this.#info.value;
    if (!info) {
      return this.#info.trouble === ""
        ? html`<p class="quiet" role="status">Opening the project.</p>`
        : html`<h1>This project cannot be opened</h1>
            <p role="alert">${this.#info.trouble}</p>
            <p><a href="/">Go to the start</a></p>`;
    }
    const guest = this.#person.value.person?.role === "guest";
    return html`
      <div class="head">
        <h1>${info.name}</h1>
        <div class="actions">
          ${
            this.#mayEdit
              ? html`<button class="button framed" type="button" @click=${() => void this.#rename(info)}>
                  <ep-icon name="pencil"></ep-icon>Rename
                </button>`
              : nothing
          }
          ${
            info.own
              ? html`<ep-share-button
                    words="Share"
                    .thing=${{ kind: "project", id: info.id, name: info.name }}
                  ></ep-share-button>
                  <button
                    class="button framed"
                    type="button"
                    ?disabled=${this.#work.busy}
                    @click=${() => void this.#delete(info)}
                  >
                    <ep-icon name="trash"></ep-icon>Delete
                  </button>`
              : nothing
          }
        </div>
      </div>
      ${this.#info.trouble === "" ? nothing : html`<p role="alert">${this.#info.trouble}</p>`}
      ${info.own ? nothing : html`<p class="quiet">Shared with you: you may ${info.rights.join(", ")}.</p>`}
      <ep-project-notebooks .project=${info} .guest=${guest}></ep-project-notebooks>
      <ep-project-files .project=${info}></ep-project-files>
      ${
        info.own
          ? html`<section aria-labelledby="members">
              <div class="head"><h2 id="members">Members and links</h2></div>
              <ep-share-panel .thing=${{ kind: "project", id: info.id, name: info.name }}></ep-share-panel>
            </section>`
          : nothing
      }
      ${this.#dropping ? html`<div class="drop">Drop: notebooks are imported, other files uploaded</div>` : nothing}
    `;
  }

  #drop(over: boolean): void {
    if (this.#dropping === over) return;
    this.#dropping = over;
    this.requestUpdate();
  }

  /** Notebooks are imported; everything else is a file. */
  #take(files: readonly File[]): void {
    if (!this.#mayEdit) {
      this.#notices.value.show("warn", "You may look at this project, not add to it.");
      return;
    }
    const isNotebook = ({ name }: File): boolean => name.toLowerCase().endsWith(".ipynb");
    const notebooks = files.filter(isNotebook);
    const others = files.filter((file) => !isNotebook(file));
    if (notebooks.length > 0)
      void this.renderRoot.querySelector<EpProjectNotebooks>("ep-project-notebooks")?.import(notebooks);
    if (others.length > 0) this.renderRoot.querySelector<EpProjectFiles>("ep-project-files")?.upload(others);
  }

  async #rename(info: ProjectInfo): Promise<void> {
    const name = await this.#confirm.value.ask({
      title: "Rename the project",
      words: "Its address stays the same.",
      field: { label: "Name", value: info.name },
      action: "Rename",
    });
    if (name === undefined || name.trim() === info.name) return;
    await this.#work.run(async () => {
      await api("PATCH", `/api/projects/${info.id}`, { body: { name } });
    });
    await this.#info.again();
  }

  async #delete(info: ProjectInfo): Promise<void> {
    await this.#work.run(async () => {
      const { losses } = await api<{ losses: readonly Loss[] }>(
        "GET",
        `/api/projects/${info.id}/delete-preview`,
      );
      const answer = await this.#confirm.value.ask({
        title: `Delete ${info.name}?`,
        words:
          losses.length === 0
            ? "It is empty. It cannot be brought back."
            : "This goes with the project, and cannot be brought back:",
        losses,
        action: "Delete the project",
        grave: true,
        ...(losses.length > 0 && { typed: info.name }),
      });
      if (answer === undefined) return;
      await api("DELETE", `/api/projects/${info.id}`);
      this.#router.value.go({ page: "home" }, { replace: true });
    });
  }
}
customElements.define("ep-project", EpProject);
