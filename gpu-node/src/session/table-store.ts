/**
 * The tables of one session: in memory, and each in a file of the session's folder as it was when it came and as it was at
 * the last snapshot. Edits in between are in the journal. So a table needs nothing but the folder to come back.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { type Table, TableError, type TableSource, tableBytes } from "@eyepiece/engine/data/table.ts";
import { decodeTable, encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { applyItems } from "@eyepiece/engine/model/items.ts";
import { type FeaturedLayer, featuredInfo, newFeaturedInfo } from "@eyepiece/engine/model/label-features.ts";
import type { ItemOp, TableInfo } from "@eyepiece/protocol/scene/schema.ts";

/** Which version of each table a snapshot's scene goes with. */
export type TableVersions = Readonly<Record<string, number>>;

/** See the file's comment. */
export class TableStore {
  readonly #folder: string;
  #tables = new Map<string, TableSource>();
  /** Bytes of files that only the journal's older lines need. */
  garbage = 0;
  /** Versions that are in files. */
  readonly #saved = new Map<string, number>();

  constructor(sessionFolder: string) {
    this.#folder = join(sessionFolder, "tables");
  }

  get(id: string): TableSource | undefined {
    return this.#tables.get(id);
  }

  /** All tables. */
  values(): Iterable<TableSource> {
    return this.#tables.values();
  }

  /** Takes a new table in; it is on disk when this returns. @throws when the disk does not take it */
  add(id: string, table: Table): TableSource {
    const source = { id, version: 0, table };
    this.#save(source);
    this.#tables.set(id, source);
    return source;
  }

  /** Brings a table back from its file, at a version. @throws TableError, or the file system's errors */
  load(id: string, version: number): TableSource {
    const source = { id, version, table: decodeTable(readFileSync(this.#path(id, version))) };
    this.#tables.set(id, source);
    this.#saved.set(id, version);
    return source;
  }

  /** Carries out an operation. @returns what takes it back, and what the scene is to say. @throws TableError */
  apply(layer: FeaturedLayer, op: ItemOp): { inverse: ItemOp; data: TableInfo } {
    const before = this.#tables.get(featuredInfo(layer)?.source ?? "");
    if (before === undefined) throw new TableError(`The items of ${layer.name} are not here.`);
    const { table, inverse } = applyItems(before.table, layer, op);
    const after = { id: before.id, version: before.version + 1, table };
    this.#tables.set(before.id, after);
    return { inverse, data: newFeaturedInfo(layer, after) };
  }

  /** What brings the tables back to what they are now. Tables are never changed in place, so this costs nothing. */
  checkpoint(): () => void {
    const before = new Map(this.#tables);
    return () => {
      this.#tables = before;
    };
  }

  /** Writes what was edited since it was last written. @returns the versions that are in files now */
  save(): TableVersions {
    for (const source of this.#tables.values())
      if (this.#saved.get(source.id) !== source.version) this.#save(source);
    return Object.fromEntries([...this.#tables.values()].map(({ id, version }) => [id, version]));
  }

  /** Removes files of versions that no snapshot needs any more, and of tables that are gone. */
  sweep(): void {
    const kept = new Set([...this.#saved].map(([id, version]) => fileName(id, version)));
    for (const name of readdirIfThere(this.#folder))
      if (!kept.has(name)) rmSync(join(this.#folder, name), { force: true });
    this.garbage = 0;
  }

  /** Forgets a table; its file goes with the next sweep. */
  remove(id: string): void {
    const gone = this.#tables.get(id);
    if (gone) this.garbage += tableBytes(gone.table);
    this.#tables.delete(id);
    this.#saved.delete(id);
  }

  #save({ id, version, table }: TableSource): void {
    mkdirSync(this.#folder, { recursive: true });
    const path = this.#path(id, version);
    const file = openSync(`${path}.next`, "w");
    try {
      const bytes = encodeTable(table);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.next`, path);
    this.#saved.set(id, version);
  }

  #path(id: string, version: number): string {
    return join(this.#folder, fileName(id, version));
  }
}

function fileName(id: string, version: number): string {
  return `${id}.${version}.table`;
}

function readdirIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}
