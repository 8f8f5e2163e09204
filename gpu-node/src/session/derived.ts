/**
 * Data that are computed from other data of the session, brick by brick when they are looked at: projections, conversions, parts of a
 * stack, and stacks. An address says all there is to know, so that a session that comes back makes them again.
 */
import { brickOf, makeArray, stridesOf, volumeOf } from "@eyepiece/engine/data/array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  type Dtype,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "@eyepiece/engine/data/chunk-source.ts";
import { DataInfo } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";

const SCHEME = "derived:";
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = v.string();

/** How values of an axis become one. */
export const PROJECTIONS = ["max", "min", "std", "sum", "mean", "median"] as const;
export type Projection = (typeof PROJECTIONS)[number];

const Recipe = v.variant("kind", [
  /** The data as they were opened, with these edits of labels (see label-store.ts). */
  v.object({ kind: v.literal("same"), sources: v.tuple([id]), made: count, applied: v.array(count) }),
  v.object({
    kind: v.literal("astype"),
    sources: v.tuple([id]),
    dtype: DataInfo.entries.dtype,
    labels: v.boolean(),
  }),
  v.object({
    kind: v.literal("project"),
    sources: v.tuple([id]),
    axis: count,
    mode: v.picklist(PROJECTIONS),
  }),
  v.object({ kind: v.literal("part"), sources: v.tuple([id]), axis: count, index: count }),
  v.object({ kind: v.literal("stack"), sources: v.pipe(v.array(id), v.minLength(1)) }),
  v.object({ kind: v.literal("channel"), sources: v.tuple([id]), channel: count }),
  /** Three images as the colours of one, each from its limits to 0..255. */
  v.object({
    kind: v.literal("rgb"),
    sources: v.tuple([id, id, id]),
    limits: v.tuple([
      v.tuple([v.number(), v.number()]),
      v.tuple([v.number(), v.number()]),
      v.tuple([v.number(), v.number()]),
    ]),
  }),
]);
export type Recipe = v.InferOutput<typeof Recipe>;

/** The address of a recipe. */
export function derivedUri(recipe: Recipe): string {
  return `${SCHEME}${JSON.stringify(recipe)}`;
}

/** The recipe of an address; undefined for others. */
export function recipeOf(uri: string): Recipe | undefined {
  return uri.startsWith(SCHEME) ? v.parse(Recipe, JSON.parse(uri.slice(SCHEME.length))) : undefined;
}

/** Whether the data are labels. */
export function givesLabels(recipe: Recipe): boolean {
  return recipe.kind === "same" || (recipe.kind === "astype" && recipe.labels);
}

/** Numbers that a median may hold at once. */
const MOST_HELD = 8 * 1024 * 1024;

/** The data of a recipe; `bases` are those that it names, in order. @throws SourceError when they do not fit */
export function derivedSource(name: string, recipe: Recipe, bases: readonly ChunkSource[]): ChunkSource {
  const [base] = bases;
  if (base === undefined) throw new SourceError("What this was computed from is not here.");
  switch (recipe.kind) {
    case "same":
      return made(name, base.dtype, base.channels, base.levels, (level, index, options) =>
        base.readBrick(level, index, options),
      );
    case "astype":
      return made(name, recipe.dtype, base.channels, base.levels, async (level, index, options) => {
        const brick = await base.readBrick(level, index, options);
        return brickOf(brick.shape, converted(brick.data, recipe.dtype));
      });
    case "channel":
      return made(name, base.dtype, 0, base.levels, async (level, index, options) => {
        const brick = await base.readBrick(level, index, options);
        const out = makeArray(base.dtype, volumeOf(brick.shape));
        for (let i = 0; i < out.length; i++) out[i] = brick.data[i * base.channels + recipe.channel] ?? 0;
        return brickOf(brick.shape, out);
      });
    case "part":
      return part(name, base, recipe.axis, recipe.index);
    case "stack":
      return stack(name, bases);
    case "rgb":
      return colours(name, bases, recipe.limits);
    case "project":
      return projected(name, base, recipe.axis, recipe.mode);
  }
}

