/** <ep-model-list>: the models that one may use on the node, to chat with; those that one's notebooks kept can be deleted. */
import { html, nothing, type TemplateResult } from "lit";
import { listModels, type ModelInfo } from "../chat/completions.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { sectionStyles } from "../pages/section-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { deleteModel } from "./api.ts";

/** Names of models that notebooks kept; those that jobs made are paths, and go with their jobs. */
const KEPT = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** See the file's comment. `made`: what jobs are called, by the ids of the models that they made. */
export class EpModelList extends EpElement {
  static override properties = { made: { attribute: false } };
  declare made: ReadonlyMap<string, string>;
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #models = new Loaded<readonly ModelInfo[]>(this, listModels);

  static override styles = [sharedStyles, pageStyles, sectionStyles];

  constructor() {
    super();
    this.made = new Map();
  }

  override render(): TemplateResult {
    const models = this.#models.value;
    return html`<section aria-labelledby="models">
      <div class="head"><h2 id="models">Models</h2></div>
      ${this.#models.trouble === "" ? nothing : html`<p role="alert">${this.#models.trouble}</p>`}
      ${
        models?.length === 0
          ? html`<div class="empty">
              <p>
                No model lies on this node. Put a folder that transformers loads (config.json, safetensors, a tokenizer) into the
                <code>models</code> folder of the node's home; it is here at once.
              </p>
            </div>`
          : html`<ul class="rows" aria-label="Models">
              ${(models ?? []).map((model) => this.#model(model, this.made.get(model.id)))}
            </ul>`
      }
    </section>`;
  }

  /** @param job the name of the job that made it */
  #model({ id, adapter, owned_by, state }: ModelInfo, job: string | undefined): TemplateResult {
    const yours = owned_by !== "everybody";
    return html`<li>
      <span class="main">
        <ep-icon name="brain"></ep-icon><span class="name" title=${id}>${job ?? id}</span>
        <span class="aside push">${adapter ? "adapter, " : ""}${yours ? "yours" : "everybody's"}</span>
        <span class="aside">${state}</span>
      </span>
      <a class="button framed" href=${`/chat?model=${encodeURIComponent(id)}`}>Chat</a>
      ${
        yours && KEPT.test(id)
          ? html`<button
              class="button icon"
              type="button"
              aria-label=${`Delete ${id}`}
              title="Delete"
              ?disabled=${this.#work.busy}
              @click=${() => void this.#delete(id)}
            >
              <ep-icon name="trash"></ep-icon>
            </button>`
          : nothing
      }
    </li>`;
  }

  async #delete(id: string): Promise<void> {
    const answer = await this.#confirm.value.ask({
      title: `Delete ${id}?`,
      words: "The model is lost. The notebook that made it can make it again.",
      action: "Delete the model",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => deleteModel(id));
    await this.#models.again();
  }
}
customElements.define("ep-model-list", EpModelList);
