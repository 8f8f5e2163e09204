/** Keys of the viewer, as napari's. One table: what is pressed, what it does. */

/** What keys can do; the viewer page does it. */
export type Command =
  | "toggle-display"
  | "reset"
  | "roll"
  | "transpose"
  | "grid"
  | "ortho"
  | "screenshot"
  | "screenshot-bare"
  | "record"
  | "animation"
  | "panels"
  | "help"
  | "step-back"
  | "step-on"
  | "axis-before"
  | "axis-next"
  | "layer-above"
  | "layer-below"
  | "visibility"
  | "remove"
  | "undo"
  | "redo"
  | "open"
  | "save"
  | "normal-x"
  | "normal-y"
  | "normal-z"
  | "normal-oblique";

const COMMANDS: Readonly<Record<string, Command>> = {
  "C-y": "toggle-display",
  "C-r": "reset",
  "C-e": "roll",
  "C-t": "transpose",
  t: "transpose",
  "C-g": "grid",
  "A-o": "ortho",
  "A-s": "screenshot",
  "A-S-s": "screenshot-bare",
  "A-r": "record",
  "A-a": "animation",
  Tab: "panels",
  "?": "help",
  ArrowLeft: "step-back",
  ArrowRight: "step-on",
  "A-ArrowUp": "axis-before",
  "A-ArrowDown": "axis-next",
  "C-ArrowUp": "layer-above",
  "C-ArrowDown": "layer-below",
  v: "visibility",
  "C-Delete": "remove",
  "C-Backspace": "remove",
  "C-z": "undo",
  "C-S-z": "redo",
  "C-o": "open",
  "C-s": "save",
  x: "normal-x",
  y: "normal-y",
  z: "normal-z",
  o: "normal-oblique",
};

/** All keys of the table, as its own names: modifiers C-, A-, S-, then the key. */
export const KEY_NAMES: readonly string[] = Object.keys(COMMANDS);

/** The parts of a KeyboardEvent that count. */
export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The command of a key, if it has one. */
export function commandOf(event: Pressed): Command | undefined {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? "C-" : "";
  const alt = event.altKey ? "A-" : "";
  // Shift is part of what "?" is; with letters and arrows it is a key of its own.
  const shift = event.shiftKey && event.key !== "?" ? "S-" : "";
  return COMMANDS[`${control}${alt}${shift}${letter}`];
}

/**
 * Whether an element uses a key itself: fields take letters and arrows, sliders take arrows, and Tab belongs to whoever
 * has the focus except the canvas and the page.
 */
export function taken(target: Element | undefined, event: Pressed): boolean {
  if (!target) return false;
  // A dialog has the keys to itself, while it is there: one that was closed may still have the focus.
  if (target.closest("wa-dialog[open]")) return true;
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  const field = target.closest("input, select, textarea, wa-select, [contenteditable]");
  if (event.key === "Tab") return target.closest("ep-canvas") === null && target !== document.body;
  if (!field) return target.closest("button, a") !== null && ["Enter", " "].includes(event.key);
  if (field instanceof HTMLInputElement && field.type === "range") {
    return !withModifier && (event.key.startsWith("Arrow") || event.key === " ");
  }
  if (field instanceof HTMLInputElement && field.type === "checkbox") return event.key === " ";
  // Undo inside of a field is the field's.
  return (
    !withModifier ||
    ["z", "Z", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Backspace", "Delete"].includes(event.key)
  );
}
