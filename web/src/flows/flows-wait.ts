/** <ep-flows-wait>: what the node makes while somebody waits for it, in its own words, and how far it is. */
import { css, html, nothing, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { getPreparing, type Preparing } from "./api.ts";

/** What is there before is not announced: a wait that is hardly one flashes nothing. */
const SHORT_MS = 300;
const AGAIN_MS = 1000;

/** See the file's comment. `words` stand where the node makes nothing. */
export class EpFlowsWait extends EpElement {
  static override properties = { words: {} };
  declare words: string;
  #preparing: Preparing | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        margin: 4px 0 12px;
        min-height: 20px;
      }
      p {
        margin: 0;
        color: var(--quiet);
        overflow-wrap: anywhere;
      }
      progress {
        display: block;
        width: min(320px, 100%);
        height: 6px;
        margin-top: 8px;
        accent-color: var(--accent);
      }
    `,
  ];

  constructor() {
    super();
    this.words = "Asking the node.";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#preparing = undefined;
    this.#after(SHORT_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask(): Promise<void> {
    try {
      this.#preparing = await getPreparing();
    } catch {
      // Why the node does not answer is said by what is waited for.
      this.#preparing = { message: null, fraction: null };
    }
    if (!this.isConnected) return;
    this.requestUpdate();
    this.#after(AGAIN_MS);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#preparing) return nothing;
    const { message, fraction } = this.#preparing;
    if (message === null && this.words === "") return nothing;
    return html`
      <p role="status">${message === null ? this.words : `${message}.`}</p>
      ${message === null ? nothing : html`<progress aria-label="How far it is" max="1" value=${fraction ?? nothing}></progress>`}
    `;
  }
}
customElements.define("ep-flows-wait", EpFlowsWait);
