/** <ep-viewer-page>: one session: layers, canvas, controls, dims. */
import { ContextProvider } from "@lit/context";
import { css, html, type TemplateResult } from "lit";
import { linkContext, noticesContext, sessionContext } from "../services/contexts.ts";
import { SessionService } from "../services/session.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "./canvas.ts";

/** See the file's comment. `session` must not change: another session is another element. */
export class EpViewerPage extends EpElement {
  static override properties = { session: {} };
  declare session: string;
  readonly #link = new Shared(this, linkContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #provider = new ContextProvider(this, { context: sessionContext });
  #service: SessionService | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        height: 100%;
      }
      ep-canvas {
        min-width: 0;
        min-height: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.session = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#service?.dispose();
    this.#service = undefined;
  }

  override willUpdate(): void {
    if (this.#service || !this.isConnected) return;
    this.#service = new SessionService(this.#link.value, this.#notices.value, this.session);
    this.#provider.setValue(this.#service);
  }

  override render(): TemplateResult {
    return html`<ep-canvas></ep-canvas>`;
  }
}
customElements.define("ep-viewer-page", EpViewerPage);
