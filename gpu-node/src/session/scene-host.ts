import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { type History, NO_HISTORY, record, redo, undo } from "@eyepiece/engine/model/undo.ts";
import { isNodeOp, type Layer, type Scene, SceneOp, type View } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { Arriving, newLayerId, newSourceId } from "./arriving.ts";
import { derivedSource, derivedUri, givesLabels, type Recipe } from "./derived.ts";
import { COMPACT_LINES, Journal, type OpenedRecord } from "./journal.ts";
import type { LabelStore } from "./label-store.ts";
import { LayerActionAsked, layerAction } from "./layer-actions.ts";
import { OpenData } from "./open-data.ts";
import type { Look, OpenAs, Reader } from "./reading.ts";
import { withoutLayer } from "./released.ts";
import type { LayerToArchive, OpenedArchive } from "./scene-archive.ts";
import { type AppliedWithData, SceneData } from "./scene-data.ts";
import { zeroSource, zeroUri } from "./zeros.ts";

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

const COMPACT_BYTES = 256 * 1024 * 1024;
const SceneOps = v.pipe(v.array(SceneOp), v.maxLength(1000));

export class SceneHost {
  readonly #journal: Journal;
  readonly #listener: SceneListener;
  readonly #views = new Map<string, View>();
  readonly #data: SceneData;
  readonly #open: OpenData;
  readonly #arriving: Arriving;
  #scene: Scene;
  #history: History = NO_HISTORY;
  #turn: Promise<void> = Promise.resolve();

