/** Keys of the notebook, as Jupyter's: one table for each mode. */

/** What keys can do; the page does it. */
export type NotebookCommand =
  | "edit"
  | "command-mode"
  | "run-next"
  | "run"
  | "run-insert"
  | "run-all"
  | "above"
  | "below"
  | "delete"
  | "cut"
  | "copy"
  | "paste"
  | "paste-above"
  | "undo"
  | "redo"
  | "code"
  | "markdown"
  | "raw"
  | `heading-${1 | 2 | 3 | 4 | 5 | 6}`
  | "up"
  | "down"
  | "extend-up"
  | "extend-down"
  | "select-all"
  | "move-up"
  | "move-down"
  | "first"
  | "last"
  | "merge"
  | "split"
  | "toggle-output"
  | "toggle-scroll"
  | "toggle-source"
  | "interrupt"
  | "restart"
  | "save"
  | "find"
  | "numbers"
  | "help"
  | "collapse"
  | "expand"
  | "page-down"
  | "page-up"
  | "contents"
  | "variables";

const BOTH: Readonly<Record<string, NotebookCommand>> = {
  "S-Enter": "run-next",
  "C-Enter": "run",
  "A-Enter": "run-insert",
  "C-s": "save",
  "C-f": "find",
  "C-S--": "split",
  "C-S-_": "split",
};

const COMMAND: Readonly<Record<string, NotebookCommand>> = {
  Enter: "edit",
  a: "above",
  b: "below",
  "d d": "delete",
  Delete: "delete",
  x: "cut",
  c: "copy",
  v: "paste",
  "S-v": "paste-above",
  z: "undo",
  "S-z": "redo",
  "C-z": "undo",
  "C-S-z": "redo",
  y: "code",
  m: "markdown",
  r: "raw",
  "1": "heading-1",
  "2": "heading-2",
  "3": "heading-3",
  "4": "heading-4",
  "5": "heading-5",
  "6": "heading-6",
  ArrowUp: "up",
  k: "up",
  ArrowDown: "down",
  j: "down",
  "S-ArrowUp": "extend-up",
  "S-k": "extend-up",
  "S-ArrowDown": "extend-down",
  "S-j": "extend-down",
  "C-a": "select-all",
  "C-S-ArrowUp": "move-up",
  "C-S-ArrowDown": "move-down",
  "C-ArrowUp": "first",
  "C-Home": "first",
  "C-ArrowDown": "last",
  "C-End": "last",
  "S-m": "merge",
  o: "toggle-output",
  "S-o": "toggle-scroll",
  "i i": "interrupt",
  "0 0": "restart",
  s: "save",
  f: "find",
  l: "numbers",
  "S-l": "numbers",
  h: "help",
  "?": "help",
  ArrowLeft: "collapse",
  ArrowRight: "expand",
  " ": "page-down",
  "S- ": "page-up",
};

/** The parts of a KeyboardEvent that count. */
export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Milliseconds between the two of a double key. */
const DOUBLE_MS = 800;

/** Reads keys; it remembers the first of a double one. */
export class KeyReader {
  #first = { name: "", at: 0 };

  /** The command of a key in a mode, if it has one. `now` in milliseconds. */
  read(event: Pressed, mode: "command" | "edit", now: number): NotebookCommand | undefined {
    const name = keyName(event);
    const both = BOTH[name];
    if (both) return both;
    if (mode === "edit") return undefined;
    const { name: before, at } = this.#first;
    this.#first = { name: "", at: 0 };
    if (before === name && now - at < DOUBLE_MS) {
      const double = COMMAND[`${name} ${name}`];
      if (double) return double;
    }
    if (COMMAND[`${name} ${name}`]) this.#first = { name, at: now };
    return COMMAND[name];
  }
}

function keyName(event: Pressed): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? "C-" : "";
  const alt = event.altKey ? "A-" : "";
  // Shift is part of what "?" is.
  const shift = event.shiftKey && event.key !== "?" ? "S-" : "";
  return `${control}${alt}${shift}${key}`;
}

/** The sheet of keys: what is pressed, what it does. */
export const KEY_SHEET: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Run",
    [
      ["Shift-Enter", "Run the cell and go to the next"],
      ["Ctrl-Enter", "Run the cell"],
      ["Alt-Enter", "Run the cell and insert one below"],
      ["I I", "Interrupt the kernel"],
      ["0 0", "Restart the kernel"],
    ],
  ],
  [
    "Edit",
    [
      ["Enter, Escape", "Edit the cell's text, leave it"],
      ["A, B", "Insert a cell above, below"],
      ["D D", "Delete the selected cells"],
      ["X, C, V, Shift-V", "Cut, copy, paste below, above"],
      ["Z, Shift-Z", "Undo, redo what was done to cells"],
      ["Y, M, R, 1 to 6", "To code, Markdown, raw, heading"],
      ["Shift-M", "Merge the selected cells"],
      ["Ctrl-Shift-minus", "Split the cell at the cursor"],
      ["Tab, Shift-Tab", "In code: complete, inspect"],
    ],
  ],
  [
    "Go",
    [
      ["↑ ↓, K J", "To the cell above, below; with Shift select"],
      ["Ctrl-Shift-↑ ↓", "Move the selected cells"],
      ["Ctrl-↑ ↓", "To the first, the last cell"],
      ["← →", "Fold, unfold a heading's section"],
      ["Space, Shift-Space", "Scroll"],
      ["F, Ctrl-F", "Find and replace"],
    ],
  ],
  [
    "Show",
    [
      ["O, Shift-O", "Hide the outputs, scroll them"],
      ["L", "Line numbers"],
      ["S, Ctrl-S", "Keep a version (edits are always kept)"],
      ["P, Ctrl-K", "Everything that can be done, by name"],
      ["H, ?", "This sheet"],
    ],
  ],
];
