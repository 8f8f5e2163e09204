/** What each command of the notebook does. */
import type { CellView } from "@eyepiece/protocol/notebook/document.ts";
import type { Notices } from "../services/notices.ts";
import * as actions from "./actions.ts";
import type { NotebookCommand } from "./keys.ts";
import type { NotebookView } from "./notebook-view.ts";

/** Commands with keys, and those of the menus alone. */
export type NotebookAction =
  | NotebookCommand
  | "comments"
  | "run-above"
  | "run-below"
  | "restart-run"
  | "clear"
  | "clear-all";

/** What a command finds: the cells, those that are selected, the active one. */
interface Scene {
  readonly view: NotebookView;
  readonly cells: readonly CellView[];
  readonly chosen: readonly CellView[];
  readonly active: CellView | undefined;
  /** Index of the active cell, at least 0. */
  readonly at: number;
}

type Act = (scene: Scene) => void;

/** Commands that change the notebook, and so need the right to. */
const EDITS: Readonly<Partial<Record<NotebookAction, Act>>> = {
  above: ({ view }) => void actions.insert(view, "above"),
  below: ({ view }) => void actions.insert(view, "below"),
  delete: ({ view }) => actions.remove(view),
  cut: ({ view }) => {
    actions.copy(view);
    actions.remove(view);
  },
  paste: ({ view }) => actions.paste(view, "below"),
  "paste-above": ({ view }) => actions.paste(view, "above"),
  undo: ({ view }) => {
    view.document.undo.undo();
    view.selection.prune();
  },
  redo: ({ view }) => {
    view.document.undo.redo();
    view.selection.prune();
  },
  code: ({ view }) => actions.changeType(view, "code"),
  markdown: ({ view }) => actions.changeType(view, "markdown"),
  raw: ({ view }) => actions.changeType(view, "raw"),
  "heading-1": ({ view }) => actions.changeType(view, "markdown", 1),
  "heading-2": ({ view }) => actions.changeType(view, "markdown", 2),
  "heading-3": ({ view }) => actions.changeType(view, "markdown", 3),
  "heading-4": ({ view }) => actions.changeType(view, "markdown", 4),
  "heading-5": ({ view }) => actions.changeType(view, "markdown", 5),
  "heading-6": ({ view }) => actions.changeType(view, "markdown", 6),
  "move-up": ({ view }) => actions.move(view, -1),
  "move-down": ({ view }) => actions.move(view, 1),
  merge: ({ view }) => actions.merge(view),
  split: ({ view, active }) => {
    const cursor = view.page?.cursor();
    if (active && cursor !== undefined) actions.split(view, active.id, cursor);
  },
  clear: ({ view, chosen }) => actions.clearOutputs(view, chosen),
  "clear-all": ({ view, cells }) => actions.clearOutputs(view, cells),
};

function show({ view }: Scene): void {
  view.page?.show(view.selection.active.value);
}

function step(by: -1 | 1, extend: boolean): Act {
  return (scene) => {
    scene.view.selection.step(by, extend);
    show(scene);
  };
}

function runNext(scene: Scene): void {
  const { view, cells, chosen } = scene;
  void view.run(chosen);
  const last = cells.findIndex((cell) => cell.id === chosen.at(-1)?.id);
  const next = cells.slice(last + 1).find((cell) => !view.hidden.value.has(cell.id));
  if (next) view.selection.select(next.id);
  else if (view.mayEdit) {
    actions.insert(view, "below");
    view.selection.setMode("edit");
  } else view.selection.setMode("command");
  show(scene);
}

function runInsert(scene: Scene): void {
  const { view, chosen } = scene;
  void view.run(chosen);
  if (view.mayEdit) {
    actions.insert(view, "below");
    view.selection.setMode("edit");
  }
  show(scene);
}

const OTHERS: Readonly<Partial<Record<NotebookAction, Act>>> = {
  edit: ({ view, active }) => {
    if (active) view.edit(active.id);
  },
  "command-mode": ({ view }) => view.leave(),
  run: (scene) => {
    scene.view.selection.setMode("command");
    show(scene);
    void scene.view.run(scene.chosen);
  },
  "run-next": runNext,
  "run-insert": runInsert,
  "run-all": ({ view, cells }) => void view.run(cells),
  "run-above": ({ view, cells, at }) => void view.run(cells.slice(0, at)),
  "run-below": ({ view, cells, at }) => void view.run(cells.slice(at)),
  restart: ({ view }) => void view.restart(false),
  "restart-run": ({ view }) => void view.restart(true),
  interrupt: ({ view }) => view.interrupt(),
  copy: ({ view }) => actions.copy(view),
  up: step(-1, false),
  down: step(1, false),
  "extend-up": step(-1, true),
  "extend-down": step(1, true),
  first: (scene) => {
    scene.view.selection.select(scene.cells[0]?.id);
    show(scene);
  },
  last: (scene) => {
    scene.view.selection.select(scene.cells.at(-1)?.id);
    show(scene);
  },
  "select-all": ({ view, cells }) => view.selection.selectAll(cells.map((cell) => cell.id)),
  "toggle-output": ({ view, chosen }) => {
    for (const cell of chosen) view.toggleOutputs(cell);
  },
  "toggle-scroll": ({ view, chosen }) => {
    for (const cell of chosen) view.toggleScroll(cell);
  },
  "toggle-source": ({ view, chosen }) => {
    for (const cell of chosen) view.toggleSource(cell);
  },
  collapse: ({ view, active }) => {
    if (active) view.toggleSection(active.id, true);
  },
  expand: ({ view, active }) => {
    if (active) view.toggleSection(active.id, false);
  },
  "page-down": ({ view }) => view.page?.scrollPage(1),
  "page-up": ({ view }) => view.page?.scrollPage(-1),
  save: ({ view }) => view.keepVersion(),
  find: ({ view }) => view.page?.toggle("find"),
  help: ({ view }) => view.page?.toggle("help"),
  numbers: ({ view }) => view.page?.toggle("numbers"),
  contents: ({ view }) => view.page?.toggle("contents"),
  comments: ({ view }) => view.page?.toggle("comments"),
  variables: ({ view }) => view.page?.toggle("variables"),
};

/** Does a command, or says why not. */
export function runCommand(view: NotebookView, command: NotebookAction, notices: Notices): void {
  const cells = view.document.cells.value;
  const ids = new Set(view.selection.ids.value);
  const at = cells.findIndex((cell) => cell.id === view.selection.active.value);
  const chosen = cells.filter((cell) => ids.has(cell.id));
  const scene: Scene = { view, cells, chosen, active: cells[at], at: Math.max(0, at) };
  const edit = EDITS[command];
  if (!edit) {
    OTHERS[command]?.(scene);
    return;
  }
  if (!view.mayEdit) {
    notices.show("warn", "You may look at this notebook, not change it.");
    return;
  }
  edit(scene);
  show(scene);
}
