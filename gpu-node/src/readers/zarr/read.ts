/** Opens OME-Zarr (0.1 to 0.5) and plain Zarr arrays, reading nothing but metadata. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as zarr from "zarrita";
import { brickFor } from "../bricks.ts";
import { labelOf } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { checkedStore } from "./checked.ts";
import { ChunkReader } from "./chunks.ts";
import { useBoundedCodecs } from "./codecs.ts";
import { openImage, type Store, translated } from "./image.ts";
import { readAttributes } from "./metadata.ts";
import { openPlate, openWell } from "./plate.ts";
import { dtypeOfArray, interleaved, zarrSource } from "./source.ts";
import { openStore } from "./stores.ts";

/** More images of one conversion, or label images of one image, than these are opened one by one. */
const MAX_SERIES = 16;
const MAX_LABELS = 64;

/** Opens a Zarr hierarchy: one layer for each channel, and one for each of its label images. @throws SourceError */
export async function openZarr(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  useBoundedCodecs();
  const label = labelOf(uri);
  const root = zarr.root(checkedStore(await openStore(uri, options), label));
  const found = await zarr.open(root, {}).catch((cause: unknown) => {
    throw translated(cause, label);
  });
  if (found instanceof zarr.Array) return openArray(found, label);
  return openGroup(found, label, true);
}

async function openGroup(group: zarr.Group<Store>, label: string, deeper: boolean): Promise<OpenedData[]> {
  const kind = readAttributes(group.attrs, label);
  if (kind && "image" in kind) {
    const chunks = new ChunkReader(label);
    const image = await openImage(group, kind.image, label, chunks, () => chunks.clear());
    return kind.image.labels ? image : [...image, ...(await openLabelsOf(group, label))];
  }
  if (kind && "labels" in kind) return openLabels(group, kind.labels, label);
  if (kind && "plate" in kind) return openPlate(group, kind.plate, label);
  if (kind && "well" in kind) return openWell(group, kind.well, label);
  if (kind && deeper) return openSeries(group, label);
  throw new SourceError(`${label} is a Zarr group without an image: open one of the arrays in it.`);
}

/** The images of a converted microscope's file: `0`, `1`, ..., or as its `OME` group lists them. The first is shown. */
async function openSeries(group: zarr.Group<Store>, label: string): Promise<OpenedData[]> {
  const listed = await maybeGroup(group, "OME", label);
  const kind = listed && readAttributes(listed.attrs, label);
  const paths = kind && "series" in kind && kind.series.length > 0 ? kind.series : undefined;
  if (paths && paths.length > MAX_SERIES)
    throw new SourceError(
      `${label} holds ${paths.length} images: open one of them, such as ${label}/${paths[0]}.`,
    );
  const opened: OpenedData[] = [];
  for (let number = 0; number < (paths?.length ?? MAX_SERIES + 1); number++) {
    const path = paths?.[number] ?? `${number}`;
    const image = await maybeGroup(group, path, label);
    if (!image) {
      if (paths || number === 0)
        throw new SourceError(`${label} should hold an image ${path}, and there is no Zarr metadata in it.`);
      break;
    }
    if (number === MAX_SERIES)
      throw new SourceError(
        `${label} holds more than ${MAX_SERIES} images: open one of them, such as ${label}/0.`,
      );
    const layers = await openGroup(image, `${label}/${path}`, false);
    for (const layer of layers)
      opened.push(number === 0 ? layer : { ...layer, defaults: { ...layer.defaults, visible: false } });
  }
  return opened;
}

async function openLabelsOf(group: zarr.Group<Store>, label: string): Promise<OpenedData[]> {
  const list = await maybeGroup(group, "labels", label);
  const kind = list && readAttributes(list.attrs, `${label}/labels`);
  return list && kind && "labels" in kind ? openLabels(list, kind.labels, `${label}/labels`) : [];
}

/** Label images by their paths; one that is listed and not there was never written. */
async function openLabels(
  group: zarr.Group<Store>,
  paths: readonly string[],
  label: string,
): Promise<OpenedData[]> {
  if (paths.length > MAX_LABELS)
    throw new SourceError(
      `${label} lists ${paths.length} label images: open one of them, such as ${label}/${paths[0]}.`,
    );
  const all: OpenedData[] = [];
  for (const path of paths) {
    const each = await maybeGroup(group, path, label);
    if (!each) continue;
    const where = `${label}/${path}`;
    const kind = readAttributes(each.attrs, where);
    if (!kind || !("image" in kind)) throw new SourceError(`${where} is listed as labels, and is no image.`);
    const chunks = new ChunkReader(where);
    const image = { ...kind.image, name: kind.image.name || path, labels: true };
    all.push(...(await openImage(each, image, where, chunks, () => chunks.clear())));
  }
  return all;
}

/** A group that may be missing. */
async function maybeGroup(
  parent: zarr.Group<Store>,
  path: string,
  label: string,
): Promise<zarr.Group<Store> | undefined> {
  return zarr.open(parent.resolve(path), { kind: "group" }).catch((cause: unknown) => {
    if (zarr.isZarritaError(cause, "NotFoundError")) return undefined;
    throw translated(cause, `${label}/${path}`);
  });
}

function openArray(array: zarr.Array<zarr.DataType, Store>, label: string): OpenedData[] {
  dtypeOfArray(array, label);
  const { shape } = array;
  if (shape.length === 0) throw new SourceError(`${label} is a single value, not an image.`);
  const spatial = shape.map((_, axis) => axis).slice(-3);
  const none = shape.map(() => 0);
  const info = {
    shape,
    chunk: brickFor(shape, array.chunks, spatial),
    scale: shape.map(() => 1),
    translate: none,
  };
  const chunks = new ChunkReader(label);
  const source = zarrSource({
    id: label,
    label,
    levels: [{ array, info }],
    chunks,
    channel: undefined,
    onDispose: () => chunks.clear(),
  });
  const names = array.dimensionNames;
  const defaults = {
    name: label.replace(/(\.ome)?\.zarr$/i, ""),
    ...(names && names.length === shape.length ? { axis_labels: names.map(String) } : {}),
  };
  const channels = array.attrs["eyepiece:rgb"] === true ? shape.at(-1) : undefined;
  if (channels === 3 || channels === 4)
    return [{ source: interleaved(source, channels), rgb: true, labels: false, label, defaults }];
  return [{ source, rgb: false, labels: false, label, defaults }];
}
