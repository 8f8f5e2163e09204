/** What writers are asked. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";

/** A layer's data and where they lie; everything is along the source's axes, slowest first. */
export interface ImageToWrite {
  readonly source: ChunkSource;
  readonly name: string;
  /** Integers that name things: their pyramid takes values, never means. */
  readonly labels?: boolean;
  readonly scale?: readonly number[];
  readonly translate?: readonly number[];
  /** "pixel" says nothing. */
  readonly units?: readonly string[];
  readonly axis_labels?: readonly string[];
  readonly contrast_limits?: readonly [number, number];
  /** "RRGGBB" of the colormap's end. */
  readonly color?: string;
}

/** Options of every writer. */
export interface WriteOptions {
  /** Aborts: nothing is left behind. */
  readonly signal?: AbortSignal;
  /** `fraction` is 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** A file that could not be written; the message is a sentence for people. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}
