/**
 * The one way in which the engine sees data: n-dimensional arrays in bricks, a pyramid of levels, read asynchronously.
 *
 * A source hides files, archives, networks and computed data. Bricks of one level tile its shape from the origin with
 * `chunk` as the step; those at the far edges are cropped to the array.
 */
import type { DataInfo } from "@eyepiece/protocol/scene/schema.ts";

/** The element types that sources may deliver, as NumPy names them. */
export type Dtype = DataInfo["dtype"];

/** The elements of a brick, in native byte order. */
export type BrickArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** One level of a pyramid. All arrays have `ndim` entries, without the channel axis of an rgb source. */
export interface LevelInfo {
  readonly shape: readonly number[];
  /** Brick size in this level's voxels. */
  readonly chunk: readonly number[];
  /** Level voxel i is centred on finest-level voxel `i * scale + translate`. Level 0 has scale 1, translate 0. */
  readonly scale: readonly number[];
  readonly translate: readonly number[];
}

/** Names one brick for ever: a brick that is edited gets a new version. */
export interface BrickKey {
  readonly source: string;
  readonly version: number;
  readonly level: number;
  /** Brick indices, slowest axis first. */
  readonly index: readonly number[];
}

/** A decoded brick. */
export interface Brick {
  /** Extent in voxels, cropped at the array's edge. */
  readonly shape: readonly number[];
  /** C order, last axis fastest; rgb sources have 3 or 4 interleaved channels a voxel. */
  readonly data: BrickArray;
  /** Least and greatest finite value (over all channels); min > max when no value is finite. */
  readonly min: number;
  readonly max: number;
}

/** Options of a read. */
export interface ReadOptions {
  /** Aborts the read: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Data in bricks. Implementations: in memory (here), files and addresses (on the node). */
export interface ChunkSource {
  readonly id: string;
  /** Rises with each edit. */
  readonly version: number;
  readonly dtype: Dtype;
  readonly ndim: number;
  /** 0: scalar. 3 or 4: colours, interleaved in each brick. */
  readonly channels: 0 | 3 | 4;
  /** Finest first; at least one. */
  readonly levels: readonly LevelInfo[];
  /**
   * Reads one brick.
   * @throws SourceError when the data cannot be read; the signal's reason when aborted.
   */
  readBrick(level: number, index: readonly number[], options?: ReadOptions): Promise<Brick>;
  /** Releases files and connections. Reads in flight reject. */
  dispose(): Promise<void>;
}

/** A source that cannot deliver: the message is a sentence for people: what, of which file, and what to do. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}
