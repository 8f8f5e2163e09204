/** What the viewer page offers to the palette. */
import type { IconName } from "../ui/icon.ts";
import { type CommandHost, run } from "../viewer/commands.ts";
import type { Command } from "../viewer/keys.ts";
import type { PaletteCommand } from "./commands.ts";

type Row = readonly [title: string, icon: IconName, command: Command, keys: string];

const LOOK: readonly Row[] = [
  ["2D and 3D", "box", "toggle-display", "Ctrl-Y"],
  ["Reset the view", "house", "reset", "Ctrl-R"],
  ["Roll the axes", "rotate", "roll", "Ctrl-E"],
  ["Transpose the axes", "arrowLeftRight", "transpose", "Ctrl-T"],
  ["Grid", "grid", "grid", "Ctrl-G"],
  ["Orthogonal views", "panels", "ortho", "Alt-O"],
  ["Screenshot", "camera", "screenshot", "Alt-S"],
  ["Screenshot without overlays", "camera", "screenshot-bare", "Alt-Shift-S"],
  ["Record a film, or end it", "record", "record", "Alt-R"],
  ["Animation", "film", "animation", "Alt-A"],
  ["Hide and show the panels", "sliders", "panels", "Tab"],
  ["Keys and mouse", "help", "help", "?"],
];
const EDIT: readonly Row[] = [
  ["Open data", "folderOpen", "open", "Ctrl-O"],
  ["Save the scene or layers", "download", "save", "Ctrl-S"],
  ["Undo", "undo", "undo", "Ctrl-Z"],
  ["Redo", "redo", "redo", "Ctrl-Shift-Z"],
  ["Hide and show the layer", "eye", "visibility", "V"],
  ["Remove the layer", "trash", "remove", "Ctrl-Delete"],
];

/** The commands of a session that may be given now. `more`: what the page itself can do. */
export function viewerCommands(
  host: CommandHost,
  more: readonly PaletteCommand[],
): readonly PaletteCommand[] {
  const rows = [...LOOK, ...(host.session.mayEdit ? EDIT : [])];
  return [
    ...rows.map(([title, icon, command, keys]) => ({
      title,
      icon,
      keys,
      group: "Viewer",
      act: () => run(command, host),
    })),
    ...more,
  ];
}
