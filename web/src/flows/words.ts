/** States of runs in words and colours, and times. */
import type { State } from "./api.ts";

/** The word for a state. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  starting: "starting",
  running: "running",
  awaiting: "waits for an answer",
  finished: "finished",
  error: "failed",
};

/** Its colour, as a token of the app. */
const STATE_COLOURS: Readonly<Record<State, string>> = {
  starting: "var(--quiet)",
  running: "var(--accent)",
  awaiting: "var(--warn)",
  finished: "var(--good)",
  error: "var(--bad)",
};

/** The word and the colour of a run: that somebody called it off is no failure. */
export function stateShown(
  state: State,
  error: string | null,
): { readonly word: string; readonly colour: string } {
  if (state === "error" && error === "cancelled") return { word: "cancelled", colour: "var(--quiet)" };
  return { word: STATE_WORDS[state], colour: STATE_COLOURS[state] };
}

/** Who wrote a flow, and for whom: one word where both are the same. */
export function authorLine(author: unknown, organization: unknown): string {
  return [...new Set([author, organization].filter(Boolean))].join(", ");
}

/** Whether nothing comes after it. */
export function isOver(state: State): boolean {
  return state === "finished" || state === "error";
}

/** Seconds for people: "0.42 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Bytes for people: "812 B", "1.2 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${["kB", "MB", "GB", "TB"][power - 1]}`;
}

/** A value as Python wrote it, `{"TypeName": value}`, opened. */
export function opened(message: string): { readonly type: string; readonly value: unknown } {
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const entries = Object.entries(value);
      const [first] = entries;
      if (entries.length === 1 && first) return { type: first[0], value: first[1] };
    }
    return { type: "", value };
  } catch {
    return { type: "", value: message };
  }
}

/** Text of a function's body without the indentation that all its lines have. */
export function dedented(text: string): string {
  const lines = text.split("\n");
  const indents = lines
    .slice(1)
    .flatMap((line) => (line.trim() === "" ? [] : [/^ */.exec(line)?.[0].length ?? 0]));
  const least = Math.min(...indents, /^ */.exec(lines[0] ?? "")?.[0].length || Number.POSITIVE_INFINITY);
  if (!Number.isFinite(least) || least === 0) return text;
  return lines.map((line) => (line.startsWith(" ".repeat(least)) ? line.slice(least) : line)).join("\n");
}
