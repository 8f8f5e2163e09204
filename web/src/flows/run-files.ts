/** <ep-flow-run-files>: what was handed in with a run, and what it leaves. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { BASE, listRunFiles, type RunFile } from "./api.ts";
import { bytesText } from "./words.ts";

/** See the file's comment. `stage`: asked again when it changes: a run writes its files by its end. */
export class EpFlowRunFiles extends EpElement {
  static override properties = { run: {}, stage: {} };
  declare run: string;
  declare stage: string;
  #files: readonly RunFile[] = [];
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      h2 {
        margin: 0;
        font-size: 15px;
      }
      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 8px;
        justify-content: space-between;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("run") || changed.has("stage")) void this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      const [given, left] = await Promise.all([listRunFiles(this.run, "in"), listRunFiles(this.run, "out")]);
      this.#files = [...left, ...given];
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = sentenceOf(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#trouble !== "") return html`<p role="alert">Its files: ${this.#trouble}</p>`;
    if (this.#files.length === 0) return nothing;
    return html`<section aria-label="Files">
      <h2>Files</h2>
      <ul>
        ${this.#files.map(
          ({ path, size }) => html`<li>
            <a href=${`${BASE}/files/${this.run}/${path.split("/").map(encodeURIComponent).join("/")}`} download>${path}</a>
            <span class="quiet num">${bytesText(size)}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
customElements.define("ep-flow-run-files", EpFlowRunFiles);
