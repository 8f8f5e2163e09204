/** Controls of images. */
import { displayedAxes } from "@eyepiece/engine/model/view.ts";
import {
  type ImageLayer,
  Interpolation,
  ProjectionMode,
  Rendering,
} from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { colormapChoice } from "../colormap-choice.ts";
import "../contrast.ts";
import { movePlane, NORMALS, planeTravel, sameNormal } from "../plane-math.ts";
import { choice, type Panel, slide } from "./panel.ts";

/** See the file's comment. */
export function imageControls(panel: Panel<ImageLayer>): TemplateResult {
  const { layer, three } = panel;
  return html`
    ${layer.rgb ? nothing : intensity(panel)}
    ${
      three
        ? choice(panel, "Interpolation", layer.interpolation3d, Interpolation.options, (interpolation3d) =>
            panel.set({ interpolation3d }),
          )
        : choice(panel, "Interpolation", layer.interpolation2d, Interpolation.options, (interpolation2d) =>
            panel.set({ interpolation2d }),
          )
    }
    ${
      three
        ? volume(panel)
        : choice(panel, "Projection", layer.projection_mode, ProjectionMode.options, (projection_mode) =>
            panel.set({ projection_mode }),
          )
    }
    ${levelChoice(panel)}
  `;
}

function intensity(panel: Panel<ImageLayer>): TemplateResult {
  const { layer, off } = panel;
  return html`
    <div class="block">
      <span class="name">Contrast limits</span>
      <ep-contrast .layer=${layer} ?disabled=${off}></ep-contrast>
    </div>
    ${slide(panel, { label: "Gamma", min: 0.2, max: 2, step: 0.01, value: layer.gamma }, (gamma) => ({ gamma }))}
    <div class="row wide">
      <span class="name">Colormap</span>
      ${colormapChoice(layer.colormap, off, (colormap) => panel.set({ colormap }))}
    </div>
  `;
}

function volume(panel: Panel<ImageLayer>): TemplateResult {
  const { layer } = panel;
  const [low, high] = layer.contrast_limits_range;
  const threshold = {
    label: "Iso threshold",
    min: low,
    max: high,
    step: (high - low) / 1000 || ("any" as const),
  };
  return html`
    ${choice(panel, "Rendering", layer.rendering, Rendering.options, (rendering) => panel.set({ rendering }))}
    ${
      layer.rendering === "iso"
        ? slide(panel, { ...threshold, value: layer.iso_threshold }, (iso_threshold) => ({ iso_threshold }))
        : nothing
    }
    ${
      layer.rendering === "attenuated_mip"
        ? slide(
            panel,
            { label: "Attenuation", min: 0, max: 0.5, step: 0.001, value: layer.attenuation },
            (attenuation) => ({ attenuation }),
          )
        : nothing
    }
    ${depiction(panel)}
  `;
}

/** The depiction of a volume, and its plane. */
export function depiction(
  panel: Panel<ImageLayer> | Panel<Extract<Panel["layer"], { type: "labels" }>>,
): TemplateResult {
  const { layer, off } = panel;
  const { plane } = layer;
  const shown = choice(panel, "Depiction", layer.depiction, ["volume", "plane"] as const, (depiction) =>
    panel.set({ depiction }),
  );
  if (layer.depiction !== "plane") return shown;
  const dims = panel.session.dims.value;
  const offset = (dims?.ndim ?? 3) - layer.data.shape.length;
  const shape = (dims ? displayedAxes(dims) : [0, 1, 2]).map((axis) => layer.data.shape[axis - offset] ?? 1);
  const travel = planeTravel(plane, shape);
  return html`
    ${shown}
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
            @click=${() => panel.set({ plane: { ...plane, normal } })}
          >
            ${name === "oblique" ? "obl." : name}
          </button>`,
        )}
      </div>
    </div>
    ${slide(
      panel,
      { label: "Position", min: travel.min, max: travel.max, step: 0.5, value: travel.at },
      (at) => ({ plane: movePlane(plane, at) }),
    )}
    ${slide(
      panel,
      { label: "Thickness", min: 1, max: 50, step: 0.5, value: plane.thickness },
      (thickness) => ({
        plane: { ...plane, thickness },
      }),
    )}
  `;
}

/** Which level of the pyramid is shown, whatever the zoom. */
export function levelChoice(
  panel: Panel<ImageLayer> | Panel<Extract<Panel["layer"], { type: "labels" }>>,
): TemplateResult | typeof nothing {
  const { layer } = panel;
  if (layer.data.levels.length < 2) return nothing;
  const options = ["auto", ...layer.data.levels.map((shape, level) => `${level}: ${shape.join(" × ")}`)];
  const now = layer.locked_data_level === null ? "auto" : (options[layer.locked_data_level + 1] ?? "auto");
  return choice(panel, "Data level", now, options, (chosen) =>
    panel.set({ locked_data_level: chosen === "auto" ? null : options.indexOf(chosen) - 1 }),
  );
}
