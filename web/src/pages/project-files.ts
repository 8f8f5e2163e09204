/** <ep-project-files>: a project's files: upload in chunks that go on after a break, download, rename, delete. */
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import "../notebook/written-files.ts";
import { listNotebooks, type ProjectInfo } from "../services/notebooks.ts";
import {
  deleteFile,
  fileAddress,
  listFiles,
  type ProjectFile,
  renameFile,
  uploadFile,
} from "../services/project-files.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, sentenceOf, Work } from "../ui/loaded.ts";
import { bytes } from "../ui/sizes.ts";
import { ago, moment } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

/** An upload, as its row shows it. */
interface Sending {
  readonly file: File;
  readonly stop: AbortController;
  received: number;
  waiting: boolean;
  /** Why it ended; empty while it goes on. */
  trouble: string;
}

/** Notebooks of which the folders are looked at, the last edited first. */
const MOST_WRITERS = 30;

/** See the file's comment. */
export class EpProjectFiles extends EpElement {
  static override properties = { project: { attribute: false } };
  declare project: ProjectInfo;
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #files = new Loaded(this, () => listFiles(this.project.id));
  readonly #writers = new Loaded(this, async () => {
    const { items } = await listNotebooks(this.project.id);
    return [...items].sort((a, b) => b.updated_ms - a.updated_ms).slice(0, MOST_WRITERS);
  });
  #looked = false;
  #sending: Sending[] = [];
  /** One at a time: more would only share the same way. */
  #queue: Promise<void> = Promise.resolve();

  static override styles = [
    sharedStyles,
    pageStyles,
    sectionStyles,
    css`
      details {
        margin-top: 12px;
      }
      summary {
        cursor: pointer;
      }
      wa-progress-bar {
        --track-height: 4px;
        flex: 1 1 80px;
        min-width: 60px;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const one of this.#sending) one.stop.abort();
  }

  override render(): TemplateResult {
    const may = this.project.rights.includes("edit");
    const files = this.#files.value;
    const none = files?.length === 0 && this.#sending.length === 0;
    return html`<section aria-labelledby="files">
      <div class="head">
        <h2 id="files">Files</h2>
        ${
          may
            ? html`<label class="button framed">
                <ep-icon name="upload"></ep-icon>Upload
                <input
                  class="hidden-text"
                  type="file"
                  multiple
                  aria-label="Upload files"
                  @change=${(event: Event) => {
                    const field = event.target as HTMLInputElement;
                    this.upload([...(field.files ?? [])]);
                    field.value = "";
                  }}
                />
              </label>`
            : nothing
        }
      </div>
      ${this.#files.trouble === "" ? nothing : html`<p role="alert">${this.#files.trouble}</p>`}
      ${
        none
          ? html`<div class="empty"><p>No files yet.${may ? " Drop some anywhere on this page; uploads go on where they broke off." : ""}</p></div>`
          : html`<ul class="rows" aria-label="Files">
              ${this.#sending.map((one) => this.#sendingRow(one))} ${(files ?? []).map((file) => this.#row(file, may))}
            </ul>`
      }
      ${this.project.rights.includes("run") ? this.#written(may) : nothing}
    </section>`;
  }

  /** Asked for when it is opened: each notebook has a folder of its own, at its node. */
  #written(may: boolean): TemplateResult {
    const writers = this.#writers.value;
    return html`<details
      @toggle=${(event: Event) => {
        this.#looked ||= (event.target as HTMLDetailsElement).open;
        this.requestUpdate();
      }}
    >
      <summary>Files that code wrote</summary>
      ${
        this.#looked && writers
          ? html`<ep-written-files
              .notebooks=${writers}
              .project=${this.project.id}
              .may=${may}
              @kept=${() => void this.#files.again()}
            ></ep-written-files>`
          : nothing
      }
    </details>`;
  }

  #row(file: ProjectFile, may: boolean): TemplateResult {
    const name = file.path.split("/").at(-1) ?? file.path;
    return html`<li>
      <a class="main" href=${fileAddress(this.project.id, file.path)} download=${name} title=${`Download ${file.path}`}>
        <ep-icon name="file"></ep-icon><span class="name">${file.path}</span>
        <span class="aside push num">${bytes(file.size)}</span>
        <time class="aside wide" datetime=${new Date(file.modified_ms).toISOString()} title=${moment(file.modified_ms)}>
          ${ago(file.modified_ms)}
        </time>
      </a>
      ${
        may
          ? html`<button class="button icon" type="button" aria-label=${`Rename ${file.path}`} title="Rename" @click=${() => void this.#rename(file)}>
                <ep-icon name="pencil"></ep-icon>
              </button>
              <button class="button icon" type="button" aria-label=${`Delete ${file.path}`} title="Delete" @click=${() => void this.#delete(file)}>
                <ep-icon name="trash"></ep-icon>
              </button>`
          : nothing
      }
    </li>`;
  }

  #sendingRow(one: Sending): TemplateResult {
    const { file, received, waiting, trouble } = one;
    const percent = file.size === 0 ? 100 : Math.floor((received / file.size) * 100);
    return html`<li>
      <span class="main">
        <ep-icon name="upload"></ep-icon><span class="name">${file.name}</span>
        ${
          trouble === ""
            ? html`<wa-progress-bar label=${`Upload of ${file.name}`} .value=${percent}></wa-progress-bar>
                <span class="aside num">
                  ${waiting ? "waiting for the network" : `${bytes(received)} of ${bytes(file.size)}`}
                </span>`
            : html`<span class="bad" role="alert">${trouble}</span>`
        }
      </span>
      ${
        trouble === ""
          ? nothing
          : html`<button class="button framed" type="button" @click=${() => this.#retry(one)}>Go on</button>`
      }
      <button
        class="button icon"
        type="button"
        aria-label=${trouble === "" ? `Stop the upload of ${file.name}` : `Dismiss ${file.name}`}
        title=${trouble === "" ? "Stop; what was sent is kept for a week" : "Dismiss"}
        @click=${() => {
          one.stop.abort();
          this.#drop(one);
        }}
      >
        <ep-icon name="close"></ep-icon>
      </button>
    </li>`;
  }

  /** Sends files, one after the other. */
  upload(files: readonly File[]): void {
    for (const file of files) {
      const one: Sending = { file, stop: new AbortController(), received: 0, waiting: false, trouble: "" };
      this.#sending.push(one);
      this.#queue = this.#queue.then(() => this.#send(one));
    }
    this.requestUpdate();
  }

  #retry(one: Sending): void {
    this.#drop(one);
    this.upload([one.file]);
  }

  #drop(one: Sending): void {
    this.#sending = this.#sending.filter((other) => other !== one);
    this.requestUpdate();
  }

  async #send(one: Sending): Promise<void> {
    if (one.stop.signal.aborted) return;
    const told = (received: number, waiting: boolean): void => {
      one.received = received;
      one.waiting = waiting;
      this.requestUpdate();
    };
    try {
      await uploadFile(this.project.id, one.file, told, one.stop.signal);
      this.#drop(one);
      await this.#files.again();
    } catch (cause) {
      if (one.stop.signal.aborted) return;
      one.trouble = sentenceOf(cause);
      this.requestUpdate();
    }
  }

  async #rename(file: ProjectFile): Promise<void> {
    const path = await this.#confirm.value.ask({
      title: "Rename the file",
      words: "Folders are named before it, with slashes between.",
      field: { label: "Name", value: file.path },
      action: "Rename",
    });
    if (path === undefined || path.trim() === file.path) return;
    await this.#work.run(() => renameFile(this.project.id, file.path, path.trim()));
    await this.#files.again();
  }

  async #delete(file: ProjectFile): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${file.path}?`,
      words: `${bytes(file.size)} are lost, and cannot be brought back.`,
      action: "Delete the file",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => deleteFile(this.project.id, file.path));
    await this.#files.again();
  }
}
customElements.define("ep-project-files", EpProjectFiles);
