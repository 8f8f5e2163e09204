/** Controls of points. */
import { SYMBOLS } from "@eyepiece/engine/model/columns.ts";
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";
import { slider } from "../../ui/slider.ts";
import { toolsOf } from "../tools/tools.ts";
import { colorRule, dragBoth, ownColor, present, setChosen, textControls } from "./items.ts";
import { choice, number, type Panel, tick } from "./panel.ts";

/** Whether the chosen points are shown. */
function shown(panel: Panel<PointsLayer>): TemplateResult {
  const none = toolsOf(panel.session).chosen(panel.layer.id).length === 0;
  const [now = 1] = present(panel, "shown", [1]);
  return tick({ off: panel.off || none }, "Selected shown", now !== 0, (on) =>
    setChosen(panel, "shown", [on ? 1 : 0]),
  );
}

/** See the file's comment. */
export function pointsControls(panel: Panel<PointsLayer>): TemplateResult {
  const { layer, off } = panel;
  const [size = 10] = present(panel, "size", [layer.current_size]);
  const [width = 0] = present(panel, "border_width", [layer.current_border_width]);
  const [symbol = 4] = present(panel, "symbol", [SYMBOLS.indexOf(layer.current_symbol)]);
  const widest = layer.border_width_is_relative ? 1 : Math.max(10, width);
  return html`
    ${slider({
      ...{ label: "Point size", min: 1, max: Math.max(100, size), step: 1, value: size, disabled: off },
      onInput: (value, first) => dragBoth(panel, "size", [value], { current_size: value }, first),
    })}
    ${choice(panel, "Symbol", SYMBOLS[symbol] ?? "disc", SYMBOLS, (current_symbol) =>
      dragBoth(panel, "symbol", [SYMBOLS.indexOf(current_symbol)], { current_symbol }, true),
    )}
    ${ownColor(panel, "Face color", "face_color", layer.current_face_color, (current_face_color) => ({ current_face_color }))}
    ${colorRule(panel, "Face", layer.face, (face) => ({ face }))}
    ${ownColor(panel, "Border color", "border_color", layer.current_border_color, (current_border_color) => ({
      current_border_color,
    }))}
    ${colorRule(panel, "Border", layer.border, (border) => ({ border }))}
    ${slider({
      ...{ label: "Border width", min: 0, max: widest, step: widest / 100, value: width, disabled: off },
      onInput: (value, first) =>
        dragBoth(panel, "border_width", [value], { current_border_width: value }, first),
    })}
    ${tick(panel, "Border relative", layer.border_width_is_relative, (border_width_is_relative) =>
      panel.set({ border_width_is_relative }),
    )}
    ${choice(panel, "Shading", layer.shading, ["none", "spherical"] as const, (shading) => panel.set({ shading }))}
    ${choice(
      panel,
      "Projection",
      layer.projection_mode,
      ["none", "all", "rescale_linear", "rescale_spherical"] as const,
      (projection_mode) => panel.set({ projection_mode }),
    )}
    ${tick(panel, "Out of slice", layer.out_of_slice_display, (out_of_slice_display) =>
      panel.set({ out_of_slice_display }),
    )}
    ${number(panel, "Least pixels", layer.canvas_size_limits[0], { min: 0, max: 10_000 }, (low) =>
      panel.set({ canvas_size_limits: [low, Math.max(low, layer.canvas_size_limits[1])] }),
    )}
    ${number(panel, "Most pixels", layer.canvas_size_limits[1], { min: 0, max: 10_000 }, (high) =>
      panel.set({ canvas_size_limits: [Math.min(high, layer.canvas_size_limits[0]), high] }),
    )}
    ${number(panel, "Antialiasing", layer.antialiasing, { min: 0, max: 100 }, (antialiasing) =>
      panel.set({ antialiasing }),
    )}
    ${shown(panel)} ${textControls(panel, layer.text, (text) => ({ text }))}
  `;
}
