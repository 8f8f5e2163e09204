/**
 * The truth of one session: scene, history, views and open data. Every change goes through here: checked, journalled,
 * applied, told to whoever listens, in that order.
 */
import { randomBytes } from "node:crypto";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { newFeaturedInfo, noLabelFeatures } from "@eyepiece/engine/model/label-features.ts";
import { dataInfo, imageLayer, labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { emptyScene, OperationError } from "@eyepiece/engine/model/scene.ts";
import { tableInfo, tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { type History, NO_HISTORY, record, redo, undo } from "@eyepiece/engine/model/undo.ts";
import {
  isNodeOp,
  isTableLayer,
  type LabelsLayer,
  type Layer,
  type LayerPatch,
  readPatch,
  type Scene,
  SceneOp,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { derivedSource, derivedUri, givesLabels, type Recipe, recipeOf } from "./derived.ts";
import { COMPACT_LINES, Journal, type OpenedRecord } from "./journal.ts";
import type { LabelStore } from "./label-store.ts";
import { LayerActionAsked, layerAction } from "./layer-actions.ts";
import { OpenData } from "./open-data.ts";
import {
  type ImageResult,
  type Look,
  type OpenAs,
  type Reader,
  type ReaderResult,
  shortName,
} from "./reading.ts";
import { withoutLayer } from "./released.ts";
import { renamed } from "./renamed-source.ts";
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

/** Arrays that a kernel wrote, which go with their session. */
const KERNEL_FILE = /-[0-9a-f]{16}\.(npy|chunks)$/;
const COMPACT_BYTES = 256 * 1024 * 1024;
const SceneOps = v.pipe(v.array(SceneOp), v.maxLength(1000));

export class SceneHost {
  readonly #journal: Journal;
  readonly #listener: SceneListener;
  readonly #views = new Map<string, View>();
  readonly #data: SceneData;
  readonly #open: OpenData;
  #scene: Scene;
  #history: History = NO_HISTORY;
  #turn: Promise<void> = Promise.resolve();

  constructor(folder: string, title: string, reader: Reader, listener: SceneListener) {
    this.#journal = new Journal(folder);
    this.#data = new SceneData(folder);
    this.#listener = listener;
    this.#open = new OpenData(this.#journal, this.#data, reader, listener);
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
      if (op.op === "layer.add") return [{ ...op, layer: this.#withData(op.layer) }];
      return [...this.#withFeatures(op, asked), op];
    });
    await this.#data.prepare(this.#scene, ops);
    this.#do(ops, merge);
  }

  /** Labels of which nothing was known get a table when the first row comes. */
  #withFeatures(op: SceneOp, asked: readonly SceneOp[]): SceneOp[] {
    if (op.op !== "items.insert") return [];
    const layer = this.#scene.layers.find((one) => one.id === op.id);
    if (layer?.type !== "labels" || layer.features !== null) return [];
    const first = asked.find((one) => one.op === "items.insert" && one.id === op.id);
    return first === op ? [this.#features(layer, noLabelFeatures())] : [];
  }

  /** What gives labels a table of their own. */
  #features(layer: LabelsLayer, table: Table): SceneOp {
    const id = `s${randomBytes(6).toString("hex")}`;
    const features = newFeaturedInfo(layer, this.#addTable(id, table));
    this.#open.note({ uri: "", sources: [id] });
    return { op: "layer.features", id: layer.id, features };
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
  async open(uri: string, look: Look = {}, { type, replace }: OpenAs = {}): Promise<string[]> {
    const task = `open ${randomBytes(4).toString("hex")}`;
    const onProgress = (fraction: number, text: string) =>
      this.#listener.progress(task, text, fraction, false);
    onProgress(0, `Opening ${shortName(uri)}`);
    try {
      const found = await this.#open.read(uri, { onProgress, ...(type && { type }) });
      if (replace !== undefined) return this.#replace(replace, uri, found);
      const sources = found.map(() => `s${randomBytes(6).toString("hex")}`);
      const ops: SceneOp[] = [];
      for (const [index, result] of found.entries()) {
        const id = `l${randomBytes(6).toString("hex")}`;
        const source = sources[index] ?? "";
        const name = this.#freeName(look?.name ?? result.defaults?.name ?? shortName(uri), ops);
        if ("table" in result) {
          if (!result.defaults)
            throw new OperationError("Features of labels need the labels that they are of.");
          const table = this.#addTable(source, result.table);
          const layer = tableLayer(id, table, { ...result.defaults, name });
          ops.push({ op: "layer.add", layer: looking(layer, { ...look, name }) });
          continue;
        }
        const labels = result.labels === true || type === "labels";
        const named = this.#open.add(renamed(result.source, source), labels);
        if (labels) {
          const layer = labelsLayer(id, named, { ...labelLook(result.defaults), name });
          ops.push({ op: "layer.add", layer: looking(layer, { ...look, name }) });
          continue;
        }
        onProgress(0.9, `Looking at the values of ${shortName(uri)}`);
        const given = { ...result.defaults, ...(readPatch("image", look) as ImageResult["defaults"]), name };
        const layer = await imageLayer(id, named, given);
        ops.push({ op: "layer.add", layer });
      }
      this.#open.note({ uri: found.every((result) => "table" in result) ? "" : uri, sources });
      this.#do(ops, "");
      return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
    } finally {
      this.#listener.progress(task, "", 1, true);
    }
  }

  /** Gives a layer other data. @throws OperationError when they are of another kind */
  #replace(id: string, uri: string, found: readonly ReaderResult[]): string[] {
    const [result] = found;
    const layer = this.#scene.layers.find((one) => one.id === id);
    if (!layer || !result) throw new OperationError(`There is no layer with the id ${id}.`);
    if (layer.type === "labels" && "table" in result) {
      this.#do([this.#features(layer, result.table)], "");
      return [id];
    }
    const fits = "table" in result === isTableLayer(layer);
    if (!fits) throw new OperationError(`${layer.name} is of another kind than these data.`);
    const source = `s${randomBytes(6).toString("hex")}`;
    const { label } = layer.data;
    const data =
      "table" in result && isTableLayer(layer)
        ? tableInfo(layer.type, this.#addTable(source, result.table), label)
        : "source" in result
          ? dataInfo(this.#open.add(renamed(result.source, source), layer.type === "labels"), label)
          : layer.data;
    const axes = "shape" in data ? data.shape.length : data.ndim;
    if (axes !== layer.scale.length)
      throw new OperationError(`${layer.name} has ${layer.scale.length} axes, and these data ${axes}.`);
    this.#open.note({ uri: "table" in result ? "" : uri, sources: [source] });
    this.#do([{ op: "layer.data", id, data }], "", id);
    return [id];
  }

  /** What is painted, for who writes it into files. */
  get painted(): LabelStore {
    return this.#data.labels;
  }

  /** The folder of the label image that a layer's data were opened from; undefined for all other data. */
  labelsFolder(source: string): string | undefined {
    return this.#open.labelsFolder(this.#scene, source);
  }

  /** A layer with what a scene file keeps of its data; `settled` tells whether a file has all that is painted. */
  archived(layer: Layer, settled: (source: string) => boolean = () => false): LayerToArchive {
    const { source: id } = layer.data;
    if (isTableLayer(layer)) {
      const table = this.#data.tables.get(id)?.table;
      return { layer, ...(table && { table }) };
    }
    const opened = this.#open.record(id);
    const source = this.#open.get(id);
    const features =
      layer.type === "labels" && layer.features ? this.table(layer.features.source) : undefined;
    const known = features && { features };
    const lasting = opened && opened.uri !== "" && !recipeOf(opened.uri) && !KERNEL_FILE.test(opened.uri);
    if (lasting && (!this.#data.labels.painted(id) || settled(id)))
      return { layer, address: { uri: opened.uri, index: opened.sources.indexOf(id) }, ...known };
    return { layer, ...(source && { source }), ...known };
  }

  /** Adds the layers of a scene file. @returns their ids */
  adopt({ title, layers }: OpenedArchive): string[] {
    const ops: SceneOp[] = [];
    if (this.#scene.layers.length === 0 && title !== "") ops.push({ op: "scene.set", set: { title } });
    for (const { layer, table, source, address, features } of layers) {
      const sourceId = `s${randomBytes(6).toString("hex")}`;
      const own = { id: `l${randomBytes(6).toString("hex")}`, name: this.#freeName(layer.name, ops) };
      const { label } = layer.data;
      if (isTableLayer(layer) && table) {
        const data = tableInfo(layer.type, this.#addTable(sourceId, table), label);
        this.#open.note({ uri: "", sources: [sourceId] });
        ops.push({ op: "layer.add", layer: { ...layer, ...own, data } });
      } else if (!isTableLayer(layer) && source && address) {
        const data = dataInfo(this.#open.add(renamed(source, sourceId), layer.type === "labels"), label);
        const before = new Array<string>(address.index).fill("");
        this.#open.note({ uri: address.uri, sources: [...before, sourceId] });
        ops.push({ op: "layer.add", layer: { ...layer, ...own, data } });
        if (layer.type !== "labels") continue;
        if (features) ops.push(this.#features({ ...layer, ...own }, features));
        else ops.push({ op: "layer.features", id: own.id, features: null });
      }
    }
    this.#do(ops, "");
    return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
  }

  /** Makes layers of layers: JSON of {@link LayerActionAsked}. @returns the new layers' ids @throws ActionError, SourceError */
  act(json: string): Promise<string[]> {
    return this.#inTurn(() => this.#act(v.parse(LayerActionAsked, JSON.parse(json))));
  }

  async #act(asked: LayerActionAsked): Promise<string[]> {
    const records: OpenedRecord[] = [];
    const newSource = (): string => `s${randomBytes(6).toString("hex")}`;
    const derive = (recipe: Recipe, id = newSource()): ChunkSource => {
      const source = this.#open.add(derivedSource(id, recipe, this.#open.bases(recipe)), givesLabels(recipe));
      records.push({ uri: derivedUri(recipe), sources: [id] });
      return source;
    };
    const ops = await layerAction(
      {
        scene: this.#scene,
        newId: () => `l${randomBytes(6).toString("hex")}`,
        table: (id) => this.#data.tables.get(id),
        addTable: (table) => {
          const source = this.#addTable(newSource(), table);
          records.push({ uri: "", sources: [source.id] });
          return source;
        },
        derive: (recipe) => derive(recipe),
        zeros: (shape, dtype) => {
          const source = this.#open.add(zeroSource(newSource(), shape, dtype), true);
          records.push({ uri: zeroUri(shape, dtype), sources: [source.id] });
          return source;
        },
        frozen: (source) => {
          const id = newSource();
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

  /**
   * A layer that a client adds, with its data: those that it names must be open here; one that names none gets a table
   * without items. Data are opened by address, never by naming a source: that would be a way round the checks of addresses.
   */
  #withData<L extends Layer>(layer: L): L {
    const { source: name, label } = layer.data;
    // A table is one layer's: another that names it would not hear of its edits.
    if (layer.type === "labels" && layer.features !== null)
      return this.#withData({ ...layer, features: null });
    if (this.#open.has(name)) return layer;
    if (isTableLayer(layer)) {
      const known = this.#data.tables.get(name);
      if (known !== undefined) return { ...layer, data: tableInfo(layer.type, known, label) };
      if (name === "") {
        const id = `s${randomBytes(6).toString("hex")}`;
        const table = this.#addTable(id, emptyTable(layer.type, layer.data.ndim));
        this.#open.note({ uri: "", sources: [id] });
        return { ...layer, data: tableInfo(layer.type, table, layer.name) };
      }
    } else if (layer.type === "labels" && name === "") {
      const { shape, dtype } = layer.data;
      const id = `s${randomBytes(6).toString("hex")}`;
      const source = this.#open.add(zeroSource(id, shape, dtype), true);
      this.#open.note({ uri: zeroUri(shape, dtype), sources: [id] });
      return { ...layer, data: dataInfo(source, layer.name) };
    }
    throw new Error(`The layer ${layer.name} names data that this session has not opened.`);
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

  #freeName(wanted: string, pending: readonly SceneOp[]): string {
    const taken = new Set(this.#scene.layers.map((layer) => layer.name));
    for (const op of pending) if (op.op === "layer.add") taken.add(op.layer.name);
    if (!taken.has(wanted)) return wanted;
    for (let n = 1; ; n++) if (!taken.has(`${wanted} [${n}]`)) return `${wanted} [${n}]`;
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

/** A layer with properties of its type. @throws PatchError */
function looking<L extends Layer>(layer: L, look: LayerPatch): L {
  const set = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
  return { ...layer, ...readPatch(layer.type, set) };
}

/** What an image's look says that labels have, too. */
function labelLook(look: ImageResult["defaults"] = {}): Parameters<typeof labelsLayer>[2] {
  const { scale, translate, affine, units, axis_labels, label } = look;
  const known = { scale, translate, affine, units, axis_labels, label };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
