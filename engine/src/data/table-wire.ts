/**
 * A table as bytes: a journal's file, an upload, a download.
 *
 * `EYT1`, the length of a JSON head as uint32 (little endian), the head, then arrays, each at a multiple of 8 bytes from the
 * start. The head names the arrays in order.
 */
import * as v from "valibot";
import { type Column, type ColumnArray, type Feature, type Table, TableError } from "./table.ts";

const MAGIC = 0x31545945;
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const arrayType = v.picklist(["f4", "f8", "i4", "u4", "u1"]);
const Head = v.object({
  count,
  columns: v.array(
    v.object({
      name: v.string(),
      width: count,
      type: arrayType,
      length: count,
      ragged: v.optional(v.boolean(), false),
    }),
  ),
  features: v.array(
    v.object({ name: v.string(), length: count, categories: v.optional(v.array(v.string())) }),
  ),
});

const ARRAYS = { f4: Float32Array, f8: Float64Array, i4: Int32Array, u4: Uint32Array, u1: Uint8Array };

function typeOf(data: ColumnArray): v.InferOutput<typeof arrayType> {
  if (data instanceof Float32Array) return "f4";
  if (data instanceof Float64Array) return "f8";
  if (data instanceof Int32Array) return "i4";
  if (data instanceof Uint32Array) return "u4";
  return "u1";
}

const aligned = (at: number): number => (at + 7) & ~7;

/** See the file's comment. */
export function encodeTable(table: Table): Uint8Array<ArrayBuffer> {
  const arrays: ArrayBufferView[] = [];
  const head: v.InferInput<typeof Head> = { count: table.count, columns: [], features: [] };
  for (const [name, { width, data, offsets }] of table.columns) {
    const ragged = offsets !== undefined;
    head.columns.push({ name, width, type: typeOf(data), length: data.length, ragged });
    arrays.push(data);
    if (offsets !== undefined) arrays.push(offsets);
  }
  for (const [name, { data, categories }] of table.features) {
    head.features.push({ name, length: data.length, ...(categories && { categories: [...categories] }) });
    arrays.push(data);
  }
  const text = new TextEncoder().encode(JSON.stringify(head));
  const size = arrays.reduce((at, array) => aligned(at) + array.byteLength, 8 + text.byteLength);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.byteLength, true);
  bytes.set(text, 8);
  let at = 8 + text.byteLength;
  for (const array of arrays) {
    at = aligned(at);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** A table from its bytes; the arrays are copies. @throws TableError when they are not one */
export function decodeTable(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== MAGIC)
    throw new TableError("These bytes are not a table.");
  const length = view.getUint32(4, true);
  if (8 + length > bytes.byteLength) throw new TableError("The table ends within its head.");
  const head = readHead(bytes.subarray(8, 8 + length));
  let at = 8 + length;
  const take = <T extends ColumnArray>(
    make: new (buffer: ArrayBuffer) => T,
    items: number,
    size: number,
  ): T => {
    at = aligned(at);
    const end = at + items * size;
    if (end > bytes.byteLength) throw new TableError("The table ends before its last column.");
    // Not bytes.slice: that of a Node Buffer is no copy.
    const array = new make(Uint8Array.prototype.slice.call(bytes, at, end).buffer as ArrayBuffer);
    at = end;
    return array;
  };
  const columns = new Map<string, Column>();
  for (const { name, width, type, length, ragged } of head.columns) {
    if (width === 0) throw new TableError(`The column ${name} has no width.`);
    const kind = ARRAYS[type];
    const data = take<ColumnArray>(kind, length, kind.BYTES_PER_ELEMENT);
    if (!ragged) {
      columns.set(name, { width, data });
      continue;
    }
    const offsets = take(Uint32Array, head.count + 1, 4);
    if (!rises(offsets) || (offsets[head.count] ?? 0) * width !== data.length)
      throw new TableError(`The rows of ${name} do not fit its numbers.`);
    columns.set(name, { width, data, offsets });
  }
  const features = new Map<string, Feature>();
  for (const { name, length, categories } of head.features) {
    if (length !== head.count)
      throw new TableError(`The feature ${name} has ${length} values for ${head.count} items.`);
    features.set(
      name,
      categories === undefined
        ? { data: take(Float64Array, length, 8) }
        : { data: take(Uint32Array, length, 4), categories },
    );
  }
  return { count: head.count, columns, features };
}

function readHead(bytes: Uint8Array): v.InferOutput<typeof Head> {
  try {
    return v.parse(Head, JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new TableError("The table's head cannot be read.", { cause });
  }
}

function rises(offsets: Uint32Array): boolean {
  if (offsets[0] !== 0) return false;
  for (let i = 1; i < offsets.length; i++) if ((offsets[i] ?? 0) < (offsets[i - 1] ?? 0)) return false;
  return true;
}
