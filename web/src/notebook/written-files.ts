/** <ep-written-files>: files that the code of notebooks wrote on the node: download them, keep them in the project. */
import type { FolderFile } from "@eyepiece/protocol/kernel/messages.ts";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { linkContext, noticesContext } from "../services/contexts.ts";
import { listFiles, type ProjectFile, uploadFile } from "../services/project-files.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { bytes } from "../ui/sizes.ts";
import { ago, moment } from "../ui/when.ts";
import { KernelFolder } from "./kernel-folder.ts";

/** A notebook whose folder is looked at. */
export interface Writer {
  readonly id: string;
  readonly name: string;
}

interface Written {
  readonly writer: Writer;
  readonly file: FolderFile;
  readonly kept: boolean;
}

/** See the file's comment. `may`: keep files in the project. Sends `kept` when one was. */
export class EpWrittenFiles extends EpElement {
  static override properties = {
    notebooks: { attribute: false },
    project: {},
    may: { type: Boolean },
    ran: { type: Boolean },
  };
  declare notebooks: readonly Writer[];
  declare project: string;
  declare may: boolean;
  /** No cell runs: when that becomes true, more may have been written. */
  declare ran: boolean;
  readonly #link = new Shared(this, linkContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #files = new Loaded(this, () => this.#look());
  #doing = "";
  #share = 0;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        display: block;
        max-width: none !important;
        margin: 0 !important;
        padding: 8px 12px !important;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        margin: 0;
      }
      p {
        margin: 4px 0;
      }
      .main {
        height: auto;
        font: inherit;
        text-align: left;
      }
      .name {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.notebooks = [];
    this.project = "";
    this.may = false;
    this.ran = true;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("ran") === false && this.ran) void this.again();
  }

  /** Looks again: a cell may have written more. */
  async again(): Promise<void> {
    await this.#files.again();
  }

  override render(): TemplateResult {
    const files = this.#files.value;
    const several = this.notebooks.length > 1;
    return html`<div class="head">
        <span class="quiet">Written by code</span>
        <button class="button icon" type="button" aria-label="Look again for files that code wrote" title="Look again" @click=${() => void this.again()}>
          <ep-icon name="rotate"></ep-icon>
        </button>
      </div>
      ${this.#files.trouble === "" ? nothing : html`<p role="alert">${this.#files.trouble}</p>`}
      ${
        files?.length === 0
          ? html`<p class="quiet">None. What a cell writes into its folder stands here.</p>`
          : html`<ul class="rows" aria-label="Files that code wrote">
              ${(files ?? []).map((one) => this.#row(one, several))}
            </ul>`
      }`;
  }

  #row(one: Written, several: boolean): TemplateResult {
    const { file, writer, kept } = one;
    const { path } = file;
    const doing = this.#doing === `${writer.id}/${path}`;
    return html`<li>
      <button class="button main" type="button" title=${`Download ${path}`} ?disabled=${this.#work.busy} @click=${() => void this.#download(one)}>
        <ep-icon name="download"></ep-icon><span class="name">${path}</span>
        ${several ? html`<span class="aside wide">${writer.name}</span>` : nothing}
        <span class="aside push num">${doing ? `${Math.round(this.#share * 100)}%` : bytes(file.size)}</span>
        <time class="aside wide" datetime=${new Date(file.modified_ms).toISOString()} title=${moment(file.modified_ms)}>
          ${ago(file.modified_ms)}
        </time>
      </button>
      ${
        kept
          ? html`<span class="aside">kept</span>`
          : this.may
            ? html`<button
                class="button icon"
                type="button"
                aria-label=${`Keep ${path} in the project`}
                title="Keep in the project"
                ?disabled=${this.#work.busy}
                @click=${() => void this.#keep(one)}
              >
                <ep-icon name="folder"></ep-icon>
              </button>`
            : nothing
      }
    </li>`;
  }

  async #look(): Promise<readonly Written[]> {
    const own = await listFiles(this.project);
    const found: Written[] = [];
    for (const writer of this.notebooks) {
      const written = await this.#within(writer, (folder) => folder.written());
      for (const file of written) found.push({ writer, file, kept: keptIn(own, file) });
    }
    return found.sort((a, b) => b.file.modified_ms - a.file.modified_ms);
  }

  async #within<T>({ id }: Writer, use: (folder: KernelFolder) => Promise<T>): Promise<T> {
    const folder = new KernelFolder(this.#link.value, id);
    try {
      return await use(folder);
    } finally {
      folder.close();
    }
  }

  async #read({ writer, file }: Written): Promise<Blob> {
    this.#doing = `${writer.id}/${file.path}`;
    this.#share = 0;
    try {
      return await this.#within(writer, (folder) =>
        folder.read(file.path, (share) => {
          this.#share = share;
          this.requestUpdate();
        }),
      );
    } finally {
      this.#doing = "";
    }
  }

  async #download(one: Written): Promise<void> {
    await this.#work.run(async () => {
      const address = URL.createObjectURL(await this.#read(one));
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = one.file.path.split("/").at(-1) ?? "file";
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
  }

  async #keep(one: Written): Promise<void> {
    const done = await this.#work.run(async () => {
      const file = new File([await this.#read(one)], one.file.path);
      await uploadFile(this.project, file, () => {}, new AbortController().signal);
    });
    if (!done) return;
    this.dispatchEvent(new CustomEvent("kept"));
    await this.again();
  }
}
customElements.define("ep-written-files", EpWrittenFiles);

/** Whether the project has the file as it is now. */
function keptIn(files: readonly ProjectFile[], { path, size, modified_ms }: FolderFile): boolean {
  return files.some((one) => one.path === path && one.size === size && one.modified_ms >= modified_ms);
}
