import type { Brick, BrickKey, ChunkSource } from "./chunk-source.ts";

/** Where a brick is. Absent from the cache means never asked for, cancelled, or evicted. */
export type BrickState = "requested" | "loading" | "resident" | "failed";

/** One wanted brick; the lowest `priority` is read first. */
export interface Wanted {
  readonly source: ChunkSource;
  readonly level: number;
  readonly index: readonly number[];
  readonly priority: number;
}

interface Entry {
  readonly key: string;
  readonly source: ChunkSource;
  readonly level: number;
  readonly index: readonly number[];
  state: BrickState;
  priority: number;
  /** The groups (views) that want it now. */
  readonly wantedBy: Set<string>;
  brick?: Brick;
  bytes: number;
  abort?: AbortController;
  error?: Error;
}

/** Options of the cache. */
export interface BrickCacheOptions {
  /** Bytes of brick data that may be held. */
  readonly budget: number;
  /** Reads in flight at once. */
  readonly concurrency?: number;
}

/** The text that names a brick. */
export function brickKey(key: BrickKey): string {
  return `${key.source}@${key.version}/${key.level}/${key.index.join(",")}`;
}

/**
 * Bricks in memory within a budget, shared by all views of a session.
 *
 * `want(group, list)` replaces what a group needs: new bricks are read in the order of priority, reads that nobody wants any
 * more are aborted, and wanted bricks are never evicted while an unwanted one is left. The rest leaves least recently used first.
 */
export class BrickCache {
  /** Called when a brick became resident or failed. */
  onChange: (key: string) => void = () => {};
  #budget: number;
  readonly #concurrency: number;
  /** In order of last use, oldest first: a used entry is taken out and put back. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #loading = 0;
  #disposed = false;

  constructor(options: BrickCacheOptions) {
    this.#budget = options.budget;
    this.#concurrency = options.concurrency ?? 8;
  }

  /** Bytes of resident bricks. */
  get bytes(): number {
    return this.#bytes;
  }
  get budget(): number {
    return this.#budget;
  }

  /** Changes the budget; what is over it leaves at once. */
  setBudget(bytes: number): void {
    this.#budget = bytes;
    this.#evict();
  }

  /** The resident brick, or undefined. A use: the brick becomes the most recent. */
  get(source: ChunkSource, level: number, index: readonly number[]): Brick | undefined {
    const key = keyOf(source, level, index);
    const entry = this.#entries.get(key);
    if (entry?.brick === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.brick;
  }

  /** A brick's state; undefined when the cache does not know it. */
  state(source: ChunkSource, level: number, index: readonly number[]): BrickState | undefined {
    return this.#entries.get(keyOf(source, level, index))?.state;
  }

  /** Why a brick failed. */
  error(source: ChunkSource, level: number, index: readonly number[]): Error | undefined {
    return this.#entries.get(keyOf(source, level, index))?.error;
  }

  /** Why one of the bricks that a group wants failed, if one did. */
  failure(group: string): Error | undefined {
    for (const entry of this.#entries.values()) {
      if (entry.state === "failed" && entry.wantedBy.has(group)) return entry.error;
    }
    return undefined;
  }

  /** Replaces all that a group wants. */
  want(group: string, list: readonly Wanted[]): void {
    if (this.#disposed) return;
    const keys = new Set<string>();
    for (const wanted of list) {
      const key = keyOf(wanted.source, wanted.level, wanted.index);
      keys.add(key);
      const entry = this.#entries.get(key);
      if (entry === undefined) {
        this.#entries.set(key, {
          key,
          source: wanted.source,
          level: wanted.level,
          index: [...wanted.index],
          state: "requested",
          priority: wanted.priority,
          wantedBy: new Set([group]),
          bytes: 0,
        });
      } else {
        entry.priority =
          entry.wantedBy.size === 0 ? wanted.priority : Math.min(entry.priority, wanted.priority);
        entry.wantedBy.add(group);
      }
    }
    for (const entry of [...this.#entries.values()]) {
      if (!keys.has(entry.key) && entry.wantedBy.delete(group) && entry.wantedBy.size === 0)
        this.#release(entry);
    }
    this.#pump();
  }

  /** Puts another brick in the place of one that is here. One that is being read is read again. */
  replace(source: ChunkSource, level: number, index: readonly number[], brick: Brick): void {
    const entry = this.#entries.get(keyOf(source, level, index));
    if (entry === undefined) return;
    if (entry.state === "resident") {
      this.#bytes += brick.data.byteLength - entry.bytes;
      entry.bytes = brick.data.byteLength;
      entry.brick = brick;
    } else if (entry.state === "loading") {
      // What is on its way may be from before the edit.
      entry.abort?.abort(new Error("The brick was edited."));
      this.#entries.set(entry.key, { ...entry, state: "requested", wantedBy: new Set(entry.wantedBy) });
      this.#pump();
    }
  }

  /** Forgets a group, as when a view closes. */
  forget(group: string): void {
    this.want(group, []);
  }

  /** Drops everything of a source, of all versions or of all but one; its reads are aborted. */
  drop(source: string, exceptVersion?: number): void {
    for (const entry of [...this.#entries.values()]) {
      if (entry.source.id === source && entry.source.version !== exceptVersion) this.#remove(entry);
    }
    this.#pump();
  }

  /** Aborts all reads and releases all bricks. */
  dispose(): void {
    this.#disposed = true;
    for (const entry of [...this.#entries.values()]) this.#remove(entry);
  }

  #release(entry: Entry): void {
    // A failed brick is tried again when it is wanted again.
    if (entry.state !== "resident") this.#remove(entry);
    else this.#evict();
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.key);
    this.#bytes -= entry.bytes;
    entry.abort?.abort(new Error("The brick is not wanted any more."));
  }

  #pump(): void {
    while (this.#loading < this.#concurrency && !this.#disposed) {
      let next: Entry | undefined;
      for (const entry of this.#entries.values()) {
        if (entry.state === "requested" && (next === undefined || entry.priority < next.priority))
          next = entry;
      }
      if (next === undefined) return;
      void this.#load(next);
    }
  }

  async #load(entry: Entry): Promise<void> {
    const abort = new AbortController();
    entry.abort = abort;
    entry.state = "loading";
    this.#loading++;
    try {
      const brick = await entry.source.readBrick(entry.level, entry.index, { signal: abort.signal });
      if (this.#entries.get(entry.key) !== entry) return;
      entry.brick = brick;
      entry.bytes = brick.data.byteLength;
      entry.state = "resident";
      this.#bytes += entry.bytes;
      this.#evict();
    } catch (error) {
      if (this.#entries.get(entry.key) !== entry) return;
      entry.state = "failed";
      entry.error = error instanceof Error ? error : new Error(String(error));
    } finally {
      delete entry.abort;
      this.#loading--;
      this.#pump();
    }
    this.onChange(entry.key);
  }

  #evict(): void {
    if (this.#bytes <= this.#budget) return;
    for (const entry of [...this.#entries.values()]) {
      if (this.#bytes <= this.#budget) return;
      if (entry.state === "resident" && entry.wantedBy.size === 0) this.#remove(entry);
    }
  }
}

function keyOf(source: ChunkSource, level: number, index: readonly number[]): string {
  return brickKey({ source: source.id, version: source.version, level, index });
}
