/** What the rows of the list of layers go by: signs, colours, and which rows are meant. */

import { css } from "@eyepiece/engine/overlays/css.ts";
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { IconName } from "../ui/icon.ts";
import { gradient } from "./colormap-choice.ts";

/** A sign for each type. */
export const TYPE_ICONS: Readonly<Record<Layer["type"], IconName>> = {
  image: "image",
  labels: "tags",
  points: "points",
  shapes: "shapes",
  surface: "triangle",
  tracks: "route",
  vectors: "vectors",
};

/** A colour that stands for a layer until its small picture is there. */
export function swatchOf(layer: Layer): string {
  if (layer.type === "points" || layer.type === "shapes") return css(layer.current_face_color);
  if (layer.type === "surface" || layer.type === "tracks") return gradient(layer.colormap);
  if (layer.type !== "image") return "var(--quiet)";
  return layer.rgb ? "conic-gradient(red, yellow, lime, aqua, blue, magenta, red)" : gradient(layer.colormap);
}

/** The rows from one to another, both included. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** Index in the scene (from the bottom) that a row dropped on another gets. */
export function droppedIndex(count: number, targetRow: number): number {
  return count - 1 - targetRow;
}
