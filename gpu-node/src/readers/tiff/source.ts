/** Pages of a TIFF as a ChunkSource: a brick is a window of one page. */
import { brickOf, makeArray } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  type ReadOptions,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { brickBox, levelGeometry } from "@eyepiece/engine/data/memory-source.ts";
import type { Page } from "./pages.ts";

/** Edge of a brick within a page. */
const EDGE = 512;
/** Most bytes of one decoded strip or tile. */
const MAX_BLOCK = 512 * 1024 * 1024;
const CACHE_BYTES = 96 * 1024 * 1024;

/** One level of the pyramid: the page of each plane. */
export interface TiffLevel {
  readonly width: number;
  readonly height: number;
  /** The page of plane `at` (the indices before y and x); undefined where the file has none. */
  page(at: readonly number[]): Page | undefined | Promise<Page | undefined>;
}

export interface TiffSourceOptions {
  readonly id: string;
  readonly label: string;
  /** Sizes of the axes before y and x. */
  readonly outer: readonly number[];
  readonly levels: readonly TiffLevel[];
  /** Any page: they are alike. */
  readonly like: Page;
  /** The sample of a pixel that this source shows; undefined for colours. */
  readonly sample: number | undefined;
  readonly onDispose: () => Promise<void>;
}

/** Makes the source. */
export function tiffSource(options: TiffSourceOptions): ChunkSource {
  const { id, label, outer, like, sample, onDispose } = options;
  const channels = sample === undefined ? (like.samples === 4 && !like.converted ? 4 : 3) : 0;
  const inner = Math.max(1, channels);
  const finest = options.levels[0];
  if (!finest) throw new SourceError(`${label} has no pages.`);
  const shapeOf = ({ width, height }: TiffLevel) => [...outer, height, width];
  const levels = options.levels.map((level) => {
    const chunk = [...outer.map(() => 1), Math.min(EDGE, level.height), Math.min(EDGE, level.width)];
    return levelGeometry(shapeOf(finest), shapeOf(level), chunk);
  });
  let disposed = false;
  return {
    id,
    version: 0,
    dtype: like.dtype,
    ndim: outer.length + 2,
    channels,
    levels,
    async readBrick(level: number, index: readonly number[], { signal }: ReadOptions = {}): Promise<Brick> {
      signal?.throwIfAborted();
      if (disposed) throw new SourceError(`${label} was closed.`);
      const info = levels[level];
      if (!info) throw new SourceError(`${label} has no level ${level}.`);
      const { start, shape } = brickBox(info, index);
      const [y = 0, x = 0] = start.slice(-2);
      const [height = 1, width = 1] = shape.slice(-2);
      const page = await options.levels[level]?.page(start.slice(0, -2));
      if (!page) return empty(makeArray(like.dtype, width * height * inner), shape);
      const window = [x, y, x + width, y + height];
      try {
        const data = await readWindow(page, window, sample, signal);
        if (data.length !== width * height * inner)
          throw new SourceError(`${label} has a page that is not like the others.`);
        return brickOf(shape, data);
      } catch (cause) {
        signal?.throwIfAborted();
        if (cause instanceof SourceError) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new SourceError(`${label} has a part that cannot be decoded: ${reason}.`, { cause });
      }
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await onDispose();
    },
  };
}

function empty(data: BrickArray, shape: readonly number[]): Brick {
  return { shape, data, min: 0, max: 0 };
}

async function readWindow(
  page: Page,
  window: number[],
  sample: number | undefined,
  signal: AbortSignal | undefined,
): Promise<BrickArray> {
  const common = { window, interleave: true as const, ...(signal ? { signal } : {}) };
  if (page.converted) return (await page.image.readRGB(common)) as unknown as BrickArray;
  const samples = sample === undefined ? (page.samples === 4 ? [0, 1, 2, 3] : [0, 1, 2]) : [sample];
  const data = (await page.image.readRasters({ ...common, samples })) as unknown as BrickArray;
  if (data.constructor.name === "Float16Array") return Float32Array.from(data as Float32Array);
  // A view of its own, without the fields that the library adds to its arrays.
  return data.subarray(0);
}

/**
 * Keeps decoded strips and tiles of a file's pages, so that bricks that share one do not decode it again.
 * @throws SourceError from reads of a block that is too large to decode
 */
export class DecodedBlocks {
  readonly #kept = new Map<string, { data: Promise<unknown>; bytes: number }>();
  #bytes = 0;
  #pages = 0;

  /** Makes a page read through the cache. */
  attach(page: Page, label: string): Page {
    const { image } = page;
    const number = this.#pages++;
    const read = image.getTileOrStrip.bind(image);
    const bytes = image.getTileWidth() * image.getTileHeight() * Math.max(1, image.getBytesPerPixel());
    image.getTileOrStrip = async (x, y, sample, decoder, signal) => {
      if (!(bytes <= MAX_BLOCK))
        throw new SourceError(
          `${label} has parts of ${(bytes / 2 ** 30).toFixed(1)} GiB, which are too large to decode.`,
        );
      signal?.throwIfAborted();
      const plane = image.planarConfiguration === 1 ? 0 : sample;
      const key = `${number} ${x} ${y} ${plane}`;
      const found = this.#kept.get(key);
      if (found) return { ...((await found.data) as Awaited<ReturnType<typeof read>>), sample };
      const data = read(x, y, sample, decoder).catch((cause: unknown) => {
        this.#drop(key);
        throw cause;
      });
      this.#kept.set(key, { data, bytes });
      this.#bytes += bytes;
      for (const oldest of this.#kept.keys()) {
        if (this.#bytes <= CACHE_BYTES || oldest === key) break;
        this.#drop(oldest);
      }
      return await data;
    };
    return page;
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
