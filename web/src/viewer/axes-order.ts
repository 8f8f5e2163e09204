/** <ep-axes-order>: all axes in their order, to be dragged and renamed; as napari's popup of the roll button. */
import { type Dims, layerNdim, type SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import type { SessionService } from "../services/session.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/popover.ts";
import { unlessTyping } from "../ui/unless-typing.ts";
import { movedAxis } from "./axes.ts";
import { setOrder } from "./view-actions.ts";

/** Renames an axis of the scene: that axis of every layer, one step of undo. */
export function renameAxis(session: SessionService, dims: Dims, axis: number, name: string): void {
  const ops = (session.scene.peek()?.layers ?? []).flatMap((layer): SceneOp[] => {
    const n = layerNdim(layer);
    const own = axis - (dims.ndim - n);
    if (own < 0) return [];
    const labels = Array.from({ length: n }, (_, i) => layer.axis_labels[i] ?? `${i - n}`);
    if (labels[own] === name) return [];
    labels[own] = name;
    return [{ op: "layer.set", id: layer.id, set: { axis_labels: labels }, alone: true }];
  });
  if (ops.length > 0) session.apply(ops);
}

/** See the file's comment. */
export class EpAxesOrder extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  /** The axis that is dragged. */
  #dragged: number | undefined;

  static override styles = [
    sharedStyles,
    css`
      ol {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 12px;
      }
      li {
        display: grid;
        grid-template-columns: var(--hit) 110px 1fr;
        align-items: center;
        gap: 6px;
        border-radius: var(--radius);
      }
      li.dragged {
        background: var(--selection);
      }
      .grip {
        cursor: grab;
        touch-action: none;
      }
      li input {
        box-sizing: border-box;
        width: 100%;
      }
      p {
        max-width: 240px;
        margin: 8px 0 0;
        font-size: 11px;
      }
    `,
  ];

  override render(): TemplateResult {
    const session = this.#session.value;
    const dims = session.dims.value;
    if (!dims) return html``;
    const may = session.facts.value?.rights.includes("edit") ?? false;
    return html`<ep-popover label="Order and names of the axes" icon="arrowUpDown">
      <ol aria-label="Axes, in order">
        ${dims.order.map((axis, place) => this.#axis(dims, axis, place, may))}
      </ol>
      <p class="quiet">Drag an axis by its number, or use the arrow keys on it. The last ${dims.ndisplay} are on the screen.</p>
    </ep-popover>`;
  }

  #axis(dims: Dims, axis: number, place: number, may: boolean): TemplateResult {
    const session = this.#session.value;
    const label = dims.axis_labels[axis] ?? `${axis}`;
    const shown = place >= dims.ndim - dims.ndisplay;
    const rename = (event: Event): void => {
      const field = event.target as HTMLInputElement;
      const name = field.value.trim();
      if (name !== "") renameAxis(session, dims, axis, name);
      this.requestUpdate();
    };
    return html`<li class=${this.#dragged === axis ? "dragged" : ""}>
      <button
        class="button icon grip"
        type="button"
        aria-label=${`Move axis ${label}`}
        title="Drag, or arrow up and down"
        @keydown=${(event: KeyboardEvent) => this.#key(event, dims, axis)}
        @pointerdown=${(event: PointerEvent) => this.#grab(event, axis)}
        @pointermove=${(event: PointerEvent) => this.#over(event)}
        @pointerup=${() => this.#drop()}
        @pointercancel=${() => this.#drop()}
      >
        ${place}
      </button>
      <input class="field" aria-label=${`Name of axis ${label}`} .value=${unlessTyping(label)} ?disabled=${!may} @change=${rename} />
      <span class="quiet">${shown ? "on the screen" : "slider"}</span>
    </li>`;
  }

  #key(event: KeyboardEvent, dims: Dims, axis: number): void {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const place = dims.order.indexOf(axis) + by;
    setOrder(this.#session.value, movedAxis(dims.order, axis, place));
    // The button that has the focus stands for another axis now.
    void this.updateComplete.then(() => {
      const grips = this.renderRoot.querySelectorAll<HTMLButtonElement>(".grip");
      grips[Math.min(grips.length - 1, Math.max(0, place))]?.focus();
    });
  }

  #grab(event: PointerEvent, axis: number): void {
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.#dragged = axis;
    this.requestUpdate();
  }

  #over(event: PointerEvent): void {
    const dims = this.#session.value.dims.peek();
    if (this.#dragged === undefined || !dims) return;
    const rows = [...this.renderRoot.querySelectorAll("li")];
    const place = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    const order = movedAxis(dims.order, this.#dragged, place < 0 ? rows.length - 1 : place);
    if (order.join() !== dims.order.join()) setOrder(this.#session.value, order);
  }

  #drop(): void {
    this.#dragged = undefined;
    this.requestUpdate();
  }
}
customElements.define("ep-axes-order", EpAxesOrder);
