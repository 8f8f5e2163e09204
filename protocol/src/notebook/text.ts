/** Changing a shared text to another with the least that was typed, so that what others type meanwhile stays. */
import { diffArrays } from "diff";
import type * as Y from "yjs";

/** Lines that may differ before a text is replaced from its first difference to its last. */
const MAX_DIFFERENCES = 2000;

/** One change: at `index` of the old text `remove` characters go and `insert` comes. */
export interface Splice {
  readonly index: number;
  readonly remove: number;
  readonly insert: string;
}

/** What leads from one text to the other, in order of place: by line first, then within each changed run of lines. */
export function textSplices(from: string, to: string): Splice[] {
  if (from === to) return [];
  const changes = diffArrays(linesOf(from), linesOf(to), { maxEditLength: MAX_DIFFERENCES });
  if (!changes) return [within(from, to, 0)];
  const splices: Splice[] = [];
  let index = 0;
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed || added) splices.push(within(removed, added, index - removed.length));
    removed = added = "";
  };
  for (const change of changes) {
    const text = change.value.join("");
    if (change.added) added += text;
    else {
      index += text.length;
      if (change.removed) removed += text;
      else {
        index -= text.length;
        flush();
        index += text.length;
      }
    }
  }
  flush();
  return splices.filter(({ remove, insert }) => remove > 0 || insert !== "");
}

/** Makes `text` read `to`. Call within a transaction. */
export function setText(text: Y.Text, to: string): void {
  // From the end, so that the places of those before stay as they are.
  for (const { index, remove, insert } of textSplices(text.toString(), to).reverse()) {
    if (remove > 0) text.delete(index, remove);
    if (insert) text.insert(index, insert);
  }
}

/** The difference in the middle of two texts. Halves of a surrogate pair stay together: Yjs would lose them. */
function within(from: string, to: string, offset: number): Splice {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  if (start > 0 && isHigh(from.charCodeAt(start - 1))) start--;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  if (end > 0 && isLow(from.charCodeAt(from.length - end))) end--;
  return {
    index: offset + start,
    remove: from.length - end - start,
    insert: to.slice(start, to.length - end),
  };
}

/** The nearest place at or before `offset` that is not within a surrogate pair. */
export function wholeOffset(text: string, offset: number): number {
  const at = Math.max(0, Math.min(text.length, Math.floor(offset)));
  return at > 0 && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at)) ? at - 1 : at;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/u);
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
