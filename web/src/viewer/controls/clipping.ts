/** Clipping planes of a layer: each keeps the side that its normal points to. */
import { displayedExtent } from "@eyepiece/engine/model/view.ts";
import type { ClippingPlane } from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { movePlane, NORMALS, travelWithin } from "../plane-math.ts";
import { type Panel, slide } from "./panel.ts";

/** As many as a layer may have. */
const MOST = 16;

/** What a normal is called: its axis, or oblique. */
function nameOfNormal(normal: readonly number[], labels: readonly string[]): string {
  const parts = normal.flatMap((value, k) => (value === 0 ? [] : [k]));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? (labels[only] ?? `${only}`) : "oblique";
}

/** See the file's comment. */
export function clippingControls(panel: Panel): TemplateResult | typeof nothing {
  const { layer, off, three, session } = panel;
  const planes = layer.experimental_clipping_planes;
  const dims = session.dims.value;
  if (!dims || dims.ndim < 3 || (!three && planes.length === 0)) return nothing;
  const shown = dims.order.slice(-3);
  const labels = shown.map((axis) => dims.axis_labels[axis] ?? `${axis}`);
  const box = displayedExtent({ ...dims, ndisplay: 3 });
  const middle = box.map(([low, high]) => (low + high) / 2) as [number, number, number];
  const set = (next: readonly ClippingPlane[]): void =>
    panel.set({ experimental_clipping_planes: [...next] });
  const changed = (index: number, changes: Partial<ClippingPlane>): ClippingPlane[] =>
    planes.map((plane, k) => (k === index ? { ...plane, ...changes } : plane));
  return html`<details class="more" ?open=${planes.length > 0}>
    <summary>Clipping planes${planes.length > 0 ? ` (${planes.length})` : ""}</summary>
    ${three ? nothing : html`<p class="quiet hint">They cut what is shown in 3D.</p>`}
    <div class="row wide">
      <span class="name">Add along</span>
      <div class="choices">
        ${NORMALS.map(
          ([name, normal]) => html`<button
            class="button framed"
            type="button"
            aria-label=${`Add a clipping plane, ${name}`}
            title=${`Through the middle, normal along ${name}`}
            ?disabled=${off || planes.length >= MOST}
            @click=${() => set([...planes, { position: middle, normal, enabled: true }])}
          >
            ${name === "oblique" ? "obl." : name}
          </button>`,
        )}
      </div>
    </div>
    ${planes.map((plane, index) => {
      const called = `Plane ${index + 1}`;
      // Turned about, a plane stays where it is: so does its slider.
      const sign = (plane.normal.find((value) => value !== 0) ?? 1) < 0 ? -1 : 1;
      const upright = {
        ...plane,
        normal: plane.normal.map((value) => value * sign) as ClippingPlane["normal"],
      };
      const { at, min, max } = travelWithin(upright, box);
      return html`<div class="row wide plane">
          <label class="pair">
            <input
              type="checkbox"
              aria-label=${`${called} enabled`}
              .checked=${live(plane.enabled)}
              ?disabled=${off}
              @change=${(event: Event) =>
                set(changed(index, { enabled: (event.target as HTMLInputElement).checked }))}
            />
            ${nameOfNormal(plane.normal, labels)}
          </label>
          <span class="pair end">
            <button
              class="button framed"
              type="button"
              aria-label=${`Flip plane ${index + 1}`}
              title="Keep the other side"
              ?disabled=${off}
              @click=${() => set(changed(index, { normal: plane.normal.map((value) => -value || 0) as ClippingPlane["normal"] }))}
            >
              Flip
            </button>
            <button
              class="button icon framed"
              type="button"
              aria-label=${`Remove plane ${index + 1}`}
              title="Remove"
              ?disabled=${off}
              @click=${() => set(planes.filter((_, k) => k !== index))}
            >
              <ep-icon name="trash"></ep-icon>
            </button>
          </span>
        </div>
        ${slide(
          panel,
          { label: `${called} position`, min, max, step: (max - min) / 500 || ("any" as const), value: at },
          (value) => ({
            experimental_clipping_planes: changed(index, { position: movePlane(upright, value).position }),
          }),
        )}`;
    })}
  </details>`;
}
