/** What the session's reader is asked, and what it finds. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { Table } from "@eyepiece/engine/data/table.ts";
import type { imageLayer } from "@eyepiece/engine/model/layer.ts";
import type { TableLayerOptions } from "@eyepiece/engine/model/table-layers.ts";
import type { LayerPatch, LayerType } from "@eyepiece/protocol/scene/schema.ts";

/** An image that a reader found behind an address. */
export interface ImageResult {
  readonly source: ChunkSource;
  readonly defaults: Parameters<typeof imageLayer>[2];
  /** The values name regions: they become a labels layer. */
  readonly labels?: boolean;
}
/** Items that a reader found; they are read whole. */
export interface TableResult {
  readonly table: Table;
  /** Absent: they are features of labels, and no layer of their own. */
  readonly defaults?: TableLayerOptions;
}
/** One dataset that a reader found. */
export type ReaderResult = ImageResult | TableResult;
/** How layers are to look, over what the file says: properties of the layer's type. */
export type Look = LayerPatch;
/** What data are to become. */
export interface OpenAs {
  /** The layers' type, where the data leave it open: an array as labels, a table of no known kind. */
  readonly type?: LayerType;
  /** The layer whose data they become. That is not undone: what was before is gone. */
  readonly replace?: string;
}

/** Opens an address; the session's reader. @throws SourceError */
export type Reader = (
  uri: string,
  options: { signal: AbortSignal; onProgress: (fraction: number, text: string) => void; type?: LayerType },
) => Promise<readonly ReaderResult[]>;

/** The last part of a path or address. */
export function shortName(uri: string): string {
  const path = uri.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return path.split(/[/\\]/).at(-1) || uri;
}
