/** Rows of a table put in, taken out and changed; tables and columns are never touched, unchanged columns are shared. */
import type { Rows } from "@eyepiece/protocol/scene/schema.ts";
import { type Column, type ColumnArray, type Feature, type Table, TableError } from "./table.ts";

/** What rows get in columns that nobody named: as many numbers as the column is wide. */
export type RowDefaults = ReadonlyMap<string, readonly number[]>;

type Value = Rows["features"][string][number];

/** The rows at `indices` (rising), as JSON. `only` names the columns and features; all by default. */
export function takeRows(table: Table, indices: readonly number[], only?: Rows): Rows {
  const columns: Rows["columns"] = {};
  let lengths: number[] | undefined;
  for (const [name, column] of table.columns) {
    if (only !== undefined && !(name in only.columns)) continue;
    const numbers: (number | null)[] = [];
    for (const row of indices) {
      const [start, stop] = rowRange(column, row);
      for (let i = start; i < stop; i++) {
        const value = column.data[i] ?? Number.NaN;
        numbers.push(Number.isFinite(value) ? value : null);
      }
    }
    columns[name] = numbers;
    if (column.offsets !== undefined)
      lengths = indices.map((row) => {
        const [start, stop] = rowRange(column, row);
        return (stop - start) / column.width;
      });
  }
  const features: Rows["features"] = {};
  for (const [name, feature] of table.features) {
    if (only !== undefined && !(name in only.features)) continue;
    features[name] = indices.map((row) => featureValue(feature, row));
  }
  return { count: indices.length, columns, features, ...(lengths && { lengths }) };
}

/** A feature's word or number; null where there is none. */
export function featureValue({ data, categories }: Feature, row: number): Value {
  const value = data[row];
  if (value === undefined || Number.isNaN(value)) return null;
  return categories === undefined ? value : (categories[value] ?? null);
}

/**
 * Puts rows in so that they are at `indices` afterwards (rising; at the end when undefined).
 * @throws TableError when rows and table do not fit
 */
export function insertRows(
  table: Table,
  rows: Rows,
  defaults: RowDefaults,
  indices?: readonly number[],
): { table: Table; indices: readonly number[] } {
  const places = indices ?? Array.from({ length: rows.count }, (_, i) => table.count + i);
  const count = table.count + rows.count;
  if (places.length !== rows.count)
    throw new TableError(`${rows.count} rows cannot be put in ${places.length} places.`);
  checkIndices(places, count);
  checkNames(table, rows);
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) {
    // Lists that are not of the items (a surface's vertices) stay as they are.
    if (!isOfItems(table, column)) {
      columns.set(name, column);
      continue;
    }
    const given = rows.columns[name] ?? repeated(name, column, rows, defaults);
    columns.set(name, merge(column, given, rows, places, count, name));
  }
  const features = new Map<string, Feature>();
  for (const [name, feature] of table.features) {
    const values = rows.features[name] ?? new Array<Value>(rows.count).fill(null);
    features.set(name, spliceFeature(feature, table.count, places, values, name));
  }
  return { table: { count, columns, features }, indices: places };
}

/** Takes rows out. `indices` rise. @throws TableError when there is no such row */
export function removeRows(table: Table, indices: readonly number[]): Table {
  checkIndices(indices, table.count);
  const gone = new Set(indices);
  const kept: number[] = [];
  for (let row = 0; row < table.count; row++) if (!gone.has(row)) kept.push(row);
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns)
    columns.set(name, isOfItems(table, column) ? pick(column, kept) : column);
  const features = new Map<string, Feature>();
  for (const [name, feature] of table.features)
    features.set(name, { ...feature, data: feature.data.filter((_, row) => !gone.has(row)) });
  return { count: kept.length, columns, features };
}

/**
 * Changes the named columns and features of rows; one row may stand for all. Features that are new are added.
 * @throws TableError when rows and table do not fit
 */
