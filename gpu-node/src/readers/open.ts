/** Opens whatever a path or address names. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { isGenerated } from "@eyepiece/engine/data/generated-source.ts";
import { openWithPython } from "./bioio/read.ts";
import { isDicomAt, openDicom } from "./dicom/read.ts";
import { openGenerated } from "./generated.ts";
import { openMovie } from "./movie/read.ts";
import { openMrc } from "./mrc/read.ts";
import { openNifti } from "./nifti/read.ts";
import { openNrrd } from "./nrrd/read.ts";
import { openNpy } from "./numpy.ts";
import { openJpeg, openPng } from "./raster/read.ts";
import { labelOf } from "./resource.ts";
import { openObj } from "./surfaces/obj.ts";
import { openPly } from "./surfaces/ply.ts";
import { openStl } from "./surfaces/stl.ts";
import { openCsv } from "./tables/csv.ts";
import type { TableResult } from "./tables/types.ts";
import { openCompanion, openTiff } from "./tiff/read.ts";
import type { OpenedData, OpenOptions } from "./types.ts";
import { KERNEL_ARRAY } from "./zarr/kernel-store.ts";
import { openZarr } from "./zarr/read.ts";

export type { TableResult } from "./tables/types.ts";
export type { AccessPolicy, LayerDefaults, OpenedData, OpenOptions } from "./types.ts";

type Reader = (uri: string, options: OpenOptions) => Promise<OpenedData[]>;

/** Readers by the path that they fit; the first that does. An image inside a Zarr hierarchy is named by its path. */
const READERS: readonly [RegExp, Reader][] = [
  [/\.zarr(\/|$)/i, openZarr],
  [KERNEL_ARRAY, openZarr],
  [/\.nii(\.gz)?$/i, openNifti],
  [/\.(tiff?|btf|tf8|svs)$/i, openTiff],
  [/\.companion\.ome$/i, openCompanion],
  [/\.png$/i, openPng],
  [/\.jpe?g$/i, openJpeg],
  [/\.npy$/i, openNpy],
  [/\.(nrrd|nhdr)$/i, openNrrd],
  [/\.(dcm|dicom|ima)$/i, openDicom],
  [/\.(mp4|m4v|mov)$/i, openMovie],
  [/\.(czi|nd2|lif|ims)$/i, openWithPython],
  [/\.(mrcs?|map|ccp4|rec|ali|st)$/i, openMrc],
];

/** Readers of items by the path that they fit. */
const TABLES: readonly [RegExp, (uri: string, options: OpenOptions) => Promise<TableResult>][] = [
  [/\.(csv|tsv)$/i, openCsv],
  [/\.obj$/i, openObj],
  [/\.stl$/i, openStl],
  [/\.ply$/i, openPly],
];

/** A layer to be, of any kind. */
export type Opened = (OpenedData & { readonly kind: "image" | "labels" }) | TableResult;

/** Whether a path or address names a file of points, shapes, tracks or a surface. */
export function isTable(uri: string): boolean {
  return TABLES.some(([pattern]) => pattern.test(pathOf(uri)));
}

/** Opens whatever {@link openSource} or {@link openTable} can. @throws SourceError; the signal's reason when aborted */
export async function open(uri: string, options: OpenOptions): Promise<Opened[]> {
  if (isTable(uri)) return [await openTable(uri, options)];
  const opened = await openSource(uri, options);
  return opened.map((data) => ({ ...data, kind: data.labels ? "labels" : "image" }));
}

/** Opens points, shapes, tracks (CSV) or a surface (OBJ, STL, PLY). @throws SourceError; the signal's reason when aborted */
export async function openTable(uri: string, options: OpenOptions): Promise<TableResult> {
  const reader = TABLES.find(([pattern]) => pattern.test(pathOf(uri)))?.[1];
  if (!reader)
    throw new SourceError(
      `${labelOf(uri)} is no file of points, shapes, tracks or surfaces: CSV, OBJ, STL and PLY are.`,
    );
  return guarded(uri, options, () => reader(uri, options));
}

function pathOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).pathname : uri;
}

/** Errors of libraries become sentences. */
async function guarded<T>(uri: string, options: OpenOptions, read: () => Promise<T>): Promise<T> {
  options.signal?.throwIfAborted();
  try {
    return await read();
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`${labelOf(uri)} cannot be read: ${reason}`, { cause });
  }
}

/**
 * Opens a file, a folder that is one dataset, or an http(s), s3 or file address. A file of several channels gives several
 * layers, bottom first.
 * @throws SourceError with a sentence for people; the signal's reason when aborted.
 */
export async function openSource(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  return guarded(uri, options, async () => {
    if (isGenerated(uri)) return openGenerated(uri);
    const path = pathOf(uri);
    const found = READERS.find(([pattern]) => pattern.test(path))?.[1];
    const reader = found ?? ((await isDicomAt(uri, options)) ? openDicom : undefined);
    if (!reader)
      throw new SourceError(
        `${labelOf(uri)} is of no kind that can be opened: NIfTI, OME-Zarr, TIFF, NRRD, MRC, DICOM, CZI, ND2, LIF, Imaris, PNG, JPEG, NPY, MP4, CSV, OBJ, STL and PLY are.`,
      );
    return reader(uri, options);
  });
}
