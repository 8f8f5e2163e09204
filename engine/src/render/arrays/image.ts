/** Image layers: the shader that suits, and what it needs. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { ChunkSource } from "../../data/chunk-source.ts";
import { type SliceVariant, sliceShader } from "../../shaders/slice.ts";
import { type VolumeVariant, volumeShader } from "../../shaders/volume.ts";
import { type BrickVariant, brickVolumeShader } from "../../shaders/volume-bricks.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import type { TexelPath } from "../formats.ts";
import type { LayerContext } from "../layer-context.ts";
import { planLayer } from "../plan.ts";
import type { ColorTable, Residency } from "../residency.ts";
import { prepareBricks } from "./bricks/brick-draw.ts";
import { type ArrayDraw, prepareSlice } from "./slice-draw.ts";
import { isStacked, stackPart } from "./slice-stack.ts";
import { prepareVolume } from "./volume-draw.ts";

/** Prepares an image layer; undefined when nothing of it is on the screen. */
export function prepareImage(
  layer: ImageLayer,
  source: ChunkSource,
  context: LayerContext,
): Preparation | undefined {
  const { view, cell, clip, residency } = context;
  const plan = planLayer(layer, source, view.dims, cell.camera.zoom * cell.ratio, context.limits(source));
  if (plan === undefined) return undefined;
  const prepared =
    cell.ndisplay === 3
      ? plan.bricks
        ? prepareBricks(plan, context)
        : prepareVolume(plan, cell, clip, residency, context.draft)
      : prepareSlice(plan, context.worldToPixels, clip, residency, context.maxTexture, {
          stack: isStacked(layer, plan, context),
        });
  if (prepared === undefined) return undefined;
  const { draw, rehearsal, stack, ...progress } = prepared;
  if (stack !== undefined)
    return {
      ...progress,
      draws: [],
      part: stackPart(layer, plan, stack, context),
      rehearsals: [],
      level: stack.level,
    };
  const table = residency.table(layer.colormap);
  const drawOf = (array: ArrayDraw): Draw => imageDraw(layer, array, table, context);
  return {
    ...progress,
    draws: draw === undefined ? [] : [drawOf(draw)],
    rehearsals: rehearsal === undefined ? [] : [drawOf(rehearsal)],
    ...(draw && { level: draw.level }),
  };
}

function imageDraw(layer: ImageLayer, array: ArrayDraw, table: ColorTable, context: LayerContext): Draw {
  const { uniforms, box, path } = array;
  const volume = context.cell.ndisplay === 3;
  const shader =
    array.bricks !== undefined
      ? brickSpec(layer, path, context)
      : volume
        ? volumeSpec(layer, path, context)
        : sliceSpec(layer, path);
  const interpolation = volume ? layer.interpolation3d : layer.interpolation2d;
  const filtered = path.filterable && (volume ? interpolation !== "nearest" : interpolation === "linear");
  return {
    label: layer.name,
    pipeline: context.pipeline(shader),
    uniforms,
    box,
    bindings: ({ nearest, linear }) => [
      { binding: 1, resource: array.voxels },
      { binding: 2, resource: filtered ? linear : nearest },
      { binding: 3, resource: table.view },
      { binding: 7, resource: layer.colormap.interpolation === "zero" ? nearest : linear },
      ...(array.bricks === undefined
        ? []
        : [
            { binding: 8, resource: { buffer: array.bricks.pages } },
            { binding: 9, resource: { buffer: array.bricks.atlas } },
            { binding: 10, resource: array.bricks.cells },
          ]),
      ...(array.cells === undefined
        ? []
        : [
            { binding: 4, resource: array.cells[0] },
            { binding: 5, resource: array.cells[1] },
            { binding: 6, resource: nearest },
          ]),
    ],
  };
}

function sliceSpec(layer: ImageLayer, { kind, filterable }: TexelPath): ShaderSpec {
  const variant: SliceVariant = { kind, filterable, interpolation: layer.interpolation2d };
  return {
    name: `slice ${Object.values(variant).join(" ")}`,
    code: () => sliceShader(variant),
    layoutName: `slice ${filterable}`,
    layout: () => arrayLayout(filterable, false),
  };
}

function volumeSpec(
  layer: ImageLayer,
  { kind, filterable }: TexelPath,
  { skip, depth, residency }: LayerContext,
): ShaderSpec {
  const variant: VolumeVariant = {
    kind,
    filterable,
    rendering: layer.rendering,
    interpolation: layer.interpolation3d,
    plane: layer.depiction === "plane",
    clip: layer.experimental_clipping_planes.some((plane) => plane.enabled),
    skip: skip && skips(layer, residency),
    depth,
  };
  return {
    name: `volume ${Object.values(variant).join(" ")}`,
    code: () => volumeShader(variant),
    layoutName: `volume ${filterable}`,
    layout: () => arrayLayout(filterable, true),
  };
}

function brickSpec(
  layer: ImageLayer,
  { kind, filterable }: TexelPath,
  { skip, depth, residency }: LayerContext,
): ShaderSpec {
  const variant: BrickVariant = {
    kind,
    filterable,
    rendering: layer.rendering,
    linear: layer.interpolation3d !== "nearest",
    plane: layer.depiction === "plane",
    clip: layer.experimental_clipping_planes.some((plane) => plane.enabled),
    skip: skip && skips({ ...layer, interpolation3d: "linear" }, residency),
    depth,
  };
  return {
    name: `bricks ${Object.values(variant).join(" ")}`,
    code: () => brickVolumeShader(variant),
    layoutName: `bricks ${filterable}`,
    layout: () => [
      ...arrayLayout(filterable, true).filter(({ binding }) => binding < 4 || binding === 7),
      { binding: 8, visibility: GPUShaderStage.FRAGMENT, buffer: { type: "read-only-storage" } },
      { binding: 9, visibility: GPUShaderStage.FRAGMENT, buffer: { type: "uniform" } },
      {
        binding: 10,
        visibility: GPUShaderStage.FRAGMENT,
        texture: { sampleType: "unfilterable-float", viewDimension: "3d" },
      },
    ],
  };
}

/** False where no cell could be leapt over, so that looking would only cost time. */
function skips(layer: ImageLayer, residency: Residency): boolean {
  // These filters reach beyond a cell's neighbours and beyond its values.
  if (layer.interpolation3d !== "nearest" && layer.interpolation3d !== "linear") return false;
  const { first } = residency.table(layer.colormap);
  if (layer.rendering === "translucent") return first[3] === 0;
  if (layer.rendering === "additive") return first.slice(0, 3).every((value) => value === 0);
  return true;
}

function arrayLayout(filterable: boolean, volume: boolean): GPUBindGroupLayoutEntry[] {
  const visibility = GPUShaderStage.FRAGMENT;
  const sampleType: GPUTextureSampleType = filterable ? "float" : "unfilterable-float";
  const cells: GPUTextureBindingLayout = { sampleType: "unfilterable-float", viewDimension: "3d" };
  return [
    { binding: 0, visibility, buffer: { type: "uniform", hasDynamicOffset: true } },
    { binding: 1, visibility, texture: { sampleType, viewDimension: volume ? "3d" : "2d" } },
    { binding: 2, visibility, sampler: { type: filterable ? "filtering" : "non-filtering" } },
    { binding: 3, visibility, texture: { sampleType: "float" } },
    { binding: 7, visibility, sampler: { type: "filtering" } },
    ...(volume
      ? [
          { binding: 4, visibility, texture: cells },
          { binding: 5, visibility, texture: cells },
          { binding: 6, visibility, sampler: { type: "non-filtering" as const } },
        ]
      : []),
  ];
}
