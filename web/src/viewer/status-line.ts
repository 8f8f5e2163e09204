/** <ep-status-line>: where the pointer is, at once, and what value is there, from the node. */
import { canvasRay } from "@eyepiece/engine/model/camera.ts";
import { displayedAxes } from "@eyepiece/engine/model/view.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { plain } from "../ui/slider.ts";
import { placeInCell } from "./cells.ts";

/** A place on the canvas in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The value under the pointer is asked for at most this often. */
const ASK_EVERY = 60;

/** World coordinates of all axes under a place on a 2D canvas. */
export function worldAt(view: View, size: { width: number; height: number }, place: Place): number[] {
  const { origin } = canvasRay(view.camera, size, 2, place.x, place.y);
  const [vertical, horizontal] = displayedAxes(view.dims);
  return view.dims.point.map((value, axis) =>
    axis === vertical ? origin[1] : axis === horizontal ? origin[2] : value,
  );
}

/** See the file's comment. `place` is undefined when the pointer is elsewhere. */
export class EpStatusLine extends EpElement {
  static override properties = { place: { attribute: false } };
  declare place: Place | undefined;
  readonly #session = new Shared(this, sessionContext);
  #asking = false;
  #again = false;
  #found:
    | {
        readonly value: string;
        readonly features: string;
        readonly layer: string;
        readonly world: readonly number[];
      }
    | undefined;
  #asked = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        font: 12px/1.3 var(--mono);
        color: #fff;
        text-shadow:
          0 0 3px #000,
          0 0 3px #000;
        white-space: pre;
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  constructor() {
    super();
    this.place = undefined;
  }

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    const view = this.#session.value.view.value;
    const key = JSON.stringify([
      this.place,
      view?.camera,
      view?.dims.point,
      this.#session.value.scene.value?.revision,
    ]);
    if (key === this.#asked || !this.place || !view) return;
    this.#asked = key;
    if (this.#asking) this.#again = true;
    else void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const session = this.#session.value;
    try {
      do {
        this.#again = false;
        const { place } = this;
        const layer = session.selected.peek() ?? "";
        if (!place || layer === "") return;
        const event = await session.ask({ valueAt: { ...place, layer } }, 5000);
        const found = event.value;
        this.#found = found && found.coordinates.length > 0 ? found : undefined;
        this.requestUpdate();
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
      } while (this.#again);
    } catch (cause) {
      this.#found = undefined;
      console.info("No value under the pointer:", cause);
    } finally {
      this.#asking = false;
    }
  }

  override render(): TemplateResult {
    const session = this.#session.value;
    const view = session.view.value;
    // Read, so that the line follows changes of the scene too.
    const scene = session.scene.value;
    const { place } = this;
    if (!view || !place || !scene) return html`<span role="status" aria-label="Pointer"></span>`;
    const size = session.size ?? { width: 1, height: 1 };
    const flat = view.dims.ndisplay === 2;
    const cell = placeInCell(view.grid, size, scene.layers.length, place.x, place.y);
    const world = flat ? worldAt(view, cell.size, cell) : (this.#found?.world ?? []);
    const where = world
      .map((value, axis) => `${view.dims.axis_labels[axis] ?? axis}=${tenth(value)}`)
      .join(" ");
    const known = this.#found && this.#found.features !== "" ? `; ${this.#found.features}` : "";
    const value = this.#found ? `value ${shortened(this.#found.value)}${known}` : "";
    return html`<span role="status" aria-label="Pointer">${where}  ${value}</span>`;
  }
}

/** One decimal, which is what a hand can point at. */
function tenth(value: number): string {
  return Math.abs(value) < 1 ? plain(Number(value.toPrecision(2))) : String(Math.round(value * 10) / 10);
}

/** Floats to four figures; whole numbers exactly. */
function shortened(text: string): string {
  const value = Number(text);
  return /^-?\d+$/.test(text) || !Number.isFinite(value) ? text : plain(value);
}
customElements.define("ep-status-line", EpStatusLine);
