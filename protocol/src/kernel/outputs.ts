/** From an execution's log to the outputs that nbformat keeps and a page shows. Pure. */
import type { MimeBundle, OutputItem } from "./messages.ts";

/** An output as nbformat 4.5 keeps it; text is one string here. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "execute_result";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly execution_count: number | null;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** An output and what only a running notebook knows of it. */
export interface LiveOutput {
  /** Counts up within an execution: the same number is the same output, so that a page changes it in place. */
  readonly key: number;
  readonly output: Output;
  readonly displayId?: string;
  /** Of a stream: its last line with where typing goes on, where that is not its end. */
  readonly tail?: string;
  /** Bytes that are only in the whole log's file. */
  readonly cut?: { readonly bytes: number; readonly file: string };
}

/** The outputs of one execution. */
export interface OutputState {
  readonly outputs: readonly LiveOutput[];
  /** The next output replaces all that are there. */
  readonly clearing: boolean;
  readonly next: number;
}

/** Before the first item. */
export const NO_OUTPUTS: OutputState = { outputs: [], clearing: false, next: 0 };

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with the escape character
const PIECE = /\u001b\[[0-9;?]*[A-Za-z]|[\s\S]/gu;

/**
 * What a terminal would show: carriage returns go back to the line's start and what follows overwrites, backspaces go back by one,
 * and a line feed ends the line as it stands. ANSI colours are kept and take no room.
 */
export function terminalText(text: string): string {
  return typed(text).shown;
}

/** `shown`, and `tail`: the last line such that typing on after it is typing on after all of the text. */
function typed(text: string): { shown: string; tail: string } {
  const cut = text.lastIndexOf("\n") + 1;
  const last = terminalLine(text.slice(cut));
  const before = text.slice(0, cut);
  const plain = !/[\r\b]/.test(before);
  const lines = plain
    ? before
    : before
        .replace(/\r+\n/g, "\n")
        .split("\n")
        .map((line) => terminalLine(line).shown)
        .join("\n");
  return { shown: lines + last.shown, tail: last.tail };
}

function terminalLine(line: string): { shown: string; tail: string } {
  if (!/[\r\b]/.test(line)) return { shown: line, tail: line };
  const cells: string[] = [];
  let at = 0;
  // Escape sequences that belong to what is typed next.
  let style = "";
  for (const [piece] of line.matchAll(PIECE)) {
    if (piece === "\r") at = 0;
    else if (piece === "\b") at = Math.max(0, at - 1);
    else if (piece === "\u001b[K" || piece === "\u001b[0K") cells.length = Math.min(cells.length, at);
    else if (piece === "\u001b[2K") cells.fill(" ");
    else if (piece.length > 1 && piece.startsWith("\u001b")) style += piece;
    else {
      cells[at] = style + piece;
      style = "";
      at++;
    }
  }
  const written = cells.join("");
  const back = at < cells.length ? `\r${cells.slice(0, at).join("")}` : "";
  return { shown: written + style, tail: written + back + style };
}

function added(state: OutputState, output: Output, displayId?: string): OutputState {
  const kept = state.clearing ? [] : state.outputs;
  const live: LiveOutput = { key: state.next, output, ...(displayId !== undefined && { displayId }) };
  return { outputs: [...kept, live], clearing: false, next: state.next + 1 };
}

function withTail(state: OutputState, tail: string): OutputState {
  const last = state.outputs.at(-1);
  if (last?.output.output_type !== "stream") return state;
  const { tail: _, ...rest } = last;
  const { text } = last.output;
  const needed = tail !== text.slice(text.lastIndexOf("\n") + 1);
  return { ...state, outputs: [...state.outputs.slice(0, -1), needed ? { ...rest, tail } : rest] };
}

/** One item more. `update` items change only what is in this state: apply them to all executions of a notebook. */
export function applyOutput(state: OutputState, item: OutputItem): OutputState {
  switch (item.op) {
    case "stream": {
      const last = state.clearing ? undefined : state.outputs.at(-1);
      if (last?.output.output_type !== "stream" || last.output.name !== item.name) {
        const { shown, tail } = typed(item.text);
        const made = added(state, { output_type: "stream", name: item.name, text: shown });
        return withTail(made, tail);
      }
      // Only the last line can change.
      const { text } = last.output;
      const line = text.lastIndexOf("\n") + 1;
      const { shown, tail } = typed((last.tail ?? text.slice(line)) + item.text);
      const live = { ...last, output: { ...last.output, text: text.slice(0, line) + shown } };
      return withTail({ ...state, outputs: [...state.outputs.slice(0, -1), live] }, tail);
    }
    case "display":
      return added(
        state,
        { output_type: "display_data", data: item.data, metadata: item.metadata },
        item.display_id,
      );
    case "result": {
      const { data, metadata, execution_count } = item;
      return added(
        state,
        { output_type: "execute_result", data, metadata, execution_count },
        item.display_id,
      );
    }
    case "error": {
      const { ename, evalue, traceback } = item;
      return added(state, { output_type: "error", ename, evalue, traceback });
    }
    case "clear":
      return item.wait ? { ...state, clearing: true } : { outputs: [], clearing: false, next: state.next };
    case "update":
      return updateDisplay(state, item.display_id, item.data, item.metadata);
    case "cut": {
      const last = state.outputs.at(-1);
      if (last === undefined) return state;
      const { bytes, file } = item;
      return { ...state, outputs: [...state.outputs.slice(0, -1), { ...last, cut: { bytes, file } }] };
    }
  }
}

/** Changes the outputs with a display_id; the same state when there is none. */
export function updateDisplay(
  state: OutputState,
  displayId: string,
  data: MimeBundle,
  metadata: Readonly<Record<string, unknown>>,
): OutputState {
  if (!state.outputs.some((live) => live.displayId === displayId)) return state;
  const outputs = state.outputs.map((live) => {
    const { output } = live;
    const shows = output.output_type === "display_data" || output.output_type === "execute_result";
    return live.displayId === displayId && shows ? { ...live, output: { ...output, data, metadata } } : live;
  });
  return { ...state, outputs };
}

/** All items at once. Text of one stream is joined in one go, so that a long log costs its length and not its square. */
export function reduceItems(items: readonly OutputItem[], from: OutputState = NO_OUTPUTS): OutputState {
  let state = from;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) continue;
    if (item.op !== "stream") {
      state = applyOutput(state, item);
      continue;
    }
    const texts = [item.text];
    for (let next = items[i + 1]; next?.op === "stream" && next.name === item.name; next = items[i + 1]) {
      texts.push(next.text);
      i++;
    }
    state = applyOutput(state, { ...item, text: texts.join("") });
  }
  return state;
}

/** What a log leaves in a saved notebook. */
export function reduceOutputs(items: readonly OutputItem[]): Output[] {
  return reduceItems(items).outputs.map((live) => live.output);
}