type Read = (level: number, index: readonly number[], options?: ReadOptions) => Promise<Brick>;

function made(
  name: string,
  dtype: Dtype,
  channels: ChunkSource["channels"],
  levels: readonly LevelInfo[],
  readBrick: Read,
): ChunkSource {
  return {
    id: name,
    version: 0,
    dtype,
    ndim: levels[0]?.shape.length ?? 0,
    channels,
    levels,
    readBrick,
    // The base has an owner of its own.
    dispose: async () => {},
  };
}

const LIMITS: Readonly<Partial<Record<Dtype, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
};

/** Values as another type: whole numbers lose their fraction, and what is beyond the type's range becomes its end. */
function converted(data: BrickArray, dtype: Dtype): BrickArray {
  const out = makeArray(dtype, data.length);
  const [low, high] = LIMITS[dtype] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const whole = !dtype.startsWith("float");
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i] ?? 0);
    const near = whole ? Math.trunc(Number.isFinite(value) ? value : 0) : value;
    const fit = Math.min(high, Math.max(low, near));
    // A 64-bit array takes nothing but bigints.
    if (out instanceof BigInt64Array) out[i] = BigInt(fit);
    else if (out instanceof BigUint64Array) out[i] = BigInt(Math.max(0, fit));
    else out[i] = fit;
  }
  return out;
}

const without = <T>(values: readonly T[], axis: number): T[] => values.filter((_, one) => one !== axis);
const withAt = (values: readonly number[], axis: number, value: number): number[] => [
  ...values.slice(0, axis),
  value,
  ...values.slice(axis),
];

function dropped(levels: readonly LevelInfo[], axis: number): LevelInfo[] {
  return levels.map(({ shape, chunk, scale, translate }) => ({
    shape: without(shape, axis),
    chunk: without(chunk, axis),
    scale: without(scale, axis),
    translate: without(translate, axis),
  }));
}

/** One place of an axis. */
function part(name: string, base: ChunkSource, axis: number, at: number): ChunkSource {
  checkAxis(base, axis);
  return made(name, base.dtype, base.channels, dropped(base.levels, axis), async (level, index, options) => {
    const info = base.levels[level];
    if (!info) throw new SourceError(`There is no level ${level}.`);
    const size = info.shape[axis] ?? 1;
    const fine = (at - (info.translate[axis] ?? 0)) / (info.scale[axis] ?? 1);
    const place = Math.min(size - 1, Math.max(0, Math.round(fine)));
    const chunk = info.chunk[axis] ?? 1;
    const brick = await base.readBrick(level, withAt(index, axis, Math.floor(place / chunk)), options);
    const shape = without(brick.shape, axis);
    const inner = Math.max(1, base.channels);
    const out = makeArray(base.dtype, volumeOf(shape) * inner);
    eachLine(brick.shape, axis, inner, (from, step, to) => {
      out[to] = brick.data[from + (place % chunk) * step] ?? 0;
    });
    return brickOf(shape, out);
  });
}

/** Calls for each element of the result where its line begins in the brick, how far its entries are apart, and its own place. */
function eachLine(
  shape: readonly number[],
  axis: number,
  inner: number,
  call: (from: number, step: number, to: number) => void,
): void {
  const step = stridesOf(shape, inner)[axis] ?? 1;
  const size = shape[axis] ?? 1;
  const outer = volumeOf(shape.slice(0, axis));
  let to = 0;
  for (let o = 0; o < outer; o++) for (let i = 0; i < step; i++) call(o * step * size + i, step, to++);
}

/** Several of one shape, in a new first axis. */
function stack(name: string, bases: readonly ChunkSource[]): ChunkSource {
  const [base] = bases;
  if (!base) throw new SourceError("There is nothing to stack.");
  const shape = base.levels[0]?.shape.join();
  for (const other of bases)
    if (
      other.levels[0]?.shape.join() !== shape ||
      other.channels !== base.channels ||
      other.dtype !== base.dtype
    )
      throw new SourceError("Only layers of one shape and type can be merged to a stack.");
  const common = Math.min(...bases.map(({ levels }) => levels.length));
  const alike = base.levels
    .slice(0, common)
    .filter((info, level) => bases.every(({ levels }) => same(levels[level], info)));
  const levels = alike.map((info) => ({
    shape: [bases.length, ...info.shape],
    chunk: [1, ...info.chunk],
    scale: [1, ...info.scale],
    translate: [0, ...info.translate],
  }));
  return made(name, base.dtype, base.channels, levels, async (level, [which = 0, ...index], options) => {
    const brick = await bases[which]?.readBrick(level, index, options);
    if (!brick) throw new SourceError(`There is no layer ${which} in this stack.`);
    return brickOf([1, ...brick.shape], brick.data);
  });
}

