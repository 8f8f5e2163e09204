/** Where a layer lies in the world, and what is seldom changed of it: the folded section of the controls. */
import { shearMatrix } from "@eyepiece/engine/model/transform.ts";
import { type Layer, layerNdim } from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { number, type Panel, tick, words } from "./panel.ts";
import { angleOf, identityMatrix, isIdentity, rotationBy } from "./placement.ts";

/** The most of a layer's metadata that is shown, in characters. */
const MOST_METADATA = 20_000;

/** See the file's comment. */
export function transformControls(panel: Panel): TemplateResult {
  const { layer } = panel;
  return html`<details class="more">
    <summary>Transform and more</summary>
    ${placement(panel)}
    <hr />
    ${tick(panel, "Bounding box", layer.bounding_box, (bounding_box) => panel.set({ bounding_box }))}
    ${tick(panel, "Name overlay", layer.name_overlay, (name_overlay) => panel.set({ name_overlay }))}
    ${tick(panel, "Editable", layer.editable, (editable) => panel.set({ editable }))}
    ${tick(panel, "Locked", layer.locked, (locked) => panel.set({ locked }))}
    ${metadata(layer)}
  </details>`;
}

/** What an axis of the layer is called. */
function axisNames(layer: Layer): string[] {
  const n = layerNdim(layer);
  return Array.from({ length: n }, (_, axis) => layer.axis_labels[axis] || `axis ${axis - n}`);
}

function placement(panel: Panel): TemplateResult {
  const { layer, off } = panel;
  const n = layerNdim(layer);
  const names = axisNames(layer);
  const vector = (values: readonly number[], fill: number): number[] =>
    Array.from({ length: n }, (_, axis) => values[axis] ?? fill);
  const replaced = <T>(values: readonly T[], axis: number, value: T): T[] =>
    values.map((one, k) => (k === axis ? value : one));
  const scale = vector(layer.scale, 1);
  const translate = vector(layer.translate, 0);
  const units = Array.from({ length: n }, (_, axis) => layer.units[axis] ?? "pixel");
  const angle = angleOf(layer.rotate, n);
  const affine = layer.affine.length > 0 && !isIdentity(layer.affine);
  return html`
    <h3>Scale</h3>
    ${names.map((name, axis) =>
      number(
        panel,
        `Scale ${name}`,
        scale[axis] ?? 1,
        {},
        (value) => {
          // A layer without any extent cannot be drawn, or found again.
          if (value !== 0) panel.set({ scale: replaced(scale, axis, value) });
        },
        name,
      ),
    )}
    <h3>Translate</h3>
    ${names.map((name, axis) =>
      number(
        panel,
        `Translate ${name}`,
        translate[axis] ?? 0,
        {},
        (value) => panel.set({ translate: replaced(translate, axis, value) }),
        name,
      ),
    )}
    <h3>Rotate</h3>
    ${number(panel, "Angle, degrees", angle ?? 0, {}, (degrees) => panel.set({ rotate: rotationBy(degrees, n) }), "degrees")}
    ${angle === undefined ? html`<p class="quiet hint">It is turned about several axes; an angle replaces that.</p>` : nothing}
    ${shear(panel, names)}
    <h3>Units</h3>
    ${names.map((name, axis) =>
      words(
        panel,
        `Unit ${name}`,
        units[axis] ?? "pixel",
        "pixel",
        (unit) => panel.set({ units: replaced(units, axis, unit.trim() || "pixel") }),
        name,
      ),
    )}
    <div class="row wide">
      <span class="name">Affine</span>
      <span class="pair">
        <button
          class="button framed"
          type="button"
          ?disabled=${off || !affine}
          @click=${() => panel.set({ affine: identityMatrix(n + 1) })}
        >
          ${affine ? "Reset affine" : "None"}
        </button>
        <button
          class="button framed"
          type="button"
          aria-label="Reset transform"
          title="Scale 1, no translation, rotation, shear or affine"
          ?disabled=${off}
          @click=${() =>
            panel.set({
              scale: vector([], 1),
              translate: vector([], 0),
              rotate: identityMatrix(n),
              shear: [],
              affine: identityMatrix(n + 1),
            })}
        >
          Reset all
        </button>
      </span>
    </div>
  `;
}

/** One number for each pair of axes: the strictly upper triangle, row by row. */
function shear(panel: Panel, names: readonly string[]): TemplateResult {
  const { layer } = panel;
  const n = names.length;
  const matrix = shearMatrix(layer.shear, n);
  const pairs = names.flatMap((_, row) => names.slice(row + 1).map((_, k) => [row, row + 1 + k] as const));
  const values = pairs.map(([row, column]) => matrix[row]?.[column] ?? 0);
  return html`<h3>Shear</h3>
    ${pairs.map(([row, column], i) =>
      number(
        panel,
        `Shear ${names[row]} by ${names[column]}`,
        values[i] ?? 0,
        {},
        (value) => panel.set({ shear: values.map((one, k) => (k === i ? value : one)) }),
        `${names[row]} by ${names[column]}`,
      ),
    )}`;
}

function metadata({ metadata }: Layer): TemplateResult {
  const keys = Object.keys(metadata).length;
  if (keys === 0) return html`<p class="quiet hint">No metadata.</p>`;
  const text = JSON.stringify(metadata, undefined, 1);
  const cut = text.length > MOST_METADATA;
  return html`<details>
    <summary>Metadata (${keys})</summary>
    <textarea
      class="field metadata"
      aria-label="Metadata"
      rows="10"
      readonly
      .value=${live(cut ? text.slice(0, MOST_METADATA) : text)}
    ></textarea>
    ${cut ? html`<p class="quiet hint">The first ${MOST_METADATA} of ${text.length} characters are shown.</p>` : nothing}
  </details>`;
}
