/**
 * Data of any size that nobody has to store: each brick is computed when it is read.
 *
 *     value(t, c, z, y, x) = sum over k of a_k T_k(t, c) Z_k(z) Y_k(y) X_k(x)
 *
 * Z, Y and X are rows of soft blobs, b(u) = ((1 + cos u) / 2)^2 with a period of its own for each k: from blobs as large as the array
 * down to grains of a few voxels. The mean of b over a voxel of any size is known in closed form, and the mean of a product over a box
 * is the product of the means. So a coarse voxel is exactly (but for rounding) the mean of its fine ones, without computing them.
 */
import { brickOf } from "./array.ts";
import {
  type Brick,
  type ChunkSource,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "./chunk-source.ts";
import { brickBox } from "./memory-source.ts";

/** What is generated. */
export interface GeneratedOptions {
  /** Two to four axes, slowest first: (t,) (z,) y, x. */
  readonly shape: readonly number[];
  /** Which of several channels. */
  readonly channel?: number;
  readonly dtype?: "uint8" | "uint16";
  /** By default slices of 512^2 where z is much shorter than the rest, else cubes of 64. */
  readonly chunk?: readonly number[];
  /** Levels end where no side is longer than this. */
  readonly coarsest?: number;
}

/** Blobs of these periods, in voxels, and how bright they are. */
const GRAINS: readonly (readonly [number, number])[] = [
  [0, 0.3],
  [2048, 0.25],
  [229, 0.2],
  [31, 0.15],
  [7, 0.1],
];
/** The longest axis that is taken: coordinates stay exact in what draws them. */
const LONGEST = 1 << 20;

/** The mean of b over voxel [i - 1/2, i + 1/2) * size around `at`, for a period and a phase. */
function blob(at: number, size: number, period: number, phase: number): number {
  const w = (2 * Math.PI) / period;
  const half = (w * size) / 2;
  const first = sinc(half) * Math.cos(w * at + phase);
  const second = sinc(2 * half) * Math.cos(2 * (w * at + phase));
  return 0.375 + 0.5 * first + 0.125 * second;
}

function sinc(x: number): number {
  return Math.abs(x) < 1e-6 ? 1 : Math.sin(x) / x;
}

/** The levels: the longest sides are halved, those much shorter are left, until all are of a length. */
function pyramid(options: GeneratedOptions): LevelInfo[] {
  const { shape } = options;
  const end = options.coarsest ?? 256;
  const spatial = Math.min(3, shape.length);
  const first = shape.length - spatial;
  const levels: LevelInfo[] = [];
  let scale = shape.map(() => 1);
  for (;;) {
    const factor = scale;
    const size = shape.map((length, axis) => Math.ceil(length / (factor[axis] ?? 1)));
    const chunk = (options.chunk ?? defaultChunk(shape)).map((edge, axis) => Math.min(edge, size[axis] ?? 1));
    levels.push({ shape: size, chunk, scale, translate: scale.map((one) => (one - 1) / 2) });
    const longest = Math.max(...size.slice(first));
    if (longest <= end) return levels;
    scale = scale.map((one, axis) => (axis >= first && (size[axis] ?? 0) > longest / 2 ? one * 2 : one));
  }
}

function defaultChunk(shape: readonly number[]): number[] {
  const [z = 1, y = 1, x = 1] = [1, 1, ...shape].slice(-3);
  const flat = shape.length < 3 || Math.max(y, x) > 8 * z;
  return shape.map((_, axis) => {
    const place = axis - shape.length + 3;
    if (place < 0) return 1;
    return flat ? (place === 0 ? 1 : 512) : 64;
  });
}

/** A generated array. @throws SourceError when its shape is none */
export function generatedSource(id: string, options: GeneratedOptions): ChunkSource {
  const { shape, channel = 0, dtype = "uint16" } = options;
  if (shape.length < 2 || shape.length > 4)
    throw new SourceError(`Generated data have two to four axes and a channel's, not ${shape.length}.`);
  if (shape.some((size) => !Number.isInteger(size) || size < 1 || size > LONGEST))
    throw new SourceError(`The sides of generated data are whole numbers from 1 to ${LONGEST}.`);
  const levels = pyramid(options);
  const spatial = Math.min(3, shape.length);
  const full = dtype === "uint8" ? 255 : 65535;
  const longest = Math.max(...shape.slice(-spatial));
  // The length of an array that is shorter than a grain makes no blob.
  const grains = GRAINS.map(([period, weight], k) => ({ period: period || longest * 0.6, weight, k })).filter(
    ({ period, k }) => k === 0 || period < longest,
  );

  /** The means of one grain over a run of voxels. */
  const row = (
    grain: (typeof grains)[number],
    axis: number,
    start: number,
    count: number,
    info: LevelInfo,
  ) => {
    const scale = info.scale[axis] ?? 1;
    const translate = info.translate[axis] ?? 0;
    // Fixed for a channel, and another for each axis and grain.
    const phase = 1.7 * (channel + 1) * (grain.k + 1) + 2.1 * (shape.length - axis);
    return Float64Array.from({ length: count }, (_, i) =>
      blob((start + i) * scale + translate, scale, grain.period, phase),
    );
  };
  const time = (grain: (typeof grains)[number], t: number): number =>
    shape.length < 4 ? 1 : blob(t, 1, 23 + 8 * grain.k, 0.9 * channel + grain.k);

  return {
    id,
    version: 0,
    dtype,
    ndim: shape.length,
    channels: 0,
    levels,
    async readBrick(level: number, index: readonly number[], read: ReadOptions = {}): Promise<Brick> {
      // Other work has its turn between two bricks, and a read that nobody wants any more is never computed.
      await new Promise<void>((done) => setTimeout(done, 0));
      read.signal?.throwIfAborted();
      const info = levels[level];
      if (info === undefined) throw new SourceError(`The array ${id} has no level ${level}.`);
      const box = brickBox(info, index);
      const [depth, height, width] = [1, 1, 1, ...box.shape].slice(-3) as [number, number, number];
      const x = shape.length - 1;
      const starts = (axis: number): number => box.start[axis] ?? 0;
      const parts = grains.map((grain) => ({
        weight: grain.weight * full * (shape.length === 4 ? time(grain, starts(0)) : 1),
        z: shape.length > 2 ? row(grain, x - 2, starts(x - 2), depth, info) : new Float64Array(1).fill(1),
        y: row(grain, x - 1, starts(x - 1), height, info),
        x: row(grain, x, starts(x), width, info),
      }));
      const data =
        dtype === "uint8" ? new Uint8Array(depth * height * width) : new Uint16Array(depth * height * width);
      // Five terms in one loop: what is missing adds nothing.
      const none = {
        weight: 0,
        z: new Float64Array(depth),
        y: new Float64Array(height),
        x: new Float64Array(width),
      };
      const [p = none, q = none, r = none, s = none, v = none] = parts;
      for (let k = 0; k < depth; k++) {
        for (let j = 0; j < height; j++) {
          const factor = (part: typeof none): number => part.weight * (part.z[k] ?? 0) * (part.y[j] ?? 0);
          addRow(
            data,
            (k * height + j) * width,
            [p.x, q.x, r.x, s.x, v.x],
            [factor(p), factor(q), factor(r), factor(s), factor(v)],
          );
        }
      }
      return brickOf(box.shape, data);
    },
    async dispose(): Promise<void> {},
  };
}

type Five<T> = readonly [T, T, T, T, T];

/** One row of a brick: the sum of five terms, rounded. */
function addRow(
  data: Uint8Array | Uint16Array,
  put: number,
  [a, b, c, d, e]: Five<Float64Array>,
  [fa, fb, fc, fd, fe]: Five<number>,
): void {
  for (let i = 0; i < a.length; i++) {
    const sum =
      fa * (a[i] as number) +
      fb * (b[i] as number) +
      fc * (c[i] as number) +
      fd * (d[i] as number) +
      fe * (e[i] as number);
    data[put + i] = (sum + 0.5) | 0;
  }
}

/** What an address such as `generated:500x3x1000x65536x65536` names. */
export interface GeneratedAddress {
  /** Without the channels' axis. */
  readonly shape: readonly number[];
  readonly channels: number;
}

/** Names for shapes that are worth having. */
const NAMED: Readonly<Record<string, string>> = {
  terabytes: "500x3x1000x65536x65536",
  volume: "2048x2048x2048",
};

/** Whether an address names generated data. */
export function isGenerated(uri: string): boolean {
  return uri.startsWith("generated:");
}

/** Reads an address; axes are (t x c x) (z x) y x x, as far as there are any. @throws SourceError */
export function generatedAddress(uri: string): GeneratedAddress {
  const name = uri.slice("generated:".length);
  const text = NAMED[name] ?? name;
  if (!/^\d{1,7}(x\d{1,7}){1,4}$/.test(text))
    throw new SourceError(
      `${uri} is no address of generated data. Such as generated:terabytes, generated:volume and generated:100x512x512 are.`,
    );
  const all = text.split("x").map(Number);
  const [t = 1, channels = 1, ...rest] = all;
  const address = all.length === 5 ? { shape: [t, ...rest], channels } : { shape: all, channels: 1 };
  if (address.channels < 1 || address.channels > 16)
    throw new SourceError(`Generated data have 1 to 16 channels, not ${address.channels}.`);
  return address;
}
