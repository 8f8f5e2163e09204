/** Controls of labels. */
import { labelColor } from "@eyepiece/engine/model/labels.ts";
import { css } from "@eyepiece/engine/overlays/css.ts";
import type { LabelColormap, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { choice, colour, depiction, levelChoice, number, type Panel, slide, tick } from "./parts.ts";

/** See the file's comment. */
export function labelsControls(panel: Panel<LabelsLayer>): TemplateResult {
  const { layer, three, off } = panel;
  const map = layer.colormap;
  const shuffle = (): void => {
    if (map.kind === "cyclic") panel.set({ colormap: { ...map, seed: Math.random() } });
  };
  return html`
    <div class="row wide">
      <span class="name">Label</span>
      <span class="pair">
        <span
          class="swatch"
          style=${`background: ${css(labelColor(map)(layer.selected_label))}`}
          title="Its colour"
        ></span>
        <input
          class="field"
          type="number"
          step="1"
          aria-label="Label"
          title="The label that is painted (- and =, M for a new one)"
          .value=${String(layer.selected_label)}
          ?disabled=${off}
          @change=${(event: Event) => {
            const { valueAsNumber } = event.target as HTMLInputElement;
            if (Number.isSafeInteger(valueAsNumber)) panel.set({ selected_label: valueAsNumber });
          }}
        />
        <button
          class="button icon framed"
          type="button"
          aria-label="Shuffle colors"
          title="Other colours for all labels"
          ?disabled=${off || map.kind !== "cyclic"}
          @click=${shuffle}
        >
          <ep-icon name="shuffle"></ep-icon>
        </button>
      </span>
    </div>
    ${slide(
      panel,
      { label: "Brush size", min: 1, max: 40, step: 1, value: layer.brush_size },
      (brush_size) => ({
        brush_size: Math.max(1, Math.round(brush_size)),
      }),
    )}
    ${choice(
      panel,
      "Color mode",
      map.kind === "cyclic" ? "auto" : "direct",
      ["auto", "direct"] as const,
      (kind) => panel.set({ colormap: kind === "auto" ? CYCLIC : direct(layer) }),
    )}
    ${
      map.kind === "direct"
        ? colour(panel, "Label's color", labelColor(map)(layer.selected_label), (color, first) => {
            const others = map.colors.filter(([label]) => label !== layer.selected_label);
            panel.drag({ colormap: { ...map, colors: [...others, [layer.selected_label, color]] } }, first);
          })
        : nothing
    }
    ${number(panel, "Contour", layer.contour, { min: 0, max: 1000, step: 1 }, (contour) =>
      panel.set({ contour: Math.round(contour) }),
    )}
    ${number(
      panel,
      "Edit dimensions",
      layer.n_edit_dimensions,
      { min: 1, max: layer.data.shape.length, step: 1 },
      (n_edit_dimensions) => panel.set({ n_edit_dimensions: Math.round(n_edit_dimensions) }),
    )}
    ${tick(panel, "Contiguous", layer.contiguous, (contiguous) => panel.set({ contiguous }))}
    ${tick(panel, "Preserve labels", layer.preserve_labels, (preserve_labels) => panel.set({ preserve_labels }))}
    ${tick(panel, "Show selected", layer.show_selected_label, (show_selected_label) =>
      panel.set({ show_selected_label }),
    )}
    ${
      three
        ? html`${choice(
            panel,
            "Rendering",
            layer.rendering,
            ["iso_categorical", "translucent"] as const,
            (rendering) => panel.set({ rendering }),
          )}
          ${choice(
            panel,
            "Gradient",
            layer.iso_gradient_mode,
            ["fast", "smooth"] as const,
            (iso_gradient_mode) => panel.set({ iso_gradient_mode }),
          )}
          ${depiction(panel)}`
        : nothing
    }
    ${levelChoice(panel)}
  `;
}

const CYCLIC: LabelColormap = { kind: "cyclic", background_value: 0, colors: [], seed: 0.5 };

/** A colour for each label that has one now: the selected one; the others keep being told apart by their default. */
function direct(layer: LabelsLayer): LabelColormap {
  const color = labelColor(layer.colormap)(layer.selected_label);
  return {
    kind: "direct",
    background_value: layer.colormap.background_value,
    colors: [[layer.selected_label, [...color]]],
    default: [0, 0, 0, 0],
  };
}
