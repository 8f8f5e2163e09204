/** <ep-move-dialog>: moves a notebook to another of one's projects. Fires `moved`. */
import { css, html, nothing, type TemplateResult } from "lit";
import { changeNotebook, listProjects, type NotebookInfo, type ProjectInfo } from "../services/notebooks.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf } from "../ui/loaded.ts";

/** See the file's comment. */
export class EpMoveDialog extends EpElement {
  #notebook: NotebookInfo | undefined;
  #projects: readonly ProjectInfo[] | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      form {
        display: grid;
        gap: 4px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: var(--hit);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Asks where to. */
  show(notebook: NotebookInfo): void {
    this.#notebook = notebook;
    this.#projects = undefined;
    this.#trouble = "";
    this.requestUpdate();
    listProjects().then(
      ({ items }) => {
        this.#projects = items.filter((project) => project.own && project.id !== notebook.project);
        this.requestUpdate();
      },
      (cause: unknown) => {
        this.#trouble = sentenceOf(cause);
        this.requestUpdate();
      },
    );
  }

  override render(): TemplateResult | typeof nothing {
    const notebook = this.#notebook;
    if (!notebook) return nothing;
    const projects = this.#projects;
    return html`<wa-dialog label=${`Move ${notebook.name}`} open style="--width: 420px" @wa-after-hide=${this.#hidden}>
      <form id="form" @submit=${(event: SubmitEvent) => void this.#submit(event, notebook)}>
        ${
          projects === undefined
            ? html`<p class="quiet" role="status">${this.#trouble === "" ? "Asking for your projects." : ""}</p>`
            : projects.length === 0
              ? html`<p>You have no other project. Make one at the start page first.</p>`
              : projects.map(
                  (project, i) => html`<label>
                    <input type="radio" name="project" value=${project.id} ?checked=${i === 0} />${project.name}
                  </label>`,
                )
        }
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      </form>
      <button slot="footer" class="button framed" type="button" @click=${() => this.#close()}>Cancel</button>
      <button slot="footer" class="button primary" form="form" ?disabled=${(projects ?? []).length === 0}>Move</button>
    </wa-dialog>`;
  }

  readonly #hidden = (event: Event): void => {
    if (event.target === event.currentTarget) this.#close();
  };

  #close(): void {
    this.#notebook = undefined;
    this.requestUpdate();
  }

  async #submit(event: SubmitEvent, notebook: NotebookInfo): Promise<void> {
    event.preventDefault();
    const project = new FormData(event.target as HTMLFormElement).get("project");
    if (typeof project !== "string") return;
    try {
      await changeNotebook(notebook.id, { project });
      this.#close();
      this.dispatchEvent(new CustomEvent("moved"));
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
      this.requestUpdate();
    }
  }
}
customElements.define("ep-move-dialog", EpMoveDialog);