function same(a: LevelInfo | undefined, b: LevelInfo): boolean {
  return a?.shape.join() === b.shape.join() && a.chunk.join() === b.chunk.join();
}

function colours(
  name: string,
  bases: readonly ChunkSource[],
  limits: readonly (readonly [number, number])[],
): ChunkSource {
  const [base] = bases;
  const first = base?.levels[0];
  if (!base || !first || bases.some(({ levels }) => !same(levels[0], first)))
    throw new SourceError("Only images of one shape and chunking can be merged to RGB.");
  const levels = base.levels.filter((info, level) => bases.every((one) => same(one.levels[level], info)));
  return made(name, "uint8", 3, levels, async (level, index, options) => {
    const bricks = await Promise.all(bases.map((one) => one.readBrick(level, index, options)));
    const shape = bricks[0]?.shape ?? [];
    const out = new Uint8ClampedArray(volumeOf(shape) * 3);
    for (const [channel, brick] of bricks.entries()) {
      const [low, high] = limits[channel] ?? [0, 255];
      for (let i = 0; i < brick.data.length; i++)
        out[3 * i + channel] = ((Number(brick.data[i]) - low) / (high - low)) * 255;
    }
    return brickOf(shape, new Uint8Array(out.buffer));
  });
}

/** All of an axis as one value, brick after brick: at most one brick of the base is held beside the result. */
function projected(name: string, base: ChunkSource, axis: number, mode: Projection): ChunkSource {
  checkAxis(base, axis);
  const keeps = mode === "max" || mode === "min";
  const dtype: Dtype = keeps ? base.dtype : base.dtype === "float64" ? "float64" : "float32";
  const levels = dropped(base.levels, axis).map((info, level) => {
    if (mode !== "median") return info;
    // A median holds all values at once: smaller bricks, so that they stay few.
    const depth = base.levels[level]?.shape[axis] ?? 1;
    const chunk = [...info.chunk];
    while (volumeOf(chunk) * depth > MOST_HELD && Math.max(...chunk) > 1) {
      const longest = chunk.indexOf(Math.max(...chunk));
      // Halves of the base's bricks lie within one of them.
      const half = Math.ceil((chunk[longest] ?? 1) / 2);
      chunk[longest] = (info.chunk[longest] ?? 1) % half === 0 ? half : 1;
    }
    return { ...info, chunk };
  });
  return made(name, dtype, 0, levels, async (level, index, options) => {
    const info = base.levels[level];
    const own = levels[level];
    if (!info || !own) throw new SourceError(`There is no level ${level}.`);
    const start = own.chunk.map((size, i) => size * (index[i] ?? 0));
    const shape = own.chunk.map((size, i) => Math.min(size, (own.shape[i] ?? 0) - (start[i] ?? 0)));
    const across = without(info.chunk, axis);
    const depth = info.shape[axis] ?? 1;
    const folded = folding(mode, volumeOf(shape), depth);
    const whole = start.map((at, i) => Math.floor(at / (across[i] ?? 1)));
    for (let slab = 0; slab * (info.chunk[axis] ?? 1) < depth; slab++) {
      options?.signal?.throwIfAborted();
      const brick = await base.readBrick(level, withAt(whole, axis, slab), options);
      const inside = start.map((at, i) => at - (whole[i] ?? 0) * (across[i] ?? 1));
      foldBrick(brick, axis, inside, shape, folded.add);
    }
    // A coarse level has fewer values on the axis than the data.
    const share = mode === "sum" ? (base.levels[0]?.shape[axis] ?? 1) / depth : 1;
    const values = folded.result();
    const out = makeArray(dtype, values.length);
    if (out instanceof BigInt64Array || out instanceof BigUint64Array)
      for (let i = 0; i < out.length; i++) out[i] = BigInt(values[i] ?? 0);
    else for (let i = 0; i < out.length; i++) out[i] = (values[i] ?? 0) * share;
    return brickOf(shape, out);
  });
}