export function setRows(table: Table, indices: readonly number[], rows: Rows): Table {
  checkIndices(indices, table.count);
  if (rows.count !== indices.length && rows.count !== 1)
    throw new TableError(`${rows.count} rows cannot be set in ${indices.length} places.`);
  checkNames(table, rows, "new features");
  const columns = new Map(table.columns);
  for (const [name, given] of Object.entries(rows.columns)) {
    const column = table.columns.get(name);
    if (column === undefined) continue;
    columns.set(name, replace(column, table.count, indices, given, rows, name));
  }
  const features = new Map(table.features);
  for (const [name, values] of Object.entries(rows.features)) {
    if (values.length !== rows.count) throw new TableError(`The feature ${name} needs ${rows.count} values.`);
    const before = table.features.get(name) ?? emptyFeature(values, table.count);
    const all: Value[] = Array.from({ length: table.count }, (_, row) => featureValue(before, row));
    for (const [i, row] of indices.entries()) all[row] = values[rows.count === 1 ? 0 : i] ?? null;
    features.set(name, featureOf(all));
  }
  return { count: table.count, columns, features };
}

/** A feature from its values: numbers, or words as soon as one is a word. */
export function featureOf(values: readonly Value[]): Feature {
  if (!values.some((value) => typeof value === "string"))
    return { data: Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN)) };
  const known = new Map<string, number>();
  const data = Uint32Array.from(values, (value) => {
    const word = value === null ? "" : String(value);
    let index = known.get(word);
    if (index === undefined) {
      index = known.size;
      known.set(word, index);
    }
    return index;
  });
  return { data, categories: [...known.keys()] };
}

function emptyFeature(values: readonly Value[], count: number): Feature {
  const words = values.some((value) => typeof value === "string");
  return words
    ? { data: new Uint32Array(count), categories: [""] }
    : { data: new Float64Array(count).fill(Number.NaN) };
}

function spliceFeature(
  feature: Feature,
  before: number,
  places: readonly number[],
  values: readonly Value[],
  name: string,
): Feature {
  if (values.length !== places.length)
    throw new TableError(`The feature ${name} needs ${places.length} values, not ${values.length}.`);
  const all: Value[] = [];
  let [old, fresh] = [0, 0];
  while (old < before || fresh < places.length) {
    if (places[fresh] === all.length) all.push(values[fresh++] ?? null);
    else all.push(featureValue(feature, old++));
  }
  return featureOf(all);
}

function isOfItems(table: Table, column: Column): boolean {
  return column.offsets !== undefined
    ? column.offsets.length === table.count + 1
    : column.data.length === table.count * column.width;
}

function rowRange({ width, offsets }: Column, row: number): [number, number] {
  if (offsets === undefined) return [row * width, (row + 1) * width];
  return [(offsets[row] ?? 0) * width, (offsets[row + 1] ?? 0) * width];
}

function makeLike<T extends ColumnArray>(data: T, length: number): T {
  return new (data.constructor as new (length: number) => T)(length);
}

function checkIndices(indices: readonly number[], count: number): void {
  let last = -1;
  for (const index of indices) {
    if (index <= last) throw new TableError("Rows must be named in rising order, each once.");
    if (index >= count) throw new TableError(`There is no row ${index} among ${count}.`);
    last = index;
  }
}

function checkNames(table: Table, rows: Rows, mode?: "new features"): void {
  const column = Object.keys(rows.columns).find((name) => !table.columns.has(name));
  if (column !== undefined) throw new TableError(`The items have no ${column}.`);
  const feature = Object.keys(rows.features).find((name) => !table.features.has(name));
  if (feature !== undefined && mode === undefined)
    throw new TableError(`The items have no feature ${feature}.`);
}

function repeated(name: string, column: Column, rows: Rows, defaults: RowDefaults): (number | null)[] {
  const one = defaults.get(name);
  if (one === undefined || column.offsets !== undefined) throw new TableError(`New items need ${name}.`);
  return Array.from({ length: rows.count * column.width }, (_, i) => one[i % column.width] ?? 0);
}

