/** One multiscale image of an OME-Zarr hierarchy: a layer for each channel. */
import { type LevelInfo, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as zarr from "zarrita";
import { brickFor } from "../bricks.ts";
import { colormapOf, defaultColormap } from "../colors.ts";
import type { LayerDefaults, OpenedData } from "../types.ts";
import type { ChunkReader } from "./chunks.ts";
import type { ImageAxis, OmeImage } from "./metadata.ts";
import { dtypeOfArray, type ZarrLevel, zarrSource } from "./source.ts";

/** More channels than this stay one axis. */
const MAX_SPLIT = 64;

/** What a hierarchy is read through. */
export type Store = zarr.AsyncReadable;

/**
 * Opens an image. @param onClosed called when the last of its layers is disposed
 * @throws SourceError
 */
export async function openImage(
  group: zarr.Group<Store>,
  image: OmeImage,
  label: string,
  chunks: ChunkReader,
  onClosed: () => void,
): Promise<OpenedData[]> {
  const arrays = await Promise.all(
    image.datasets.map(({ path }) =>
      zarr.open(group.resolve(path), { kind: "array" }).catch((cause: unknown) => {
        throw translated(cause, `${label}/${path}`);
      }),
    ),
  );
  const first = arrays[0];
  const finest = image.datasets[0];
  if (!first || !finest) throw new SourceError(`${label} has no levels.`);
  const n = image.axes.length;
  for (const array of arrays) {
    dtypeOfArray(array, label);
    if (array.shape.length !== n)
      throw new SourceError(`${label} has ${array.shape.length} axes, and its metadata ${n}.`);
    if (array.dtype !== first.dtype) throw new SourceError(`${label} has levels of different types.`);
  }
  const axis = image.axes.findIndex(({ type }) => type === "channel");
  const count = axis < 0 ? 1 : (first.shape[axis] ?? 1);
  const split = axis >= 0 && count <= MAX_SPLIT;
  const without = <T>(values: readonly T[]): T[] => values.filter((_, i) => !split || i !== axis);
  const axes = without(image.axes);
  const levels: ZarrLevel[] = arrays.map((array, i) => {
    const { scale, translate } = image.datasets[i] ?? finest;
    const shape = without(array.shape);
    const info: LevelInfo = {
      shape,
      chunk: brickFor(shape, without(array.chunks), spatialOf(axes)),
      scale: without(scale.map((value, k) => value / (finest.scale[k] ?? 1))),
      translate: without(
        translate.map((value, k) => (value - (finest.translate[k] ?? 0)) / (finest.scale[k] ?? 1)),
      ),
    };
    return { array, info };
  });
  let open = split ? count : 1;
  const placed: LayerDefaults = {
    scale: without(finest.scale),
    translate: without(finest.translate),
    units: axes.map(({ unit }) => unit),
    axis_labels: axes.map(({ name }) => name),
  };
  return Array.from({ length: open }, (_, index) => ({
    source: zarrSource({
      id: split && count > 1 ? `${label}#${index}` : label,
      label,
      levels,
      chunks,
      channel: split ? { axis, index } : undefined,
      onDispose() {
        open -= 1;
        if (open === 0) onClosed();
      },
    }),
    rgb: false,
    labels: image.labels && !first.dtype.startsWith("float"),
    label,
    defaults: { ...placed, ...channelDefaults(image, index, split ? count : 1, label) },
  }));
}

function channelDefaults(image: OmeImage, index: number, count: number, label: string): LayerDefaults {
  const name = image.name || label.replace(/(\.ome)?\.zarr$/i, "");
  const channel = image.channels[index];
  if (count === 1 && !channel) return { name };
  const own = channel?.label === null || channel?.label === undefined ? `${index}` : String(channel.label);
  const { start, end, min, max } = channel?.window ?? {};
  const colormap = colormapOf(channel?.color) ?? defaultColormap(index, count);
  return {
    name: count > 1 ? own : name,
    ...(colormap ? { colormap } : {}),
    ...(count > 1 ? { blending: "additive" as const } : {}),
    ...(channel?.active === false ? { visible: false } : {}),
    ...(start !== undefined && end !== undefined && end > start
      ? { contrast_limits: [start, end] as [number, number] }
      : {}),
    ...(min !== undefined && max !== undefined && max > min
      ? {
          contrast_limits_range: [Math.min(min, start ?? min), Math.max(max, end ?? max)] as [number, number],
        }
      : {}),
  };
}

function spatialOf(axes: readonly ImageAxis[]): number[] {
  return axes.flatMap(({ type }, axis) => (type === "space" ? [axis] : []));
}

/** What the library says of metadata, in words. */
export function translated(cause: unknown, label: string): SourceError {
  if (cause instanceof SourceError) return cause;
  if (zarr.isZarritaError(cause, "NotFoundError")) {
    return new SourceError(`${label} is not a Zarr dataset: there is no Zarr metadata in it.`, { cause });
  }
  return new SourceError(`${label} has Zarr metadata that cannot be read.`, { cause });
}
