/** <ep-canvas>: the picture and what lies over it, drawn by the worker; pointers and keys come from here. */

import { hasWords, itemWords } from "@eyepiece/engine/overlays/item-words.ts";
import type { OverlayState } from "@eyepiece/engine/overlays/overlay.ts";
import { overlayState } from "@eyepiece/engine/overlays/state.ts";
import { effect } from "@preact/signals-core";
import { css, html, type TemplateResult } from "lit";
import { preferencesContext, sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { boundKey } from "./bound-keys.ts";
import { listen } from "./gestures.ts";
import { overlaysOf } from "./overlays/current.ts";
import { toolsOf } from "./tools/tools.ts";
import { reset } from "./view-actions.ts";

/** The most pixels that are asked for: a 4K canvas. */
const MOST_PIXELS = 3840 * 2160;

/** See the file's comment. Fires `hover` with {x, y} as the pointer moves, and with null when it leaves. */
export class EpCanvas extends EpElement {
  static override properties = { panning: { attribute: false }, axis: { attribute: false } };
  /** Space is held. */
  declare panning: boolean;
  /** The axis that Ctrl and the wheel step. */
  declare axis: number | undefined;
  readonly #session = new Shared(this, sessionContext);
  readonly #preferences = new Shared(this, preferencesContext);
  readonly #resize = new ResizeObserver(() => this.#measure());
  readonly #sight = new IntersectionObserver((entries) => {
    this.#inSight = entries.at(-1)?.isIntersecting ?? false;
    this.#tellVisible();
  });
  #inSight = false;
  #alive = new AbortController();

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: relative;
        display: block;
        background: var(--canvas);
        overflow: hidden;
        touch-action: none;
        cursor: grab;
        user-select: none;
      }
      :host(:active) {
        cursor: grabbing;
      }
      .stage,
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        pointer-events: none;
      }
      :host(:focus-visible) {
        outline: 1px solid var(--accent);
        outline-offset: -1px;
      }
    `,
  ];

  constructor() {
    super();
    this.panning = false;
    this.axis = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.role = "application";
    this.ariaLabel = "Canvas";
    this.#alive = new AbortController();
    this.#resize.observe(this);
    this.#sight.observe(this);
    this.addEventListener(
      "keydown",
      (event) => {
        if (!boundKey(event, this.#session.value)) return;
        event.preventDefault();
        // Whatever the page around does by keys is not meant.
        event.stopPropagation();
      },
      { signal: this.#alive.signal },
    );
    this.addEventListener("pointerenter", () => toolsOf(this.#session.value).activate(), {
      signal: this.#alive.signal,
    });
    document.addEventListener("visibilitychange", () => this.#tellVisible(), { signal: this.#alive.signal });
    listen(
      this,
      {
        view: () => this.#session.value.view.peek(),
        setView: (changes, options) => this.#session.value.setView(changes, options),
        reset: () => reset(this.#session.value),
        hover: (x, y) =>
          this.dispatchEvent(
            new CustomEvent("hover", { detail: x === undefined || y === undefined ? null : { x, y } }),
          ),
        panning: () => this.panning,
        wheelAxis: () => this.axis,
        layers: () => this.#session.value.scene.peek()?.layers.length ?? 0,
        tool: () => toolsOf(this.#session.value).tool,
      },
      this.#alive.signal,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
    this.#resize.disconnect();
    this.#sight.disconnect();
  }

  override firstUpdated(): void {
    const session = this.#session.value;
    session.onCanvasLost = () => this.#attach();
    this.#attach();
    const stop = effect(() => session.setOverlay(this.#overlay()));
    this.#alive.signal.addEventListener("abort", stop);
    // The session is to know what lies over the picture: its screenshots and films have it, too.
    const told = effect(() => {
      const { overlays } = this.#preferences.value.values.value;
      if (session.view.value && !session.view.value.overlays) session.setView({ overlays });
    });
    this.#alive.signal.addEventListener("abort", told);
    const tools = toolsOf(session);
    const follow = effect(() => {
      void tools.cursor.value;
      this.requestUpdate();
    });
    this.#alive.signal.addEventListener("abort", follow);
  }

  override updated(): void {
    this.style.cursor = this.panning ? "" : toolsOf(this.#session.value).cursor.peek();
  }

  override render(): TemplateResult {
    return html`<div class="stage"></div>`;
  }

  /** New canvases for the worker: one that was given away cannot be taken back. */
  #attach(): void {
    const stage = this.renderRoot.querySelector(".stage");
    const picture = document.createElement("canvas");
    const overlay = document.createElement("canvas");
    stage?.replaceChildren(picture, overlay);
    this.#session.value.attachCanvas(
      picture.transferControlToOffscreen(),
      overlay.transferControlToOffscreen(),
    );
    this.#measure();
  }

  /** Nothing is drawn for a tab that is hidden, or for a canvas that was scrolled away. */
  #tellVisible(): void {
    this.#session.value.setVisible(this.#inSight && document.visibilityState === "visible");
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width < 1 || height < 1) return;
    const ratio = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (width * height)));
    this.#session.value.setSize({ width, height, ratio });
  }

  #overlay(): OverlayState {
    const session = this.#session.value;
    const layers = session.scene.value?.layers ?? [];
    const dims = session.dims.value;
    const { tables } = toolsOf(session);
    // Copies of tables come later, and change with each edit.
    void tables.changed.value;
    return overlayState({
      overlays: overlaysOf(session, this.#preferences.value),
      layers,
      selected: session.selected.value,
      dims,
      itemWords: layers.flatMap((layer, index) => {
        const source = dims && hasWords(layer) ? tables.get(layer) : undefined;
        const words = source && dims && hasWords(layer) ? itemWords(layer, index, source, dims) : undefined;
        return words ? [words] : [];
      }),
    });
  }
}
customElements.define("ep-canvas", EpCanvas);
