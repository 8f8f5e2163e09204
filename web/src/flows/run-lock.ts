/** <ep-run-lock>: the form at which a run waits, answered in place. */
import { css, html, nothing, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { answerLock, getLock } from "./api.ts";
import type { FormElement, Values } from "./elements.ts";
import "./flow-form.ts";
import type { RunLock } from "./run-watch.ts";

/** See the file's comment. The run's own events say that it was answered. */
export class EpRunLock extends EpElement {
  static override properties = { run: {}, lock: { attribute: false } };
  declare run: string;
  declare lock: RunLock;
  readonly #form = new Loaded<readonly FormElement[]>(this, () => getLock(this.run, this.lock.lid));
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  #errors: Readonly<Record<string, readonly string[]>> = {};
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        padding-top: 8px;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  override render(): TemplateResult {
    const trouble = this.#form.trouble || this.#trouble;
    const elements = this.#form.value;
    return html`
      ${trouble === "" ? nothing : html`<p class="bad" role="alert">${trouble}</p>`}
      ${
        elements
          ? html`<ep-flow-form
            words="Answer"
            .elements=${elements}
            .errors=${this.#errors}
            .busy=${this.#work.busy}
            @hand-in=${(event: CustomEvent<Values>) => void this.#answer(event.detail)}
          ></ep-flow-form>`
          : trouble === ""
            ? html`<p class="quiet" role="status">Asking what it wants to know.</p>`
            : nothing
      }
    `;
  }

  async #answer(values: Values): Promise<void> {
    this.#trouble = "";
    await this.#work.run(async () => {
      const { errors } = await answerLock(this.run, this.lock.lid, values);
      this.#errors = errors ?? {};
    });
  }
}
customElements.define("ep-run-lock", EpRunLock);
