/** CSV files in the forms that napari writes: points, shapes, and tracks; further columns are features. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { Column, Feature } from "@eyepiece/engine/data/table.ts";
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import { parse } from "csv-parse";
import { openResource } from "../resource.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenOptions } from "../types.ts";
import { pointColumns, shapeColumns } from "./columns.ts";
import { FeatureColumn, Growing, numberOf } from "./growing.ts";
import type { TableResult } from "./types.ts";

/** Characters of a row, and columns. */
const MAX_ROW = 1 << 20;
const MAX_COLUMNS = 4096;

/** What each column is for. */
interface Roles {
  readonly kind: "points" | "shapes" | "tracks";
  /** Columns of the position, slowest axis first. */
  readonly axes: readonly number[];
  /** The shape's or track's number. */
  readonly id: number | undefined;
  readonly shapeType: number | undefined;
  readonly features: readonly number[];
  readonly labels: readonly string[] | undefined;
}

/** Opens a .csv or .tsv. @throws SourceError */
export async function openCsv(uri: string, options: OpenOptions): Promise<TableResult> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  const name = label.replace(/\.(csv|tsv)$/i, "");
  try {
    const stream = await resource.stream(options.signal);
    const parser = parse({
      bom: true,
      delimiter: /\.tsv$/i.test(label) ? "\t" : ",",
      max_record_size: MAX_ROW,
      relax_column_count: false,
      skip_empty_lines: true,
      trim: true,
    });
    let read = 0;
    stream.on("data", (part: Uint8Array) => {
      read += part.byteLength;
      if (resource.size) options.onProgress?.(Math.min(1, read / resource.size), `Reading ${label}`);
    });
    stream.on("error", (cause) => parser.destroy(cause));
    stream.pipe(parser);
    let rows: Rows | undefined;
    try {
      for await (const record of parser as AsyncIterable<string[]>) {
        if (rows) rows.add(record);
        else
          rows = new Rows(rolesOf(record, label), record, label, options.memoryLimit ?? DEFAULT_MEMORY_LIMIT);
      }
    } catch (cause) {
      options.signal?.throwIfAborted();
      if (cause instanceof SourceError) throw cause;
      const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
      throw new SourceError(`${label} is not a readable CSV file: ${reason}.`, { cause });
    } finally {
      stream.destroy();
    }
    if (!rows) throw new SourceError(`${label} is empty: its first line must name columns.`);
    return rows.result(name);
  } finally {
    await resource.close();
  }
}

/** @throws SourceError where the names tell of no layer */
function rolesOf(header: readonly string[], label: string): Roles {
  if (header.length > MAX_COLUMNS)
    throw new SourceError(`${label} has ${header.length} columns, more than ${MAX_COLUMNS}.`);
  const low = header.map((name) => name.toLowerCase());
  const find = (...names: string[]) => {
    const at = low.findIndex((name) => names.includes(name));
    return at < 0 ? undefined : at;
  };
  const numbered: number[] = [];
  for (let axis = 0; ; axis++) {
    const at = find(`axis-${axis}`);
    if (at === undefined) break;
    numbered.push(at);
  }
  const named = ["t", "z", "y", "x"].map((name) => (name === "t" ? find("t", "frame", "time") : find(name)));
  const [t, z, y, x] = named;
  const plain = y === undefined || x === undefined ? [] : [t, z, y, x].filter((at) => at !== undefined);
  const rest = (...used: (number | undefined)[]) => header.map((_, i) => i).filter((i) => !used.includes(i));
  const none = { id: undefined, shapeType: undefined };
  const shapeType = find("shape-type");
  const index = find("index");
  const vertex = find("vertex-index");
  if (shapeType !== undefined && index !== undefined && numbered.length >= 2)
    return {
      kind: "shapes",
      axes: numbered,
      id: index,
      shapeType,
      features: rest(index, shapeType, vertex, ...numbered),
      labels: undefined,
    };
  const track = find("track_id", "track-id", "trackid", "track id", "id");
  if (track !== undefined && numbered.length >= 3)
    return {
      ...none,
      kind: "tracks",
      axes: numbered,
      id: track,
      features: rest(track, index, ...numbered),
      labels: undefined,
    };
  if (track !== undefined && t !== undefined && plain.length >= 3) {
    const labels = plain.map((at) => (at === t ? "t" : (low[at] ?? "")));
    return {
      ...none,
      kind: "tracks",
      axes: plain,
      id: track,
      features: rest(track, index, ...plain),
      labels,
    };
  }
  // napari's own first column numbers the points; further ones of that name are features.
  const first = low[0] === "index" ? 0 : undefined;
  if (numbered.length >= 2)
    return { ...none, kind: "points", axes: numbered, features: rest(first, ...numbered), labels: undefined };
  if (plain.length >= 2) {
    const labels = plain.map((at) => (at === t ? "t" : (low[at] ?? "")));
    return { ...none, kind: "points", axes: plain, features: rest(first, ...plain), labels };
  }
  throw new SourceError(
    `${label} has columns that name no layer: points need axis-0, axis-1, ...; shapes also index and shape-type; tracks track_id, t, y, x.`,
  );
}

