/** Data of the session as the engine in this page sees them. */
import { ELEMENT_BYTES, volumeOf } from "@eyepiece/engine/data/array.ts";
import { MOST_BRICK_BYTES } from "@eyepiece/engine/data/brick-wire.ts";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { decodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { ArrayFacts } from "@eyepiece/protocol/viewer/array-facts.ts";
import * as v from "valibot";
import type { BrickClient, DataFound } from "./brick-client.ts";

/** An array, a table, or why the page cannot draw the data. */
export type RemoteData =
  | { readonly array: ChunkSource }
  | { readonly table: TableSource }
  | { readonly obstacle: string };

/** See the file's comment. Bricks come through the client. */
export function remoteData(client: Pick<BrickClient, "brick">, found: DataFound): RemoteData {
  const { source: id, version } = found;
  if (found.failure !== "") return { obstacle: found.failure };
  if (found.arrayJson === "") return { table: { id, version, table: decodeTable(found.table) } };
  const facts = v.parse(ArrayFacts, JSON.parse(found.arrayJson));
  const { dtype, ndim, channels, levels } = facts;
  const piece = Math.max(...levels.map(({ chunk }) => volumeOf(chunk))) * Math.max(1, channels);
  if (piece * ELEMENT_BYTES[dtype] > MOST_BRICK_BYTES)
    return { obstacle: "The data come in pieces that are too large to be sent." };
  const array: ChunkSource = {
    id,
    version,
    dtype,
    ndim,
    channels,
    levels,
    readBrick: (level, index, options) => client.brick(id, level, index, options?.signal),
    dispose: async () => {},
  };
  return { array };
}