  constructor(folder: string, title: string, reader: Reader, listener: SceneListener) {
    this.#journal = new Journal(folder);
    this.#data = new SceneData(folder);
    this.#listener = listener;
    this.#open = new OpenData(this.#journal, this.#data, reader, listener);
    this.#scene = emptyScene(title);
    const session = this;
    this.#arriving = new Arriving({
      get scene() {
        return session.#scene;
      },
      data: this.#data,
      open: this.#open,
      journal: this.#journal,
      listener,
      carryOut: (...asked) => this.#do(...asked),
    });
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
    return this.#open.get(id);
  }

  /** Items by the name of their source. */
  table(id: string): Table | undefined {
    return this.#data.tables.get(id)?.table;
  }

  /** A table, with its version. */
  tableSource(id: string): TableSource | undefined {
    return this.#data.tables.get(id);
  }

  /** Brings the journal back to life; data open again in the background. */
  restore(): void {
    const { snapshot, entries } = this.#journal.read();
    if (snapshot) {
      this.#scene = snapshot.scene;
      for (const opened of snapshot.opened) this.#open.noted(opened);
      for (const [id, view] of Object.entries(snapshot.views)) this.#views.set(id, view);
      for (const [id, version] of Object.entries(snapshot.tables ?? {})) this.#loadTable(id, version);
      this.#data.labels.restore(snapshot.labels ?? {});
    }
    for (const entry of entries) {
      if (entry.t === "open") this.#open.noted(entry.opened);
      else if (entry.t === "table") this.#loadTable(entry.id, 0);
      else if (entry.t === "view") this.#views.set(entry.id, entry.view);
      else if (entry.t === "ops") this.#apply(entry.ops, entry.merge, entry.forGood);
      else this.#step(entry.redo);
    }
    this.#open.release(this.#scene, this.#history);
    for (const table of this.#data.tables.values()) this.#listener.tableChanged(table);
    this.#open.reopen(this.#scene);
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
    const ops = asked.flatMap((op): SceneOp[] => {
      if (op.op === "layer.add") return [{ ...op, layer: this.#arriving.withData(op.layer) }];
      return [...this.#arriving.withFeatures(op, asked), op];
    });
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
    this.#open.release(this.#scene, this.#history);
    return true;
  }

  /** Opens an address; each dataset in it becomes a layer on top. @returns the layers' ids */
  open(uri: string, look: Look = {}, as: OpenAs = {}): Promise<string[]> {
    return this.#arriving.open(uri, look, as);
  }

  /** Adds the layers of a scene file. @returns their ids */
  adopt(archive: OpenedArchive): string[] {
    return this.#arriving.adopt(archive);
  }

  /** A layer with what a scene file keeps of its data; `settled` tells whether a file has all that is painted. */
  archived(layer: Layer, settled?: (source: string) => boolean): LayerToArchive {
    return this.#arriving.archived(layer, settled);
  }

  /** The folder of the label image that a layer's data were opened from; undefined for all other data. */
  labelsFolder(source: string): string | undefined {
    return this.#open.labelsFolder(this.#scene, source);
  }

  /** What is painted, for who writes it into files. */
  get painted(): LabelStore {
    return this.#data.labels;
  }

  /** Makes layers of layers: JSON of {@link LayerActionAsked}. @returns the new layers' ids @throws ActionError, SourceError */
  act(json: string): Promise<string[]> {
    return this.#inTurn(() => this.#act(v.parse(LayerActionAsked, JSON.parse(json))));
  }

  async #act(asked: LayerActionAsked): Promise<string[]> {
    const records: OpenedRecord[] = [];
    const derive = (recipe: Recipe, id = newSourceId()): ChunkSource => {
      const source = this.#open.add(derivedSource(id, recipe, this.#open.bases(recipe)), givesLabels(recipe));
      records.push({ uri: derivedUri(recipe), sources: [id] });
      return source;
    };
    const ops = await layerAction(
      {
        scene: this.#scene,
        newId: newLayerId,
        table: (id) => this.#data.tables.get(id),
        addTable: (table) => {
          const source = this.#arriving.addTable(newSourceId(), table);
          records.push({ uri: "", sources: [source.id] });
          return source;
        },
        derive: (recipe) => derive(recipe),
        zeros: (shape, dtype) => {
          const source = this.#open.add(zeroSource(newSourceId(), shape, dtype), true);
          records.push({ uri: zeroUri(shape, dtype), sources: [source.id] });
          return source;
        },
        frozen: (source) => {
          const id = newSourceId();
          const { made, applied } = this.#data.labels.copy(source, id);
          return derive({ kind: "same", sources: [source], made, applied: [...applied] }, id);
        },
      },
      asked,
    );
    for (const opened of records) this.#open.note(opened);
    await this.#data.prepare(this.#scene, ops);
    this.#do(ops, "");
    return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
  }

  /** Keeps a view for the day when its tab comes back. */
  keepView(id: string, view: View): void {
    this.#views.set(id, view);
    this.#journal.write({ t: "view", id, view });
    this.#compact();
  }

  async dispose(): Promise<void> {
    await this.#open.dispose();
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
    this.#open.release(this.#scene, this.#history);
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
      const source = this.#open.get(id);
      if (source !== undefined) this.#listener.bricksChanged(source, changed);
    }
  }

  /** Tells of operations that were carried out, and of the tables that they changed. */
  #tell(told: readonly SceneOp[]): void {
    for (const op of told) {
      const info = op.op === "layer.data" ? op.data : op.op === "layer.features" ? op.features : undefined;
      const id = info?.source ?? "";
      const table = id === "" ? undefined : this.#data.tables.get(id);
      if (table !== undefined) this.#listener.tableChanged(table);
    }
    this.#listener.changed(told);
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

  /** A table whose file is gone or torn is missed by its layer only. */
  #loadTable(id: string, version: number): void {
    try {
      this.#data.tables.load(id, version);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#listener.notice("error", `Items of a layer could not be read again: ${reason}`);
    }
  }

  #compact(): void {
    // Tables that went are kept for the journal's sake until there is a snapshot.
    if (this.#journal.length < COMPACT_LINES && this.#data.tables.garbage < COMPACT_BYTES) return;
    const tables = this.#data.tables.save();
    this.#journal.compact({
      scene: this.#scene,
      opened: this.#open.records,
      views: Object.fromEntries(this.#views),
      tables,
      labels: this.#data.labels.state(),
    });
    this.#data.tables.sweep();
  }
}
