/** The words of each item, as napari writes them: a feature, words with features in braces, or the same words for all. */
import type { Table } from "../data/table.ts";

/** A part of a text: words as they are, or a feature by a format. */
interface Part {
  readonly words: string;
  readonly feature?: string;
  readonly format?: string;
}

/** "{name}", "{name:format}", and doubled braces, which are braces. */
const PARTS = /\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}/g;

/** The words of a row. The same rule for all rows of a table. */
export function itemText(string: string, table: Table): (row: number) => string {
  if (table.features.has(string)) return (row) => featureText(table, string, row, "");
  const parts: Part[] = [];
  let from = 0;
  for (const match of string.matchAll(PARTS)) {
    parts.push({ words: string.slice(from, match.index) });
    const [all, feature, format] = match;
    parts.push(
      feature === undefined ? { words: all.slice(1) } : { words: "", feature, format: format ?? "" },
    );
    from = match.index + all.length;
  }
  parts.push({ words: string.slice(from) });
  return (row) =>
    parts
      .map(({ words, feature, format = "" }) =>
        feature === undefined ? words : featureText(table, feature, row, format),
      )
      .join("");
}

function featureText(table: Table, name: string, row: number, format: string): string {
  const feature = table.features.get(name);
  const value = feature?.data[row];
  // A feature that is not there is shown as what was asked for: the mistake can be seen.
  if (feature === undefined || value === undefined) return `{${name}}`;
  if (feature.categories) return feature.categories[value] ?? "";
  return formatted(value, format);
}

/** A number by Python's format: width, thousands, digits, and f, e, g, d or %. Formats that it does not know are left out. */
export function formatted(value: number, format: string): string {
  const read = /^(0?)(\d*)(,?)(?:\.(\d{1,2}))?([fegd%]?)$/.exec(format);
  if (!read || format === "") return plain(value);
  if (!Number.isFinite(value)) return String(value).toLowerCase().replace("infinity", "inf");
  const [, zero = "", width = "", comma = "", digits, kind = ""] = read;
  let text = written(value, kind, digits === undefined ? undefined : Number(digits));
  if (comma !== "") text = text.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  return text.padStart(Number(width), zero === "" ? " " : "0");
}

function written(value: number, kind: string, digits: number | undefined): string {
  if (kind === "f") return value.toFixed(digits ?? 6);
  if (kind === "%") return `${(value * 100).toFixed(digits ?? 6)}%`;
  if (kind === "d") return Math.round(value).toFixed(0);
  // Python writes at least two digits of an exponent.
  if (kind === "e") return value.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, "e$10$2");
  return digits === undefined ? plain(value) : String(Number(value.toPrecision(Math.max(1, digits))));
}

function plain(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}
