/** Opens whatever a path or address names. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { isDicomAt, openDicom } from "./dicom/read.ts";
import { openMrc } from "./mrc/read.ts";
import { openNifti } from "./nifti/read.ts";
import { openNrrd } from "./nrrd/read.ts";
import { openNpy } from "./numpy.ts";
import { openJpeg, openPng } from "./raster/read.ts";
import { labelOf } from "./resource.ts";
import { openCompanion, openTiff } from "./tiff/read.ts";
import type { OpenedData, OpenOptions } from "./types.ts";
import { KERNEL_ARRAY } from "./zarr/kernel-store.ts";
import { openZarr } from "./zarr/read.ts";

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
  [/\.(mrcs?|map|ccp4|rec|ali|st)$/i, openMrc],
];

/**
 * Opens a file, a folder that is one dataset, or an http(s), s3 or file address. A file of several channels gives several
 * layers, bottom first.
 * @throws SourceError with a sentence for people; the signal's reason when aborted.
 */
export async function openSource(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  options.signal?.throwIfAborted();
  const label = labelOf(uri);
  const path = URL.canParse(uri) ? new URL(uri).pathname : uri;
  try {
    const reader =
      READERS.find(([pattern]) => pattern.test(path))?.[1] ??
      ((await isDicomAt(uri, options)) ? openDicom : undefined);
    if (!reader)
      throw new SourceError(
        `${label} is of no kind that can be opened: NIfTI, OME-Zarr, TIFF, NRRD, MRC, DICOM, PNG, JPEG and NPY are.`,
      );
    return await reader(uri, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`${label} cannot be read: ${reason}`, { cause });
  }
}
