/** A layer of scene.json, whatever its type. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { SceneFileError, UnsupportedLayerError } from "./common.ts";
import { ImageEntry, readImage } from "./image.ts";
import { LabelsEntry, readLabels } from "./labels.ts";
import { PointsEntry, readPoints } from "./points.ts";
import { readShapes, ShapesEntry } from "./shapes.ts";
import { readSurface, SurfaceEntry } from "./surface.ts";
import { readTracks, TracksEntry } from "./tracks.ts";
import { readVectors, VectorsEntry } from "./vectors.ts";

/** A layer with what it shows. */
export type ReadLayer =
  | { readonly layer: Layer; readonly source: ChunkSource }
  | { readonly layer: Layer; readonly table: TableSource };

/**
 * Reads a layer and the arrays that it names.
 * @param where names the layer in messages
 * @throws UnsupportedLayerError, SceneFileError, NpyError
 */
export async function readLayer(
  folder: string,
  id: string,
  raw: { readonly type: string },
  where: string,
): Promise<ReadLayer> {
  const read = <S extends v.GenericSchema>(schema: S): v.InferOutput<S> => {
    const parsed = v.safeParse(schema, raw);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw new SceneFileError(`${where}: ${v.getDotPath(issue) ?? "the layer"}: ${issue.message}`);
  };
  switch (raw.type) {
    case "image":
      return readImage(folder, id, read(ImageEntry));
    case "labels":
      return readLabels(folder, id, read(LabelsEntry));
    case "points":
      return readPoints(folder, id, read(PointsEntry));
    case "shapes":
      return readShapes(folder, id, read(ShapesEntry));
    case "surface":
      return readSurface(folder, id, read(SurfaceEntry));
    case "tracks":
      return readTracks(folder, id, read(TracksEntry));
    case "vectors":
      return readVectors(folder, id, read(VectorsEntry));
    default:
      throw new UnsupportedLayerError(`Layers of type ${raw.type} are not known.`);
  }
}
