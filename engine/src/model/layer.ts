/** A new image layer with napari's defaults, and contrast from data. */
import type { Colormap, DataInfo, ImageLayer, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { ELEMENT_BYTES } from "../data/array.ts";
import type { BrickArray, ChunkSource } from "../data/chunk-source.ts";
import { colormap } from "./colormaps.ts";
import { commonDefaults, placementDefaults } from "./defaults.ts";
import { CYCLIC } from "./labels.ts";

/** What the caller knows beyond the data; all else is napari's default. */
export type ImageOptions = Partial<Omit<ImageLayer, "type" | "id" | "data" | "rgb">> & {
  readonly label?: string;
};

/** What the scene says of a source. */
export function dataInfo(source: ChunkSource, label: string): DataInfo {
  const shape = [...(source.levels[0]?.shape ?? [])];
  const values = shape.reduce((product, size) => product * size, Math.max(1, source.channels));
  return {
    source: source.id,
    version: source.version,
    shape,
    dtype: source.dtype,
    levels: source.levels.map((level) => [...level.shape]),
    nbytes: values * ELEMENT_BYTES[source.dtype],
    label,
  };
}

/** Bricks that a look at the data reads at most: enough for limits, little enough for a slow address. */
const LOOK_BRICKS = 64;

/**
 * The least and greatest finite value of the coarsest level (all of it when it is small, else bricks spread over it).
 * @returns undefined when no value is finite
 * @throws SourceError when the data cannot be read
 */
export async function dataRange(
  source: ChunkSource,
  signal?: AbortSignal,
): Promise<[number, number] | undefined> {
  const level = source.levels.length - 1;
  const info = source.levels[level];
  if (info === undefined) return undefined;
  const counts = info.shape.map((size, axis) => Math.max(1, Math.ceil(size / (info.chunk[axis] ?? 1))));
  const total = counts.reduce((product, count) => product * count, 1);
  const looked = Math.min(total, LOOK_BRICKS);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < looked; i++) {
    let rest = looked === 1 ? 0 : Math.round((i * (total - 1)) / (looked - 1));
    const index = counts.map(() => 0);
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      const count = counts[axis] ?? 1;
      index[axis] = rest % count;
      rest = Math.floor(rest / count);
    }
    const brick = await source.readBrick(level, index, signal === undefined ? {} : { signal });
    low = Math.min(low, brick.min);
    high = Math.max(high, brick.max);
  }
  return low <= high ? [low, high] : undefined;
}

/** napari's contrast limits: the whole range of uint8, else the data's; never empty. */
export function defaultLimits(
  dtype: DataInfo["dtype"],
  range: readonly [number, number] | undefined,
): [number, number] {
  if (dtype === "uint8") return [0, 255];
  const [low, high] = range ?? [0, 1];
  return low < high ? [low, high] : [low, low + 1];
}

/** A new image layer over a source. Reads some of the data for the limits, unless they are given. */
export async function imageLayer(
  id: string,
  source: ChunkSource,
  options: ImageOptions = {},
): Promise<ImageLayer> {
  const { label, ...given } = options;
  const rgb = source.channels !== 0;
  const n = source.ndim;
  const limits =
    given.contrast_limits ??
    (rgb
      ? defaultLimits("uint8", undefined)
      : defaultLimits(source.dtype, source.dtype === "uint8" ? undefined : await dataRange(source)));
  const gray: Colormap = colormap("gray");
  return {
    type: "image",
    id,
    rgb,
    data: dataInfo(source, label ?? source.id),
    ...commonDefaults(label ?? source.id),
    ...placementDefaults(n),
    blending: "translucent_no_depth",
    contrast_limits: limits,
    contrast_limits_range: given.contrast_limits_range ?? limits,
    gamma: 1,
    colormap: gray,
    interpolation2d: "nearest",
    interpolation3d: "linear",
    rendering: "mip",
    iso_threshold: (limits[0] + limits[1]) / 2,
    attenuation: 0.05,
    depiction: "volume",
    plane: { position: middleOf(source), normal: [1, 0, 0], thickness: 1 },
    projection_mode: "mean",
    locked_data_level: null,
    ...given,
  };
}

/** Contrast limits of what is on the screen: its least and greatest finite value. Undefined when there is none. */
export function autoContrast(values: BrickArray): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const raw of values) {
    const value = Number(raw);
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  return low < high ? [low, high] : [low, low + 1];
}

/** A new labels layer over a source, with napari's defaults. */
export function labelsLayer(
  id: string,
  source: ChunkSource,
  options: Partial<Omit<LabelsLayer, "type" | "id" | "data">> & { readonly label?: string } = {},
): LabelsLayer {
  const { label, ...given } = options;
  const n = source.ndim;
  return {
    type: "labels",
    id,
    data: dataInfo(source, label ?? source.id),
    features: null,
    ...commonDefaults(label ?? source.id),
    ...placementDefaults(n),
    opacity: 0.7,
    blending: "translucent",
    colormap: CYCLIC,
    rendering: "iso_categorical",
    iso_gradient_mode: "fast",
    contour: 0,
    selected_label: 1,
    show_selected_label: false,
    brush_size: 10,
    n_edit_dimensions: 2,
    contiguous: true,
    preserve_labels: false,
    depiction: "volume",
    plane: { position: middleOf(source), normal: [1, 0, 0], thickness: 1 },
    locked_data_level: null,
    ...given,
  };
}

/** The middle voxel of the last three axes. */
function middleOf(source: ChunkSource): [number, number, number] {
  const middle = (source.levels[0]?.shape ?? []).slice(-3).map((size) => Math.floor(size / 2));
  return [middle.at(-3) ?? 0, middle.at(-2) ?? 0, middle.at(-1) ?? 0];
}
