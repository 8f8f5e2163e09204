/** <ep-ortho-cell>: one further canvas of a session, with a view and a stream of its own. */
import { resetView } from "@eyepiece/engine/model/view.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { ContextProvider } from "@lit/context";
import { effect } from "@preact/signals-core";
import { css, html, LitElement, type TemplateResult } from "lit";
import { linkContext, noticesContext, sessionContext } from "../../services/contexts.ts";
import { SessionService } from "../../services/session.ts";
import { Shared } from "../../ui/consumer.ts";
import { sharedStyles } from "../../ui/element.ts";
import "../canvas.ts";
import type { Place } from "../status-line.ts";
import "../status-line.ts";
import { shareTools, toolsOf } from "../tools/tools.ts";
import { type Plane, planeDims } from "./planes.ts";

/** See the file's comment. `main` is the service of the session's page; neither it nor `plane` changes. The others are the canvas's. Fires `ready`. */
export class EpOrthoCell extends LitElement {
  static override properties = {
    main: { attribute: false },
    plane: {},
    panning: { attribute: false },
    axis: { attribute: false },
    place: { state: true },
  };
  declare main: SessionService;
  declare plane: Plane;
  declare panning: boolean;
  declare axis: number | undefined;
  /** Where the pointer is over the canvas. */
  declare place: Place | undefined;
  readonly #link = new Shared(this, linkContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #provider = new ContextProvider(this, { context: sessionContext });
  #service: SessionService | undefined;
  #stop: () => void = () => {};

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
        min-height: 0;
      }
      ep-canvas {
        position: absolute;
        inset: 0;
      }
      ep-status-line {
        position: absolute;
        right: 12px;
        bottom: 10px;
        left: 12px;
        pointer-events: none;
      }
    `,
  ];

  constructor() {
    super();
    this.panning = false;
    this.axis = undefined;
    this.place = undefined;
  }

  /** The canvas's own view of the session. */
  get service(): SessionService | undefined {
    return this.#service;
  }

  protected override willUpdate(): void {
    if (this.#service) return;
    const { main, plane } = this;
    const first = (_: Scene, present: View): View => {
      const view = main.view.peek() ?? present;
      const dims = planeDims(view.dims, plane);
      return { camera: { ...view.camera, perspective: present.camera.perspective }, dims, grid: view.grid };
    };
    const view = { id: `${main.viewId}-${plane}`, kept: false, first };
    const service = new SessionService(this.#link.value, this.#notices.value, main.id, view);
    this.#service = service;
    shareTools(service, main);
    this.#provider.setValue(service);
    const followed = effect(() => {
      const selected = main.selected.value;
      if (service.scene.value && service.selected.peek() !== selected) service.select(selected);
    });
    // The first picture is fitted to the cell, whose size is known a moment after its canvas.
    const fit = (): void => {
      const { size } = service;
      const now = service.view.peek();
      if (!this.isConnected || !now) return;
      if (!size) requestAnimationFrame(fit);
      else service.showView(resetView(now, size));
    };
    const opened = effect(() => {
      if (service.phase.value.phase !== "open") return;
      queueMicrotask(() => {
        opened();
        fit();
        this.dispatchEvent(new CustomEvent("ready"));
      });
    });
    this.#stop = () => {
      opened();
      followed();
      toolsOf(service).dispose();
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#service?.dispose();
    this.#service = undefined;
  }

  override render(): TemplateResult {
    return html`<ep-canvas
        .panning=${this.panning}
        .axis=${this.axis}
        @hover=${(event: CustomEvent<Place | null>) => {
          this.place = event.detail ?? undefined;
        }}
      ></ep-canvas>
      <ep-status-line .place=${this.place}></ep-status-line>`;
  }
}
customElements.define("ep-ortho-cell", EpOrthoCell);
