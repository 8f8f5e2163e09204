/** <ep-share-dialog>: the share panel over a page. <ep-share-button>: the button that opens it. */
import { isNodes } from "@eyepiece/protocol/rights.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { api } from "../services/api.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
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
    place: { attribute: false },
    may: { attribute: false },
    words: {},
  };
  declare thing: SharedThing | undefined;
  /** What a preview of a link may show behind its words. */
  declare picture: (() => Promise<Blob | undefined>) | undefined;
  /** Where in the thing one is, as a part of an address's fragment. */
  declare place: (() => string | undefined) | undefined;
  declare may: boolean;
  /** Beside the icon; empty for the icon alone. */
  declare words: string;
  readonly #person = new Shared(this, personContext);
  readonly #notices = new Shared(this, noticesContext);
  #open = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
        flex: none;
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

  /** Whether there is something to share, and somebody who may. */
  get offered(): boolean {
    return this.thing !== undefined && this.may && this.#person.value.person?.role !== "guest";
  }

  /** Opens the dialog, for its owner. */
  show(): void {
    const { thing } = this;
    if (!thing || !this.offered) return;
    void isOwn(thing).then((own) => {
      this.#open = own;
      if (!own) this.#notices.value.show("warn", `Only the owner of this ${thing.kind} shares it.`);
      this.requestUpdate();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { thing } = this;
    if (!thing || !this.offered) return nothing;
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
              <ep-share-panel .thing=${thing} .picture=${this.picture} .place=${this.place}></ep-share-panel>
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

/** Whose a session is, the node knows; it says so when a link is made. */
async function isOwn({ kind, id }: SharedThing): Promise<boolean> {
  if (isNodes(kind)) return true;
  try {
    const cells = kind === "notebook" ? "?cells=none" : "";
    return (await api<{ own: boolean }>("GET", `/api/${kind}s/${id}${cells}`)).own;
  } catch (cause) {
    // The dialog says why nothing can be shared now.
    console.info("The relay did not say whose this is:", cause);
    return true;
  }
}
