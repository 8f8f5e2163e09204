/** A source under the name that the session's journal knows it by. */
import type { Brick, ChunkSource, ReadOptions } from "@eyepiece/engine/data/chunk-source.ts";

/** The same data, named `id`. */
export function renamed(source: ChunkSource, id: string): ChunkSource {
  return {
    id,
    get version() {
      return source.version;
    },
    dtype: source.dtype,
    ndim: source.ndim,
    channels: source.channels,
    levels: source.levels,
    readBrick: (level: number, index: readonly number[], options?: ReadOptions): Promise<Brick> =>
      source.readBrick(level, index, options),
    dispose: () => source.dispose(),
  };
}
