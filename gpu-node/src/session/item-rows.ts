/** Rows of a table as a person wants to see them: sorted, filtered, some at a time. */
import { type Table, TableError } from "@eyepiece/engine/data/table.ts";
import { featureValue, takeRows } from "@eyepiece/engine/data/table-rows.ts";
import type { Rows } from "@eyepiece/protocol/scene/schema.ts";
import { orderByKey } from "./order-by-key.ts";

/** What is asked. */
export interface RowsQuestion {
  /** A feature's name, or a column's of one number; empty: as they lie. */
  readonly sort: string;
  readonly descending: boolean;
  readonly filter: string;
}

type Value = number | string | null;
type Reader = (row: number) => Value;

const COMPARISON = /^\s*(.+?)\s*(<=|>=|!=|==|=|<|>)\s*(.+?)\s*$/;

/** What a column or feature of one value has in each row. @throws TableError when there is none of the name */
function reader(table: Table, name: string): Reader {
  const feature = table.features.get(name);
  if (feature) return (row) => featureValue(feature, row);
  const column = table.columns.get(name);
  if (column?.width === 1 && !column.offsets) return (row) => column.data[row] ?? null;
  throw new TableError(`The items have no feature ${name}.`);
}

/** Whether a row passes. @throws TableError when the filter names what is not there */
function test(table: Table, filter: string): ((row: number) => boolean) | undefined {
  if (filter.trim() === "") return undefined;
  const [, name = "", sign = "", wanted = ""] = COMPARISON.exec(filter) ?? [];
  if (name !== "" && (table.features.has(name) || table.columns.has(name))) {
    const read = reader(table, name);
    const text = wanted.replace(/^(['"])(.*)\1$/, "$2");
    const number = Number(text);
    return (row) => compare(read(row), sign, text, number);
  }
  const sought = filter.trim().toLowerCase();
  const features = [...table.features.values()];
  return (row) =>
    features.some((feature) =>
      String(featureValue(feature, row) ?? "")
        .toLowerCase()
        .includes(sought),
    );
}

function compare(value: Value, sign: string, text: string, number: number): boolean {
  if (value === null) return sign === "!=";
  const numeric = typeof value === "number" && !Number.isNaN(number);
  const [a, b] = numeric ? [value, number] : [String(value), text];
  switch (sign) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "!=":
      return a !== b;
    default:
      return a === b;
  }
}

/** The order of rows for the last questions about each table; scrolling asks the same again and again. */
const orders = new WeakMap<Table, Map<string, Uint32Array>>();

/** All rows that pass, in the order that is asked for. @throws TableError */
export function orderedRows(table: Table, question: RowsQuestion): Uint32Array {
  const name = JSON.stringify([question.sort, question.descending, question.filter]);
  const known = orders.get(table) ?? new Map<string, Uint32Array>();
  orders.set(table, known);
  const made = known.get(name) ?? order(table, question);
  if (known.size >= 4) known.delete(known.keys().next().value ?? "");
  known.set(name, made);
  return made;
}

function order(table: Table, { sort, descending, filter }: RowsQuestion): Uint32Array {
  const passes = test(table, filter);
  let rows = Uint32Array.from({ length: table.count }, (_, row) => row);
  if (passes) rows = rows.filter(passes);
  if (sort === "") return descending ? rows.reverse() : rows;
  const read = reader(table, sort);
  const feature = table.features.get(sort);
  const keys = new Float64Array(table.count);
  if (feature?.categories) {
    // Words are few: their places in the alphabet are compared, not they themselves.
    const words = feature.categories
      .map((word, i) => [word, i] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const rank = new Float64Array(words.length);
    for (const [place, [, i]] of words.entries()) rank[i] = place;
    for (const row of rows) keys[row] = rank[feature.data[row] ?? 0] ?? Number.NaN;
  } else
    for (const row of rows) {
      const value = read(row);
      keys[row] = typeof value === "number" ? value : Number.NaN;
    }
  return orderByKey(rows, keys, descending);
}

/** Rows as JSON in the order of `indices`, which need not rise. */
export function rowsAt(table: Table, indices: ArrayLike<number>): Rows {
  const wanted = Array.from(indices).filter((row) => row < table.count);
  return takeRows(table, wanted);
}
