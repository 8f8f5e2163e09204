/** <ep-viewer-output>: a live session inside of a cell's outputs. Only what is on the screen streams. */
import { ContextProvider } from "@lit/context";
import { css, html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { linkContext, noticesContext, personContext, sessionContext } from "../../services/contexts.ts";
import { SessionService } from "../../services/session.ts";
import { randomId } from "../../services/view-id.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import { slidOrder } from "../../viewer/axes.ts";
import "../../viewer/canvas.ts";
import "../../viewer/dims-bar.ts";
import "../../viewer/layer-controls.ts";
import "../../viewer/status-line.ts";
import type { Place } from "../../viewer/status-line.ts";
import { VIEWER_HEIGHT } from "./sizes.ts";

/** See the file's comment. `picture` (a data: address) stands in while the node is away. */
export class EpViewerOutput extends EpElement {
  static override properties = { session: {}, name: {}, picture: {}, notebook: {} };
  declare session: string;
  declare name: string;
  declare picture: string;
  /** Whose outputs these are: who may view that, may look here. */
  declare notebook: string;
  readonly #person = new Shared(this, personContext);
  readonly #link = new Shared(this, linkContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #provider = new ContextProvider(this, { context: sessionContext });
  #service: SessionService | undefined;
  #observer: IntersectionObserver | undefined;
  #place: Place | undefined;
  #axis: number | undefined;
  #controls = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      .frame {
        display: flex;
        flex-direction: column;
        height: ${VIEWER_HEIGHT}px;
        min-height: 200px;
        resize: vertical;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .body {
        flex: 1;
        display: flex;
        min-height: 0;
      }
      .stage {
        position: relative;
        flex: 1;
        min-width: 0;
        background: var(--canvas);
      }
      .stage img,
      ep-canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .stage img {
        object-fit: contain;
        pointer-events: none;
      }
      /* A finger scrolls the notebook until the viewer was touched once. */
      ep-canvas:not(:focus) {
        touch-action: pan-y;
      }
      ep-status-line {
        position: absolute;
        inset: auto 12px 8px;
        pointer-events: none;
      }
      ep-layer-controls {
        width: 260px;
        overflow: auto;
        border-left: 1px solid var(--line);
      }
      .foot {
        display: flex;
        align-items: center;
        gap: 8px;
        padding-right: 8px;
        border-top: 1px solid var(--line);
      }
      ep-dims-bar {
        flex: 1;
        min-width: 0;
      }
      .words {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        padding: 16px;
        text-align: center;
        pointer-events: none;
      }
      .words p {
        margin: 0;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--quiet);
      }
      @media (max-width: 700px) {
        ep-layer-controls {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.session = "";
    this.name = "";
    this.picture = "";
    this.notebook = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new IntersectionObserver((entries) => {
      // The canvas itself tells the node when it is out of sight; without one there is nothing to begin for.
      if (entries.some((entry) => entry.isIntersecting)) this.#begin();
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#service?.dispose();
    this.#service = undefined;
    this.requestUpdate();
  }

  #begin(): void {
    if (this.#service || this.session === "") return;
    // Each output is a pair of eyes of its own on the session.
    const view = { id: randomId(), kept: false, notebook: this.notebook };
    this.#service = new SessionService(this.#link.value, this.#notices.value, this.session, view);
    this.#provider.setValue(this.#service);
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const session = this.#service;
    // To a guest the session is shown as an output only.
    const open =
      this.#person.value.person?.role === "guest"
        ? nothing
        : html`<a
            class="button icon"
            href=${`/view/${this.session}`}
            title="Open in the viewer"
            aria-label="Open in the viewer"
            ><ep-icon name="expand"></ep-icon
          ></a>`;
    if (!session) {
      return html`<div class="frame" role="group" aria-label=${this.name || "Viewer"}>
        <div class="stage">${this.#still()}</div>
        <div class="foot"><span style="flex:1"></span>${open}</div>
      </div>`;
    }
    // A canvas that was given to one stream cannot be given to the next: a new one gets elements of its own.
    return html`${keyed(session, this.#live(session, open))}`;
  }

  #live(session: SessionService, open: TemplateResult | typeof nothing): TemplateResult {
    const { phase, message } = session.phase.value;
    const dims = session.dims.value;
    const axes = dims ? slidOrder(dims) : [];
    const axis = this.#axis !== undefined && axes.includes(this.#axis) ? this.#axis : axes[0];
    const away = phase === "ended" || phase === "broken";
    const name = session.scene.value?.title || this.name || "Viewer";
    return html`<div class="frame" role="group" aria-label=${name} data-stats=${JSON.stringify(session.stats.value ?? {})}>
      <div class="body">
        <div class="stage" @wheel=${this.#wheel}>
          ${phase === "ended" ? nothing : html`<ep-canvas .axis=${axis} @hover=${this.#hover}></ep-canvas>`}
          ${phase === "ended" || !session.shown.value ? this.#still() : nothing}
          ${away ? html`<div class="words" role="status"><p>${message || "The node is away. The picture goes on by itself when it is back."}</p></div>` : nothing}
          <ep-status-line .place=${this.#place}></ep-status-line>
        </div>
        ${this.#controls ? html`<ep-layer-controls></ep-layer-controls>` : nothing}
      </div>
      <div class="foot">
        <ep-dims-bar
          .focused=${axis}
          @focus-axis=${(event: CustomEvent<number>) => {
            this.#axis = event.detail;
            this.requestUpdate();
          }}
        ></ep-dims-bar>
        <button
          class="button icon"
          type="button"
          aria-label="Layer controls"
          aria-pressed=${this.#controls ? "true" : "false"}
          title="Layer controls"
          @click=${() => {
            this.#controls = !this.#controls;
            this.requestUpdate();
          }}
        >
          <ep-icon name="sliders"></ep-icon>
        </button>
        ${open}
      </div>
    </div>`;
  }

  #still(): TemplateResult | typeof nothing {
    return this.picture === ""
      ? nothing
      : html`<img src=${this.picture} alt=${this.name || "The viewer's last picture"} />`;
  }

  /** The wheel scrolls the notebook, and turns to the picture once that has the focus: a long way down must not end in a zoom. */
  readonly #wheel = {
    capture: true,
    passive: true,
    handleEvent: (event: WheelEvent): void => {
      const focused = this.renderRoot.querySelector("ep-canvas:focus") !== null;
      if (!focused && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    },
  };

  readonly #hover = (event: CustomEvent<Place | null>): void => {
    this.#place = event.detail ?? undefined;
    this.requestUpdate();
  };
}
customElements.define("ep-viewer-output", EpViewerOutput);
