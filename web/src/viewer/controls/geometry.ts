/** Controls of surfaces, vectors and tracks. */
import type { SurfaceLayer, TracksLayer, VectorsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { colormapChoice } from "../colormap-choice.ts";
import { colorRule, ownColor } from "./items.ts";
import { choice, colour, number, type Panel, slide, tick } from "./panel.ts";

/** Of surfaces. */
export function surfaceControls(panel: Panel<SurfaceLayer>): TemplateResult {
  const { layer, off } = panel;
  const [low, high] = layer.contrast_limits_range;
  const step = (high - low) / 1000 || ("any" as const);
  const { wireframe, normals } = layer;
  const of = (which: "face" | "vertex", label: string): TemplateResult => {
    const own = normals[which];
    const set = (changes: Partial<typeof own>) => ({
      normals: { ...normals, [which]: { ...own, ...changes } },
    });
    return html`${tick(panel, label, own.visible, (visible) => panel.set(set({ visible })))}
    ${
      own.visible
        ? html`${colour(panel, `${label} color`, own.color, (color, first) => panel.drag(set({ color }), first))}
            ${number(panel, `${label} length`, own.length, { min: 0 }, (length) => panel.set(set({ length })))}
            ${number(panel, `${label} width`, own.width, { min: 0, max: 100 }, (width) => panel.set(set({ width })))}`
        : nothing
    }`;
  };
  return html`
    ${slide(
      panel,
      { label: "Least limit", min: low, max: high, step, value: layer.contrast_limits[0] },
      (value) => ({
        contrast_limits: [Math.min(value, layer.contrast_limits[1] - 1e-9), layer.contrast_limits[1]],
      }),
    )}
    ${slide(
      panel,
      { label: "Most limit", min: low, max: high, step, value: layer.contrast_limits[1] },
      (value) => ({
        contrast_limits: [layer.contrast_limits[0], Math.max(value, layer.contrast_limits[0] + 1e-9)],
      }),
    )}
    ${slide(panel, { label: "Gamma", min: 0.2, max: 2, step: 0.01, value: layer.gamma }, (gamma) => ({ gamma }))}
    <div class="row wide">
      <span class="name">Colormap</span>
      ${colormapChoice(layer.colormap, off, (colormap) => panel.set({ colormap }))}
    </div>
    ${choice(panel, "Shading", layer.shading, ["none", "flat", "smooth"] as const, (shading) => panel.set({ shading }))}
    ${tick(panel, "Wireframe", wireframe.visible, (visible) => panel.set({ wireframe: { ...wireframe, visible } }))}
    ${
      wireframe.visible
        ? html`${colour(panel, "Wireframe color", wireframe.color, (color, first) =>
            panel.drag({ wireframe: { ...wireframe, color } }, first),
          )}
          ${number(panel, "Wireframe width", wireframe.width, { min: 0, max: 100 }, (width) =>
            panel.set({ wireframe: { ...wireframe, width } }),
          )}`
        : nothing
    }
    ${of("face", "Face normals")} ${of("vertex", "Vertex normals")}
  `;
}

/** Of vectors. */
export function vectorsControls(panel: Panel<VectorsLayer>): TemplateResult {
  const { layer } = panel;
  return html`
    ${number(panel, "Width", layer.edge_width, { min: 0 }, (edge_width) => panel.set({ edge_width }))}
    ${number(panel, "Length", layer.length, {}, (length) => panel.set({ length }))}
    ${choice(
      panel,
      "Vector style",
      layer.vector_style,
      ["line", "triangle", "arrow"] as const,
      (vector_style) => panel.set({ vector_style }),
    )}
    ${colorRule(panel, "Edge", layer.edge, (edge) => ({ edge }))}
    ${ownColor(panel, "Edge color", "edge_color", [1, 0, 0, 1], () => ({}))}
    ${tick(panel, "Out of slice", layer.out_of_slice_display, (out_of_slice_display) =>
      panel.set({ out_of_slice_display }),
    )}
  `;
}

/** Of tracks. */
export function tracksControls(panel: Panel<TracksLayer>): TemplateResult {
  const { layer, off } = panel;
  const by = ["track_id", ...layer.data.features.filter((name) => name !== "track_id")];
  return html`
    ${choice(
      panel,
      "Color by",
      layer.color_by,
      by.includes(layer.color_by) ? by : [layer.color_by, ...by],
      (color_by) => panel.set({ color_by }),
    )}
    <div class="row wide">
      <span class="name">Colormap</span>
      ${colormapChoice(layer.colormap, off, (colormap) => panel.set({ colormap }))}
    </div>
    ${slide(panel, { label: "Tail width", min: 1, max: 40, step: 0.5, value: layer.tail_width }, (tail_width) => ({ tail_width }))}
    ${slide(
      panel,
      {
        label: "Tail length",
        min: 1,
        max: Math.max(300, layer.tail_length),
        step: 1,
        value: layer.tail_length,
      },
      (tail_length) => ({ tail_length }),
    )}
    ${slide(
      panel,
      {
        label: "Head length",
        min: 0,
        max: Math.max(300, layer.head_length),
        step: 1,
        value: layer.head_length,
      },
      (head_length) => ({ head_length }),
    )}
    ${tick(panel, "Tail", layer.display_tail, (display_tail) => panel.set({ display_tail }))}
    ${tick(panel, "Show ID", layer.display_id, (display_id) => panel.set({ display_id }))}
    ${tick(panel, "Graph", layer.display_graph, (display_graph) => panel.set({ display_graph }))}
    ${tick(panel, "Hide completed", layer.hide_completed_tracks, (hide_completed_tracks) =>
      panel.set({ hide_completed_tracks }),
    )}
  `;
}
