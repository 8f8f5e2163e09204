import { ELEMENT_BYTES, volumeOf } from "./array.ts";
import type { Brick, BrickKey, ChunkSource } from "./chunk-source.ts";

/** Where a brick is. Absent from the cache means never asked for, cancelled, or evicted. */
export type BrickState = "requested" | "loading" | "resident" | "failed";

/** One wanted brick; the lowest `priority` is read first. */
export interface Wanted {
  readonly source: ChunkSource;
  readonly level: number;
  readonly index: readonly number[];
  readonly priority: number;
  /** Not shown yet: read after all that is, into room that nothing else needs, and given up first. */
  readonly ahead?: boolean;
}

interface Entry {
  readonly key: string;
  readonly source: ChunkSource;
  readonly level: number;
  readonly index: readonly number[];
  state: BrickState;
  priority: number;
  /** The groups (views) that want it now; true for those that only expect to. */
  readonly wantedBy: Map<string, boolean>;
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

/** Weight of the newest read in the mean of their times. */
const NEWEST = 0.2;

/**
 * Bricks in memory within a budget, shared by all views of a session.
 *
 * `want(group, list)` replaces what a group needs: new bricks are read in the order of priority, reads that nobody wants any
 * more are aborted, and wanted bricks are never evicted while an unwanted one is left. The rest leaves least recently used first.
 * Room is made before a read begins, so that resident bricks never exceed the budget; only what one picture needs at once may, when
 * nothing else is left to give up.
 */
export class BrickCache {
  /** Called when a brick that is shown became resident or failed, or when a view has to make room. */
  onChange: (key: string) => void = () => {};
  #budget: number;
  readonly #concurrency: number;
  /** In order of last use, oldest first: a used entry is taken out and put back. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #loading = 0;
  /** Bytes of the reads in flight. */
  #reserved = 0;
  #aheadLoading = 0;
  /** Something shown waits for room, and no read is in flight that could change that. */
  #stalled = false;
  /** The views need more at once than the budget: they come first. */
  #overdrawn = false;
  #readMs = 0;
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

  /** What a read takes, in milliseconds: the mean of late ones; 0 before the first. */
  get readMs(): number {
    return this.#readMs;
  }
  /** Reads in flight. */
  get reading(): number {
    return this.#loading;
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
      if (entry.state === "failed" && entry.wantedBy.get(group) === false) return entry.error;
    }
    return undefined;
  }

  /** Replaces all that a group wants. */
  want(group: string, list: readonly Wanted[]): void {
    if (this.#disposed) return;
    const keys = new Set<string>();
    for (const wanted of list) {
      const key = keyOf(wanted.source, wanted.level, wanted.index);
      const again = keys.has(key);
      keys.add(key);
      const ahead = wanted.ahead ?? false;
      const entry = this.#entries.get(key);
      if (entry === undefined) {
        this.#entries.set(key, {
          key,
          source: wanted.source,
          level: wanted.level,
          index: [...wanted.index],
          state: "requested",
          priority: wanted.priority,
          wantedBy: new Map([[group, ahead]]),
          bytes: 0,
        });
      } else {
        entry.priority =
          entry.wantedBy.size === 0 ? wanted.priority : Math.min(entry.priority, wanted.priority);
        entry.wantedBy.set(group, again ? ahead && (entry.wantedBy.get(group) ?? true) : ahead);
      }
    }
    for (const entry of [...this.#entries.values()]) {
      if (!keys.has(entry.key) && entry.wantedBy.delete(group) && entry.wantedBy.size === 0)
        this.#release(entry);
    }
    // The view has had its turn to make room and could not.
    this.#overdrawn = this.#stalled;
    this.#stalled = false;
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
      this.#entries.set(entry.key, { ...entry, state: "requested", wantedBy: new Map(entry.wantedBy) });
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
      const next = this.#next();
      if (next === undefined) return;
      const bytes = expectedBytes(next);
      const ahead = !isShown(next);
      if (ahead && this.#aheadLoading >= Math.max(1, this.#concurrency / 2)) return;
      if (!this.#makeRoom(bytes, ahead) && (ahead || !this.#overdrawn)) {
        if (!ahead && this.#loading === 0) this.#stall();
        return;
      }
      void this.#load(next, bytes, ahead);
    }
  }

  /** What is to be read first. */
  #next(): Entry | undefined {
    let next: Entry | undefined;
    let shown = false;
    for (const entry of this.#entries.values()) {
      if (entry.state !== "requested") continue;
      const here = isShown(entry);
      if (next === undefined || (here && !shown) || (here === shown && entry.priority < next.priority)) {
        next = entry;
        shown = here;
      }
    }
    return next;
  }

