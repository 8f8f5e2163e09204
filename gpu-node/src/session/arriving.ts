/** Layers that come into a session with their data: opened, given by a client, from a scene file. */
import { randomBytes } from "node:crypto";
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { newFeaturedInfo, noLabelFeatures } from "@eyepiece/engine/model/label-features.ts";
import { dataInfo, imageLayer, labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { OperationError } from "@eyepiece/engine/model/scene.ts";
import { tableInfo, tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import {
  isTableLayer,
  type LabelsLayer,
  type Layer,
  type LayerPatch,
  readPatch,
  type Scene,
  type SceneOp,
} from "@eyepiece/protocol/scene/schema.ts";
import { recipeOf } from "./derived.ts";
import type { Journal } from "./journal.ts";
import type { OpenData } from "./open-data.ts";
import { type ImageResult, type Look, type OpenAs, type ReaderResult, shortName } from "./reading.ts";
import { renamed } from "./renamed-source.ts";
import type { LayerToArchive, OpenedArchive } from "./scene-archive.ts";
import type { SceneData } from "./scene-data.ts";
import type { SceneListener } from "./scene-host.ts";
import { zeroSource, zeroUri } from "./zeros.ts";

/** The session that layers come into. */
interface Receiving {
  readonly scene: Scene;
  readonly data: SceneData;
  readonly open: OpenData;
  readonly journal: Journal;
  readonly listener: SceneListener;
  /** Checks, journals, applies and tells. @param forGood the layer of which nothing can be undone any more */
  carryOut(ops: readonly SceneOp[], merge: string, forGood?: string): void;
}

/** Arrays that a kernel wrote, which go with their session. */
const KERNEL_FILE = /-[0-9a-f]{16}\.(npy|chunks)$/;

export const newSourceId = (): string => `s${randomBytes(6).toString("hex")}`;
export const newLayerId = (): string => `l${randomBytes(6).toString("hex")}`;

export class Arriving {
  readonly #session: Receiving;

  constructor(session: Receiving) {
    this.#session = session;
  }

  /** Labels of which nothing was known get a table when the first row comes. */
  withFeatures(op: SceneOp, asked: readonly SceneOp[]): SceneOp[] {
    if (op.op !== "items.insert") return [];
    const layer = this.#session.scene.layers.find((one) => one.id === op.id);
    if (layer?.type !== "labels" || layer.features !== null) return [];
    const first = asked.find((one) => one.op === "items.insert" && one.id === op.id);
    return first === op ? [this.#features(layer, noLabelFeatures())] : [];
  }

  /** What gives labels a table of their own. */
  #features(layer: LabelsLayer, table: Table): SceneOp {
    const id = newSourceId();
    const features = newFeaturedInfo(layer, this.addTable(id, table));
    this.#session.open.note({ uri: "", sources: [id] });
    return { op: "layer.features", id: layer.id, features };
  }

  /** Opens an address; each dataset in it becomes a layer on top. @returns the layers' ids */
  async open(uri: string, look: Look = {}, { type, replace }: OpenAs = {}): Promise<string[]> {
    const task = `open ${randomBytes(4).toString("hex")}`;
    const onProgress = (fraction: number, text: string) =>
      this.#session.listener.progress(task, text, fraction, false);
    onProgress(0, `Opening ${shortName(uri)}`);
    try {
      const found = await this.#session.open.read(uri, { onProgress, ...(type && { type }) });
      if (replace !== undefined) return this.#replace(replace, uri, found);
      const sources = found.map(() => newSourceId());
      const ops: SceneOp[] = [];
      for (const [index, result] of found.entries()) {
        const id = newLayerId();
        const source = sources[index] ?? "";
        const name = this.#freeName(look?.name ?? result.defaults?.name ?? shortName(uri), ops);
        if ("table" in result) {
          if (!result.defaults)
            throw new OperationError("Features of labels need the labels that they are of.");
          const table = this.addTable(source, result.table);
          const layer = tableLayer(id, table, { ...result.defaults, name });
          ops.push({ op: "layer.add", layer: looking(layer, { ...look, name }) });
          continue;
        }
        const labels = result.labels === true || type === "labels";
        const named = this.#session.open.add(renamed(result.source, source), labels);
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
      this.#session.open.note({ uri: found.every((result) => "table" in result) ? "" : uri, sources });
      this.#session.carryOut(ops, "");
      return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
    } finally {
      this.#session.listener.progress(task, "", 1, true);
    }
  }

  /** Gives a layer other data. @throws OperationError when they are of another kind */
  #replace(id: string, uri: string, found: readonly ReaderResult[]): string[] {
    const [result] = found;
    const layer = this.#session.scene.layers.find((one) => one.id === id);
    if (!layer || !result) throw new OperationError(`There is no layer with the id ${id}.`);
    if (layer.type === "labels" && "table" in result) {
      this.#session.carryOut([this.#features(layer, result.table)], "");
      return [id];
    }
    const fits = "table" in result === isTableLayer(layer);
    if (!fits) throw new OperationError(`${layer.name} is of another kind than these data.`);
    const source = newSourceId();
    const { label } = layer.data;
    const data =
      "table" in result && isTableLayer(layer)
        ? tableInfo(layer.type, this.addTable(source, result.table), label)
        : "source" in result
          ? dataInfo(this.#session.open.add(renamed(result.source, source), layer.type === "labels"), label)
          : layer.data;
    const axes = "shape" in data ? data.shape.length : data.ndim;
    if (axes !== layer.scale.length)
      throw new OperationError(`${layer.name} has ${layer.scale.length} axes, and these data ${axes}.`);
    this.#session.open.note({ uri: "table" in result ? "" : uri, sources: [source] });
    this.#session.carryOut([{ op: "layer.data", id, data }], "", id);
    return [id];
  }

  /** The folder of the label image that a layer's data were opened from; undefined for all other data. */
  labelsFolder(source: string): string | undefined {
    return this.#session.open.labelsFolder(this.#session.scene, source);
  }

  /** A layer with what a scene file keeps of its data; `settled` tells whether a file has all that is painted. */
  archived(layer: Layer, settled: (source: string) => boolean = () => false): LayerToArchive {
    const { source: id } = layer.data;
    if (isTableLayer(layer)) {
      const table = this.#session.data.tables.get(id)?.table;
      return { layer, ...(table && { table }) };
    }
    const opened = this.#session.open.record(id);
    const source = this.#session.open.get(id);
    const features =
      layer.type === "labels" && layer.features
        ? this.#session.data.tables.get(layer.features.source)?.table
        : undefined;
    const known = features && { features };
    const lasting = opened && opened.uri !== "" && !recipeOf(opened.uri) && !KERNEL_FILE.test(opened.uri);
    if (lasting && (!this.#session.data.labels.painted(id) || settled(id)))
      return { layer, address: { uri: opened.uri, index: opened.sources.indexOf(id) }, ...known };
    return { layer, ...(source && { source }), ...known };
  }

  /** Adds the layers of a scene file. @returns their ids */
  adopt({ title, layers }: OpenedArchive): string[] {
    const ops: SceneOp[] = [];
    if (this.#session.scene.layers.length === 0 && title !== "")
      ops.push({ op: "scene.set", set: { title } });
    for (const { layer, table, source, address, features } of layers) {
      const sourceId = newSourceId();
      const own = { id: newLayerId(), name: this.#freeName(layer.name, ops) };
      const { label } = layer.data;
      if (isTableLayer(layer) && table) {
        const data = tableInfo(layer.type, this.addTable(sourceId, table), label);
        this.#session.open.note({ uri: "", sources: [sourceId] });
        ops.push({ op: "layer.add", layer: { ...layer, ...own, data } });
      } else if (!isTableLayer(layer) && source && address) {
        const data = dataInfo(
          this.#session.open.add(renamed(source, sourceId), layer.type === "labels"),
          label,
        );
        const before = new Array<string>(address.index).fill("");
        this.#session.open.note({ uri: address.uri, sources: [...before, sourceId] });
        ops.push({ op: "layer.add", layer: { ...layer, ...own, data } });
        if (layer.type !== "labels") continue;
        if (features) ops.push(this.#features({ ...layer, ...own }, features));
        else ops.push({ op: "layer.features", id: own.id, features: null });
      }
    }
    this.#session.carryOut(ops, "");
    return ops.flatMap((op) => (op.op === "layer.add" ? [op.layer.id] : []));
  }

  /**
   * A layer that a client adds, with its data: those that it names must be open here; one that names none gets a table
   * without items. Data are opened by address, never by naming a source: that would be a way round the checks of addresses.
   */
  withData<L extends Layer>(layer: L): L {
    const { source: name, label } = layer.data;
    // A table is one layer's: another that names it would not hear of its edits.
    if (layer.type === "labels" && layer.features !== null)
      return this.withData({ ...layer, features: null });
    if (this.#session.open.has(name)) return layer;
    if (isTableLayer(layer)) {
      const known = this.#session.data.tables.get(name);
      if (known !== undefined) return { ...layer, data: tableInfo(layer.type, known, label) };
      if (name === "") {
        const id = newSourceId();
        const table = this.addTable(id, emptyTable(layer.type, layer.data.ndim));
        this.#session.open.note({ uri: "", sources: [id] });
        return { ...layer, data: tableInfo(layer.type, table, layer.name) };
      }
    } else if (layer.type === "labels" && name === "") {
      const { shape, dtype } = layer.data;
      const id = newSourceId();
      const source = this.#session.open.add(zeroSource(id, shape, dtype), true);
      this.#session.open.note({ uri: zeroUri(shape, dtype), sources: [id] });
      return { ...layer, data: dataInfo(source, layer.name) };
    }
    throw new Error(`The layer ${layer.name} names data that this session has not opened.`);
  }

  /** Keeps a table. */
  addTable(id: string, table: Table): TableSource {
    const source = this.#session.data.tables.add(id, table);
    this.#session.journal.write({ t: "table", id });
    this.#session.listener.tableChanged(source);
    return source;
  }

  #freeName(wanted: string, pending: readonly SceneOp[]): string {
    const taken = new Set(this.#session.scene.layers.map((layer) => layer.name));
    for (const op of pending) if (op.op === "layer.add") taken.add(op.layer.name);
    if (!taken.has(wanted)) return wanted;
    for (let n = 1; ; n++) if (!taken.has(`${wanted} [${n}]`)) return `${wanted} [${n}]`;
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
