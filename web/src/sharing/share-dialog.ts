/** <ep-share-dialog>: the share panel over a page. <ep-share-button>: the button that opens it. */
import { css, html, nothing, type TemplateResult } from "lit";
import { personContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import type { SharedThing } from "./rights.ts";
import "./share-panel.ts";

/** See the file's comment. Guests and those who may not edit have none. */
export class EpShareButton extends EpElement {
  static override properties = {
    thing: { attribute: false },
    picture: { attribute: false },
    may: { attribute: false },
    words: {},
  };
  declare thing: SharedThing | undefined;
  /** What a preview of a link may show behind its words. */
  declare picture: (() => Promise<Blob | undefined>) | undefined;
  declare may: boolean;
  /** Beside the icon; empty for the icon alone. */
  declare words: string;
  readonly #person = new Shared(this, personContext);
  #open = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: contents;
      }
      wa-dialog {
        --width: 560px;
      }
    `,
  ];

  constructor() {
    super();
    this.may = true;
    this.words = "";
  }

  /** Opens the dialog. */
  show(): void {
    if (!this.thing || !this.may || this.#person.value.person?.role === "guest") return;
    this.#open = true;
    this.requestUpdate();
  }

  override render(): TemplateResult | typeof nothing {
    const { thing } = this;
    if (!thing || !this.may || this.#person.value.person?.role === "guest") return nothing;
    return html`
      <button
        class=${`button ${this.words === "" ? "icon" : "framed"}`}
        type="button"
        aria-label="Share"
        title="Share: links and people"
        @click=${() => this.show()}
      >
        <ep-icon name="share"></ep-icon>${this.words}
      </button>
      ${
        this.#open
          ? html`<wa-dialog label=${`Share “${thing.name}”`} open @wa-after-hide=${this.#hidden}>
              <ep-share-panel .thing=${thing} .picture=${this.picture}></ep-share-panel>
            </wa-dialog>`
          : nothing
      }
    `;
  }

  readonly #hidden = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    this.#open = false;
    this.requestUpdate();
  };
}
customElements.define("ep-share-button", EpShareButton);