/** Gives each value of a box of a brick to the element of the result that it belongs to. */
function foldBrick(
  brick: Brick,
  axis: number,
  inside: readonly number[],
  shape: readonly number[],
  add: (at: number, value: number) => void,
): void {
  const strides = stridesOf(brick.shape);
  const depth = brick.shape[axis] ?? 1;
  const step = strides[axis] ?? 1;
  const own = without(strides, axis);
  const place = shape.map(() => 0);
  const total = volumeOf(shape);
  for (let at = 0; at < total; at++) {
    let from = 0;
    for (const [i, one] of place.entries()) from += (one + (inside[i] ?? 0)) * (own[i] ?? 0);
    for (let d = 0; d < depth; d++) add(at, Number(brick.data[from + d * step]));
    for (let i = place.length - 1; i >= 0; i--) {
      place[i] = (place[i] ?? 0) + 1;
      if ((place[i] ?? 0) < (shape[i] ?? 0)) break;
      place[i] = 0;
    }
  }
}

function folding(mode: Projection, size: number, depth: number) {
  if (mode === "median") {
    const held = new Float64Array(size * depth);
    const filled = new Uint32Array(size);
    return {
      add: (at: number, value: number): void => {
        held[at * depth + (filled[at] as number)] = value;
        filled[at] = (filled[at] as number) + 1;
      },
      result: (): Float64Array =>
        Float64Array.from({ length: size }, (_, at) => {
          const line = held.subarray(at * depth, at * depth + (filled[at] as number)).sort();
          const middle = line.length >> 1;
          return line.length % 2 === 1
            ? (line[middle] ?? 0)
            : ((line[middle - 1] ?? 0) + (line[middle] ?? 0)) / 2;
        }),
    };
  }
  const first = mode === "max" ? Number.NEGATIVE_INFINITY : mode === "min" ? Number.POSITIVE_INFINITY : 0;
  const a = new Float64Array(size).fill(first);
  const squares = new Float64Array(mode === "std" ? size : 0);
  const seen = new Uint32Array(size);
  return {
    add: (at: number, value: number): void => {
      const before = a[at] as number;
      if (mode === "max") a[at] = Math.max(value, before);
      else if (mode === "min") a[at] = Math.min(value, before);
      else if (mode === "std") {
        // Welford's: sums of squares of large values would lose the small differences.
        const n = (seen[at] as number) + 1;
        seen[at] = n;
        const delta = value - before;
        a[at] = before + delta / n;
        squares[at] = (squares[at] as number) + delta * (value - (a[at] as number));
      } else a[at] = before + value;
    },
    result: (): Float64Array => {
      if (mode === "mean") return a.map((sum) => sum / depth);
      if (mode === "std") return squares.map((sum) => Math.sqrt(sum / depth));
      return a;
    },
  };
}

function checkAxis(base: ChunkSource, axis: number): void {
  if (axis >= base.ndim || base.ndim < 3)
    throw new SourceError(`These data have ${base.ndim} axes; without axis ${axis} no picture is left.`);
  if (base.channels !== 0) throw new SourceError("Colours cannot be taken apart so. Split them first.");
}

/** The names, and those of all data that they are computed from. */
export function withBases(
  named: ReadonlySet<string>,
  opened: readonly { readonly uri: string; readonly sources: readonly string[] }[],
): Set<string> {
  const all = new Set(named);
  const recipes = opened.flatMap(({ uri, sources }) => {
    const recipe = recipeOf(uri);
    return recipe ? [{ recipe, sources }] : [];
  });
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { recipe, sources } of recipes)
      if (sources.some((one) => all.has(one))) for (const base of recipe.sources) all.add(base);
  }
  return all;
}
