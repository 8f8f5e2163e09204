/**
 * The truth of one session: scene, history, views and open data. Every change goes through here: checked, journalled,
 * applied, told to whoever listens, in that order.
 */
import { randomBytes } from "node:crypto";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { dataInfo, imageLayer, labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { type TableLayerOptions, tableInfo, tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { type History, NO_HISTORY, record, redo, undo } from "@eyepiece/engine/model/undo.ts";
import {
  isNodeOp,
  isTableLayer,
  type Layer,
  type Scene,
  SceneOp,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { COMPACT_LINES, Journal, type OpenedRecord } from "./journal.ts";
import { namedSources, withoutLayer } from "./released.ts";
import { renamed } from "./renamed-source.ts";
import { type AppliedWithData, SceneData } from "./scene-data.ts";
import { zeroResult, zeroSource, zeroUri } from "./zeros.ts";

/** An image that a reader found behind an address. */
export interface ImageResult {
  readonly source: ChunkSource;
  readonly defaults: Parameters<typeof imageLayer>[2];
  /** The values name regions: they become a labels layer. */
  readonly labels?: boolean;
}
/** Items that a reader found; they are read whole. */
export interface TableResult {
  readonly table: Table;
  readonly defaults: TableLayerOptions;
}
/** One dataset that a reader found. */
export type ReaderResult = ImageResult | TableResult;
/** How layers are to look, over what the file says. */
export type Look = ImageResult["defaults"];

/** Opens an address; the session's reader. @throws SourceError */
export type Reader = (
  uri: string,
  options: { signal: AbortSignal; onProgress: (fraction: number, text: string) => void },
) => Promise<readonly ReaderResult[]>;

/** What listeners hear. */
export interface SceneListener {
  /** `ops` lead from the scene before to the present one. */
  changed(ops: readonly SceneOp[]): void;
  sourceAdded(source: ChunkSource): void;
  /** A table came, or changed. */
  tableChanged(source: TableSource): void;
  /** Labels were painted. */
  bricksChanged(source: ChunkSource, bricks: readonly ChangedBrick[]): void;
  /** Nothing shows this source any more, and nothing ever will. */
  sourceRemoved(id: string): void;
  /** Addresses of which that is true for all sources. */
  released(uris: readonly string[]): void;
  progress(task: string, text: string, fraction: number, ended: boolean): void;
  notice(level: "info" | "warn" | "error", text: string): void;
}

const SceneOps = v.pipe(v.array(SceneOp), v.maxLength(1000));

export class SceneHost {
  readonly #journal: Journal;
  readonly #reader: Reader;
  readonly #listener: SceneListener;
  readonly #sources = new Map<string, ChunkSource>();
  readonly #views = new Map<string, View>();
  readonly #data: SceneData;
  readonly #abort = new AbortController();
  #opened: OpenedRecord[] = [];
  #scene: Scene;
  #history: History = NO_HISTORY;
  #turn: Promise<void> = Promise.resolve();

  constructor(folder: string, title: string, reader: Reader, listener: SceneListener) {
    this.#journal = new Journal(folder);
    this.#data = new SceneData(folder);
    this.#reader = reader;
    this.#listener = listener;
    this.#scene = emptyScene(title);
  }

  get scene(): Scene {
    return this.#scene;
  }
  get canUndo(): boolean {
    return this.#history.done.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.undone.length > 0;
  }

  /** The view that was last kept under the name. */
  view(id: string): View | undefined {
    return this.#views.get(id);
  }

  source(id: string): ChunkSource | undefined {
    return this.#sources.get(id);
  }

  /** Brings the journal back to life; data open again in the background. */
  restore(): void {
    const { snapshot, entries } = this.#journal.read();
    if (snapshot) {
      this.#scene = snapshot.scene;
      this.#opened = [...snapshot.opened];
      for (const [id, view] of Object.entries(snapshot.views)) this.#views.set(id, view);
      for (const [id, version] of Object.entries(snapshot.tables ?? {})) this.#loadTable(id, version);
      this.#data.labels.restore(snapshot.labels ?? {});
    }
    for (const entry of entries) {
      if (entry.t === "open") this.#opened.push(entry.opened);
      else if (entry.t === "table") this.#loadTable(entry.id, 0);
      else if (entry.t === "view") this.#views.set(entry.id, entry.view);
      else if (entry.t === "ops") this.#apply(entry.ops, entry.merge, entry.forGood);
      else this.#step(entry.redo);
    }
    this.#release();
    for (const table of this.#data.tables.values()) this.#listener.tableChanged(table);
    for (const opened of this.#opened) void this.#reopen(opened);
  }

  /**
   * Applies operations from outside: JSON of SceneOp[].
   * @throws OperationError, valibot's ValiError: nothing has changed then.
   */
  operate(json: string, merge: string): Promise<void> {
    return this.#inTurn(() => this.#operate(json, merge));
  }

  async #operate(json: string, merge: string): Promise<void> {
    const asked = v.parse(SceneOps, JSON.parse(json));
    const own = asked.find(isNodeOp);
    if (own !== undefined) throw new Error(`${own.op} is the session's own; it cannot be sent.`);
    const ops = asked.map((op) => (op.op === "layer.add" ? { ...op, layer: this.#withData(op.layer) } : op));
    await this.#data.prepare(this.#scene, ops);
    this.#do(ops, merge);
  }

  /** Takes a layer out, now and out of all that can be undone. @throws OperationError */
  removeForGood(id: string): void {
    this.#do([{ op: "layer.remove", id }], "", id);
  }

  /** Takes back or does again. @returns false when there is nothing to. */
  undo(again: boolean): Promise<boolean> {
    return this.#inTurn(() => this.#undo(again));
  }

  async #undo(again: boolean): Promise<boolean> {
    const step = again ? this.#history.undone.at(-1) : this.#history.done.at(-1);
    if (step) await this.#data.prepare(this.#scene, again ? step.redo : step.undo);
    const told = this.#step(again);
    if (!told) return false;
    this.#journal.write({ t: "undo", redo: again });
    this.#tell(told);
    this.#release();
    return true;
  }

  /** Opens an address; each dataset in it becomes a layer on top. @returns the layers' ids */
  async open(uri: string, look: Look = {}): Promise<string[]> {
    const task = `open ${randomBytes(4).toString("hex")}`;
    const onProgress = (fraction: number, text: string) =>
      this.#listener.progress(task, text, fraction, false);
    onProgress(0, `Opening ${shortName(uri)}`);
    try {
      const found = await this.#reader(uri, { signal: this.#abort.signal, onProgress });
      const sources = found.map(() => `s${randomBytes(6).toString("hex")}`);
      const ops: SceneOp[] = [];
      for (const [index, result] of found.entries()) {
        const id = `l${randomBytes(6).toString("hex")}`;
        const source = sources[index] ?? "";
        const name = this.#freeName(look?.name ?? result.defaults?.name ?? shortName(uri), ops);
        if ("table" in result) {
          const table = this.#addTable(source, result.table);
          ops.push({ op: "layer.add", layer: tableLayer(id, table, { ...result.defaults, name }) });
          continue;
        }
        const named = this.#addSource(renamed(result.source, source), result.labels);
        if (result.labels) {
          ops.push({
            op: "layer.add",
            layer: labelsLayer(id, named, { ...labelLook(result.defaults), name }),
          });
          continue;
        }
        onProgress(0.9, `Looking at the values of ${shortName(uri)}`);
        const layer = await imageLayer(id, named, { ...result.defaults, ...look, name });
        ops.push({ op: "layer.add", layer });
      }
      const opened = { uri, sources };
      this.#journal.write({ t: "open", opened });
      this.#opened.push(opened);
      this.#do(ops, "");
      return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
    } finally {
      this.#listener.progress(task, "", 1, true);
    }
  }

  /** Keeps a view for the day when its tab comes back. */
  keepView(id: string, view: View): void {
    this.#views.set(id, view);
    this.#journal.write({ t: "view", id, view });
    this.#compact();
  }

  async dispose(): Promise<void> {
    this.#abort.abort(new Error("The session ended."));
    await Promise.all([...this.#sources.values()].map((source) => source.dispose()));
  }

  #do(ops: readonly SceneOp[], merge: string, forGood?: string): void {
    const before = { scene: this.#scene, history: this.#history };
    const restoreData = this.#data.checkpoint();
    const { told, done } = this.#apply(ops, merge, forGood);
    try {
      this.#journal.write({ t: "ops", ops: done, merge, ...(forGood !== undefined && { forGood }) });
    } catch (cause) {
      // What could not be kept did not happen: the disk is full, and the person must know before more is lost.
      this.#scene = before.scene;
      this.#history = before.history;
      restoreData();
      throw new Error(
        `The change could not be saved: ${cause instanceof Error ? cause.message : String(cause)}`,
        {
          cause,
        },
      );
    }
    this.#tell(told);
    this.#release();
    this.#compact();
  }

  #apply(ops: readonly SceneOp[], merge: string, forGood?: string): AppliedWithData {
    const applied = this.#data.apply(this.#scene, ops);
    this.#scene = applied.scene;
    if (forGood !== undefined) this.#history = withoutLayer(this.#history, forGood);
    else
      this.#history = record(this.#history, applied.done, applied.inverse, merge === "" ? undefined : merge);
    this.#tellBricks(applied.bricks);
    return applied;
  }

  /** One after the other: an edit that waits for bricks keeps its place. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  #tellBricks(bricks: AppliedWithData["bricks"]): void {
    for (const [id, changed] of bricks) {
      const source = this.#sources.get(id);
      if (source !== undefined) this.#listener.bricksChanged(source, changed);
    }
  }

  /** Tells of operations that were carried out, and of the tables that they changed. */
  #tell(told: readonly SceneOp[]): void {
    for (const op of told) {
      const id = op.op === "layer.data" ? op.data.source : "";
      const table = id === "" ? undefined : this.#data.tables.get(id);
      if (table !== undefined) this.#listener.tableChanged(table);
    }
    this.#listener.changed(told);
  }

  /**
   * A layer that a client adds, with its data: those that it names must be open here; one that names none gets a table
   * without items. Data are opened by address, never by naming a source: that would be a way round the checks of addresses.
   */
  #withData<L extends Layer>(layer: L): L {
    const { source: name, label } = layer.data;
    if (this.#sources.has(name)) return layer;
    if (isTableLayer(layer)) {
      const known = this.#data.tables.get(name);
      if (known !== undefined) return { ...layer, data: tableInfo(layer.type, known, label) };
      if (name === "") {
        const id = `s${randomBytes(6).toString("hex")}`;
        const table = this.#addTable(id, emptyTable(layer.type, layer.data.ndim));
        this.#opened.push({ uri: "", sources: [id] });
        return { ...layer, data: tableInfo(layer.type, table, layer.name) };
      }
    } else if (layer.type === "labels" && name === "") {
      const { shape, dtype } = layer.data;
      const id = `s${randomBytes(6).toString("hex")}`;
      const source = this.#addSource(zeroSource(id, shape, dtype), true);
      const opened = { uri: zeroUri(shape, dtype), sources: [id] };
      this.#journal.write({ t: "open", opened });
      this.#opened.push(opened);
      return { ...layer, data: dataInfo(source, layer.name) };
    }
    throw new Error(`The layer ${layer.name} names data that this session has not opened.`);
  }

  /** Lets go of data that neither a layer nor a step of the history names. */
  #release(): void {
    const named = namedSources(this.#scene, this.#history);
    const gone = this.#opened.filter(({ sources }) => !sources.some((id) => named.has(id)));
    if (gone.length === 0) return;
    this.#opened = this.#opened.filter((one) => !gone.includes(one));
    for (const id of gone.flatMap(({ sources }) => sources)) {
      const source = this.#sources.get(id);
      this.#sources.delete(id);
      this.#data.tables.remove(id);
      this.#data.labels.remove(id);
      this.#listener.sourceRemoved(id);
      source?.dispose().catch(() => {});
    }
    const kept = new Set(this.#opened.map(({ uri }) => uri));
    this.#listener.released(gone.map(({ uri }) => uri).filter((uri) => uri !== "" && !kept.has(uri)));
  }

  #step(again: boolean): readonly SceneOp[] | undefined {
    let told: readonly SceneOp[] = [];
    const apply = (scene: Scene, ops: readonly SceneOp[]) => {
      const applied = this.#data.apply(scene, ops);
      told = applied.told;
      this.#tellBricks(applied.bricks);
      return applied;
    };
    const step = again ? redo : undo;
    const result = step(this.#scene, this.#history, apply);
    if (!result) return undefined;
    this.#scene = result.scene;
    this.#history = result.history;
    return told;
  }

  async #reopen(opened: OpenedRecord): Promise<void> {
    const used = this.#scene.layers.some(
      (layer) => opened.sources.includes(layer.data.source) && !isTableLayer(layer),
    );
    // Tables came back from the session's own folder.
    if (!used) return;
    try {
      const onProgress = (fraction: number, text: string) =>
        this.#listener.progress(`reopen ${opened.uri}`, text, fraction, false);
      const found =
        zeroResult(opened.uri) ??
        (await this.#reader(opened.uri, { signal: this.#abort.signal, onProgress }));
      for (const [index, result] of found.entries()) {
        const id = opened.sources[index];
        if (id && "source" in result) this.#addSource(renamed(result.source, id), result.labels);
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#listener.notice("error", `${shortName(opened.uri)} could not be opened again: ${reason}`);
    } finally {
      this.#listener.progress(`reopen ${opened.uri}`, "", 1, true);
    }
  }

  #addTable(id: string, table: Table): TableSource {
    const source = this.#data.tables.add(id, table);
    this.#journal.write({ t: "table", id });
    this.#listener.tableChanged(source);
    return source;
  }

  /** A table whose file is gone or torn is missed by its layer only. */
  #loadTable(id: string, version: number): void {
    try {
      this.#data.tables.load(id, version);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#listener.notice("error", `Items of a layer could not be read again: ${reason}`);
    }
  }

  /** Labels can be painted: their source has the edits over the data. */
  #addSource(source: ChunkSource, labels = false): ChunkSource {
    const known = labels ? this.#data.labels.open(source) : source;
    this.#sources.set(known.id, known);
    this.#listener.sourceAdded(known);
    return known;
  }

  #freeName(wanted: string, pending: readonly SceneOp[]): string {
    const taken = new Set(this.#scene.layers.map((layer) => layer.name));
    for (const op of pending) if (op.op === "layer.add") taken.add(op.layer.name);
    if (!taken.has(wanted)) return wanted;
    for (let n = 1; ; n++) if (!taken.has(`${wanted} [${n}]`)) return `${wanted} [${n}]`;
  }

  #compact(): void {
    if (this.#journal.length < COMPACT_LINES) return;
    const tables = this.#data.tables.save();
    this.#journal.compact({
      scene: this.#scene,
      opened: this.#opened,
      views: Object.fromEntries(this.#views),
      tables,
      labels: this.#data.labels.state(),
    });
    this.#data.tables.sweep();
  }
}

/** What an image's look says that labels have, too. */
function labelLook(look: Look = {}): Parameters<typeof labelsLayer>[2] {
  const { scale, translate, affine, units, axis_labels, label } = look;
  const known = { scale, translate, affine, units, axis_labels, label };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** The last part of a path or address. */
export function shortName(uri: string): string {
  const path = uri.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return path.split(/[/\\]/).at(-1) || uri;
}
