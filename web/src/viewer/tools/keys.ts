/** Keys of the selected layer's type, as napari's: modes, labels, items. They come before the viewer's own. */
import type { LabelsLayer, LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import { modeOfKey } from "./modes.ts";
import type { Tools } from "./tools.ts";

/** The parts of a KeyboardEvent that count. */
export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** A key's name: modifiers C-, A-, S-, then the key, letters small. */
export function keyName(event: Pressed): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? "C-" : "";
  const letter = event.key.length > 1 || /[a-z]/i.test(event.key);
  return `${control}${event.altKey ? "A-" : ""}${event.shiftKey && letter ? "S-" : ""}${key}`;
}

/** What a key changes of a labels layer. `greatest`: the greatest label that is known. */
export function labelsKey(name: string, layer: LabelsLayer, greatest: number): LayerPatch | undefined {
  const { selected_label, brush_size, colormap } = layer;
  switch (name) {
    case "m":
      return { selected_label: Math.max(greatest, selected_label) + 1 };
    case "-":
      return { selected_label: selected_label - 1 };
    case "=":
      return { selected_label: selected_label + 1 };
    case "[":
      return { brush_size: Math.max(1, brush_size - 1) };
    case "]":
      return { brush_size: brush_size + 1 };
    case "b":
      return { preserve_labels: !layer.preserve_labels };
    case "x":
      return { selected_label: selected_label === colormap.background_value ? 1 : colormap.background_value };
    default:
      return undefined;
  }
}

/** Does what a key stands for in the selected layer. @returns whether it stands for anything */
export function layerKey(event: Pressed, tools: Tools): boolean {
  const { layer, session } = tools;
  if (!layer || !session.mayEdit) return false;
  const name = keyName(event);
  if (tools.tool.key(name)) return true;
  const mode = modeOfKey(layer.type, name);
  if (mode !== undefined) {
    tools.setMode(layer, mode);
    return true;
  }
  if (layer.type !== "labels") return false;
  const swap = name === "x" ? tools.swapped(layer) : undefined;
  const set =
    swap === undefined ? labelsKey(name, layer, tools.greatestLabel(layer)) : { selected_label: swap };
  if (set === undefined) return false;
  session.apply([{ op: "layer.set", id: layer.id, set }]);
  return true;
}
