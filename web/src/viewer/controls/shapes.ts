/** Controls of shapes. */
import type { ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";
import { slider } from "../../ui/slider.ts";
import { toolsOf } from "../tools/tools.ts";
import { colorRule, dragBoth, ownColor, present, textControls } from "./items.ts";
import type { Panel } from "./panel.ts";

/** See the file's comment. */
export function shapesControls(panel: Panel<ShapesLayer>): TemplateResult {
  const { layer, off, session } = panel;
  const tools = toolsOf(session);
  const none = off || tools.chosen(layer.id).length === 0;
  const [width = 1] = present(panel, "edge_width", [layer.current_edge_width]);
  const button = (label: string, icon: "trash" | "toFront" | "toBack", key: string) =>
    html`<button
      class="button icon framed"
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${none}
      @click=${() => tools.itemKey(key)}
    >
      <ep-icon name=${icon}></ep-icon>
    </button>`;
  return html`
    <div class="row wide">
      <span class="name">Selected</span>
      <span class="pair">
        ${button("Delete selected shapes", "trash", "Delete")} ${button("Move to front", "toFront", "f")}
        ${button("Move to back", "toBack", "b")}
      </span>
    </div>
    ${slider({
      ...{ label: "Edge width", min: 0, max: Math.max(40, width), step: 0.5, value: width, disabled: off },
      onInput: (value, first) => dragBoth(panel, "edge_width", [value], { current_edge_width: value }, first),
    })}
    ${ownColor(panel, "Face color", "face_color", layer.current_face_color, (current_face_color) => ({ current_face_color }))}
    ${colorRule(panel, "Face", layer.face, (face) => ({ face }))}
    ${ownColor(panel, "Edge color", "edge_color", layer.current_edge_color, (current_edge_color) => ({ current_edge_color }))}
    ${colorRule(panel, "Edge", layer.edge, (edge) => ({ edge }))}
    ${textControls(panel, layer.text, (text) => ({ text }))}
  `;
}
