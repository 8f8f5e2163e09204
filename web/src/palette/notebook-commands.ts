/** What the notebook page offers to the palette. */
import type { NotebookView } from "../notebook/notebook-view.ts";
import type { IconName } from "../ui/icon.ts";
import type { PaletteCommand } from "./commands.ts";

type Name = Parameters<NotebookView["command"]>[0];
type Row = readonly [title: string, icon: IconName, command: Name, keys?: string];

const RUN: readonly Row[] = [
  ["Run the cell", "play", "run", "Ctrl-Enter"],
  ["Run the cell and go on", "play", "run-next", "Shift-Enter"],
  ["Run all cells", "fastForward", "run-all"],
  ["Run all above", "play", "run-above"],
  ["Run this and all below", "play", "run-below"],
  ["Interrupt the kernel", "square", "interrupt", "I I"],
  ["Restart the kernel", "rotate", "restart", "0 0"],
  ["Restart and run all", "rotate", "restart-run"],
];
const EDIT: readonly Row[] = [
  ["Insert a cell above", "plus", "above", "A"],
  ["Insert a cell below", "plus", "below", "B"],
  ["Cut cells", "scissors", "cut", "X"],
  ["Paste cells", "copy", "paste", "V"],
  ["Delete cells", "trash", "delete", "D D"],
  ["Undo what was done to cells", "undo", "undo", "Z"],
  ["Redo what was done to cells", "redo", "redo", "Shift-Z"],
  ["Merge cells", "layers", "merge", "Shift-M"],
  ["Split the cell at the cursor", "scissors", "split", "Ctrl-Shift-minus"],
  ["Move cells up", "arrowUp", "move-up", "Ctrl-Shift-↑"],
  ["Move cells down", "arrowDown", "move-down", "Ctrl-Shift-↓"],
  ["Change to code", "code", "code", "Y"],
  ["Change to Markdown", "type", "markdown", "M"],
  ["Clear the outputs of the cell", "eraser", "clear"],
  ["Clear all outputs", "eraser", "clear-all"],
  ["Keep a version", "history", "save", "Ctrl-S"],
];
const SHOW: readonly Row[] = [
  ["Copy cells", "copy", "copy", "C"],
  ["Find and replace", "search", "find", "Ctrl-F"],
  ["Contents", "list", "contents"],
  ["Variables", "variable", "variables"],
  ["Line numbers", "type", "numbers", "L"],
  ["Keys of the notebook", "help", "help", "H"],
];

/** The commands of a notebook that may be given now. `more`: what the page itself can do. */
export function notebookCommands(
  view: NotebookView,
  more: readonly PaletteCommand[],
): readonly PaletteCommand[] {
  const rows = [...(view.mayRun ? RUN : []), ...(view.mayEdit ? EDIT : []), ...SHOW];
  return [
    ...rows.map(([title, icon, command, keys]) => ({
      title,
      icon,
      group: "Notebook",
      ...(keys !== undefined && { keys }),
      act: () => view.command(command),
    })),
    ...more,
  ];
}