/** Entries of each given row. */
function lengthsOf(column: Column, given: readonly unknown[], rows: Rows, name: string): readonly number[] {
  const lengths = column.offsets === undefined ? new Array<number>(rows.count).fill(1) : (rows.lengths ?? []);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (lengths.length !== rows.count || total * column.width !== given.length)
    throw new TableError(
      `${name} of ${rows.count} items needs ${total * column.width} numbers, not ${given.length}.`,
    );
  return lengths;
}

function merge(
  column: Column,
  given: readonly (number | null)[],
  rows: Rows,
  places: readonly number[],
  count: number,
  name: string,
): Column {
  const lengths = lengthsOf(column, given, rows, name);
  const data = makeLike(column.data, column.data.length + given.length);
  const offsets = column.offsets === undefined ? undefined : new Uint32Array(count + 1);
  let [old, fresh, read, at] = [0, 0, 0, 0];
  for (let row = 0; row < count; row++) {
    if (places[fresh] === row) {
      const size = (lengths[fresh] ?? 0) * column.width;
      for (let i = 0; i < size; i++) data[at++] = given[read++] ?? Number.NaN;
      fresh++;
    } else {
      // Rows that stay together are copied together.
      const run = Math.min(count - row, (places[fresh] ?? count) - row);
      const [start] = rowRange(column, old);
      const [, stop] = rowRange(column, old + run - 1);
      data.set(column.data.subarray(start, stop), at);
      if (offsets && column.offsets)
        for (let i = 1; i < run; i++)
          offsets[row + i] = at / column.width + (column.offsets[old + i] ?? 0) - start / column.width;
      at += stop - start;
      old += run;
      row += run - 1;
    }
    if (offsets) offsets[row + 1] = at / column.width;
  }
  return offsets === undefined ? { width: column.width, data } : { width: column.width, data, offsets };
}

function pick(column: Column, kept: readonly number[]): Column {
  let size = 0;
  for (const row of kept) {
    const [start, stop] = rowRange(column, row);
    size += stop - start;
  }
  const data = makeLike(column.data, size);
  const offsets = column.offsets === undefined ? undefined : new Uint32Array(kept.length + 1);
  let at = 0;
  for (const [i, row] of kept.entries()) {
    const [start, stop] = rowRange(column, row);
    for (let k = start; k < stop; k++) data[at++] = column.data[k] ?? 0;
    if (offsets) offsets[i + 1] = at / column.width;
  }
  return offsets === undefined ? { width: column.width, data } : { width: column.width, data, offsets };
}

function replace(
  column: Column,
  count: number,
  indices: readonly number[],
  given: readonly (number | null)[],
  rows: Rows,
  name: string,
): Column {
  const lengths = lengthsOf(column, given, rows, name);
  const { width } = column;
  if (column.offsets === undefined) {
    const data = makeLike(column.data, column.data.length);
    data.set(column.data);
    for (const [i, row] of indices.entries()) {
      const from = rows.count === 1 ? 0 : i * width;
      for (let k = 0; k < width; k++) data[row * width + k] = given[from + k] ?? Number.NaN;
    }
    return { width, data };
  }
  const starts: number[] = [];
  let read = 0;
  for (const length of lengths) {
    starts.push(read);
    read += length * width;
  }
  const chosen = new Map(indices.map((row, i) => [row, rows.count === 1 ? 0 : i]));
  const parts: number[] = [];
  const offsets = new Uint32Array(count + 1);
  for (let row = 0; row < count; row++) {
    const i = chosen.get(row);
    if (i === undefined) {
      const [start, stop] = rowRange(column, row);
      for (let k = start; k < stop; k++) parts.push(column.data[k] ?? 0);
    } else {
      const start = starts[i] ?? 0;
      for (let k = 0; k < (lengths[i] ?? 0) * width; k++) parts.push(given[start + k] ?? Number.NaN);
    }
    offsets[row + 1] = parts.length / width;
  }
  const data = makeLike(column.data, parts.length);
  data.set(parts);
  return { width, data, offsets };
}
