/** Headings of Markdown texts. Pure. */
import { Marked } from "marked";

const marked = new Marked({ gfm: true });

/** A heading of a Markdown text. */
export interface Heading {
  readonly level: number;
  readonly text: string;
}

/** The headings of a text, in order; those within code are none. */
export function headingsOf(source: string): Heading[] {
  if (!source.includes("#") && !/\n(=+|-+)\s*$/m.test(source)) return [];
  return marked
    .lexer(source)
    .flatMap((token) =>
      token.type === "heading" ? [{ level: Number(token.depth), text: String(token.text) }] : [],
    );
}
