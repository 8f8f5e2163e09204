/** <ep-layer-controls>: the selected layer's modes and properties, in napari's order. */
import { Blending, type Layer, type LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { clippingControls } from "./controls/clipping.ts";
import { controlsOf } from "./controls/index.ts";
import { modeButtons } from "./controls/modes.ts";
import { choice, type Panel, panelStyles, slide } from "./controls/parts.ts";
import { transformControls } from "./controls/transform.ts";
import { describeData } from "./describe.ts";

/** See the file's comment. */
export class EpLayerControls extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  #merge = "";

  static override styles = [sharedStyles, panelStyles];

  override render(): TemplateResult {
    const session = this.#session.value;
    const id = session.selected.value;
    const layer = session.scene.value?.layers.find((one) => one.id === id);
    if (!layer) return html`<p class="quiet">Select a layer to see its controls.</p>`;
    const panel = this.#panel(layer);
    return html`
      <h2 title=${layer.name}>${layer.name}</h2>
      ${modeButtons(panel)}
      ${slide(panel, { label: "Opacity", min: 0, max: 1, step: 0.01, value: layer.opacity }, (opacity) => ({ opacity }))}
      ${choice(panel, "Blending", layer.blending, Blending.options, (blending) => panel.set({ blending }))}
      ${controlsOf(panel)} ${clippingControls(panel)} ${transformControls(panel)}
      <hr />
      <dl>
        <dt>Data</dt>
        <dd class="num">${describeData(layer)}</dd>
        <dt>Source</dt>
        <dd>${layer.data.label}</dd>
      </dl>
    `;
  }

  #panel(layer: Layer): Panel {
    const session = this.#session.value;
    const set = (patch: LayerPatch, merge = ""): void =>
      session.apply([{ op: "layer.set", id: layer.id, set: patch }], merge);
    return {
      session,
      layer,
      off: !(session.facts.value?.rights.includes("edit") ?? false),
      three: session.dims.value?.ndisplay === 3,
      set: (patch) => set(patch),
      drag: (patch, first) => {
        if (first) this.#merge = session.newMerge();
        set(patch, this.#merge);
      },
    };
  }
}
customElements.define("ep-layer-controls", EpLayerControls);
