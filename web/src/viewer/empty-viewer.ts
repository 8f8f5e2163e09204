/** <ep-empty-viewer>: what to do with a scene that has no layers. */
import { css, html, type TemplateResult } from "lit";
import { nodeContext } from "../services/contexts.ts";
import type { Sample } from "../services/node.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";

/** See the file's comment. Fires `open` to show the dialog and `choose` with a sample's address. */
export class EpEmptyViewer extends EpElement {
  readonly #node = new Shared(this, nodeContext);
  #samples: readonly Sample[] = [];

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        place-content: center;
        gap: 16px;
        padding: 24px;
        text-align: center;
        color: #e6eaf0;
      }
      p {
        margin: 0;
      }
      .cards {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 12px;
      }
      .card {
        width: 180px;
        padding: 8px;
        border: 1px solid #2a323d;
        border-radius: var(--radius);
        background: #151a21;
        color: inherit;
        text-align: left;
        cursor: pointer;
      }
      .card:hover {
        border-color: #5cc8ff;
      }
      .card img {
        width: 100%;
        aspect-ratio: 16 / 10;
        object-fit: cover;
        border-radius: 4px;
        background: #000;
      }
      .card span {
        display: block;
        color: #9aa6b2;
        font-size: 12px;
      }
    `,
  ];

  override firstUpdated(): void {
    this.#node.value.facts().then(
      (facts) => {
        this.#samples = facts.samples;
        this.requestUpdate();
      },
      (cause: unknown) => console.info("The node named no samples:", cause),
    );
  }

  override render(): TemplateResult {
    const tell = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }));
    return html`
      <p>No layers yet. Drop a file anywhere on this page, or</p>
      <p>
        <button class="button primary" type="button" @click=${() => tell("open")}>
          <ep-icon name="folderOpen"></ep-icon>Open data
        </button>
      </p>
      <div class="cards">
        ${this.#samples.map(
          (sample) => html`<button class="card" type="button" @click=${() => tell("choose", sample.uri)}>
            ${sample.thumbnail ? html`<img src=${sample.thumbnail} alt="" />` : ""}
            <strong>${sample.title}</strong><span>${sample.text}</span>
          </button>`,
        )}
      </div>
    `;
  }
}
customElements.define("ep-empty-viewer", EpEmptyViewer);
