/** Finding and replacing over cells. Pure. */

/** How to look. */
export interface FindOptions {
  readonly query: string;
  readonly matchCase: boolean;
  readonly regex: boolean;
}

/** A place in a cell's text, UTF-16 offsets. */
export interface Match {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Matches that are listed; more would only cost time. */
const MOST = 5000;

/** The expression of a query, or why it is none. */
export function expressionOf(options: FindOptions): RegExp | string {
  if (options.query === "") return "";
  const source = options.regex ? options.query : options.query.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  try {
    return new RegExp(source, `g${options.matchCase ? "" : "i"}m`);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** All matches, in order of the cells. Empty ones are left out. */
export function findAll(
  cells: readonly { readonly id: string; readonly source: { toString(): string } }[],
  expression: RegExp,
): Match[] {
  const found: Match[] = [];
  for (const { id, source } of cells) {
    for (const match of source.toString().matchAll(expression)) {
      if (match[0] === "") continue;
      found.push({ id, from: match.index, to: match.index + match[0].length });
      if (found.length >= MOST) return found;
    }
  }
  return found;
}

/** The text that takes a match's place; with a regular expression, $1 is its first group. */
export function replacementOf(text: string, expression: RegExp, by: string, regex: boolean): string {
  if (!regex) return by;
  return text.replace(new RegExp(expression.source, expression.flags.replace("g", "")), by);
}
