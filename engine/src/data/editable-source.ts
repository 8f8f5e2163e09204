/**
 * A label image that can be written: bricks of a base, and over them those that were edited.
 *
 * An edit writes into bricks that are at hand (`hold` brings them), notes what was there, and gives patches: with them it is
 * taken back, done again, journalled and sent to the renderer. Coarser levels follow the finest: each of their voxels shows
 * the fine voxel at its centre.
 */
import { brickOf, makeArray, stridesOf } from "./array.ts";
import {
  type Brick,
  type BrickArray,
  type ChunkSource,
  type LevelInfo,
  type ReadOptions,
  SourceError,
} from "./chunk-source.ts";
import { bricksOf, type Range } from "./gather.ts";

/** What an edit did to one brick: voxels (C order in the brick), their labels before and after. */
export interface BrickPatch {
  readonly level: number;
  readonly index: readonly number[];
  readonly positions: Uint32Array;
  readonly before: BrickArray;
  readonly after: BrickArray;
}

/** A brick that changed. */
export interface ChangedBrick {
  readonly level: number;
  readonly index: readonly number[];
  readonly brick: Brick;
}

const keyOf = (level: number, index: readonly number[]): string => `${level}/${index.join(",")}`;

/** See the file's comment. */
export class EditableSource implements ChunkSource {
  readonly id: string;
  readonly version = 0;
  readonly dtype: ChunkSource["dtype"];
  readonly ndim: number;
  readonly channels = 0;
  readonly levels: readonly LevelInfo[];
  readonly #base: ChunkSource;
  /** Edited bricks; their arrays are the source's own. */
  readonly #edited = new Map<string, ChangedBrick>();
  /** Patches of bricks that nobody has read yet. */
  readonly #pending = new Map<string, BrickPatch[]>();
  /** Bricks of the base that an edit may be about to change. */
  readonly #held = new Map<string, Brick>();

  constructor(id: string, base: ChunkSource) {
    if (base.dtype.startsWith("float") || base.channels !== 0)
      throw new SourceError(
        `Labels are whole numbers, and these data are ${base.channels ? "colours" : base.dtype}.`,
      );
    this.id = id;
    this.#base = base;
    this.dtype = base.dtype;
    this.ndim = base.ndim;
    this.levels = base.levels;
  }

  async readBrick(level: number, index: readonly number[], options?: ReadOptions): Promise<Brick> {
    const key = keyOf(level, index);
    const known = this.#edited.get(key);
    if (known !== undefined) return known.brick;
    const brick = await this.#base.readBrick(level, index, options);
    // Edited while it was read.
    const meanwhile = this.#edited.get(key);
    if (meanwhile !== undefined) return meanwhile.brick;
    const pending = this.#pending.get(key);
    if (pending === undefined) return brick;
    this.#held.set(key, brick);
    this.#pending.delete(key);
    this.apply(pending, "after");
    return this.#edited.get(key)?.brick ?? brick;
  }

  dispose(): Promise<void> {
    return this.#base.dispose();
  }

