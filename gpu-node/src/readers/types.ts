/** What readers are asked and what they give. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ImagePatch } from "@eyepiece/protocol/scene/schema.ts";

/** What a file says of how its data are to be shown; the names are napari's. What is left out, the file does not say. */
export type LayerDefaults = Pick<
  ImagePatch,
  | "name"
  | "visible"
  | "opacity"
  | "blending"
  | "scale"
  | "translate"
  | "affine"
  | "units"
  | "axis_labels"
  | "colormap"
  | "contrast_limits"
  | "contrast_limits_range"
>;

/** One layer to be. */
export interface OpenedData {
  readonly source: ChunkSource;
  /** The source has colours, not values. */
  readonly rgb: boolean;
  readonly defaults: LayerDefaults;
  /** Integers that name things (segmentations), not intensities. */
  readonly labels: boolean;
  /** What was opened, for people: a file's name, or an address without its credentials. */
  readonly label: string;
}

/** What may be reached. The reader asks for everything that it opens, also for files that a file names. */
export interface AccessPolicy {
  /**
   * The real path of a file or folder that may be read.
   * @throws any error with a sentence for people when it may not, or is not there.
   */
  resolvePath(path: string): Promise<string>;
  /** Hosts (`name` or `name:port`) that may be reached although they are private, as the node's configuration lists. */
  readonly privateHosts: readonly string[];
}

/** Options of {@link openSource}. */
export interface OpenOptions {
  readonly policy: AccessPolicy;
  /** Aborts opening; sources that were opened live on. */
  readonly signal?: AbortSignal;
  /** `fraction` is 0 to 1. */
  readonly onProgress?: (fraction: number, text: string) => void;
  /** Most bytes of one array that is read whole; default 4 GiB. Data in chunks are not bound by it. */
  readonly memoryLimit?: number;
  /** Where Python environments are made; without it, files that need Python are refused. */
  readonly environments?: string;
}

/** `memoryLimit` when none is given. */
export const DEFAULT_MEMORY_LIMIT = 4 * 1024 ** 3;