/** Rows as they are read. */
class Rows {
  readonly #roles: Roles;
  readonly #label: string;
  readonly #position: Growing<Float64Array>;
  readonly #ids: Growing<Float64Array>;
  readonly #types: Growing<Uint8Array>;
  readonly #features: readonly { name: string; at: number; column: FeatureColumn }[];
  #count = 0;

  constructor(roles: Roles, header: readonly string[], label: string, most: number) {
    this.#roles = roles;
    this.#label = label;
    this.#position = new Growing((length) => new Float64Array(length), label, most);
    this.#ids = new Growing((length) => new Float64Array(length), label, most);
    this.#types = new Growing((length) => new Uint8Array(length), label, most);
    this.#features = roles.features.map((at) => ({
      name: header[at] || `column ${at}`,
      at,
      column: new FeatureColumn(label, most),
    }));
  }

  add(record: readonly string[]): void {
    const { axes, id, shapeType } = this.#roles;
    this.#count += 1;
    for (const at of axes) this.#position.push(this.#number(record, at));
    const fresh = id === undefined || this.#identify(record, id);
    if (shapeType !== undefined && fresh) {
      const word = (record[shapeType] ?? "").toLowerCase();
      const type = (SHAPE_TYPES as readonly string[]).indexOf(word);
      if (type < 0)
        throw new SourceError(`${this.#label} has a shape of type ${word} in row ${this.#count}.`);
      this.#types.push(type);
    }
    // A shape's features are those of its first vertex.
    if (shapeType === undefined || fresh)
      for (const { at, column } of this.#features) column.push(record[at] ?? "");
  }

  result(name: string): TableResult {
    const { kind, axes, labels } = this.#roles;
    const position = this.#position.done();
    const features = new Map(this.#features.map((each) => [each.name, each.column.done()]));
    const width = axes.length;
    const defaults = { name, ...(labels ? { axis_labels: [...labels] } : {}) };
    const base = { kind, defaults, label: this.#label };
    if (kind === "points") {
      const columns = new Map([
        ["position", { width, data: position }] as [string, Column],
        ...pointColumns(this.#count),
      ]);
      return { ...base, table: { count: this.#count, columns, features } };
    }
    const ids = this.#ids.done();
    if (kind === "tracks") {
      const order = Uint32Array.from(ids.keys()).sort(
        (a, b) =>
          (ids[a] ?? 0) - (ids[b] ?? 0) || (position[a * width] ?? 0) - (position[b * width] ?? 0) || a - b,
      );
      const columns = new Map<string, Column>([
        ["id", { width: 1, data: Uint32Array.from(order, (row) => ids[row] ?? 0) }],
        ["position", { width, data: reordered(position, order, width) }],
      ]);
      const sorted = new Map([...features].map(([key, feature]) => [key, reorderedFeature(feature, order)]));
      return { ...base, table: { count: this.#count, columns, features: sorted } };
    }
    const types = this.#types.done();
    const offsets = new Uint32Array(types.length + 1);
    let shape = 0;
    for (let row = 1; row < ids.length; row++) if (ids[row] !== ids[row - 1]) offsets[++shape] = row;
    offsets[types.length] = ids.length;
    const columns = new Map<string, Column>([
      ["vertices", { width, data: position, offsets }],
      ["shape_type", { width: 1, data: types }],
      ...shapeColumns(types.length),
    ]);
    return { ...base, table: { count: types.length, columns, features } };
  }

  #last: number | undefined;

  /** Notes the number; true when it is another than the row before has. */
  #identify(record: readonly string[], at: number): boolean {
    const id = this.#number(record, at);
    if (!Number.isInteger(id) || id < 0 || id > 0xffffffff)
      throw new SourceError(
        `${this.#label} has a number ${record[at]} in row ${this.#count}, which names nothing.`,
      );
    this.#ids.push(id);
    const fresh = id !== this.#last;
    this.#last = id;
    return fresh;
  }

  #number(record: readonly string[], at: number): number {
    const value = numberOf(record[at] ?? "");
    if (value === undefined)
      throw new SourceError(
        `${this.#label} has ${(record[at] ?? "").slice(0, 40)} in row ${this.#count}, where a number belongs.`,
      );
    return value;
  }
}

function reordered(data: Float64Array, order: Uint32Array, width: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < order.length; i++)
    for (let k = 0; k < width; k++) out[i * width + k] = data[(order[i] ?? 0) * width + k] ?? 0;
  return out;
}

function reorderedFeature({ data, categories }: Feature, order: Uint32Array): Feature {
  const out = data.slice();
  for (let i = 0; i < order.length; i++) out[i] = data[order[i] ?? 0] ?? 0;
  return { data: out, ...(categories ? { categories } : {}) };
}
