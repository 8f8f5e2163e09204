/** The controls of any layer type. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";
import { imageControls } from "./image.ts";
import { labelsControls } from "./labels.ts";
import type { Panel } from "./panel.ts";

/** See the file's comment. */
export function controlsOf(panel: Panel): TemplateResult {
  const { layer } = panel;
  const of = <L extends Layer>(own: L): Panel<L> => ({ ...panel, layer: own });
  switch (layer.type) {
    case "image":
      return imageControls(of(layer));
    case "labels":
      return labelsControls(of(layer));
    default:
      return html``;
  }
}
