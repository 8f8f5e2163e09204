/** <ep-open-dialog>: opens data: from the node's folders, from an address, or from this machine. */
import { css, html, type TemplateResult } from "lit";
import { nodeContext } from "../services/contexts.ts";
import type { Folder, Sample } from "../services/node.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { bytes } from "../ui/sizes.ts";

/** See the file's comment. Fires `choose` with an address, and `files` with files of this machine. */
export class EpOpenDialog extends EpElement {
  readonly #node = new Shared(this, nodeContext);
  #open = false;
  #folder: Folder | undefined;
  #samples: readonly Sample[] = [];
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 640px;
      }
      .tools {
        display: flex;
        gap: 8px;
        margin-bottom: 12px;
      }
      .tools .field {
        flex: 1;
      }
      .where {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        color: var(--quiet);
        font: 12px var(--mono);
        overflow-wrap: anywhere;
      }
      ul {
        height: 300px;
        overflow-y: auto;
        margin: 0;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        list-style: none;
      }
      .entry {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        min-height: var(--hit);
        padding: 0 8px;
        border: 0;
        border-radius: 4px;
        background: none;
        text-align: left;
        cursor: pointer;
      }
      .entry:hover:not(:disabled) {
        background: var(--raised-2);
      }
      .entry:disabled {
        color: var(--quiet);
        opacity: 0.7;
        cursor: default;
      }
      .entry .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .samples {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 12px;
        align-items: center;
      }
    `,
  ];

  /** Shows it. */
  show(): void {
    this.#open = true;
    this.requestUpdate();
    void this.#go(this.#folder?.path ?? "");
    this.#node.value.facts().then(
      (facts) => {
        this.#samples = facts.samples;
        this.requestUpdate();
      },
      (cause: unknown) => console.info("The node named no samples:", cause),
    );
  }

  override render(): TemplateResult {
    const folder = this.#folder;
    return html`<wa-dialog
      label="Open data"
      ?open=${this.#open}
      @wa-after-hide=${(event: Event) => {
        if (event.target !== event.currentTarget) return;
        this.#open = false;
        this.requestUpdate();
      }}
    >
      ${this.#open ? this.#body(folder) : ""}
    </wa-dialog>`;
  }

  #body(folder: Folder | undefined): TemplateResult {
    return html`
      <form class="tools" @submit=${this.#address}>
        <input
          class="field"
          name="address"
          aria-label="Address or path"
          placeholder="https://…/image.ome.zarr, or a path on the node"
          autocomplete="off"
          spellcheck="false"
        />
        <button class="button framed" type="submit">Open</button>
        <button class="button framed" type="button" @click=${this.#upload}><ep-icon name="upload"></ep-icon>Upload</button>
      </form>
      <div class="where">
        <button
          class="button icon"
          type="button"
          aria-label="Up one folder"
          title="Up one folder"
          ?disabled=${!folder || folder.path === ""}
          @click=${() => void this.#go(folder?.parent ?? "")}
        >
          <ep-icon name="cornerLeftUp"></ep-icon>
        </button>
        <span>${folder?.path || "Folders that this node opens from"}</span>
      </div>
      ${
        this.#trouble !== ""
          ? html`<p role="alert">${this.#trouble}</p>`
          : html`<ul aria-label="Files on the node">
            ${(folder?.entries ?? []).map(
              (entry) => html`<li>
                <button
                  class="entry"
                  type="button"
                  ?disabled=${!entry.folder && !entry.opens}
                  title=${entry.folder || entry.opens ? entry.path : `${entry.name} is of no kind that can be opened`}
                  @click=${() => (entry.opens ? this.#choose(entry.path) : void this.#go(entry.path))}
                >
                  <ep-icon name=${entry.opens ? "image" : entry.folder ? "folder" : "file"}></ep-icon>
                  <span class="name">${entry.name}</span>
                  <span class="quiet num">${entry.folder ? "" : bytes(entry.size)}</span>
                </button>
              </li>`,
            )}
            ${folder && folder.entries.length === 0 ? html`<li class="quiet">This folder is empty.</li>` : ""}
          </ul>`
      }
      ${
        this.#samples.length > 0
          ? html`<div class="samples">
            <span class="quiet">Samples</span>
            ${this.#samples.map(
              (sample) => html`<button
                class="button framed"
                type="button"
                title=${sample.text}
                @click=${() => this.#choose(sample.uri)}
              >
                ${sample.title}
              </button>`,
            )}
          </div>`
          : ""
      }
    `;
  }

  async #go(path: string): Promise<void> {
    try {
      this.#folder = await this.#node.value.folder(path);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    }
    this.requestUpdate();
  }

  #choose(uri: string): void {
    this.#open = false;
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("choose", { detail: uri }));
  }

  readonly #address = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.target as HTMLFormElement).get("address");
    if (typeof value === "string" && value.trim() !== "") this.#choose(value.trim());
  };

  readonly #upload = (): void => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.addEventListener("change", () => {
      if (!input.files?.length) return;
      this.#open = false;
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent("files", { detail: [...input.files] }));
    });
    input.click();
  };
}
customElements.define("ep-open-dialog", EpOpenDialog);
