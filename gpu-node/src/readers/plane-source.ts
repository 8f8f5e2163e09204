/** Images whose planes are decoded as wholes: bricks are windows of planes, of which some are kept. */
import { brickOf, copyBox, makeArray, volumeOf } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  type Dtype,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox, levelGeometry } from "@eyepiece/engine/data/memory-source.ts";

/** Edge of a brick within a plane. */
const EDGE = 512;
/** Bytes of decoded planes that are kept for each source, beside the one in use. */
const CACHE_BYTES = 96 * 1024 * 1024;

/** What a source of planes is made of. */
export interface PlaneOptions {
  readonly id: string;
  readonly label: string;
  readonly dtype: Dtype;
  /** Slowest first; the last two are a plane's. */
  readonly shape: readonly number[];
  readonly channels: 0 | 3 | 4;
  /** Decodes one plane, C order. @throws SourceError; the signal's reason when aborted */
  plane(at: readonly number[], signal: AbortSignal): Promise<BrickArray>;
  onDispose(): Promise<void>;
}

interface Plane {
  readonly data: Promise<BrickArray>;
  readonly abort: AbortController;
  waiting: number;
  bytes: number;
}

/** Makes the source. A plane that is being decoded is not decoded twice, and given up when nobody waits for it. */
export function planeSource(options: PlaneOptions): ChunkSource {
  const { label, dtype, shape, channels } = options;
  const inner = Math.max(1, channels);
  const outer = shape.slice(0, -2);
  const size = shape.slice(-2);
  const expected = volumeOf(size) * inner;
  const info = levelGeometry(shape, shape, [
    ...outer.map(() => 1),
    ...size.map((extent) => Math.min(EDGE, Math.max(1, extent))),
  ]);
  const kept = new Map<string, Plane>();
  let disposed = false;
  const forget = (key: string, plane: Plane) => {
    if (kept.get(key) === plane) kept.delete(key);
  };
  const begin = (key: string, at: readonly number[]): Plane => {
    const abort = new AbortController();
    const data = options.plane(at, abort.signal).then((decoded) => {
      if (decoded.length !== expected)
        throw new SourceError(`${label} has a plane (${at.join(", ")}) of another size than it says.`);
      plane.bytes = decoded.byteLength;
      let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
      for (const [oldest, other] of kept) {
        if (total <= CACHE_BYTES) break;
        if (other === plane || other.bytes === 0) continue;
        kept.delete(oldest);
        total -= other.bytes;
      }
      return decoded;
    });
    const plane: Plane = { data, abort, waiting: 0, bytes: 0 };
    kept.set(key, plane);
    data.catch(() => forget(key, plane));
    return plane;
  };
  const planeAt = async (at: readonly number[], signal: AbortSignal | undefined): Promise<BrickArray> => {
    signal?.throwIfAborted();
    const key = at.join();
    const found = kept.get(key);
    if (found) {
      // Moved to the end: the first is the one that was not used for the longest.
      kept.delete(key);
      kept.set(key, found);
    }
    const plane = found ?? begin(key, at);
    plane.waiting += 1;
    const left = Promise.withResolvers<never>();
    const stop = () => left.reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([plane.data, left.promise]);
    } finally {
      signal?.removeEventListener("abort", stop);
      plane.waiting -= 1;
      if (plane.waiting === 0 && signal?.aborted && plane.bytes === 0) {
        forget(key, plane);
        plane.abort.abort(signal.reason);
      }
    }
  };
  return {
    id: options.id,
    version: 0,
    dtype,
    ndim: shape.length,
    channels,
    levels: [info],
    async readBrick(level, index, { signal } = {}): Promise<Brick> {
      if (level !== 0) throw new SourceError(`${label} has no level ${level}.`);
      if (disposed) throw new SourceError(`${label} was closed.`);
      const box = brickBox(info, index);
      const data = await planeAt(box.start.slice(0, -2), signal);
      if (disposed) throw new SourceError(`${label} was closed.`);
      const brick = makeArray(dtype, volumeOf(box.shape) * inner);
      copyBox(data, size, box.start.slice(-2), box.shape.slice(-2), brick, inner);
      return brickOf(box.shape, brick);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      for (const { abort } of kept.values()) abort.abort(new SourceError(`${label} was closed.`));
      kept.clear();
      await options.onDispose();
    },
  };
}
