/** From a request to the draws of its picture: every visible layer in its cell of the grid, from what is resident; and what is missing. */
import { isTableLayer, type Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { Wanted } from "../data/brick-cache.ts";
import type { ChunkSource } from "../data/chunk-source.ts";
import type { TableSource } from "../data/table.ts";
import type { Size } from "../model/camera.ts";
import { wantedAhead } from "./ahead.ts";
import { prepareImage } from "./arrays/image.ts";
import { prepareLabels } from "./arrays/labels.ts";
import { stackDraw } from "./arrays/slice-stack.ts";
import { blendRule, testsDepth } from "./blend.ts";
import { type Draw, intersect, type PixelBox, type Preparation, type StackPart } from "./draw.ts";
import { gridCells } from "./grid.ts";
import type { LayerContext } from "./layer-context.ts";
import type { VolumeLimits } from "./plan.ts";
import { type CellCamera, depthRange, worldToPixels2D } from "./projection.ts";
import type { RenderRequest } from "./request.ts";
import type { Residency } from "./residency.ts";
import { prepareTable } from "./tables/prepare.ts";

/** What the renderer has. */
export interface PictureParts {
  readonly device: GPUDevice;
  readonly residency: Residency;
  /** The adapter computes on the CPU. */
  readonly software: boolean;
  source(id: string): ChunkSource | undefined;
  table(id: string): TableSource | undefined;
  limits(source: ChunkSource): VolumeLimits;
}

/** A picture that can be drawn. */
export interface PreparedPicture {
  readonly draws: readonly Draw[];
  /** Worth compiling after the picture: what the next one is likely to need. */
  readonly rehearsals: readonly Draw[];
  readonly wanted: readonly Wanted[];
  /** Bricks that are here of those that the wanted levels need. */
  readonly resident: number;
  readonly total: number;
  readonly complete: boolean;
  /** A layer cannot be drawn at all yet. */
  readonly blank: boolean;
  /** More of what is here can be shown in another picture. */
  readonly again: boolean;
  readonly levels: ReadonlyMap<string, number>;
}

/**
 * See the file's comment.
 * @param copies whether the target can be copied to, all of it
 */
export function preparePicture(
  has: PictureParts,
  request: RenderRequest,
  ratio: number,
  pixels: Size,
  copies = false,
): PreparedPicture {
  const { scene, view } = request;
  const { dims } = view;
  const target: PixelBox = { x0: 0, y0: 0, x1: pixels.width, y1: pixels.height };
  const { x: left, y: top } = request.tile ?? { x: 0, y: 0 };
  const region = request.region;
  const clip = region === undefined ? target : clipToTarget(region, pixels);
  const draws: Draw[] = [];
  const rehearsals: Draw[] = [];
  const wanted: Wanted[] = [];
  const levels = new Map<string, number>();
  let [resident, total, complete, blank] = [0, 0, true, false];
  let again = false;
  const depth =
    dims.ndisplay === 3 && scene.layers.some((layer) => layer.visible && testsDepth(layer.blending));
  for (const { cell, layers } of gridCells(view.grid, request.size, scene.layers.length)) {
    const box: PixelBox = {
      x0: Math.round(cell.x * ratio) - left,
      y0: Math.round(cell.y * ratio) - top,
      x1: Math.round((cell.x + cell.width) * ratio) - left,
      y1: Math.round((cell.y + cell.height) * ratio) - top,
    };
    // A tile of a large picture may lie beside the cell.
    if (box.x1 <= 0 || box.y1 <= 0 || box.x0 >= pixels.width || box.y0 >= pixels.height) continue;
    const camera: CellCamera = {
      camera: view.camera,
      ndisplay: dims.ndisplay,
      size: { width: cell.width, height: cell.height },
      offset: [cell.x * ratio - left, cell.y * ratio - top],
      ratio,
      depthRange: depthRange(view),
    };
    let first = true;
    // Neighbours whose colours meet before they are drawn.
    let stack: StackPart[] = [];
    const settle = (): void => {
      const [lowest, ...rest] = stack;
      if (lowest !== undefined) draws.push(stackDraw([lowest, ...rest], has.device, has.residency));
      stack = [];
    };
    for (const index of layers) {
      const layer = scene.layers[index];
      if (layer === undefined || !layer.visible) continue;
      const blend = blendRule(layer, first);
      first = false;
      const context: LayerContext = {
        device: has.device,
        view,
        cell: camera,
        target: pixels,
        clip: intersect(clip, box),
        whole: intersect(target, box),
        worldToPixels: worldToPixels2D(view, camera),
        depth,
        base:
          copies && draws.length === 0 && stack.length === 0 ? (request.background ?? [0, 0, 0]) : undefined,
        skip: request.quality?.skip ?? true,
        software: has.software,
        draft: (request.quality?.draft ?? false) && has.software,
        residency: has.residency,
        maxTexture: has.device.limits.maxTextureDimension2D,
        limits: (source) => ({ ...has.limits(source), always: request.quality?.bricks ?? false }),
        again: () => {
          again = true;
        },
        pipeline: (shader) => ({
          shader,
          blend,
          depth: !depth ? "none" : testsDepth(layer.blending) ? "test" : "ignore",
          format: request.format ?? "rgba8unorm",
        }),
      };
      const preparation = prepareLayer(has, layer, context);
      const source = request.ahead && !isTableLayer(layer) && has.source(layer.data.source);
      if (source && request.ahead) wanted.push(...wantedAhead(layer, source, context, request.ahead));
      if (preparation === "unknown") complete = false;
      else if (preparation !== undefined) {
        const { part } = preparation;
        if (part === undefined || stack[0]?.place !== part.place) settle();
        if (part !== undefined) stack.push(part);
        draws.push(...preparation.draws);
        rehearsals.push(...preparation.rehearsals);
        wanted.push(...preparation.wanted);
        resident += preparation.resident;
        total += preparation.total;
        complete &&= preparation.complete;
        blank ||= preparation.draws.length === 0 && part === undefined && preparation.wanted.length > 0;
        if (preparation.level !== undefined) levels.set(layer.id, preparation.level);
      }
    }
    settle();
  }
  return { draws, rehearsals, wanted, resident, total, complete, blank, again, levels };
}

/** "unknown": its data are not here yet. */
function prepareLayer(
  has: PictureParts,
  layer: Layer,
  context: LayerContext,
): Preparation | "unknown" | undefined {
  if (isTableLayer(layer)) {
    const table = has.table(layer.data.source);
    return table === undefined ? "unknown" : prepareTable(layer, table, context);
  }
  const source = has.source(layer.data.source);
  if (source === undefined) return "unknown";
  switch (layer.type) {
    case "image":
      return prepareImage(layer, source, context);
    case "labels":
      return prepareLabels(layer, source, context);
  }
}

/** A region's whole pixels, within the target. */
export function clipToTarget(region: NonNullable<RenderRequest["region"]>, pixels: Size): PixelBox {
  const within = (value: number, limit: number): number => Math.min(limit, Math.max(0, value));
  return {
    x0: within(Math.floor(region.x), pixels.width),
    y0: within(Math.floor(region.y), pixels.height),
    x1: within(Math.ceil(region.x + region.width), pixels.width),
    y1: within(Math.ceil(region.y + region.height), pixels.height),
  };
}
