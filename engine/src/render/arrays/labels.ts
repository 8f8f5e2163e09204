/** Labels layers: the shader that suits, and what it needs. */
import type { LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { ChunkSource } from "../../data/chunk-source.ts";
import { type LabelVolumeVariant, labelSliceShader, labelVolumeShader } from "../../shaders/labels.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { planLayer } from "../plan.ts";
import { type ArrayDraw, prepareSlice } from "./slice-draw.ts";
import { prepareVolume } from "./volume-draw.ts";

/** Prepares a labels layer; undefined when nothing of it is on the screen. */
export function prepareLabels(
  layer: LabelsLayer,
  source: ChunkSource,
  context: LayerContext,
): Preparation | undefined {
  const { view, cell, clip, residency } = context;
  const plan = planLayer(layer, source, view.dims, cell.camera.zoom * cell.ratio, context.limits(source));
  if (plan === undefined) return undefined;
  const { labels } = residency;
  const prepared =
    cell.ndisplay === 3
      ? prepareVolume(plan, cell, clip, residency, context.draft, (level, ranges) =>
          labels.volume(plan, layer, level, ranges),
        )
      : prepareSlice(plan, context.worldToPixels, clip, residency, context.maxTexture, {
          // A contour looks that far around each voxel.
          margin: layer.contour + 1,
          texture: (level, ranges, stride, complete) =>
            labels.slice(plan, layer, level, ranges, stride, complete),
        });
  if (prepared === undefined) return undefined;
  const { draw, rehearsal, ...progress } = prepared;
  const table = labels.table(layer);
  const drawOf = (array: ArrayDraw): Draw => ({
    label: layer.name,
    pipeline: context.pipeline(cell.ndisplay === 3 ? volumeSpec(layer, context) : SLICE),
    uniforms: array.uniforms,
    box: array.box,
    bindings: ({ nearest }) => [
      { binding: 1, resource: array.voxels },
      { binding: 3, resource: table },
      ...(array.cells === undefined
        ? []
        : [
            { binding: 4, resource: array.cells[0] },
            { binding: 5, resource: array.cells[1] },
            { binding: 6, resource: nearest },
          ]),
    ],
  });
  return {
    ...progress,
    draws: draw === undefined ? [] : [drawOf(draw)],
    rehearsals: rehearsal === undefined ? [] : [drawOf(rehearsal)],
    ...(draw && { level: draw.level }),
  };
}

const SLICE: ShaderSpec = {
  name: "label slice",
  code: labelSliceShader,
  layoutName: "label slice",
  layout: () => labelLayout(false),
};

function volumeSpec(layer: LabelsLayer, { skip, depth }: LayerContext): ShaderSpec {
  const variant: LabelVolumeVariant = {
    rendering: layer.rendering,
    gradient: layer.iso_gradient_mode,
    plane: layer.depiction === "plane",
    clip: layer.experimental_clipping_planes.some((plane) => plane.enabled),
    skip,
    depth,
  };
  return {
    name: `label volume ${Object.values(variant).join(" ")}`,
    code: () => labelVolumeShader(variant),
    layoutName: "label volume",
    layout: () => labelLayout(true),
  };
}

function labelLayout(volume: boolean): GPUBindGroupLayoutEntry[] {
  const visibility = GPUShaderStage.FRAGMENT;
  const cells: GPUTextureBindingLayout = { sampleType: "unfilterable-float", viewDimension: "3d" };
  return [
    { binding: 0, visibility, buffer: { type: "uniform", hasDynamicOffset: true } },
    { binding: 1, visibility, texture: { sampleType: "uint", viewDimension: volume ? "3d" : "2d" } },
    { binding: 3, visibility, texture: { sampleType: "float" } },
    ...(volume
      ? [
          { binding: 4, visibility, texture: cells },
          { binding: 5, visibility, texture: cells },
          { binding: 6, visibility, sampler: { type: "non-filtering" as const } },
        ]
      : []),
  ];
}