  /** Views draw again, and so let go of what they have used. */
  #stall(): void {
    if (this.#stalled) return;
    this.#stalled = true;
    setTimeout(() => {
      if (this.#stalled && !this.#disposed) this.onChange("");
    }, 0);
  }

  async #load(entry: Entry, bytes: number, ahead: boolean): Promise<void> {
    const abort = new AbortController();
    entry.abort = abort;
    entry.state = "loading";
    this.#loading++;
    this.#reserved += bytes;
    if (ahead) this.#aheadLoading++;
    const started = performance.now();
    let reserved = bytes;
    try {
      const brick = await entry.source.readBrick(entry.level, entry.index, { signal: abort.signal });
      if (this.#entries.get(entry.key) !== entry) return;
      const took = performance.now() - started;
      this.#readMs = this.#readMs === 0 ? took : this.#readMs + NEWEST * (took - this.#readMs);
      entry.brick = brick;
      entry.bytes = brick.data.byteLength;
      entry.state = "resident";
      this.#reserved -= reserved;
      reserved = 0;
      this.#bytes += entry.bytes;
      this.#evict();
    } catch (error) {
      if (this.#entries.get(entry.key) !== entry) return;
      entry.state = "failed";
      entry.error = error instanceof Error ? error : new Error(String(error));
    } finally {
      delete entry.abort;
      this.#reserved -= reserved;
      this.#loading--;
      if (ahead) this.#aheadLoading--;
      this.#pump();
    }
    if (isShown(entry)) this.onChange(entry.key);
  }

  #evict(): void {
    this.#makeRoom(0, false);
  }

  /** Lets bricks go until so many more bytes fit: the unwanted, then, for what is shown, those ahead. @returns whether they fit */
  #makeRoom(bytes: number, ahead: boolean): boolean {
    const fits = (): boolean => this.#bytes + this.#reserved + bytes <= this.#budget;
    if (fits()) return true;
    for (const entry of [...this.#entries.values()]) {
      if (entry.state === "resident" && entry.wantedBy.size === 0) this.#remove(entry);
      if (fits()) return true;
    }
    if (ahead) return false;
    const holds = (entry: Entry): boolean => entry.state === "resident" || entry.state === "loading";
    const expected = [...this.#entries.values()].filter((entry) => holds(entry) && !isShown(entry));
    for (const entry of expected.sort((a, b) => b.priority - a.priority)) {
      this.#remove(entry);
      if (fits()) return true;
    }
    return false;
  }
}

/** Some view shows it now. */
function isShown(entry: Entry): boolean {
  for (const ahead of entry.wantedBy.values()) if (!ahead) return true;
  return false;
}

/** Bytes of a whole brick; one at the array's edge has less. */
function expectedBytes({ source, level }: Entry): number {
  const chunk = source.levels[level]?.chunk ?? [];
  return volumeOf(chunk) * Math.max(1, source.channels) * ELEMENT_BYTES[source.dtype];
}

function keyOf(source: ChunkSource, level: number, index: readonly number[]): string {
  return brickKey({ source: source.id, version: source.version, level, index });
}
