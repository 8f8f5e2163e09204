/** An uncompressed array in a file as bricks that lie in one piece in it, so that each is one read: slabs across the last axes. */
import { brickOf, dtypeOf, makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox, levelGeometry } from "@eyepiece/engine/data/memory-source.ts";
import type { Resource } from "./resource.ts";
import { copyStrided } from "./strided.ts";

/** Bytes of one brick, about. */
const BRICK_BYTES = 2 << 20;

/** Where the elements lie, and what they are. */
export interface RawLayout {
  /** Slowest axis first, without colours. */
  readonly shape: readonly number[];
  readonly channels: 0 | 3 | 4;
  /** Bytes of one element in the file. */
  readonly size: number;
  /** Byte of the first one. */
  readonly start: number;
  /** Elements as they are meant, from bytes of the file, which may be changed. */
  elements(body: Uint8Array<ArrayBuffer>): BrickArray;
  /** The first axis is the fastest in the file, as in Fortran. */
  readonly fortran?: boolean;
}

/** The source; it owns the resource. @throws SourceError */
export function rawSource(label: string, resource: Resource, layout: RawLayout): ChunkSource {
  const { shape, channels, start, elements } = layout;
  const inner = Math.max(1, channels);
  const voxel = layout.size * inner;
  const turn = (values: readonly number[]) => (layout.fortran ? values.toReversed() : [...values]);
  const inFile = turn(shape);
  const info = levelGeometry(shape, shape, turn(slabs(inFile, voxel)));
  const dtype = dtypeOf(elements(new Uint8Array(0)));
  let disposed = false;
  return {
    id: label,
    version: 0,
    dtype,
    ndim: shape.length,
    channels,
    levels: [info],
    async readBrick(level, index, options = {}): Promise<Brick> {
      if (level !== 0) throw new SourceError(`The array ${label} has no level ${level}.`);
      if (disposed) throw new SourceError(`${label} was closed.`);
      const box = brickBox(info, index);
      const from = turn(box.start);
      let first = 0;
      for (const [axis, size] of inFile.entries()) first = first * size + (from[axis] ?? 0);
      const bytes = volumeOf(box.shape) * voxel;
      const body = await resource.read(start + first * voxel, bytes, options.signal);
      if (body.byteLength < bytes)
        throw new SourceError(
          `${label} is cut short: ${bytes - body.byteLength} bytes of a part are missing.`,
        );
      const data = elements(new Uint8Array(body));
      return brickOf(box.shape, layout.fortran ? inCOrder(data, box.shape, inner) : data);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await resource.close();
    },
  };
}

/** An array whose first axis is the fastest, turned round. */
export function inCOrder(data: BrickArray, shape: readonly number[], inner = 1): BrickArray {
  const out = makeArray(dtypeOf(data), data.length);
  const stride = stridesOf(shape.toReversed(), inner).toReversed();
  const colours = inner > 1 ? [1] : [];
  copyStrided(
    { data, stride: [...stride, ...colours], offset: 0 },
    { data: out, stride: [...stridesOf(shape, inner), ...colours], offset: 0 },
    [...shape, ...colours.map(() => inner)],
  );
  return out;
}

/** Whole along the last axes as far as a brick's bytes go, a part of the next one, one of those before. */
function slabs(shape: readonly number[], voxel: number): number[] {
  const chunk = shape.map(() => 1);
  let bytes = voxel;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    chunk[axis] = Math.max(1, Math.min(size, Math.floor(BRICK_BYTES / bytes)));
    bytes *= size;
    if ((chunk[axis] ?? 1) < size) break;
  }
  return chunk;
}
