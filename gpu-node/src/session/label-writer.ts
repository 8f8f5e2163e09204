/**
 * Painted labels go back into the OME-Zarr that they were opened from, about a second after the last stroke.
 *
 *     clean --bricks change--> due --a second of rest--> writing --all written--> clean
 *                               ^--------- changed meanwhile, or failed ---------|
 *
 * What is written is noted (`labels/<source>/written.json`: the edits that the file has). The edits' own files stay, so a kill at any
 * moment loses nothing: what the note does not say is written again.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";
import { type WritableLevel, writableLevels } from "./label-files.ts";

/** A brick by its place. */
export interface BrickPlace {
  readonly level: number;
  readonly index: readonly number[];
}

/** What the writer knows of painted labels. */
export interface PaintedLabels {
  /** Where the data were opened from, for a local file; else undefined. */
  folderOf(source: string): string | undefined;
  source(id: string): ChunkSource | undefined;
  /** The session's folder of a source's edits. */
  editsOf(source: string): string;
  /** The edits that are applied now. */
  applied(source: string): readonly number[];
  /** The bricks that an edit touches. */
  bricksOf(source: string, edit: number): readonly BrickPlace[];
  notice(level: "info" | "error", text: string): void;
}

const Written = v.object({ applied: v.array(v.number()) });

interface Due {
  readonly bricks: Map<string, BrickPlace>;
  timer: NodeJS.Timeout | undefined;
  levels: Promise<readonly WritableLevel[] | string> | undefined;
  told: boolean;
}

/** See the file's comment. */
export class LabelWriter {
  readonly #labels: PaintedLabels;
  readonly #roots: readonly string[];
  readonly #restMs: number;
  readonly #due = new Map<string, Due>();
  #writing: Promise<void> = Promise.resolve();

  /** @param roots folders that may be written to, their links resolved when they are used */
  constructor(labels: PaintedLabels, roots: readonly string[], restMs = 1000) {
    this.#labels = labels;
    this.#roots = roots;
    this.#restMs = restMs;
  }

  /** Data are open (again): what was painted and not written is due. */
  opened(source: string): void {
    if (this.#labels.folderOf(source) === undefined) return;
    const written = new Set(this.#written(source));
    const applied = new Set(this.#labels.applied(source));
    const edits = [...new Set([...written, ...applied])].filter(
      (edit) => written.has(edit) !== applied.has(edit),
    );
    const bricks = edits.flatMap((edit) => this.#labels.bricksOf(source, edit));
    if (bricks.length > 0) this.changed(source, bricks);
  }

  /** Bricks were painted. */
  changed(source: string, bricks: readonly BrickPlace[]): void {
    if (this.#labels.folderOf(source) === undefined) return;
    const due = this.#due.get(source) ?? {
      bricks: new Map(),
      timer: undefined,
      levels: undefined,
      told: false,
    };
    this.#due.set(source, due);
    for (const { level, index } of bricks) due.bricks.set(`${level}/${index.join()}`, { level, index });
    clearTimeout(due.timer);
    due.timer = setTimeout(() => void this.flush(source), this.#restMs);
  }

  /** Whether the file has all that is painted. */
  settled(source: string): boolean {
    return this.#written(source).join() === [...this.#labels.applied(source)].join();
  }

  /** Writes what is due. Never rejects: what cannot be written is told, and stays due. */
  flush(source?: string): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      for (const [id, due] of this.#due) {
        if (source !== undefined && id !== source) continue;
        clearTimeout(due.timer);
        if (due.bricks.size > 0) await this.#write(id, due);
      }
    });
    return this.#writing;
  }

  /** Nothing of a source is due any more: it is gone. */
  forget(source: string): void {
    clearTimeout(this.#due.get(source)?.timer);
    this.#due.delete(source);
  }

  async #write(id: string, due: Due): Promise<void> {
    const source = this.#labels.source(id);
    const folder = this.#labels.folderOf(id);
    if (!source || folder === undefined) return;
    const bricks = [...due.bricks];
    const applied = [...this.#labels.applied(id)];
    try {
      due.levels ??= this.#levels(folder, source);
      const levels = await due.levels;
      if (typeof levels === "string") {
        if (!due.told)
          this.#labels.notice(
            "info",
            `What is painted stays in this session; it is not written to the file: ${levels}.`,
          );
        due.told = true;
        due.bricks.clear();
        return;
      }
      due.bricks.clear();
      for (const { level, index } of filesOf(source, levels, bricks).values())
        await levels[level]?.write(source, index);
      this.#note(id, applied);
    } catch (cause) {
      for (const [key, brick] of bricks) due.bricks.set(key, brick);
      due.levels = undefined;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#labels.notice(
        "error",
        `Painted labels could not be written to their file, and are kept here: ${reason}`,
      );
    }
  }

  async #levels(folder: string, source: ChunkSource): Promise<readonly WritableLevel[] | string> {
    const roots = await Promise.all(this.#roots.map((root) => realpath(root).catch(() => undefined)));
    const real = await realpath(folder);
    return writableLevels(
      real,
      source,
      roots.filter((root) => root !== undefined),
    );
  }

  #written(source: string): number[] {
    try {
      const text = readFileSync(join(this.#labels.editsOf(source), "written.json"), "utf8");
      return v.parse(Written, JSON.parse(text)).applied;
    } catch {
      // Nothing was written yet, or the note is torn: everything is written again, which changes nothing.
      return [];
    }
  }

  #note(source: string, applied: readonly number[]): void {
    const path = join(this.#labels.editsOf(source), "written.json");
    writeFileSync(`${path}.next`, JSON.stringify({ applied }));
    renameSync(`${path}.next`, path);
  }
}

/** The files that bricks reach into. */
function filesOf(
  source: ChunkSource,
  levels: readonly WritableLevel[],
  bricks: readonly (readonly [string, BrickPlace])[],
): Map<string, BrickPlace> {
  const files = new Map<string, BrickPlace>();
  for (const [, { level, index }] of bricks) {
    const [info, file] = [source.levels[level], levels[level]];
    if (!info || !file) continue;
    const spans = index.map((at, axis): [number, number] => {
      const edge = info.chunk[axis] ?? 1;
      const box = file.box[axis] ?? 1;
      const last = Math.min((at + 1) * edge, info.shape[axis] ?? 0) - 1;
      return [Math.floor((at * edge) / box), Math.floor(last / box)];
    });
    const at = spans.map(([first]) => first);
    for (;;) {
      files.set(`${level}/${at.join()}`, { level, index: [...at] });
      let axis = at.length - 1;
      for (; axis >= 0; axis--) {
        at[axis] = (at[axis] ?? 0) + 1;
        if ((at[axis] ?? 0) <= (spans[axis]?.[1] ?? 0)) break;
        at[axis] = spans[axis]?.[0] ?? 0;
      }
      if (axis < 0) break;
    }
  }
  return files;
}

/** Where the label image lies that a path and the label of one of its layers name: `x.zarr` and `x.zarr/labels/cells`. */
export function labelsFolder(uri: string, label: string): string | undefined {
  if (!uri.startsWith("/") || !/\.zarr(\/|$)/i.test(uri) || label.split("/").includes("..")) return undefined;
  return join(dirname(uri), label);
}
