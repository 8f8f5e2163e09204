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

/** What a key changes of a labels layer. */
export function labelsKey(name: string, layer: LabelsLayer): LayerPatch | undefined {
  const { selected_label, brush_size } = layer;
  switch (name) {
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
  if (name === "m") {
    void tools.newLabel(layer);
    return true;
  }
  const set = name === "x" ? { selected_label: tools.swapped(layer) } : labelsKey(name, layer);
  if (set === undefined) return false;
  session.apply([{ op: "layer.set", id: layer.id, set }]);
  return true;
}
