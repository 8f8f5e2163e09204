/**
 * Data that come in rows instead of bricks: points, shapes, vectors, tracks, and the lists that a surface is made of.
 *
 * A table is a set of named columns of numbers. What the columns of a layer are called, and how wide they are, is said in
 * `model/columns.ts`. Tables are edited in place by their owner (a session); everyone else reads them and compares `version`.
 */

/** The arrays that columns are made of. */
export type ColumnArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** `width` numbers a row. */
export interface Column {
  readonly width: number;
  readonly data: ColumnArray;
  /**
   * For rows of unequal length (the vertices of shapes): row i holds the entries offsets[i] up to offsets[i + 1], each of
   * `width` numbers. One more entry than there are rows.
   */
  readonly offsets?: Uint32Array;
}

/** What is known of an item besides its place: numbers, or words where `categories` is there (data are then indices). */
export interface Feature {
  readonly data: Float64Array | Uint32Array;
  readonly categories?: readonly string[];
}

/** See the file's comment. */
export interface Table {
  /** Items: points, shapes, vectors, vertices of tracks, faces of a surface. */
  readonly count: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** One value for each item; napari's `layer.features`. */
  readonly features: ReadonlyMap<string, Feature>;
}

/** A table as the renderer knows it. A newer version replaces an older one of the same id. */
export interface TableSource {
  readonly id: string;
  /** Rises with each edit. */
  readonly version: number;
  readonly table: Table;
}

/** A table that lacks what its layer needs; the message is for people. */
export class TableError extends Error {
  override readonly name = "TableError";
}

/** A column that must be there. @throws TableError */
export function column(table: Table, name: string): Column {
  const found = table.columns.get(name);
  if (found === undefined) throw new TableError(`The table has no column ${name}.`);
  return found;
}

/** Rows of a column of equal rows. */
export function rowCount({ data, width, offsets }: Column): number {
  return offsets === undefined ? data.length / width : offsets.length - 1;
}

/** Bytes of all columns and features. */
export function tableBytes(table: Table): number {
  let bytes = 0;
  for (const { data, offsets } of table.columns.values())
    bytes += data.byteLength + (offsets?.byteLength ?? 0);
  for (const { data } of table.features.values()) bytes += data.byteLength;
  return bytes;
}

/** The least and greatest finite value of each of a column's numbers; low > high where there is none. */
export function columnExtent({ data, width }: Column): { low: number[]; high: number[] } {
  const low = new Array<number>(width).fill(Number.POSITIVE_INFINITY);
  const high = new Array<number>(width).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < data.length; i += width) {
    for (let k = 0; k < width; k++) {
      const value = data[i + k] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (value < (low[k] ?? 0)) low[k] = value;
      if (value > (high[k] ?? 0)) high[k] = value;
    }
  }
  return { low, high };
}
