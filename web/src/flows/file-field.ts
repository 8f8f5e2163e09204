/** <ep-flow-files>: a form's field of files. They go up when they are chosen; `value` is what the form hands in. */
import { css, html, nothing, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { forget, namesOf, send, type Upload, uploadOf } from "./upload.ts";
import { bytesText } from "./words.ts";

/** Files that go up at once. */
const AT_ONCE = 3;

/** See the file's comment. Tells `value` with the text, empty while something is on its way or nothing was chosen. */
export class EpFlowFiles extends EpElement {
  static override properties = { label: {}, multiple: { type: Boolean }, directory: { type: Boolean } };
  declare label: string;
  declare multiple: boolean;
  declare directory: boolean;
  #uploads: Upload[] = [];
  #alive = new AbortController();

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 4px;
        color: var(--text);
        font-size: 13px;
        --icon-size: 16px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      progress {
        width: 96px;
        height: 4px;
        accent-color: var(--accent);
      }
      .bad {
        flex-basis: 100%;
        color: var(--bad);
      }
      input {
        width: max-content;
        max-width: 100%;
        /* The browser's own words on what was chosen: the list below has it. */
        color: transparent;
      }
      input::file-selector-button {
        height: var(--hit);
        padding: 0 8px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--text);
        font: inherit;
        cursor: pointer;
      }
      input::file-selector-button:hover {
        background: var(--raised-2);
      }
    `,
  ];

  constructor() {
    super();
    this.label = "Files";
    this.multiple = false;
    this.directory = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort(new Error("The form was left."));
  }

  override render(): TemplateResult {
    return html`
      <input
        type="file"
        aria-label=${this.label}
        ?multiple=${this.multiple}
        ?webkitdirectory=${this.directory}
        @change=${(event: Event) => void this.#chosen(event.target as HTMLInputElement)}
      />
      ${
        this.#uploads.length === 0
          ? nothing
          : html`<ul>
            ${this.#uploads.map(
              (upload) => html`<li>
                <span class="name">${upload.name}</span>
                <span class="quiet num">${bytesText(upload.file.size)}</span>
                ${upload.share < 1 && upload.trouble === "" ? html`<progress aria-label=${`Upload of ${upload.name}`} value=${upload.share}></progress>` : nothing}
                <button class="button icon" type="button" aria-label=${`Remove ${upload.name}`} title="Remove" @click=${() => this.#remove(upload)}>
                  <ep-icon name="close"></ep-icon>
                </button>
                ${upload.trouble === "" ? nothing : html`<span class="bad" role="alert">${upload.trouble}</span>`}
              </li>`,
            )}
          </ul>`
      }
    `;
  }

  async #chosen(input: HTMLInputElement): Promise<void> {
    const chosen = [...(input.files ?? [])].map(uploadOf);
    input.value = "";
    if (!this.multiple && !this.directory) for (const old of this.#uploads.splice(0)) void forget(old);
    // What has the same name takes its place, as in a folder.
    for (const upload of chosen) {
      const old = this.#uploads.find(({ name }) => name === upload.name);
      if (old) this.#remove(old);
      this.#uploads.push(upload);
    }
    this.#tell();
    const waiting = chosen.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const upload of waiting) await this.#send(upload);
      }),
    );
  }

  async #send(upload: Upload): Promise<void> {
    try {
      await send(upload, () => this.requestUpdate(), this.#alive.signal);
    } catch (cause) {
      upload.trouble = sentenceOf(cause);
    }
    if (!this.#uploads.includes(upload)) void forget(upload);
    this.#tell();
  }

  #remove(upload: Upload): void {
    this.#uploads = this.#uploads.filter((one) => one !== upload);
    if (upload.share === 1) void forget(upload);
    this.#tell();
  }

  #tell(): void {
    const whole =
      this.#uploads.length > 0 && this.#uploads.every(({ share, trouble }) => share === 1 && trouble === "");
    this.dispatchEvent(new CustomEvent("value", { detail: whole ? namesOf(this.#uploads) : "" }));
    this.requestUpdate();
  }
}
customElements.define("ep-flow-files", EpFlowFiles);
