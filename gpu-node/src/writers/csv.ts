/** Points, shapes and tracks in napari's CSV forms; features are further columns. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { column, type Feature, type Table, TableError } from "@eyepiece/engine/data/table.ts";
import { SHAPE_TYPES } from "@eyepiece/engine/model/columns.ts";
import { place } from "./place.ts";
import { WriteError, type WriteOptions } from "./types.ts";

/** Rows that are made into text at once. */
const ROWS = 2048;

/** Writes a table. @throws WriteError, the signal's reason */
export async function writeCsv(
  path: string,
  kind: "points" | "shapes" | "tracks",
  table: Table,
  options: WriteOptions & { readonly replace?: boolean } = {},
): Promise<void> {
  try {
    const total =
      kind === "shapes"
        ? Math.max(1, column(table, "vertices").offsets?.at(-1) ?? 0)
        : Math.max(1, table.count);
    await place(
      path,
      async (file) => {
        await pipeline(Readable.from(blocks(rowsOf(kind, table), total, options)), createWriteStream(file), {
          ...(options.signal ? { signal: options.signal } : {}),
        });
      },
      options,
    );
  } catch (cause) {
    if (cause instanceof TableError) throw new WriteError(cause.message, { cause });
    throw cause;
  }
}

function* blocks(rows: Generator<string>, total: number, options: WriteOptions): Generator<string> {
  let text = "";
  let count = 0;
  for (const row of rows) {
    text += `${row}\r\n`;
    if (++count % ROWS !== 0) continue;
    options.signal?.throwIfAborted();
    options.onProgress?.(Math.min(1, count / total));
    yield text;
    text = "";
  }
  yield text;
  options.onProgress?.(1);
}

function* rowsOf(kind: "points" | "shapes" | "tracks", table: Table): Generator<string> {
  const names = [...table.features.keys()];
  const features = [...table.features.values()];
  const told = (item: number) => features.map((feature) => featureText(feature, item));
  if (kind === "shapes") {
    const { width, data, offsets } = column(table, "vertices");
    const types = column(table, "shape_type").data;
    yield line(["index", "shape-type", "vertex-index", ...axes(width), ...names]);
    for (let shape = 0; shape < table.count; shape++) {
      const [first, last] = [offsets?.[shape] ?? 0, offsets?.[shape + 1] ?? 0];
      for (let vertex = first; vertex < last; vertex++) {
        const at = Array.from({ length: width }, (_, k) => number(data[vertex * width + k]));
        yield line([
          String(shape),
          SHAPE_TYPES[types[shape] ?? 0] ?? "",
          String(vertex - first),
          ...at,
          ...told(shape),
        ]);
      }
    }
    return;
  }
  const { width, data } = column(table, "position");
  const ids = kind === "tracks" ? column(table, "id").data : undefined;
  yield line([ids ? "track_id" : "index", ...axes(width), ...names]);
  for (let item = 0; item < table.count; item++) {
    const at = Array.from({ length: width }, (_, k) => number(data[item * width + k]));
    yield line([ids ? String(ids[item]) : String(item), ...at, ...told(item)]);
  }
}

function axes(count: number): string[] {
  return Array.from({ length: count }, (_, axis) => `axis-${axis}`);
}

/** As Python writes floats: 3.0, not 3. */
function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Number.isInteger(value) && Math.abs(value) < 1e16
    ? `${Object.is(value, -0) ? "-0" : value}.0`
    : String(value);
}

function featureText({ data, categories }: Feature, item: number): string {
  const value = data[item] ?? Number.NaN;
  if (categories) return categories[value] ?? "";
  return Number.isNaN(value) ? "" : String(value);
}

function line(words: readonly string[]): string {
  return words
    .map((word) => (/[",\r\n]|^\s|\s$/.test(word) ? `"${word.replaceAll('"', '""')}"` : word))
    .join(",");
}
