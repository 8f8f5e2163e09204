/** Commands by some of their letters, in order; the best first. */
import fuzzysort from "fuzzysort";
import type { PaletteCommand } from "./commands.ts";

/** A command, with its title cut where letters were found. */
export interface Match {
  readonly command: PaletteCommand;
  readonly title: readonly { readonly text: string; readonly found: boolean }[];
}

const MOST = 60;
/** What matches worse than this only happens to have the letters. */
const THRESHOLD = 0.2;

/** Those that match; all, as they come, for nothing typed. */
export function find(commands: readonly PaletteCommand[], typed: string): readonly Match[] {
  const words = typed.trim();
  if (words === "") {
    return commands
      .slice(0, MOST)
      .map((command) => ({ command, title: [{ text: command.title, found: false }] }));
  }
  const results = fuzzysort.go(words, commands, {
    keys: ["title", "group"],
    limit: MOST,
    threshold: THRESHOLD,
  });
  return results.map((result) => ({
    command: result.obj,
    title: pieces(result.obj.title, new Set(result[0]?.indexes ?? [])),
  }));
}

function pieces(title: string, found: ReadonlySet<number>): Match["title"] {
  const list: { text: string; found: boolean }[] = [];
  for (let i = 0; i < title.length; i++) {
    const is = found.has(i);
    const last = list.at(-1);
    if (last && last.found === is) last.text += title[i];
    else list.push({ text: title[i] ?? "", found: is });
  }
  return list;
}
