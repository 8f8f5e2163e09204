/** The controls of any layer type. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { TemplateResult } from "lit";
import { surfaceControls, tracksControls, vectorsControls } from "./geometry.ts";
import { imageControls } from "./image.ts";
import { labelsControls } from "./labels.ts";
import type { Panel } from "./panel.ts";
import { pointsControls } from "./points.ts";
import { shapesControls } from "./shapes.ts";

/** See the file's comment. */
export function controlsOf(panel: Panel): TemplateResult {
  const { layer } = panel;
  const of = <L extends Layer>(own: L): Panel<L> => ({ ...panel, layer: own });
  switch (layer.type) {
    case "image":
      return imageControls(of(layer));
    case "labels":
      return labelsControls(of(layer));
    case "points":
      return pointsControls(of(layer));
    case "shapes":
      return shapesControls(of(layer));
    case "surface":
      return surfaceControls(of(layer));
    case "vectors":
      return vectorsControls(of(layer));
    case "tracks":
      return tracksControls(of(layer));
  }
}
