/** A question that a page asks before it does what cannot be taken back. */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";

/** One question at a time: a new one answers the last with no. */
export class Question implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #asked = { title: "", words: "", action: "" };
  #sure: ((sure: boolean) => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** A page that goes is not sure. */
  hostDisconnected(): void {
    this.#answer(false);
  }

  /** Asks; `action` names what yes does. */
  ask(title: string, words: string, action: string): Promise<boolean> {
    this.#answer(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#asked = { title, words, action };
    this.#sure = resolve;
    this.#host.requestUpdate();
    return promise;
  }

  render(): TemplateResult {
    const { title, words, action } = this.#asked;
    return html`<wa-dialog
      label=${title || "Question"}
      ?open=${this.#sure !== undefined}
      style="--width: 420px"
      @wa-after-hide=${() => this.#answer(false)}
    >
      <p>${words}</p>
      <button slot="footer" class="button framed" type="button" @click=${() => this.#answer(false)}>
        Cancel
      </button>
      <button slot="footer" class="button primary" type="button" @click=${() => this.#answer(true)}>
        ${action}
      </button>
    </wa-dialog>`;
  }

  #answer(sure: boolean): void {
    this.#sure?.(sure);
    this.#sure = undefined;
    this.#host.requestUpdate();
  }
}
