/**
 * The label images of one session that can be painted.
 *
 * Each edit is a file, `labels/<source>/<number>.edit`: the voxels, and their labels before and after. It is written before the
 * journal names the edit, and stays. What is painted are the edits that are applied, in the order of their numbers (undo and redo
 * work from the end), so after a kill nothing needs to be read but a list of numbers: edits are applied to each brick when it is
 * first wanted.
 */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { type BrickPatch, type ChangedBrick, EditableSource } from "@eyepiece/engine/data/editable-source.ts";
import { editedBox, LabelEditError, makeEdit } from "@eyepiece/engine/model/label-edits.ts";
import type { DataInfo, LabelOp, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { decodePatches, encodePatches } from "./label-file.ts";

/** What of a source was painted, for a snapshot. */
export interface PaintedState {
  /** The next edit's number. */
  readonly made: number;
  /** Edits that are applied, rising. */
  readonly applied: readonly number[];
}

interface Painted {
  readonly folder: string;
  made: number;
  readonly applied: Set<number>;
  /** Missing until the data are open. */
  source?: EditableSource;
  /** The newest edits, by number; older ones are read when they are needed. */
  readonly recent: Map<number, readonly BrickPatch[]>;
}

/** Edits whose patches stay in memory. */
const RECENT = 32;

/** An edit that was carried out. */
export interface LabelsEdited {
  /** The operation with the edit's number: what the journal keeps. */
  readonly done: LabelOp;
  readonly inverse: LabelOp;
  readonly data: DataInfo;
  readonly bricks: readonly ChangedBrick[];
}

/** See the file's comment. */
export class LabelStore {
  readonly #folder: string;
  readonly #painted = new Map<string, Painted>();
  /** How to take back what was done since the last checkpoint. */
  #way: (() => void)[] = [];

  constructor(sessionFolder: string) {
    this.#folder = join(sessionFolder, "labels");
  }

  /** The data with what was painted over them, also by earlier processes. @throws SourceError when they are not labels */
  open(base: ChunkSource): ChunkSource {
    const painted = this.#of(base.id);
    const source = new EditableSource(base.id, base);
    painted.source = source;
    for (const edit of [...painted.applied].sort((a, b) => a - b))
      source.pend(this.#patches(painted, source, edit));
    return source;
  }

  /** Reads what an operation is going to need. */
  async prepare(layer: LabelsLayer, op: LabelOp): Promise<void> {
    const painted = this.#of(layer.data.source);
    const { source } = painted;
    if (source === undefined) throw new LabelEditError(`The labels of ${layer.name} are not open yet.`);
    if (op.op !== "labels.swap") await source.hold(editedBox(op, layer));
    else await source.holdBricks(this.#patches(painted, source, op.edit));
  }

  /** Carries out an operation whose bricks are at hand, or, while the data are not open, notes it. @throws LabelEditError */
  apply(layer: LabelsLayer, op: LabelOp): LabelsEdited {
    if (!layer.editable) throw new LabelEditError(`${layer.name} is not editable.`);
    const painted = this.#of(layer.data.source);
    const data = { ...layer.data, version: layer.data.version + 1 };
    if (op.op === "labels.swap") {
      const bricks = this.#swap(painted, op.edit);
      this.#way.push(() => this.#swap(painted, op.edit));
      return { done: op, inverse: op, data, bricks };
    }
    const edit = op.edit ?? painted.made;
    let bricks: readonly ChangedBrick[] = [];
    if (op.edit !== undefined) {
      if (!painted.applied.has(edit)) bricks = this.#swap(painted, edit);
    } else {
      bricks = this.#make(painted, layer, op, edit);
      painted.applied.add(edit);
    }
    painted.made = Math.max(painted.made, edit + 1);
    this.#way.push(() => {
      this.#swap(painted, edit);
      painted.made = edit;
    });
    const inverse: LabelOp = { op: "labels.swap", id: layer.id, edit };
    return { done: { ...op, edit }, inverse, data, bricks };
  }

  /** What takes back everything from here on. */
  checkpoint(): () => void {
    this.#way = [];
    return () => {
      for (const back of this.#way.toReversed()) back();
      this.#way = [];
    };
  }

  /** The edits that are applied to a source, rising. */
  applied(id: string): readonly number[] {
    return [...(this.#painted.get(id)?.applied ?? [])].sort((a, b) => a - b);
  }

  /** Where a source's edits are kept. */
  folderOf(id: string): string {
    return this.#of(id).folder;
  }

  /** The bricks that an edit touches; none before the data are open. */
  bricksOf(id: string, edit: number): readonly { level: number; index: readonly number[] }[] {
    const painted = this.#of(id);
    return painted.source ? this.#patches(painted, painted.source, edit) : [];
  }

  /** Whether anything is painted over a source's data. */
  painted(id: string): boolean {
    return (this.#painted.get(id)?.applied.size ?? 0) > 0;
  }

  /** What a snapshot must keep. */
  state(): Record<string, PaintedState> {
    return Object.fromEntries(
      [...this.#painted]
        .filter(([, { made }]) => made > 0)
        .map(([id, { made, applied }]) => [id, { made, applied: [...applied].sort((a, b) => a - b) }]),
    );
  }

  /** Brings back a snapshot's state, before data are open. */
  restore(states: Readonly<Record<string, PaintedState>>): void {
    for (const [id, { made, applied }] of Object.entries(states)) {
      const painted = this.#of(id);
      painted.made = made;
      for (const edit of applied) painted.applied.add(edit);
    }
  }

  /** Gives another source all that is painted on this one. @returns its state, for the journal */
  copy(from: string, to: string): PaintedState {
    const { folder, made, applied } = this.#of(from);
    const target = this.#of(to);
    if (made > 0) cpSync(folder, target.folder, { recursive: true });
    const state = { made, applied: [...applied].sort((a, b) => a - b) };
    this.restore({ [to]: state });
    return state;
  }

  /** Forgets a source and what was painted on it. */
  remove(id: string): void {
    const painted = this.#painted.get(id);
    if (painted === undefined) return;
    this.#painted.delete(id);
    rmSync(painted.folder, { recursive: true, force: true });
  }

  #of(id: string): Painted {
    let painted = this.#painted.get(id);
    if (painted === undefined) {
      painted = { folder: join(this.#folder, id), made: 0, applied: new Set(), recent: new Map() };
      this.#painted.set(id, painted);
    }
    return painted;
  }

  #make(
    painted: Painted,
    layer: LabelsLayer,
    op: Exclude<LabelOp, { op: "labels.swap" }>,
    edit: number,
  ): readonly ChangedBrick[] {
    const { source } = painted;
    if (source === undefined) throw new LabelEditError(`The labels of ${layer.name} are not open yet.`);
    const patches = makeEdit(op, layer, source).finish();
    source.release();
    try {
      mkdirSync(painted.folder, { recursive: true });
      const path = join(painted.folder, `${edit}.edit`);
      writeFileSync(`${path}.next`, encodePatches(patches));
      renameSync(`${path}.next`, path);
    } catch (cause) {
      source.apply(patches, "before");
      throw new LabelEditError(
        `What was painted on ${layer.name} could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
    this.#keep(painted, edit, patches);
    return source.touched(patches);
  }

  #swap(painted: Painted, edit: number): readonly ChangedBrick[] {
    const applied = painted.applied.delete(edit);
    if (!applied) painted.applied.add(edit);
    const { source } = painted;
    if (source === undefined) return [];
    const bricks = source.apply(this.#patches(painted, source, edit), applied ? "before" : "after");
    source.release();
    return bricks;
  }

  #patches(painted: Painted, source: EditableSource, edit: number): readonly BrickPatch[] {
    const known = painted.recent.get(edit);
    if (known !== undefined) return known;
    const patches = decodePatches(readFileSync(join(painted.folder, `${edit}.edit`)), source.dtype);
    this.#keep(painted, edit, patches);
    return patches;
  }

  #keep({ recent }: Painted, edit: number, patches: readonly BrickPatch[]): void {
    recent.set(edit, patches);
    for (const old of recent.keys()) {
      if (recent.size <= RECENT) return;
      recent.delete(old);
    }
  }
}
