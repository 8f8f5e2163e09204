/**
 * What one view's page asks when it draws by itself: the facts of a layer's data, its bricks, and word of what was edited.
 *
 *     asked --a reader is free, and the page has taken what came before--> reading --> answered
 *       `--cancelled--> gone           `--cancelled: the read is aborted--> gone
 *
 * Bricks are read in the order in which they are asked for: the page's cache asks for the nearest first, and takes back what it has
 * left. They come from the session's cache where they are there, and are not kept by it otherwise.
 */
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";
import { ELEMENT_BYTES, volumeOf } from "@eyepiece/engine/data/array.ts";
import { encodeBrick, MOST_BRICK_BYTES } from "@eyepiece/engine/data/brick-wire.ts";
import type { Brick, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import { type TableSource, tableBytes } from "@eyepiece/engine/data/table.ts";
import { encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import type { ArrayFacts } from "@eyepiece/protocol/viewer/array-facts.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";

type Event = eyepiece.viewer.BrickEvent.$Properties;
type BrickAsked = eyepiece.viewer.BrickAsked.$Properties;

/** Asks that may wait; a page has far fewer under way. */
export const MOST_ASKS = 256;
/** Bricks that are read at once. */
const READERS = 4;
/** Bytes under way to the page beyond which no further brick is read: what it takes back meanwhile was not sent in vain. */
const MOST_UNDER_WAY = 8 * 1024 * 1024;
/** The largest table that is sent. */
const MOST_TABLE_BYTES = 48 * 1024 * 1024;
const MAX_REQUEST = 64 * 1024;
/** Sources that a page may wait for. */
const MOST_SOURCES = 1024;

const deflater = promisify(deflateRaw);
/** Fast rather than short: the level that keeps up with a network. */
const deflate = (bytes: Uint8Array): Promise<Uint8Array> => deflater(bytes, { level: 1 });

/** The session's data. */
export interface ServedData {
  /** An array that a layer shows; undefined while it is not open. */
  source(id: string): ChunkSource | undefined;
  table(id: string): TableSource | undefined;
  /** A brick that is in memory. */
  cached(source: ChunkSource, level: number, index: readonly number[]): Brick | undefined;
}

interface Ask {
  readonly id: number;
  readonly asked: BrickAsked;
  readonly abort: AbortController;
}

/** See the file's comment. */
export class BrickService {
  readonly #data: ServedData;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #waiting = new Map<number, Ask>();
  readonly #reading = new Map<number, Ask>();
  /** Data that the page draws from: it hears of their edits. */
  readonly #known = new Set<string>();
  readonly #awaited = new Set<string>();
  #sent = 0;
  #acknowledged = 0;

  /** @param send takes an encoded BrickEvent to the page */
  constructor(data: ServedData, send: (bytes: Uint8Array) => void) {
    this.#data = data;
    this.#send = send;
    this.#tell({ ready: {} });
  }

  /** The page has taken so many bytes in all. */
  acknowledge(bytes: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, bytes);
    this.#pump();
  }

  /** Takes an encoded BrickRequest. What cannot be understood is not answered: no page sends it. */
  request(bytes: Uint8Array): void {
    let request: eyepiece.viewer.BrickRequest;
    try {
      request = decodeMessage(viewer.BrickRequest, bytes, MAX_REQUEST);
    } catch {
      return;
    }
    if (request.data) this.#describe(request.data.source ?? "");
    else if (request.brick) this.#ask(request.brick);
    else if (request.cancel) this.#cancel(request.cancel.id ?? 0);
    else if (request.sync) this.#tell({ sync: { id: request.sync.id ?? 0 } });
  }

  /** Data were opened: whoever waits for them is told. */
  opened(id: string): void {
    if (this.#awaited.delete(id)) this.#describe(id);
  }

  /** A table was edited. */
  tableChanged(id: string): void {
    if (this.#known.has(id)) this.#tell({ stale: { source: id } });
    else this.opened(id);
  }

  /** Bricks were edited. */
  bricksChanged(id: string, bricks: readonly ChangedBrick[]): void {
    if (!this.#known.has(id)) return;
    const places = bricks.map(({ level, index }) => ({ level, index: [...index] }));
    this.#tell({ changed: { source: id, bricks: places } });
  }

  /** Aborts all reads. */
  dispose(): void {
    this.#waiting.clear();
    for (const { abort } of this.#reading.values()) abort.abort(new Error("The page draws no more."));
    this.#reading.clear();
  }

  #tell(event: Event): void {
    const bytes = encodeMessage(viewer.BrickEvent, event);
    this.#sent += bytes.byteLength;
    this.#send(bytes);
  }

  #describe(id: string): void {
    const source = this.#data.source(id);
    const table = source ? undefined : this.#data.table(id);
    if (source) this.#tell({ data: { source: id, version: source.version, arrayJson: factsOf(source) } });
    else if (table && tableBytes(table.table) > MOST_TABLE_BYTES)
      this.#tell({ data: { source: id, failure: "A table is too large to be sent." } });
    else if (table)
      this.#tell({ data: { source: id, version: table.version, table: encodeTable(table.table) } });
    else if (this.#awaited.size < MOST_SOURCES) this.#awaited.add(id);
    if (source || table) this.#known.add(id);
  }

  #ask(asked: BrickAsked): void {
    const id = asked.id ?? 0;
    if (this.#waiting.has(id) || this.#reading.has(id)) return;
    if (this.#waiting.size >= MOST_ASKS) {
      const message = `At most ${MOST_ASKS} bricks may be asked for at once.`;
      this.#tell({ failed: { id, code: "too_many", message } });
      return;
    }
    this.#waiting.set(id, { id, asked, abort: new AbortController() });
    this.#pump();
  }

  #cancel(id: number): void {
    this.#waiting.delete(id);
    this.#reading.get(id)?.abort.abort(new Error("The brick is not wanted any more."));
  }

  #pump(): void {
    while (this.#reading.size < READERS && this.#sent - this.#acknowledged <= MOST_UNDER_WAY) {
      const [next] = this.#waiting.values();
      if (next === undefined) return;
      this.#waiting.delete(next.id);
      this.#reading.set(next.id, next);
      void this.#answer(next);
    }
  }

  async #answer({ id, asked, abort }: Ask): Promise<void> {
    try {
      const brick = await this.#read(asked, abort.signal);
      if (!abort.signal.aborted) this.#tell({ brick: { id, brick } });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      if (!abort.signal.aborted) this.#tell({ failed: { id, code: "failed", message } });
    } finally {
      this.#reading.delete(id);
      this.#pump();
    }
  }

  async #read(asked: BrickAsked, signal: AbortSignal): Promise<Uint8Array> {
    const source = this.#data.source(asked.source ?? "");
    if (!source) throw new Error("These data are not open here.");
    const at = asked.level ?? 0;
    const index = asked.index ?? [];
    const level = source.levels[at];
    const there =
      index.length === source.ndim &&
      index.every((i, axis) => i * (level?.chunk[axis] ?? 1) < (level?.shape[axis] ?? 0));
    if (!level || !there) throw new Error("There is no such brick.");
    const { dtype, channels } = source;
    const most = volumeOf(level.chunk) * Math.max(1, channels) * ELEMENT_BYTES[dtype];
    if (most > MOST_BRICK_BYTES) throw new Error("The data come in pieces that are too large to be sent.");
    const known = this.#data.cached(source, at, index);
    const brick = known ?? (await source.readBrick(at, index, { signal }));
    signal.throwIfAborted();
    return encodeBrick({ brick, dtype, channels }, deflate);
  }
}

function factsOf({ dtype, ndim, channels, levels }: ChunkSource): string {
  const facts: ArrayFacts = {
    dtype,
    ndim,
    channels,
    levels: levels.map(({ shape, chunk, scale, translate }) => ({
      shape: [...shape],
      chunk: [...chunk],
      scale: [...scale],
      translate: [...translate],
    })),
  };
  return JSON.stringify(facts);
}
