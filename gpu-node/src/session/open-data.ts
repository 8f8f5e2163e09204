/**
 * The open data of a session: by the names that layers know them by, with the addresses that bring them back.
 *
 * A record (address, names) is in the journal before a layer names its data. After a restart data open again in the background;
 * those that are computed from others wait for them. What neither a layer nor a step of the history names is let go.
 */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { History } from "@eyepiece/engine/model/undo.ts";
import { isTableLayer, type Scene } from "@eyepiece/protocol/scene/schema.ts";
import { derivedSource, givesLabels, type Recipe, recipeOf, withBases } from "./derived.ts";
import type { Journal, OpenedRecord } from "./journal.ts";
import { labelsFolder } from "./label-writer.ts";
import { type ImageResult, type Reader, shortName } from "./reading.ts";
import { namedSources } from "./released.ts";
import { renamed } from "./renamed-source.ts";
import type { SceneData } from "./scene-data.ts";
import { zeroResult } from "./zeros.ts";

/** Who hears of data that came and went. */
export interface OpenDataListener {
  sourceAdded(source: ChunkSource): void;
  sourceRemoved(id: string): void;
  released(uris: readonly string[]): void;
  progress(task: string, text: string, fraction: number, ended: boolean): void;
  notice(level: "info" | "warn" | "error", text: string): void;
}

/** See the file's comment. */
export class OpenData {
  readonly #journal: Journal;
  readonly #data: SceneData;
  readonly #reader: Reader;
  readonly #listener: OpenDataListener;
  readonly #sources = new Map<string, ChunkSource>();
  /** Of label images: the data without what is painted on them. */
  readonly #unpainted = new Map<string, ChunkSource>();
  /** Data that are being opened again, for what is computed from them. */
  readonly #opening = new Map<string, PromiseWithResolvers<void>>();
  readonly #abort = new AbortController();
  #opened: OpenedRecord[] = [];

  constructor(journal: Journal, data: SceneData, reader: Reader, listener: OpenDataListener) {
    this.#journal = journal;
    this.#data = data;
    this.#reader = reader;
    this.#listener = listener;
  }

  get(id: string): ChunkSource | undefined {
    return this.#sources.get(id);
  }
  has(id: string): boolean {
    return this.#sources.has(id);
  }
  /** All records. */
  get records(): readonly OpenedRecord[] {
    return this.#opened;
  }
  /** The record that names a source. */
  record(id: string): OpenedRecord | undefined {
    return this.#opened.find(({ sources }) => sources.includes(id));
  }

  /** Reads an address. @throws as the reader, and when the session ends */
  read(uri: string, options: Omit<Parameters<Reader>[1], "signal">): ReturnType<Reader> {
    return this.#reader(uri, { ...options, signal: this.#abort.signal });
  }

  /** Keeps a new record. */
  note(opened: OpenedRecord): void {
    this.#journal.write({ t: "open", opened });
    this.#opened.push(opened);
  }

  /** Takes a record of the journal, before its data are open. */
  noted(opened: OpenedRecord): void {
    this.#opened.push(opened);
    const recipe = recipeOf(opened.uri);
    const [id] = opened.sources;
    if (recipe?.kind === "same" && id !== undefined) this.#data.labels.restore({ [id]: recipe });
  }

  /** Opens in the background what a scene shows. */
  reopen(scene: Scene): void {
    for (const opened of this.#opened) void this.#reopen(opened, scene);
  }

  async #reopen(opened: OpenedRecord, scene: Scene): Promise<void> {
    const shown = new Set(
      scene.layers.filter((layer) => !isTableLayer(layer)).map((layer) => layer.data.source),
    );
    const needed = withBases(shown, this.#opened);
    // Tables came back from the session's own folder.
    if (!opened.sources.some((id) => needed.has(id))) return;
    try {
      const onProgress = (fraction: number, text: string) =>
        this.#listener.progress(`reopen ${opened.uri}`, text, fraction, false);
      const recipe = recipeOf(opened.uri);
      const found = recipe
        ? await this.#derivedAgain(recipe)
        : (zeroResult(opened.uri) ?? (await this.read(opened.uri, { onProgress })));
      for (const [index, result] of found.entries()) {
        const id = opened.sources[index];
        const labels = scene.layers.some((one) => one.type === "labels" && one.data.source === id);
        if (id && "source" in result) this.add(renamed(result.source, id), labels || result.labels);
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const name = recipeOf(opened.uri) ? "What was computed from other layers" : shortName(opened.uri);
      this.#listener.notice("error", `${name} could not be opened again: ${reason}`);
      for (const id of opened.sources) this.#opening.get(id)?.reject(cause);
    } finally {
      this.#listener.progress(`reopen ${opened.uri}`, "", 1, true);
    }
  }

  /** Data that are computed from others, as soon as those are open again. */
  async #derivedAgain(recipe: Recipe): Promise<readonly ImageResult[]> {
    await Promise.all(recipe.sources.map((id) => this.#whenOpen(id)));
    const source = derivedSource("", recipe, this.bases(recipe));
    return [{ source, defaults: {}, labels: givesLabels(recipe) }];
  }

  #whenOpen(id: string): Promise<void> {
    if (this.#sources.has(id)) return Promise.resolve();
    const known = this.#opening.get(id) ?? Promise.withResolvers<void>();
    this.#opening.set(id, known);
    return known.promise;
  }

  /** What a recipe names; "same" means the data without what is painted, of which it has its own. */
  bases(recipe: Recipe): readonly ChunkSource[] {
    return recipe.sources.flatMap((id) => {
      const source = recipe.kind === "same" ? this.#unpainted.get(id) : this.#sources.get(id);
      return source ? [source] : [];
    });
  }

  /** Labels can be painted: their source has the edits over the data. */
  add(source: ChunkSource, labels = false): ChunkSource {
    const known = labels ? this.#data.labels.open(source) : source;
    if (labels) this.#unpainted.set(known.id, source);
    this.#sources.set(known.id, known);
    this.#opening.get(known.id)?.resolve();
    this.#opening.delete(known.id);
    this.#listener.sourceAdded(known);
    return known;
  }

  /** Lets go of data that neither a layer nor a step of the history names. */
  release(scene: Scene, history: History): void {
    const named = withBases(namedSources(scene, history), this.#opened);
    const gone = this.#opened.filter(({ sources }) => !sources.some((id) => named.has(id)));
    if (gone.length === 0) return;
    this.#opened = this.#opened.filter((one) => !gone.includes(one));
    for (const id of gone.flatMap(({ sources }) => sources)) {
      const source = this.#sources.get(id);
      this.#sources.delete(id);
      this.#unpainted.delete(id);
      this.#data.tables.remove(id);
      this.#data.labels.remove(id);
      this.#listener.sourceRemoved(id);
      source?.dispose().catch(() => {});
    }
    const kept = new Set(this.#opened.map(({ uri }) => uri));
    this.#listener.released(gone.map(({ uri }) => uri).filter((uri) => uri !== "" && !kept.has(uri)));
  }

  /** The folder of the label image that a layer's data were opened from; undefined for all other data. */
  labelsFolder(scene: Scene, source: string): string | undefined {
    const layer = scene.layers.find((one) => one.type === "labels" && one.data.source === source);
    const opened = this.record(source);
    return layer && opened && labelsFolder(opened.uri, layer.data.label);
  }

  async dispose(): Promise<void> {
    this.#abort.abort(new Error("The session ended."));
    await Promise.all([...this.#sources.values()].map((source) => source.dispose()));
  }
}
