/** <ep-ortho-views>: the page's canvas (slotted) and three more of the same session, linked by a crosshair. */
import { effect, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { sessionContext } from "../../services/contexts.ts";
import type { SessionService } from "../../services/session.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import { toolsOf } from "../tools/tools.ts";
import type { EpOrthoCell } from "./ortho-cell.ts";
import "./ortho-cell.ts";
import { crosshair, PLANES, type Plane, planeDims, planeName, pointAt } from "./planes.ts";

type Place = Plane | "main";
/** A click is a press that stays within so many pixels. */
const CLICK = 4;

/** See the file's comment. Without `open` it shows the slotted canvas alone. */
export class EpOrthoViews extends EpElement {
  static override properties = {
    open: { type: Boolean, reflect: true },
    panning: { attribute: false },
    axis: { attribute: false },
  };
  declare open: boolean;
  /** Space is held, and the axis that Ctrl and the wheel step: as of the slotted canvas. */
  declare panning: boolean;
  declare axis: number | undefined;
  readonly #session = new Shared(this, sessionContext);
  readonly #chosen = signal<Place>("main");
  /** Counts sizes of canvases and cells that came: what is drawn over them follows. */
  readonly #laid = signal(0);
  readonly #resize = new ResizeObserver(() => {
    this.#laid.value += 1;
  });
  #pressed: { readonly x: number; readonly y: number } | undefined;
  #unlink: () => void = () => {};

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      }
      :host([open]) {
        grid-template: minmax(0, 1fr) minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
        gap: 1px;
        background: var(--line);
      }
      .cell {
        position: relative;
        overflow: hidden;
        background: var(--canvas);
      }
      ep-ortho-cell {
        position: absolute;
        inset: 0;
      }
      .name {
        position: absolute;
        top: 8px;
        left: 50%;
        transform: translateX(-50%);
        padding: 2px 8px;
        border-radius: var(--radius);
        background: rgb(21 26 33 / 72%);
        color: #e6eaf0;
        font-size: 11px;
        pointer-events: none;
      }
      .line {
        position: absolute;
        border: 0 solid transparent;
        background: var(--accent);
        background-clip: content-box;
        box-sizing: content-box;
        opacity: 0.6;
        touch-action: none;
      }
      .line:hover,
      .line:focus-visible {
        opacity: 1;
      }
      .line.down {
        top: 0;
        bottom: 0;
        width: 1px;
        padding-inline: 4px;
        margin-left: -4px;
        cursor: ew-resize;
      }
      .line.across {
        left: 0;
        right: 0;
        height: 1px;
        padding-block: 4px;
        margin-top: -4px;
        cursor: ns-resize;
      }
      [role="tablist"] {
        display: none;
      }
      @media (max-width: 700px) {
        :host([open]) {
          grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        }
        .cell.away {
          display: none;
        }
        .name {
          display: none;
        }
        :host([open]) [role="tablist"] {
          display: flex;
          gap: 4px;
          padding: 4px 48px;
          background: var(--panel);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.open = false;
    this.panning = false;
    this.axis = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlink();
    this.#resize.disconnect();
  }

  override render(): TemplateResult {
    const session = this.#session.value;
    const dims = session.dims.value;
    if (!this.open || !dims) return html`<div class="cell"><slot></slot></div>`;
    const chosen = this.#chosen.value;
    const places: readonly Place[] = ["main", ...PLANES];
    return html`
      <div role="tablist" aria-label="Orthogonal views">
        ${places.map(
          (place) => html`<button
            class="button"
            type="button"
            role="tab"
            aria-selected=${place === chosen ? "true" : "false"}
            @click=${() => {
              this.#chosen.value = place;
            }}
          >
            ${planeName(dims, place)}
          </button>`,
        )}
      </div>
      ${places.map((place) => {
        const name = planeName(dims, place);
        return html`<div
          class=${place === chosen ? "cell" : "cell away"}
          data-place=${place}
          role="group"
          aria-label=${`${name} view`}
          @pointerdown=${(event: PointerEvent) => {
            this.#pressed = event.button === 0 ? { x: event.clientX, y: event.clientY } : undefined;
          }}
          @click=${(event: MouseEvent) => this.#click(place, event)}
        >
          ${
            place === "main"
              ? html`<slot></slot>`
              : html`<ep-ortho-cell .main=${session} .plane=${place} .panning=${this.panning} .axis=${this.axis} @ready=${() => this.#link()}></ep-ortho-cell>`
          }
          <span class="name">${name}</span>
          ${this.#lines(place)}
        </div>`;
      })}
    `;
  }

  protected override updated(): void {
    for (const cell of this.renderRoot.querySelectorAll(".cell")) this.#resize.observe(cell);
    if (!this.open) this.#unlink();
  }

  #cell(place: Place): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-place="${place}"]`);
  }

  #service(place: Place): SessionService | undefined {
    if (place === "main") return this.#session.value;
    return this.#cell(place)?.querySelector<EpOrthoCell>("ep-ortho-cell")?.service;
  }

  /** Keeps the point, the thickness and the order of all canvases in step with whichever moved last. */
  #link(): void {
    this.#unlink();
    const places: readonly Place[] = ["main", ...PLANES];
    const stops = places.map((from) => {
      const service = this.#service(from);
      if (!service) return () => {};
      return effect(() => {
        const dims = service.dims.value;
        if (dims) queueMicrotask(() => this.#follow(from, dims));
      });
    });
    this.#unlink = () => {
      for (const stop of stops) stop();
      this.#unlink = () => {};
    };
    this.#laid.value += 1;
  }

  #follow(from: Place, moved: NonNullable<SessionService["dims"]["value"]>): void {
    const main = this.#session.value;
    const own = main.dims.peek();
    if (!own) return;
    const { point, margin_left, margin_right, range, axis_labels, ndim } = moved;
    const shared = { point, margin_left, margin_right, range, axis_labels, ndim };
    // Only the main canvas decides which axes are shown.
    const lead = from === "main" ? moved : { ...own, ...shared };
    for (const place of ["main", ...PLANES] as const) {
      const service = this.#service(place);
      const now = service?.dims.peek();
      if (place === from || !service || !now) continue;
      const dims = place === "main" ? lead : planeDims(lead, place);
      if (JSON.stringify(dims) !== JSON.stringify(now)) service.setView({ dims }, { moving: true });
    }
  }

  /** The lines at which the others' slices cross a flat canvas. */
  #lines(place: Place): TemplateResult | typeof nothing {
    void this.#laid.value;
    const view = this.#service(place)?.view.value;
    const box = this.#cell(place);
    const at = view && box && crosshair(view, { width: box.clientWidth, height: box.clientHeight });
    if (!view || !at) return nothing;
    const [down = 0, across = 0] = view.dims.order.slice(-2);
    const label = (axis: number) => view.dims.axis_labels[axis] ?? String(axis);
    return html`
      ${this.#line(place, "down", at.x, label(across), view.dims.point[across] ?? 0)}
      ${this.#line(place, "across", at.y, label(down), view.dims.point[down] ?? 0)}
    `;
  }

  #line(place: Place, way: "down" | "across", at: number, axis: string, value: number): TemplateResult {
    const drag = (event: PointerEvent): void => {
      const line = event.currentTarget as HTMLElement;
      if (!line.hasPointerCapture(event.pointerId)) return;
      const box = this.#cell(place)?.getBoundingClientRect();
      if (box)
        this.#move(place, way === "down" ? { x: event.clientX - box.left } : { y: event.clientY - box.top });
    };
    const key = (event: KeyboardEvent): void => {
      const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#move(place, way === "down" ? { x: at + by * 4 } : { y: at + by * 4 });
    };
    return html`<div
      class=${`line ${way}`}
      style=${way === "down" ? `left: ${at}px` : `top: ${at}px`}
      role="slider"
      tabindex="0"
      aria-label=${`Slice of axis ${axis}`}
      aria-orientation=${way === "down" ? "horizontal" : "vertical"}
      aria-valuenow=${Math.round(value * 1000) / 1000}
      @pointerdown=${(event: PointerEvent) => {
        event.stopPropagation();
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      }}
      @click=${(event: Event) => event.stopPropagation()}
      @pointermove=${drag}
      @keydown=${key}
    ></div>`;
  }

  #click(place: Place, event: MouseEvent): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    const box = this.#cell(place)?.getBoundingClientRect();
    if (!pressed || !box || event.detail > 1 || this.#inHand(place)) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK) return;
    this.#move(place, { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  /** Whether a click on a canvas is for a tool. */
  #inHand(place: Place): boolean {
    const service = this.#service(place);
    const tools = service && toolsOf(service);
    const layer = tools?.layer;
    return tools !== undefined && layer !== undefined && tools.mode(layer) !== "pan_zoom";
  }

  #move(place: Place, to: { readonly x?: number; readonly y?: number }): void {
    const service = this.#service(place);
    const view = service?.view.peek();
    const box = this.#cell(place);
    if (!service || !view || !box || view.dims.ndisplay !== 2 || view.grid.enabled) return;
    const point = [...pointAt(view, { width: box.clientWidth, height: box.clientHeight }, to)];
    service.setView({ dims: { ...view.dims, point } }, { moving: true });
  }
}
customElements.define("ep-ortho-views", EpOrthoViews);