  /** Bricks that differ from the base. */
  get edited(): readonly ChangedBrick[] {
    return [...this.#edited.values()];
  }

  /** Patches that apply to bricks when these are first read. Called before anything is. */
  pend(patches: readonly BrickPatch[]): void {
    for (const patch of patches) {
      const key = keyOf(patch.level, patch.index);
      const before = this.#pending.get(key);
      if (before === undefined) this.#pending.set(key, [patch]);
      else before.push(patch);
    }
  }

  /** The base has the edited bricks now: they need not be kept. */
  saved(bricks: readonly ChangedBrick[]): void {
    for (const { level, index, brick } of bricks) {
      const key = keyOf(level, index);
      // Edited again meanwhile: it is kept.
      if (this.#edited.get(key)?.brick === brick) this.#edited.delete(key);
    }
  }

  /** Reads all bricks of a box of the finest level, and those above them, so that they can be written at once. */
  async hold(ranges: readonly Range[], signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.levels.flatMap((info, level) =>
        bricksOf(info, level === 0 ? ranges : coarseRanges(info, ranges)).map((index) =>
          this.#hold(level, index, signal),
        ),
      ),
    );
  }

  /** Reads the bricks of patches, so that these can be applied at once. */
  async holdBricks(patches: readonly BrickPatch[], signal?: AbortSignal): Promise<void> {
    await Promise.all(patches.map(({ level, index }) => this.#hold(level, index, signal)));
  }

  async #hold(level: number, index: readonly number[], signal?: AbortSignal): Promise<void> {
    const key = keyOf(level, index);
    if (this.#edited.has(key) || this.#held.has(key)) return;
    const brick = await this.readBrick(level, index, signal && { signal });
    if (!this.#edited.has(key)) this.#held.set(key, brick);
  }

  /** Lets go of bricks that were held and not written. */
  release(): void {
    this.#held.clear();
  }

  /** A brick at hand; undefined when it was not held. */
  brickAt(level: number, index: readonly number[]): Brick | undefined {
    const key = keyOf(level, index);
    return this.#edited.get(key)?.brick ?? this.#held.get(key);
  }

  /** Begins an edit. Only one may be open. */
  edit(): LabelEdit {
    return new LabelEdit(this, (level, index) => this.#own(level, index));
  }

  /** Writes patches, `after` or `before`. Their bricks must be at hand. @returns the bricks as they are now */
  apply(patches: readonly BrickPatch[], which: "before" | "after"): ChangedBrick[] {
    return patches.map(({ level, index, positions, [which]: values }) => {
      const data = this.#own(level, index).brick.data as Int32Array;
      const from = values as Int32Array;
      for (let i = 0; i < positions.length; i++) data[positions[i] as number] = from[i] as number;
      return this.#touch(level, index);
    });
  }

  /** New brick objects for bricks that were written: who keeps the old one knows that it is stale. */
  touched(patches: readonly BrickPatch[]): ChangedBrick[] {
    return patches.map(({ level, index }) => this.#touch(level, index));
  }

  /** The brick with an array of its own. */
  #own(level: number, index: readonly number[]): ChangedBrick {
    const key = keyOf(level, index);
    const known = this.#edited.get(key);
    if (known !== undefined) return known;
    const held = this.#held.get(key);
    if (held === undefined) throw new SourceError("A brick was to be edited before it was read.");
    const data = makeArray(this.dtype, held.data.length);
    (data as Int32Array).set(held.data as Int32Array);
    const own = { level, index: [...index], brick: brickOf(held.shape, data) };
    this.#edited.set(key, own);
    this.#held.delete(key);
    return own;
  }

  #touch(level: number, index: readonly number[]): ChangedBrick {
    const key = keyOf(level, index);
    const { brick } = this.#own(level, index);
    // The least and the greatest label are other ones now: found when somebody asks.
    const fresh = { level, index: [...index], brick: brickOf(brick.shape, brick.data) };
    this.#edited.set(key, fresh);
    return fresh;
  }
}

/** Voxels of a coarser level that may show a voxel of a box of the finest one. */
function coarseRanges(info: LevelInfo, ranges: readonly Range[]): Range[] {
  return ranges.map(([start, stop], axis) => {
    const scale = info.scale[axis] ?? 1;
    const translate = info.translate[axis] ?? 0;
    const size = info.shape[axis] ?? 1;
    const low = Math.floor((start - translate) / scale) - 1;
    const high = Math.ceil((stop - translate) / scale) + 1;
    return [Math.max(0, Math.min(size, low)), Math.max(0, Math.min(size, high))];
  });
}

interface Writing {
  readonly level: number;
  readonly index: readonly number[];
  readonly brick: Brick;
  readonly strides: readonly number[];
  readonly positions: number[];
  readonly before: (number | bigint)[];
}

/** One edit under way: writes spans of voxels of the finest level; see {@link EditableSource.edit}. */
export class LabelEdit {
  readonly #source: EditableSource;
  readonly #own: (level: number, index: readonly number[]) => ChangedBrick;
  readonly #info: LevelInfo;
  readonly #writing = new Map<string, Writing>();
  readonly #big: boolean;

  constructor(source: EditableSource, own: (level: number, index: readonly number[]) => ChangedBrick) {
    this.#source = source;
    this.#own = own;
    const info = source.levels[0];
    if (info === undefined) throw new SourceError("The labels have no levels.");
    this.#info = info;
    this.#big = source.dtype.endsWith("64");
  }

  /**
   * Writes a label into the voxels [from, to) along an axis, at `at` on the others. What lies outside is left out.
   * @param only voxels with this label only; null: all
   */
  span(
    at: readonly number[],
    axis: number,
    from: number,
    to: number,
    label: number,
    only: number | null,
  ): void {
    const { shape, chunk } = this.#info;
    for (const [k, value] of at.entries()) if (k !== axis && (value < 0 || value >= (shape[k] ?? 0))) return;
    const start = Math.max(0, from);
    const stop = Math.min(shape[axis] ?? 0, to);
    const edge = chunk[axis] ?? 1;
    const index = at.map((value, k) => Math.floor(value / (chunk[k] ?? 1)));
    for (let first = start; first < stop; ) {
      const number = Math.floor(first / edge);
      const last = Math.min(stop, (number + 1) * edge);
      index[axis] = number;
      this.#write(index, at, axis, first, last, label, only);
      first = last;
    }
  }

  /** Ends the edit. @returns what changed; nothing when no voxel did */
  finish(): BrickPatch[] {
    const fine = [...this.#writing.values()].filter(({ positions }) => positions.length > 0);
    const patches = fine.map((writing) => this.#patch(writing));
    for (let level = 1; level < this.#source.levels.length; level++)
      patches.push(...this.#coarse(level, fine));
    return patches;
  }

  #write(
    index: readonly number[],
    at: readonly number[],
    axis: number,
    first: number,
    last: number,
    label: number,
    only: number | null,
  ): void {
    const writing = this.#open(0, index);
    const { data } = writing.brick;
    const { chunk } = this.#info;
    let offset = 0;
    for (const [k, stride] of writing.strides.entries()) {
      const place = k === axis ? first : (at[k] ?? 0);
      offset += (place - (index[k] ?? 0) * (chunk[k] ?? 1)) * stride;
    }
    const step = writing.strides[axis] ?? 1;
    if (this.#big) {
      const value = BigInt(label);
      const kept = only === null ? undefined : BigInt(only);
      const array = data as BigInt64Array;
      for (let i = first; i < last; i++, offset += step) {
        const before = array[offset] as bigint;
        if (before === value || (kept !== undefined && before !== kept)) continue;
        writing.positions.push(offset);
        writing.before.push(before);
        array[offset] = value;
      }
      return;
    }
    const array = data as Int32Array;
    for (let i = first; i < last; i++, offset += step) {
      const before = array[offset] as number;
      if (before === label || (only !== null && before !== only)) continue;
      writing.positions.push(offset);
      writing.before.push(before);
      array[offset] = label;
    }
  }

  #open(level: number, index: readonly number[]): Writing {
    const key = keyOf(level, index);
    let writing = this.#writing.get(key);
    if (writing === undefined) {
      const { brick } = this.#own(level, index);
      writing = {
        level,
        index: [...index],
        brick,
        strides: stridesOf(brick.shape),
        positions: [],
        before: [],
      };
      this.#writing.set(key, writing);
    }
    return writing;
  }

  /** The coarse voxels whose fine voxel changed. */
  #coarse(level: number, fine: readonly Writing[]): BrickPatch[] {
    const info = this.#source.levels[level];
    if (info === undefined) return [];
    const changed = new Map<string, Writing>();
    for (const { index, brick, strides, positions } of fine) {
      const origin = index.map((i, axis) => i * (this.#info.chunk[axis] ?? 1));
      const axes = origin.map((first, axis) => shownAxis(info, axis, first, brick.shape[axis] ?? 0));
      for (const position of positions) {
        const coarse: number[] = [];
        let rest = position;
        for (const [axis, stride] of strides.entries()) {
          const k = Math.floor(rest / stride);
          rest -= k * stride;
          const shown = axes[axis]?.[k] ?? -1;
          if (shown < 0) break;
          coarse.push(shown);
        }
        if (coarse.length < strides.length) continue;
        const brickIndex = coarse.map((value, axis) => Math.floor(value / (info.chunk[axis] ?? 1)));
        const writing = this.#open(level, brickIndex);
        changed.set(keyOf(level, brickIndex), writing);
        let offset = 0;
        for (const [axis, stride] of writing.strides.entries())
          offset += ((coarse[axis] ?? 0) - (brickIndex[axis] ?? 0) * (info.chunk[axis] ?? 1)) * stride;
        const array = writing.brick.data as Int32Array;
        writing.positions.push(offset);
        writing.before.push(array[offset] as number);
        array[offset] = (brick.data as Int32Array)[position] as number;
      }
    }
    return [...changed.values()].map((writing) => this.#patch(writing));
  }

  #patch({ level, index, brick, positions, before }: Writing): BrickPatch {
    const places = Uint32Array.from(positions);
    const old = makeArray(this.#source.dtype, places.length) as Int32Array;
    const now = makeArray(this.#source.dtype, places.length) as Int32Array;
    const data = brick.data as Int32Array;
    for (let i = 0; i < places.length; i++) {
      old[i] = before[i] as number;
      now[i] = data[places[i] as number] as number;
    }
    return { level, index, positions: places, before: old, after: now };
  }
}

/** For the voxels of a brick along an axis: the coarse voxel that shows each, or -1. */
function shownAxis(info: LevelInfo, axis: number, first: number, count: number): Int32Array {
  const scale = info.scale[axis] ?? 1;
  const translate = info.translate[axis] ?? 0;
  const size = info.shape[axis] ?? 0;
  const shown = new Int32Array(count).fill(-1);
  const low = Math.max(0, Math.floor((first - translate) / scale) - 1);
  for (let k = low; k < size; k++) {
    // Halves go up: of an even number of voxels the upper middle one is shown.
    const fine = Math.floor(k * scale + translate + 0.5) - first;
    if (fine >= count) break;
    if (fine >= 0) shown[fine] = k;
  }
  return shown;
}
