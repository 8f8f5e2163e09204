/** A large .npy file as bricks that lie in one piece in it, so that each is one read: slabs across the last two axes. */
import { brickOf, dtypeOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type Brick, type ChunkSource, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox, levelGeometry } from "@eyepiece/engine/data/memory-source.ts";
import type { NpyHeader } from "../render/npy.ts";
import type { Resource } from "./resource.ts";

/** Bytes of one brick, about. */
const BRICK_BYTES = 2 << 20;

/** The source; it owns the resource. @throws SourceError */
export function npySource(
  label: string,
  resource: Resource,
  header: NpyHeader,
  channels: 0 | 3 | 4,
): ChunkSource {
  const shape = channels ? header.shape.slice(0, -1) : header.shape;
  const inner = Math.max(1, channels);
  const voxel = header.size * inner;
  const info = levelGeometry(shape, shape, slabs(shape, voxel));
  const dtype = dtypeOf(header.elements(new Uint8Array(0)));
  return {
    id: label,
    version: 0,
    dtype,
    ndim: shape.length,
    channels,
    levels: [info],
    async readBrick(level, index, options = {}): Promise<Brick> {
      if (level !== 0) throw new SourceError(`The array ${label} has no level ${level}.`);
      const box = brickBox(info, index);
      let first = 0;
      for (const [axis, size] of shape.entries()) first = first * size + (box.start[axis] ?? 0);
      const bytes = await resource.read(
        header.start + first * voxel,
        volumeOf(box.shape) * voxel,
        options.signal,
      );
      return brickOf(box.shape, header.elements(new Uint8Array(bytes)));
    },
    dispose: () => resource.close(),
  };
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
