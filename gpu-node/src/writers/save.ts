/** Which writer writes what, by the name that is wished for. */
import { basename } from "node:path";
import type { Table } from "@eyepiece/engine/data/table.ts";
import { writeCsv } from "./csv.ts";
import { writeNpy } from "./npy.ts";
import { writeOmeTiff } from "./ome-tiff.ts";
import { writeOmeZarr } from "./ome-zarr.ts";
import { writePngSlice } from "./slices.ts";
import { writeSurface } from "./surfaces.ts";
import { type ImageToWrite, WriteError, type WriteOptions } from "./types.ts";

/** A layer to save. */
export type Saved =
  | { readonly kind: "image" | "labels"; readonly image: ImageToWrite }
  | { readonly kind: "points" | "shapes" | "tracks" | "surface"; readonly table: Table };

/** Options of {@link save}. */
export interface SaveOptions extends WriteOptions {
  readonly replace?: boolean;
  /** For a PNG: the indices of the axes before the last two. */
  readonly at?: readonly number[];
}

/** Names that each kind of layer can be saved under. */
export const SAVES: Readonly<Record<Saved["kind"], readonly string[]>> = {
  image: [".ome.zarr", ".zarr", ".ome.tif", ".ome.tiff", ".tif", ".tiff", ".npy", ".png"],
  labels: [".ome.zarr", ".zarr", ".ome.tif", ".ome.tiff", ".tif", ".tiff", ".npy", ".png"],
  points: [".csv"],
  shapes: [".csv"],
  tracks: [".csv"],
  surface: [".ply", ".obj"],
};

/** Writes a layer in the format of its name. @throws WriteError, SourceError, the signal's reason */
export async function save(path: string, layer: Saved, options: SaveOptions = {}): Promise<void> {
  const name = basename(path).toLowerCase();
  const extension = SAVES[layer.kind].find((each) => name.endsWith(each));
  if (!extension)
    throw new WriteError(
      `${basename(path)} is no name that ${layer.kind} can be saved under: it ends in one of ${SAVES[layer.kind].join(", ")}.`,
    );
  if ("table" in layer) {
    if (layer.kind !== "surface") return writeCsv(path, layer.kind, layer.table, options);
    return writeSurface(path, layer.table, { ...options, format: extension === ".obj" ? "obj" : "ply" });
  }
  const image = { ...layer.image, labels: layer.kind === "labels" };
  if (extension.endsWith(".zarr")) return writeOmeZarr(path, image, options);
  if (extension === ".npy") return writeNpy(path, image.source, options);
  if (extension !== ".png") return writeOmeTiff(path, image, options);
  // Contrast would make other numbers of labels.
  const { contrast_limits } = image;
  const limits = contrast_limits && !image.labels ? { contrast_limits } : {};
  return writePngSlice(path, image.source, { ...options, ...limits });
}
