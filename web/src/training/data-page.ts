/** <ep-data-page>: files to train on: upload with a check of each line, a preview, deletion. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, sentenceOf, Work } from "../ui/loaded.ts";
import { bytes } from "../ui/sizes.ts";
import { ago, moment } from "../ui/when.ts";
import { deleteFile, headOf, listFiles, type TrainingFile, uploadTraining } from "./api.ts";
import { FORMATS, lineOf, numbered } from "./formats.ts";
import { Live } from "./live.ts";

const PREVIEW_LINES = 20;

/** An upload, as it is shown. */
interface Sending {
  readonly file: File;
  readonly stop: AbortController;
  share: number;
  /** Why it was refused; empty while it goes on. */
  trouble: string;
  /** The first line that is wrong: its number and text. */
  line: { readonly number: number; readonly text: string } | undefined;
}

/** See the file's comment. */
export class EpDataPage extends EpElement {
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #files = new Loaded<readonly TrainingFile[]>(this, listFiles);
  #sending: Sending[] = [];
  #queue: Promise<void> = Promise.resolve();
  #open: { readonly id: string; lines: readonly string[] | undefined; trouble: string } | undefined;
  #dragging = false;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host(.over) {
        outline: 2px dashed var(--accent);
        outline-offset: -8px;
      }
      pre {
        margin: 0;
        padding: 8px 12px;
        overflow: auto;
        max-height: 320px;
        border-top: 1px solid var(--line);
        font: 12px/1.6 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .rows > li {
        flex-wrap: wrap;
      }
      .rows pre {
        flex: 1 0 100%;
        margin: 0 -8px -4px -12px;
      }
      wa-progress-bar {
        --track-height: 4px;
        flex: 1 1 80px;
        min-width: 60px;
      }
      dl.formats {
        margin-top: 12px;
      }
      code {
        font: 12px/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    const again = () => void this.#files.again();
    // Files come from notebooks and programs too.
    new Live(this, ({ type }) => type === "files" && again(), again);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", this.#out);
    this.addEventListener("drop", this.#dropped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const one of this.#sending) one.stop.abort(new Error("The page was left."));
  }

  override render(): TemplateResult {
    this.classList.toggle("over", this.#dragging);
    const files = this.#files.value;
    const none = files?.length === 0 && this.#sending.length === 0;
    return html`<section aria-labelledby="files">
      <div class="head">
        <h2 id="files">Files to train on</h2>
        <label class="button primary">
          <ep-icon name="upload"></ep-icon>Upload
          <input
            class="hidden-text"
            type="file"
            multiple
            accept=".jsonl,application/jsonl"
            aria-label="Upload files to train on"
            @change=${(event: Event) => {
              const field = event.target as HTMLInputElement;
              this.#upload([...(field.files ?? [])]);
              field.value = "";
            }}
          />
        </label>
      </div>
      ${this.#files.trouble === "" ? nothing : html`<p role="alert">${this.#files.trouble}</p>`}
      ${none ? this.#empty() : this.#list(files ?? [])}
    </section>`;
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      <p>No files yet. A file has one JSON object in each line, all of one kind; drop one anywhere on this page.</p>
      <dl class="formats">
        ${Object.values(FORMATS).map(({ words, example }) => html`<dt>${words}</dt><dd><code>${example}</code></dd>`)}
      </dl>
    </div>`;
  }

  #list(files: readonly TrainingFile[]): TemplateResult {
    return html`<ul class="rows" aria-label="Files">
      ${this.#sending.map((one) => this.#sendingRow(one))} ${files.map((file) => this.#row(file))}
    </ul>`;
  }

  #row(file: TrainingFile): TemplateResult {
    const open = this.#open?.id === file.id ? this.#open : undefined;
    return html`<li>
      <span class="main">
        <ep-icon name="database"></ep-icon><span class="name" title=${file.id}>${file.filename}</span>
        <span class="aside push">${FORMATS[file.format].words}</span>
        <span class="aside num">${file.lines.toLocaleString()} ${file.lines === 1 ? "line" : "lines"}</span>
        <span class="aside num wide">${bytes(file.bytes)}</span>
        <time class="aside wide" datetime=${new Date(file.created_at * 1000).toISOString()} title=${moment(file.created_at * 1000)}>
          ${ago(file.created_at * 1000)}
        </time>
      </span>
      <button class="button icon" type="button" aria-label=${`Preview ${file.filename}`} title="Preview" aria-expanded=${open ? "true" : "false"} @click=${() => void this.#preview(file)}>
        <ep-icon name="eye"></ep-icon>
      </button>
      <a
        class="button icon"
        href=${file.format === "text" ? "/models/nanochat" : `/models/new?file=${file.id}`}
        aria-label=${`Train on ${file.filename}`}
        title="Train on it"
      ><ep-icon name="brain"></ep-icon></a>
      <a class="button icon" href=${`/v1/files/${file.id}/content`} download=${file.filename} aria-label=${`Download ${file.filename}`} title="Download"><ep-icon name="download"></ep-icon></a>
      <button class="button icon" type="button" aria-label=${`Delete ${file.filename}`} title="Delete" @click=${() => void this.#delete(file)}>
        <ep-icon name="trash"></ep-icon>
      </button>
      ${open ? html`<pre tabindex="0" aria-label=${`Beginning of ${file.filename}`}>${open.trouble || (open.lines ? numbered(open.lines, file.lines) : "Reading.")}</pre>` : nothing}
    </li>`;
  }

  #sendingRow(one: Sending): TemplateResult {
    const { file, share, trouble, line } = one;
    return html`<li>
      <span class="main">
        <ep-icon name="upload"></ep-icon><span class="name">${file.name}</span>
        ${
          trouble === ""
            ? html`<wa-progress-bar label=${`Upload of ${file.name}`} .value=${Math.floor(share * 100)}></wa-progress-bar>
                <span class="aside num">${share < 1 ? `${bytes(share * file.size)} of ${bytes(file.size)}` : "checking the last lines"}</span>`
            : html`<span class="bad" role="alert">${trouble}</span>`
        }
      </span>
      <button
        class="button icon"
        type="button"
        aria-label=${trouble === "" ? `Stop the upload of ${file.name}` : `Dismiss ${file.name}`}
        title=${trouble === "" ? "Stop" : "Dismiss"}
        @click=${() => {
          one.stop.abort(new Error("It was stopped."));
          this.#dismiss(one);
        }}
      >
        <ep-icon name="close"></ep-icon>
      </button>
      ${line ? html`<pre tabindex="0" aria-label="The line that is wrong">${line.number}  ${line.text}</pre>` : nothing}
    </li>`;
  }

  #upload(files: readonly File[]): void {
    for (const file of files) {
      const one: Sending = { file, stop: new AbortController(), share: 0, trouble: "", line: undefined };
      this.#sending.push(one);
      this.#queue = this.#queue.then(() => this.#send(one));
    }
    this.requestUpdate();
  }

  async #send(one: Sending): Promise<void> {
    if (one.stop.signal.aborted) return;
    const told = (share: number): void => {
      one.share = share;
      this.requestUpdate();
    };
    try {
      await uploadTraining(one.file, told, one.stop.signal);
      this.#dismiss(one);
      await this.#files.again();
    } catch (cause) {
      if (one.stop.signal.aborted) return;
      one.trouble = sentenceOf(cause);
      one.line = await lineOf(one.file, one.trouble);
      this.requestUpdate();
    }
  }

  #dismiss(one: Sending): void {
    this.#sending = this.#sending.filter((other) => other !== one);
    this.requestUpdate();
  }

  async #preview(file: TrainingFile): Promise<void> {
    if (this.#open?.id === file.id) {
      this.#open = undefined;
      this.requestUpdate();
      return;
    }
    const open = { id: file.id, lines: undefined as readonly string[] | undefined, trouble: "" };
    this.#open = open;
    this.requestUpdate();
    try {
      open.lines = await headOf(file.id, PREVIEW_LINES, AbortSignal.timeout(20_000));
    } catch (cause) {
      open.trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  async #delete(file: TrainingFile): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${file.filename}?`,
      words: `${file.lines.toLocaleString()} lines, ${bytes(file.bytes)}, are lost. What was trained on them stays; jobs that wait for them fail.`,
      action: "Delete the file",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => deleteFile(file.id));
    await this.#files.again();
  }

  readonly #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#dragging = true;
    this.requestUpdate();
  };
  readonly #out = (): void => {
    this.#dragging = false;
    this.requestUpdate();
  };
  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.#out();
    this.#upload([...(event.dataTransfer?.files ?? [])]);
  };
}
customElements.define("ep-data-page", EpDataPage);
