/** Colours as an axis of channels. */
import { brickOf, makeArray, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";

/** A scalar view of a source of colours, with its channels as axis `at`. It does not own the source. */
export function planarSource(source: ChunkSource, at: number): ChunkSource {
  const inner = source.channels;
  if (inner === 0) return source;
  const put = (values: readonly number[], value: number) => values.toSpliced(at, 0, value);
  return {
    id: source.id,
    version: source.version,
    dtype: source.dtype,
    ndim: source.ndim + 1,
    channels: 0,
    levels: source.levels.map(({ shape, chunk, scale, translate }) => ({
      shape: put(shape, inner),
      chunk: put(chunk, 1),
      scale: put(scale, 1),
      translate: put(translate, 0),
    })),
    async readBrick(level, index, options) {
      const channel = index[at] ?? 0;
      if (!(channel >= 0 && channel < inner))
        throw new SourceError(`${source.id} has no channel ${channel}.`);
      const brick = await source.readBrick(level, index.toSpliced(at, 1), options);
      const data = makeArray(source.dtype, volumeOf(brick.shape));
      const [from, to] = [brick.data as Float64Array, data as Float64Array];
      for (let i = 0; i < to.length; i++) to[i] = from[i * inner + channel] ?? 0;
      return brickOf(put(brick.shape, 1), data);
    },
    async dispose() {},
  };
}
