/** Text around what was found: found words are between U+0002 and U+0003. */

/** A piece of it. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

const BEGIN = "\u0002";
const END = "\u0003";

/** The lines with something found in them, or the first line, in pieces. */
export function marked(snippet: string): readonly Piece[] {
  const lines = closed(snippet.split("\n"));
  const telling = lines.filter((line) => line.includes(BEGIN));
  const text = (telling.length > 0 ? telling : lines.slice(0, 1)).map((line) => line.trim()).join("\n");
  return text
    .split(BEGIN)
    .flatMap((part, i) => {
      if (i === 0) return [{ text: part, found: false }];
      const end = part.indexOf(END);
      if (end < 0) return [{ text: part, found: true }];
      return [
        { text: part.slice(0, end), found: true },
        { text: part.slice(end + 1), found: false },
      ];
    })
    .filter((piece) => piece.text !== "");
}

/** What was found first; empty for nothing. */
export function firstMarked(snippet: string): string {
  return marked(snippet).find((piece) => piece.found)?.text ?? "";
}

/** Each line with its own marks, where one goes over several. */
function closed(lines: readonly string[]): string[] {
  let open = false;
  return lines.map((line) => {
    const begun = open ? BEGIN + line : line;
    open = begun.lastIndexOf(BEGIN) > begun.lastIndexOf(END);
    return open ? begun + END : begun;
  });
}
