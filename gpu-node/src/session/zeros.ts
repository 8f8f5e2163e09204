/** Labels that begin as nothing: no file is behind them, only what is painted. */
import { brickOf, makeArray, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type ChunkSource, type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { defaultChunk } from "@eyepiece/engine/data/memory-source.ts";

const SCHEME = "zeros:";
const DTYPES: ReadonlySet<string> = new Set([
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
]);

/** Zeros in bricks, made when they are asked for. @throws SourceError when the shape has no place for anything */
export function zeroSource(id: string, shape: readonly number[], dtype: Dtype): ChunkSource {
  if (shape.length < 2 || shape.some((size) => size < 1) || !DTYPES.has(dtype))
    throw new SourceError(`Labels of ${dtype} and the shape ${shape.join(" × ")} cannot be made.`);
  const chunk = defaultChunk(shape);
  return {
    id,
    version: 0,
    dtype,
    ndim: shape.length,
    channels: 0,
    levels: [{ shape, chunk, scale: shape.map(() => 1), translate: shape.map(() => 0) }],
    readBrick: async (_, index) => {
      const extent = shape.map((size, axis) =>
        Math.min(chunk[axis] ?? 1, size - (index[axis] ?? 0) * (chunk[axis] ?? 1)),
      );
      return brickOf(extent, makeArray(dtype, volumeOf(extent)));
    },
    dispose: async () => {},
  };
}

/** How the journal names them. */
export function zeroUri(shape: readonly number[], dtype: Dtype): string {
  return `${SCHEME}${dtype}:${shape.join("x")}`;
}

/** The data of such a name; undefined for other addresses. */
export function zeroResult(
  uri: string,
): readonly { source: ChunkSource; defaults: Record<string, never>; labels: true }[] | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  const [dtype = "", shape = ""] = uri.slice(SCHEME.length).split(":");
  return [
    { source: zeroSource("zeros", shape.split("x").map(Number), dtype as Dtype), defaults: {}, labels: true },
  ];
}
