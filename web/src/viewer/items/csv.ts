/** Features as CSV (RFC 4180), and back. The first column is the item's row. */

import type { Table } from "@eyepiece/engine/data/table.ts";
import { featureValue } from "@eyepiece/engine/data/table-rows.ts";
import { MAX_ITEMS_AN_OP, type Rows } from "@eyepiece/protocol/scene/schema.ts";

type Value = number | string | null;

/** A CSV that does not fit; the message is for people. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

function field(value: Value): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of fields. */
export function writeCsv(head: readonly string[], lines: Iterable<readonly Value[]>): string {
  const out = [head.map(field).join(",")];
  for (const line of lines) out.push(line.map(field).join(","));
  return `${out.join("\n")}\n`;
}

/** A table's features; places of points, too. */
export function tableCsv(table: Table): string {
  const place = table.columns.get("position");
  const axes = Array.from({ length: place?.width ?? 0 }, (_, axis) => `axis-${axis}`);
  const features = [...table.features];
  const head = ["index", ...axes, ...features.map(([name]) => name)];
  const lines = Array.from({ length: table.count }, (_, row): Value[] => [
    row,
    ...axes.map((_, axis) => place?.data[row * (place?.width ?? 0) + axis] ?? null),
    ...features.map(([, feature]) => featureValue(feature, row)),
  ]);
  return writeCsv(head, lines);
}

/** Fields of a CSV. @throws CsvError when a quote is never closed */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  while (at < source.length) {
    let value = "";
    if (source[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = source.indexOf('"', end);
        if (quote < 0) throw new CsvError(`A quote in line ${lines.length + 1} of the CSV is never closed.`);
        value += source.slice(end, quote);
        end = quote + 1;
        if (source[end] !== '"') break;
        value += '"';
        end += 1;
      }
      at = end;
    } else {
      const rest = /[,\r\n]/g;
      rest.lastIndex = at;
      const end = rest.exec(source)?.index ?? source.length;
      value = source.slice(at, end);
      at = end;
    }
    line.push(value);
    if (source[at] === ",") {
      at += 1;
      if (at === source.length) line.push("");
      continue;
    }
    if (source[at] === "\r") at += 1;
    if (source[at] === "\n") at += 1;
    lines.push(line);
    line = [];
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** Features of labels from a CSV: a row for each label of the column `index`, else for 0, 1, 2... @throws CsvError */
export function labelRows(text: string): { labels: number[]; rows: Rows } {
  const [head, ...lines] = readCsv(text);
  if (!head) throw new CsvError("The CSV is empty.");
  const key = head.indexOf("index");
  const labels = lines.map((line, i) => (key < 0 ? i : Number(line[key] || Number.NaN)));
  const wrong = labels.findIndex((label) => !Number.isSafeInteger(label));
  if (wrong >= 0) throw new CsvError(`Line ${wrong + 2} of the CSV has no whole number as its index.`);
  if (new Set(labels).size < labels.length) throw new CsvError("The CSV names a label twice.");
  if (labels.length > MAX_ITEMS_AN_OP)
    throw new CsvError(`The CSV has ${labels.length} lines; at most ${MAX_ITEMS_AN_OP} are taken.`);
  return { labels, rows: { count: labels.length, columns: {}, features: featuresOf(head, lines, key) } };
}

/** The columns that are neither the key nor a place. @throws CsvError when there is none */
function featuresOf(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  key: number,
): Rows["features"] {
  const features: Rows["features"] = {};
  for (const [column, name] of head.entries()) {
    if (column === key || name === "" || /^axis-\d+$/.test(name)) continue;
    const texts = lines.map((line) => line[column] ?? "");
    const numeric = texts.every((value) => value.trim() === "" || Number.isFinite(Number(value)));
    features[name] = texts.map((value) => (value.trim() === "" ? null : numeric ? Number(value) : value));
  }
  if (Object.keys(features).length === 0) throw new CsvError("The CSV has no columns of features.");
  return features;
}

/**
 * Features from a CSV for items: by a column `index`, else line by line.
 * @throws CsvError when lines and items do not fit
 */
export function featureRows(text: string, count: number): { indices: number[]; rows: Rows } {
  const [head, ...lines] = readCsv(text);
  if (!head) throw new CsvError("The CSV is empty.");
  const key = head.indexOf("index");
  if (key < 0 && lines.length !== count)
    throw new CsvError(
      `The CSV has ${lines.length} lines for ${count} items, and no column "index" to tell which is whose.`,
    );
  const numbered = lines.map((line, i) => ({ line, index: key < 0 ? i : Number(line[key]) }));
  const wrong = numbered.find(({ index }) => !Number.isInteger(index) || index < 0 || index >= count);
  if (wrong) throw new CsvError(`The CSV names the item ${wrong.line[key]}, and there are ${count}.`);
  numbered.sort((a, b) => a.index - b.index);
  if (numbered.some(({ index }, i) => index === numbered[i - 1]?.index))
    throw new CsvError("The CSV names an item twice.");
  const sorted = numbered.map(({ line }) => line);
  const features = featuresOf(head, sorted, key);
  return {
    indices: numbered.map(({ index }) => index),
    rows: { count: lines.length, columns: {}, features },
  };
}
