/** <ep-layer-controls>: the selected layer's properties, in napari's order. */
import { displayedAxes } from "@eyepiece/engine/model/view.ts";
import {
  Blending,
  type ImageLayer,
  type ImagePatch,
  Interpolation,
  type Layer,
  type LayerPatch,
  ProjectionMode,
  Rendering,
} from "@eyepiece/protocol/scene/schema.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { slider } from "../ui/slider.ts";
import { colormapChoice } from "./colormap-choice.ts";
import "./contrast.ts";
import { describeData } from "./describe.ts";
import { movePlane, NORMALS, planeTravel, sameNormal } from "./plane-math.ts";

/** See the file's comment. */
export class EpLayerControls extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  #merge = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        padding: 12px;
        font-size: 12px;
        overflow-y: auto;
      }
      h2 {
        margin: 0 0 8px;
        font-size: 11px;
        font-weight: 600;
        color: var(--quiet);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .row {
        display: grid;
        grid-template-columns: 88px minmax(0, 1fr) 58px;
        align-items: center;
        gap: 8px;
        min-height: calc(var(--hit) + 4px);
      }
      .row.wide {
        grid-template-columns: 84px minmax(0, 1fr);
      }
      .row > .name {
        color: var(--quiet);
      }
      .row .field {
        width: 100%;
      }
      .block {
        padding: 4px 0 8px;
      }
      .block > .name {
        display: block;
        margin-bottom: 4px;
        color: var(--quiet);
      }
      .choices {
        display: flex;
        gap: 4px;
      }
      .choices .button {
        flex: 1;
        padding: 0 4px;
        font-size: 12px;
      }
      hr {
        margin: 8px 0;
        border: 0;
        border-top: 1px solid var(--line);
      }
      .preview {
        display: block;
        flex: none;
        width: 44px;
        height: 12px;
        border-radius: 3px;
        border: 1px solid var(--line);
        margin-inline-end: 8px;
      }
      wa-select {
        min-width: 0;
      }
      wa-select::part(combobox) {
        min-height: var(--hit);
        padding: 0 8px;
      }
      wa-option::part(label) {
        white-space: nowrap;
      }
      wa-select::part(listbox) {
        max-height: 340px;
      }
      dl {
        display: grid;
        grid-template-columns: 84px minmax(0, 1fr);
        gap: 4px 8px;
        margin: 0;
        color: var(--quiet);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render(): TemplateResult {
    const session = this.#session.value;
    const id = session.selected.value;
    const layer = session.scene.value?.layers.find((one) => one.id === id);
    if (!layer) return html`<p class="quiet">Select a layer to see its controls.</p>`;
    const off = !(session.facts.value?.rights.includes("edit") ?? false);
    const three = session.dims.value?.ndisplay === 3;
    const set = (patch: LayerPatch) => this.#set(layer, patch);
    const drag = (patch: LayerPatch, first: boolean) => this.#drag(layer, patch, first);
    return html`
      <h2 title=${layer.name}>${layer.name}</h2>
      ${slider({
        ...{ label: "Opacity", min: 0, max: 1, step: 0.01, value: layer.opacity, disabled: off },
        onInput: (opacity, first) => drag({ opacity }, first),
      })}
      ${this.#select("Blending", layer.blending, Blending.options, off, (blending) => set({ blending }))}
      ${layer.type === "image" ? this.#image(layer, off, three) : nothing}
      <hr />
      <dl>
        <dt>Data</dt>
        <dd class="num">${describeData(layer)}</dd>
        <dt>Source</dt>
        <dd>${layer.data.label}</dd>
      </dl>
    `;
  }

  #image(layer: ImageLayer, off: boolean, three: boolean): TemplateResult {
    const set = (patch: ImagePatch) => this.#set(layer, patch);
    return html`
      ${layer.rgb ? nothing : this.#intensity(layer, off)}
      ${
        three
          ? this.#select(
              "Interpolation",
              layer.interpolation3d,
              Interpolation.options,
              off,
              (interpolation3d) => set({ interpolation3d }),
            )
          : this.#select(
              "Interpolation",
              layer.interpolation2d,
              Interpolation.options,
              off,
              (interpolation2d) => set({ interpolation2d }),
            )
      }
      ${three ? this.#volume(layer, off) : this.#slices(layer, off)}
    `;
  }

  #intensity(layer: ImageLayer, off: boolean): TemplateResult {
    return html`
      <div class="block">
        <span class="name">Contrast limits</span>
        <ep-contrast .layer=${layer} ?disabled=${off}></ep-contrast>
      </div>
      ${slider({
        ...{ label: "Gamma", min: 0.2, max: 2, step: 0.01, value: layer.gamma, disabled: off },
        onInput: (gamma, first) => this.#drag(layer, { gamma }, first),
      })}
      <div class="row wide">
        <span class="name">Colormap</span>
        ${colormapChoice(layer.colormap, off, (colormap) => this.#set(layer, { colormap }))}
      </div>
    `;
  }

  #volume(layer: ImageLayer, off: boolean): TemplateResult {
    const set = (patch: ImagePatch) => this.#set(layer, patch);
    const [low, high] = layer.contrast_limits_range;
    return html`
      ${this.#select("Rendering", layer.rendering, Rendering.options, off, (rendering) => set({ rendering }))}
      ${
        layer.rendering === "iso"
          ? slider({
              ...{
                label: "Iso threshold",
                min: low,
                max: high,
                step: (high - low) / 1000 || "any",
                disabled: off,
              },
              value: layer.iso_threshold,
              onInput: (iso_threshold, first) => this.#drag(layer, { iso_threshold }, first),
            })
          : nothing
      }
      ${
        layer.rendering === "attenuated_mip"
          ? slider({
              ...{
                label: "Attenuation",
                min: 0,
                max: 0.5,
                step: 0.001,
                value: layer.attenuation,
                disabled: off,
              },
              onInput: (attenuation, first) => this.#drag(layer, { attenuation }, first),
            })
          : nothing
      }
      ${this.#select("Depiction", layer.depiction, ["volume", "plane"] as const, off, (depiction) => set({ depiction }))}
      ${layer.depiction === "plane" ? this.#plane(layer, off) : nothing}
    `;
  }

  #plane(layer: ImageLayer, off: boolean): TemplateResult {
    const { plane } = layer;
    const dims = this.#session.value.dims.value;
    const offset = (dims?.ndim ?? 3) - layer.data.shape.length;
    const shape = (dims ? displayedAxes(dims) : [0, 1, 2]).map(
      (axis) => layer.data.shape[axis - offset] ?? 1,
    );
    const travel = planeTravel(plane, shape);
    return html`
      <div class="row wide">
        <span class="name">Plane normal</span>
        <div class="choices">
          ${NORMALS.map(
            ([name, normal]) => html`<button
              class="button framed"
              type="button"
              aria-label=${`Plane normal ${name}`}
              aria-pressed=${sameNormal(plane.normal, normal) ? "true" : "false"}
              title=${`Normal along ${name} (${name === "oblique" ? "O" : name.toUpperCase()})`}
              ?disabled=${off}
              @click=${() => this.#set(layer, { plane: { ...plane, normal } })}
            >
              ${name === "oblique" ? "obl." : name}
            </button>`,
          )}
        </div>
      </div>
      ${slider({
        ...{
          label: "Position",
          min: travel.min,
          max: travel.max,
          step: 0.5,
          value: travel.at,
          disabled: off,
        },
        onInput: (at, first) => this.#drag(layer, { plane: movePlane(plane, at) }, first),
      })}
      ${slider({
        ...{ label: "Thickness", min: 1, max: 50, step: 0.5, value: plane.thickness, disabled: off },
        onInput: (thickness, first) => this.#drag(layer, { plane: { ...plane, thickness } }, first),
      })}
    `;
  }

  #slices(layer: ImageLayer, off: boolean): TemplateResult {
    return this.#select("Projection", layer.projection_mode, ProjectionMode.options, off, (projection_mode) =>
      this.#set(layer, { projection_mode }),
    );
  }

  #select<T extends string>(
    label: string,
    value: T,
    options: readonly T[],
    disabled: boolean,
    choose: (value: T) => void,
  ): TemplateResult {
    const change = (event: Event): void => {
      const chosen = options.find((option) => option === (event.target as HTMLSelectElement).value);
      if (chosen !== undefined) choose(chosen);
    };
    return html`<label class="row wide">
      <span class="name">${label}</span>
      <select class="field" aria-label=${label} .value=${value} ?disabled=${disabled} @change=${change}>
        ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
      </select>
    </label>`;
  }

  #set(layer: Layer, set: LayerPatch): void {
    this.#session.value.apply([{ op: "layer.set", id: layer.id, set }]);
  }

  #drag(layer: Layer, set: LayerPatch, first: boolean): void {
    if (first) this.#merge = this.#session.value.newMerge();
    this.#session.value.apply([{ op: "layer.set", id: layer.id, set }], this.#merge);
  }
}
customElements.define("ep-layer-controls", EpLayerControls);
