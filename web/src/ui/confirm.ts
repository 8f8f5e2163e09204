/** <ep-confirm>: asks before something goes: what it is, what goes with it, and, for much, its name typed out. */
import { createContext } from "@lit/context";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { Shared } from "./consumer.ts";
import { EpElement, sharedStyles } from "./element.ts";

/** Something that goes, in numbers, as the relay lists it. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/** What is asked. */
export interface Question {
  readonly title: string;
  readonly words: string;
  /** What goes with it. */
  readonly losses?: readonly Loss[];
  /** What the button says that does it. */
  readonly action: string;
  /** Something is lost for good. */
  readonly grave?: boolean;
  /** Has to be typed before the button does anything. */
  readonly typed?: string;
  /** A field to fill in: its label, and what stands in it at first. */
  readonly field?: { readonly label: string; readonly value?: string; readonly type?: "text" | "password" };
}

/** "3 notebooks", "1 file". */
export function lossWords({ what, count }: Loss): string {
  return `${count.toLocaleString()} ${count === 1 ? what.replace(/s$/, "") : what}`;
}

/** Asks one question at a time. */
export class Confirm {
  readonly #question = signal<Question | undefined>(undefined);
  readonly question: ReadonlySignal<Question | undefined> = this.#question;
  #resolve: ((answer: string | undefined) => void) | undefined;

  /** @returns undefined for no; for yes what the field holds, or an empty text */
  ask(question: Question): Promise<string | undefined> {
    this.answer(undefined);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#resolve = resolve;
    this.#question.value = question;
    return promise;
  }

  /** Ends the question. */
  answer(answer: string | undefined): void {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    this.#question.value = undefined;
    resolve?.(answer);
  }
}

export const confirmContext = createContext<Confirm>(Symbol("confirm"));

/** See the file's comment. */
export class EpConfirm extends EpElement {
  readonly #confirm = new Shared(this, confirmContext);
  #typed = "";

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 440px;
      }
      form,
      label {
        display: grid;
        gap: 6px;
      }
      form {
        gap: 12px;
      }
      p,
      ul {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .field {
        height: 34px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const question = this.#confirm.value.question.value;
    if (!question) {
      this.#typed = "";
      return nothing;
    }
    const { losses = [], typed, field } = question;
    const ready = typed === undefined || this.#typed.trim() === typed;
    return html`<wa-dialog label=${question.title} open @wa-after-hide=${this.#hidden}>
      <form id="form" @submit=${this.#submit}>
        <p>${question.words}</p>
        ${losses.length > 0 ? html`<ul>${losses.map((loss) => html`<li>${lossWords(loss)}</li>`)}</ul>` : nothing}
        ${
          field
            ? html`<label>
                ${field.label}
                <input
                  class="field"
                  name="field"
                  type=${field.type ?? "text"}
                  .value=${field.value ?? ""}
                  autocomplete=${field.type === "password" ? "current-password" : "off"}
                  autofocus
                  required
                />
              </label>`
            : nothing
        }
        ${
          typed === undefined
            ? nothing
            : html`<label>
                Type ${typed} to confirm
                <input
                  class="field"
                  name="typed"
                  autocomplete="off"
                  spellcheck="false"
                  @input=${(event: Event) => {
                    this.#typed = (event.target as HTMLInputElement).value;
                    this.requestUpdate();
                  }}
                />
              </label>`
        }
      </form>
      <button slot="footer" class="button framed" type="button" @click=${() => this.#confirm.value.answer(undefined)}>
        Cancel
      </button>
      <button
        slot="footer"
        class=${`button ${question.grave ? "grave" : "primary"}`}
        type="submit"
        form="form"
        ?disabled=${!ready}
        ?autofocus=${!field && typed === undefined}
      >
        ${question.action}
      </button>
    </wa-dialog>`;
  }

  readonly #hidden = (event: Event): void => {
    if (event.target === event.currentTarget) this.#confirm.value.answer(undefined);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const question = this.#confirm.value.question.peek();
    if (question?.typed !== undefined && this.#typed.trim() !== question.typed) return;
    const field = new FormData(event.target as HTMLFormElement).get("field");
    this.#confirm.value.answer(typeof field === "string" ? field : "");
  };
}
customElements.define("ep-confirm", EpConfirm);
