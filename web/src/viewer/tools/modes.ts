/** The modes of each layer type, in napari's order, with its names and keys. */
import type { LayerType } from "@eyepiece/protocol/scene/schema.ts";
import type { IconName } from "../../ui/icon.ts";

/** One mode, as a button shows it. */
export interface ModeInfo {
  readonly mode: string;
  readonly name: string;
  readonly key: string;
  readonly icon: IconName;
}

const pan = (key: string): ModeInfo => ({ mode: "pan_zoom", name: "Pan/zoom", key, icon: "move" });
const transform = (key: string): ModeInfo => ({ mode: "transform", name: "Transform", key, icon: "scaling" });
const plain = [pan("1"), transform("2")];

/** See the file's comment. */
export const MODES: Readonly<Record<LayerType, readonly ModeInfo[]>> = {
  image: plain,
  surface: plain,
  vectors: plain,
  tracks: plain,
  labels: [
    { mode: "erase", name: "Erase", key: "1", icon: "eraser" },
    { mode: "paint", name: "Paint", key: "2", icon: "brush" },
    { mode: "polygon", name: "Polygon", key: "3", icon: "pentagon" },
    { mode: "fill", name: "Fill", key: "4", icon: "bucket" },
    { mode: "pick", name: "Pick", key: "5", icon: "pipette" },
    pan("6"),
    transform("7"),
  ],
  points: [
    { mode: "add", name: "Add points", key: "2", icon: "plus" },
    { mode: "select", name: "Select points", key: "3", icon: "pointer" },
    pan("4"),
    transform("5"),
  ],
  shapes: [
    { mode: "select", name: "Select shapes", key: "5", icon: "pointer" },
    { mode: "direct", name: "Select vertices", key: "4", icon: "direct" },
    { mode: "add_rectangle", name: "Add rectangle", key: "r", icon: "square" },
    { mode: "add_ellipse", name: "Add ellipse", key: "e", icon: "circle" },
    { mode: "add_line", name: "Add line", key: "l", icon: "line" },
    { mode: "add_polyline", name: "Add polyline", key: "S-l", icon: "polyline" },
    { mode: "add_path", name: "Add path", key: "t", icon: "spline" },
    { mode: "add_polygon", name: "Add polygon", key: "p", icon: "pentagon" },
    { mode: "add_polygon_lasso", name: "Add polygon by lasso", key: "S-p", icon: "lasso" },
    { mode: "vertex_insert", name: "Insert vertex", key: "2", icon: "vertexInsert" },
    { mode: "vertex_remove", name: "Remove vertex", key: "1", icon: "vertexRemove" },
    pan("6"),
    transform("7"),
  ],
};

/** The mode that a key stands for in a layer of a type. */
export function modeOfKey(type: LayerType, key: string): string | undefined {
  return MODES[type].find((one) => one.key === key)?.mode;
}
